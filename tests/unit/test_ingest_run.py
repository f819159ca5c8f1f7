"""From files to raw: loading, re-runs, corrections, rejections, the manifest."""

import os

import duckdb
import pytest
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from ingest import ManifestError, WarehouseError, ingest_paths, run
from ingest.assign import assign
from ingest.run import extract_to_bundle

FORM = (
    "{cover}\n\n目 录\n\n第一部分 概况\n\n第一部分 概况\n\n收入决算表\n\n单位：万元\n\n"
    "项目\t合计\n合计\t{amount}\n\n一、收入情况说明\n\n收入{amount}万元。\n"
)
COVER = "2020年度\n某市档案馆\n部门决算"


def disclosure(amount="5.00", cover=COVER):
    return FORM.format(cover=cover, amount=amount)


def query(home, sql):
    with duckdb.connect(str(home / "warehouse.duckdb"), read_only=True) as connection:
        return connection.execute(sql).fetchall()


def ingest_text(folder, home, **files):
    for name, text in files.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return ingest_paths([folder], home)


@pytest.fixture
def home(tmp_path):
    return tmp_path / "home"


@pytest.fixture
def inbox(tmp_path):
    folder = tmp_path / "inbox"
    folder.mkdir()
    return folder


def test_second_run_changes_nothing(inbox, home):
    first = ingest_text(inbox, home, a=disclosure())
    before = query(home, "SELECT * FROM raw.document_reads, raw.document_events")
    second = ingest_paths([inbox], home)
    assert [first.results[0].status, second.results[0].status] == ["loaded", "unchanged"]
    assert second.results[0].cell_count == first.results[0].cell_count > 0
    assert query(home, "SELECT * FROM raw.document_reads, raw.document_events") == before


def test_claims_of_the_cover(inbox, home):
    ingest_text(inbox, home, a=disclosure())
    assert query(
        home,
        "SELECT department_name_zh, fiscal_year, document_kind, reporting_scope, status "
        "FROM raw.documents",
    ) == [("某市档案馆", 2020, "final_accounts", "department_consolidated", "loaded")]


@pytest.mark.parametrize(
    ("cover", "department", "scope"),
    [
        ("中共某市某区委\n社会工作部 2021 年度\n部门决算", "中共某市某区委社会工作部", None),
        ("某市某局（本级）2021年度部门决算", "某市某局", "department_own"),
        ("2021年度\n某市图书馆\n单位决算", "某市图书馆", "unit"),
        ("监督索引号53000000123401000\n某州某县水务局2021年度部门决算目录", "某州某县水务局", None),
        (
            "首页 > 信息公开 > 决算\n索引号：00258/2022-7 公开方式：主动公开\n"
            "发布单位：某区统计局\n某区统计局（汇总）2021年度部门决算",
            "某区统计局",
            None,
        ),
        ("-附件1\n某省人民医院\n2021年度部门决算", "某省人民医院", None),
    ],
)
def test_covers(inbox, home, cover, department, scope):
    ingest_text(inbox, home, a=disclosure(cover=cover))
    found = query(
        home, "SELECT department_name_zh, fiscal_year, reporting_scope FROM raw.documents"
    )
    assert found == [(department, 2021, scope or "department_consolidated")]


def test_claims_from_captions_without_a_cover(inbox, home):
    text = "收入决算表\n部门：某市档案馆\n2019年度 金额单位：元\n项目\t合计\n合计\t7\n"
    ingest_text(inbox, home, a=text)
    assert query(home, "SELECT department_name_zh, fiscal_year FROM raw.documents") == [
        ("某市档案馆", 2019)
    ]


def test_correction_supersedes_the_older_file(inbox, home):
    ingest_text(inbox, home, a=disclosure("5.00"))
    ingest_text(inbox, home, b=disclosure("6.00"))
    found = dict(query(home, "SELECT file_name, status FROM raw.documents"))
    assert found == {"a.txt": "superseded", "b.txt": "loaded"}
    ((reason,),) = query(home, "SELECT status_reason FROM raw.documents WHERE file_name = 'a.txt'")
    assert "b.txt" in reason


def test_files_that_complete_each_other_both_stand(inbox, home):
    forms = f"{COVER}\n\n收入决算表\n\n单位：万元\n\n项目\t合计\n合计\t5.00\n"
    prose = (
        f"{COVER}\n\n第三部分 2020年度部门决算情况说明\n"
        "\n一、收入决算情况说明\n\n本年收入合计5.00万元。\n"
        "\n二、支出决算情况说明\n\n本年支出合计5.00万元。\n"
    )
    ingest_text(inbox, home, forms=forms, prose=prose)
    found = query(home, "SELECT file_name, status, document_kind FROM raw.documents ORDER BY ALL")
    assert found == [
        ("forms.txt", "loaded", "final_accounts"),
        ("prose.txt", "loaded", "final_accounts"),
    ]


def test_publication_dates_decide_which_file_is_newer(inbox, home):
    (inbox / "manifest.csv").write_text(
        "file,published_on\na.txt,2021-09-02\nb.txt,2021-09-01\n", encoding="utf-8"
    )
    ingest_text(inbox, home, a=disclosure("5.00"), b=disclosure("6.00"))
    found = dict(query(home, "SELECT file_name, status FROM raw.documents"))
    assert found == {"a.txt": "loaded", "b.txt": "superseded"}


def test_newer_parser_replaces_the_rows(inbox, home, monkeypatch):
    ingest_text(inbox, home, a=disclosure())
    cells = query(home, "SELECT count(*) FROM raw.cells")
    monkeypatch.setattr(run, "PARSER_VERSION", "next")
    assert ingest_paths([inbox], home).results[0].status == "loaded"
    assert query(home, "SELECT count(*) FROM raw.cells") == cells
    assert query(home, "SELECT parser_version FROM raw.documents") == [("next",)]
    assert {p.name for p in (home / "bundles").iterdir()} >= {"next"}


def test_reading_anew_does_not_make_a_file_newer(inbox, home, monkeypatch):
    ingest_text(inbox, home, b=disclosure("5.00"))
    ingest_text(inbox, home, a=disclosure("6.00"))
    monkeypatch.setattr(run, "PARSER_VERSION", "next")
    ingest_paths([inbox], home)
    found = dict(query(home, "SELECT file_name, status FROM raw.documents"))
    assert found == {"a.txt": "loaded", "b.txt": "superseded"}


def test_reassigned_file_releases_what_it_superseded(inbox, home):
    ingest_text(inbox, home, a=disclosure("5.00"))
    ingest_text(inbox, home, b=disclosure("6.00"))
    (inbox / "manifest.csv").write_text("file,department\nb.txt,某市史志馆\n", encoding="utf-8")
    ingest_paths([inbox], home)
    found = query(home, "SELECT file_name, status FROM raw.documents ORDER BY file_name")
    assert found == [("a.txt", "loaded"), ("b.txt", "loaded")]


def test_manifest_overrides_the_claims(inbox, home):
    ingest_text(inbox, home, a=disclosure())
    (inbox / "manifest.csv").write_text(
        "file,department,year,kind,scope,source_url,published_on\n"
        "a.txt,某市史志馆,2018,决算,单位,https://example.org/a,2019-08-30\n",
        encoding="utf-8",
    )
    # The same bytes, but something new is known about them.
    assert ingest_paths([inbox], home).results[0].status == "loaded"
    assert query(
        home,
        "SELECT department_name_zh, fiscal_year, reporting_scope, source_url, "
        "published_on::VARCHAR FROM raw.documents",
    ) == [("某市史志馆", 2018, "unit", "https://example.org/a", "2019-08-30")]
    assert ingest_paths([inbox], home).results[0].status == "unchanged"


@pytest.mark.parametrize(
    ("manifest", "sentence"),
    [
        ("file,year\nmissing.txt,2020\n", "missing.txt"),
        ("file,year\na.txt,twenty\n", "twenty"),
        ("file,kind\na.txt,novel\n", "novel"),
        ("file,published_on\na.txt,last week\n", "last week"),
        ("file,colour\na.txt,red\n", "colour"),
    ],
)
def test_bad_manifest_is_one_clear_sentence(inbox, home, manifest, sentence):
    (inbox / "manifest.csv").write_text(manifest, encoding="utf-8")
    with pytest.raises(ManifestError, match=sentence):
        ingest_text(inbox, home, a=disclosure())


def test_missing_path(tmp_path, home):
    with pytest.raises(WarehouseError, match="nowhere"):
        ingest_paths([tmp_path / "nowhere"], home)


def test_withdrawn_stays_withdrawn(inbox, home):
    ingest_text(inbox, home, a=disclosure())
    with duckdb.connect(str(home / "warehouse.duckdb")) as connection:
        connection.execute(
            "INSERT INTO raw.document_events (document_id, event, reason, recorded_at) "
            "SELECT document_id, 'withdrawn', 'by hand', now()::TIMESTAMP FROM raw.document_reads"
        )
    (inbox / "manifest.csv").write_text("file,year\na.txt,2019\n", encoding="utf-8")
    ingest_paths([inbox], home)
    assert query(home, "SELECT status, fiscal_year FROM raw.documents") == [("withdrawn", 2019)]


def text_pdf(path, **kwargs):
    canvas = Canvas(str(path), **kwargs)
    canvas.drawString(72, 720, "plain text")
    canvas.save()


def make_scan(path):
    canvas = Canvas(str(path))
    canvas.rect(72, 500, 200, 200, fill=1)
    canvas.save()


def make_truncated(path):
    text_pdf(path)
    path.write_bytes(path.read_bytes()[:400])


def make_encrypted(path):
    text_pdf(path, encrypt=StandardEncryption("secret", canPrint=0))


REJECTED = {
    "empty.txt": (lambda p: p.write_bytes(b" \n"), "空"),
    "word.docx": (lambda p: p.write_bytes(b"PK\x03\x04 and so on"), "已损坏"),
    "old.xls": (lambda p: p.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), "已损坏"),
    "page.html": (lambda p: p.write_text("<!DOCTYPE html><p>决算"), "没有找到决算表"),
    "packed.rar": (lambda p: p.write_bytes(b"Rar!\x1a\x07\x01\x00"), "ZIP"),
    "packed.7z": (lambda p: p.write_bytes(b"7z\xbc\xaf\x27\x1c\x00"), "ZIP"),
    "page.mht": (
        lambda p: p.write_text("MIME-Version: 1.0\nContent-Type: multipart/related;\n\n<html>"),
        "MHTML",
    ),
    "binary.txt": (lambda p: p.write_bytes(b"\x00\x01\x02"), "暂不支持"),
    "scan.pdf": (make_scan, "没有文字"),
    "cut.pdf": (make_truncated, "PDF"),
    "locked.pdf": (make_encrypted, "加密"),
    "letter.txt": (lambda p: p.write_text("今天天气不错。", encoding="utf-8"), "没有找到决算表"),
    "blank.txt": (
        lambda p: p.write_text(
            disclosure("").replace("收入万元。", "收入  万元。"), encoding="utf-8"
        ),
        "空白模板",
    ),
}


@pytest.mark.parametrize("name", REJECTED)
def test_each_rejection_says_why(inbox, home, name):
    make, reason = REJECTED[name]
    make(inbox / name)
    (inbox / "good.txt").write_text(disclosure(), encoding="utf-8")
    results = {r.file_name: r for r in ingest_paths([inbox], home, workers=1).results}
    assert results["good.txt"].status == "loaded"
    assert results[name].status == "rejected"
    assert reason in results[name].reason
    assert " / " in results[name].reason
    rejected = query(home, "SELECT status_reason FROM raw.documents WHERE status = 'rejected'")
    assert rejected == [(results[name].reason,)]
    again = ingest_paths([inbox], home, workers=1)
    assert {r.status for r in again.results} == {"unchanged", "rejected"}
    assert query(home, "SELECT count(*) FROM raw.document_events") == [(2,)]


def test_wrong_extension_and_encoding_are_not_fatal(inbox, home):
    (inbox / "a.pdf").write_bytes(disclosure().encode("gb18030"))
    assert ingest_paths([inbox], home).results[0].status == "loaded"
    assert query(home, "SELECT media_type FROM raw.documents") == [("text/plain",)]


def test_unexpected_error_rejects_one_file(inbox, home, monkeypatch):
    def fail(path, document_id):
        raise ZeroDivisionError

    monkeypatch.setattr(run, "extract", fail)
    (result,) = ingest_text(inbox, home, a=disclosure()).results
    assert result.status == "rejected"
    assert "a.txt" in result.reason
    assert "ZeroDivisionError" in result.reason


def die_on_b(path, document_id, folder):
    if path.endswith("b.txt"):
        os._exit(1)
    return extract_to_bundle(path, document_id, folder)


def test_a_worker_that_dies_takes_only_its_own_file_along(inbox, home, monkeypatch):
    monkeypatch.setattr(run, "extract_to_bundle", die_on_b)
    files = {
        name: disclosure(cover=COVER.replace("2020", str(2018 + number)))
        for number, name in enumerate("abc")
    }
    results = ingest_text(inbox, home, **files).results
    assert [r.status for r in results] == ["loaded", "rejected", "loaded"]
    assert "b.txt" in results[1].reason


def test_the_warehouse_itself_is_not_read(inbox):
    home = inbox / "warehouse"
    ingest_text(inbox, home, a=disclosure())
    assert [r.file_name for r in ingest_paths([inbox], home).results] == ["a.txt"]


def test_hidden_files_are_skipped_and_folders_searched(inbox, home):
    (inbox / ".hidden").mkdir()
    (inbox / "2020").mkdir()
    for name in (".hidden/a.txt", ".b.txt", "2020/c.txt"):
        (inbox / name).write_text(disclosure(), encoding="utf-8")
    assert [r.file_name for r in ingest_paths([inbox], home).results] == ["c.txt"]


def test_progress_and_worker_processes(inbox, home):
    seen = []
    for number in range(3):
        cover = COVER.replace("2020", str(2018 + number))
        (inbox / f"{number}.txt").write_text(disclosure(cover=cover), encoding="utf-8")
    report = ingest_paths([inbox], home, workers=2, progress=lambda *args: seen.append(args))
    assert report.count("loaded") == 3
    assert seen == [("0.txt", 1, 3), ("1.txt", 2, 3), ("2.txt", 3, 3)]


def test_what_a_person_assigns_holds_over_the_file_and_a_newer_parser(inbox, home, monkeypatch):
    ingest_text(inbox, home, a=disclosure(cover="2020年度\n财政局\n部门决算"))
    assert (
        assign(home, "a.txt", {"department_name_zh": "某市财政局", "fiscal_year": 2021}) == "a.txt"
    )
    query_assigned = "SELECT department_name_zh, fiscal_year, status FROM raw.documents"
    assert query(home, query_assigned) == [("某市财政局", 2021, "loaded")]
    assert ingest_paths([inbox], home).results[0].status == "unchanged"
    monkeypatch.setattr(run, "PARSER_VERSION", "next")
    assert ingest_paths([inbox], home).results[0].status == "loaded"
    assert query(home, query_assigned) == [("某市财政局", 2021, "loaded")]


def test_assigning_an_unknown_or_ambiguous_document_says_so(inbox, home):
    (inbox / "copy").mkdir()
    ingest_text(inbox, home, a=disclosure("5.00"))
    ingest_text(inbox / "copy", home, a=disclosure("6.00", cover="2021年度\n某市图书馆\n部门决算"))
    with pytest.raises(WarehouseError, match="juesuan status"):
        assign(home, "b.txt", {"fiscal_year": 2021})
    with pytest.raises(WarehouseError, match="2 documents"):
        assign(home, "a.txt", {"fiscal_year": 2021})


def test_a_warehouse_made_before_figures_had_boxes_takes_new_documents(tmp_path, home):
    ingest_text(tmp_path, home, old=disclosure())
    with duckdb.connect(str(home / "warehouse.duckdb")) as connection:
        for column in ("x0", "top", "x1", "bottom"):
            connection.execute(f"ALTER TABLE raw.narrative_figures DROP COLUMN {column}")
        connection.execute("ALTER TABLE raw.narrative_sentences DROP COLUMN line_numbers")
    report = ingest_text(tmp_path, home, new=disclosure(amount="6.00"))
    assert report.count("rejected") == 0
    rows = query(home, "SELECT figure_text, x0 FROM raw.narrative_figures WHERE unit_text = '万元'")
    assert sorted(rows) == [("5.00", None), ("6.00", None)]
    lines = query(
        home, "SELECT line_numbers FROM raw.narrative_sentences WHERE sentence ^@ '收入6'"
    )
    assert lines == [([20],)]
