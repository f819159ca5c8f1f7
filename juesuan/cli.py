"""The command `juesuan`: each subcommand is one step of the way, `refresh` is all of them."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click
from rich.console import Console

from expectations.errors import ExpectationsError
from ingest import IngestError, IngestReport, ingest_paths
from ingest.assign import assign as assign_document
from ingest.manifest import KINDS, SCOPES
from juesuan.build import build as build_models
from juesuan.errors import JuesuanError
from juesuan.pictures import make_pictures, write_pictures
from juesuan.progress import ProgressDisplay
from juesuan.publish import builds, current_build
from juesuan.publish import rollback as roll_back
from juesuan.refresh import check as check_build
from juesuan.refresh import only_one, publish_build
from juesuan.refresh import refresh as run_refresh
from juesuan.settings import PROJECT_ROOT, Home, silence_telemetry
from juesuan.summary import print_problems, summary_table, unmapped_table
from juesuan.trace import find_places

EXIT_FAILED = 1
EXIT_SOME_REJECTED = 3

home_option = click.option(
    "--home",
    "home_path",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("warehouse"),
    show_default=True,
    help="仓库所在的文件夹 / the folder of the warehouse",
)
workers_option = click.option(
    "--workers",
    type=click.IntRange(min=1),
    default=os.cpu_count() or 1,
    show_default="number of cores",
    help="同时读取文件的进程数 / worker processes for reading",
)
paths_argument = click.argument("paths", nargs=-1, type=click.Path(exists=True, path_type=Path))


class _Group(click.Group):
    """Turns the project's errors into one sentence and an exit code."""

    def invoke(self, context: click.Context) -> None:
        try:
            super().invoke(context)
        except (JuesuanError, IngestError, ExpectationsError) as error:
            click.echo(f"juesuan: {error}", err=True)
            sys.exit(EXIT_FAILED)


@click.group(cls=_Group)
@click.version_option(package_name="juesuan")
def main() -> None:
    """部门决算公开文件 → 可核对的分析仓库 / disclosures in, an audited warehouse out.

    Exit codes: 0 all went well; 1 nothing was published; 2 wrong usage; 3 published, but some files
    could not be read or were quarantined.
    """
    silence_telemetry()


@main.command()
@paths_argument
@home_option
@workers_option
def refresh(paths: tuple[Path, ...], home_path: Path, workers: int) -> None:
    """读取 → 构建 → 核对 → 公布 / ingest, build, check and publish PATHS (files or folders)."""
    home, console = Home(home_path), Console()
    with ProgressDisplay(console) as bar:
        report = run_refresh(paths, home, workers=workers, step=bar.step, progress=bar.count)
    published = report.build_folder / "juesuan.duckdb"
    console.print(summary_table(published))
    print_problems(console, published)
    _print_places(home)
    if report.ingest.count("rejected") or report.quarantined:
        sys.exit(EXIT_SOME_REJECTED)


@main.command()
@paths_argument
@home_option
@workers_option
def ingest(paths: tuple[Path, ...], home_path: Path, workers: int) -> None:
    """只读取文件 / read PATHS into the private raw layer only."""
    home, console = Home(home_path), Console()
    with only_one(home), ProgressDisplay(console) as bar:
        bar.step("读取文件 / reading the files")
        report = ingest_paths(paths, home.path, workers=workers, progress=bar.count)
    _print_files(report)
    if report.count("rejected"):
        sys.exit(EXIT_SOME_REJECTED)


@main.command()
@home_option
def build(home_path: Path) -> None:
    """只构建模型 / build the models over what was ingested."""
    home, console = Home(home_path), Console()
    with only_one(home), ProgressDisplay(console) as bar:
        bar.step("构建模型 / building the models")
        report = build_models(home, bar.count)
    kind = "全部 full" if report.is_full else "增量 incremental"
    click.echo(f"{kind}：{report.touched_count} 个文件 documents")


@main.command()
@home_option
def check(home_path: Path) -> None:
    """只核对 / check the build: quarantine bad documents, run the gate, write the Data Docs."""
    home, console = Home(home_path), Console()
    with only_one(home), ProgressDisplay(console) as bar:
        bar.step("核对勾稽关系 / checking the identities")
        gate, quarantined = check_build(home, bar.count)
    for failure in gate.failures:
        click.echo(failure.sentence, err=True)
    click.echo(f"Data Docs: {gate.index_html}")
    if not gate.passed:
        sys.exit(EXIT_FAILED)
    if quarantined:
        sys.exit(EXIT_SOME_REJECTED)


@main.command()
@home_option
def publish(home_path: Path) -> None:
    """核对并公布 / check the build once more and publish it."""
    home, console = Home(home_path), Console()
    with only_one(home), ProgressDisplay(console) as bar:
        bar.step("核对并公布 / checking and publishing")
        gate, _ = check_build(home, bar.count)
        publish_build(home, gate)
    _print_places(home)


@main.command()
@home_option
def status(home_path: Path) -> None:
    """已公布的内容 / what is published, and the builds that are kept."""
    published, console = current_build(home_path) / "juesuan.duckdb", Console()
    console.print(summary_table(published))
    print_problems(console, published)
    for kept in builds(home_path):
        click.echo(f"{'* ' if kept.is_current else '  '}{kept.build_id}")


@main.command()
@home_option
def unmapped(home_path: Path) -> None:
    """对不上的标签和建议 / labels that no seed knows, and the known ones they resemble."""
    table = unmapped_table(current_build(home_path) / "juesuan.duckdb")
    if not table.row_count:
        click.echo("所有标签都对得上 / every label is known")
        return
    Console().print(table)
    click.echo(
        "对应关系加在 seeds/form_titles.csv（表题）、seeds/form_columns.csv（列）或"
        " seeds/label_aliases.csv（行），再运行 juesuan refresh，不必重新读取"
        " / add rows to those seeds and run juesuan refresh: nothing is read anew"
    )


@main.command()
@click.argument("document")
@home_option
@click.option("--department", help="部门全称，冠以地名 / the full name, with its place")
@click.option("--year", type=click.IntRange(1990, 2100), help="年度 / fiscal year")
@click.option("--kind", type=click.Choice(sorted(KINDS)), help="文件种类 / kind of document")
@click.option("--scope", type=click.Choice(sorted(SCOPES)), help="报告口径 / reporting scope")
def assign(
    document: str,
    home_path: Path,
    department: str | None,
    year: int | None,
    kind: str | None,
    scope: str | None,
) -> None:
    """指明文件是谁的、哪一年的 / say whose DOCUMENT (a file name or id) is, and of which year."""
    values = {
        "department_name_zh": department,
        "fiscal_year": year,
        "document_kind": KINDS.get(kind or ""),
        "reporting_scope": SCOPES.get(scope or ""),
    }
    stated = {name: value for name, value in values.items() if value}
    if not stated:
        raise click.UsageError(
            "请至少给出 --department、--year、--kind、--scope 之一 / give at least one of them"
        )
    home = Home(home_path)
    with only_one(home):
        file_name = assign_document(home.path, document, stated)
    click.echo(
        f"已记下“{file_name}”；运行 juesuan refresh 后生效"
        f" / noted for '{file_name}': run juesuan refresh to publish it"
    )


@main.command()
@click.argument("figure_id")
@home_option
@click.option(
    "--pictures",
    type=click.Path(file_okay=False, path_type=Path),
    help="图片所在的文件夹 / folder for the pictures  [default: HOME/pictures]",
)
def trace(figure_id: str, home_path: Path, pictures: Path | None) -> None:
    """由数字回到原件 / follow a figure back to its page.

    FIGURE_ID is the id of an amount, a stated value, a cell, a figure or sentence of the prose, an
    identity result or a finding. For PDFs a picture is written of each page it stands on, cropped
    to the table or paragraph: the left side is outlined in red (左边红框), the right side in blue
    (右边蓝框), and what is not published (names, telephones) is black.
    """
    home = Home(home_path)
    places = find_places(home, figure_id)
    for place in places:
        click.echo(place.sentence)
        click.echo(f"    {place.words_around or ''}")
    drawn = make_pictures(home, places)
    for picture in write_pictures(drawn, pictures or home.pictures, figure_id):
        click.echo(f"图片 picture  {picture}")


@main.command()
@click.argument("build_id", required=False)
@home_option
def rollback(build_id: str | None, home_path: Path) -> None:
    """回到上一个（或指定的）构建 / go back to the build before, or to BUILD_ID."""
    click.echo(f"现行构建 / current build: {roll_back(home_path, build_id)}")


@main.command()
@home_option
@click.option("--port", type=int, default=2718, show_default=True, help="端口 / port")
@click.option("--host", default="127.0.0.1", show_default=True, help="地址 / address to listen on")
def dashboard(home_path: Path, port: int, host: str) -> None:
    """打开看板 / serve the dashboard of what is published."""
    current_build(home_path)
    click.echo(f"看板 / dashboard: http://{host}:{port}")
    notebook = PROJECT_ROOT / "notebooks" / "dashboard.py"
    command = [sys.executable, "-m", "marimo", "run", str(notebook), "--headless"]
    command += ["--host", host, "--port", str(port), "--no-token"]
    # The server takes the place of this process, so that a signal to it ends the server.
    os.execve(sys.executable, command, os.environ | {"JUESUAN_HOME": str(home_path.resolve())})


def _print_files(report: IngestReport) -> None:
    for result in report.results:
        reason = f"：{result.reason}" if result.reason else ""
        click.echo(f"{result.status}  {result.file_name}{reason}")


def _print_places(home: Home) -> None:
    click.echo(f"仓库 warehouse  {home.published}")
    click.echo(
        f"核对 Data Docs  {home.path / 'published' / 'current' / 'data_docs' / 'index.html'}"
    )
    click.echo(f"看板 dashboard  juesuan dashboard --home {home.path}")
