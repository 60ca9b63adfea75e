"""Dates with a month's name: `Wednesday, June 25, 2025`, `25 June 2025`, `Wed, 25 Jun 2025` (RFC 2822), `May 2025`.

The name is found first and the words around it are read in a small window, with bounded repetitions, so that
the work grows with the length of the text and never faster. German, French and other month names count only with
a year beside them.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from parsers.dates.words import ALSO_WORDS, ENGLISH_MONTHS, ENGLISH_WEEKDAY, month_of, weekday_of
from parsers.dates.written import Written, possible

# Any word that begins as a month does; which are months a table says, faster than an alternation would.
_WORD = re.compile(r"[adefgjlmnosADEFGJLMNOS](?<![^\W\d_].)[a-zA-Zéûäç]{2,9}(?![^\W\d_])", re.DOTALL)
_ORDINAL = r"(?:st|nd|rd|th|er|º|°|\.)?"
_YEAR = r"(?:1[89]|20|21)\d{2}(?!\d)"
_WEEKDAY = rf"(?<![A-Za-z])(?P<weekday>{ENGLISH_WEEKDAY})\.?"
_DAY_BEFORE = re.compile(
    rf"(?:{_WEEKDAY}(?:,| the|\))? ?/? ?)?"
    rf"(?<![\d.,$/:])(?:(?P<first>\d{{1,2}}){_ORDINAL} ?(?:-|to|and|&|bis|au) ?)?"
    rf"(?P<day>\d{{1,2}}){_ORDINAL}(?: day)?(?: of| de| d'| do)?[ ./-]{{0,2}}\Z",
    re.IGNORECASE,
)
_WEEKDAY_BEFORE = re.compile(rf"{_WEEKDAY}\)?,? ?(?:the )?\Z", re.IGNORECASE)
_WEEKDAY_AFTER = re.compile(rf" ?[(,] ?(?P<weekday>{ENGLISH_WEEKDAY})\.?\)?(?![A-Za-z])", re.IGNORECASE)
_YEAR_AFTER = re.compile(rf"\.?(?:,?[ ](?:de |del |do )?|[-/]|,\s?)?(?P<year>{_YEAR})", re.IGNORECASE)
_YEAR_BEHIND_TIME = re.compile(rf" \d\d:\d\d(?::\d\d)? (?:[A-Z]{{3,4}} )?(?P<year>{_YEAR})")  # as asctime() writes it
_SHORT_YEAR_AFTER = re.compile(r"\.?[- ](?P<year>\d{2})(?= \d\d:\d\d)")
_DAY_AFTER = re.compile(
    rf"\.?[ -](?:the )?(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?![\d%:A-Za-z]|[.,/]\d(?!\d{{3}}))"
    rf"(?P<range> ?(?:-|to|and|&) ?\d{{1,2}}(?:st|nd|rd|th)?(?![\d.:]))?"
    rf"(?: ?\((?P<weekday>{ENGLISH_WEEKDAY})\.?\))?(?:(?:,\s?| )?(?P<year>{_YEAR}))?",
    re.IGNORECASE,
)
_DAY_AND_YEAR_AFTER = re.compile(rf"\.? \d{{1,2}}(?:st|nd|rd|th)?,? {_YEAR}")
_MORE_OF_A_NUMBER = re.compile(r"['’]?[./-]?\d")
_TOLD_YEAR = re.compile(r",? (?:of )?(?P<word>this|last|next) year\b", re.IGNORECASE)
_YEARS_ON = {"this": 0, "last": -1, "next": 1}
_FIGURE = re.compile(r"\d")
_REACH_BACK = 48
_FIGURES_WITHIN = 9  # characters on either side of the name


def named_dates(text: str) -> Iterator[Written]:
    """The dates with a month's name, in reading order."""
    for name in _WORD.finditer(text):
        month = month_of(name[0])
        if month and _FIGURE.search(text, max(0, name.start() - _FIGURES_WITHIN), name.end() + _FIGURES_WITHIN):
            yield from _around(text, name, month)


def _around(text: str, name: re.Match[str], month: int) -> Iterator[Written]:
    window_start = max(0, name.start() - _REACH_BACK)
    window = text[window_start : name.start()]
    before = _DAY_BEFORE.search(window)
    if before and not _DAY_AND_YEAR_AFTER.match(text, name.end()):
        found = _day_first(text, window_start, before, name, month)
    elif after := _DAY_AFTER.match(text, name.end()):
        found = _month_first(text, window_start, _WEEKDAY_BEFORE.search(window), name, month, after)
    elif year := _YEAR_AFTER.match(text, name.end()):
        found = Written(name.start(), year.end(), int(year["year"]), month, None, "english month")
    else:
        return
    if found and (found.year or _plainly_english(name[0])):
        yield from possible(found)


def _plainly_english(name: str) -> bool:
    lower = name.lower()
    return lower in ENGLISH_MONTHS and not (name == lower and lower in ALSO_WORDS)


def _day_first(text: str, window_start: int, before: re.Match[str], name: re.Match[str], month: int) -> Written | None:
    end, year = name.end(), None
    if told := _YEAR_AFTER.match(text, end):
        end, year = told.end(), int(told["year"])
    elif told := _SHORT_YEAR_AFTER.match(text, end):  # RFC 2822, 4.3: 00 to 49 are this century
        end, year = told.end(), int(told["year"]) + (2000 if int(told["year"]) < 50 else 1900)
    elif _MORE_OF_A_NUMBER.match(text, end):
        return None
    weekday = before["weekday"]
    if weekday is None and (told := _WEEKDAY_AFTER.match(text, end)):
        end, weekday = told.end(), told["weekday"]
    return _with_told_year(
        text,
        Written(
            start=window_start + before.start(),
            end=end,
            year=year,
            month=month,
            day=int(before["first"] or before["day"]),
            rule="english, first day of a range" if before["first"] else "english",
            weekday=weekday_of(weekday) if weekday else None,
        ),
    )


def _month_first(
    text: str,
    window_start: int,
    before: re.Match[str] | None,
    name: re.Match[str],
    month: int,
    after: re.Match[str],
) -> Written:
    weekday, end, until = (before and before["weekday"]) or after["weekday"], after.end(), 0
    year = int(after["year"]) if after["year"] else None
    if weekday is None and (told := _WEEKDAY_AFTER.match(text, end)):
        end, weekday = told.end(), told["weekday"]
    if year is None and (behind := _YEAR_BEHIND_TIME.match(text, end)):
        year, until = int(behind["year"]), behind.end()
    return _with_told_year(
        text,
        Written(
            start=window_start + before.start() if before else name.start(),
            end=end,
            year=year,
            month=month,
            day=int(after["day"]),
            rule="english, first day of a range" if after["range"] else "english",
            weekday=weekday_of(weekday) if weekday else None,
            until=until,
        ),
    )


def _with_told_year(text: str, found: Written) -> Written:
    if found.year is None and (told := _TOLD_YEAR.match(text, found.end)):
        return replace(found, end=told.end(), years_on=_YEARS_ON[told["word"].lower()])
    return found
