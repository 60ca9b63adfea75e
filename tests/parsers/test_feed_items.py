"""Items of feeds as releases: whole texts, teasers that say so, and the same fields as the page they stand for."""

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from parsers.families.feed_item import MEDIA_TYPE
from parsers.records import Release
from sources.discovery.feed_entries import Enclosure, Entry
from tests.parsers.captures import kinds, rejection_of, release_of

PAGES = Path(__file__).parent / "pages"
ITEM = json.loads((PAGES / "feed_item-2.wordpress.json").read_text(encoding="utf-8"))
GIA = json.loads((PAGES / "feed_item-2.gia.json").read_text(encoding="utf-8"))
PAGE = (PAGES / "hk_gia-1.en_as_served.html").read_text(encoding="utf-8")


def item(**changes: Any) -> Release:
    return release_of(json.dumps(ITEM | changes), kind=MEDIA_TYPE)


def test_what_an_item_with_full_text_says() -> None:
    release = item()
    assert (release.parser, release.publisher, release.rendition) == ("feed_item/2", "state.gov", "feed_item")
    assert (release.url, release.language, release.completeness) == (ITEM["link"], "en", "whole")
    assert kinds(release) == ["paragraph", "heading", "list", "paragraph"]
    assert release.body.endswith("Details are in the timetable.")
    assert [(one.url.rpartition("/")[2], one.caption) for one in release.images] == [
        ("pier.jpg", "The pier on opening day")
    ]
    assert [one.url.rpartition("/")[2] for one in release.attachments] == ["timetable.pdf", "plan.pdf"]
    assert [(one.url.rpartition("/")[2], one.label) for one in release.videos] == [("briefing.mp3", "Briefing")]
    assert "content_html" in release.evidence["images"].rule


def test_dates_lie_in_the_publishers_zone_and_an_update_says_more() -> None:
    release = item()
    assert release.published and release.updated
    assert (release.published.at, release.published.on) == (
        datetime(2026, 1, 16, 2, 2, 11, tzinfo=UTC),
        date(2026, 1, 15),
    )
    assert release.updated.at == datetime(2026, 1, 16, 15, tzinfo=UTC)
    assert item(updated=ITEM["published"]).updated is None
    only_updated = item(published=None)
    assert only_updated.published is None and only_updated.updated


@pytest.mark.parametrize(
    ("summary", "completeness"),
    [
        ("<p>Boats sail again from the Old Ferry Pier, [&#8230;]</p>", "partial"),
        ("<p>Boats sail again, the Secretary said ...</p>", "partial"),
        ("<p>Boats sail again.</p><p>Ferries leave at dawn. Read more</p>", "partial"),
        ("Boats sail again.", "unverifiable"),
        ("<p>Boats sail again.</p><p>Ferries leave at dawn.</p>", "whole"),
        (f"<p>{'Boats sail again. ' * 40}</p>", "whole"),
    ],
)
def test_a_teaser_is_read_and_says_that_it_is_one(summary: str, completeness: str) -> None:
    release = item(content_html=None, summary_html=summary)
    assert release.completeness == completeness
    assert ("completeness" in release.evidence) == (completeness != "whole")


def test_an_item_of_the_press_releases_says_what_its_page_says() -> None:
    start = PAGE.index('<span id="pressrelease"')
    told = GIA | {"summary_html": PAGE[start : PAGE.index("</span>\n<div", start)]}
    address = "https://www.info.gov.hk/gia/general/202603/04/P2026030400311.htm"
    told |= {"link": address, "title": "Lamp at Pak Lap Point lit again (with photos/video)"}
    told |= {"published": "Wed, 04 Mar 2026 09:05:31 +0800"}
    seen, listed = release_of(PAGE, kind="html", url=address), release_of(json.dumps(told), kind=MEDIA_TYPE)
    for field in ("publisher", "native_id", "language", "url", "title", "blocks", "event", "address_on", "rights"):
        assert getattr(seen, field) == getattr(listed, field), field
    assert seen.published and listed.published and listed.published.at
    assert seen.published.at == listed.published.at.replace(second=0)


def test_closing_lines_of_an_item_are_no_text() -> None:
    release = release_of(json.dumps(GIA), kind=MEDIA_TYPE)
    assert release.body.endswith('"A coast without a lamp is a page without a word," he said.')
    assert release.published and release.published.at == datetime(2026, 3, 4, 7, 55, 31, tzinfo=UTC)


def test_what_discovery_hands_on_is_read() -> None:
    entry = Entry(
        id="tag:harbours.example,2026:1",
        link="https://harbours.example/news/1",
        plain_title="Lamps & boats",
        published="2026-01-15T09:30:00Z",
        content="<p>Boats sail again from the Old Ferry Pier, and lamps burn again upon it.</p>",
        native_id="LB-7",
        enclosures=(Enclosure("https://harbours.example/film.mp4", "video/mp4", "The film"),),
    )
    release = release_of(entry.payload(), kind=MEDIA_TYPE)
    assert (release.title, release.native_id, release.url) == ("Lamps & boats", "LB-7", entry.link)
    assert release.published and release.published.at == datetime(2026, 1, 15, 9, 30, tzinfo=UTC)
    assert [one.label for one in release.videos] == ["The film"]


@pytest.mark.parametrize(
    ("body", "named"),
    [
        (json.dumps({"title": "Only a title", "link": "https://www.state.gov/a"}), "no text"),
        (json.dumps([1, 2]), "no object"),
        ("{", "no JSON"),
        ('{"title": "a", "summary_html": "' + "<div>" * 30_000 + '"}', "nested"),
    ],
)
def test_an_item_that_says_nothing_is_refused(body: str, named: str) -> None:
    assert named in rejection_of(body, kind=MEDIA_TYPE).reason


def test_an_item_with_nothing_but_a_film_is_a_release() -> None:
    film = {
        "title": "The lamps, filmed",
        "enclosures": [{"url": "https://www.state.gov/a.mp4", "media_type": "video/mp4"}],
    }
    release = release_of(json.dumps(film | {"link": "https://www.state.gov/a"}), kind=MEDIA_TYPE)
    assert (release.body, len(release.videos)) == ("", 1)


def test_broken_characters_do_not_reach_a_record() -> None:
    release = item(title="Lamps \ud800 lit\u0000 &amp; more", content_html="<p>Boats \ud83d sail &#0; again.</p>")
    assert "&amp;" in release.title
    assert release.title.isprintable() and release.body.isprintable()
    assert "text" in release.evidence
