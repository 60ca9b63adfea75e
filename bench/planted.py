"""What planted texts are: an issue as a publisher put it out, and a pair of issues with the verdicts that are right.

There are two halves. `open` is for building the rule; `final` has other seeds and other series, and is looked at
once, for the figure that is told.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from datetime import time as clock
from random import Random
from typing import Literal

from bench.generator import body_of, filled
from bench.words import ENGLISH, SIMPLIFIED, TRADITIONAL, Words

Half = Literal["open", "final"]
SEEDS: dict[Half, int] = {"open": 20_261_123, "final": 7_300_411}
FIRST_DAY = date(2019, 3, 4)
LANGUAGES: dict[str, Words] = {"en": ENGLISH, "zh-Hant": TRADITIONAL, "zh-Hans": SIMPLIFIED}


@dataclass(frozen=True, slots=True)
class Issue:
    """One text as it was put out. `at` is None where only the day is stated."""

    title: str
    paragraphs: tuple[str, ...]
    language: str
    publisher: str
    on: date
    at: clock | None
    url: str

    @property
    def body(self) -> str:
        return "\n\n".join(self.paragraphs)


@dataclass(frozen=True, slots=True)
class Planted:
    """Two issues, the older first. `right` are the relations that are right, `none` being one of them."""

    kind: str
    older: Issue
    newer: Issue
    right: frozenset[str]


def chance_of(half: Half, about: str, number: int) -> Random:
    """The same for the same half, kind and number; never the same for two of them."""
    return Random(f"{SEEDS[half]} {about} {number}")


def base_issue(chance: Random, language: str, number: int) -> Issue:
    """An ordinary release of about 3 kB, or of a third of that, with the publisher's own foot."""
    words = LANGUAGES[language]
    body = body_of(chance, words)
    body = body[: max(3, len(body) // 3)] if chance.random() < 0.3 else body
    on = FIRST_DAY + timedelta(days=chance.randrange(2_000))
    issued = clock(chance.randrange(8, 22), chance.randrange(60))
    title = filled(chance, words, words.titles)
    return Issue(
        title=title,
        paragraphs=(*_dated(chance, body, on, language), *foot(on, issued, language)),
        language=language,
        publisher="planted.example",
        on=on,
        at=issued if chance.random() < 0.7 else None,
        url=f"https://planted.example/{on:%Y%m}/{on:%d}/P{on:%Y%m%d}{number:05d}.htm",
    )


def _dated(chance: Random, body: list[str], on: date, language: str) -> list[str]:
    """The body with a sentence that names a day and a person, to have something to correct."""
    told = spoken_day(on + timedelta(days=chance.randrange(3, 40)), language)
    person = chance.choice(LANGUAGES[language].people)
    said = {
        "en": f"The next meeting, to be chaired by {person}, will take place on {told}.",
        "zh-Hant": f"下次會議將於{told}舉行，由{person}主持。",
        "zh-Hans": f"下次会议将于{told}召开，由{person}主持。",
    }[language]
    place = chance.randrange(1, len(body))
    return [*body[:place], said, *body[place:]]


def spoken_day(day: date, language: str) -> str:
    """A day as running text names it."""
    if language == "en":
        return f"{day:%A}, {day:%B} {day.day}"
    return f"{day.month}月{day.day}日（{'週' if language == 'zh-Hant' else '周'}{'一二三四五六日'[day.weekday()]}）"


def foot(on: date, issued: clock, language: str) -> tuple[str, ...]:
    """What stands under every text of the publisher."""
    if language == "en":
        return (f"Ends/{on:%A}, {on:%B} {on.day}, {on.year}", f"Issued at HKT {issued:%H:%M}", "NNNN")
    if language == "zh-Hant":
        return ("完", f"{on.year}年{on.month}月{on.day}日", f"香港時間{issued.hour}時{issued.minute:02d}分", "NNNN")
    return (f"（{on.year}年{on.month}月{on.day}日发布）",)


def elsewhere(issue: Issue, number: int, *, later: int, publisher: str = "planted.example") -> Issue:
    """The same text under a new address, some days later."""
    on = issue.on + timedelta(days=later)
    moved = None
    if issue.at:
        instant = datetime.combine(on, issue.at) + timedelta(minutes=25)
        moved = instant.time() if instant.date() == on else clock(23, 59)
    url = f"https://{publisher}/{on:%Y%m}/{on:%d}/P{on:%Y%m%d}{number:05d}.htm"
    return replace(issue, on=on, at=moved, url=url, publisher=publisher)
