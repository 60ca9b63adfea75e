"""Chinese dates: `2025年6月25日（星期三）`, `二〇二五年六月二十五日`, `民國114年6月25日`, `今年1月10日`, `2025年5月`.

The sign 月 is found first and what stands around it is read in a small window.
"""

import re
from collections.abc import Iterator

from parsers.dates.words import CHINESE_DIGITS, CHINESE_WEEKDAY, NUMERAL, number_of, weekday_of
from parsers.dates.written import Written, possible

_YEAR_AND_MONTH = re.compile(
    rf"(?:(?P<era>(?:中華|中华)?民[國国])?(?P<year>{NUMERAL}{{2,5}}) ?年 ?|(?P<era_first>(?:中華|中华)?民[國国])元年 ?"
    rf"|(?P<told>今年|本年|去年|上年|明年) ?)?(?<!{NUMERAL})(?P<month>{NUMERAL}{{1,2}}) ?\Z"
)
_DAY = re.compile(rf"月(?: ?(?P<day>{NUMERAL}{{1,3}}) ?[日號号])?(?: ?[（(]? ?(?P<weekday>{CHINESE_WEEKDAY}) ?[)）]?)?")
_RANGE = re.compile(rf" ?(?:至|到|[-~]) ?{NUMERAL}{{1,3}} ?[日號号]")
_REACH_BACK = 18
_MAY_PRECEDE = frozenset(f"0123456789{CHINESE_DIGITS}十元 ")  # 月
_REPUBLIC = 1911  # years before the first of the Republic of China
_YEARS_ON = {"今": 0, "本": 0, "去": -1, "上": -1, "明": 1}


def chinese_dates(text: str, *, zone: str) -> Iterator[Written]:
    """The dates written with 月, in reading order. Years of Taiwan's calendar need 民國 or a source there."""
    place = -1
    while (place := text.find("月", place + 1)) >= 0:
        if text[place - 1 : place] not in _MAY_PRECEDE:
            continue
        window_start = max(0, place - _REACH_BACK)
        before = _YEAR_AND_MONTH.search(text[window_start:place])
        after = _DAY.match(text, place)
        if before is None or after is None or (month := number_of(before["month"])) is None:
            continue
        day = number_of(after["day"]) if after["day"] else None
        year, rule = _year_of(before, zone)
        if rule and (day is not None or year is not None):
            yield from possible(
                Written(
                    start=window_start + before.start(),
                    end=after.end(),
                    year=year,
                    month=month,
                    day=day,
                    rule=_rule(rule, day, bool(_RANGE.match(text, after.end()))),
                    weekday=weekday_of(after["weekday"]) if after["weekday"] else None,
                    years_on=_YEARS_ON[before["told"][0]] if before["told"] else None,
                )
            )


def _rule(rule: str, day: int | None, ranges: bool) -> str:
    if day is None:
        return f"{rule} month"
    return f"{rule}, first day of a range" if ranges else rule


def _year_of(before: re.Match[str], zone: str) -> tuple[int | None, str]:
    """The year in front of a month and the rule; no rule where a year is written that cannot be one."""
    if before["era_first"]:
        return _REPUBLIC + 1, "republic of china year"
    if not before["year"]:
        return None, "chinese"
    year = number_of(before["year"])
    if year and (before["era"] or (80 <= year < 200 and zone == "Asia/Taipei")):
        return year + _REPUBLIC, "republic of china year"
    return (year, "chinese") if year and 1800 <= year < 2200 else (None, "")
