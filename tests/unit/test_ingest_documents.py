"""The two real final accounts, end to end into a home of their own."""

import re

import duckdb
import pypdfium2
import pytest

from ingest import ingest_paths
from ingest.seeds import person_labels
from tests.needs import disclosure

TEXT = "linzi-government-office-2020.txt"
PDF = "putuo-social-work-2024.pdf"


@pytest.fixture(scope="module")
def raw(tmp_path_factory):
    home = tmp_path_factory.mktemp("home")
    report = ingest_paths([disclosure(TEXT), disclosure(PDF)], home, workers=1)
    assert [r.status for r in report.results] == ["loaded", "loaded"]
    with duckdb.connect(str(home / "warehouse.duckdb"), read_only=True) as connection:
        yield lambda sql, *args: connection.execute(sql, args).fetchall()


def value(raw, document, title, row_label, column, block=""):
    return raw(
        "SELECT cell_text FROM raw.cells JOIN raw.documents USING (document_id) "
        "WHERE file_name = ? AND form_title = ? AND row_label = ? AND column_label = ? "
        "AND block_label = ? AND cell_kind = 'value' AND cell_text <> '' ORDER BY cell_id",
        document,
        title,
        row_label,
        column,
        block,
    )


def test_claims(raw):
    assert raw(
        "SELECT department_name_zh, fiscal_year, document_kind, reporting_scope "
        "FROM raw.documents ORDER BY fiscal_year"
    ) == [
        ("淄博市临淄区人民政府办公室", 2020, "final_accounts", "department_consolidated"),
        ("中共上海市普陀区委社会工作部", 2024, "final_accounts", "department_consolidated"),
    ]


def test_forms_of_the_text(raw):
    found = raw(
        "SELECT form_title, unit_text FROM raw.tables JOIN raw.documents USING (document_id) "
        "WHERE media_type = 'text/plain' AND form_title NOT LIKE '%报告' ORDER BY table_number"
    )
    assert found == [
        ("收入支出决算总表", "万元"),
        ("财政拨款收入支出决算总表", "万元"),
        ("一般公共预算财政拨款基本支出决算表", "万元"),
        ("国有资本经营预算财政拨款支出决算表", "万元"),
        ("2020年度预算项目(政策)单位自评汇总表", None),
    ]
    reports = raw("SELECT count(DISTINCT form_title) FROM raw.tables WHERE form_title LIKE '%报告'")
    assert reports == [(16,)]


def test_forms_of_the_pdf(raw):
    found = raw(
        "SELECT form_title, first_page, last_page FROM raw.tables "
        "JOIN raw.documents USING (document_id) "
        "WHERE media_type = 'application/pdf' AND form_title <> '' ORDER BY table_number"
    )
    assert [title for title, _, _ in found] == [
        "收入支出决算总表",
        "收入决算表",
        "支出决算表",
        "财政拨款收入支出决算总表",
        "一般公共预算财政拨款支出决算表",
        "一般公共预算财政拨款基本支出决算表",
        "财政拨款“三公”经费支出决算表",
        "政府性基金预算财政拨款收入支出决算表",
        "国有资本经营预算财政拨款收入支出决算表",
    ]
    assert found[1][1:] == (6, 7)


def test_amounts_of_the_text(raw):
    total = "财政拨款收入支出决算总表"
    assert value(raw, TEXT, total, "总计", "合计", "支出") == [("3236.26",)]
    assert value(raw, TEXT, total, "一般公共预算财政拨款", "决算数", "收入") == [("0",)]
    basic = "一般公共预算财政拨款基本支出决算表"
    assert value(raw, TEXT, basic, "公用经费合计", "决算数", "公用经费") == [("195.98",)]
    assert value(raw, TEXT, basic, "人员经费合计", "决算数", "人员经费") == [("1094.96",)]


def test_every_amount_of_the_pdf_stands_behind_its_label_on_its_page(raw):
    document = pypdfium2.PdfDocument(disclosure(PDF))
    pages = {
        index + 1: squeeze(page.get_textpage().get_text_range())
        for index, page in enumerate(document)
    }
    rows = raw(
        "SELECT page_number, row_code || row_label, string_agg(cell_text, '' ORDER BY "
        "column_number) FROM raw.cells JOIN raw.documents USING (document_id) "
        "WHERE media_type = 'application/pdf' AND cell_kind = 'value' AND cell_text <> '' "
        "GROUP BY document_id, table_number, page_number, row_number, block_number, "
        "row_code, row_label"
    )
    assert len(rows) > 130
    for page_number, label, amounts in rows:
        assert squeeze(label + amounts) in pages[page_number]


def squeeze(text):
    return re.sub(r"\s", "", text).translate(str.maketrans("（）", "()"))


def test_notes_stand_in_tables_and_cells(raw):
    notes = raw(
        "SELECT count(*) FROM raw.cells WHERE cell_kind = 'note' AND cell_text LIKE '%本表无数据%'"
    )
    assert notes == [(4,)]
    assert raw("SELECT count(*) FROM raw.tables WHERE notes LIKE '%本表无数据%'") == [(4,)]


def test_figures_of_the_prose(raw):
    found = raw(
        "SELECT figure_text, unit_text FROM raw.narrative_figures "
        "JOIN raw.documents USING (document_id) WHERE media_type = 'text/plain' "
        "AND section_zh LIKE '十、%/(三)国有资产占用情况' ORDER BY figure_id"
    )
    assert ("47", "辆") in found
    assert ("71", "辆") in found
    assert raw("SELECT count(*) FROM raw.narrative_figures WHERE section_zh = '目录'") == [(0,)]


def test_ids_are_unique(raw):
    for table, column in (
        ("cells", "cell_id"),
        ("narrative_sentences", "sentence_id"),
        ("narrative_figures", "figure_id"),
    ):
        assert raw(f"SELECT count(*) - count(DISTINCT {column}) FROM raw.{table}") == [(0,)]


def test_no_name_remains_outside_the_personal_rows(raw):
    """The names are collected from the document itself: none is written here."""
    fields = [label for label, kind in person_labels().items() if kind == "name"]
    names = {
        re.sub(r"\s", "", text)
        for (text,) in raw(
            "SELECT cell_text FROM raw.cells WHERE (row_label IN (SELECT unnest($1)) "
            "OR column_label IN (SELECT unnest($1))) AND cell_kind = 'value'",
            fields,
        )
        if re.fullmatch(r"[\u4e00-\u9fff]{2,4}", re.sub(r"\s", "", text))
    }
    assert len(names) > 10
    open_texts = raw(
        "SELECT concat_ws('|', cell_text, row_label, column_label, block_label, form_title) "
        "FROM raw.cells WHERE NOT is_personal "
        "UNION ALL SELECT line_text FROM raw.lines WHERE NOT is_personal "
        "UNION ALL SELECT sentence FROM raw.narrative_figures WHERE NOT is_personal "
        "UNION ALL SELECT sentence FROM raw.narrative_sentences WHERE NOT is_personal "
        "UNION ALL SELECT concat_ws('|', form_title, caption, notes) FROM raw.tables"
    )
    text = "\n".join(re.sub(r"\s", "", row[0]) for row in open_texts)
    assert not [len(name) for name in names if name in text]


def test_no_telephone_number_remains_in_its_field(raw):
    open_numbers = raw(
        "SELECT cell_id FROM raw.cells WHERE NOT is_personal AND cell_kind = 'value' "
        "AND (row_label = '联系电话' OR column_label = '联系电话') "
        "AND regexp_matches(cell_text, '[0-9]{7}')"
    )
    assert open_numbers == []


def test_amounts_are_not_personal(raw):
    assert raw(
        "SELECT count(*) FROM raw.cells WHERE is_personal AND form_title LIKE '%决算%表'"
    ) == [(0,)]
