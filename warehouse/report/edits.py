"""Edits side by side: how a text read before, how it reads after, and the words that changed."""

import re
from bisect import bisect
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import accumulate, groupby
from operator import itemgetter
from typing import Any
from zoneinfo import ZoneInfo

from warehouse.report.asking import Row
from warehouse.report.section import Desk, Section

MOST = 16
FIELDS, PIECES, LETTERS = 4, 40, 700  # of one edit, of one field, of one piece
ROOM = 3_000  # letters of one field, so that no page grows past what can be sent
FIELD_NAMES = {"body": "Text", "title": "Headline", "subtitle": "Subtitle", "published": "Issued", "updated": "Updated"}
BEFORE, AFTER = frozenset("-=~"), frozenset("+=~")
CHANGED = frozenset("+-")
INSTANT = re.compile(r"\d{4}-[01]\d-[0-3]\dT[0-2]\d:[0-5]\d:[0-5]\d(\.\d+)?Z")
TORN_START, TORN_END = re.compile(r"^[a-zA-Z]{1,15} "), re.compile(r" [a-zA-Z]{1,15}$")

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
    edits = [(row, list(_fields(row, desk.period.zone))) for row in answer.rows]
    return Section("edits", "Changed", "What was changed", {"answer": answer, "edits": edits})


def _fields(row: Row, zone: str) -> Iterator[Compared]:
    told = [one | {"text": _in_zone(one["text"], zone)} for one in row["pieces"] or ()]
    grouped = groupby(told, key=itemgetter("field"))
    for _, (name, pieces) in zip(range(FIELDS), grouped, strict=False):
        yield compared(FIELD_NAMES.get(name, name.capitalize()), list(pieces))


def _in_zone(text: str, zone: str) -> str:
    """A piece that is an instant as the other times of the page are told; any other as it is."""
    if not INSTANT.fullmatch(text):
        return text
    return f"{datetime.fromisoformat(text).astimezone(ZoneInfo(zone)):%-d %b %Y, %H:%M}"


def compared(name: str, told: Sequence[dict[str, Any]]) -> Compared:
    """The two sides of one field, from the pieces of its difference."""
    pieces = list(_whole_words(_fitting(told)))
    before = tuple(piece for piece in pieces if piece[0] in BEFORE)
    after = tuple(piece for piece in pieces if piece[0] in AFTER)
    is_cut = len(told) > len(pieces) or any(len(one["text"]) > LETTERS for one in told if one["op"] in CHANGED)
    return Compared(name, before, after, is_cut)


def _fitting(told: Sequence[dict[str, Any]]) -> list[Piece]:
    """The first pieces, each clipped, as far as there is room."""
    pieces = [(one["op"], _clipped(one["op"], one["text"])) for one in told[:PIECES]]
    filled = list(accumulate(len(text) for _, text in pieces))
    return pieces[: 1 + bisect(filled, ROOM)]


def _clipped(op: str, text: str) -> str:
    return text if len(text) <= LETTERS else f"{text[:LETTERS]} …" if op in CHANGED else f"… {text[-LETTERS:]}"


def _whole_words(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """What stands beside something left out begins, or ends, with a word; it was cut where letters ran out."""
    for place, (op, text) in enumerate(pieces):
        if op != "=":
            yield op, text
            continue
        after_gap = place > 0 and pieces[place - 1][0] == "~"
        before_gap = place + 1 < len(pieces) and pieces[place + 1][0] == "~"
        begun = TORN_START.sub("", text) if after_gap else text
        yield op, TORN_END.sub("", begun) if before_gap else begun
