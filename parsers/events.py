"""The day a release tells of, where its first paragraph names one; never the day it was issued.

Three forms count: a paragraph that opens with the day (`On the afternoon of January 10, ...`, `1月10日下午，`),
a day in brackets after today or yesterday (`today (November 26)`, `今日（十一月二十六日）`), and a day something
was done on (`held ... on June 25`). A day without its year gets one only with a reason: the publication day, or
what the text says about years.
"""

import re
from dataclasses import dataclass
from datetime import date

from parsers import dates
from parsers.dates import Found
from parsers.records import Stamp, clip

LOOKED_AT = 700  # characters of the first paragraph
YEARS_LOOKED_AT = 20_000  # characters of the body that may settle a year

_MONTH = r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_ENGLISH_DAY = rf"(?:{_MONTH} \d{{1,2}}\b|\d{{1,2}} {_MONTH}\b)"
_OPENING = re.compile(
    rf"(?:Beijing, )?On (?:the (?:early )?(?:morning|afternoon|evening|night) of )?(?:\w+day, )?(?={_ENGLISH_DAY})"
    r"|(?=(?:(?:19|20)\d\d年|今年)?\d{1,2}月\d{1,2}日)"
)
_IN_BRACKETS = re.compile(
    rf"\((?<=day \(|ght \(|ing \(|oon \()(?={_MONTH} \d{{1,2}}\))"
    r"|[（(](?<=[日天晚午晨早][（(])(?=[十一二三四五六七八九\d]{1,2}月)"
)
_DONE_ON = re.compile(
    r"\b(?:held|opened|convened|hosted|attended|took place|kicked off|met|visited|signed|launched|delivered)\b"
    rf"[^.。]{{0,160}}?\bon (?={_ENGLISH_DAY})"
)
_ON_A_DAY = re.compile(rf"on (?={_ENGLISH_DAY})")  # found, or not, many times faster than what may stand before it


@dataclass(frozen=True, slots=True)
class Event:
    """The day told of and what it rests on."""

    stamp: Stamp
    text: str


def event_in(paragraph: str, body: str, *, zone: str, day_first: bool, published_on: date | None) -> Event | None:
    """The day the first paragraph tells of; None when it names none, or none whose year is known."""
    head = paragraph[:LOOKED_AT]
    for form, rule in _FORMS:
        match = form(head)
        if match is None:
            continue
        found = dates.find(head[match.end() : match.end() + 40], zone=zone, day_first=day_first, reference=published_on)
        if found and found[0].start <= 2 and found[0].day:
            on, reason = _dated(found[0], body, published_on)
            written = (match[0][-60:] + found[0].text.split(",")[0]).strip(" （(")
            return _event(on, rule, written, reason, zone) if on else None
    return None


def _in_brackets(head: str) -> re.Match[str] | None:
    return _IN_BRACKETS.search(head) if "(" in head or "（" in head else None


def _done_on(head: str) -> re.Match[str] | None:
    return _DONE_ON.search(head) if _ON_A_DAY.search(head) else None


_FORMS = (
    (_OPENING.match, "opening of the story"),
    (_in_brackets, "day in brackets"),
    (_done_on, "day something was done"),
)


def _dated(found: Found, body: str, published_on: date | None) -> tuple[date | None, str]:
    """The day with its year, and what the year rests on; no reason where it is written."""
    if found.year_given:
        return found.on, ""
    if found.on:
        return found.on, f"the year nearest to the publication day {published_on}"
    inferred = dates.infer_year(found.month, found.day or 0, body[:YEARS_LOOKED_AT])
    if inferred is None:
        return None, ""
    year, why = inferred
    return _day(year, found), f"the year {year} from the text: {why}"


def _event(on: date, rule: str, written: str, reason: str, zone: str) -> Event:
    stamp = Stamp(
        at=None,
        on=on,
        precision="day",
        zone=zone,
        text=clip(written),
        rule=f"{rule}, year inferred" if reason else rule,
        basis="inferred" if reason else "stated",
    )
    return Event(stamp, clip(f"{written}; {reason}" if reason else written))


def _day(year: int, found: Found) -> date | None:
    try:
        return date(year, found.month, found.day or 0)
    except ValueError:
        return None
