"""The Data Docs: Great Expectations' pages made self-contained, behind a first page of our own.

GX's pages load styles and scripts from the network, and its index is empty without them. Here
every page works offline: scripts and remote references are taken out, a content policy forbids
what might be left, and `index.html` lists all checks in Chinese with links into GX's pages.
"""

from __future__ import annotations

import html
import re
import shutil
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from expectations.suites import CheckResult

SITE_NAME = "juesuan"
# What a finished site consists of; anything else in the folder is left alone.
SITE_PARTS = ("index.html", "expectations", "validations")

VERDICTS_ZH = {
    "exact": "一致",
    "rounding": "尾差",
    "implausible": "尾差存疑",
    "mismatch": "勾稽不符",
    "not_evaluable": "无法核对",
}
SEVERITIES_ZH = {"error": "错误", "warning": "警告", "info": "提示"}
LEVELS_ZH = {"critical": "错误 error", "warning": "警告 warning", "info": "提示 info"}
SUITES_ZH = {
    "gate": "发布前检查（不通过即停止发布）",
    "identities": "勾稽关系（疑点，不影响发布）",
    "wordings": "文字核对（疑点，不影响发布）",
}

_SCRIPT = re.compile(r"<script\b.*?</script>", re.DOTALL | re.IGNORECASE)
_REMOTE = re.compile(
    r"<(?:link|img|iframe)\b[^>]*?(?:href|src)\s*=\s*[\"']?(?:https?:)?//[^>]*>", re.IGNORECASE
)
_FOOTER = re.compile(r"<footer>.*?</footer>", re.DOTALL | re.IGNORECASE)
_FAVICON = re.compile(r"<link\b[^>]*static/images[^>]*>", re.IGNORECASE)

_HEAD = """
<meta http-equiv="Content-Security-Policy"
  content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
<style>
body{font-family:"Noto Sans CJK SC","Microsoft YaHei",sans-serif;margin:2rem;line-height:1.5}
table{border-collapse:collapse;margin:.5rem 0 1.5rem}
th,td{border:1px solid #ccc;padding:.3rem .6rem;text-align:left;vertical-align:top}
td.number{text-align:right}
.alert{background:#f2f2f2;padding:.5rem 1rem}
.card.mb-3,a[data-toggle="collapse"]{display:none}
.fa-times::before{content:"✗"}.fa-check-circle::before{content:"✓"}
.fa-exclamation-triangle::before{content:"⚠"}
.failed{color:#b00020}.passed{color:#1b6e2d}
</style>
"""


@dataclass(frozen=True)
class Summary:
    """What the first page shows; `results` is keyed by suite."""

    failures: list[str]
    identity_counts: dict[str, int]
    findings: dict[str, int]
    results: dict[str, list[CheckResult]] = field(default_factory=dict)


def context_config(site_folder: Path) -> Any:
    """A GX configuration that keeps everything in memory but one site under `site_folder`."""
    from great_expectations.data_context.types.base import (
        DataContextConfig,
        InMemoryStoreBackendDefaults,
        ProgressBarsConfig,
    )

    return DataContextConfig(
        store_backend_defaults=InMemoryStoreBackendDefaults(),
        analytics_enabled=False,
        progress_bars=ProgressBarsConfig(globally=False),
        data_docs_sites={
            SITE_NAME: {
                "class_name": "SiteBuilder",
                "show_how_to_buttons": False,
                "store_backend": {
                    "class_name": "TupleFilesystemStoreBackend",
                    "base_directory": str(site_folder),
                },
                "site_index_builder": {"class_name": "DefaultSiteIndexBuilder"},
            }
        },
    )


def write_site(rendered: Path, docs_dir: Path, summary: Summary) -> Path:
    """Make the pages GX rendered self-contained and put the site into `docs_dir`.

    Replaces an earlier site there; returns the path of the new index.html.
    """
    for page in rendered.rglob("*.html"):
        page.write_text(_self_contained(page.read_text(encoding="utf-8")), encoding="utf-8")
    (rendered / "index.html").write_text(_index_page(rendered, summary), encoding="utf-8")
    docs_dir.mkdir(parents=True, exist_ok=True)
    for part in SITE_PARTS:
        target = docs_dir / part
        if target.is_dir():
            shutil.rmtree(target)
        if (rendered / part).is_dir():
            shutil.copytree(rendered / part, target)
        elif (rendered / part).is_file():
            shutil.copyfile(rendered / part, target)
    return docs_dir / "index.html"


def _self_contained(page: str) -> str:
    for pattern in (_SCRIPT, _REMOTE, _FAVICON, _FOOTER):
        page = pattern.sub("", page)
    return page.replace("<head>", "<head>" + _HEAD, 1)


def _index_page(rendered: Path, summary: Summary) -> str:
    state = (
        '<p class="failed">未通过，停止发布 / the gate failed, nothing is published</p>'
        if summary.failures
        else '<p class="passed">通过 / the gate passed</p>'
    )
    failures = "".join(f"<li>{html.escape(sentence)}</li>" for sentence in summary.failures)
    suites = "".join(_suite_section(rendered, *suite) for suite in summary.results.items())
    return (
        '<!DOCTYPE html>\n<html lang="zh-CN"><head><meta charset="utf-8">'
        f"<title>决算数据检查 / data docs</title>{_HEAD}</head><body>"
        f"<h1>决算数据检查 / data docs</h1>{state}<ul>{failures}</ul>"
        + _count_table("核对结果 / verdicts", summary.identity_counts, VERDICTS_ZH)
        + _count_table("疑点 / findings", summary.findings, SEVERITIES_ZH)
        + f"{suites}</body></html>\n"
    )


def _count_table(title: str, counts: dict[str, int], names: dict[str, str]) -> str:
    known = [name for name in names if name in counts]
    rows = "".join(
        f"<tr><td>{html.escape(names.get(name, ''))} {html.escape(name)}</td>"
        f'<td class="number">{counts[name]:,}</td></tr>'
        for name in [*known, *(name for name in counts if name not in names)]
    )
    return f"<h2>{title}</h2><table>{rows}</table>"


def _suite_section(rendered: Path, suite: str, results: list[CheckResult]) -> str:
    pages = sorted((rendered / "validations" / suite).rglob("*.html"))
    link = pages[-1].relative_to(rendered).as_posix() if pages else f"expectations/{suite}.html"
    rows = "".join(_result_row(result) for result in results)
    return (
        f'<h2><a href="{html.escape(link)}">{SUITES_ZH.get(suite, html.escape(suite))}</a></h2>'
        "<table><tr><th>检查 / check</th><th>依据 / basis</th><th>级别 / severity</th>"
        f"<th>行数 / rows</th></tr>{rows}</table>"
    )


def _result_row(result: CheckResult) -> str:
    check = result.check
    count = f"{result.row_count:,}" if result.exception is None else "出错 / raised"
    cells = (check.title, check.basis, LEVELS_ZH[check.severity])
    return (
        "<tr>"
        + "".join(f"<td>{html.escape(cell)}</td>" for cell in cells)
        + f'<td class="number">{count}</td></tr>'
    )
