"""Where one disclosure of a file ends and the next begins, and what is never taken for that."""

from __future__ import annotations

import duckdb
import pytest

from ingest import ingest_paths, run
from ingest.assign import assign
from ingest.errors import WarehouseError
from ingest.identify import identify
from ingest.parts import find_parts
from ingest.readers.text import parse_text
from tests.factory.frozen import frozen_layouts
from tests.factory.random_economy import random_accounts
from tests.factory.shorthand import disclosure
from tests.factory.text_writer import write_text

BUREAU, CENTRE = "示例市林业局", "示例市林业局苗圃中心"
INCOME = "收入决算表\n\n{caption}\n\n项目\t合计\n合计\t{amount}\n\n"
SPENDING = "支出决算表\n\n{caption}\n\n项目\t合计\n合计\t{amount}\n\n"
PROSE = (
    "第三部分 {year}年度部门决算情况说明\n\n一、收入支出决算情况说明\n\n"
    "本年收入{amount}万元。\n\n本年支出{amount}万元。\n\n其中项目支出{amount}万元。\n\n"
)
CONTENTS = "目 录\n\n第一部分 概况\n\n第一部分 概况\n\n负责有关工作。\n\n"


def whole(name=BUREAU, year=2023, amount="5.00", kind="部门决算", cover=None, prose=True):
    """Return a disclosure with cover, contents, two forms and prose."""
    caption = f"部门：{name}\n\n{year}年度 单位：万元"
    forms = (INCOME + SPENDING).format(caption=caption, amount=amount)
    words = PROSE.format(year=year, amount=amount) if prose else ""
    head = f"{name}\n\n{year}年度\n\n{kind}\n\n" if cover is None else cover
    return f"{head}{CONTENTS}第二部分 {year}年度部门决算表\n\n{forms}{words}"


def found(text):
    """Return name, year and scope of each part of a text, and the forms it holds."""
    out = []
    for part in find_parts(parse_text(text)):
        claims = identify(part.assembly, part.cover_at)
        titles = [table.form_title for table in part.assembly.tables]
        out.append((claims.department_name_zh, claims.fiscal_year, claims.reporting_scope, titles))
    return out


FORMS = ["收入决算表", "支出决算表"]
WHOLE, OWN, UNIT = "department_consolidated", "department_own", "unit"


@pytest.mark.parametrize(
    ("second", "claims"),
    [
        ({"name": CENTRE, "kind": "单位决算"}, (CENTRE, 2023, UNIT)),
        ({"name": f"{BUREAU}（本级）", "kind": "单位决算"}, (BUREAU, 2023, OWN)),
        ({"year": 2024}, (BUREAU, 2024, WHOLE)),
        ({"name": CENTRE, "cover": f"{CENTRE}2023年度单位决算公开\n\n"}, (CENTRE, 2023, UNIT)),
        ({"name": CENTRE, "cover": "2023年度部门决算\n\n"}, (CENTRE, 2023, WHOLE)),
        ({"name": CENTRE, "prose": False}, (CENTRE, 2023, WHOLE)),
    ],
)
def test_a_second_disclosure_begins_at_its_cover(second, claims):
    text = whole() + whole(amount="7.00", **second)
    assert found(text) == [(BUREAU, 2023, WHOLE, FORMS), (*claims, FORMS)]


def test_what_stands_before_the_first_cover_is_no_disclosure():
    names = (BUREAU, CENTRE)
    listed = "\n\n".join(f"{name}2023年度部门决算" for name in names)
    text = f"示例市2023年度部门决算汇编\n\n{listed}\n\n" + "".join(whole(n) for n in names)
    assert [part[0] for part in found(text)] == [BUREAU, CENTRE]
    first, _ = find_parts(parse_text(text))
    assert first.lines[0] == 1


FORMS_ALONE = (
    ("部门：{name}", "2023年度 单位：万元"),
    ("编制单位：{name}", "单位：万元"),
    ("单位名称：{name}", "2023年 单位：万元"),
)


@pytest.mark.parametrize("captions", FORMS_ALONE)
@pytest.mark.parametrize("in_turn", [False, True])
def test_forms_alone_are_parted_by_their_captions(captions, in_turn):
    def form(title, name):
        caption = "\n\n".join(captions).format(name=name)
        return title.format(caption=caption, amount=len(name))

    pairs = [(title, name) for name in (BUREAU, CENTRE) for title in (INCOME, SPENDING)]
    if in_turn:
        pairs = [(title, name) for title in (INCOME, SPENDING) for name in (BUREAU, CENTRE)]
    parts = found("".join(form(*pair) for pair in pairs))
    assert [(part[0], part[3]) for part in parts] == [(BUREAU, FORMS), (CENTRE, FORMS)]


def test_forms_alone_are_parted_by_year():
    forms = "".join(
        INCOME.format(caption=f"部门：{BUREAU}\n\n{year}年度 单位：万元", amount=year)
        for year in (2022, 2023)
    )
    assert [part[1] for part in found(forms)] == [2022, 2023]


def test_forms_of_units_behind_a_whole_disclosure_are_theirs():
    caption = f"部门：{CENTRE}\n\n2023年度 单位：万元"
    text = whole() + (INCOME + SPENDING).format(caption=caption, amount="1.00")
    assert [part[0] for part in found(text)] == [BUREAU, CENTRE]


ONE = {
    "a chapter with its title in one line": whole()
    + f"第四部分 {CENTRE}2023年度部门决算情况说明\n\n说明。\n\n"
    + INCOME.format(caption=f"部门：{BUREAU}", amount="5.00"),
    "a chapter with its title in two lines": whole()
    + f"第四部分\n\n{CENTRE}2023年度部门决算\n\n"
    + INCOME.format(caption="单位：万元", amount="5.00"),
    "a unit in the prose": whole() + f"公开内容包括：\n\n{CENTRE}2023年度单位决算\n\n",
    "last year's accounts in the prose": whole() + f"参见：\n\n{BUREAU}2022年度部门决算\n\n",
    "the same cover again": whole() + whole(prose=False, amount="5.00"),
    "another name above forms that do not come again": whole()
    + "政府性基金预算财政拨款收入支出决算表\n\n"
    + f"部门：{CENTRE}\n\n2023年度 单位：万元\n\n项目\t合计\n合计\t1\n",
    "a form by unit": whole()
    + "收入决算表（按单位）\n\n"
    + f"部门：{CENTRE}\n\n2023年度 单位：万元\n\n项目\t合计\n合计\t5.00\n",
    "purchases by unit": whole()
    + "".join(
        "政府采购预算表\n\n" + f"部门：{name}\n\n单位：万元\n\n项目\t合计\n合计\t5.00\n\n"
        for name in (BUREAU, CENTRE)
    ),
    "a form again without a caption": whole() + INCOME.format(caption="单位：万元", amount="9"),
}


@pytest.mark.parametrize("text", ONE.values(), ids=ONE)
def test_one_disclosure_is_never_split(text):
    parts = find_parts(parse_text(text))
    assert len(parts) == 1
    assert len(parts[0].document.elements) == len(parse_text(text).elements)


UNCLEAR = {
    "one prose behind the forms of all": whole(prose=False)
    + whole(CENTRE, prose=False)
    + PROSE.format(year=2023, amount="5.00"),
    "chapters that run on": whole()
    + f"{CENTRE}\n\n2023年度\n\n部门决算\n\n"
    + INCOME.format(caption=f"部门：{CENTRE}", amount="1.00")
    + PROSE.format(year=2023, amount="5.00"),
    "prose among forms in turn": "".join(
        INCOME.format(caption=f"部门：{name}", amount="1.00") for name in (BUREAU, CENTRE, BUREAU)
    )
    + PROSE.format(year=2023, amount="5.00"),
}


@pytest.mark.parametrize("text", UNCLEAR.values(), ids=UNCLEAR)
def test_where_it_is_unclear_whose_the_prose_is_the_file_stays_one(text):
    assert len(find_parts(parse_text(text))) == 1


@pytest.mark.parametrize("layout", frozen_layouts(), ids=lambda each: each.name)
def test_a_disclosure_in_any_layout_is_one(layout):
    account = random_accounts(5, 1, range(2023, 2024))[0]
    content = disclosure(account.economy, layout.style, layout.layout, account.units, "负责事务。")
    assert len(find_parts(parse_text(write_text(content, layout.layout)))) == 1


@pytest.fixture
def home(tmp_path):
    return tmp_path / "home"


@pytest.fixture
def inbox(tmp_path):
    folder = tmp_path / "inbox"
    folder.mkdir()
    return folder


def query(home, sql):
    with duckdb.connect(str(home / "warehouse.duckdb"), read_only=True) as connection:
        return connection.execute(sql).fetchall()


def read(inbox, home, text=None, name="a.txt"):
    if text:
        (inbox / name).write_text(text, encoding="utf-8")
    return ingest_paths([inbox], home, workers=1)


BOTH = whole() + whole(CENTRE, kind="单位决算", amount="7.00")
FIRST, SECOND = f"a.txt［1/2 {BUREAU}］", f"a.txt［2/2 {CENTRE}］"
STATUSES = "SELECT file_name, status FROM raw.documents ORDER BY part_number, file_name"


def test_each_disclosure_of_a_file_is_a_document_of_its_own(inbox, home):
    report = read(inbox, home, BOTH)
    assert [(each.file_name, each.status) for each in report.results] == [
        (FIRST, "loaded"),
        (SECOND, "loaded"),
    ]
    rows = query(
        home,
        "SELECT file_name, department_name_zh, reporting_scope, part_number, part_count,"
        " part_first_line, part_last_line, document_id <> file_id"
        " FROM raw.documents ORDER BY part_number",
    )
    middle = len(whole().split("\n"))
    assert rows == [
        (FIRST, BUREAU, WHOLE, 1, 2, 1, middle - 1, True),
        (SECOND, CENTRE, UNIT, 2, 2, middle, len(BOTH.split("\n")), True),
    ]
    assert query(home, "SELECT count(DISTINCT file_id) FROM raw.documents") == [(1,)]
    totals = query(
        home,
        "SELECT DISTINCT department_name_zh, cell_text FROM raw.cells JOIN raw.documents"
        " USING (document_id) WHERE cell_kind = 'value' ORDER BY 1",
    )
    assert totals == [(BUREAU, "5.00"), (CENTRE, "7.00")]
    assert len(list((home / "originals").iterdir())) == 1


def test_a_file_with_one_disclosure_is_called_and_numbered_as_before(inbox, home):
    (result,) = read(inbox, home, whole()).results
    assert result.file_name == "a.txt"
    assert query(home, "SELECT document_id = file_id, part_number FROM raw.documents") == [
        (True, 1)
    ]


def test_a_file_with_several_read_again_changes_nothing(inbox, home):
    read(inbox, home, BOTH)
    before = query(home, "SELECT * FROM raw.document_events ORDER BY event_number")
    assert [each.status for each in read(inbox, home).results] == ["unchanged"] * 2
    assert query(home, "SELECT * FROM raw.document_events ORDER BY event_number") == before


def test_one_that_was_not_loaded_is_loaded_by_the_next_run(inbox, home):
    """As after a crash between the two transactions."""
    read(inbox, home, BOTH)
    with duckdb.connect(str(home / "warehouse.duckdb")) as connection:
        connection.execute("DELETE FROM raw.document_reads WHERE part_number = 2")
    assert read(inbox, home).count("loaded") == 2
    assert query(home, STATUSES) == [(FIRST, "loaded"), (SECOND, "loaded")]


def test_a_correction_of_one_supersedes_it_alone(inbox, home):
    read(inbox, home, BOTH)
    read(inbox, home, whole(CENTRE, kind="单位决算", amount="8.00"), "b.txt")
    assert query(home, STATUSES) == [
        (FIRST, "loaded"),
        ("b.txt", "loaded"),
        (SECOND, "superseded"),
    ]


def test_a_newer_parser_that_parts_a_file_takes_the_whole_one_back(inbox, home, monkeypatch):
    with monkeypatch.context() as old:
        old.setattr(run, "PARSER_VERSION", "old")
        old.setattr("ingest.extract.find_parts", lambda document: [find_parts(document)[0]])
        assert [each.file_name for each in read(inbox, home, BOTH).results] == ["a.txt"]
    assert read(inbox, home).count("loaded") == 2
    assert query(home, STATUSES) == [("a.txt", "withdrawn"), (FIRST, "loaded"), (SECOND, "loaded")]
    ((reason,),) = query(home, "SELECT status_reason FROM raw.documents WHERE status = 'withdrawn'")
    assert "读作 2 份" in reason and "2 disclosure" in reason
    assert read(inbox, home).count("unchanged") == 2
    # And back again, by a parser that reads it as one.
    monkeypatch.setattr(run, "PARSER_VERSION", "newest")
    monkeypatch.setattr("ingest.extract.find_parts", lambda document: [find_parts(document)[0]])
    assert read(inbox, home).count("loaded") == 1
    statuses = query(home, STATUSES)
    assert statuses == [("a.txt", "loaded"), (FIRST, "withdrawn"), (SECOND, "withdrawn")]


def test_parting_a_file_anew_does_not_make_it_newer(inbox, home, monkeypatch):
    corrected = whole(CENTRE, kind="单位决算", amount="8.00")
    with monkeypatch.context() as old:
        old.setattr(run, "PARSER_VERSION", "old")
        old.setattr("ingest.extract.find_parts", lambda document: [find_parts(document)[0]])
        read(inbox, home, BOTH)
        read(inbox, home, corrected, "b.txt")
    read(inbox, home)
    current = query(home, "SELECT file_name FROM raw.documents WHERE status = 'loaded' ORDER BY 1")
    assert current == [(FIRST,), ("b.txt",)]


def test_what_a_person_withdrew_is_not_brought_back_in_parts(inbox, home, monkeypatch):
    with monkeypatch.context() as old:
        old.setattr(run, "PARSER_VERSION", "old")
        old.setattr("ingest.extract.find_parts", lambda document: [find_parts(document)[0]])
        read(inbox, home, BOTH)
    with duckdb.connect(str(home / "warehouse.duckdb")) as connection:
        connection.execute(
            "INSERT INTO raw.document_events (document_id, event, reason, recorded_at) "
            "SELECT document_id, 'withdrawn', 'by hand', now()::TIMESTAMP FROM raw.document_reads"
        )
    read(inbox, home)
    assert query(home, "SELECT DISTINCT status FROM raw.documents") == [("withdrawn",)]
    assert read(inbox, home).count("unchanged") == 2


def test_each_is_assigned_by_its_own_name(inbox, home):
    read(inbox, home, BOTH)
    with pytest.raises(WarehouseError, match="2 disclosures") as error:
        assign(home, "a.txt", {"fiscal_year": 2021})
    assert FIRST in str(error.value) and SECOND in str(error.value)
    assert assign(home, SECOND, {"department_name_zh": "示例市苗圃站"}) == SECOND
    names = "SELECT department_name_zh FROM raw.documents ORDER BY part_number"
    assert query(home, names) == [(BUREAU,), ("示例市苗圃站",)]
    assert read(inbox, home).count("unchanged") == 2


def test_a_manifest_says_of_several_only_what_holds_for_all(inbox, home):
    (inbox / "manifest.csv").write_text(
        "file,department,year,scope,published_on\na.txt,示例市档案馆,2022,单位,2024-08-30\n",
        encoding="utf-8",
    )
    report = read(inbox, home, BOTH)
    rows = "SELECT department_name_zh, fiscal_year, published_on::VARCHAR FROM raw.documents"
    assert sorted(query(home, rows)) == [(BUREAU, 2022, "2024-08-30"), (CENTRE, 2022, "2024-08-30")]
    for result in report.results:
        assert "department、scope 没有采用" in result.reason
    assert "没有采用" in query(home, "SELECT min(status_reason) FROM raw.documents")[0][0]
    assert read(inbox, home).count("unchanged") == 2


def test_a_manifest_does_not_make_one_year_of_two(inbox, home):
    (inbox / "manifest.csv").write_text("file,year\na.txt,2022\n", encoding="utf-8")
    report = read(inbox, home, whole() + whole(year=2024))
    years = query(home, "SELECT fiscal_year FROM raw.documents ORDER BY 1")
    assert years == [(2023,), (2024,)]
    assert "year 没有采用" in report.results[0].reason
    assert report.results[1].file_name == f"a.txt［2/2 {BUREAU}2024年度］"
    assert read(inbox, home).count("unchanged") == 2


def test_a_blank_form_of_one_unit_rejects_that_one_alone(inbox, home):
    blank = whole(CENTRE, kind="单位决算", amount="", prose=False)
    report = read(inbox, home, whole() + blank)
    assert [each.status for each in report.results] == ["loaded", "rejected"]
    assert "空白模板" in report.results[1].reason
    again = read(inbox, home)
    assert [each.status for each in again.results] == ["unchanged", "rejected"]


def test_a_warehouse_made_before_files_had_parts_takes_them(inbox, home):
    read(inbox, home, whole(year=2021), "old.txt")
    with duckdb.connect(str(home / "warehouse.duckdb")) as connection:
        connection.execute("DROP VIEW raw.documents")
        for column in ("file_id", "part_number", "part_count", "part_first_page"):
            connection.execute(f"ALTER TABLE raw.document_reads DROP COLUMN {column}")
    report = read(inbox, home, BOTH)
    assert report.count("unchanged") == 1 and report.count("loaded") == 2
    assert query(home, "SELECT count(*) FROM raw.documents WHERE file_id IS NULL") == [(0,)]
