"""The one door to discovery on the web: a source and its watermark in, candidates and what was odd out."""

from datetime import datetime
from importlib import import_module
from typing import Protocol

from sources.config import Source
from sources.discovery.discovered import Discovered
from sources.discovery.page import Get
from sources.discovery.watermark import Watermark
from sources.discovery.window import Window


class _Discover(Protocol):
    def __call__(
        self, source: Source, mark: Watermark, get: Get, *, now: datetime, window: Window | None = None
    ) -> Discovered: ...


WEB_KINDS = ("feed", "sitemap", "listing", "calendar", "api")
"""Each is a file beside this one, imported when a source is of that kind: readers of feeds and pages take long to."""


def discover(source: Source, mark: Watermark, get: Get, *, now: datetime, window: Window | None = None) -> Discovered:
    """What a source of the web lists: since its watermark, or in a window of days for a backfill.

    :param get: gives the page at an address, or says why not; nothing else is asked of the outside.
    :param now: the run's timestamp, aware; today is its day in the source's zone.
    """
    discover_kind: _Discover = import_module(f"sources.discovery.{source.kind}").discover
    return discover_kind(source, mark, get, now=now, window=window)
