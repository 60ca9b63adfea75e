"""Where those that a release has named in full are named again: Mr Lee, 麥局長, the Chief Executive, the FSD."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from parsers.chineseforms import simplified
from parsers.people.gazetteer import words
from parsers.people.mention import Kind

BUCKET = 50  # names that begin alike and are looked for; a text made to hurt has thousands
_CAPITAL = re.compile(r"(?<![\w’'-])[A-ZÀ-ÖØ-ÞĀ-Ž][\w]*")
_HONORIFIC = re.compile(r"\b(?:" + "|".join(sorted(words("english", "honorifics"))) + r")\.?[ \u00a0]$")
_WORD_GOES_ON = re.compile(r"[\w]|-\w|['’](?!s\b)\w")
_BODY_GOES_ON = re.compile("办公|事务|政策组|会同")
_COURTESY = ("先生", "女士", "小姐", "太太", "夫人")


@dataclass(frozen=True, slots=True)
class Subject:
    """Somebody or something that a release names, and how it may be named again."""

    kind: Kind
    name: str
    role: str | None
    short: tuple[str, ...] = ()  # abbreviations the text defines


@dataclass(frozen=True, slots=True)
class Again:
    """A place where subject number `subject` is named again."""

    start: int
    end: int
    subject: int
    confidence: float
    rule: str


Spelling = tuple[str, int, float, str]  # as written, subject, confidence, rule


def again_in_english(text: str, subjects: Sequence[Subject]) -> Iterator[Again]:
    """By full name, by office, by abbreviation, and by Mr or Dr with the family name."""
    spelt = _bucketed(
        _spellings(subjects), lambda written: written.split(" ")[0].split("-")[0].split("’")[0].split("'")[0]
    )
    family: dict[str, list[int]] = {}
    for number, one in enumerate(subjects):
        if one.kind == "person":
            for part in dict.fromkeys(_family(one.name)):
                family.setdefault(part, []).append(number)
    until = 0
    for word in _CAPITAL.finditer(text):
        if word.start() < until:
            continue
        hit = _longest(text, word.start(), spelt.get(word[0], ()), _WORD_GOES_ON)
        if hit is None and word[0] in family and _HONORIFIC.search(text, max(0, word.start() - 12), word.start()):
            hit = _called(word, text, family)
        if hit:
            yield hit
            until = hit.end


def _called(word: re.Match[str], text: str, family: dict[str, list[int]]) -> Again | None:
    if _WORD_GOES_ON.match(text, word.end()):
        return None
    told = family[word[0]]
    honorific = _HONORIFIC.search(text, max(0, word.start() - 12), word.start())
    start = honorific.start() if honorific else word.start()
    return Again(start, word.end(), told[0], 0.95 if len(told) == 1 else 0.5, "family_name")


def again_in_chinese(text: str, subjects: Sequence[Subject]) -> Iterator[Again]:
    """By full name, by office, by short form, and by family name with a title; `text` in Simplified characters."""
    spellings = [(simplified(written), number, sure, rule) for written, number, sure, rule in _spellings(subjects)]
    titled: dict[str, list[Spelling]] = {}
    for number, one in enumerate(subjects):
        if one.kind == "person":
            name, role = simplified(one.name), simplified(one.role or "")
            for title in (*_COURTESY, *([role[-2:]] if len(role) >= 2 else [])):
                titled.setdefault(name[0] + title, []).append((name[0] + title, number, 0.9, "family_name"))
    spellings.extend(told[0] for told in titled.values() if len(told) == 1)
    spelt = _bucketed(spellings, lambda written: written[0])
    if not spelt:
        return
    until = 0
    for first in re.finditer(f"[{re.escape(''.join(spelt))}]", text):
        if first.start() >= until and (hit := _longest(text, first.start(), spelt[first[0]], _BODY_GOES_ON)):
            yield hit
            until = hit.end


def _spellings(subjects: Sequence[Subject]) -> Iterator[Spelling]:
    roles: dict[str, list[int]] = {}
    for number, one in enumerate(subjects):
        yield one.name, number, 0.95, "again"
        for short in one.short:
            yield short, number, 0.95, "short_form"
        if one.kind == "person" and one.role and one.role[0] == one.role[0].upper() and len(one.role) > 3:
            roles.setdefault(one.role, []).append(number)
    for role, told in roles.items():
        if len(told) == 1:
            yield role, told[0], 0.85, "by_office"


def _bucketed(spellings: Iterator[Spelling] | list[Spelling], key: Callable[[str], str]) -> dict[str, list[Spelling]]:
    spelt: dict[str, list[Spelling]] = {}
    for one in sorted(spellings, key=lambda one: (-len(one[0]), one)):
        bucket = spelt.setdefault(key(one[0]), [])
        if len(bucket) < BUCKET:
            bucket.append(one)
    return spelt


def _longest(text: str, at: int, spellings: Sequence[Spelling], goes_on: re.Pattern[str]) -> Again | None:
    for written, number, sure, rule in spellings:
        if text.startswith(written, at) and not goes_on.match(text, at + len(written)):
            return Again(at, at + len(written), number, sure, rule)
    return None


def _family(name: str) -> tuple[str, ...]:
    """The words by which somebody may be called: Lee of John Lee, Tang of Tang Ping-keung, Cui of Cui Jianchun."""
    told = name.split(" ")
    if len(told) == 1:
        return (told[0],)
    if "-" in told[-1] and told[0] in words("english", "family_names"):
        return (told[0],)
    if len(told) == 2 and told[0] in words("english", "family_names"):
        return (told[1], told[0]) if told[1] in words("english", "family_names") else (told[0], told[1])
    return (told[-1],)
