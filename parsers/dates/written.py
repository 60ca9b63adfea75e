"""A date as it stands in a text, before a zone and a reference day make a day of it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

_LEAP_YEAR = 2024  # stands in for an open year, so that 29 February passes


@dataclass(frozen=True, slots=True)
class Written:
    """`year` and `day` are None when they are not there; `weekday` is 0 (Monday) to 6.

    `years_on` is the distance from the reference year that words tell: 0 for this year, -1 for last year. `until` is
    where the date ends when its year stands behind the time of day.
    """

    start: int
    end: int
    year: int | None
    month: int
    day: int | None
    rule: str
    weekday: int | None = None
    ambiguous: bool = False
    years_on: int | None = None
    until: int = 0


def possible(written: Written) -> Iterator[Written]:
    """The date itself if the calendar has it, nothing otherwise."""
    try:
        date(written.year or _LEAP_YEAR, written.month, written.day or 1)
    except ValueError:
        return
    yield written


_RANGE_WORDS = frozenset(("to", "and", "until", "through", "-", "/", "&", "~", *"至到及和與与、"))
_RANGE_REACH = 9  # characters between the two ends of a range


def with_shared_years(text: str, found: list[Written]) -> list[Written]:
    """The same dates, where one end of a range (`June 30 to July 2, 2025`) has its year from the other."""
    for place in range(len(found) - 1):
        first, second = found[place], found[place + 1]
        gap = text[first.end : second.start]
        if (first.year is None) == (second.year is None) or not (first.day and second.day):
            continue
        if len(gap) > _RANGE_REACH or gap.strip().lower() not in _RANGE_WORDS:
            continue
        turns = (first.month, first.day) > (second.month, second.day)
        if second.year:
            year = second.year - turns
            found[place] = replace(first, year=year, rule=f"{first.rule}, year from the end of its range")
        elif first.year:
            year = first.year + turns
            found[place + 1] = replace(second, year=year, rule=f"{second.rule}, year from the start of its range")
    return found
