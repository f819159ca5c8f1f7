"""Prose of many places about one set of forms: read as meant, and accused of nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from decimal import Decimal

import duckdb
import pytest

from juesuan.refresh import refresh
from juesuan.settings import Home
from tests.factory.prose_styles import STYLES
from tests.factory.wordings import STANDARD

pytestmark = pytest.mark.slow
CASES = [
    (style, number, paragraph)
    for style, cases in STYLES.items()
    for number, (_, paragraph, _) in enumerate(cases)
]


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., list[tuple]]:
    """The forms of `STANDARD` with the prose of each style below them, one file a style."""
    folder = tmp_path_factory.mktemp("styles")
    for place, (name, cases) in zip("甲乙丙丁戊己庚辛壬", STYLES.items(), strict=True):
        text = STANDARD.text() + "第三部分 2022年度部门决算情况说明\n"
        for heading, paragraph, _ in cases:
            text += f"\n{heading}\n\n{paragraph}\n"
        text = text.replace(STANDARD.name, f"示例{place}市文化局")
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    home = Home(tmp_path_factory.mktemp("home"))
    refresh([folder], home, workers=1)
    with duckdb.connect(str(home.published.resolve()), read_only=True) as connection:
        yield lambda sql, *values: connection.execute(sql, values).fetchall()


def test_no_style_is_accused_of_anything(published: Callable[..., list[tuple]]):
    assert published("SELECT file_name FROM raw.documents WHERE status <> 'loaded'") == []
    assert (
        published(
            "SELECT d.file_name, f.kind, f.statement_zh FROM marts.findings AS f"
            " JOIN raw.documents AS d USING (document_id)"
            # True of the forms that all styles share.
            " WHERE f.identity_id <> 'hints.operation_with_project'"
        )
        == []
    )


@pytest.mark.parametrize(
    ("style", "number"), [case[:2] for case in CASES], ids=[case[2][:20] for case in CASES]
)
def test_paragraph_says_what_it_means_and_no_more(
    published: Callable[..., list[tuple]], style: str, number: int
):
    first_line = STANDARD.text().count("\n") + 5 + 4 * number
    stated = published(
        "SELECT n.line_code, n.measure_code, n.phase, n.value"
        " FROM conformed.narrative_statements AS n JOIN raw.documents AS d USING (document_id)"
        " JOIN raw.narrative_sentences AS s USING (sentence_id)"
        " WHERE d.file_name = ? AND s.line_number = ? AND n.unplaced_reason IS NULL",
        f"{style}.txt",
        first_line,
    )
    expected = [(*row[:3], Decimal(row[3])) for row in STYLES[style][number][2]]
    assert Counter(stated) == Counter(expected)
