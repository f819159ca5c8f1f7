"""One file to the rows of raw: read, part, identify, label, mark the persons."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ingest.claims import Claims
from ingest.document import Box
from ingest.drifted_rows import fill_short_rows
from ingest.errors import RejectedDocument
from ingest.evaluation_form import label_form, project_name
from ingest.headers import read_layout
from ingest.identify import identify
from ingest.labels import LabelledCell, label_table
from ingest.narrative import Figure, Sentence, read_narrative
from ingest.part_names import part_id, part_names
from ingest.parts import Part, find_parts
from ingest.people import People, find_people, personal_lines
from ingest.readers import read_document
from ingest.readings import further_readings
from ingest.report_vocabulary import is_rule
from ingest.sections import label_report
from ingest.tables import PlacedLine, Table

FIRST_READING = 1


@dataclass(slots=True)
class Extraction:
    """The rows of one file, one list of dicts per raw table; ``documents`` has a row per part."""

    documents: list[dict[str, Any]] = field(default_factory=list)
    tables: list[dict[str, Any]] = field(default_factory=list)
    cells: list[dict[str, Any]] = field(default_factory=list)
    cell_alternatives: list[dict[str, Any]] = field(default_factory=list)
    lines: list[dict[str, Any]] = field(default_factory=list)
    narrative_sentences: list[dict[str, Any]] = field(default_factory=list)
    narrative_figures: list[dict[str, Any]] = field(default_factory=list)


@dataclass(slots=True)
class _Read:
    """A part as it is read: why it is no disclosure, if it is none, and its labelled cells."""

    part: Part
    claims: Claims
    rejection: str | None
    cells: list[list[LabelledCell]]


def extract(path: Path, file_id: str) -> Extraction:
    """Extract one file; raises RejectedDocument with the reason when it holds no disclosure.

    A file of one disclosure is one document and ``file_id`` its id; of several, each is a document
    of its own, and one that cannot be read has the reason in ``read_reason`` and no other rows.
    """
    media_type, reads = _read_parts(path)
    people = find_people(
        [cells for read in reads for cells in read.cells],
        [placed.line.text for read in reads for placed in read.part.assembly.lines],
    )
    names = part_names([read.claims for read in reads])
    out = Extraction()
    for number, (read, name) in enumerate(zip(reads, names, strict=True), start=1):
        (first_page, last_page), (first_line, last_line) = read.part.pages, read.part.lines
        document = {
            "document_id": part_id(file_id, number, len(reads)),
            "file_id": file_id,
            "part_number": number,
            "part_count": len(reads),
            "part_name": name,
            "media_type": media_type,
            "byte_count": path.stat().st_size,
            "page_count": read.part.document.page_count,
            "part_first_page": first_page,
            "part_last_page": last_page,
            "part_first_line": first_line,
            "part_last_line": last_line,
            "department_name_zh": read.claims.department_name_zh,
            "fiscal_year": read.claims.fiscal_year,
            "document_kind": read.claims.document_kind,
            "reporting_scope": read.claims.reporting_scope,
            "read_reason": read.rejection,
        }
        out.documents.append(document)
        if not read.rejection:
            _add_rows(out, document["document_id"], read, people)
    return out


def _read_parts(path: Path) -> tuple[str, list[_Read]]:
    """Return media type and parts of a file; raises RejectedDocument when none can be read."""
    document = read_document(path)
    reads = []
    rejections = []
    for part in find_parts(document):
        try:
            claims, rejection = identify(part.assembly, part.cover_at), None
        except RejectedDocument as error:
            rejections.append(error)
            claims, rejection = Claims(), str(error)
        cells = [label_cells(table) for table in part.assembly.tables]
        reads.append(_Read(part, claims, rejection, cells))
    if len(rejections) == len(reads):
        raise rejections[0]
    return document.media_type, reads


def _add_rows(out: Extraction, document_id: str, read: _Read, people: People) -> None:
    assembly = read.part.assembly
    for number, (table, cells) in enumerate(zip(assembly.tables, read.cells, strict=True), start=1):
        readings = [*fill_short_rows(table, cells), *further_readings(cells)]
        table_row = _table_row(document_id, number, table, cells, people)
        out.tables.append(table_row)
        for cell in cells:
            row = _cell_row(table_row, cell)
            out.cells.append(row)
            out.cell_alternatives += _alternative_rows(row, cell)
        for reading, changed in enumerate(readings, start=FIRST_READING + 1):
            out.cells += [_cell_row(table_row, cell, reading) for cell in changed]
    narrative = read_narrative(assembly)
    lines = assembly.lines
    marks = personal_lines(people, [placed.line.text for placed in lines])
    out.lines += [
        _line_row(
            document_id,
            placed,
            _impersonal_path(narrative.section_of.get(id(placed), ""), people),
            mark,
        )
        for placed, mark in zip(lines, marks, strict=True)
    ]
    out.narrative_sentences += _prose_rows(document_id, "sentence_id", narrative.sentences, people)
    out.narrative_figures += _prose_rows(document_id, "figure_id", narrative.figures, people)


def _prose_rows(
    document_id: str, id_name: str, found: list[Sentence] | list[Figure], people: People
) -> list[dict[str, Any]]:
    """Return the rows of sentences or figures, numbered and marked where they name a person."""
    rows = []
    for number, item in enumerate(found, start=1):
        row = {name: getattr(item, name) for name in item.__slots__}
        if isinstance(item, Figure):
            row |= _box_columns(row.pop("box"))
        row["is_personal"] = people.is_personal_prose(item.sentence)
        row["section_zh"] = _impersonal_path(item.section_zh, people)
        row_id = f"{document_id[:16]}-{id_name[0]}{number:05d}"
        rows.append({id_name: row_id, "document_id": document_id, **row})
    return rows


def label_cells(table: Table) -> list[LabelledCell]:
    """Label the cells of a table in the way its kind asks for, its notes as last rows."""
    if table.is_evaluation_form:
        cells = label_form(table.cells, table.row_count, table.has_merges, table.skip)
    elif table.is_report:
        cells = label_report(
            table.cells, table.row_count, table.column_count, table.has_merges, table.caption
        )
    else:
        layout = read_layout(
            table.cells, table.row_count, table.column_count, table.has_merges, table.skip
        )
        cells = label_table(table.cells, table.row_count, layout, table.skip)
    cells += [
        LabelledCell(
            page_number=placed.line.page_number,
            line_number=placed.line.line_number,
            row_number=table.row_count + offset,
            column_number=0,
            block_number=0,
            block_label="",
            row_code="",
            row_label="",
            column_label="",
            cell_kind="note",
            cell_text=placed.line.text,
            box=placed.line.box,
            confidence=placed.line.confidence,
        )
        for offset, placed in enumerate(table.notes, start=1)
    ]
    return cells


def _table_row(
    document_id: str, number: int, table: Table, cells: list[LabelledCell], people: People
) -> dict[str, Any]:
    lines = [c.line_number for c in table.cells if c.line_number is not None]
    has_blocks = table.is_report or table.is_evaluation_form
    headers = [c.row_number for c in cells if c.cell_kind == "header"]
    notes = [placed.line.text for placed in table.notes]
    notes += [
        c.cell_text
        for c in cells
        if c.cell_kind == "note" and c.row_number <= table.row_count and not is_rule(c.cell_text)
    ]
    captions = [placed.line.text for placed in table.caption_lines]
    project = project_name(cells) if table.is_evaluation_form else None
    return {
        "table_id": f"{document_id[:16]}-{FIRST_READING}-t{number:03d}",
        "document_id": document_id,
        "reading_number": FIRST_READING,
        "table_number": number,
        "form_title": table.form_title,
        "caption": " ".join(_impersonal(captions, people)),
        "unit_text": table.unit_text,
        "department_text": " ".join(_impersonal([table.department_text or ""], people)) or None,
        "project_zh": " ".join(_impersonal([project or ""], people)) or None,
        "notes": "\n".join(_impersonal(notes, people)),
        "first_page": min(grid.page_number for grid in table.grids),
        "last_page": max(grid.page_number for grid in table.grids),
        "first_line": min(lines, default=None),
        "last_line": max(lines, default=None),
        "row_count": table.row_count,
        "column_count": table.column_count,
        "header_row_count": 0 if has_blocks else max(headers, default=0),
    }


def _impersonal(texts: list[str], people: People) -> list[str]:
    """Leave out the lines that name a person: they stay in raw.lines, marked."""
    return [text.strip() for text in texts if not people.is_personal_prose(text)]


def _impersonal_path(section: str, people: People) -> str:
    """Leave out the headings that name a person; the line that prints them is marked."""
    return "/".join(part for part in section.split("/") if not people.is_personal_prose(part))


def _cell_row(
    table_row: dict[str, Any], cell: LabelledCell, reading: int = FIRST_READING
) -> dict[str, Any]:
    document_id, table_number = table_row["document_id"], table_row["table_number"]
    place = f"t{table_number:03d}-r{cell.row_number:03d}-c{cell.column_number:02d}"
    return {
        "cell_id": f"{document_id[:16]}-{reading}-{place}",
        "document_id": document_id,
        "reading_number": reading,
        "form_title": table_row["form_title"],
        "table_number": table_number,
        "page_number": cell.page_number,
        "line_number": cell.line_number,
        "row_number": cell.row_number,
        "column_number": cell.column_number,
        "block_number": cell.block_number,
        "block_label": cell.block_label,
        "row_code": cell.row_code,
        "row_label": cell.row_label,
        "column_label": cell.column_label,
        "cell_kind": cell.cell_kind,
        "cell_text": cell.cell_text,
        **_box_columns(cell.box),
        "is_personal": cell.is_personal,
        "confidence": cell.confidence,
    }


def _alternative_rows(cell_row: dict[str, Any], cell: LabelledCell) -> list[dict[str, Any]]:
    """Return the other readings of a recognised cell, the surest first."""
    return [
        {
            "cell_id": cell_row["cell_id"],
            "document_id": cell_row["document_id"],
            "alternative_number": number,
            "cell_text": text,
            "confidence": confidence,
        }
        for number, (text, confidence) in enumerate(cell.alternatives, start=1)
    ]


def _line_row(
    document_id: str, placed: PlacedLine, section: str, is_personal: bool
) -> dict[str, Any]:
    return {
        "document_id": document_id,
        "page_number": placed.line.page_number,
        "line_number": placed.number,
        "section_zh": section,
        "line_text": placed.line.text,
        **_box_columns(placed.line.box),
        "is_personal": is_personal,
        "confidence": placed.line.confidence,
    }


def _box_columns(box: Box | None) -> dict[str, float | None]:
    return {name: getattr(box, name, None) for name in ("x0", "top", "x1", "bottom")}
