"""Calendars: one list for each day or month, at an address made from the date.

Each day stands for itself: one that is missing or empty is a failure that names it, and the others are still read.
Only a list that is not over yet, today's or this month's, may be missing or empty.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sources.capture import digest
from sources.config import Source
from sources.discovery.discovered import Chain, Discovered, ListedPage, Reach, conclude, reach_of
from sources.discovery.html_items import html_items, open_list
from sources.discovery.items import Item
from sources.discovery.page import Get, NoPage, Page, is_gone, why_unusable
from sources.discovery.stamps import local_day
from sources.discovery.templates import fill, of_day, of_range, placeholders
from sources.discovery.watermark import Watermark
from sources.discovery.window import Window
from sources.discovery.xml_items import open_xml, xml_items

_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class _Span:
    """What one list covers: a day, or a month from its first day on. `is_open` says that it is not over yet."""

    start: date
    by_day: bool
    is_open: bool


def discover(source: Source, mark: Watermark, get: Get, *, now: datetime, window: Window | None = None) -> Discovered:
    """The items of the days looked back to, the newest first, as candidates.

    :param now: aware; today is its day in the source's zone, and no later day is asked for.
    """
    today = local_day(now, source.zone or "UTC")
    chains = [
        _read(source, address, get, reach_of(source, mark, address, today, window), now) for address in source.urls
    ]
    return conclude(source, mark, chains, today, window)


def _read(source: Source, address: str, get: Get, reach: Reach, now: datetime) -> Chain:
    pages: list[ListedPage] = []
    items: list[Item] = []
    failures: list[str] = []
    for span in _spans(address, reach):
        url = fill(address, of_day(span.start) | of_range(span.start, span.start, now))
        answer = get(url)
        found = _items(source, answer, span)
        if isinstance(answer, Page) and not isinstance(found, str):
            days = [item.day for item in found if item.day]
            newest, oldest = max(days, default=None), min(days, default=None)
            pages.append(ListedPage(url, len(found), newest, oldest, digest(answer.body)))
            items += found
        elif isinstance(found, str) and not (span.is_open and is_gone(answer)):
            failures.append(found)
    return Chain(address, tuple(pages), tuple(items), "; ".join(failures) or None, ended=True, read_to=reach.today)


def _spans(address: str, reach: Reach) -> Iterator[_Span]:
    """The days or months to ask for, the newest first; none after today."""
    by_day = bool({"dd", "d"}.intersection(placeholders(address)))
    end = min(reach.window.end, reach.today + _ONE_DAY) if reach.window else reach.today + _ONE_DAY
    since = reach.since or reach.today
    if since >= end:
        return
    days = Window(since, end)
    for start in days.days() if by_day else days.months():
        this = start == reach.today if by_day else (start.year, start.month) == (reach.today.year, reach.today.month)
        yield _Span(start, by_day, this)


def _items(source: Source, answer: Page | NoPage, span: _Span) -> list[Item] | str:
    """The items of one day or month, or why there are none."""
    if (fault := why_unusable(answer)) or not isinstance(answer, Page):
        return fault or ""
    listed_on = span.start if span.by_day else None
    if source.items and source.items.format == "xml":
        root = open_xml(answer)
        found = root if isinstance(root, str) else xml_items(root, answer, source, listed_on=listed_on)
    else:
        soup = open_list(answer, source)
        found = soup if isinstance(soup, str) else html_items(soup, answer, source, listed_on=listed_on)
    if not found and not span.is_open and not source.expects.may_be_empty:
        return f"{answer.url}: no item on it"
    return found
