"""Several disclosures in one file state what they state in files of their own."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import duckdb
import pypdfium2
import pytest
from click.testing import CliRunner
from PIL import Image

from ingest import ingest_paths
from juesuan.cli import main
from juesuan.pictures import LEFT_COLOUR, make_pictures
from juesuan.refresh import refresh
from juesuan.settings import Home
from juesuan.trace import find_places
from tests.factory import archives
from tests.factory.content import DisclosureContent
from tests.factory.docx_writer import write_docx
from tests.factory.form_parts import FormStyle
from tests.factory.joined_writer import (
    Disclosures,
    join_docx,
    join_pdf,
    join_text,
    join_xlsx,
    write_unit_forms,
)
from tests.factory.layout import Layout
from tests.factory.pdf_writer import write_pdf
from tests.factory.random_economy import Account, random_accounts
from tests.factory.shorthand import disclosure
from tests.factory.text_writer import write_text
from tests.factory.xlsx_writer import write_xlsx

pytestmark = pytest.mark.slow
ACCOUNTS = random_accounts(3, 12, range(2023, 2024))
DUTY = "负责本地区有关事务。"
PLAIN, DOUBLED = FormStyle(), FormStyle(doubles_tables=True)
# A department with its own accounts and its units, in one file; whole departments in others.
GROUPED = ("示例市总工会",)
PAIRED = (("示例市财政局", "示例市统计局"), ("示例市商务局", "示例市司法局"))
JOINED = {"群团.txt": 4, "档案.pdf": 3, "汇编.docx": 2, "汇编.xlsx": 2}
NAMELESS = "无名.xlsx"


def content_of(account: Account, style: FormStyle) -> DisclosureContent:
    content = disclosure(account.economy, style, Layout(), account.units, DUTY)
    is_whole = account.scope == "department_consolidated"
    kind = "部门决算" if is_whole else "单位决算"
    return replace(content, department_name=account.printed_name, cover_kind=kind)


def accounts_of(names: tuple[str, ...], style: FormStyle) -> Disclosures:
    chosen = [each for each in ACCOUNTS if each.printed_name.startswith(names)]
    return [(content_of(each, style), Layout()) for each in chosen]


def groups() -> dict[str, tuple[Disclosures, object, object]]:
    """Return the disclosures of each joined file, how to join them, and how to write each alone."""
    years = [(content, archives.LAYOUT) for content in archives.disclosures()]
    doubled = accounts_of(PAIRED[0], DOUBLED)
    return {
        "群团.txt": (accounts_of(GROUPED, PLAIN), join_text, write_text),
        "档案.pdf": (years, join_pdf, write_pdf),
        "汇编.docx": (doubled, join_docx, write_docx),
        "汇编.xlsx": (accounts_of(PAIRED[1], PLAIN), join_xlsx, write_xlsx),
    }


def write(path: Path, data: bytes | str) -> None:
    path.write_bytes(data.encode() if isinstance(data, str) else data)


@pytest.fixture(scope="module")
def homes(tmp_path_factory) -> tuple[Home, Home, Path]:
    """A home of the joined files, one of the same disclosures alone, and the joined files."""
    together, apart = (tmp_path_factory.mktemp(name) for name in ("together", "apart"))
    for name, (contents, join, write_alone) in groups().items():
        assert len(contents) == JOINED[name]
        write(together / name, join(contents))
        for number, each in enumerate(contents):
            write(apart / f"{number}-{name}", write_alone(*each))
    # Forms of two departments that say 本部门: nobody can tell whose each is.
    nameless = [
        (replace(content, department_name="本部门"), layout)
        for content, layout in accounts_of(PAIRED[1], PLAIN)
    ]
    write(together / NAMELESS, write_unit_forms(nameless, in_turn=False))
    # Whose the three years are, a manifest cannot say: it is left aside.
    write(together / "manifest.csv", "file,department\n档案.pdf,示例市图书馆\n")
    joined, separate = (Home(tmp_path_factory.mktemp(name)) for name in ("joined", "separate"))
    refresh([together], joined)
    refresh([apart], separate)
    return joined, separate, together


def rows(home: Home, sql: str) -> list[tuple]:
    with duckdb.connect(str(home.published.resolve()), read_only=True) as connection:
        return connection.execute(sql).fetchall()


def test_they_state_the_same_as_in_files_of_their_own(homes):
    joined, separate, _ = homes
    stated = """
        SELECT documents.department_name_zh, documents.reporting_scope, documents.fiscal_year,
            form_code, section, block, line_code, measure_code, phase, fund, value_kind,
            source_kind, value, unit, printed, is_preferred
        FROM conformed.fct_stated_value JOIN raw.documents AS documents USING (document_id)
    """
    ours, theirs = Counter(rows(joined, stated)), Counter(rows(separate, stated))
    assert ours.total() > 3000
    assert ours == theirs


def test_they_give_the_same_findings_and_verdicts(homes):
    joined, separate, _ = homes
    findings = """
        SELECT department_name_zh, fiscal_year, identity_id, severity, lhs_cny, rhs_cny, gap_cny
        FROM marts.findings ORDER BY ALL
    """
    assert rows(joined, findings) == rows(separate, findings) != []
    verdicts = """
        SELECT documents.department_name_zh, documents.reporting_scope, documents.fiscal_year,
            identity_id, verdict, count(*)
        FROM conformed.fct_identity_result JOIN raw.documents AS documents USING (document_id)
        GROUP BY ALL ORDER BY ALL
    """
    assert rows(joined, verdicts) == rows(separate, verdicts)


def test_each_is_listed_by_a_name_that_says_whose_it_is(homes):
    joined, _, _ = homes
    names = rows(joined, "SELECT file_name FROM raw.documents WHERE status = 'loaded' ORDER BY 1")
    assert {name for (name,) in names} == {
        "群团.txt［1/4 示例市总工会］",
        "群团.txt［2/4 示例市总工会（本级）］",
        "群团.txt［3/4 示例市总工会综合服务中心］",
        "群团.txt［4/4 示例市总工会监测站］",
        "档案.pdf［1/3 示例市档案馆2022年度］",
        "档案.pdf［2/3 示例市档案馆2023年度］",
        "档案.pdf［3/3 示例市档案馆2024年度］",
        "汇编.docx［1/2 示例市财政局］",
        "汇编.docx［2/2 示例市统计局］",
        "汇编.xlsx［1/2 示例市商务局］",
        "汇编.xlsx［2/2 示例市司法局］",
    }


def test_forms_of_which_nobody_says_whose_they_are_stop_their_file(homes):
    joined, _, _ = homes
    ((name, status, reason),) = rows(
        joined,
        "SELECT file_name, status, status_reason FROM raw.documents WHERE status <> 'loaded'",
    )
    assert (name, status) == (NAMELESS, "quarantined")
    assert "多个单位的决算合在一个文件里" in reason and "请拆分或指明" in reason
    assert "收入支出决算总表（第1页、第10页）" in reason


def test_status_says_what_of_the_manifest_was_left_aside(homes):
    joined, _, _ = homes
    shown = CliRunner().invoke(main, ["status", "--home", str(joined.path)]).output
    assert "".join(shown.split()).count("manifest.csv的department没有采用") == 3


def test_a_second_run_reads_nothing(homes):
    joined, _, together = homes
    report = ingest_paths([together], joined.path)
    assert report.count("unchanged") == len(report.results) == 12


def test_a_figure_is_drawn_on_its_page_of_the_joined_file(homes):
    joined, _, together = homes
    ((finding_id, first_page),) = rows(
        joined,
        "SELECT finding_id, part_first_page FROM marts.findings JOIN raw.documents"
        " USING (document_id) WHERE file_name LIKE '档案.pdf［3/3%'",
    )
    places = find_places(joined, finding_id)
    pictures = make_pictures(joined, places)
    pages = {mark.page_number for place in places for mark in place.marks}
    assert {picture.page_number for picture in pictures} == pages
    assert min(pages) >= first_page > 30
    for picture in pictures:
        with Image.open(BytesIO(picture.png)) as image:
            colours = {colour for _, colour in image.convert("RGB").getcolors(maxcolors=2**24)}
        assert LEFT_COLOUR in colours
    document = pypdfium2.PdfDocument(together / "档案.pdf")
    for place in places:
        text = document[place.page_number - 1].get_textpage().get_text_range()
        assert place.text in text
