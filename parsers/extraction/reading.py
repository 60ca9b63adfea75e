"""The article of a page as pieces: what the story is, and the lines around it that may state its facts."""

from collections.abc import Collection, Iterator, Sequence

from bs4 import BeautifulSoup, Tag
from lxml import etree

from parsers.extraction.decision import Story
from parsers.extraction.outline import Outline, Unit
from parsers.extraction.tree import of_others
from parsers.html_blocks import WHOLE, finished
from parsers.pieces import STORY_BEGINS, Piece
from parsers.text import fold_title, gate

ABOVE, BELOW = 12, 8  # units beside the story that are read for its facts
MOST_WHOLE = 2_000  # lists, tables and quotations read as such; what comes after them is read as lines
FARTHEST = 40  # units above the story among which its headline is looked for
LONGEST_FACT = 200  # characters of such a unit


def pieces_of(outline: Outline, story: Story, titles: Collection[str]) -> list[Piece]:
    """The pieces of the story, without copies of its headline, and those beside it that may state facts.

    `titles` are the headlines the page names, folded. Where no opinion found a story it is all that is not links.
    """
    units = outline.units
    kept = list(story.units) or [at for at, unit in enumerate(units) if unit.linked < 0.8 * unit.size]
    if not kept:
        return []
    below_title = _below_title(units, kept, titles)
    above = range(_top(units, below_title[0], titles), below_title[0]) if below_title else range(0)
    below = range(kept[-1] + 1, min(len(units), kept[-1] + 1 + BELOW))
    pieces = [piece for at in above for piece in _beside(units[at])]
    whole = set([at for at in below_title if units[at].whole is not None][:MOST_WHOLE])
    pieces += [piece for at in below_title for piece in (_blocks if at in whole else _lines)(units[at])]
    own = (at for at in below if not of_others(units[at].box.element))
    return pieces + [piece for at in own for piece in _beside(units[at])]


def _below_title(units: Sequence[Unit], kept: list[int], titles: Collection[str]) -> list[int]:
    """The units below the page's headline, when no paragraph of the story stands above it; no copies of it."""
    start = 0
    for index, at in enumerate(kept):
        if len(units[at].text) >= STORY_BEGINS:
            break
        if fold_title(units[at].text) in titles:
            start = index + 1
    return [at for at in kept[start:] if not (units[at].level and fold_title(units[at].text) in titles)]


def _top(units: Sequence[Unit], start: int, titles: Collection[str]) -> int:
    """The first unit above the story that may state facts: below the headline, if it stands not far above."""
    for at in range(start - 1, max(-1, start - FARTHEST), -1):
        if len(units[at].text) <= 2 * LONGEST_FACT and fold_title(units[at].text) in titles:
            return max(at + 1, start - ABOVE)
    return start


def _beside(unit: Unit) -> Iterator[Piece]:
    if unit.whole is None and len(unit.text) <= LONGEST_FACT and unit.linked < 0.5 * unit.size:
        yield Piece(lines=(gate(unit.text).text,), beside=True)


def _lines(unit: Unit) -> Iterator[Piece]:
    yield Piece(lines=(gate(unit.text).text,), level=unit.level)


def _blocks(unit: Unit) -> Iterator[Piece]:
    markup = gate(etree.tostring(unit.whole, encoding="unicode", method="html", with_tail=False)).text
    element = BeautifulSoup(markup, "lxml").find(list(WHOLE))
    block = finished(element) if isinstance(element, Tag) else None
    if block:
        yield Piece(block=block)
