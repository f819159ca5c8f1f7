"""One disclosure in every format states the same; what a format loses is never lost in silence."""

from __future__ import annotations

import zipfile
from collections import Counter

import duckdb
import pytest

from juesuan.refresh import refresh
from juesuan.settings import Home
from tests.factory import linzi, water_bureau
from tests.factory.docx_writer import write_docx
from tests.factory.html_writer import write_html
from tests.factory.mhtml_writer import write_mhtml
from tests.factory.text_writer import write_text
from tests.factory.xls_writer import write_xls
from tests.factory.xlsx_writer import write_xlsx

pytestmark = pytest.mark.slow
SAMPLES = {
    "water": (water_bureau.disclosures()[1], water_bureau.LAYOUT),
    "linzi": (linzi.content(), linzi.LAYOUT),
}
LOSING = "一般公共预算财政拨款支出决算表"


def without_last_column(text: str, title: str) -> str:
    """Cut the last column off the table under ``title``, as a reader that misses a rule would."""
    lines, inside = [], False
    for line in text.split("\n"):
        if line in SAMPLES["water"][0].listed_titles:
            inside = line == title
        lines.append(line.rsplit("\t", 1)[0] if inside and "\t" in line else line)
    return "\n".join(lines)


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    folder = tmp_path_factory.mktemp("formats")
    for stem, (content, layout) in SAMPLES.items():
        (folder / f"{stem}.txt").write_text(write_text(content, layout), encoding="utf-8")
        # Word documents come in an archive; the names of the others lie about what they are.
        with zipfile.ZipFile(folder / f"{stem}.zip", "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(f"公开/{stem}.docx", write_docx(content, layout))
        (folder / f"{stem}-xlsx.xls").write_bytes(write_xlsx(content, layout))
        (folder / f"{stem}-xls.doc").write_bytes(write_xls(content, layout))
        (folder / f"{stem}-html.xls").write_bytes(write_html(content, layout, "gb18030"))
        (folder / f"{stem}-mhtml.doc").write_bytes(write_mhtml(content, layout, "gb18030"))
    content, layout = SAMPLES["water"]
    lost = without_last_column(write_text(content, layout), LOSING)
    lost = lost.replace(content.department_name, "示例市失栏局")
    (folder / "lost.txt").write_text(lost, encoding="utf-8")
    home = Home(tmp_path_factory.mktemp("home"))
    refresh([folder], home)
    with duckdb.connect(str(home.published.resolve()), read_only=True) as connection:
        yield lambda sql: connection.execute(sql).fetchall()


def test_every_format_states_the_same(published):
    stated: dict[str, Counter] = {}
    for name, *value in published(
        "SELECT file_name, form_code, section, block, line_code, measure_code, phase, fund,"
        " value_kind, source_kind, value, unit, printed"
        " FROM conformed.fct_stated_value JOIN raw.documents USING (document_id)"
    ):
        stated.setdefault(name, Counter())[tuple(value)] += 1
    for stem in SAMPLES:
        expected = stated[f"{stem}.txt"]
        assert expected.total() > 400
        for name in (
            f"{stem}.zip/公开/{stem}.docx",
            f"{stem}-xlsx.xls",
            f"{stem}-xls.doc",
            f"{stem}-html.xls",
            f"{stem}-mhtml.doc",
        ):
            assert stated[name] - expected == expected - stated[name] == Counter()


def test_every_format_is_read_whole(published):
    assert (
        published(
            "SELECT file_name FROM marts.document_quality"
            " WHERE file_name <> 'lost.txt' AND (forms_coverage < 1 OR narrative_coverage < 1"
            " OR unmapped_label_count > 0 OR columns_not_read IS NOT NULL)"
        )
        == []
    )


def test_a_lost_outer_column_stops_its_document_with_a_reason(published):
    ((status, reason),) = published(
        "SELECT status, status_reason FROM raw.documents WHERE file_name = 'lost.txt'"
    )
    assert status == "quarantined"
    assert "栏目" in reason
    assert published(
        "SELECT columns_not_read, lost_column_count FROM marts.document_quality"
        " WHERE file_name = 'lost.txt'"
    ) == [("一般公共预算财政拨款支出决算表：项目支出", 1)]
    assert (
        published(
            "SELECT 1 FROM marts.findings JOIN raw.documents USING (document_id)"
            " WHERE file_name = 'lost.txt'"
        )
        == []
    )


def test_a_finding_in_a_workbook_names_the_sheet_and_the_row(published):
    places = published(
        "SELECT page_number, line_number, statement_zh FROM marts.findings"
        " JOIN raw.documents USING (document_id) WHERE file_name = 'water-xlsx.xls'"
    )
    for page, line, statement in places:
        assert f"第{page}张工作表第{line}行" in statement
