"""Two wordings of one text compared: what weighs in it and was lost or gained, and what the other changes come to."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from parsers.text import squeeze
from warehouse.resolution.marks import Mark, MarkKind, marks_in
from warehouse.resolution.misspellings import WORD, is_typo, same_words
from warehouse.resolution.opening_names import opening_names
from warehouse.resolution.remainders import (
    EXACT,
    changes_more,
    is_quoted,
    is_told,
    only_dressed,
    remainder,
    without_notices,
)
from warehouse.resolution.word_diff import HAN, Piece, word_diff

Wording = Literal["addition", "cut", "wording", "typo"]

PASSAGE = 8.0  # words; from here on something was added or cut rather than worded differently
SENTENCE = 3.0  # words, where a full stop ends them
STOPS = tuple(".!?\u3002\uff01\uff1f")
CLOSING = ")]\"'\uff09\u3011\u3015\u300d\u300f\u201d\u2019"
NOTICES: tuple[MarkKind, ...] = ("correction", "withdrawal")
HAN_PER_WORD = 1.5
SIGHT = 200  # characters on either side of the changes in which marks are looked for
FIELD_OF_VIEW = 200_000  # characters at most
_HAN = f"[{HAN}]"
_STOP = r"[\u3002\n]|[.!?]\s"


@dataclass(frozen=True, slots=True)
class Change:
    """One place where the wordings differ: the text lost there and gained, and where it stood and stands."""

    lost: str
    gained: str
    lost_at: int
    gained_at: int

    @property
    def is_passage(self) -> bool:
        """Whether a whole passage came or went, so that nothing in it was changed; a short sentence is one too."""
        if self.lost.strip() and self.gained.strip():
            return False
        text = (self.lost + self.gained).strip().rstrip(CLOSING)
        return word_count(text) >= (SENTENCE if text.endswith(STOPS) else PASSAGE)


@dataclass(slots=True)
class Compared:
    """`lost` and `gained` count the marks that changed, `changes` what kind the other changes are."""

    pieces: tuple[Piece, ...] = ()
    lost: Counter[tuple[MarkKind, str]] = field(default_factory=Counter)
    gained: Counter[tuple[MarkKind, str]] = field(default_factory=Counter)
    changes: set[Wording] = field(default_factory=set)
    words_lost: float = 0.0
    words_gained: float = 0.0

    def changed(self, kind: MarkKind) -> int:
        """How many marks of a kind no longer stand as they did."""
        lost = Counter({mark: n for mark, n in self.lost.items() if mark[0] == kind})
        gained = Counter({mark: n for mark, n in self.gained.items() if mark[0] == kind})
        return max((lost - gained).total(), (gained - lost).total())

    def appeared(self, kind: MarkKind) -> bool:
        """Whether there is a mark of a kind that was not there before."""
        return any(mark[0] == kind for mark in self.gained - self.lost)


def compared(before: str, after: str, *, headline: bool = False) -> Compared:
    """The two wordings, with marks and kinds of change. White space is no change."""
    found = Compared(word_diff(before, after))
    changes = [change for change in _changes(found.pieces) if squeeze(change.lost) != squeeze(change.gained)]
    if not changes:
        return found
    old = _in_view(before, changes[0].lost_at, changes[-1].lost_at + len(changes[-1].lost), headline)
    new = _in_view(after, changes[0].gained_at, changes[-1].gained_at + len(changes[-1].gained), headline)
    touched: dict[Mark, None] = {}
    touching: dict[Mark, None] = {}
    swapped: list[tuple[Mark, Mark]] = []
    moved = _moved(changes)
    for change in changes:
        found.words_lost += word_count(change.lost)
        found.words_gained += word_count(change.gained)
        if change.is_passage and moved.issuperset(_paragraphs(change)):
            found.changes.add("wording")
            continue
        if only_dressed(squeeze(change.lost), squeeze(change.gained)):
            found.changes.add("typo")
            continue
        opens = (
            opening_names(before, change.lost_at, len(change.lost)),
            opening_names(after, change.gained_at, len(change.gained)),
        )
        lost, gained = _weighing(_with(old, opens[0]), _with(new, opens[1]), change)
        touched |= dict.fromkeys(lost)
        touching |= dict.fromkeys(gained)
        pairs = _swapped(lost, gained, change)
        swapped += pairs
        found.changes |= set() if pairs else _kinds(change, lost, gained)
    places = {mark: place for place, pair in enumerate(swapped) for mark in pair}
    found.lost.update(_counted(touched, places))
    found.gained.update(_counted(touching, places))
    if not found.changes and found.lost == found.gained:
        found.changes.add("wording")  # what weighs only changed places
    return found


def word_count(text: str) -> float:
    """Words, with the characters of Chinese at two thirds of a word."""
    return len(re.findall(WORD, text)) + len(re.findall(_HAN, text)) / HAN_PER_WORD


def _changes(pieces: Sequence[Piece]) -> Iterator[Change]:
    lost_at = gained_at = 0
    lost = ""
    for place, (op, text) in enumerate(pieces):
        if op == "=":
            lost_at, gained_at = lost_at + len(text), gained_at + len(text)
            continue
        if op == "-":
            lost = text
            if place + 1 < len(pieces) and pieces[place + 1].op == "+":
                continue
        gained = text if op == "+" else ""
        yield Change(lost, gained, lost_at, gained_at)
        lost_at, gained_at, lost = lost_at + len(lost), gained_at + len(gained), ""


def _in_view(text: str, start: int, end: int, headline: bool) -> list[Mark]:
    """Marks near the changes; who scans a book for one word waits in vain."""
    first = max(0, start - SIGHT)
    view = text[first : min(end + SIGHT, first + FIELD_OF_VIEW)]
    return [
        Mark(mark.kind, mark.start + first, mark.end + first, mark.said) for mark in marks_in(view, headline=headline)
    ]


def _touched(marks: Sequence[Mark], start: int, length: int) -> list[Mark]:
    return [mark for mark in marks if mark.start < start + length and start < mark.end]


def _with(marks: Sequence[Mark], opening: Iterable[Mark]) -> list[Mark]:
    """Marks with those that open a sentence, but for what has a mark already."""
    return [*marks, *(one for one in opening if not _touched(marks, one.start, one.end - one.start))]


def _weighing(old: Sequence[Mark], new: Sequence[Mark], change: Change) -> tuple[list[Mark], list[Mark]]:
    """The marks that a change took away or touched, and those it brought or touched."""
    lost = _touched(old, change.lost_at, len(change.lost))
    gained = _touched(new, change.gained_at, len(change.gained))
    if change.is_passage:
        return [mark for mark in lost if mark.kind in (*NOTICES, "quotation")], _notices(gained)
    figures = all(any(mark.kind == "figure" for mark in marks) for marks in (lost, gained))
    lost, gained = ([mark for mark in marks if figures or not mark.bare] for marks in (lost, gained))
    return lost, [mark for mark in gained if not _is_of_notice(mark, _notices(gained), change)]


def _notices(marks: Sequence[Mark]) -> list[Mark]:
    return [mark for mark in marks if mark.kind in NOTICES]


def _is_of_notice(mark: Mark, notices: Sequence[Mark], change: Change) -> bool:
    """Whether it stands in the sentence of a notice: what is said of a correction was not itself corrected."""
    if mark.kind not in EXACT:
        return False
    for notice in notices:
        start = min(mark.end, notice.end) - change.gained_at
        end = max(mark.start, notice.start) - change.gained_at
        if not re.search(_STOP, change.gained[max(0, start) : max(0, end)]):
            return True
    return False


def _swapped(lost: Sequence[Mark], gained: Sequence[Mark], change: Change) -> list[tuple[Mark, Mark]]:
    """Figures that took each other's places and nothing else did: where two change places, neither stands as it did."""
    old, new = ([mark for mark in marks if mark.kind == "figure"] for marks in (lost, gained))
    around = _without(old, change.lost_at, change.lost), _without(new, change.gained_at, change.gained)
    if len(old) != len(new) or around[0] != around[1]:
        return []
    return [pair for pair in zip(old, new, strict=True) if pair[0].said != pair[1].said]


def _without(marks: Sequence[Mark], at: int, text: str) -> str:
    for mark in reversed(marks):
        text = text[: max(0, mark.start - at)] + text[max(0, mark.end - at) :]
    return squeeze(text)


def _counted(marks: Iterable[Mark], places: Mapping[Mark, int]) -> Iterator[tuple[MarkKind, str]]:
    return ((mark.kind, f"{mark.said} {places[mark]}" if mark in places else mark.said) for mark in marks)


def _moved(changes: Sequence[Change]) -> set[str]:
    """Paragraphs that stand elsewhere now."""
    passages = [change for change in changes if change.is_passage]
    gone = {part for change in passages if change.lost.strip() for part in _paragraphs(change)}
    return gone & {part for change in passages if change.gained.strip() for part in _paragraphs(change)}


def _paragraphs(passage: Change) -> list[str]:
    return [squeeze(part) for part in (passage.lost + passage.gained).split("\n\n") if part.strip()]


def _kinds(change: Change, lost: Sequence[Mark], gained: Sequence[Mark]) -> set[Wording]:
    """What becomes of the text beyond what its marks tell."""
    added = without_notices(change.gained, change.gained_at, _notices(gained))
    if change.is_passage:
        told = added != change.gained and not Change("", added, 0, 0).is_passage
        return set() if told else {"addition"} if change.gained.strip() else {"cut"}
    told = is_told(lost, gained) or added != change.gained
    before = remainder(change.lost, change.lost_at, lost, gained)
    after = remainder(change.gained, change.gained_at, gained, lost) if added == change.gained else squeeze(added)
    one_sided = not (any(m.kind in EXACT for m in lost) and any(m.kind in EXACT for m in gained))
    if not changes_more(before, after, told, one_sided):
        return set()
    if _is_of_quotation(change, lost, gained):
        return set() if same_words(before, after) or not is_typo(before, after) else {"typo"}
    if is_typo(before, after):
        return {"typo"}
    words = word_count(before), word_count(after)
    grown: set[Wording] = {"addition"} if words[1] - words[0] >= 2 * PASSAGE else set()
    shrunk: set[Wording] = {"cut"} if words[0] - words[1] >= 2 * PASSAGE else set()
    return grown | shrunk | {"wording"}


def _is_of_quotation(change: Change, lost: Sequence[Mark], gained: Sequence[Mark]) -> bool:
    """Whether it was done within a quotation, whose words are others now."""
    quoted = [{mark.said for mark in marks if mark.kind == "quotation"} for marks in (lost, gained)]
    return quoted[0] != quoted[1] and all(
        not text.strip() or is_quoted(at, text, marks)
        for text, at, marks in ((change.lost, change.lost_at, lost), (change.gained, change.gained_at, gained))
    )
