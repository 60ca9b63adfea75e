"""The year of an event that its text dates without one, when the text alone settles it.

Several independent signs are read; a year is given only when all that speak agree, and when the weekday written
with the day, if any, fits it. A text that names a year in passing (a founding, a target, last year's figures) settles
nothing.
"""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from parsers.dates.chinese import chinese_dates
from parsers.dates.english import named_dates
from parsers.dates.numeric import numeric_dates
from parsers.dates.words import PLAIN, number_of
from parsers.dates.written import Written

_LOOKED_AT = 20_000  # characters; what an article says of its year it says early
# Every year is found once; what it says is read in the few words around it.
_YEAR = re.compile(r"(?<![\d$.,/-])20\d\d(?![\d%]|[.,/-]\d)|20\d\d(?=年)|二[〇零○][〇零○一二三四五六七八九]{2}(?=年)")
_SENTENCE_MARK = re.compile(r"[.;。；\n]")
_WORDS_BETWEEN, _SIGNS_BETWEEN = 60, 16  # characters between a word and its year, in English and in Chinese

_REVIEW = (
    r"(?:review|summ(?:ed|ing|ary|ari[sz])|accomplish|achiev|look(?:ed|ing)? back|took stock|work (?:done|completed))"
)
_PLAN = (
    r"(?:plan(?:s|ned|ning)?\b|tasks?\b|goals?\b|priorit|outlin|deploy|arrang|map(?:s|ped|ping)? out"
    r"|look(?:ed|ing)? ahead|roadmap)"
)
_CHINESE_REVIEW = "(?:回顾|回顧|总结|總結|盘点|盤點)"
_CHINESE_PLAN = "(?:部署|安排|谋划|謀劃|展望|研究|规划|規劃|计划|計劃|重点任务|重點任務|工作要点|工作任务)"
_EVENT = (
    r"(?:conference|forum|summit|expo|fair|meeting|festival|congress|dialogue|exhibition|games|championships?"
    r"|symposium|seminar|convention|reception)"
)
_CHINESE_EVENT = (
    "(?:会议|會議|论坛|論壇|峰会|峰會|博览会|博覽會|大会|大會|年会|年會|展览|展覽|招待会|招待會|研讨会|研討會)"
)


_REVIEWED = {False: re.compile(_REVIEW, re.IGNORECASE), True: re.compile(_CHINESE_REVIEW)}
_PLANNED = {False: re.compile(_PLAN, re.IGNORECASE), True: re.compile(_CHINESE_PLAN)}
_EVENT_BEHIND = {
    False: re.compile(rf" (?:[A-Z][\w'’&-]* |of |on |for |the |and ){{0,8}}?{_EVENT}\b", re.IGNORECASE),
    True: re.compile(rf"[^，。；、年\n]{{0,16}}?{_CHINESE_EVENT}"),
}
_EVENT_BEFORE = re.compile(rf"\b{_EVENT} \Z", re.IGNORECASE)
# A meeting of a year's work may be held in the next one: 2024年度总结大会, the 2024 annual review meeting.
_OF_WORK = re.compile(r"年度|总结|總結|工作|述职|annual|year-end|review|summary|summing|work\b", re.IGNORECASE)
_THIS_YEAR = re.compile(r"(?:\bthis year[,(]? ?\(?|今年[（(，]?)\Z", re.IGNORECASE)
_PAST_MARK = re.compile(
    r"(?:found|establish|born|since|set up|dated|成立|创建|創建|创立|創立|出生|诞生|誕生|始建|自)", re.IGNORECASE
)
_NEIGHBOURHOOD = timedelta(days=31)

Sign = tuple[int, str]


class _Told(NamedTuple):
    """A year with the words of its sentence before and behind it; `chinese` where 年 follows."""

    year: int
    before: str
    behind: str
    chinese: bool


def infer_year(month: int, day: int, body: str) -> Sign | None:
    """The year of a month and day, and the reason in words; None when the text does not settle it.

    In a meeting that reviews 2024 and plans 2025, January 10 lies in 2025 and December 28 in 2024.
    """
    text = body[:_LOOKED_AT].translate(PLAIN)
    told = [*_years(text)]
    dates = [*named_dates(text), *chinese_dates(text, zone=""), *numeric_dates(text, day_first=True)]
    weekdays = {d.weekday for d in dates if d.year is None and (d.month, d.day) == (month, day)} - {None}
    signs = [
        *_same_day(month, day, dates),
        *_reviewed_and_planned(month, told),
        *_dates_nearby(month, day, text, dates),
        *_told_this_year(told),
        *_event_of_the_year(month, told),
    ]
    fitting = [sign for sign in signs if _fits(sign[0], month, day, weekdays)]
    if len({year for year, _ in signs}) != 1 or not fitting:
        return None
    return fitting[0]


def _fits(year: int, month: int, day: int, weekdays: set[int | None]) -> bool:
    on = _day(year, month, day)
    return on is not None and (not weekdays or weekdays == {on.weekday()})


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _same_day(month: int, day: int, dates: list[Written]) -> Iterator[Sign]:
    for found in dates:
        if found.year and (found.month, found.day) == (month, day) and not found.ambiguous:
            yield found.year, f"the same day stands with the year {found.year}"


def _reviewed_and_planned(month: int, told: list[_Told]) -> Iterator[Sign]:
    """Meetings around New Year look back on one year and ahead to the next."""
    reviewed = {year.year for year in told if _beside(_REVIEWED[year.chinese], year)}
    planned = {year.year for year in told if _beside(_PLANNED[year.chinese], year)}
    turns = [year for year in sorted(reviewed) if year + 1 in planned]
    if len(turns) == 1 and (month <= 3 or month >= 11):
        yield turns[0] + (month <= 3), f"{turns[0]} reviewed, {turns[0] + 1} planned"


def _dates_nearby(month: int, day: int, text: str, dates: list[Written]) -> Iterator[Sign]:
    """A day within a month of it that has its year; days of foundings and births do not count."""
    for found in dates:
        if (
            not (found.year and found.day)
            or found.ambiguous
            or _PAST_MARK.search(text[max(0, found.start - 40) : found.start])
        ):
            continue
        there = date(found.year, found.month, found.day)
        for year in (found.year - 1, found.year, found.year + 1):
            on = _day(year, month, day)
            if on and abs(on - there) <= _NEIGHBOURHOOD:
                yield year, f"{there} is near"


def _told_this_year(told: list[_Told]) -> Iterator[Sign]:
    for year in sorted({year.year for year in told if _THIS_YEAR.search(year.before)}):
        yield year, f"{year} is called this year"


def _event_of_the_year(month: int, told: list[_Told]) -> Iterator[Sign]:
    """An event that has its year in its name; towards the end of a year the name may be of the next one."""
    named = {year.year for year in told if _names_event(year)}
    if month <= 10 and len(named) == 1:
        (year,) = named
        yield year, f"an event named {year}"


def _names_event(told: _Told) -> bool:
    event = _EVENT_BEHIND[told.chinese].match(told.behind)
    if event:
        return _OF_WORK.search(event[0]) is None
    return _EVENT_BEFORE.search(told.before) is not None


def _years(text: str) -> Iterator[_Told]:
    for match in _YEAR.finditer(text):
        chinese = text.startswith("年", match.end())
        end = match.end() + chinese
        reach = _SIGNS_BETWEEN if chinese else _WORDS_BETWEEN
        year = number_of(match[0])
        if year:
            before = _SENTENCE_MARK.split(text[max(0, match.start() - reach - 20) : match.start()])[-1]
            behind = _SENTENCE_MARK.split(text[end : end + reach + 60], maxsplit=1)[0]
            yield _Told(year, before, behind, chinese)


def _beside(word: re.Pattern[str], told: _Told) -> bool:
    """Whether the word stands near the year, in the same sentence."""
    reach = _SIGNS_BETWEEN if told.chinese else _WORDS_BETWEEN
    if any(len(told.before) - found.end() <= reach for found in word.finditer(told.before)):
        return True
    found = word.search(told.behind)
    return found is not None and found.start() <= reach
