"""The dashboard as a stranger sees it: the command serves it, Chromium shows it, nothing leaves."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest
from playwright.sync_api import Locator, Page, Route, expect, sync_playwright

from juesuan.refresh import refresh
from juesuan.settings import Home
from tests.needs import ROOT, chromium

pytestmark = pytest.mark.slow

BROWSER_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--no-first-run",
]
HOSTILE_PROJECTS = {
    "馆藏档案数字化项目": '<img/src="https://evil.example/a.png"/onerror="document.title=1">',
    "档案征集与展览项目": "https://evil.example/b.png",
    "档案库房温湿度设备更新项目": '=HYPERLINK("https://evil.example")',
}
HOSTILE_DEPARTMENT = "示例市<b>档案馆</b>https://evil.example/c.png"


class _Outside:
    """A proxy that answers nothing and sees whether anyone wants to go out."""

    def __init__(self) -> None:
        self._socket = socket.create_server(("127.0.0.1", 0))
        self._socket.setblocking(False)
        address = f"http://127.0.0.1:{self._socket.getsockname()[1]}"
        names = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY")
        self.environment = {name: address for name in names}
        self.environment |= {name.lower(): address for name in names}
        self.environment |= {"NO_PROXY": "127.0.0.1,localhost", "no_proxy": "127.0.0.1,localhost"}

    def was_called(self) -> bool:
        try:
            self._socket.accept()
        except BlockingIOError:
            return False
        return True

    def close(self) -> None:
        self._socket.close()


@contextmanager
def _dashboard(home: Path) -> Iterator[str]:
    """Serve `home` with the command itself; yields the address, then asks if it went outside."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    outside = _Outside()
    command = [Path(sys.executable).with_name("juesuan"), "dashboard", "--home", home]
    server = subprocess.Popen(
        [*map(str, command), "--port", str(port)],
        env=os.environ | outside.environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_until_served(address, server)
        yield address
        assert not outside.was_called(), "the server wanted to open a connection to the outside"
    finally:
        # The command starts marimo as its child: both are in the session made above.
        os.killpg(server.pid, signal.SIGTERM)
        server.wait(timeout=20)
        server.stdout.close()
        outside.close()


def _wait_until_served(address: str, server: subprocess.Popen, seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if server.poll() is not None:
            pytest.fail(f"juesuan dashboard ended by itself: {server.stdout.read()}")
        try:
            with urlopen(address, timeout=2):
                return
        except (URLError, OSError):
            time.sleep(0.2)
    pytest.fail(f"juesuan dashboard did not answer within {seconds:.0f} seconds")


@pytest.fixture(scope="module")
def open_page() -> Iterator[Callable[[str], tuple[Page, list[str]]]]:
    """Opens an address in Chromium: the page, and the requests it made to anywhere but here."""
    executable = chromium()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=BROWSER_ARGUMENTS)

        def open_address(address: str) -> tuple[Page, list[str]]:
            page = browser.new_page(viewport={"width": 1400, "height": 1000})
            page.set_default_timeout(60_000)
            expect.set_options(timeout=30_000)
            outside: list[str] = []

            def let_through(route: Route) -> None:
                if urlsplit(route.request.url).hostname == "127.0.0.1":
                    route.continue_()
                else:
                    outside.append(route.request.url)
                    route.abort()

            page.route("**/*", let_through)
            page.on("websocket", lambda opened: _note_outside(opened.url, outside))
            page.goto(address)
            return page, outside

        yield open_address
        browser.close()


def _note_outside(url: str, outside: list[str]) -> None:
    if urlsplit(url).hostname != "127.0.0.1":
        outside.append(url)


def _choose(page: Page, department: str, year: str) -> None:
    """Choose in the two drop-downs above the overview."""
    page.locator("select").nth(0).select_option(label=department)
    page.locator("select").nth(1).select_option(label=year)


def _finding(page: Page, words: str) -> Locator:
    """The rows of the table of findings that hold `words`."""
    return page.locator("marimo-table tr", has_text=re.compile(f"{words}.*不合"))


def _widths(images: Locator) -> list[int]:
    """The width of each picture in its own pixels, which is 0 where the browser shows none."""
    for image in images.all():
        expect(image).to_be_visible()
    return images.evaluate_all(
        "images => Promise.all(images.map(image => image.decode().then(() => image.naturalWidth)))"
    )


def _picture(page: Page, path: Path) -> None:
    """A picture of the whole page: its content scrolls inside, so the window is made as high."""
    height = page.evaluate(
        "Math.max(...[...document.querySelectorAll('*')].map(item => item.scrollHeight))"
    )
    page.set_viewport_size({"width": 1400, "height": height})
    page.wait_for_timeout(500)
    page.screenshot(path=path)
    assert path.stat().st_size > 50_000


def test_a_stranger_reads_filters_and_asks_for_evidence(
    samples_home: Home, open_page, tmp_path: Path
):
    with _dashboard(samples_home.path) as address:
        page, outside = open_page(address)
        expect(page.locator("h1")).to_contain_text("部门决算看板")
        _choose(page, "示例市水务局", "2023年度")
        charts = page.locator("svg.marks")
        expect(charts).to_have_count(4)
        expect(charts.nth(0)).to_contain_text("213 农林水支出")
        expect(charts.nth(1)).to_contain_text("301 工资福利支出")
        expect(charts.nth(3)).to_contain_text("公务接待费")
        family = charts.first.locator("text").first.get_attribute("font-family")
        assert family.startswith("Noto Sans CJK SC")
        # One cause is one finding, whatever it breaks besides.
        row = _finding(page, "示例市水务局2023年度")
        expect(row).to_have_count(1)
        expect(row).to_contain_text("2,812.14 万元")
        expect(row.get_by_role("checkbox")).to_be_checked()
        expect(page.locator(".finding")).to_contain_text("差额 10.00 万元")
        expect(page.locator(".text-table", has_text="合并").locator("tbody tr")).to_have_count(4)
        # Both sides stand on two pages; each page has its picture, and no words in its place.
        originals = page.locator("figure.original img")
        expect(originals).to_have_count(2)
        assert min(_widths(originals)) > 300
        expect(page.locator(".text-table", has_text="原文")).to_have_count(0)
        _picture(page, tmp_path / "dashboard.png")

        _choose(page, "淄博市临淄区人民政府办公室", "全部")
        expect(page.locator(".card", has_text="本年支出").first).to_contain_text("3,236.26")
        expect(page.get_by_text("没有这张决算表，各数取自情况说明")).to_be_visible()
        expect(charts.last).to_contain_text("数字政府规划和建设项目")
        expect(page.locator(".finding")).to_contain_text("1,046.67")
        expect(originals).to_have_count(0)
        expect(page.get_by_text("原件是纯文本，没有版面可画")).to_be_visible()
        _finding(page, "自评得分").get_by_role("checkbox").click()
        expect(page.locator(".finding")).to_contain_text("左边 100 分，右边 80 分，差额 20 分")
        _picture(page, tmp_path / "dashboard-linzi.png")

        _choose(page, "全部", "全部")
        _finding(page, "示例市档案馆2024年度").get_by_role("checkbox").click()
        expect(page.locator(".finding")).to_contain_text("“三公”经费合计")
        evidence = page.locator(".text-table", has_text="所印")
        expect(evidence).to_contain_text("公务接待费")
        expect(evidence).to_contain_text("0.38")
        expect(evidence).to_contain_text("第304行")
        expect(originals).to_have_count(0)
        _finding(page, "示例市水务局2023年度").get_by_role("checkbox").click()
        expect(originals).to_have_count(2)
        assert min(_widths(originals)) > 300
        page.close()
        assert outside == []


def test_another_row_of_the_overview_changes_the_sections_below(samples_home: Home, open_page):
    with _dashboard(samples_home.path) as address:
        page, outside = open_page(address)
        row = page.locator("marimo-table tr", has_text="示例市社会工作部")
        row.get_by_role("checkbox").click()
        expect(page.locator("h2", has_text="示例市社会工作部 · 2024年度")).to_be_visible()
        expect(page.locator(".card", has_text="本年支出").first).to_contain_text("319.99")
        # An empty form states the finals as zero and nothing of the budget.
        table = page.locator(".text-table", has_text="公务用车小计")
        expect(table).to_contain_text("未陈述")
        page.close()
        assert outside == []


def test_hostile_text_of_a_document_stays_text(tmp_path: Path, open_page):
    text = (ROOT / "samples" / "archives-2024.txt").read_text(encoding="utf-8")
    start = text.index("自评汇总表")
    accounts, projects = text[:start], text[start:]
    for name, hostile in HOSTILE_PROJECTS.items():
        assert name in projects
        projects = projects.replace(name, hostile, 1)
    document = tmp_path / "hostile-2024.txt"
    document.write_text(
        (accounts + projects).replace("示例市档案馆", HOSTILE_DEPARTMENT), encoding="utf-8"
    )
    home = Home(tmp_path / "home")
    refresh([document], home)
    with _dashboard(home.path) as address:
        page, outside = open_page(address)
        title = page.title()
        expect(page.locator("svg.marks")).to_have_count(5)
        table = page.locator(".text-table", has_text="执行金额占预算资金")
        for hostile in HOSTILE_PROJECTS.values():
            expect(table).to_contain_text(hostile)
        expect(page.locator(".finding")).to_contain_text(HOSTILE_DEPARTMENT)
        # A tooltip is the one place where Vega writes into the page itself.
        page.locator("svg.marks").last.locator("path[aria-label*=onerror]").last.hover()
        expect(page.locator("#vg-tooltip-element")).to_contain_text("<img/src=")
        assert page.locator("img[src*=evil], a[href*=evil], b").count() == 0
        assert page.title() == title
        page.close()
        assert outside == []


def test_a_home_without_a_build_is_one_sentence(tmp_path: Path):
    command = [Path(sys.executable).with_name("juesuan"), "dashboard", "--home", tmp_path]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert run.returncode == 1
    assert "juesuan refresh" in run.stderr and "Traceback" not in run.stderr
