"""Dates in figures: `2025-06-25` (ISO 8601), `2025/6/25`, `25/06/2025`, `25.6.2025`, and `20250625` standing alone.

A bare run of eight figures is a date only where it is all there is: in running text it is a telephone number.
"""

import re
from collections.abc import Iterator

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
    yield from possible(Written(match.start("year"), match.end(), year, month, day, rule))


def _year_last(match: re.Match[str], day_first: bool) -> Iterator[Written]:
    one, two, year = int(match["one"]), int(match["two"]), int(match["year"])
    ambiguous = one <= 12 and two <= 12 and one != two
    starts_with_day = one > 12 or (two <= 12 and day_first)
    day, month = (one, two) if starts_with_day else (two, one)
    rule = f"numeric, {'day' if starts_with_day else 'month'} first"
    yield from possible(Written(match.start(), match.end(), year, month, day, rule, ambiguous=ambiguous))
