"""Press pages of governments that WordPress and Drupal make: the same release as page, post and feed item; films."""

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from parsers.families.feed_item import MEDIA_TYPE
from parsers.records import Rejection, Release
from parsers.registry import chosen, read
from tests.parsers.captures import capture_of, kinds, rejection_of, release_of, shared

PAGES = Path(__file__).parent / "pages"
POST = json.loads((PAGES / "wordpress_post-2.state.json").read_text(encoding="utf-8"))
STATE = "https://www.state.gov/releases/2026/01/ferry-pier-reopens"
JSON = "application/json"


def page(name: str) -> str:
    return (PAGES / name).read_text(encoding="utf-8")


def test_page_post_and_feed_item_say_the_same() -> None:
    seen = release_of(page("wordpress-2.state.html"), kind="html", url=STATE)
    told = release_of(json.dumps(POST), kind=JSON, url="https://www.state.gov/wp-json/wp/v2/posts/664401")
    listed = release_of(page("feed_item-2.wordpress.json"), kind=MEDIA_TYPE)
    assert [one.parser for one in (seen, told, listed)] == ["wordpress/2", "wordpress_post/2", "feed_item/2"]
    assert [one.rendition for one in (seen, told, listed)] == ["page", "api", "feed_item"]
    for other in (told, listed):
        for field in ("publisher", "language", "url", "title", "blocks", "images", "links", "rights"):
            assert getattr(seen, field) == getattr(other, field), field
        for field in ("published", "updated"):
            stamp, same = getattr(seen, field), getattr(other, field)
            assert (stamp.at, stamp.on, stamp.zone) == (same.at, same.on, same.zone), field
        assert seen.attachments[0] == other.attachments[0]


def test_what_a_page_of_wordpress_says_besides() -> None:
    release = release_of(page("wordpress-2.state.html"), kind="html", url=STATE)
    assert [(one.url, one.label) for one in release.links] == [
        ("https://www.state.gov/ports", "Old Ferry Pier"),
        ("https://www.state.gov/wp-content/uploads/timetable.pdf", "timetable"),
    ]
    assert release.evidence["links"].rule == release.evidence["body"].rule
    assert release.office == "Office of Harbours"
    assert release.published and release.published.on == date(2026, 1, 15)
    assert release.body.endswith("Details are in the timetable.")
    block = release_of(page("wordpress-2.block_theme.html"), kind="html")
    assert (block.title, block.publisher) == ("Lamps for Every Harbor", "whitehouse.gov")
    assert kinds(block) == ["paragraph", "paragraph", "quote", "table"]
    assert block.published and block.published.at == datetime(2026, 1, 16, 0, 30, tzinfo=UTC)
    assert block.published.on == date(2026, 1, 15)


def test_a_film_without_text_is_a_release() -> None:
    markup = page("wordpress-2.film.html")
    release = release_of(markup, kind="html")
    assert (release.title, release.body) == ("A Lamp Is Lit", "")
    assert [(one.url, one.label) for one in release.videos] == [
        ("https://www.youtube.com/embed/aLampIsLit1", "A Lamp Is Lit")
    ]
    without = markup.replace("<iframe", "<p").replace("</iframe>", "</p>")
    assert ".entry-content" in rejection_of(without, kind="html").reason


def test_several_posts_are_several_releases() -> None:
    other = POST | {"link": "https://www.state.gov/b", "title": {"rendered": "Other"}}
    (first, second) = read(capture_of(json.dumps([POST, other]), kind=JSON))
    assert isinstance(first, Release) and isinstance(second, Release)
    assert (first.url, second.url) == (STATE, "https://www.state.gov/b")


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"title": {"rendered": ""}}, "title.rendered"),
        ({"content": {"rendered": "", "protected": True}}, "content.protected"),
        ({"content": {"rendered": "<p>&nbsp;</p>", "protected": False}}, "content.rendered"),
    ],
)
def test_what_a_post_lacks_is_named(changes: dict[str, Any], named: str) -> None:
    assert named in rejection_of(json.dumps(POST | changes), kind=JSON).reason


def test_a_post_of_an_unknown_site_without_universal_time_has_a_day_only() -> None:
    told = POST | {"link": "https://harbours.example/a", "date_gmt": "", "modified_gmt": "", "guid": None}
    told["content"] = {"rendered": "<p>Boats sail again from the pier of the old ferry.</p>"}
    published = release_of(json.dumps(told), kind=JSON).published
    assert published and (published.at, published.on) == (None, date(2026, 1, 15))


def test_drupal_seven_and_ten() -> None:
    old = release_of(page("drupal-2.node7.html"), kind="html")
    assert (old.parser, old.publisher, old.title) == ("drupal/2", "whitehouse.gov", "A Lamp Lit Again")
    assert old.subtitle == "The lamp of Port Alder burns again."
    assert old.published and old.updated
    assert (old.published.on, old.updated.on) == (date(2014, 3, 4), date(2014, 3, 6))
    assert [other.value for other in old.evidence["published"].others] == ["2014-03-04T23:08:00Z"]
    assert kinds(old) == ["paragraph", "heading", "list"]
    assert [one.caption for one in old.images] == ["The lamp"]
    new = release_of(page("drupal-2.node10.html"), kind="html")
    assert (new.publisher, new.title) == ("beehive.govt.nz", "Lamps for harbours")
    assert new.published and new.published.on == date(2026, 1, 15)
    assert kinds(new) == ["paragraph", "paragraph", "table"]
    assert [(one.language, one.url) for one in new.editions] == [
        ("mi", "https://www.beehive.govt.nz/mi/release/lamps-harbours")
    ]
    assert [one.label for one in new.attachments] == ["Map of lamps"]


def test_a_date_above_the_text_of_drupal_that_no_field_names() -> None:
    plain = page("drupal-2.node10.html").replace("field--name-created", "node__dated")
    stamp = release_of(plain, kind="html").published
    assert stamp and (stamp.on, stamp.rule) == (date(2026, 1, 15), "metadata .node__meta time[datetime]")


@pytest.mark.parametrize("name", ["wordpress-2.state.html", "drupal-2.node10.html"])
def test_other_peoples_pages_are_left_to_the_general_reader(name: str) -> None:
    markup = page(name).replace("www.state.gov", "blog.example.com").replace("www.beehive.govt.nz", "blog.example.com")
    parser = chosen(capture_of(markup, kind="html", url="https://blog.example.com/a"))
    assert parser and parser.name == "generic_html"


@pytest.mark.parametrize(
    ("host", "family"),
    [("www.gov.example.gov", "wordpress"), ("www.gouv.fr", "wordpress"), ("ministry.gov.xx", "wordpress")]
    + [("news.example.eu", "wordpress"), ("gov.example.com", "generic_html"), ("mygov.com", "generic_html")],
)
def test_hosts_of_governments(host: str, family: str) -> None:
    markup = page("wordpress-2.state.html").replace("www.state.gov", host)
    parser = chosen(capture_of(markup, kind="html"))
    assert parser and parser.name == family


def test_the_longest_of_several_texts_is_that_of_the_page() -> None:
    teaser = '<div class="entry-content"><p>Another release begins like this.</p></div>'
    markup = page("wordpress-2.state.html").replace("</main>", f"<aside></aside>{teaser}</main>")
    assert "begins like this" not in release_of(markup, kind="html", url=STATE).body


@pytest.mark.parametrize(
    ("markup", "url", "named"),
    [
        ("<title>Technical Difficulties</title><h1>Technical Difficulties</h1><p>Sorry.</p>", STATE, ".entry-content"),
        (page("wordpress-2.state.html").replace("single-post", "archive"), STATE, "body.archive"),
    ],
)
def test_what_is_no_release_is_refused(markup: str, url: str, named: str) -> None:
    (found,) = read(capture_of(markup, kind="html", url=url))
    assert isinstance(found, Rejection) and named in found.reason


def test_real_pages_of_an_archived_white_house() -> None:
    days = {"weekly-address.html": date(2017, 1, 17), "empty.html": date(2011, 9, 10)}
    for name, day in days.items():
        release = release_of(shared(f"corpora/pages/whitehouse-archive/{name}").read_bytes(), kind="html")
        assert release.parser == "drupal/2"
        assert release.published and release.published.on == day
        assert release.title and release.blocks and release.subtitle, name
        assert "Deputy" not in release.body[-200:], name


@pytest.mark.parametrize(
    "written", ["le 5 mars 2026", "Port-aux-Lampes, le 5 mars 2026", "5. März 2026, 14:30 Uhr", "5 марта 2026"]
)
def test_a_date_in_words_of_other_languages(written: str) -> None:
    markup = f"""<html lang="fr"><head><meta charset="utf-8"><title>Phare</title>
    <link rel="https://api.w.org/" href="/wp-json/"></head><body><article><h1 class="entry-title">Le phare rouvre</h1>
    <div class="posted-on">{written}</div><div class="entry-content"><p>Le phare rouvre au public après deux ans
    de travaux, le 1er juin 2026.</p></div></article></body></html>"""
    release = release_of(markup, kind="html", url="https://www.phares.gouv.fr/2026/03/phare/")
    assert release.parser == "wordpress/2" and release.published is not None
    assert (release.published.on, release.published.text) == (date(2026, 3, 5), written)
