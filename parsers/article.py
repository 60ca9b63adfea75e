"""The article of a page as raw lines and finished blocks, and from them the blocks of a body.

Lines are read straight from the fast tree; lists, tables and quotations, whose structure says something, go
through BeautifulSoup. Lines become blocks by the rules for bare text, so that a release reads the same as a page
and as a text file.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import groupby

from bs4 import BeautifulSoup, Tag
from selectolax.lexbor import LexborNode

from parsers.blocks import from_paragraphs
from parsers.html_blocks import BLOCKS, DROPPED, HEADINGS, HIDDEN, WHOLE, finished
from parsers.layout import paragraphs
from parsers.page import Page
from parsers.records import Block

Part = str | Block

_BREAK = "\x00"  # the tree holds no such character
_SPACE = re.compile(r"[ \t\r\n\f]+")


def parts_of(page: Page, root: LexborNode, *, without: Collection[LexborNode] = ()) -> list[Part]:
    """The lines and blocks of an element in reading order, blank lines included; `without` names inner elements."""
    parts: list[Part] = []
    waiting: list[str] = []
    for found in _walk(page, root, {node.mem_id for node in without}):
        if isinstance(found, str):
            waiting.append(found)
        else:
            parts += (*_lines(page, waiting), found)
            waiting.clear()
    return parts + _lines(page, waiting)


def _lines(page: Page, texts: Sequence[str]) -> list[Part]:
    """Lines by the breaks of the page, not by those of its source."""
    return [*page.gated(_SPACE.sub(" ", "".join(texts)).replace(_BREAK, "\n")).split("\n")]


def blocks_of(parts: Sequence[Part]) -> tuple[Block, ...]:
    """The blocks of a body: finished ones as they are, runs of lines by the rules for bare text."""
    blocks: list[Block] = []
    for is_line, run in groupby(parts, key=lambda part: isinstance(part, str)):
        if is_line:
            blocks += from_paragraphs(paragraphs([part for part in run if isinstance(part, str)], None))
        else:
            blocks += (part for part in run if isinstance(part, Block))
    return tuple(blocks)


def opening(parts: Sequence[Part], length: int) -> str:
    """The first so many characters of an article, or a little more."""
    taken: list[str] = []
    size = 0
    for part in parts:
        taken.append(part if isinstance(part, str) else part.text)
        size += len(taken[-1])
        if size > length:
            break
    return "\n".join(taken)[: 2 * length]


def _walk(page: Page, root: LexborNode, skipped: set[int]) -> Iterator[str | Block]:
    """Texts, line breaks and whole blocks below an element, in reading order."""
    stack: list[LexborNode | str | None] = [root.child]
    while stack:
        node = stack.pop()
        if node is None:
            continue
        if isinstance(node, str):
            yield node
            continue
        stack.append(node.next)
        name = node.tag or ""
        if name == "-text":
            yield node.text_content or ""
        elif name == "br":
            yield _BREAK
        elif name.startswith("-") or node.mem_id in skipped or is_left_out(node):
            continue
        elif block := _block(page, node, name):
            yield block
        elif name in BLOCKS:
            yield _BREAK
            stack += (_BREAK, node.child)
        else:
            stack.append(node.child)


def is_left_out(node: LexborNode) -> bool:
    """Whether an element is no part of any text: navigation, scripts, forms, what is hidden."""
    if node.tag in DROPPED:
        return True
    told = node.attributes
    return "hidden" in told or told.get("aria-hidden") == "true" or bool(HIDDEN.search(told.get("style") or ""))


def _block(page: Page, node: LexborNode, name: str) -> Block | None:
    """The block that a heading, list, table of data or quotation is as a whole."""
    if name in HEADINGS:
        words = page.words(node)
        return Block(kind="heading", text=words, level=HEADINGS[name]) if words else None
    if name not in WHOLE:
        return None
    element = BeautifulSoup(page.gated(node.html or ""), "lxml").find(name)
    return finished(element) if isinstance(element, Tag) else None
