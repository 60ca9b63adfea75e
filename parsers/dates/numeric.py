"""Dates in figures: `2025-06-25` (ISO 8601), `2025/6/25`, `25/06/2025`, `25.6.2025`, and `20250625` standing alone.

A bare run of eight figures is a date only where it is all there is: in running text it is a telephone number.
A weekday may stand behind: `2025/6/25（星期三）`, `25/06/2025 (Wed)`.
"""

import re
from collections.abc import Iterator
from datetime import date

from parsers.dates.words import CHINESE_WEEKDAY, ENGLISH_WEEKDAY, weekday_of
from parsers.dates.written import Written, possible

# The look-behinds stand after the first figures: there they are tried at figures only, not at every character.
_YEAR_FIRST = re.compile(
    r"(?P<year>(?:19|20)\d{2})(?<![\w./-]\d{4})(?P<mark>[-/.])(?P<month>\d{1,2})(?P=mark)(?P<day>\d{1,2})"
    r"(?:(?![\w]|[-/.,]\d)|(?=T\d)|(?=-\d\d:)|(?=(?:19|20)\d\d-))",
    re.ASCII,
)
_YEAR_LAST = re.compile(
    r"(?P<one>\d(?<![\w./-]\d)\d?)(?P<mark>[-/.])(?P<two>\d{1,2})(?P=mark)(?P<year>(?:19|20)\d{2})(?![\w]|[-/.,]\d)",
    re.ASCII,
)
_COMPACT = re.compile(
    r"\A\s{0,9}(?:(?:date|dated|published)\s?:?\s?)?(?P<year>(?:19|20)\d{2})(?P<month>\d{2})(?P<day>\d{2})"
    r"(?=T\d|(?:\d{4}|\d{6})?\s{0,9}\Z)",
    re.IGNORECASE,
)
_WEEKDAY_AFTER = re.compile(
    rf" ?[（(] ?(?P<weekday>{CHINESE_WEEKDAY}|{ENGLISH_WEEKDAY}\.?) ?[)）]| ?(?P<bare>星期[一二三四五六日天])",
    re.IGNORECASE,
)


def numeric_dates(text: str, *, day_first: bool) -> Iterator[Written]:
    """The dates in figures. Where day and month could change places, `day_first` decides and the date says so."""
    for match in _YEAR_FIRST.finditer(text):
        iso = match["mark"] == "-" and len(match["month"]) == len(match["day"]) == 2
        yield from _figures(match, "iso 8601" if iso else "year first")
    for match in _YEAR_LAST.finditer(text):
        yield from _year_last(match, day_first)
    if match_alone := _COMPACT.match(text):
        yield from _figures(match_alone, "compact")


def _figures(match: re.Match[str], rule: str) -> Iterator[Written]:
    year, month, day = int(match["year"]), int(match["month"]), int(match["day"])
    end, weekday = _weekday_after(match)
    yield from possible(Written(match.start("year"), end, year, month, day, rule, weekday))


def _year_last(match: re.Match[str], day_first: bool) -> Iterator[Written]:
    one, two, year = int(match["one"]), int(match["two"]), int(match["year"])
    end, weekday = _weekday_after(match)
    ambiguous = one <= 12 and two <= 12 and one != two
    starts_with_day = one > 12 or (two <= 12 and day_first)
    if ambiguous and weekday is not None:
        orders = {True: date(year, two, one), False: date(year, one, two)}
        fitting = [order for order, on in orders.items() if on.weekday() == weekday]
        if len(fitting) == 1:
            ambiguous, starts_with_day = False, fitting[0]
    day, month = (one, two) if starts_with_day else (two, one)
    rule = f"numeric, {'day' if starts_with_day else 'month'} first"
    yield from possible(Written(match.start(), end, year, month, day, rule, weekday, ambiguous))


def _weekday_after(match: re.Match[str]) -> tuple[int, int | None]:
    """Where a date ends with the weekday behind it, and that weekday."""
    told = _WEEKDAY_AFTER.match(match.string, match.end())
    return (told.end(), weekday_of(told["weekday"] or told["bare"])) if told else (match.end(), None)
