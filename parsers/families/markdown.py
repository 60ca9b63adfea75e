"""Markdown files, by the CommonMark rules with tables.

A first-level heading is the title; a block of `key: value` lines between `---` at the top, or of `key = value` lines
between `+++`, is read like the labelled lines of a bare text (`title: ...`, `date: ...`). Its other keys are no text.
"""

import html
import re
from collections.abc import Iterator, Sequence

from markdown_it import MarkdownIt
from markdown_it.token import Token
from selectolax.lexbor import LexborHTMLParser

from parsers.blocks import bullets, table
from parsers.document import open_document, provenance, too_large
from parsers.draft import Draft, complete
from parsers.frame import Fact
from parsers.furniture import labels
from parsers.layout import join_wrapped, tidy
from parsers.links import linked
from parsers.page import absolute
from parsers.pieces import Piece, settle
from parsers.records import Block, Image, Rejection, Release
from sources.capture import Capture

PARSER = "markdown/2"
LARGEST = 2_000_000  # characters; CommonMark readers are slow beyond, and no release is that long
MOST_MARKS = 5_000  # brackets, stars and the like; links and emphasis take the square of their number

_READER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
_PLAIN_READER = MarkdownIt("commonmark").enable("table")
_PLAIN_READER.disable(["link", "image", "emphasis", "autolink", "html_inline", "backticks", "entity", "html_block"])
_PLAIN_READER.disable(["reference"])
_TAG = re.compile(r"<[^<>]{1,2000}>")
_FRONT_MATTER = re.compile(
    r"(---|\+\+\+)[ \t]*\n((?:(?:[A-Za-z_][\w-]*[ \t]?[:=]|[ \t]+\S|- |[\]}])[^\n]*\n){1,60})\1[ \t]*(?:\n|$)"
)
_KEY = re.compile(r"([A-Za-z_][\w-]{0,60})[ \t]?[:=](.*)")
_MEANINGS = {"lastmod": "updated", "modified": "updated", "last_modified_at": "updated", "pubdate": "published"}
_ANCHOR = re.compile(r"""<a\s(?:[^<>]{0,500}\s)?href\s?=\s?["']?([^"'\s<>]+)""", re.IGNORECASE)
_CLOSED_BY = {"bullet_list_open": "bullet_list_close", "ordered_list_open": "ordered_list_close"}


def read(capture: Capture) -> list[Release | Rejection]:
    """The one release of a Markdown file."""
    if refused := too_large(capture, PARSER):
        return [refused]
    document = open_document(capture, PARSER)
    if isinstance(document, Rejection):
        return [document]
    if len(document.text) > LARGEST:
        reason = f"{len(document.text)} characters of Markdown are more than the {LARGEST} that are read; as .txt it is"
        return [Rejection("parse", reason, PARSER)]
    whose = provenance(document)
    front, tokens = tokens_of(document.text)
    pieces = pieces_of(front, tokens)
    title, rest = _headline(pieces)
    frame, blocks = settle(rest, zone=whose.zone, day_first=whose.day_first, title=title.value if title else None)
    titles = [fact for fact in (title, frame.title) if fact]
    draft = Draft(
        parser=PARSER,
        rendition="file",
        blocks=blocks,
        body_at=f"{len(blocks)} blocks of {len(pieces)}",
        titles=titles,
        published=frame.published,
        updated=frame.updated,
        source=frame.source,
        office=frame.office,
        images=pictures(tokens, whose.url),
        links=linked(written_links(tokens), whose.url),
        places={"images": "pictures in the text"},
    )
    return [complete(document, whose, draft)]


def tokens_of(text: str) -> tuple[list[str], list[Token]]:
    """The labelled lines at the top of a Markdown text, and the tokens of the rest."""
    front = _FRONT_MATTER.match(text)
    marks = sum(text.count(mark) for mark in "[]*_`<>!&~")
    reader = _READER if marks <= MOST_MARKS else _PLAIN_READER
    return front[2].splitlines() if front else [], reader.parse(text[front.end() :] if front else text)


def pieces_of(front: Sequence[str], tokens: Sequence[Token]) -> list[Piece]:
    """The parts of a Markdown text in order."""
    pieces = [Piece(lines=(stated,)) for line in front if (stated := _stated(line))]
    at = 0
    while at < len(tokens):
        piece, at = _piece(tokens, at)
        if piece:
            pieces.append(piece)
    return pieces


def written_links(tokens: Sequence[Token]) -> Iterator[tuple[str, str]]:
    """Addresses and words of the links in order, those of HTML among the text too."""
    for token in tokens:
        if token.type == "html_block":
            for node in LexborHTMLParser(token.content).css("a[href]"):
                yield node.attributes["href"] or "", node.text()
            continue
        address, words = "", ""
        for child in token.children or ():
            anchor = _ANCHOR.match(child.content) if child.type == "html_inline" else None
            if child.type == "link_open" or anchor:
                address, words = html.unescape(anchor[1]) if anchor else str(child.attrs["href"]), ""
            elif child.type == "link_close" or (child.type == "html_inline" and child.content == "</a>"):
                yield address, words
                address = ""
            elif child.type in ("text", "code_inline"):
                words += child.content
            elif child.type in ("softbreak", "hardbreak"):
                words += " "


def pictures(tokens: Sequence[Token], base: str | None) -> tuple[Image, ...]:
    """Pictures in order, each address once, with the words that stand for them."""
    named: dict[str, str | None] = {}
    for child in (child for token in tokens for child in token.children or () if child.type == "image"):
        if url := absolute(base or "", str(child.attrs["src"])):
            named.setdefault(url, tidy(child.content) or None)
    return tuple(Image(url=url, caption=said, position=at) for at, (url, said) in enumerate(named.items()))


def _stated(line: str) -> str:
    """A line of the front matter as a label that is understood; empty for all others."""
    told = _KEY.match(line)
    if told is None:
        return ""
    value = told[2].strip().strip(chr(34) + chr(39))
    stated = f"{_MEANINGS.get(told[1].lower(), told[1])}: {value}"
    return stated if value and labels(stated)[1] else ""


def _headline(pieces: Sequence[Piece]) -> tuple[Fact | None, list[Piece]]:
    """The first heading, when no text stands before it, and all the other pieces."""
    for index, piece in enumerate(pieces[:30]):
        if piece.level:
            text = tidy(" ".join(piece.lines))
            if text and (piece.level == 1 or index == 0):
                return Fact(text, f"heading {piece.level}", text), [*pieces[:index], *pieces[index + 1 :]]
            break
    return None, list(pieces)


def _piece(tokens: Sequence[Token], at: int) -> tuple[Piece | None, int]:
    """The part that begins at a token, and where the next one begins."""
    token = tokens[at]
    if token.type in _CLOSED_BY:
        end = _close(tokens, at)
        return _opaque(bullets(_items(tokens[at:end]))), end
    if token.type == "table_open":
        end = _close(tokens, at)
        return _opaque(table(_rows(tokens[at:end]))), end
    if token.type == "blockquote_open":
        end = _close(tokens, at)
        lines = ["> " + join_wrapped(_lines(inner)) for inner in tokens[at:end] if inner.type == "inline"]
        return _opaque(Block(kind="quote", text="\n".join(lines)) if lines else None), end
    if token.type == "inline":
        opener = tokens[at - 1]
        level = int(opener.tag[1]) if opener.type == "heading_open" else None
        lines = _lines(token)
        return (Piece(lines=tuple(lines), level=level) if any(lines) else None), at + 1
    if token.type in ("fence", "code_block", "html_block"):
        content = html.unescape(_TAG.sub(" ", token.content)) if token.type == "html_block" else token.content
        lines = [line for line in map(tidy, content.splitlines()) if line]
        return (Piece(lines=tuple(lines)) if lines else None), at + 1
    return None, at + 1


def _opaque(block: Block | None) -> Piece | None:
    return Piece(block=block) if block else None


def _close(tokens: Sequence[Token], at: int) -> int:
    """The index after the token that closes the one at `at`."""
    level = tokens[at].level
    for index in range(at + 1, len(tokens)):
        if tokens[index].nesting < 0 and tokens[index].level == level:
            return index + 1
    return len(tokens)


def _lines(inline: Token) -> list[str]:
    """The words of a run of text, without its marks, line by line."""
    lines = [""]
    for child in inline.children or ():
        if child.type in ("softbreak", "hardbreak"):
            lines.append("")
        elif child.type in ("text", "code_inline"):
            lines[-1] += child.content
    return [tidy(line) for line in lines]


def _items(tokens: Sequence[Token]) -> list[tuple[int, str, str]]:
    """(depth, marker, text) of every item of a list, nested ones included."""
    items: list[tuple[int, str, list[str]]] = []
    depth = -1
    for token in tokens:
        if token.type in _CLOSED_BY:
            depth += 1
        elif token.type in _CLOSED_BY.values():
            depth -= 1
        elif token.type == "list_item_open":
            items.append((depth, f"{token.info}." if token.info else "-", []))
        elif token.type == "inline" and items:
            items[-1][2].extend(_lines(token))
    return [(depth, marker, join_wrapped(lines)) for depth, marker, lines in items]


def _rows(tokens: Sequence[Token]) -> list[list[str]]:
    rows: list[list[str]] = []
    for token in tokens:
        if token.type == "tr_open":
            rows.append([])
        elif token.type == "inline" and rows:
            rows[-1].append(join_wrapped(_lines(token)))
    return rows
