"""OpenDocument texts (`.odt`, ISO/IEC 26300): paragraphs, headings, lists and tables as LibreOffice writes them.

- The paragraph in the style Title is the headline, else the first heading, else the first line may be.
- Deleted text, comments and notes are left out; frames are read where they are anchored.
- The properties say when the file was made and what it was once called: the weakest opinion.
"""

import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from lxml.etree import _Element as Element

from parsers.blocks import table
from parsers.embedded import pictures
from parsers.file_facts import FileFacts, release_of
from parsers.html_blocks import LONGEST_CELL
from parsers.layout import join_wrapped, tidy
from parsers.pieces import Piece
from parsers.records import Rejection, Release
from parsers.text import gate
from parsers.word_pieces import Item, headline_of, listed
from parsers.zipped_xml import Unopened, attribute, below, child, local, member, opened, part
from sources.capture import Capture

PARSER = "odt/2"
CONTENT = "content.xml"
TITLE_STYLE = "Title"
MOST_COLUMNS = 100  # a cell may say that it stands for millions

_LEFT_OUT = frozenset({"note", "annotation", "tracked-changes", "bookmark", "sequence-decls", "ruby-text", "text-box"})
_TRANSPARENT = frozenset({"section", "frame", "text-box", "index-body", "custom-shape", "g"})


@dataclass(slots=True)
class _Reading:
    """What is known while the parts are walked: styles with their parents, and which lists are numbered."""

    parents: Mapping[str, str]
    numbered: frozenset[str]
    counted: dict[int, int] = field(default_factory=dict)


def read(capture: Capture) -> list[Release | Rejection]:
    """The one release of a text document."""
    try:
        with opened(capture.body) as archive:
            manifest = part(archive, "META-INF/manifest.xml")
            if manifest is not None and next(below(manifest, "encryption-data"), None) is not None:
                raise Unopened("an encrypted document: it opens only with a password; put an open copy in its place")
            content = part(archive, CONTENT)
            meta = child(part(archive, "meta.xml"), "meta")
            images = pictures(_pictures(content, archive)) if content is not None else ()
    except Unopened as reason:
        return [Rejection("parse", str(reason), PARSER)]
    text = child(content, "body", "text")
    if content is None or text is None:
        return [Rejection("parse", "no text document: it has no text in its body", PARSER)]
    pieces = list(listed(_parts(text, _reading(content))))
    headline, rest = headline_of(pieces)
    title, made = child(meta, "title"), child(meta, "creation-date")
    facts = FileFacts(
        "ODT properties",
        title=(title.text or "") if title is not None else "",
        made=(made.text or "") if made is not None else "",
    )
    return [release_of(capture, rest, facts, PARSER, headline=headline, links=_links(text), images=images)]


def _reading(content: Element) -> _Reading:
    styles = child(content, "automatic-styles")
    named = list(styles) if styles is not None else []
    parents = {attribute(style, "name"): attribute(style, "parent-style-name") for style in named}
    numbered = {attribute(style, "name") for style in named if local(style) == "list-style" and _counts(style, "1")}
    return _Reading(parents, frozenset(numbered))


def _counts(style: Element, level: str) -> bool:
    return any(local(shape) == "list-level-style-number" and attribute(shape, "level") == level for shape in style)


def _parts(root: Element, reading: _Reading) -> Iterator[Piece | Item]:
    """Paragraphs, tables and items of lists in reading order; lists nest, with their depth and marker."""
    waiting: list[tuple[Element, int, str]] = [(inner, 0, "") for inner in reversed(root)]
    while waiting:
        element, depth, style = waiting.pop()
        name = local(element)
        if name in ("p", "h"):
            yield from _paragraph(element, depth, style, reading)
            waiting += [(inner, 0, "") for box in _boxes(element) for inner in reversed(box)]
        elif name == "list":
            style = attribute(element, "style-name") or style
            reading.counted[depth] = 0
            items = [inner for inner in element if local(inner) in ("list-item", "list-header")]
            waiting += [(inner, depth + 1, style) for item in reversed(items) for inner in reversed(item)]
        elif name == "table":
            if (whole := _table(element)) is not None:
                yield whole
            else:
                cells = [inner for inner in element.iter() if local(inner) == "table-cell"]
                waiting += [
                    (inner, 0, "") for cell in reversed(cells) for inner in reversed(cell) if local(inner) != "table"
                ]
        elif name in _TRANSPARENT:
            waiting += [(inner, depth, style) for inner in reversed(element)]


def _paragraph(element: Element, depth: int, style: str, reading: _Reading) -> Iterator[Piece | Item]:
    lines = tuple(line for line in map(tidy, gate(_text(element)).text.split("\n")) if line)
    if not lines:
        return
    name = attribute(element, "style-name")
    if local(element) == "h":
        told = attribute(element, "outline-level")
        yield Piece(lines=(join_wrapped(lines),), level=int(told) if told in tuple("123456") else 1)
    elif TITLE_STYLE in (name, reading.parents.get(name)):
        yield Piece(lines=(join_wrapped(lines),), level=0)
    elif depth:
        reading.counted[depth - 1] = reading.counted.get(depth - 1, 0) + 1
        marker = f"{reading.counted[depth - 1]}." if style in reading.numbered else "-"
        yield depth - 1, marker, join_wrapped(lines)
    else:
        yield Piece(lines=lines)


def _text(element: Element) -> str:
    """The words of a paragraph, without its frames and notes."""
    told = [element.text or ""]
    waiting = list(reversed(element))
    ends: dict[Element, None] = {}
    while waiting:
        inner = waiting.pop()
        if inner in ends:
            told.append(inner.tail or "")
            continue
        name = local(inner)
        if name == "line-break":
            told.append("\n")
        elif name in ("s", "tab"):
            told.append(" ")
        ends[inner] = None
        waiting.append(inner)
        if name not in _LEFT_OUT:
            told.append(inner.text or "")
            waiting.extend(reversed(inner))
    return "".join(told)


def _links(root: Element) -> Iterator[tuple[str, str]]:
    """Addresses and words of the links, without those of notes and deleted text."""
    waiting = list(reversed(root))
    while waiting:
        element = waiting.pop()
        name = local(element)
        if name == "a":
            yield attribute(element, "href"), _text(element)
        elif name == "text-box" or name not in _LEFT_OUT:
            waiting.extend(reversed(element))


def _pictures(root: Element, archive: zipfile.ZipFile) -> Iterator[tuple[bytes, str]]:
    """Bytes and description of the pictures that lie in the file, each kept in one form or two."""
    for frame in below(root, "frame"):
        image = child(frame, "image")
        if image is not None and (data := member(archive, attribute(image, "href").removeprefix("./"))):
            said = child(frame, "desc")
            yield data, (said.text or "") if said is not None else ""


def _boxes(element: Element) -> list[Element]:
    return [inner for inner in element.iter() if local(inner) == "text-box"][::-1]


def _table(element: Element) -> Piece | None:
    """A table of data; None for one that lays out the page."""
    if next((inner for inner in element.iterdescendants() if local(inner) == "table"), None) is not None:
        return None
    rows: list[list[str]] = []
    for row in below(element, "table-row"):
        cells: list[str] = []
        for cell in row:
            if local(cell) in ("table-cell", "covered-table-cell"):
                words = " ".join(text for p in below(cell, "p") if (text := tidy(gate(_text(p)).text)))
                told = attribute(cell, "number-columns-repeated")
                repeated = int(told) if told.isascii() and told.isdigit() and len(told) < 9 else 1
                cells += [words] * min(repeated, MOST_COLUMNS - len(cells))
        while cells and not cells[-1]:
            cells.pop()
        rows.append(cells)
    rows = [row for row in rows if any(row)]
    if not rows or max(map(len, rows)) < 2 or max(len(cell) for row in rows for cell in row) > LONGEST_CELL:
        return None
    block = table(rows)
    return Piece(block=block) if block else None
