"""Which units of a page are its article: two opinions, decided unit by unit."""

from collections.abc import Sequence
from dataclasses import dataclass

from lxml.html import HtmlElement

from parsers.extraction.first_opinion import first_opinion
from parsers.extraction.outline import Box, Outline, Unit
from parsers.extraction.second_opinion import LONG, supported

HELD = 0.5  # share of a unit's runs of words that makes it part of the first opinion; .3 to .8 give the same result
LINKED = 0.8  # share of links above which a unit is a pointer to something else, not text


@dataclass(frozen=True, slots=True)
class Story:
    """The article: the indices of its units, and the box they stand in, None where neither opinion found any."""

    units: tuple[int, ...]
    box: Box | None


def story_of(tree: HtmlElement, outline: Outline) -> Story:
    """Asks both opinions and decides: from the first to the last unit both hold, what the first holds and what
    the second adds in the same style; without pointers elsewhere, repetitions, headings that head nothing.

    On a page that is too large for the first opinion the second decides alone.
    """
    units = outline.units
    opinion = first_opinion(tree)
    taken = [opinion.share_of(unit.text) if opinion else 0.0 for unit in units]
    backed, box = supported(outline, taken)
    held = [at for at, share in enumerate(taken) if (share >= HELD if opinion else backed[at])]
    both = [at for at in held if backed[at] and not units[at].level]
    if both:
        held = [at for at in held if both[0] <= at <= both[-1]]
    kept = _with_more(units, held, backed)
    kept = [at for at in kept if units[at].linked < LINKED * units[at].size]
    return Story(tuple(_heading_something(units, _once(units, kept))), box)


def _with_more(units: Sequence[Unit], held: Sequence[int], backed: Sequence[bool]) -> list[int]:
    """Also what the second opinion alone supports: long paragraphs beside others or written like them, and the
    lists, tables and quotations between them, which the first opinion gives up sooner than text.
    """
    beside = {units[at].box.parent for at in held} - {None}
    styles = {_style(units[at]) for at in held if units[at].box.tag == "p" and units[at].size >= LONG}
    more = {
        at
        for at, unit in enumerate(units)
        if backed[at]
        and not unit.level
        and unit.linked <= 0.3 * unit.size
        and (unit.size >= LONG or (unit.whole is not None and held and held[0] < at < held[-1]))
        and (unit.box.parent in beside or _style(unit) in styles)
    }
    return sorted(more.union(held))


def _style(unit: Unit) -> tuple[str, ...]:
    around = unit.box.parent
    return (unit.box.tag, unit.box.name, around.tag if around else "", around.name if around else "")


def _once(units: Sequence[Unit], kept: Sequence[int]) -> list[int]:
    """Each long text once: pages repeat their lead, and whole articles for print or small screens."""
    seen: set[str] = set()
    once = []
    for at in kept:
        if units[at].size < LONG or units[at].text not in seen:
            once.append(at)
        seen.add(units[at].text)
    return once


def _heading_something(units: Sequence[Unit], kept: list[int]) -> list[int]:
    """Without headings at either end: the first is the page's title, the last heads what was left out."""
    start, end = 0, len(kept)
    while start < end and units[kept[start]].level:
        start += 1
    while end > start and units[kept[end - 1]].level:
        end -= 1
    return kept[start:end]
