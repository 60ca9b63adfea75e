"""The one door to discovery on the web: a source and its watermark in, candidates and what was odd out."""

from datetime import datetime
from typing import Protocol

from sources.config import Source
from sources.discovery import api, calendar, feed, listing, sitemap
from sources.discovery.discovered import Discovered
from sources.discovery.page import Get
from sources.discovery.watermark import Watermark
from sources.discovery.window import Window


class _Discover(Protocol):
    def __call__(
        self, source: Source, mark: Watermark, get: Get, *, now: datetime, window: Window | None = None
    ) -> Discovered: ...


_KINDS: dict[str, _Discover] = {
    "feed": feed.discover,
    "sitemap": sitemap.discover,
    "listing": listing.discover,
    "calendar": calendar.discover,
    "api": api.discover,
}
WEB_KINDS = tuple(_KINDS)


def discover(source: Source, mark: Watermark, get: Get, *, now: datetime, window: Window | None = None) -> Discovered:
    """What a source of the web lists: since its watermark, or in a window of days for a backfill.

    :param get: gives the page at an address, or says why not; nothing else is asked of the outside.
    :param now: the run's timestamp, aware; today is its day in the source's zone.
    """
    return _KINDS[source.kind](source, mark, get, now=now, window=window)
