"""Which units a scoring of the page's boxes supports, independent of the first opinion but for one question.

The idea of Arc90's Readability (2009): paragraphs lend their weight to the box they stand in and half of it to the
one around; names of classes and the share of links raise or lower it; the best box is the article, and boxes beside
it that score well belong to it. One thing is added: where an article is cut into several boxes, the box around them
is taken, if that adds enough long paragraphs which the first opinion holds for text.
"""

import re
from collections.abc import Sequence
from functools import lru_cache

from parsers.extraction.outline import Box, Outline, Unit

PARAGRAPH = 25  # characters; a shorter unit says nothing about its box
LONG = 80  # characters of a paragraph that may show that an article goes on in another box
GAIN = 1.2  # how many times more of those the box around must hold
LINKED = 0.4  # share of links above which a box is no article

_UNLIKELY = re.compile(
    "comment|combx|disqus|foot|masthead|menu|nav|pager|pagination|popup|related|remark|rss|share|sharing|shoutbox"
    "|side-?bar|social|sponsor|subscri|newsletter|promo|recommend|widget|cookie|consent|banner|breadcrumb|advert"
    "|outbrain|taboola|toolbar|byline|caption",
    re.IGNORECASE,
)
_PERHAPS = re.compile(r"article|body|column|content|main|story|text|entry|post\b", re.IGNORECASE)
_FOR = re.compile("article|body|content|entry|main|page|post|text|blog|story", re.IGNORECASE)
_AGAINST = re.compile(
    "comment|com-|contact|foot|masthead|media|meta|outbrain|promo|related|scroll|share|shoutbox|sidebar|sponsor"
    "|shopping|tags|tool|widget|caption|credit",
    re.IGNORECASE,
)
_BY_TAG = {
    "div": 5, "article": 5, "main": 5, "section": 3, "pre": 3, "td": 3, "blockquote": 3, "address": -3, "ol": -3,
    "ul": -3, "dl": -3, "dd": -3, "dt": -3, "li": -3, "form": -3, "header": -3, "th": -5, "h1": -5, "h2": -5,
    "h3": -5, "h4": -5, "h5": -5, "h6": -5,
}  # fmt: skip
_HOLDERS = frozenset({"div", "section", "article", "main", "td", "body"})
_CLEANED = frozenset({"div", "section", "ul", "ol", "table", "dl", "form", "header"})
_COMMA = re.compile("[,\uff0c\u3001]")
_SENTENCE = re.compile(r"\.(?: |$)|\u3002")


@lru_cache(8_192)
def weight(name: str) -> int:
    """What the classes and id of an element say for (25) or against (-25) its being an article."""
    return (25 if _FOR.search(name) else 0) - (25 if _AGAINST.search(name) else 0) if name else 0


def supported(outline: Outline, taken: Sequence[float]) -> tuple[list[bool], Box | None]:
    """For each unit whether the scoring supports it, and the best box; `taken` is the first opinion's share of each."""
    unlikely = _unlikely(outline)
    scores = _scores(outline, unlikely)
    if not scores:
        return [False] * len(outline.units), None
    best = _widened(max(scores, key=lambda box: scores[box]), outline, taken)
    enough = max(10.0, 0.2 * scores.get(best, 0.0))
    roots = {box for box, score in scores.items() if box.parent is best.parent and score >= enough} | {best}
    inside = _inside(outline, roots)
    return [_supports(unit, best, inside) for unit in outline.units], best


def _unlikely(outline: Outline) -> set[Box]:
    """Boxes whose name says that they stand beside the text, with all that is in them."""
    page = outline.boxes[0].size
    found: set[Box] = set()
    for box in outline.boxes[1:]:
        if box.parent in found or (box.size < 0.6 * page and names_chrome(box.name)):
            found.add(box)
    return found


@lru_cache(8_192)
def names_chrome(name: str) -> bool:
    """Whether classes and id of an element say that it stands beside the text."""
    return bool(name) and _UNLIKELY.search(name) is not None and not _PERHAPS.search(name)


def _scores(outline: Outline, unlikely: set[Box]) -> dict[Box, float]:
    scores: dict[Box, float] = {}
    for unit in outline.units:
        if unit.size < PARAGRAPH or unit.level or unit.linked > 0.5 * unit.size or unit.box in unlikely:
            continue
        worth = 1 + len(_COMMA.findall(unit.text)) + min(unit.size / 100, 3)
        holder = unit.box if unit.box.tag in _HOLDERS else unit.box.parent
        for share in (1.0, 0.5):
            if holder is None:
                break
            if holder not in scores:
                scores[holder] = _BY_TAG.get(holder.tag, 0) + weight(holder.name)
            scores[holder] += worth * share
            holder = holder.parent
    return {box: score * (1 - box.linked / max(1, box.size)) for box, score in scores.items()}


def _widened(best: Box, outline: Outline, taken: Sequence[float]) -> Box:
    """The best box, or one around it that holds clearly more long paragraphs of the first opinion."""
    long: dict[Box, int] = {}
    chrome = {box for box in outline.boxes if names_chrome(box.name)}
    for unit, share in zip(outline.units, taken, strict=True):
        if unit.size >= LONG and unit.linked < 0.3 * unit.size and share >= 0.5:
            long[unit.box] = long.get(unit.box, 0) + unit.size
    for box in reversed(outline.boxes):
        if box in long and box not in chrome and box.parent is not None:
            long[box.parent] = long.get(box.parent, 0) + long[box]
    around = best.parent
    while around is not None and around.linked <= LINKED * around.size:
        if long.get(around, 0) > GAIN * max(1, long.get(best, 0)):
            best = around
        around = around.parent
    return best


def _inside(outline: Outline, roots: set[Box]) -> set[Box]:
    """The boxes of the article: below its roots, and not below what looks like chrome in it."""
    inside: set[Box] = set()
    for box in outline.boxes:
        if box in roots or (box.parent in inside and not names_chrome(box.name) and not _looks_like_chrome(box)):
            inside.add(box)
    return inside


def _looks_like_chrome(box: Box) -> bool:
    """Whether a box within the article is cleaned away, by its name or by its share of links."""
    if box.tag not in _CLEANED:
        return False
    by_name, density = weight(box.name), box.linked / max(1, box.size)
    return by_name < 0 or density > (0.5 if by_name > 0 else 0.33)


def _supports(unit: Unit, best: Box, inside: set[Box]) -> bool:
    if unit.level and (weight(unit.box.name) < 0 or unit.linked > 0.33 * unit.size):
        return False
    if unit.box in inside:
        return True
    if best.parent is None or unit.box.parent is not best.parent or unit.box.tag != "p":
        return False
    if unit.size > LONG:
        return unit.linked < 0.25 * unit.size
    return not unit.linked and _SENTENCE.search(unit.text) is not None
