"""Sitemaps: what changed since the last visit, through indexes, news extensions and compression, within bounds."""

import gzip
from datetime import UTC, date, datetime
from xml.sax.saxutils import escape

import pytest

from sources.discovery.page import NoPage
from sources.discovery.window import Window
from sources.discovery.xml_gate import SITEMAP_BYTES
from tests.sources.listed import HOST, TODAY, Site, known_to, source, visit

MAP = f"{HOST}/sitemap.xml"
SOURCE = source("sitemap", MAP)
XMLNS = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def urlset(*rows: tuple[str, str], extra: str = "") -> str:
    urls = "".join(
        f"<url><loc>{escape(loc)}</loc>{f'<lastmod>{changed}</lastmod>' if changed else ''}{extra}</url>"
        for loc, changed in rows
    )
    return f"<?xml version='1.0'?><urlset {XMLNS} xmlns:news='http://www.google.com/schemas/sitemap-news/0.9'>{urls}</urlset>"


def index(*rows: tuple[str, str]) -> str:
    maps = "".join(f"<sitemap><loc>{loc}</loc><lastmod>{changed}</lastmod></sitemap>" for loc, changed in rows)
    return f"<sitemapindex {XMLNS}>{maps}</sitemapindex>"


def test_what_changed_since_is_a_candidate() -> None:
    rows = [
        (f"{HOST}/a?x=1&y=2", "2026-01-15T09:00:00+08:00"),
        (f"{HOST}/b", "2025-06-01"),
        (f"{HOST}/c", ""),
        (f"{HOST}/news/2026/01/14/d", ""),
        (f"{HOST}/news/2019/01/14/e", ""),
    ]
    found = visit(SOURCE, Site({MAP: urlset(*rows)}))
    assert [one.url for one in found.candidates] == [f"{HOST}/a?x=1&y=2", f"{HOST}/c", f"{HOST}/news/2026/01/14/d"]
    assert found.candidates[0].hints.updated_at == datetime(2026, 1, 15, 1, 0, tzinfo=UTC)
    assert found.candidates[0].hints.published_on is None
    assert found.pages[0].items == 5
    assert found.complete
    assert found.watermark.newest == {MAP: TODAY}


def test_a_window_goes_by_the_day_of_the_address_before_the_last_change() -> None:
    rows = [(f"{HOST}/news/2025/03/04/a", "2025-12-01"), (f"{HOST}/news/2025/11/30/b", "2025-12-02")]
    window = Window(date(2025, 3, 1), date(2025, 4, 1))
    found = visit(SOURCE, Site({MAP: urlset(*rows)}), window=window)
    assert [one.url for one in found.candidates] == [f"{HOST}/news/2025/03/04/a"]


def test_a_news_sitemap_gives_titles_dates_and_languages() -> None:
    news = (
        "<news:news><news:publication><news:name>H</news:name><news:language>zh</news:language></news:publication>"
        "<news:publication_date>2026-01-15T08:00:00+08:00</news:publication_date><news:title>A &amp; B</news:title>"
        "</news:news>"
    )
    one = visit(SOURCE, Site({MAP: urlset((f"{HOST}/a", ""), extra=news)})).candidates[0]
    assert (one.name, one.hints.language) == ("A & B", "zh")
    assert one.hints.listed_at == datetime(2026, 1, 15, 0, 0, tzinfo=UTC)


def test_an_index_leads_to_the_children_that_changed() -> None:
    fresh, old, packed = f"{HOST}/1.xml", f"{HOST}/2.xml", f"{HOST}/3.xml.gz"
    site = Site(
        {
            MAP: index((fresh, "2026-01-15"), (old, "2025-01-01"), (packed, "2026-01-14")),
            fresh: urlset((f"{HOST}/a", "2026-01-15")),
            packed: gzip.compress(urlset((f"{HOST}/b", "2026-01-14")).encode()),
        }
    )
    found = visit(SOURCE, site, known_to(MAP, TODAY))
    assert site.asked == [MAP, fresh, packed]
    assert [one.url for one in found.candidates] == [f"{HOST}/a", f"{HOST}/b"]
    assert found.complete


def test_a_child_that_fails_is_named_and_the_others_are_read() -> None:
    site = Site({MAP: index((f"{HOST}/1.xml", ""), (f"{HOST}/2.xml", "")), f"{HOST}/2.xml": urlset((f"{HOST}/b", ""))})
    found = visit(SOURCE, site)
    assert found.failure == f"{HOST}/1.xml: answered with status 404"
    assert len(found.candidates) == 1


def test_indexes_that_turn_in_circles_end() -> None:
    other = f"{HOST}/other.xml"
    site = Site({MAP: index((other, ""), (MAP, "")), other: index((MAP, ""), (other, ""))})
    visit(SOURCE, site)
    assert site.asked == [MAP, other]


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (urlset(), "a sitemap without an address"),
        (index(), "an index of nothing"),
        (index(("https://elsewhere.example/1.xml", "")), "1 sitemaps in it are on other hosts"),
        ("<html></html>", "its first element is <html>, so it is no sitemap"),
        (urlset((f"{HOST}/a", ""))[:-20], "not well-formed XML"),
        ('<!DOCTYPE u [<!ENTITY a "b">]><urlset/>', "declarations are refused"),
        (gzip.compress(b"<urlset/>", mtime=0)[:-4], "its gzip is cut off"),
        (b"\x1f\x8bno gzip at all", "its gzip is damaged"),
        (gzip.compress(b" " * (SITEMAP_BYTES + 1), mtime=0), "over the protocol's limit"),
        (
            urlset(*((f"{HOST}/{n}", "2020-01-01") for n in range(50_001))),
            "50,001 addresses, the protocol",
        ),
        (NoPage(MAP, "unreachable"), "unreachable"),
    ],
    ids=lambda value: value[:30] if isinstance(value, str) else "bytes",
)
def test_a_sitemap_that_cannot_be_read_whole_is_a_failure(body: str | bytes | NoPage, reason: str) -> None:
    mark = known_to(MAP, date(2026, 1, 14))
    found = visit(SOURCE, Site({MAP: body}), mark)
    assert reason in (found.failure or "")
    assert found.watermark == mark


def test_no_more_sitemaps_are_read_than_allowed() -> None:
    few = SOURCE.model_copy(update={"pages": SOURCE.pages.model_copy(update={"most": 3})})
    rows = [(f"{HOST}/{n}.xml", "") for n in range(9)]
    site = Site({MAP: index(*rows)} | {loc: urlset((f"{loc}.html", "")) for loc, _ in rows})
    assert "more than 3 sitemaps" in (visit(few, site).failure or "")
    assert len(site.asked) == 3
