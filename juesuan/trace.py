"""From a figure back to where it stands: document, page, boxes or line, and the words around it."""

from __future__ import annotations

from dataclasses import dataclass

import duckdb

from juesuan.errors import TraceError
from juesuan.publish import current_build
from juesuan.settings import Home

# Every id a reader may hold, and the cells, figures and sentences behind it. What a finding names
# as evidence counts as well as the stated values behind its result.
_PLACES = """
    WITH evidence_items AS (
        SELECT unnest(from_json(evidence, '["JSON"]')) AS item
        FROM marts.findings WHERE finding_id = $id
    ), wanted AS (
        SELECT '' AS side, cell_id, NULL AS figure_id, NULL AS sentence_id
        FROM raw.cells WHERE cell_id = $id
        UNION
        SELECT '', NULL, figure_id, NULL FROM raw.narrative_figures WHERE figure_id = $id
        UNION
        SELECT '', NULL, NULL, sentence_id FROM raw.narrative_sentences WHERE sentence_id = $id
        UNION
        SELECT '', cell_id, figure_id, sentence_id
        FROM conformed.fct_stated_value WHERE stated_value_id = $id
        UNION
        SELECT evidence.side, stated.cell_id, stated.figure_id, stated.sentence_id
        FROM conformed.identity_evidence AS evidence
        JOIN conformed.fct_stated_value AS stated USING (stated_value_id)
        WHERE evidence.identity_result_id = $id
            OR evidence.identity_result_id IN (
                SELECT identity_result_id FROM marts.findings WHERE finding_id = $id
            )
        UNION
        SELECT sides.side, sides.cell_id, NULL, sides.sentence_id
        FROM conformed.fct_wording_result AS words
        CROSS JOIN LATERAL (
            VALUES ('lhs', words.cell_id, words.sentence_id),
                ('rhs', words.other_cell_id, words.other_sentence_id)
        ) AS sides(side, cell_id, sentence_id)
        WHERE coalesce(sides.cell_id, sides.sentence_id) IS NOT NULL
            AND words.wording_result_id = $id
        UNION
        SELECT
            coalesce(item ->> 'side', ''), item ->> 'cell_id', item ->> 'figure_id',
            item ->> 'sentence_id'
        FROM evidence_items
    ), prose AS (
        SELECT
            wanted.side, figures.figure_text, figures.unit_text, figures.start_offset,
            figures.page_number, figures.line_number, figures.x0, figures.top, figures.x1,
            figures.bottom, sentences.*
            EXCLUDE (page_number, line_number, line_numbers),
            coalesce(sentences.line_numbers, [sentences.line_number]) AS line_numbers
        FROM wanted
        JOIN raw.narrative_figures AS figures USING (figure_id)
        JOIN raw.narrative_sentences AS sentences
            ON sentences.document_id = figures.document_id
            AND sentences.sentence_number = figures.sentence_number
        WHERE wanted.cell_id IS NULL
        UNION ALL BY NAME
        SELECT
            wanted.side, sentences.* EXCLUDE (line_numbers),
            coalesce(sentences.line_numbers, [sentences.line_number]) AS line_numbers
        FROM wanted
        JOIN raw.narrative_sentences AS sentences USING (sentence_id)
        WHERE wanted.cell_id IS NULL AND wanted.figure_id IS NULL
    )
    SELECT
        wanted.side, cells.document_id, documents.file_name, cells.page_number,
        CASE WHEN cells.x0 IS NULL THEN cells.line_number END AS line_number,
        CASE
            WHEN cells.x0 IS NULL THEN []
            ELSE [(cells.page_number, cells.x0, cells.top, cells.x1, cells.bottom)]
        END,
        cells.form_title, trim(cells.row_code || ' ' || cells.row_label), cells.column_label,
        cells.cell_text, cells.table_number, NULL,
        (
            SELECT string_agg(
                CASE around.column_number
                    WHEN cells.column_number THEN cells.cell_text ELSE around.cell_text
                END,
                ' | ' ORDER BY around.column_number
            )
            FROM raw.cells AS around
            WHERE around.document_id = cells.document_id
                AND around.reading_number = 1
                AND around.table_number = cells.table_number
                AND around.row_number = cells.row_number
        ),
        (
            SELECT coalesce(sum(length(around.cell_text) + length(' | ')), 0)::INT
            FROM raw.cells AS around
            WHERE around.document_id = cells.document_id
                AND around.reading_number = 1
                AND around.table_number = cells.table_number
                AND around.row_number = cells.row_number
                AND around.column_number < cells.column_number
        ),
        cells.line_number, cells.line_number, documents.file_id
    FROM wanted
    JOIN raw.cells AS cells USING (cell_id)
    JOIN raw.documents AS documents ON documents.document_id = cells.document_id
    UNION
    SELECT
        prose.side, prose.document_id, documents.file_name, prose.page_number,
        CASE
            WHEN documents.media_type <> 'application/pdf'
                AND documents.media_type NOT LIKE 'image/%'
            THEN prose.line_number
        END,
        CASE
            WHEN prose.x0 IS NOT NULL
            THEN [(prose.page_number, prose.x0, prose.top, prose.x1, prose.bottom)]
            ELSE coalesce(
                (
                    SELECT list(
                        (lines.page_number, lines.x0, lines.top, lines.x1, lines.bottom)
                        ORDER BY lines.line_number
                    )
                    FROM raw.lines AS lines
                    WHERE lines.document_id = prose.document_id
                        AND list_contains(prose.line_numbers, lines.line_number)
                        AND lines.x0 IS NOT NULL
                ),
                []
            )
        END,
        prose.section_zh, '', '', prose.figure_text || coalesce(prose.unit_text, ''), NULL,
        prose.paragraph_number, prose.sentence, prose.start_offset,
        list_min(prose.line_numbers), list_max(prose.line_numbers), documents.file_id
    FROM prose
    JOIN raw.documents AS documents USING (document_id)
    ORDER BY 2, 4, 1, 5, 7, 6
"""

# The lines printed right above and below some lines of a text file, rows of tables among them.
_NEIGHBOURS = """
    WITH printed AS (
        SELECT line_number, coalesce(line_text, '') AS line_text
        FROM raw.lines WHERE document_id = $document_id
        UNION ALL
        SELECT line_number, coalesce(string_agg(cell_text, ' | ' ORDER BY column_number), '')
        FROM raw.cells
        WHERE document_id = $document_id AND reading_number = 1 AND cell_kind <> 'note'
        GROUP BY line_number
    )
    SELECT
        (SELECT arg_max(line_text, line_number) FROM printed WHERE line_number < $first),
        (SELECT arg_min(line_text, line_number) FROM printed WHERE line_number > $last)
"""


@dataclass(frozen=True)
class Mark:
    """One box to outline on a page, in points from the top left of the page as shown."""

    page_number: int
    x0: float
    top: float
    x1: float
    bottom: float


@dataclass(frozen=True)
class Place:
    """Where one figure stands.

    ``marks`` are empty in plain text; a sentence has one for each line it stands on.
    ``words_around`` is the row of the table or the sentence; the figure begins at character
    ``text_start`` of it, from 0, None where the sentence itself is what was asked for. They are
    printed on the lines from ``first_line`` to ``last_line``, if it is no cell of a PDF.
    ``file_id`` is the file that holds the document, alone or with others.
    """

    side: str
    document_id: str
    file_name: str
    page_number: int
    line_number: int | None
    marks: tuple[Mark, ...]
    heading: str | None
    row_label: str | None
    column_label: str | None
    text: str | None
    table_number: int | None
    paragraph_number: int | None
    words_around: str | None
    text_start: int | None
    first_line: int | None
    last_line: int | None
    file_id: str

    @property
    def sentence(self) -> str:
        """One line for a person: file, page or line, box, labels and the figure as printed."""
        where = f"第{self.page_number}页 page"
        if self.line_number is not None:
            where = f"第{self.line_number}行 line"
            if self.page_number > 1:
                # In a workbook the rows of each sheet are counted anew.
                where = f"第{self.page_number}页（张）page or sheet {where}"
        if self.marks:
            box = self.marks[0]
            where += f" ({box.x0:.0f}, {box.top:.0f})–({box.x1:.0f}, {box.bottom:.0f})"
        side = {"": "", "lhs": "左边 left "}.get(self.side, "右边 right ")
        labels = " · ".join(part for part in (self.row_label, self.column_label) if part)
        return f"{side}{self.file_name} {where}《{self.heading}》{labels}：{self.text or '—'}"


def find_places(home: Home, wanted_id: str) -> list[Place]:
    """Return the places behind an amount, a value, a cell, a figure, a sentence or a finding.

    Raises TraceError when nothing published has that id, or when what is published was built
    before figures of the prose had boxes.
    """
    rows = _query(home, _PLACES, {"id": wanted_id})
    if not rows:
        raise TraceError(
            f"已公布的数据里没有编号 {wanted_id}：请用金额、陈述值、单元格、文中数字、句子、"
            "核对结果或疑点的编号 / nothing published has the id"
            f" {wanted_id}: give that of an amount, a stated value, a cell, a figure or sentence"
            " of the prose, an identity result or a finding"
        )
    return [Place(*row[:5], tuple(Mark(*mark) for mark in row[5]), *row[6:]) for row in rows]


def printed_around(home: Home, place: Place) -> tuple[str, str]:
    """Return what a text file prints on the lines right above and below the words of a place.

    Rows of tables are given as cells with bars between; '' where nothing is printed or published.
    """
    parameters = {"document_id": place.document_id}
    parameters |= {"first": place.first_line, "last": place.last_line}
    [(above, below)] = _query(home, _NEIGHBOURS, parameters)
    return above or "", below or ""


def _query(home: Home, sql: str, parameters: dict[str, object]) -> list[tuple]:
    """Return the rows of a query on what is published; raises TraceError for an older build."""
    published = current_build(home.path) / "juesuan.duckdb"
    with duckdb.connect(str(published), read_only=True) as connection:
        try:
            return connection.execute(sql, parameters).fetchall()
        except duckdb.BinderException as error:
            raise TraceError(
                "已公布的数据是旧版本构建的，请运行 juesuan refresh 重新构建 / what is published"
                " was built by an older version: run juesuan refresh to build it again"
            ) from error
