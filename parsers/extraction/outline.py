"""The units of a page in reading order, and the boxes they stand in.

A unit is what is kept or dropped as one: a line, a heading, a list, a table of data, a quotation. A box is an element
that sets its content apart; boxes are few where elements are many, and all scoring is done on them.

Walks with a stack of its own: pages nest as deep as their makers like.
"""

import re
from dataclasses import dataclass, field

from lxml.html import HtmlElement

from parsers.html_blocks import BLOCKS, HEADINGS, HIDDEN, LONGEST_CELL, WHOLE

SKIPPED = frozenset(
    {"script", "iframe", "video", "audio", "map", "button", "select", "option", "head", "textarea", "dialog", "input"}
    | {"label", "nav", "aside", "footer", "menu", "figcaption", "link", "meta"}
)
_BREAK = "\x00"  # stands for br; the text gate lets no such character through
_SPACE = re.compile(r"\s+")
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
    walk = _Walk()
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
    """The outline so far, and the inline text that waits for the end of its box."""

    outline: Outline = field(default_factory=Outline)
    waiting: list[str] = field(default_factory=list)
    linked: int = 0

    def through(self, body: HtmlElement, root: Box) -> None:
        """Every node below `body`; elements come twice, the second time to end their box and give their tail."""
        stack: list[tuple[HtmlElement, Box, bool, bool]] = [(body, root, False, False)]
        while stack:
            element, box, in_link, closing = stack.pop()
            tag = element.tag
            if closing:
                if tag in BLOCKS:
                    self.flush(box, HEADINGS.get(tag))
                self.add(element.tail if element is not body else None, in_link)
                continue
            if tag == "br" or not isinstance(tag, str) or is_dropped(element):
                self.waiting.append(_BREAK if tag == "br" else "")
                self.add(element.tail, in_link)
                continue
            outer = box
            if tag in BLOCKS and element is not body:
                self.flush(box)
                box = Box(element, box, tag, f"{element.get('class') or ''} {element.get('id') or ''}".strip())
                self.outline.boxes.append(box)
            if tag in WHOLE and not _lays_out(element):
                self.whole(element, box)
                self.add(element.tail, in_link)
                continue
            inside = in_link or tag == "a"
            stack.append((element, box if tag in BLOCKS else outer, in_link, True))
            self.add(element.text, inside)
            stack.extend((child, box, inside, False) for child in element.iterchildren(reversed=True))

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
        text = _SPACE.sub(" ", "".join(_texts(element))).strip()
        if text:
            linked = sum(size_of(_SPACE.sub(" ", "".join(link.itertext())).strip()) for link in element.iter("a"))
            size = size_of(text)
            self.unit(Unit(text, box, size, min(size, linked), None, element))

    def unit(self, unit: Unit) -> None:
        unit.box.size += unit.size
        unit.box.linked += unit.linked
        self.outline.units.append(unit)


def is_dropped(element: HtmlElement) -> bool:
    """Whether an element is no part of the text: navigation, controls, captions, what is hidden."""
    if element.tag in SKIPPED or element.get("hidden") is not None or element.get("aria-hidden") == "true":
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


def _texts(element: HtmlElement) -> list[str]:
    """The inline texts below an element, with blanks where blocks begin and end."""
    texts: list[str] = []
    stack = [(element, False)]
    while stack:
        inner, closing = stack.pop()
        tag = inner.tag
        apart = tag in BLOCKS or tag == "br"
        if not closing and isinstance(tag, str) and not is_dropped(inner):
            texts += (" " if apart else "", inner.text or "")
            stack.append((inner, True))
            stack.extend((child, False) for child in inner.iterchildren(reversed=True))
        elif inner is not element:
            texts += (" " if apart else "", inner.tail or "")
    return texts
