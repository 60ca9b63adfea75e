"""From a parsed HTML tree to pieces: paragraphs, headings, lists, tables and quotations in reading order.

Walks with a stack of its own: pages nest as deep as their makers like.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from bs4 import Tag
from bs4.element import CData, NavigableString, PageElement, PreformattedString

from parsers.blocks import bullets, table
from parsers.layout import join_wrapped, tidy
from parsers.pieces import Piece
from parsers.records import Block

DROPPED = frozenset(
    {"script", "style", "nav", "aside", "footer", "form", "noscript", "template", "iframe", "object", "embed", "svg"}
    | {"button", "select", "option", "head", "figcaption", "video", "audio", "canvas", "dialog", "math", "textarea"}
)
BLOCKS = frozenset(
    {"p", "div", "section", "article", "main", "header", "ul", "ol", "li", "dl", "dt", "dd", "table", "thead", "tbody"}
    | {"tfoot", "tr", "td", "th", "caption", "blockquote", "pre", "figure", "address", "hr", "h1", "h2", "h3", "h4"}
    | {"h5", "h6", "center", "details", "summary", "fieldset", "hgroup", "body", "html"}
)
WHOLE = frozenset({"ul", "ol", "table", "blockquote"})
HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
LONGEST_CELL = 1_500  # characters; a table with more in a cell only lays the page out

HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_SPACE = re.compile(r"[ \t\r\n\f]+")


@dataclass(slots=True)
class _Gathering:
    """Pieces so far, and the inline text that waits for the end of its block."""

    pieces: list[Piece] = field(default_factory=list)
    waiting: list[str] = field(default_factory=list)

    def flush(self, level: int | None = None) -> None:
        lines = [line for line in _raw_lines(self.waiting) if tidy(line)]
        if lines and level:
            self.pieces.append(Piece(lines=(" ".join(lines),), level=level))
        else:
            self.pieces.extend(Piece(lines=(line,)) for line in lines)
        self.waiting.clear()


def pieces_of(root: Tag) -> list[Piece]:
    """The parts of the tree below an element, in reading order."""
    gathering = _Gathering()
    for node, closing, block in _walk(root):
        if isinstance(node, NavigableString):
            if not isinstance(node, PreformattedString) or isinstance(node, CData):
                gathering.waiting.append(_SPACE.sub(" ", node))
        elif not isinstance(node, Tag):
            continue
        elif node.name == "br":
            gathering.waiting.append("\n")
        elif node.name in HEADINGS:
            gathering.flush(HEADINGS[node.name] if closing else None)
        elif node.name in BLOCKS:
            gathering.flush()
            if block:
                gathering.pieces.append(Piece(block=block))
    gathering.flush()
    return gathering.pieces


def finished(node: Tag) -> Block | None:
    """The block that a list, a table of data or a quotation is as a whole; None for all else."""
    if node.name in ("ul", "ol"):
        return bullets(_items(node))
    if node.name == "table" and (rows := _data_rows(node)):
        return table(rows)
    if node.name == "blockquote":
        lines = [f"> {text}" for line in _raw_lines(_strings(node)) if (text := tidy(line))]
        return Block(kind="quote", text="\n".join(lines)) if lines else None
    return None


def tags_of(root: Tag) -> Iterator[Tag]:
    """Every element below another, in order; several times faster than a search by name."""
    return (node for node in root.descendants if isinstance(node, Tag))


def words_of(node: Tag) -> str:
    """The readable text of an element on one line."""
    return join_wrapped([tidy("".join(_strings(node)))])


def is_dropped(node: Tag) -> bool:
    """Whether an element is no part of the text: scripts, navigation, what is hidden."""
    if node.name in DROPPED or node.get("hidden") is not None or node.get("aria-hidden") == "true":
        return True
    style = node.get("style")
    return isinstance(style, str) and HIDDEN.search(style) is not None


def _walk(root: Tag) -> Iterator[tuple[PageElement, bool, Block | None]]:
    """Every node below `root` in order; elements come twice, the second time as closing.

    What is dropped is not entered; what is a block as a whole comes once, with that block.
    """
    stack: list[tuple[PageElement, bool]] = [(child, False) for child in reversed(root.contents)]
    while stack:
        node, closing = stack.pop()
        if not isinstance(node, Tag):
            yield node, False, None
        elif closing:
            yield node, True, None
        elif not is_dropped(node):
            block = finished(node) if node.name in WHOLE else None
            yield node, False, block
            if block is None:
                stack.append((node, True))
                stack.extend((child, False) for child in reversed(node.contents))


def _strings(node: Tag) -> list[str]:
    """The inline text below an element: blocks inside are set apart by line breaks."""
    out: list[str] = []
    for inner, _ in _walk_all(node):
        if isinstance(inner, NavigableString):
            if not isinstance(inner, PreformattedString) or isinstance(inner, CData):
                out.append(_SPACE.sub(" ", inner))
        elif isinstance(inner, Tag) and (inner.name == "br" or inner.name in BLOCKS):
            out.append("\n")
    return out


def _walk_all(root: Tag) -> Iterator[tuple[PageElement, bool]]:
    stack: list[tuple[PageElement, bool]] = [(child, False) for child in reversed(root.contents)]
    while stack:
        node, closing = stack.pop()
        if isinstance(node, Tag) and not closing:
            if is_dropped(node):
                continue
            stack.append((node, True))
            stack.extend((child, False) for child in reversed(node.contents))
        yield node, closing


def _raw_lines(strings: list[str]) -> list[str]:
    return "".join(strings).split("\n")


def _items(node: Tag) -> list[tuple[int, str, str]]:
    """(depth, marker, text) of the items of a list, nested lists included; text directly below each item."""
    items: list[tuple[int, str, list[str]]] = []
    open_items: list[int] = []
    counters: list[list[object]] = [[node.name, 0]]
    for inner, closing in _walk_all(node):
        if isinstance(inner, Tag) and inner.name in ("ul", "ol"):
            if closing:
                counters.pop()
            else:
                counters.append([inner.name, 0])
        elif isinstance(inner, Tag) and inner.name == "li":
            if closing:
                open_items.pop()
                continue
            kind, number = counters[-1]
            counters[-1][1] = int(str(number)) + 1
            marker = f"{counters[-1][1]}." if kind == "ol" else "-"
            items.append((len(counters) - 1, marker, []))
            open_items.append(len(items) - 1)
        elif isinstance(inner, NavigableString) and open_items:
            if not isinstance(inner, PreformattedString):
                items[open_items[-1]][2].append(_SPACE.sub(" ", inner))
        elif isinstance(inner, Tag) and open_items and (inner.name == "br" or inner.name in BLOCKS):
            items[open_items[-1]][2].append(" ")
    return [(depth, marker, tidy("".join(strings))) for depth, marker, strings in items]


def _data_rows(node: Tag) -> list[list[str]]:
    """The rows of a table of data; empty for a table that lays out the page."""
    if any(tag.name == "table" for tag in tags_of(node)):
        return []
    rows: list[list[str]] = []
    for inner, closing in _walk_all(node):
        if not isinstance(inner, Tag) or closing:
            continue
        if inner.name == "tr":
            rows.append([])
        elif inner.name in ("td", "th") and rows:
            cell = words_of(inner)
            if len(cell) > LONGEST_CELL:
                return []
            rows[-1].append(cell)
    rows = [row for row in rows if any(row)]
    return rows if rows and max(map(len, rows)) > 1 else []
