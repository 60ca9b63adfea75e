"""The parts of a marked-up document in order, and how its frame comes off.

Markdown and HTML say what is a heading, a list or a table; what is a headline, a date line or a button they
do not. Their paragraphs pass the same rules as a bare text, so that the same release reads the same.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from parsers.frame import Frame, peel, take_scattered
from parsers.layout import join_wrapped, tidy
from parsers.records import Block

STORY_BEGINS = 150  # characters; the first paragraph of this length ends the head of a page
LONGEST_HEAD = 12  # pieces before it that are looked at
OPAQUE = "\x00"  # stands for a list or a table among the lines; the text gate lets no such character through


@dataclass(frozen=True, slots=True)
class Piece:
    """One part of a document: a paragraph or heading by its raw lines, or a finished block.

    What stands `beside` the story is read for dates and labelled facts, and is no part of the body.
    """

    lines: tuple[str, ...] = ()
    level: int | None = None
    block: Block | None = None
    beside: bool = False


def settle(
    pieces: Sequence[Piece], *, zone: str, day_first: bool, title: str | None
) -> tuple[Frame, tuple[Block, ...]]:
    """The frame of a document, and the blocks of its story. `title` is the headline it names, if it does."""
    lines: list[str] = []
    spans: list[range] = []
    for piece in pieces:
        start = len(lines)
        lines.extend(piece.lines if piece.block is None else (OPAQUE,))
        spans.append(range(start, len(lines)))
        lines.append("")
    frame = peel(lines, zone=zone, day_first=day_first, title=title, title_wanted=title is None)
    kept = set(frame.kept) - _head(frame, lines, zone, day_first)
    blocks = []
    for piece, span in zip(pieces, spans, strict=True):
        if piece.beside:
            continue
        text = join_wrapped([tidy(lines[index]) for index in span if index in kept])
        if piece.block and span.start in kept:
            blocks.append(piece.block)
        elif piece.block is None and text:
            kind = "heading" if piece.level else "paragraph"
            blocks.append(Block.model_validate({"kind": kind, "text": text, "level": piece.level}))
    return frame, tuple(blocks)


def _head(frame: Frame, lines: Sequence[str], zone: str, day_first: bool) -> set[int]:
    """The lines between a headline and the story that hold dates or labelled facts among other short lines."""
    head: list[int] = []
    for index in frame.kept:
        if len(lines[index]) >= STORY_BEGINS:
            break
        if lines[index].strip():
            head.append(index)
    if len(head) > LONGEST_HEAD:
        return set()
    taken = take_scattered(frame, [tidy(lines[index]) for index in head], zone=zone, day_first=day_first)
    return {head[position] for position in taken}
