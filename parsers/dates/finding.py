"""From dates as written to days and instants: the time of day beside each, its zone, and the year where it is open."""

import re
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Literal

from parsers.dates import clock
from parsers.dates.chinese import chinese_dates
from parsers.dates.english import named_dates
from parsers.dates.numeric import numeric_dates
from parsers.dates.relative import relative_days
from parsers.dates.words import PLAIN
from parsers.dates.written import Written, possible, with_shared_years
from parsers.dates.years import nearest_year
from parsers.dates.zones import resolve

Precision = Literal["second", "minute", "day", "month"]


@dataclass(frozen=True, slots=True)
class Found:
    """One date in a text: `text` is `source[start:end]`, with the time of day when one stands beside it.

    `at` is UTC and known to the minute or better, `on` the day as written (None for a month, or when the year is
    unknown; `month` and `day` are there all the same); `zone` is the IANA name or the offset that `at` was read
    with. `weekday_agrees` is None where no weekday is written. `ambiguous` marks a numeric date whose day and month
    could change places.
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


def find(
    text: str, *, zone: str, day_first: bool = True, reference: date | None = None, relative: bool = False
) -> list[Found]:
    """All dates of a text in reading order, none overlapping.

    `zone` is the source's (IANA); `day_first` its habit with numeric dates; `reference` the day of the dateline:
    dates without a year lie near it, not later than two days after, unless their weekday or words such as
    `next year` say otherwise. With `relative`, today, 昨日 and their like are dates too.
    """
    plain = text if text.isascii() else text.translate(PLAIN)
    found: list[Found] = []
    floor = 0
    for written in _written(plain, zone, day_first, reference if relative else None):
        told_time = _time_beside(plain, written, floor)
        found.append(_placed(text, written, told_time, zone, reference))
        floor = found[-1].end
    return found


def _written(plain: str, zone: str, day_first: bool, dateline: date | None) -> list[Written]:
    """The dates as written, in reading order; where two overlap, the earlier and longer one."""
    candidates = [
        *named_dates(plain),
        *chinese_dates(plain, zone=zone),
        *numeric_dates(plain, day_first=day_first),
        *(relative_days(plain, reference=dateline) if dateline else ()),
    ]
    candidates.sort(key=lambda written: (written.start, -written.end))
    apart: list[Written] = []
    for written in candidates:
        if not apart or written.start >= apart[-1].end:
            apart.append(written)
    return with_shared_years(plain, apart)


def _time_beside(plain: str, written: Written, floor: int) -> clock.Clock | None:
    if written.day is None:
        return None
    return clock.after(plain, written.end) or clock.before(plain, written.start, floor)


def _placed(text: str, written: Written, told: clock.Clock | None, zone: str, reference: date | None) -> Found:
    year = _year(written, reference)
    on = date(year, written.month, written.day) if year and written.day else None
    at, zone_used, rule = None, zone, written.rule
    precision: Precision = "month" if written.day is None else "day"
    if told and on:
        if instant := _instant(on, told, zone):
            at, zone_used = instant
            precision = "minute" if told.second is None else "second"
        else:
            rule = f"{rule}, time left out: zone {told.zone} is not certain here"
    start = min(written.start, told.start) if told else written.start
    end = max(written.end, written.until, told.end if told else 0)
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


def _year(written: Written, reference: date | None) -> int | None:
    """The year as written, else as the reference day tells; None where that leaves no such day."""
    if written.year is not None or reference is None or written.day is None:
        return written.year
    if written.years_on is None:
        return nearest_year(written.month, written.day, written.weekday, reference)
    year = reference.year + written.years_on
    return year if any(possible(replace(written, year=year))) else None


def _instant(on: date, told: clock.Clock, zone: str) -> tuple[datetime, str] | None:
    local = datetime(on.year, on.month, on.day) + timedelta(  # noqa: DTZ001  -- its zone is what is looked up next
        hours=told.hour, minutes=told.minute, seconds=told.second or 0, microseconds=told.microsecond
    )
    resolved = resolve(told.zone, zone, local)
    if resolved is None:
        return None
    name, info = resolved
    return local.replace(tzinfo=info).astimezone(UTC), name


_LONGEST = 200  # characters of a string that can still be one date
_LABELS = re.compile(
    r"(?:published|publication|release|released|issued|issue|posted|updated|last|modified|update|created|date|dated|time"
    r"|ends?|on|at|the|of|early|late|morning|afternoon|evening|night"
    r"|發布|发布|發佈|刊登|更新|日期|時間|时间|上午|下午|早上|晚上|晚|完)",
    re.IGNORECASE,
)
_MARKS = re.compile(r"[\s:：,，.。;；/|()（）\[\]<>＜＞\-–—*]+")


def read(text: str, *, zone: str, day_first: bool = True) -> Found | None:
    """The date that a short string is, as a whole: beside it only labels and punctuation, or itself again."""
    if len(text) > _LONGEST:
        return None
    found = find(text, zone=zone, day_first=day_first)
    if not found:
        return None
    first = found[0]
    rest = (text[: first.start] + " " + text[first.end :]).replace(first.text, "")
    return None if _MARKS.sub("", _LABELS.sub("", rest)) else first
