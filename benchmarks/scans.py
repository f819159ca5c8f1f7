"""``python -m benchmarks.scans``: how the cells of scans are read, by how badly they were scanned.

The digital page is the truth: every cell of its grids is looked for in the grid of the picture, at
the same row and column. Only layouts that may be looked at while tuning are taken.
"""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from ingest.document import Cell, Document, Grid
from ingest.normalise import is_number, normalise
from ingest.readers import read_document
from tests.factory.corpus import CorpusOptions, draw_drafts
from tests.factory.frozen import frozen_layouts
from tests.factory.pdf_writer import write_pdf
from tests.factory.scan_writer import Wear, write_scan

WEARS = {
    "200 dpi, askew by 0.5°, noise 6, JPEG 75": Wear(),
    "150 dpi, otherwise the same": Wear(dpi=150),
    "150 dpi, 1.5°, noise 10, JPEG 40, shaded paper": Wear(150, 1.5, 10.0, 40, True),
    "120 dpi, 2°, noise 18, JPEG 30, shaded paper": Wear(120, 2.0, 18.0, 30, True),
}


@dataclass
class Count:
    """Cells of the digital pages, those read alike, and what alternatives the others have."""

    cells: int = 0
    cells_right: int = 0
    numbers: int = 0
    numbers_right: int = 0
    right_beside: int = 0
    seconds: float = 0.0


def count_cells(pdf: bytes, pages: list[int], wear: Wear, folder: Path) -> Count:
    """Scan pages (from 0) of a digital PDF, read them and hold them against the PDF itself."""
    digital, scanned = folder / "digital.pdf", folder / "scanned.pdf"
    digital.write_bytes(pdf)
    scanned.write_bytes(write_scan(pdf, wear, pages=pages))
    truth = _cells(read_document(digital), {page + 1: page + 1 for page in pages})
    began = time.perf_counter()
    read = _cells(read_document(scanned), {n + 1: page + 1 for n, page in enumerate(pages)})
    count = Count(seconds=time.perf_counter() - began)
    for place, cell in truth.items():
        other = read.get(place)
        is_right = other is not None and _text(other.text) == _text(cell.text)
        count.cells += 1
        count.cells_right += is_right
        if is_number(_text(cell.text)):
            count.numbers += 1
            count.numbers_right += is_right
            if other is not None and not is_right:
                texts = {_text(text) for text, _ in other.alternatives}
                count.right_beside += _text(cell.text) in texts
    return count


def _cells(document: Document, pages: dict[int, int]) -> dict[tuple[int, int, int, int], Cell]:
    """Return the cells by page (numbered as ``pages`` says), grid on the page, row and column."""
    cells = {}
    grids: dict[int, int] = {}
    for grid in document.elements:
        if isinstance(grid, Grid) and grid.page_number in pages:
            page = pages[grid.page_number]
            grids[page] = grids.get(page, 0) + 1
            for cell in grid.cells:
                cells[page, grids[page], cell.row_number, cell.column_number] = cell
    return cells


def _text(text: str) -> str:
    return re.sub("[,，]", "", normalise(text))


def main(arguments: list[str]) -> int:
    """Print a table of the cells read by wear; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.scans", description=__doc__)
    parser.add_argument("--documents", type=int, default=2)
    parser.add_argument("--pages", type=int, default=6, help="pages with grids of each document")
    given = parser.parse_args(arguments)
    layouts = tuple(each.name for each in frozen_layouts() if not each.is_held_out)
    drafts = draw_drafts(CorpusOptions(departments=5, years=1, errors=0, layouts=layouts))
    print(
        "| scanned as | cells | read alike | numbers | read alike | right one beside | s a page |"
    )
    print("|---|---:|---:|---:|---:|---:|---:|")
    with tempfile.TemporaryDirectory(prefix="juesuan-scans-") as temporary:
        folder = Path(temporary)
        for name, wear in WEARS.items():
            total, read = Count(), 0
            for draft in drafts[: given.documents]:
                pdf = write_pdf(draft.content, draft.layout.layout)
                (folder / "digital.pdf").write_bytes(pdf)
                elements = read_document(folder / "digital.pdf").elements
                pages = sorted({e.page_number - 1 for e in elements if isinstance(e, Grid)})
                pages = pages[: given.pages]
                read += len(pages)
                found = count_cells(pdf, pages, wear, folder)
                for field in found.__dataclass_fields__:
                    setattr(total, field, getattr(total, field) + getattr(found, field))
            print(
                f"| {name} | {total.cells:,} | {100 * total.cells_right / total.cells:.2f} %"
                f" | {total.numbers:,} | {100 * total.numbers_right / total.numbers:.2f} %"
                f" | {total.right_beside} of {total.numbers - total.numbers_right}"
                f" | {total.seconds / read:.1f} |",
                flush=True,
            )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
