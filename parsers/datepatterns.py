"""The shapes in which dates are written, without the time of day.

A month's name or sign is found first and the words around it are read in a small window; every repetition is
bounded. So the work grows with the length of the text and never faster.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from parsers.datewords import (
    ALSO_WORDS,
    CHINESE_WEEKDAY,
    ENGLISH_MONTHS,
    ENGLISH_WEEKDAY,
    NUMERAL,
    OTHER_MONTHS,
    any_of,
    month_of,
    number_of,
    weekday_of,
)


@dataclass(frozen=True, slots=True)
class Written:
    """A date as written: `year` and `day` are None when they are not there, `weekday` is 0 (Monday) to 6."""

    start: int
    end: int
    year: int | None
    month: int
    day: int | None
    weekday: int | None
    rule: str
    ambiguous: bool = False


_MONTH_NAME = re.compile(rf"(?<![^\W\d_])(?:{any_of(ENGLISH_MONTHS | OTHER_MONTHS)})(?![^\W\d_])", re.IGNORECASE)
_ORDINAL = r"(?:st|nd|rd|th|er|º|°|\.)?"
_YEAR = r"(?:1[89]|20|21)\d{2}(?!\d)"
_BEFORE_NAME = re.compile(
    rf"(?:(?<![A-Za-z])(?P<weekday>{ENGLISH_WEEKDAY})\.?(?:,| the|\)?)? ?/? ?)?"
    rf"(?<![\d.,$/:])(?:(?P<first>\d{{1,2}}){_ORDINAL} ?(?:-|to|and|&|bis|au) ?)?"
    rf"(?P<day>\d{{1,2}}){_ORDINAL}(?: day)?(?: of| de| d'| do)?[ ./-]{{0,2}}\Z",
    re.IGNORECASE,
)
_WEEKDAY_BEFORE = re.compile(rf"(?<![A-Za-z])(?P<weekday>{ENGLISH_WEEKDAY})\.?\)?,? ?(?:the )?\Z", re.IGNORECASE)
_YEAR_AFTER = re.compile(rf"\.?(?:,? (?:de |del |do )?|[-/]|, ?)?(?P<year>{_YEAR})")
_SHORT_YEAR_AFTER = re.compile(r"\.?(?P<dash>[- ])(?P<year>\d{2})(?= \d\d:\d\d)")
_DAY_AFTER = re.compile(
    rf"\.?[ -](?:the )?(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?![\d%:]|[.,/]\d(?!\d{{3}}))"
    rf"(?: ?(?:-|to|and|&) ?\d{{1,2}}(?:st|nd|rd|th)?(?![\d.]))?"
    rf"(?: ?\((?P<weekday>{ENGLISH_WEEKDAY})\.?\))?(?:,? ?(?P<year>{_YEAR}))?",
    re.IGNORECASE,
)
_DAY_AND_YEAR_AFTER = re.compile(rf"\.? \d{{1,2}}(?:st|nd|rd|th)?,? {_YEAR}")
_WEEKDAY_AFTER = re.compile(rf" ?[(,] ?(?P<weekday>{ENGLISH_WEEKDAY})\.?\)?(?![A-Za-z])", re.IGNORECASE)
_REACH_BACK = 48

_CHINESE = re.compile(
    rf"(?:(?P<era>民國|民国)?(?P<year>{NUMERAL}{{2,5}}) ?年 ?|(?P<era_first>民國|民国)元年 ?)?"
    rf"(?<!{NUMERAL})(?P<month>{NUMERAL}{{1,2}}) ?月(?: ?(?P<day>{NUMERAL}{{1,3}}) ?[日號号])?"
    rf"(?: ?[（(]? ?(?P<weekday>{CHINESE_WEEKDAY}) ?[)）]?)?"
)
_YEAR_FIRST = re.compile(
    r"(?<![\w./-])(?<![,:]\d)(?P<year>(?:19|20)\d{2})(?P<mark>[-/.])(?P<month>\d{1,2})(?P=mark)(?P<day>\d{1,2})"
    r"(?:(?![\w]|[-/.,]\d)|(?=T\d)|(?=-\d\d:)|(?=(?:19|20)\d\d-))",
    re.ASCII,
)
_NUMERIC = re.compile(
    r"(?<![\w./-])(?P<one>\d{1,2})(?P<mark>[-/.])(?P<two>\d{1,2})(?P=mark)(?P<year>(?:19|20)\d{2})(?![\w]|[-/.,]\d)",
    re.ASCII,
)
_COMPACT = re.compile(
    r"\A\s{0,9}(?:(?:date|dated|published)\s?:?\s?)?(?P<year>(?:19|20)\d{2})(?P<month>\d{2})(?P<day>\d{2})(?=T\d|\s{0,9}\Z)",
    re.IGNORECASE,
)


def written_dates(text: str, *, zone: str, day_first: bool) -> list[Written]:
    """The dates of a text in reading order, each a possible one; where two overlap, the earlier and longer first."""
    found = [*_named(text), *_chinese(text, zone), *_year_first(text), *_numeric(text, day_first)]
    if compact := _COMPACT.match(text):
        found += _checked(compact.start("year"), compact.end(), *map(int, compact.groups()), None, "compact")
    return sorted(found, key=lambda written: (written.start, -written.end))


def _checked(
    start: int, end: int, year: int | None, month: int, day: int | None, weekday: int | None, rule: str
) -> Iterator[Written]:
    """The date if the calendar has it; 29 February passes where the year is open."""
    try:
        date(year or 2024, month, day or 1)
    except ValueError:
        return
    yield Written(start, end, year, month, day, weekday, rule)


def _named(text: str) -> Iterator[Written]:
    for name in _MONTH_NAME.finditer(text):
        month = month_of(name[0])
        if month is None:
            continue
        window_start = max(0, name.start() - _REACH_BACK)
        window = text[window_start : name.start()]
        english = name[0].lower() in ENGLISH_MONTHS
        for written in _around(text, window, window_start, name, month):
            shy = not english or (name[0].islower() and name[0].lower() in ALSO_WORDS)
            if written.year is not None or not shy:
                yield written
            break


def _around(text: str, window: str, window_start: int, name: re.Match[str], month: int) -> Iterator[Written]:
    before = _BEFORE_NAME.search(window)
    if before and not _DAY_AND_YEAR_AFTER.match(text, name.end()):
        yield from _day_first(text, window_start, before, name, month)
    after = _DAY_AFTER.match(text, name.end())
    if after:
        told = _WEEKDAY_BEFORE.search(window)
        start = window_start + told.start() if told else name.start()
        weekday = (told and told["weekday"]) or after["weekday"]
        year = int(after["year"]) if after["year"] else None
        day = int(after["day"])
        yield from _checked(start, after.end(), year, month, day, weekday_of(weekday) if weekday else None, "english")
    year_after = _YEAR_AFTER.match(text, name.end())
    if year_after and not before:
        yield from _checked(name.start(), year_after.end(), int(year_after["year"]), month, None, None, "english month")


def _day_first(
    text: str, window_start: int, before: re.Match[str], name: re.Match[str], month: int
) -> Iterator[Written]:
    end, year = name.end(), None
    if told := _YEAR_AFTER.match(text, end):
        end, year = told.end(), int(told["year"])
    elif told := _SHORT_YEAR_AFTER.match(text, end):  # RFC 2822, 4.3: 00 to 49 are this century
        end, year = told.end(), int(told["year"]) + (2000 if int(told["year"]) < 50 else 1900)
    weekday = before["weekday"]
    if weekday is None and (told := _WEEKDAY_AFTER.match(text, end)):
        end, weekday = told.end(), told["weekday"]
    day = int(before["first"] or before["day"])
    yield from _checked(
        window_start + before.start(), end, year, month, day, weekday_of(weekday) if weekday else None, "english"
    )


def _chinese(text: str, zone: str) -> Iterator[Written]:
    for match in _CHINESE.finditer(text):
        year, month = number_of(match["year"]) if match["year"] else None, number_of(match["month"])
        day = number_of(match["day"]) if match["day"] else None
        rule = "chinese"
        if match["era_first"]:
            year = 1
        if match["era"] or match["era_first"] or (year and 80 <= year < 200 and zone == "Asia/Taipei"):
            year, rule = (year or 1) + 1911, "republic of china year"
        elif match["year"] and not (year and 1800 <= year < 2200):
            continue
        if month is None or (day is None and year is None):
            continue
        weekday = weekday_of(match["weekday"]) if match["weekday"] else None
        rule = rule if day else f"{rule} month"
        yield from _checked(match.start(), match.end(), year, month, day, weekday, rule)


def _year_first(text: str) -> Iterator[Written]:
    for match in _YEAR_FIRST.finditer(text):
        rule = "iso 8601" if match["mark"] == "-" and len(match["month"]) == 2 == len(match["day"]) else "year first"
        year, month, day = int(match["year"]), int(match["month"]), int(match["day"])
        yield from _checked(match.start(), match.end(), year, month, day, None, rule)


def _numeric(text: str, day_first: bool) -> Iterator[Written]:
    for match in _NUMERIC.finditer(text):
        one, two, year = int(match["one"]), int(match["two"]), int(match["year"])
        ambiguous = one <= 12 and two <= 12 and one != two
        day, month = (one, two) if two > 12 < one or (day_first and two <= 12) or one > 12 else (two, one)
        for written in _checked(match.start(), match.end(), year, month, day, None, "numeric"):
            yield Written(
                written.start, written.end, year, month, day, None, f"numeric, {'day' if day == one else 'month'} first",
                ambiguous,
            )
