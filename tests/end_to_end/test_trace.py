"""Every figure leads back to the page it stands on."""

from __future__ import annotations

import json
import shutil
from io import BytesIO
from pathlib import Path

import duckdb
import pytest
from click.testing import CliRunner
from PIL import Image

from juesuan.cli import EXIT_FAILED, main
from juesuan.errors import TraceError
from juesuan.pictures import (
    GAP,
    LEFT_COLOUR,
    RIGHT_COLOUR,
    SCALE,
    Picture,
    make_pictures,
)
from juesuan.settings import Home
from juesuan.trace import Place, find_places

pytestmark = pytest.mark.slow

FACTS = [
    "fct_income",
    "fct_expenditure",
    "fct_economic",
    "fct_three_public",
    "fct_three_public_count",
    "fct_carryover",
    "fct_procurement",
    "fct_agency_operating",
    "fct_asset",
]
PROJECT_FACTS = ["fct_project_funding", "fct_project_spending", "fct_project_indicator"]


def _one(home: Home, sql: str) -> tuple:
    with duckdb.connect(str(home.published.resolve()), read_only=True) as connection:
        return connection.execute(sql).fetchone()


@pytest.mark.parametrize("fact", FACTS)
def test_every_row_of_a_fact_reaches_its_cell_figure_or_sentence(real_home: Home, fact: str):
    rows, reached = _one(
        real_home,
        f"""
        SELECT count(*), count(coalesce(c.cell_id, n.figure_id, s.sentence_id))
        FROM conformed.{fact} AS fact
        LEFT JOIN conformed.fct_stated_value AS v USING (stated_value_id)
        LEFT JOIN raw.cells AS c ON c.cell_id = v.cell_id
        LEFT JOIN raw.narrative_figures AS n ON n.figure_id = v.figure_id
        LEFT JOIN raw.narrative_sentences AS s ON s.sentence_id = v.sentence_id
        """,
    )
    assert rows == reached > 0


@pytest.mark.parametrize("fact", PROJECT_FACTS)
def test_every_row_of_a_project_fact_reaches_its_cell(real_home: Home, fact: str):
    rows, reached = _one(
        real_home,
        f"SELECT count(*), count(c.cell_id) FROM conformed.{fact} AS fact"
        " LEFT JOIN raw.cells AS c USING (cell_id)",
    )
    assert rows == reached > 0


def test_every_stated_value_and_all_evidence_reach_the_raw(real_home: Home):
    rows, reached = _one(
        real_home,
        """
        SELECT count(*), count(coalesce(c.cell_id, n.figure_id, s.sentence_id))
        FROM conformed.fct_stated_value AS v
        LEFT JOIN raw.cells AS c ON c.cell_id = v.cell_id
        LEFT JOIN raw.narrative_figures AS n ON n.figure_id = v.figure_id
        LEFT JOIN raw.narrative_sentences AS s ON s.sentence_id = v.sentence_id
        """,
    )
    assert rows == reached > 1000
    rows, reached = _one(
        real_home,
        "SELECT count(*), count(v.stated_value_id) FROM conformed.identity_evidence AS e"
        " LEFT JOIN conformed.fct_stated_value AS v USING (stated_value_id)",
    )
    assert rows == reached > 1000


def _colours(picture: Picture) -> set[tuple[int, int, int]]:
    with Image.open(BytesIO(picture.png)) as image:
        return {colour for _, colour in image.convert("RGB").getcolors(maxcolors=2**24)}


def _assert_outlined(picture: Picture, place: Place) -> None:
    """The corners of the outline of each box that the place has on the page of the picture."""
    colour = LEFT_COLOUR if place.side in ("", "lhs") else RIGHT_COLOUR
    with Image.open(BytesIO(picture.png)) as image:
        pixels = image.convert("RGB")
        for mark in place.marks:
            if mark.page_number == picture.page_number:
                x = (mark.x0 - GAP - picture.region.x0) * SCALE + 1
                y = (mark.top - GAP - picture.region.top) * SCALE + 1
                assert pixels.getpixel((round(x), round(y))) == colour, place


def test_a_finding_of_a_pdf_is_drawn_with_both_sides_outlined(samples_home: Home):
    (finding_id,) = _one(
        samples_home,
        "SELECT finding_id FROM marts.findings JOIN raw.documents USING (document_id)"
        " WHERE file_name = 'water-bureau-2023.pdf'",
    )
    places = find_places(samples_home, finding_id)
    assert {place.text for place in places if place.side == "lhs"} == {"2,812.14"}
    pictures = make_pictures(samples_home, places)
    # The sides stand on different pages: one picture for each.
    assert len(pictures) == 2
    assert {LEFT_COLOUR, RIGHT_COLOUR} <= _colours(pictures[0]) | _colours(pictures[1])
    for picture in pictures:
        for place in places:
            _assert_outlined(picture, place)


def test_every_figure_and_sentence_of_a_pdf_can_be_drawn(samples_home: Home):
    figure_id, broken_id = _one(
        samples_home,
        "SELECT min(figure_id), (SELECT min(sentence_id) FROM raw.narrative_sentences"
        " JOIN raw.documents USING (document_id)"
        " WHERE media_type = 'application/pdf' AND length(line_numbers) = 3)"
        " FROM raw.narrative_figures WHERE x0 IS NOT NULL",
    )
    for wanted, mark_count in ((figure_id, 1), (broken_id, 3)):
        (place,) = find_places(samples_home, wanted)
        assert len(place.marks) == mark_count
        pages = {mark.page_number for mark in place.marks}
        pictures = make_pictures(samples_home, [place])
        assert {picture.page_number for picture in pictures} == pages
        for picture in pictures:
            _assert_outlined(picture, place)
            # The paragraph, not the page.
            assert picture.region.bottom - picture.region.top < 400


def test_evidence_that_names_a_sentence_and_no_value_is_traced(samples_home: Home, tmp_path: Path):
    (sentence_id,) = _one(
        samples_home,
        "SELECT min(sentence_id) FROM raw.narrative_sentences"
        " JOIN raw.documents USING (document_id) WHERE media_type = 'application/pdf'",
    )
    build = tmp_path / "published" / "build"
    build.mkdir(parents=True)
    (tmp_path / "published" / "current").symlink_to(build)
    (tmp_path / "originals").symlink_to(samples_home.path / "originals")
    shutil.copy(samples_home.published.resolve(), build / "juesuan.duckdb")
    evidence = json.dumps(
        [{"side": "lhs", "sentence_id": sentence_id}, {"side": None, "sentence_id": "gone"}]
    )
    with duckdb.connect(str(build / "juesuan.duckdb")) as connection:
        connection.execute(
            "UPDATE marts.findings SET evidence = ?, finding_id = 'wording',"
            " identity_result_id = 'none' WHERE priority = 1",
            [evidence],
        )
    home = Home(tmp_path)
    (place,) = find_places(home, "wording")
    assert place.side == "lhs" and place.words_around and place.text_start is None
    assert LEFT_COLOUR in _colours(make_pictures(home, [place])[0])


def test_a_build_of_an_older_version_is_a_sentence(samples_home: Home, tmp_path: Path):
    build = tmp_path / "published" / "build"
    build.mkdir(parents=True)
    (tmp_path / "published" / "current").symlink_to(build)
    shutil.copy(samples_home.published.resolve(), build / "juesuan.duckdb")
    with duckdb.connect(str(build / "juesuan.duckdb")) as connection:
        connection.execute("ALTER TABLE raw.narrative_figures DROP COLUMN x0")
    with pytest.raises(TraceError, match="older version"):
        find_places(Home(tmp_path), "anything")


@pytest.mark.parametrize(
    "ids",
    [
        "SELECT min(line_amount_id) FROM conformed.fct_line_amount WHERE source_kind = 'table'",
        "SELECT min(line_amount_id) FROM conformed.fct_line_amount WHERE source_kind = 'note'",
        "SELECT min(line_amount_id) FROM conformed.fct_line_amount WHERE figure_id IS NOT NULL",
        "SELECT min(stated_value_id) FROM conformed.fct_stated_value"
        " WHERE cell_id IS NULL AND figure_id IS NULL",
        "SELECT min(cell_id) FROM raw.cells WHERE NOT is_redacted",
        "SELECT min(figure_id) FROM raw.narrative_figures",
        "SELECT min(sentence_id) FROM raw.narrative_sentences",
        "SELECT min(identity_result_id) FROM conformed.identity_evidence",
        "SELECT min(finding_id) FROM marts.findings WHERE identity_id LIKE 'narrative.%'",
        "SELECT min(wording_result_id) FROM conformed.fct_wording_result",
    ],
)
def test_every_kind_of_id_is_traced(real_home: Home, tmp_path: Path, ids: str):
    (wanted,) = _one(real_home, ids)
    arguments = ["trace", wanted, "--home", str(real_home.path), "--pictures", str(tmp_path)]
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 0, result.output
    assert "第" in result.output


def test_a_wording_is_traced_to_its_sentence_and_to_what_it_is_held_against(real_home: Home):
    (finding_id,) = _one(
        real_home,
        "SELECT finding_id FROM marts.findings WHERE identity_id = 'wording.listed_but_zero'",
    )
    words, form = sorted(find_places(real_home, finding_id), key=lambda place: place.side)
    assert (words.side, words.page_number) == ("lhs", 20)
    assert "邮电费" in words.words_around
    assert (form.side, form.page_number, form.text) == ("rhs", 13, "0.00")


def test_all_members_of_a_wording_are_traced(real_home: Home):
    (finding_id,) = _one(
        real_home,
        "SELECT finding_id FROM marts.findings WHERE identity_id = 'wording.remark_missing'",
    )
    lines = {place.line_number for place in find_places(real_home, finding_id)}
    assert lines == {495, 497, 501, 506}


def test_an_unknown_id_is_a_sentence(samples_home: Home):
    result = CliRunner().invoke(main, ["trace", "nothing", "--home", str(samples_home.path)])
    assert result.exit_code == EXIT_FAILED
    assert "nothing" in result.output and "Traceback" not in result.output
