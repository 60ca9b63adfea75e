"""Who is named in which office, and which bodies: every mention of a release, resolved within it.

Rules and word lists only, in English and Chinese, and rather silent than wrong; releases in other languages have no
mentions. Names, offices and bodies are found in title and body alike.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from parsers.chineseforms import simplified
from parsers.people import chinese, chinese_bodies, courtesy, english, english_bodies
from parsers.people.again import Again, Subject, again_in_chinese, again_in_english
from parsers.people.mention import Field, Found, Mention
from parsers.people.sentences import sentence_around
from parsers.people.subjects import subjects_of

LONGEST = 200_000  # characters of a text that are looked at; more is a book
_PARTED = "\n\n"  # between title and body


def mentions(title: str, body: str, language: str) -> tuple[Mention, ...]:
    """Every mention in a release of `language` (BCP 47), in the order of the text, title first."""
    text = (title + _PARTED + body)[:LONGEST]
    short: Callable[[str, str, Found], str | None]
    if language == "en" or language.startswith("en-"):
        found = english.people(text)
        searched, short, again, met = text, _abbreviation, again_in_english, _met_in_english
    elif language == "zh" or language.startswith("zh-"):
        searched = simplified(text)
        found = [*chinese.people(text, searched), *chinese_bodies.bodies(text, searched)]
        short, again, met = _short_form, again_in_chinese, _met_in_chinese
    else:
        return ()
    kept = list(_apart(found))
    kept = _by_short_form(
        kept, {form: one.name for one in kept if one.kind == "body" and (form := short(text, searched, one))}
    )
    subjects, of = subjects_of(kept, lambda one: short(text, searched, one), lambda one: met(searched, one))
    places = _with_again(kept, of, again(searched, subjects))
    return tuple(_told(text, len(title), places, subjects))


def _abbreviation(text: str, _searched: str, one: Found) -> str | None:
    return english_bodies.abbreviation(text, one.start, one.end)


def _short_form(text: str, searched: str, one: Found) -> str | None:
    span = chinese_bodies.short_form(searched, one.start, one.end)
    return text[span[0] : span[1]] if span else None


def _met_in_english(text: str, one: Found) -> str:
    return courtesy.of_english(text, one.start)


def _met_in_chinese(text: str, one: Found) -> str:
    return courtesy.of_chinese(text, one.end)


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
            one.also,
            field,
            place.start - shift,
            place.end - shift,
            text[place.start : place.end],
            (sentence[0] - shift, sentence[1] - shift),
            first.setdefault(place.subject, number),
            place.confidence,
            place.rule,
        )
