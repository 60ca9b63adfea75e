"""The parts of a word processor's file, whichever it is: items to lists, and the paragraph that is the headline.

A heading of level 0 is a paragraph in the style Title.
"""

from collections.abc import Iterator

from parsers.blocks import bullets
from parsers.frame import Fact
from parsers.pieces import LONGEST_HEAD, Piece

Item = tuple[int, str, str]
"""An item of a list: its depth, its marker, its text."""


def listed(parts: Iterator[Piece | Item]) -> Iterator[Piece]:
    """The parts, with items that follow one another as one list."""
    items: list[Item] = []
    for told in parts:
        if isinstance(told, Piece):
            yield from _list(items)
            items.clear()
            yield told
        else:
            items.append(told)
    yield from _list(items)


def _list(items: list[Item]) -> Iterator[Piece]:
    block = bullets(items)
    if block:
        yield Piece(block=block)


def headline_of(pieces: list[Piece]) -> tuple[Fact | None, list[Piece]]:
    """The paragraph in the style Title, else the first heading of the first level above the story."""
    head = [(at, piece) for at, piece in enumerate(pieces[:LONGEST_HEAD]) if piece.level is not None]
    for at, piece in sorted(head, key=lambda told: told[1].level or 0):
        if (piece.level or 0) <= 1 or at == 0:
            text = piece.lines[0]
            rule = f"heading {piece.level}" if piece.level else "style Title"
            rest = [*pieces[:at], *pieces[at + 1 :]]
            return Fact(text, rule, text), [_below_title(other) for other in rest]
    return None, [_below_title(piece) for piece in pieces]


def _below_title(piece: Piece) -> Piece:
    """A second paragraph in the style Title is a heading of the first level."""
    return Piece(lines=piece.lines, level=1) if piece.level == 0 else piece
