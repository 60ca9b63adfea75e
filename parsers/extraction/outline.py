"""The units of a page in reading order, and the boxes they stand in.

A unit is what is kept or dropped as one: a line, a heading, a list, a table of data, a quotation. A box is an element
that sets its content apart; boxes are few where elements are many, and all scoring is done on them.
"""

import re
from dataclasses import dataclass, field

from lxml import etree
from lxml.html import HtmlElement

from parsers.html_blocks import BLOCKS, HEADINGS, HIDDEN, LONGEST_CELL, WHOLE

# Navigation, controls, captions: no part of the text.
SKIPPED = frozenset(
    {"script", "iframe", "video", "audio", "map", "button", "select", "option", "head", "textarea", "dialog", "input"}
    | {"label", "nav", "aside", "footer", "menu", "figcaption", "link", "meta"}
)
_BREAK = "\x00"  # stands for br; the text gate lets no such character through
_SPACE = re.compile(r"\s+")
_PERHAPS_HIDDEN = etree.XPath(
    "descendant::*[@hidden or @aria-hidden='true' or @style[contains(., 'none') or contains(., 'hidden')]]"
)
_HAN = re.compile("[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")


@dataclass(slots=True, eq=False)
class Box:
    """An element that sets its content apart, and what stands in it, inner boxes included (sizes as `size_of`)."""

    element: HtmlElement
    parent: "Box | None"
    tag: str
    name: str  # its classes and id
    size: int = 0
    linked: int = 0


@dataclass(slots=True, eq=False)
class Unit:
    """One line, or one heading, list, table or quotation. `whole` is the element of the latter three.

    `size` is its length (`size_of`) and `linked` how much of that is links.
    """

    text: str
    box: Box
    size: int
    linked: int
    level: int | None = None
    whole: HtmlElement | None = None


@dataclass(slots=True)
class Outline:
    """All units of a page in order, and its boxes, each after the one it stands in."""

    units: list[Unit] = field(default_factory=list)
    boxes: list[Box] = field(default_factory=list)


def size_of(text: str) -> int:
    """The length of a text in characters, where one of Chinese or Japanese says as much as three others."""
    return len(text) if text.isascii() else len(text) + 2 * len(_HAN.findall(text))


def outline_of(body: HtmlElement) -> Outline:
    """The units below an element."""
    walk = _Walk(hidden={element for element in _PERHAPS_HIDDEN(body) if is_hidden(element)})
    root = Box(body, None, "body", "")
    walk.outline.boxes.append(root)
    walk.through(body, root)
    for box in reversed(walk.outline.boxes):
        if box.parent is not None:
            box.parent.size += box.size
            box.parent.linked += box.linked
    return walk.outline


@dataclass(slots=True)
class _Walk:
    """The outline so far, and the inline text that waits for the end of its box. What is `hidden` is not read."""

    hidden: set[HtmlElement]
    outline: Outline = field(default_factory=Outline)
    waiting: list[str] = field(default_factory=list)
    linked: int = 0

    def through(self, body: HtmlElement, box: Box) -> None:
        """Every element below `body`, when it begins and when it ends; what is skipped or whole has no inside."""
        walker = etree.iterwalk(body, events=("start", "end"))
        links = 0
        for event, element in walker:
            tag = element.tag
            if event == "end":
                if element is box.element and box.parent is not None:
                    self.flush(box, HEADINGS.get(tag))
                    box = box.parent
                links -= tag == "a" and element not in self.hidden
                if element is not body:
                    self.add(element.tail, links > 0)
            elif tag in SKIPPED or element in self.hidden:
                walker.skip_subtree()
            elif tag == "br":
                self.waiting.append(_BREAK)
            else:
                if tag in BLOCKS and element is not body:
                    self.flush(box)
                    box = self.opened(element, box)
                links += tag == "a"
                if tag in WHOLE and not _lays_out(element):
                    self.whole(element, box)
                    walker.skip_subtree()
                else:
                    self.add(element.text, links > 0)
        self.flush(box)

    def opened(self, element: HtmlElement, around: Box) -> Box:
        name = f"{element.get('class') or ''} {element.get('id') or ''}".strip()
        self.outline.boxes.append(Box(element, around, element.tag, name))
        return self.outline.boxes[-1]

    def add(self, text: str | None, in_link: bool) -> None:
        if text:
            self.waiting.append(text)
            if in_link:
                self.linked += size_of(text.strip())

    def flush(self, box: Box, level: int | None = None) -> None:
        """What waits becomes the units of a box, a line each; a heading is one."""
        if not self.waiting:
            return
        lines = [line for raw in "".join(self.waiting).split(_BREAK) if (line := _SPACE.sub(" ", raw).strip())]
        linked, self.linked = self.linked, 0
        self.waiting.clear()
        if level and lines:
            lines = [" ".join(lines)]
        sizes = [size_of(line) for line in lines]
        total = sum(sizes)
        for line, size in zip(lines, sizes, strict=True):
            self.unit(Unit(line, box, size, min(size, round(linked * size / total)), level))

    def whole(self, element: HtmlElement, box: Box) -> None:
        text = _SPACE.sub(" ", "".join(_texts(element, self.hidden))).strip()
        if text:
            linked = sum(size_of(_SPACE.sub(" ", "".join(link.itertext())).strip()) for link in element.iter("a"))
            size = size_of(text)
            self.unit(Unit(text, box, size, min(size, linked), None, element))

    def unit(self, unit: Unit) -> None:
        unit.box.size += unit.size
        unit.box.linked += unit.linked
        self.outline.units.append(unit)


def is_hidden(element: HtmlElement) -> bool:
    """Whether a page says of an element that nobody sees it."""
    if element.get("hidden") is not None or element.get("aria-hidden") == "true":
        return True
    style = element.get("style")
    return style is not None and HIDDEN.search(style) is not None


def _lays_out(element: HtmlElement) -> bool:
    """Whether a table or list only arranges the page: tables in tables, long cells or items, one column."""
    if element.tag == "blockquote":
        return False
    if element.find(".//table") is not None:
        return True
    cells = element.iter("td", "th") if element.tag == "table" else element.iterchildren("li")
    if any(sum(map(len, cell.itertext())) > LONGEST_CELL for cell in cells):
        return True
    if element.tag != "table":
        return next(element.iter("h1", "h2", "h3", "h4"), None) is not None
    return all(sum(child.tag in ("td", "th") for child in row) < 2 for row in element.iter("tr"))


def _texts(element: HtmlElement, hidden: set[HtmlElement]) -> list[str]:
    """The inline texts below an element, with blanks where blocks begin and end."""
    texts: list[str] = []
    stack = [(element, False)]
    while stack:
        inner, closing = stack.pop()
        tag = inner.tag
        apart = tag in BLOCKS or tag == "br"
        if not closing and isinstance(tag, str) and tag not in SKIPPED and inner not in hidden:
            texts += (" " if apart else "", inner.text or "")
            stack.append((inner, True))
            stack.extend((child, False) for child in inner.iterchildren(reversed=True))
        elif inner is not element:
            texts += (" " if apart else "", inner.tail or "")
    return texts
