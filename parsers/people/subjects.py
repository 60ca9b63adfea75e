"""Whom and what a text names, each once, of all the places where it does."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache

from parsers.chineseforms import simplified
from parsers.people.again import Subject
from parsers.people.chinese_words import chinese
from parsers.people.gazetteer import words
from parsers.people.mention import Found, Kind


def subjects_of(
    kept: Sequence[Found], short: Callable[[Found], str | None], met: Callable[[Found], str]
) -> tuple[list[Subject], list[int]]:
    """Whom and what the mentions mean, each once, and which of them each mention means.

    :param short: the abbreviation that a text defines where a body is named.
    :param met: men or women, as whom the text addresses somebody where he or she is named; "" for neither.
    """
    names = {one.name for one in kept if one.kind == "person"}
    full = {part: name for name in names if " " in name for part in (name.split(" ")[-1],)}
    roles: dict[str, str] = {}
    holders: dict[str, set[str]] = {}
    for one in kept:
        if one.kind == "person" and one.role:
            name = full.get(one.name, one.name)
            roles[name] = max(roles.get(name, ""), one.role, key=len)
            holders.setdefault(one.role.casefold(), set()).add(name)
    numbers: dict[tuple[Kind, str], int] = {}
    subjects: list[Subject] = []
    of: list[int] = []
    for one in kept:
        kind, name = one.kind, full.get(one.name, one.name) if one.kind == "person" else one.name
        told = holders.get(name.casefold(), set())
        if kind == "post" and len(told) == 1:
            kind, name = "person", next(iter(told))
        number = numbers.setdefault((kind, name.casefold()), len(subjects))
        if number == len(subjects):
            subjects.append(Subject(kind, name, roles.get(name) if kind == "person" else None))
        of.append(number)
    places: list[list[Found]] = [[] for _ in subjects]
    for one, number in zip(kept, of, strict=True):
        places[number].append(one)
    return [_with_ways(one, places[number], short, met) for number, one in enumerate(subjects)], of


def _with_ways(
    one: Subject, places: Sequence[Found], short: Callable[[Found], str | None], met: Callable[[Found], str]
) -> Subject:
    if one.kind == "body":
        return replace(one, short=tuple(sorted({form for form in map(short, places) if form})))
    if one.kind == "post":
        return one
    people = [place for place in places if place.kind == "person"]
    offices = {office for place in people for office in (place.role, *place.also) if office}
    ways = {met(place) for place in people}
    return replace(one, also=_others(one.role or "", offices), met=frozenset(ways - {""}))


def _others(role: str, offices: set[str]) -> tuple[str, ...]:
    """Offices that tell who somebody is; a bare 署長 is anybody's."""
    told = (office for office in offices if office not in role and role not in office)
    return tuple(sorted(office for office in told if simplified(office) not in _bare()))


@cache
def _bare() -> frozenset[str]:
    english = words("english", "posts") - words("english", "complete")
    return english | (chinese("posts") - chinese("complete"))
