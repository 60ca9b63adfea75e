"""Dates in running text, English and Chinese, with the time of day and zone that stand beside them.

A date is found with what was written, how exact it is and what speaks for or against it; nothing is guessed in
silence. A year that is not written is not supplied unless the caller gives a reference day.
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Literal

from parsers import timeofday
from parsers.datepatterns import Written, written_dates
from parsers.datewords import PLAIN
from parsers.timezones import resolve
from parsers.years import infer_year, nearest_year

__all__ = ["Found", "find", "infer_year", "read"]

Precision = Literal["second", "minute", "day", "month"]


@dataclass(frozen=True, slots=True)
class Found:
    """One date in a text: `text` is `source[start:end]`, with the time of day when one stands beside it.

    `at` is UTC and known to the minute or better, `on` the day as written (None for a month, or when the year is
    unknown); `zone` is the IANA name or the offset that `at` was read with. `ambiguous` marks a numeric date whose
    day and month could change places.
    """

    start: int
    end: int
    text: str
    at: datetime | None
    on: date | None
    precision: Precision
    rule: str
    year_given: bool
    weekday_agrees: bool | None
    ambiguous: bool
    zone: str
    month: int
    day: int | None


def find(text: str, *, zone: str, day_first: bool = True, reference: date | None = None) -> list[Found]:
    """All dates of a text in reading order.

    `zone` is the source's (IANA); `day_first` its habit with numeric dates; `reference` a day near which dates
    without a year lie: not later than two days after it, unless their weekday says otherwise.
    """
    plain = text.translate(PLAIN)
    found: list[Found] = []
    floor = 0
    for written in written_dates(plain, zone=zone, day_first=day_first):
        if written.start < floor:
            continue
        found.append(_completed(text, plain, written, floor, zone, reference))
        floor = found[-1].end
    return found


def _completed(text: str, plain: str, written: Written, floor: int, zone: str, reference: date | None) -> Found:
    start, end = written.start, written.end
    clock = None
    if written.day is not None:
        clock = timeofday.after(plain, end) or timeofday.before(plain, start, floor)
    if clock:
        start, end = min(start, clock.start), max(end, clock.end)
    year = written.year
    if year is None and reference and written.day:
        year = nearest_year(written.month, written.day, written.weekday, reference)
    on = date(year, written.month, written.day) if year and written.day else None
    at, zone_used, rule = None, zone, written.rule
    precision: Precision = "month" if written.day is None else "day"
    if clock and on:
        instant = _instant(on, clock, zone)
        if instant is None:
            rule = f"{rule}, time left out: zone {clock.zone} is not certain here"
        else:
            at, zone_used = instant
            precision = "minute" if clock.second is None else "second"
    return Found(
        start=start,
        end=end,
        text=text[start:end],
        at=at,
        on=on,
        precision=precision,
        rule=rule,
        year_given=written.year is not None,
        weekday_agrees=on.weekday() == written.weekday if on and written.weekday is not None else None,
        ambiguous=written.ambiguous,
        zone=zone_used,
        month=written.month,
        day=written.day,
    )


def _instant(on: date, clock: timeofday.Clock, zone: str) -> tuple[datetime, str] | None:
    local = datetime(on.year, on.month, on.day) + timedelta(  # noqa: DTZ001  -- the zone is what is being looked up
        hours=clock.hour, minutes=clock.minute, seconds=clock.second or 0, microseconds=clock.microsecond
    )
    resolved = resolve(clock.zone, zone, local)
    if resolved is None:
        return None
    name, info = resolved
    return local.replace(tzinfo=info).astimezone(UTC), name


_LABELS = re.compile(
    r"(?:published|publication|release|released|issued|issue|posted|updated|last|modified|update|created|date|dated|time"
    r"|ends?|on|at|the|of|morning|afternoon|evening|night|early|late"
    r"|發布|发布|發佈|刊登|更新|日期|時間|时间|上午|下午|早上|晚上|晚|完)",
    re.IGNORECASE,
)
_MARKS = re.compile(r"[\s:：,，.。;；/|()（）\[\]<>＜＞\-–—*]+")


def read(text: str, *, zone: str, day_first: bool = True) -> Found | None:
    """The date that a short string is, as a whole: beside it only labels and punctuation, or itself again."""
    if len(text) > 200:
        return None
    found = find(text, zone=zone, day_first=day_first)
    if not found:
        return None
    first = found[0]
    rest = (text[: first.start] + " " + text[first.end :]).replace(first.text, "")
    return None if _MARKS.sub("", _LABELS.sub("", rest)) else first
