"""Dates as lists write them: the words, the instant, the day, and how exact they are.

A feed written by software has a time of day even where its publisher states only a day: midnight sharp by its own
clock stands for the day.
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from parsers import dates

_LONGEST = 100  # characters; what is longer is a sentence

# RFC 822 section 5.1 gives these to North America. They count only where parsers.dates leaves the time out because
# the zone is not certain: in a source of Greater China it reads CST as that zone's own.
_RFC_822 = {"EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7}
_AMERICAN = re.compile(rf"\b({'|'.join(_RFC_822)})\s*$")
_MIDNIGHT = re.compile(r"(?<![\d:+-])00:00(?::00(?:\.0+)?)?(?![\d:])")
_W3C = re.compile(r"\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}:\d{2}(?:\.\d{1,6})?(?:Z|[+-]\d{2}:\d{2}))?", re.ASCII)
_MONTH = re.compile(r"(\d{4})-(\d{2})")


@dataclass(frozen=True, slots=True)
class Stamp:
    """A date in a list: `text` as written; `on` the local day; `at` the UTC instant as far as one is written.

    With precision `day`, `at` is None or that day's midnight; with `month`, `on` is the first of it.
    """

    text: str
    on: date
    at: datetime | None
    precision: Literal["second", "minute", "day", "month"]

    @property
    def exact_at(self) -> datetime | None:
        """The instant, where it is known to the minute or better."""
        return self.at if self.precision in ("second", "minute") else None


def read_stamp(text: str | None, zone: str, *, day_first: bool = True) -> Stamp | None:
    """The date that a field of a list holds; None when it holds none.

    :param zone: IANA name of the source's zone, for times without one and for abbreviations that mean several.
    :param day_first: how the source writes 05/06/2025; true is 5 June.
    """
    words = " ".join((text or "").split())
    if not words or len(words) > _LONGEST:
        return None
    if _W3C.fullmatch(words) and (stamp := _w3c(words, zone)):
        return stamp
    found = dates.read(words, zone=zone, day_first=day_first) or dates.read(_american(words), zone=zone)
    if found and found.at is None and _AMERICAN.search(words):
        found = dates.read(_american(words), zone=zone) or found
    if found is None or found.on is None:
        return _month(words)
    try:
        return _stamp(words, found.on, found.at, "second" if found.precision == "second" else "minute", zone)
    except OverflowError:
        return None


def first_stamp(text: str, zone: str, *, day_first: bool = True) -> Stamp | None:
    """The first whole date somewhere in a line of a list, such as `Beijing Daily 2025-11-03 | Read more`."""
    for found in dates.find(text[:2_000], zone=zone, day_first=day_first):
        if found.on is not None:
            precision: Literal["second", "minute", "day"] = "day"
            if found.at is not None:
                precision = "second" if found.precision == "second" else "minute"
            return Stamp(found.text, found.on, found.at, precision)
    return None


def local_day(instant: datetime, zone: str) -> date:
    """The day an aware instant falls on in an IANA zone."""
    return instant.astimezone(ZoneInfo(zone)).date()


def _stamp(words: str, on: date, at: datetime | None, precision: Literal["second", "minute"], zone: str) -> Stamp:
    """The stamp of an instant under its day in the source's zone, and of midnight under the day as written."""
    if at is None:
        return Stamp(words, on, None, "day")
    if _is_midnight(words, on, at, zone):
        return Stamp(words, on, at, "day")
    return Stamp(words, local_day(at, zone), at, precision)


def _american(words: str) -> str:
    return _AMERICAN.sub(lambda match: f"{_RFC_822[match[1]]:+03}:00", words)


def _is_midnight(words: str, on: date, at: datetime, zone: str) -> bool:
    """Whether `at` is 00:00:00 of the day as written: by an offset beside it, else in the source's zone."""
    midnight = datetime(on.year, on.month, on.day, tzinfo=UTC)
    if at == midnight.replace(tzinfo=ZoneInfo(zone)):
        return True
    return _MIDNIGHT.search(words) is not None and abs(at - midnight) <= timedelta(hours=14)


def _w3c(words: str, zone: str) -> Stamp | None:
    """A date of machines, read at once: a sitemap has fifty thousand of them."""
    try:
        written = datetime.fromisoformat(words)
        at = written.astimezone(UTC) if written.tzinfo else None
        return _stamp(words, written.date(), at, "second", zone)
    except (ValueError, OverflowError):
        return None


def _month(words: str) -> Stamp | None:
    match = _MONTH.fullmatch(words)
    if not match or not 1 <= int(match[2]) <= 12 or int(match[1]) < 1:
        return None
    return Stamp(words, date(int(match[1]), int(match[2]), 1), None, "month")


def from_epoch(seconds: float, zone: str) -> Stamp | None:
    """The date of a Unix time in seconds, or in milliseconds where only those give a year before 2200."""
    for value in (seconds, seconds / 1_000):
        if 0 < value < 7_258_118_400:
            at = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=value)
            return Stamp(str(seconds), local_day(at, zone), at, "second")
    return None
