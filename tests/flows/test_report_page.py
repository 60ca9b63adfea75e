"""The report in a real browser: it is drawn, says nothing on the console, asks for nothing, and prints.

Any Chromium of the system will do; without one these tests are skipped.
"""

import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pypdfium2
import pytest
from selectolax.lexbor import LexborHTMLParser

from tests.desk import Desk
from tests.samples import QUAY, QUAY_TITLE, READING_TITLE, edited, news, news_tc
from warehouse.report.making import make_report

pytestmark = pytest.mark.slow

BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
QUIET = (
    "--headless",
    "--no-sandbox",  # as root, and in containers, Chromium has none
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--enable-logging=stderr",
)
ANYWHERE = re.compile(r'"((?:https?|wss?|ftp)://[^"]+)"')
SECONDS = 240  # for a browser on a machine that has much else to do


@dataclass(frozen=True)
class Seen:
    """What a browser made of a page: the document, its console, and every address of the network that it asked."""

    document: LexborHTMLParser
    console: list[str]
    asked: set[str]


@pytest.fixture(scope="module")
def browser() -> str:
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if not found:
        pytest.skip("no Chromium on this machine: the report is not looked at (Debian: apt-get install chromium)")
    return found


@pytest.fixture
def pixel() -> Iterator[str]:
    """An address that a page may try to load something from."""

    class Answering(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_error(404)

        def log_message(self, *_: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Answering)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/pixel"
    server.shutdown()
    server.server_close()
    thread.join()


def run(browser: str, folder: Path, page: Path, *wanted: str) -> subprocess.CompletedProcess[str]:
    command = [browser, *QUIET, f"--user-data-dir={folder / 'profile'}", *wanted, page.as_uri()]
    home = os.environ | {"HOME": str(folder), "XDG_CACHE_HOME": str(folder), "XDG_CONFIG_HOME": str(folder)}
    return subprocess.run(command, capture_output=True, text=True, check=True, timeout=SECONDS, env=home, cwd=folder)


def look(browser: str, folder: Path, page: Path) -> Seen:
    log = folder / "network.json"
    ran = run(browser, folder, page, f"--log-net-log={log}", "--virtual-time-budget=2000", "--dump-dom")
    asked = {
        str(event["params"]["url"])
        for event in json.loads(log.read_text(encoding="utf-8"))["events"]
        if ANYWHERE.fullmatch(f'"{event.get("params", {}).get("url", "")}"')
    }
    return Seen(LexborHTMLParser(ran.stdout), re.findall(r"CONSOLE.*", ran.stderr), asked)


@pytest.fixture
def page(desk: Desk, pixel: str) -> Path:
    hostile = (*QUAY, f'<img src="{pixel}" onerror="alert(1)"><script src="{pixel}"></script> was said by a spokesman.')
    desk.drop("quay.txt", news(paragraphs=hostile))
    desk.drop("reading.txt", news_tc(day="2025年6月9日"))
    desk.ingest()
    desk.drop("quay.txt", news(paragraphs=edited(hostile, "onerror", "onload")))
    desk.ingest()
    made = make_report(desk.home, zone="Asia/Hong_Kong", since=date(2025, 6, 1), until=date(2026, 2, 1))
    assert b"&lt;img" in made.path.read_bytes()
    return made.path


def test_a_browser_draws_the_report_and_has_nothing_to_say_or_to_ask(
    browser: str, tmp_path: Path, page: Path, pixel: str
) -> None:
    seen = look(browser, tmp_path, page)
    assert [node.attributes["id"] for node in seen.document.css("main > section")][:2] == ["news", "edits"]
    assert not seen.document.css("script, img")
    assert seen.console == []
    assert seen.asked == set()


def test_a_page_that_does_ask_and_fail_would_be_noticed(browser: str, tmp_path: Path, pixel: str) -> None:
    bad = tmp_path / "bad.html"
    bad.write_text(f'<!doctype html><title>x</title><img src="{pixel}"><script>console.error("oh")</script>')
    seen = look(browser, tmp_path, bad)
    assert any("oh" in line for line in seen.console)
    assert pixel in seen.asked


def has_chinese_font() -> bool:
    lister = shutil.which("fc-list")
    return lister is None or bool(subprocess.run([lister, ":lang=zh"], capture_output=True, check=True).stdout)


def test_it_prints(browser: str, tmp_path: Path, page: Path) -> None:
    printed = tmp_path / "report.pdf"
    run(browser, tmp_path, page, f"--print-to-pdf={printed}", "--no-pdf-header-footer")
    with pypdfium2.PdfDocument(printed) as document:
        text = "".join(sheet.get_textpage().get_text_range() for sheet in document)
        assert 1 <= len(document) <= 8
    assert QUAY_TITLE in text
    if READING_TITLE not in text and not has_chinese_font():
        pytest.skip("no font with Chinese on this machine: a browser prints boxes in its place")
    assert READING_TITLE in text
    assert "SELECT" not in text, "questions are for the screen"
