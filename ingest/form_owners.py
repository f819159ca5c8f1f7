"""Whose form a table is, and of which year, as its own title and caption say."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.claims import name_and_scope
from ingest.identify import is_statutory_title
from ingest.normalise import normalise
from ingest.tables import Table

# What a title says before its form: 某局2023年度…
_OWNER_IN_TITLE = re.compile(r"^(?P<name>[^(表]*?)(?P<year>20\d\d)年度?(?=.*表)")
_ADDED_TO_TITLE = re.compile(r"^(部门|单位|本级)|\((空表|公开|汇总|部门|单位|本级)\)$")
# Forms of parts of the accounts, which a department may print for each of its units.
_FOR_EACH_UNIT = re.compile(r"项目|采购|机关运行|资产|购买服务|转移支付")
_YEAR = re.compile(r"(?<!\d)(20\d\d)年(?:度|(?!\d))")
_CODE = re.compile(r"^[\[(]?\d{3,}[\])]?[-—_]?")


@dataclass(frozen=True, slots=True)
class Owner:
    """Name, scope and year that a table states; None where it states nothing."""

    name: str | None = None
    scope: str | None = None
    year: int | None = None

    def differs(self, other: Owner) -> bool:
        """Whether both state a name or a year, and not the same."""
        names = self.name and other.name and (self.name, self.scope) != (other.name, other.scope)
        return bool(names or (self.year and other.year and self.year != other.year))

    def filled_from(self, other: Owner) -> Owner:
        """Return it with what only the other states."""
        return Owner(
            self.name or other.name,
            self.scope if self.name else other.scope,
            self.year or other.year,
        )


def owner_of(table: Table) -> Owner:
    """Return whose form a table is."""
    inside = [cell.text for cell in table.cells if cell.row_number < table.skip]
    title = _OWNER_IN_TITLE.match(normalise(table.form_title))
    years = set(_YEAR.findall(normalise(" ".join([table.caption, *inside]))))
    year = title["year"] if title else years.pop() if len(years) == 1 else None
    printed = table.department_text or (title["name"] if title else "")
    name, scope = name_and_scope(_CODE.sub("", printed)) if printed else (None, None)
    return Owner(name, scope if name else None, int(year) if year else None)


def form_of(table: Table) -> str:
    """Return the bare title of a statutory form, the same in all disclosures; '' of other tables.

    What says another cut of the figures, (按单位), stays in it.
    """
    title = normalise(table.form_title)
    if not is_statutory_title(title) or _FOR_EACH_UNIT.search(title):
        return ""
    if table.is_report or table.is_evaluation_form:
        return ""
    title = _OWNER_IN_TITLE.sub("", title)
    name = owner_of(table).name
    return _ADDED_TO_TITLE.sub("", title.removeprefix(name) if name else title)
