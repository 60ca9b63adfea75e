"""The parser that CONTRIBUTING adds for a publisher nobody has read before: it runs, and it is short."""

import re
import tomllib
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from types import ModuleType

import pytest

from parsers import registry, urls
from parsers.publishers import Publisher, by_host
from parsers.records import Release
from parsers.registry import Parser
from tests.parsers.captures import kinds, rejection_of, release_of

CONTRIBUTING = (Path(__file__).parents[2] / "CONTRIBUTING.md").read_text(encoding="utf-8")
ADDRESS = "https://www.harbours.example/notices/HB-2041"
NOTICE = """<html lang="en"><head><title>Fog signal out of use | Harbour Board</title>
<meta name="data-issued" content="2026-03-04T17:30:00-08:00"></head><body>
<nav><a href="/">Home</a><a href="/notices">Notices</a></nav>
<h1 class="notice-title">Fog signal out of use</h1>
<p class="notice-date">03/04/2026</p><p class="notice-office">Office of the Harbour Master</p>
<div class="notice-text"><p>The fog signal on the north breakwater is out of use until further notice, and mariners
are asked to keep a sharper lookout than the law demands.</p>
<div class="tides"><table><tr><td>High</td><td>04:10</td></tr></table></div>
<ul><li>Keep south of the buoy.</li><li>Sound your own horn.</li></ul>
<figure><img src="/img/signal.jpg" alt=""><figcaption>The signal, silent.</figcaption></figure></div>
<div class="notice-files"><a href="/files/HB-2041.pdf">Notice as printed</a></div>
<footer>Harbour Board of Port Alder</footer></body></html>"""


def block(language: str) -> str:
    """The code of the section, as it stands."""
    section = CONTRIBUTING.split("## A publisher nobody has read before")[1].split("\n## ")[0]
    found = re.search(rf"```{language}\n(.*?)```", section, re.DOTALL)
    assert found is not None
    return found[1]


@pytest.fixture
def port_alder(monkeypatch: pytest.MonkeyPatch) -> Iterator[ModuleType]:
    """The module of the section, registered, and its publisher known."""
    (told,) = tomllib.loads(block("toml"))["publisher"]
    ids = tuple(re.compile(pattern) for pattern in told.pop("ids"))
    known = Publisher(**{**told, "hosts": tuple(told["hosts"]), "ids": ids})
    monkeypatch.setattr(urls, "by_host", lambda host: known if host in known.hosts else by_host(host))
    module = ModuleType("port_alder")
    exec(compile(block("python"), "port_alder.py", "exec"), module.__dict__)
    parser = Parser(module.PARSER, frozenset({"text/html"}), module.read, module.recognises)
    monkeypatch.setattr(registry, "PARSERS", (parser, *registry.PARSERS))
    urls.canonical.cache_clear()
    yield module
    urls.canonical.cache_clear()


def test_it_is_short() -> None:
    lines = [line for line in (block("toml") + block("python")).splitlines() if line.strip()]
    assert len(lines) < 60


def test_it_reads_every_field(port_alder: ModuleType) -> None:
    release: Release = release_of(NOTICE, kind="html", url=ADDRESS)
    assert (release.parser, release.publisher, release.native_id) == (port_alder.PARSER, "harbours.example", "HB-2041")
    assert (release.title, release.office) == ("Fog signal out of use", "Office of the Harbour Master")
    assert release.published is not None
    assert (release.published.at, release.published.on) == (datetime(2026, 3, 5, 1, 30, tzinfo=UTC), date(2026, 3, 4))
    assert kinds(release) == ["paragraph", "list"]
    assert [one.caption for one in release.images] == ["The signal, silent."]
    assert [one.label for one in release.attachments] == ["Notice as printed"]
    assert {"title", "published", "body", "office", "native_id", "url", "language"} <= release.evidence.keys()


def test_what_is_missing_is_named(port_alder: ModuleType) -> None:
    del port_alder
    assert "h1.notice-title" in rejection_of(NOTICE.replace("notice-title", "x"), kind="html", url=ADDRESS).reason
