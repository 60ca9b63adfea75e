"""Who is named in which office, and which bodies: every mention of a release, resolved within it.

Rules and word lists only, in English and Chinese, and rather silent than wrong; releases in other languages have no
mentions. Names, offices and bodies are found in title and body alike.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from parsers.chineseforms import simplified
from parsers.people import chinese, chinese_bodies, english, english_bodies
from parsers.people.again import Again, Subject, again_in_chinese, again_in_english
from parsers.people.mention import Field, Found, Kind, Mention
from parsers.people.sentences import sentence_around

RULES = "people/3"  # raised when the same text gives other mentions; the archive then derives them again
LONGEST = 200_000  # characters of a text that are looked at; more is a book
_PARTED = "\n\n"  # between title and body
Shortener = Callable[[Found], str | None]


def mentions(title: str, body: str, language: str) -> tuple[Mention, ...]:
    """Every mention in a release of `language` (BCP 47), in the order of the text, title first."""
    text = (title + _PARTED + body)[:LONGEST]
    short: Callable[[str, str, Found], str | None]
    if language == "en" or language.startswith("en-"):
        found = english.people(text)
        searched, short, again = text, _abbreviation, again_in_english
    elif language == "zh" or language.startswith("zh-"):
        searched = simplified(text)
        found = [*chinese.people(text, searched), *chinese_bodies.bodies(text, searched)]
        short, again = _short_form, again_in_chinese
    else:
        return ()
    kept = list(_apart(found))
    kept = _by_short_form(
        kept, {form: one.name for one in kept if one.kind == "body" and (form := short(text, searched, one))}
    )
    subjects, of = _subjects(kept, lambda one: short(text, searched, one))
    places = _with_again(kept, of, again(searched, subjects))
    return tuple(_told(text, len(title), places, subjects))


def _abbreviation(text: str, _searched: str, one: Found) -> str | None:
    return english_bodies.abbreviation(text, one.start, one.end)


def _short_form(text: str, searched: str, one: Found) -> str | None:
    span = chinese_bodies.short_form(searched, one.start, one.end)
    return text[span[0] : span[1]] if span else None


def _apart(found: Sequence[Found]) -> Iterator[Found]:
    """What overlaps nothing longer: a body inside an office's title is none, an office inside a body's name neither."""
    kept: list[Found] = []
    for one in sorted(found, key=lambda one: (one.cover[0], -one.cover[1], one.kind != "person")):
        while kept and kept[-1].kind != "person" and one.cover[0] < kept[-1].cover[1] and _longer(one, kept[-1]):
            kept.pop()
        if not kept or one.cover[0] >= kept[-1].cover[1]:
            kept.append(one)
    yield from kept


def _by_short_form(kept: Sequence[Found], full: Mapping[str, str]) -> list[Found]:
    """Bodies found under a short form that the text defines, as what they are short for."""
    return [_in_full(one, full) if one.kind == "body" else one for one in kept]


def _in_full(one: Found, full: Mapping[str, str]) -> Found:
    form = next((form for form in full if one.name.endswith(form)), "")
    if not form or not (one.name == form or one.rule == "called_short"):
        return one
    start = one.end - len(form)
    return replace(one, start=start, name=full[form], rule="short_form", cover=(start, one.end))


def _longer(one: Found, other: Found) -> bool:
    if one.kind == "person":
        return True
    return one.cover[1] - one.cover[0] > other.cover[1] - other.cover[0]


def _subjects(kept: Sequence[Found], short: Shortener) -> tuple[list[Subject], list[int]]:
    """Whom and what the mentions mean, each once, and which of them each mention means."""
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
    return [_with_short(one, number, kept, of, short) for number, one in enumerate(subjects)], of


def _with_short(one: Subject, number: int, kept: Sequence[Found], of: Sequence[int], short: Shortener) -> Subject:
    if one.kind != "body":
        return one
    told = (short(place) for place, subject in zip(kept, of, strict=True) if subject == number)
    return Subject(one.kind, one.name, one.role, tuple(sorted({form for form in told if form})))


def _with_again(kept: Sequence[Found], of: Sequence[int], again: Iterator[Again]) -> list[Again]:
    """All places in the order of the text, those named again only where nothing else stands."""
    places = [Again(one.start, one.end, number, one.confidence, one.rule) for one, number in zip(kept, of, strict=True)]
    covers = sorted(one.cover for one in kept)
    at = 0
    for hit in again:
        while at < len(covers) and covers[at][1] <= hit.start:
            at += 1
        if at == len(covers) or covers[at][0] >= hit.end:
            places.append(hit)
    return sorted(places, key=lambda place: (place.start, -place.end))


def _told(text: str, title: int, places: Sequence[Again], subjects: Sequence[Subject]) -> Iterator[Mention]:
    first: dict[int, int] = {}
    for number, place in enumerate(places):
        one = subjects[place.subject]
        in_title = place.start < title
        field: Field = "title" if in_title else "body"
        shift = 0 if in_title else title + len(_PARTED)
        sentence = sentence_around(text, place.start, place.end)
        yield Mention(
            one.kind,
            one.name,
            one.role,
            one.short,
            field,
            place.start - shift,
            place.end - shift,
            text[place.start : place.end],
            (sentence[0] - shift, sentence[1] - shift),
            first.setdefault(place.subject, number),
            place.confidence,
            place.rule,
        )
