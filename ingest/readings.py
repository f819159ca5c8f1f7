"""Other readings of a table whose cells were recognised with doubt; which one holds, sums decide.

The first reading takes every cell as it was read. A further one reads a few cells otherwise, each
as one of its recorded alternatives: nothing stands in a reading that was not read on the page.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import combinations, islice, product

from ingest.labels import LabelledCell
from ingest.normalise import normalise

# A page misreads a figure or two, rarely more: the doubtful cells by one and by two, the most
# doubtful first. So many readings cover ten doubtful cells of a table in pairs.
MOST_READINGS = 64
MOST_ALTERNATIVES = 2
MOST_CHANGES = 2

_NUMBER = re.compile(r"-?\d+(\.\d+)?")


def further_readings(cells: Sequence[LabelledCell]) -> list[list[LabelledCell]]:
    """Return the further readings of a table, each the list of the cells it reads otherwise."""
    recognised = [cell for cell in cells if cell.confidence is not None]
    recognised.sort(key=lambda cell: cell.confidence)
    doubtful = [others for cell in recognised if (others := _other_numbers(cell))]
    readings = (
        list(changed)
        for count in range(1, MOST_CHANGES + 1)
        for chosen in combinations(doubtful, count)
        for changed in product(*chosen)
    )
    return list(islice(readings, MOST_READINGS))


def _other_numbers(cell: LabelledCell) -> list[LabelledCell]:
    """Return a cell as each of its alternatives that is another number, the surest first."""
    if cell.cell_kind != "value" or cell.is_personal:
        return []
    seen = {_number(cell.cell_text)}
    found = []
    for text, confidence in cell.alternatives:
        number = _number(text)
        if number is not None and number not in seen:
            seen.add(number)
            found.append(replace(cell, cell_text=text, confidence=confidence, alternatives=()))
    return found[:MOST_ALTERNATIVES]


def _number(text: str) -> Decimal | None:
    """Return the number a cell states, None where it states none."""
    compact = re.sub("[,，]", "", normalise(text)).replace("−", "-")
    return Decimal(compact) if _NUMBER.fullmatch(compact) else None
