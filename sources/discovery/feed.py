"""Feeds: RSS, Atom, RDF and JSON Feed, each address one list of the newest releases.

A feed has no second page. When its oldest entry is newer than what was known before, something fell off it unseen:
that is an alarm, and the days between are for a backfill by another kind of source.
"""

from datetime import date, datetime

from sources.capture import digest
from sources.config import Source
from sources.discovery.discovered import Chain, Discovered, ListedPage, conclude, reach_of
from sources.discovery.feed_entries import Entry, Feed
from sources.discovery.feed_reader import read_feed
from sources.discovery.items import Item
from sources.discovery.page import Get, Page, why_unusable
from sources.discovery.stamps import local_day, read_stamp
from sources.discovery.templates import resolve
from sources.discovery.watermark import Watermark
from sources.discovery.window import Window
from sources.discovery.xml_gate import Refused


def discover(source: Source, mark: Watermark, get: Get, *, now: datetime, window: Window | None = None) -> Discovered:
    """The entries of all feeds of a source as candidates, each with its own entry as `feed_item` payload.

    :param now: aware; today is its day in the source's zone.
    """
    today = local_day(now, source.zone or "UTC")
    chains = [_read(source, mark, address, get, today, window) for address in source.urls]
    return conclude(source, mark, chains, today, window)


def _read(source: Source, mark: Watermark, address: str, get: Get, today: date, window: Window | None) -> Chain:
    answer = get(address)
    if (fault := why_unusable(answer)) or not isinstance(answer, Page):
        return Chain(address, failure=fault)
    feed = read_feed(answer)
    if isinstance(feed, Refused):
        return Chain(address, failure=f"{answer.url}: {feed.reason}")
    items = tuple(_item(entry, feed, answer.url, source) for entry in feed.entries)
    days = [item.day for item in items if item.day]
    page = ListedPage(answer.url, len(items), max(days, default=None), min(days, default=None), digest(answer.body))
    alarms = (f"{answer.url}: {feed.fault}; read leniently",) if feed.fault and feed.whole else ()
    reach = reach_of(source, mark, address, today, window)
    failure = None
    if not feed.whole:
        failure = f"{answer.url}: cut off ({feed.fault}), entries may be missing"
    elif not items and not source.expects.may_be_empty:
        failure = f"{answer.url}: a feed without an entry"
    elif window and reach.since and days and min(days) > reach.since:
        failure = f"{answer.url}: it reaches back to {min(days)} only; use a list that goes back to {reach.since}"
    return Chain(address, (page,), items, failure, alarms, ended=True)


def _item(entry: Entry, feed: Feed, url: str, source: Source) -> Item:
    zone = source.zone or "UTC"
    link = resolve(url, entry.link)
    home = resolve(url, feed.home)
    own_page = link if link not in (home, url) else None  # a feed of notes links each to its front page
    return Item(
        link=own_page,
        key=entry.native_id or entry.id or _own_name(entry),
        title=entry.plain_title,
        published=read_stamp(entry.published, zone),
        updated=read_stamp(entry.updated, zone),
        native_id=entry.native_id,
        language=entry.language,
        payload=entry.payload(),
        rendition="feed_item",
    )


def _own_name(entry: Entry) -> str:
    """What tells an entry without an id from others: its date and title, so that an edit of its text stays an edit."""
    return digest(f"{entry.published}\n{entry.title}".encode(errors="replace"))
