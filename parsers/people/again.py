"""Where those that a release has named in full are named again: Mr Lee, 麥局長, the Chief Executive, the FSD."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from parsers.chineseforms import simplified
from parsers.people import courtesy
from parsers.people.chinese_names import DOTS
from parsers.people.chinese_words import chinese, family_names
from parsers.people.courtesy import Bearers
from parsers.people.gazetteer import words
from parsers.people.mention import Kind

BUCKET = 50  # names that begin alike and are looked for; a text made to hurt has thousands
_CAPITAL = re.compile(r"(?<![\w’'-])[A-ZÀ-ÖØ-ÞĀ-Ž][\w]*")
_WORD_GOES_ON = re.compile(r"[\w]|-\w|['’](?!s\b)\w")
_BODY_GOES_ON = re.compile("办公|事务|政策组|会同")


@dataclass(frozen=True, slots=True)
class Subject:
    """Somebody or something that a release names, and how it may be named again."""

    kind: Kind
    name: str
    role: str | None
    short: tuple[str, ...] = ()  # abbreviations the text defines
    also: tuple[str, ...] = ()  # other offices
    met: frozenset[str] = frozenset()  # men, women: as whom the text addresses them


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
    bearers = _bearers(subjects)
    until = 0
    for word in _CAPITAL.finditer(text):
        if word.start() < until:
            continue
        hit = _longest(text, word.start(), spelt.get(word[0], ()), _WORD_GOES_ON)
        if hit is None and word[0] in family and not _WORD_GOES_ON.match(text, word.end()):
            hit = _called(word, text, family[word[0]], bearers)
        if hit:
            yield hit
            until = hit.end


def _called(word: re.Match[str], text: str, told: Sequence[int], bearers: Bearers) -> Again | None:
    honorific = courtesy.before(text, word.start())
    meant = bearers.in_english(text, word.span(), told) if honorific else None
    if meant is None:
        return None
    last = honorific.split()[-1]
    return Again(text.rindex(last, 0, word.start()), word.end(), *meant, "family_name")


def _bearers(subjects: Sequence[Subject]) -> Bearers:
    return Bearers({number: one.met for number, one in enumerate(subjects) if one.kind == "person"})


def again_in_chinese(text: str, subjects: Sequence[Subject]) -> Iterator[Again]:
    """By full name, by office, by short form, and by family name with a title; `text` in Simplified characters."""
    spellings = [(simplified(written), number, sure, rule) for written, number, sure, rule in _spellings(subjects)]
    titled, family = _by_family_name(subjects)
    spellings.extend(told[0] for told in titled.values() if len(told) == 1)
    spellings.extend((name + way, -1, 0.0, "family_name") for name in family for way in courtesy.CHINESE)
    spelt = _bucketed(spellings, lambda written: written[0])
    if not spelt:
        return
    bearers = _bearers(subjects)
    until = 0
    for first in re.finditer(f"[{re.escape(''.join(spelt))}]", text):
        if first.start() < until:
            continue
        hit = _longest(text, first.start(), spelt[first[0]], _BODY_GOES_ON)
        if hit and hit.subject < 0:
            meant = bearers.in_chinese(text, (hit.start, hit.end), family[text[hit.start : hit.end - 2]])
            hit = Again(hit.start, hit.end, *meant, hit.rule) if meant else None
        if hit:
            yield hit
            until = hit.end


def _by_family_name(subjects: Sequence[Subject]) -> tuple[dict[str, list[Spelling]], dict[str, list[int]]]:
    """麥局長 -> who is called so, and 麥 -> whose name that is."""
    titled: dict[str, list[Spelling]] = {}
    family: dict[str, list[int]] = {}
    for number, one in enumerate(subjects):
        for name in _family_in_chinese(simplified(one.name)) if one.kind == "person" else ():
            family.setdefault(name, []).append(number)
            title = name + simplified(one.role or "")[-2:]
            if len(title) - len(name) == 2:
                titled.setdefault(title, []).append((title, number, 0.9, "family_name"))
    return titled, family


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


def _family_in_chinese(name: str) -> tuple[str, ...]:
    """歐陽 of 歐陽晴, 林 and 林鄭 of 林鄭月娥, the last part of a name with dots."""
    for dot in DOTS:
        if dot in name:
            return (name.rsplit(dot, 1)[1],)
    if name[:2] in chinese("compound_names"):
        return (name[:2],)
    return (name[0], name[:2]) if len(name) == 4 and name[1] in family_names() else (name[0],)
