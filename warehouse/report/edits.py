"""Edits side by side: how a text read before, how it reads after, and the words that changed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Any

from warehouse.report.asking import Row
from warehouse.report.section import Desk, Section

MOST = 16
FIELDS, PIECES, LETTERS = 6, 40, 700  # of one edit, of one field, of one piece
FIELD_NAMES = {"body": "Text", "title": "Headline", "subtitle": "Subtitle", "published": "Issued", "updated": "Updated"}
BEFORE, AFTER = frozenset("-=~"), frozenset("+=~")
CHANGED = frozenset("+-")

Piece = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Compared:
    """One field before and after; pieces are `=` kept, `-` lost, `+` gained, `~` left out, with their text."""

    name: str
    before: tuple[Piece, ...]
    after: tuple[Piece, ...]
    is_cut: bool


def tell(desk: Desk) -> Section:
    """The weightiest edits of the period."""
    answer = desk.ask("edits", MOST)
    edits = [(row, list(_fields(row))) for row in answer.rows]
    return Section("edits", "Changed", "What was changed", {"answer": answer, "edits": edits})


def _fields(row: Row) -> Iterator[Compared]:
    grouped = groupby(row["pieces"] or (), key=itemgetter("field"))
    for _, (name, pieces) in zip(range(FIELDS), grouped, strict=False):
        yield _compared(FIELD_NAMES.get(name, name.capitalize()), list(pieces))


def _compared(name: str, told: Sequence[dict[str, Any]]) -> Compared:
    pieces = [(one["op"], _clipped(one["op"], one["text"])) for one in told[:PIECES]]
    before = tuple(piece for piece in pieces if piece[0] in BEFORE)
    after = tuple(piece for piece in pieces if piece[0] in AFTER)
    is_cut = len(told) > PIECES or any(len(one["text"]) > LETTERS for one in told if one["op"] in CHANGED)
    return Compared(name, before, after, is_cut)


def _clipped(op: str, text: str) -> str:
    return text if len(text) <= LETTERS else f"{text[:LETTERS]} …" if op in CHANGED else f"… {text[-LETTERS:]}"
