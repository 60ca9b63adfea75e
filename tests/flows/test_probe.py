"""A source for a site nobody has described yet: probed on loopback, written, loaded and run."""

import json
import tomllib
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest

from flows.direct import ingest_directly
from flows.probe import Probed, probe
from flows.probed_site import MOST_REQUESTS, Site, open_saved
from flows.run import open_run
from flows.settings import Settings
from sources.config import load_source
from sources.errors import CommuniqueError, ConfigError
from sources.guard import Guard
from sources.probing.ways import Kind
from sources.web import open_web
from tests.desk import Desk, WarmReaders
from tests.launching import Ended, Launcher
from tests.newsroom.server import Newsroom, open_newsroom
from tests.newsroom.site import Answer, site

NOW = datetime(2026, 3, 6, 12, tzinfo=UTC)
STORY = "The harbour office said that the works go on as planned and that the quay stays open to walkers by day. " * 3
TITLES = ("Ninth quay opened", "Night rescue honoured", "Fares frozen until May", "Dredging begins in the bay")


def html(text: str) -> Answer:
    return Answer(200, (("Content-Type", "text/html; charset=utf-8"),), text.encode())


def rss(origin: str) -> Answer:
    items = "".join(
        f"<item><title>{title}</title><link>{origin}/2026/03/0{n}/</link><guid>{origin}/?p={n}</guid>"
        f"<pubDate>0{n} Mar 2026 09:00:00 +0000</pubDate></item>"
        for n, title in enumerate(TITLES, 1)
    )
    text = f'<rss version="2.0"><channel><title>Harbour Office</title>{items}</channel></rss>'
    return Answer(200, (("Content-Type", "application/rss+xml"),), text.encode())


def posts() -> dict[str, Answer]:
    return {
        f"/2026/03/0{n}/": html(
            f'<html lang="en"><head><title>{title} – Harbour Office</title></head><body><article><h1>{title}</h1>'
            f'<time datetime="2026-03-0{n}T09:00:00+00:00">{n} March 2026</time><p>{title}. {STORY}</p></article>'
        )
        for n, title in enumerate(TITLES, 1)
    }


def wordpress(_: int, origin: str) -> Mapping[str, Answer]:
    """A press page of WordPress: dated articles, a feed named in its head, an interface."""
    listed = "".join(
        f'<article class="post-{n}"><h2 class="entry-title"><a href="/2026/03/0{n}/">{title}</a></h2>'
        f'<time class="entry-date" datetime="2026-03-0{n}T09:00:00+00:00">{n} March</time></article>'
        for n, title in reversed(list(enumerate(TITLES, 1)))
    )
    head = (
        '<meta name="generator" content="WordPress 6.9"><title>Press – Harbour Office</title>'
        '<link rel="alternate" type="application/rss+xml" href="/feed/">'
        '<link rel="https://api.w.org/" href="/wp-json/">'
    )
    page = html(f'<html lang="en"><head>{head}</head><body><main>{listed}</main><p>© Harbour Office 2026</p></body>')
    return posts() | {"/press/": page, "/feed/": rss(origin)}


def feed_only(_: int, origin: str) -> Mapping[str, Answer]:
    """A front page without a list; its feed lies where feeds usually do, and nothing says so."""
    return posts() | {"/": html("<html><body><h1>Harbour Office</h1><p>Welcome.</p></body>"), "/rss.xml": rss(origin)}


def bare(_: int, __: str) -> Mapping[str, Answer]:
    """Nothing that lists anything, but a link that might lead there."""
    return {"/": html('<html><body><h1>Office</h1><a href="/press/">Press releases</a></body>')}


def probed(newsroom: Newsroom, path: str, home: Path, readers: WarmReaders, wanted: Kind | None = None) -> Probed:
    web = open_web(
        home / "hosts", contact="", guard=Guard(allowed=frozenset({("127.0.0.1", newsroom.port)})), now=lambda: NOW
    )
    try:
        with readers(1) as warm:
            return probe(newsroom.origin + path, Site(web, 0.0), warm, now=NOW, wanted=wanted)
    finally:
        web.close()


def written(found: Probed, home: Path, name: str = "probed") -> Path:
    assert found.proposal is not None
    path = home / "sources" / f"{name}.toml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(found.proposal.toml(), encoding="utf-8")
    return path


def visited(newsroom: Newsroom, home: Path, monkeypatch: pytest.MonkeyPatch, readers: WarmReaders) -> dict[str, int]:
    """The outcomes of a real run of the source `probed`."""
    monkeypatch.setattr("flows.direct.Readers", readers)
    settings = Settings(home=home, project=home, workers=1, allow=(f"127.0.0.1:{newsroom.port}",))
    counts = ingest_directly(open_run(settings, "probed", flow="ingest", now=lambda: NOW))
    return {str(name): n for name, n in counts.items() if n}


def test_a_column_of_trs_is_described_and_the_description_runs(
    tmp_path: Path, readers: WarmReaders, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_newsroom() as newsroom:
        newsroom.day = 4
        found = probed(newsroom, "/en/news/index.html", tmp_path, readers)
        assert found.signs.family == "trs_cms"
        source = load_source(written(found, tmp_path))
        assert (source.kind, source.parser, source.language, source.zone) == (
            "listing",
            "trs_cms",
            "en",
            "Asia/Shanghai",
        )
        assert source.items is not None
        assert (source.items.each, source.items.link, source.items.date) == ("ul.list > li", "a@href", "span")
        assert source.pages.template == "index_{n}.html"
        assert source.expects.required == ("title", "published", "body")
        assert [one.record["title"] for one in found.samples if one.record] == [
            "Statement on the grounding of the barge Plover",
            "Twelve apprentices join the Lighthouse Board",
            "Ferry fares stay the same until autumn",
        ]
        assert len(newsroom.asked(4)) <= 8
        # The first page reaches back to the day looked back to; older pages are for a backfill.
        assert visited(newsroom, tmp_path, monkeypatch, readers) == {"new": 4}


def test_of_wordpress_the_feed_is_taken_and_the_rest_is_noted(
    tmp_path: Path, readers: WarmReaders, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_newsroom(wordpress) as newsroom:
        found = probed(newsroom, "/press/", tmp_path, readers)
        path = written(found, tmp_path)
        source = load_source(path)
        assert (source.kind, source.urls, source.title) == ("feed", (f"{newsroom.origin}/feed/",), "Harbour Office")
        assert source.rendition == "page"
        assert source.rights == "© Harbour Office 2026"
        notes = path.read_text(encoding="utf-8")
        assert f"a listing too: {newsroom.origin}/press/" in notes
        assert f"machines too: {newsroom.origin}/wp-json/" in notes
        assert visited(newsroom, tmp_path, monkeypatch, readers) == {"new": 4}


def test_another_kind_may_be_asked_for(tmp_path: Path, readers: WarmReaders, monkeypatch: pytest.MonkeyPatch) -> None:
    with open_newsroom(wordpress) as newsroom:
        source = load_source(written(probed(newsroom, "/press/", tmp_path, readers, "listing"), tmp_path))
        assert source.kind == "listing"
        assert source.items is not None
        assert source.items.date == "time@datetime"
        assert visited(newsroom, tmp_path, monkeypatch, readers) == {"new": 4}


def test_a_feed_is_found_where_feeds_usually_lie(tmp_path: Path, readers: WarmReaders) -> None:
    with open_newsroom(feed_only) as newsroom:
        source = load_source(written(probed(newsroom, "/", tmp_path, readers), tmp_path))
        assert (source.kind, source.urls) == ("feed", (f"{newsroom.origin}/rss.xml",))


def test_a_list_of_one_day_makes_a_calendar(
    tmp_path: Path, readers: WarmReaders, monkeypatch: pytest.MonkeyPatch
) -> None:
    def by_day(_: int, __: str) -> Mapping[str, Answer]:
        items = "".join(f'<li><a href="/2026/03/0{n}/">{title}</a></li>' for n, title in enumerate(TITLES, 1))
        day = html(f'<html lang="en"><body><h1>Releases of the day</h1><ul class="day">{items}</ul></body></html>')
        return posts() | {"/day/202603/06.htm": day}

    with open_newsroom(by_day) as newsroom:
        found = probed(newsroom, "/day/202603/06.htm", tmp_path, readers)
        source = load_source(written(found, tmp_path))
        assert (source.kind, source.urls) == ("calendar", (f"{newsroom.origin}/day/{{yyyy}}{{mm}}/{{dd}}.htm",))
        assert source.items is not None
        assert source.items.date is None
        assert visited(newsroom, tmp_path, monkeypatch, readers) == {"new": 4}


def test_a_sitemap_is_the_last_resort(tmp_path: Path, readers: WarmReaders) -> None:
    def only_a_sitemap(day: int, origin: str) -> Mapping[str, Answer]:
        whole = site(day, origin)
        return {path: answer for path, answer in whole.items() if "index" not in path and "rss" not in path}

    with open_newsroom(only_a_sitemap) as newsroom:
        newsroom.day = 5
        source = load_source(written(probed(newsroom, "/", tmp_path, readers), tmp_path))
        assert (source.kind, source.urls) == ("sitemap", (f"{newsroom.origin}/sitemap.xml",))


def test_a_site_without_any_list_is_told_so_with_few_questions(tmp_path: Path, readers: WarmReaders) -> None:
    with open_newsroom(bare) as newsroom:
        found = probed(newsroom, "/", tmp_path, readers)
        assert found.proposal is None
        assert found.signs.lists == ((f"{newsroom.origin}/press/", "Press releases"),)
        assert len(found.asked) < MOST_REQUESTS / 2
        with pytest.raises(CommuniqueError, match="status 404"):
            probed(newsroom, "/nowhere/", tmp_path, readers)


@pytest.mark.parametrize(
    "note",
    [
        b"<!-- saved from url=(0040)https://tides.example/en/news/index.html -->\n",
        b"<!--\n Page saved with SingleFile \n url: https://tides.example/en/news/index.html \n saved date: today\n-->",
        b'<link rel="canonical" href="https://tides.example/en/news/index.html">',
    ],
)
def test_a_saved_page_is_enough(note: bytes, tmp_path: Path, readers: WarmReaders) -> None:
    saved = tmp_path / "list.html"
    body = site(4, "https://tides.example")["/en/news/index.html"].body
    saved.write_bytes(body)
    with pytest.raises(ConfigError, match="--url"):
        open_saved(saved, None, limit=1_000_000)
    saved.write_bytes(note + body)
    page = open_saved(saved, None, limit=1_000_000)
    with readers(1) as warm:
        found = probe(page.url, Site(pages={page.url: page}), warm, now=NOW)
    assert found.asked == ()
    assert [one.candidate.name for one in found.samples][0] == "Statement on the grounding of the barge Plover"
    source = load_source(written(found, tmp_path))
    assert (source.urls, source.verified, source.pace) == (("https://tides.example/en/news/index.html",), False, 3.0)


def test_a_wall_is_called_a_wall(tmp_path: Path, readers: WarmReaders) -> None:
    wall = html("<html><head><title>Just a moment...</title></head><body><p>Checking your browser.</p></body></html>")
    with (
        open_newsroom(lambda _, __: {"/press/": wall}) as newsroom,
        pytest.raises(CommuniqueError, match="save the page in a browser"),
    ):
        probed(newsroom, "/press/", tmp_path, readers)


def test_a_front_page_is_told_from_a_column(tmp_path: Path, readers: WarmReaders) -> None:
    def front(_: int, origin: str) -> Mapping[str, Answer]:
        items = "".join(
            f'<li><a href="./news/202603/t2026030{n}_100{n}.html">{title}</a><span>2026-03-0{n}</span></li>'
            for n, title in enumerate(TITLES, 1)
        )
        return {"/": html(f'<html><body><a href="/news/">News</a><ul class="top">{items}</ul></body></html>')}

    with open_newsroom(front) as newsroom:
        text = written(probed(newsroom, "/", tmp_path, readers), tmp_path).read_text(encoding="utf-8")
        assert f"a column is better: {newsroom.origin}/news/" in text


def asked_by_hand(launcher: Launcher, desk: Desk, newsroom: Newsroom, *arguments: str) -> Ended:
    env = {"COMMUNIQUE_ALLOW": f"127.0.0.1:{newsroom.port}", "COMMUNIQUE_CLOCK": "2026-03-09T12:00:00Z"}
    return launcher.start(desk, *arguments, env=env).wait()


def test_the_command_writes_a_file_that_runs(desk: Desk, launcher: Launcher) -> None:
    with open_newsroom() as newsroom:
        newsroom.day = 8
        command = ("sources", "probe", f"{newsroom.origin}/zh/news/index.html")
        told = json.loads(asked_by_hand(launcher, desk, newsroom, *command, "--write", "tides", "--json").out)
        path = desk.home.root / "sources" / "tides.toml"
        assert told["written"] == str(path)
        assert told["toml"] == path.read_text(encoding="utf-8")
        assert tomllib.loads(told["toml"])["language"] == "zh-Hans"
        assert [one["record"]["title"] for one in told["records"]][1] == "灯塔局迎来十二名学徒"
        again = asked_by_hand(launcher, desk, newsroom, *command, "--write", "tides")
        assert (again.code, "is there already" in again.err) == (2, True)
        ended = asked_by_hand(launcher, desk, newsroom, "run", "tides", "--direct", "--json")
        assert json.loads(ended.out)["outcomes"]["new"] == 3
        shown = asked_by_hand(launcher, desk, newsroom, *command)
        assert "# sure" in shown.out
        assert "灯塔局迎来十二名学徒" in shown.out
        assert "--write site_127_0_0_1_zh" in shown.err
