"""Feeds: entries become candidates, dates are read in the source's zone, and a feed that lies or ends early says so."""

import json
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench import feeds
from parsers.urls import canonical
from sources.candidate import candidate_from_json, candidate_to_json
from sources.discovery.feed_reader import read_feed
from sources.discovery.page import NoPage, Page
from sources.discovery.stamps import read_stamp
from sources.discovery.watermark import Watermark
from sources.discovery.window import Window
from sources.discovery.xml_gate import Refused
from tests.sources.listed import CORPORA, HOST, TODAY, Site, known_to, source, visit

FEED = f"{HOST}/feed.xml"
SOURCE = source("feed", FEED)


def rss(*items: str, tail: str = "</channel></rss>") -> str:
    return f"<rss version='2.0'><channel><link>{HOST}/</link>{''.join(f'<item>{one}</item>' for one in items)}{tail}"


def item(number: int, when: str = "Thu, 15 Jan 2026 11:00:00 +0800") -> str:
    return f"<title>Notice {number}</title><link>/n/{number}.html</link><guid>{number}</guid><pubDate>{when}</pubDate>"


def test_entries_become_candidates_with_hints() -> None:
    site = Site({FEED: rss(item(2), item(1, "Wed, 14 Jan 2026 09:30:00 +0800"))})
    found = visit(SOURCE, site)
    first, second = found.candidates
    assert (first.ref, first.url, first.name, first.position) == (f"{HOST}/n/2.html", f"{HOST}/n/2.html", "Notice 2", 0)
    assert first.hints.published == "Thu, 15 Jan 2026 11:00:00 +0800"
    assert first.hints.listed_at == datetime(2026, 1, 15, 3, 0, tzinfo=UTC)
    assert second.hints.listed_on == date(2026, 1, 14)
    assert (first.hints.language, first.hints.rendition) == ("en", "feed_item")
    assert json.loads(first.hints.payload or "")["title"] == "Notice 2"
    assert found.complete
    assert (found.listed, found.newest, found.oldest) == (2, TODAY, date(2026, 1, 14))
    assert found.watermark == Watermark({FEED: TODAY}, TODAY)
    assert site.asked == [FEED]


def test_a_candidate_and_its_hints_travel_as_json() -> None:
    for one in visit(SOURCE, Site({FEED: rss(item(2), "<guid>x</guid>")})).candidates:
        assert candidate_from_json(json.loads(json.dumps(candidate_to_json(one)))) == one


def test_a_feed_that_reaches_back_to_what_is_known_has_no_alarm() -> None:
    found = visit(SOURCE, Site({FEED: rss(item(1))}), known_to(FEED, TODAY))
    assert (found.alarms, found.complete) == ((), True)


def test_what_fell_off_a_feed_is_noticed() -> None:
    found = visit(SOURCE, Site({FEED: rss(item(1))}), known_to(FEED, date(2026, 1, 12)))
    assert "reaches back to 2026-01-15 only, last time it went up to 2026-01-12" in found.alarms[0]
    assert found.complete


def test_a_feed_older_than_last_time_is_noticed_and_the_watermark_stays() -> None:
    found = visit(SOURCE, Site({FEED: rss(item(1, "Mon, 12 Jan 2026 11:00:00 +0800"))}), known_to(FEED, TODAY))
    assert "older than last time: its newest day is 2026-01-12, it was 2026-01-15" in found.alarms[0]
    assert found.watermark.newest[FEED] == TODAY


def test_days_to_come_are_noticed_and_do_not_move_the_watermark() -> None:
    found = visit(SOURCE, Site({FEED: rss(item(1), item(2, "Sat, 15 Jan 2062 11:00:00 +0800"))}))
    assert "1 items are dated in days to come, up to 2062-01-15" in found.alarms[0]
    assert found.watermark.newest[FEED] == TODAY


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (rss(), "a feed without an entry"),
        (rss(item(1), tail=""), "cut off"),
        ("<html><body>Technical Difficulties</body></html>", "its first element is <html>, so it is no feed"),
        ("<!doctype html><p>Please wait<br>", "so it is no feed"),
        ('<!DOCTYPE rss [<!ENTITY a "b">]><rss/>', "declarations are refused"),
        ('{"status": "error"}', "without the version and the items of a JSON Feed"),
        ("", "an empty body"),
        (b"\x00\x01\x02 no feed", "no"),
        (403, "answered with status 403"),
        (304, "answered with status 304"),
        (NoPage(FEED, "robots.txt disallows it"), "robots.txt disallows it"),
    ],
)
def test_a_feed_that_cannot_be_read_is_a_failure_and_moves_nothing(body: str | int | NoPage, reason: str) -> None:
    mark = known_to(FEED, date(2026, 1, 14))
    found = visit(SOURCE, Site({FEED: body}), mark)
    assert found.failure is not None
    assert FEED in found.failure
    assert reason in found.failure
    assert found.watermark == mark


def test_a_cut_feed_still_gives_the_entries_it_has() -> None:
    found = visit(SOURCE, Site({FEED: rss(item(2), item(1), tail="<item><title>Noti")}))
    assert {f"{HOST}/n/2.html", f"{HOST}/n/1.html"} <= {one.ref for one in found.candidates}
    assert found.failure


def test_a_feed_with_a_slip_in_its_markup_is_read_and_said_so() -> None:
    found = visit(SOURCE, Site({FEED: rss(item(2) + "<category>R&D</category>", item(1))}))
    assert len(found.candidates) == 2
    assert found.complete
    assert "not well-formed XML" in found.alarms[0]


def test_one_feed_that_fails_does_not_stop_the_others() -> None:
    other = f"{HOST}/other.xml"
    found = visit(source("feed", FEED, other), Site({FEED: 500, other: rss(item(1))}))
    assert len(found.candidates) == 1
    assert found.failure is not None
    assert other not in found.failure
    assert found.watermark.newest == {other: TODAY}


def test_a_release_in_two_feeds_is_one_candidate() -> None:
    other = f"{HOST}/other.xml"
    found = visit(source("feed", FEED, other), Site({FEED: rss(item(1)), other: rss(item(1), item(2))}))
    assert [one.position for one in found.candidates] == [0, 1]
    assert found.listed == 3


def test_entries_that_link_to_the_front_page_are_kept_apart_by_their_ids() -> None:
    items = [f"<title>Note</title><link>{HOST}/</link><guid isPermaLink='false'>n {k}</guid>" for k in (1, 2)]
    found = visit(SOURCE, Site({FEED: rss(*items)}))
    assert [(one.url, one.ref) for one in found.candidates] == [(None, "item:n%201"), (None, "item:n%202")]


def test_an_entry_without_link_and_id_keeps_its_name_when_its_text_is_edited() -> None:
    refs = []
    for text in ("before", "after &amp;#xD800; the edit"):
        site = Site({FEED: rss(f"<title>Note &#x2713; &amp;#xD800;</title><description>{text}</description>")})
        one = visit(SOURCE, site).candidates[0]
        assert candidate_from_json(json.loads(json.dumps(candidate_to_json(one)))) == one
        json.dumps(candidate_to_json(one), ensure_ascii=False).encode()
        refs.append(one.ref)
    assert refs[0] == refs[1]


def test_a_window_takes_its_days_and_fails_where_the_feed_does_not_reach() -> None:
    site = Site({FEED: rss(item(2), item(1, "Wed, 14 Jan 2026 09:30:00 +0800"))})
    inside = visit(SOURCE, site, window=Window(date(2026, 1, 14), TODAY))
    assert [one.ref for one in inside.candidates] == [f"{HOST}/n/1.html"]
    assert inside.complete
    before = visit(SOURCE, site, window=Window(date(2026, 1, 1), TODAY))
    assert "reaches back to 2026-01-14 only" in (before.failure or "")
    assert before.watermark.newest == {}


def test_pictures_that_an_entry_tells_as_media_are_enclosed() -> None:
    media = "".join(
        f'<media:content url="{HOST}/n/{name}" {facts}/>'
        for name, facts in (("2.jpg", 'medium="image"'), ("3.png", 'type="image/png"'), ("4.mp4", 'medium="video"'))
    )
    told = (
        '<rss version="2.0" xmlns:media="http://search.yahoo.com/mrss/"><channel><title>Notices</title>'
        f"<item><title>Notice 2</title><link>{HOST}/n/2</link>{media}</item></channel></rss>"
    )
    (one,) = visit(SOURCE, Site({FEED: told})).candidates
    enclosed = json.loads(one.hints.payload or "")["enclosures"]
    assert [(each["url"], each["media_type"]) for each in enclosed] == [
        (f"{HOST}/n/2.jpg", "image/*"),
        (f"{HOST}/n/3.png", "image/png"),
    ]


def test_where_late_pictures_lie_and_what_hides_a_counter_come_through() -> None:
    late = '<img src="data:image/gif;base64,R0" data-src="/a.jpg" srcset="/a.jpg 1x">'
    markup = f'{late}<img src="/b" style="visibility:hidden">'
    told = (
        '<rss version="2.0"><channel><title>Notices</title>'
        f"<item><title>Notice 2</title><link>{HOST}/n/2</link><description><![CDATA[{markup}]]></description></item>"
        "</channel></rss>"
    )
    (one,) = visit(SOURCE, Site({FEED: told})).candidates
    summary = json.loads(one.hints.payload or "")["summary_html"]
    assert all(kept in summary for kept in ('data-src="/a.jpg"', 'srcset="/a.jpg 1x"', "visibility: hidden")), summary


def test_a_json_feed() -> None:
    told = {
        "version": "https://jsonfeed.org/version/1.1",
        "home_page_url": f"{HOST}/",
        "items": [
            {
                "id": "n-2",
                "url": "/n/2",
                "title": " Notice\n2 ",
                "content_text": "1 < 2",
                "date_published": "2026-01-15T10:00:00+08:00",
                "authors": [{"name": "Press office"}],
                "attachments": [{"url": "/n/2.pdf", "mime_type": "application/pdf"}],
            }
        ],
    }
    found = visit(SOURCE, Site({FEED: "\ufeff" + json.dumps(told)}))
    one = found.candidates[0]
    assert (one.url, one.name) == (f"{HOST}/n/2", "Notice 2")
    payload = json.loads(one.hints.payload or "")
    assert payload["content_html"] == "1 &lt; 2"
    assert payload["enclosures"][0]["url"] == f"{HOST}/n/2.pdf"


@pytest.mark.parametrize(
    ("text", "zone", "expected"),
    [
        ("Thu, 15 Jan 2026 11:00:00 +0800", "Asia/Hong_Kong", "2026-01-15T03:00:00+00:00"),
        ("Thu, 15 Jan 2026 11:00:00 CST", "Asia/Shanghai", "2026-01-15T03:00:00+00:00"),
        ("Thu, 15 Jan 2026 11:00:00 CST", "America/New_York", "2026-01-15T17:00:00+00:00"),
        ("Thu, 15 Jan 2026 11:00:00 CST", "Europe/London", "2026-01-15T17:00:00+00:00"),
        ("Thu, 15 Jan 2026 11:00:00 HKT", "Asia/Hong_Kong", "2026-01-15T03:00:00+00:00"),
        ("Thu, 15 Jan 2026 11:00:00 EST", "Asia/Hong_Kong", "2026-01-15T16:00:00+00:00"),
        ("2026-01-15T11:00:00Z", "Asia/Hong_Kong", "2026-01-15T11:00:00+00:00"),
        ("2026-01-15 11:00", "Asia/Hong_Kong", "2026-01-15T03:00:00+00:00"),
        ("Thu, 15 Jan 2026 10:00:00 +0000", "Europe/London", "2026-01-15T10:00:00+00:00"),
        ("Thu, 15 Jan 2026 00:00:00 +0800", "Asia/Hong_Kong", "2026-01-15"),
        ("2026-01-15T00:00:00Z", "Asia/Hong_Kong", "2026-01-15"),
        ("2026-01-15", "Asia/Hong_Kong", "2026-01-15"),
        ("2026年1月15日", "Asia/Hong_Kong", "2026-01-15"),
        ("2026-01", "Asia/Hong_Kong", "2026-01-01"),
        ("yesterday", "Asia/Hong_Kong", None),
        ("", "Asia/Hong_Kong", None),
        ("2026-01-15 " * 20, "Asia/Hong_Kong", None),
    ],
)
def test_dates_of_lists_are_read_in_the_zone_of_the_source(text: str, zone: str, expected: str | None) -> None:
    stamp = read_stamp(text, zone)
    shown = None if stamp is None else stamp.exact_at.isoformat() if stamp.exact_at else stamp.on.isoformat()
    assert shown == expected


def test_an_instant_is_listed_under_its_day_where_the_source_is() -> None:
    stamp = read_stamp("2026-01-14T20:30:00Z", "Asia/Hong_Kong")
    assert stamp is not None
    assert stamp.on == TODAY
    assert read_stamp("9999-12-31T23:59:59Z", "Asia/Hong_Kong") is None


@given(st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
def test_any_bytes_are_a_feed_or_are_refused(body: bytes) -> None:
    for whole in (body, b"<rss><channel><item><title>" + body + b"</title></item></channel></rss>"):
        feed = read_feed(Page(FEED, 200, whole))
        assert isinstance(feed, Refused) or all(entry.link is None or entry.link for entry in feed.entries)


def test_entries_with_too_much_markup_are_read_quickly_and_kept_as_they_are() -> None:
    body = rss(f"{item(1)}<description><![CDATA[{'<!--' * 50_000}]]></description>")
    feed = read_feed(Page(FEED, 200, body.encode()))
    assert not isinstance(feed, Refused)
    assert (feed.entries[0].summary or "").startswith("<!--<!--")
    broken = read_feed(Page(FEED, 200, body.encode()[:-10]))
    assert isinstance(broken, Refused)
    assert "too much markup" in broken.reason


def corpus_cases() -> list[feeds.Case]:
    if not feeds.CORPUS.exists():
        pytest.skip(f"no test sets at {feeds.CORPUS}")
    return list(feeds.cases())


def test_public_feeds_give_their_entries_and_values() -> None:
    cases = corpus_cases()
    failing = {case.member: fault for case in cases if (fault := feeds.yields_its_entries(case))}
    assert len(cases) > 2_400
    assert all("declarations are refused" in fault for fault in failing.values()), failing
    stated = [(case, claim) for case in cases if case.archive == "feedparser" for claim in feeds.claims(case.expect)]
    read = {case.member: read_feed(case.page) for case, _ in stated}
    false = {case.member for case, claim in stated if not feeds.holds(read[case.member], claim)}
    assert len(stated) > 800
    assert false <= set(failing)


def test_recorded_feeds_of_news_gov_hk_give_every_item() -> None:
    folder = CORPORA / "pages" / "news.gov.hk" / "feeds_tc_20240526"
    if not folder.exists():
        pytest.skip(f"no recorded feeds at {folder}")
    for path in sorted(folder.glob("*.rss")):
        site = Site({FEED: path.read_bytes()})
        one = source("feed", FEED, language="zh-Hant")
        found = visit(one, site)
        assert found.complete, (path.name, found.failure)
        assert len(found.candidates) == path.read_bytes().count(b"<item>")
        for each in found.candidates:
            stamp = (each.hints.native_id or "").split("_")
            assert len(stamp) == 3
            assert each.url == canonical(each.url or "")
            assert (each.url or "").endswith(f"/{each.hints.native_id}.html")
            assert each.hints.published_at is None
            assert each.hints.published_on is not None
            assert json.loads(each.hints.payload or "")["summary_html"].startswith("<")
