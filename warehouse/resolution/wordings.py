"""Two wordings of one text compared: what weighs in it and was lost or gained, and what the other changes come to."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Literal

from parsers.chineseforms import simplified
from parsers.particulars import NUMERALS
from parsers.text import fingerprint, squeeze
from warehouse.resolution.marks import Mark, MarkKind, marks_in
from warehouse.resolution.word_diff import HAN, Piece, word_diff

Wording = Literal["addition", "cut", "wording", "typo"]

PASSAGE = 8.0  # words; from here on something was added or cut rather than worded differently
SENTENCE = 3.0  # words, where a full stop ends them
STOPS = tuple(".!?\u3002\uff01\uff1f")
CLOSING = ")]\"'\uff09\u3011\u3015\u300d\u300f\u201d\u2019"
NOTICES: tuple[MarkKind, ...] = ("correction", "withdrawal")
EXACT: tuple[MarkKind, ...] = ("figure", "date", "name")
HAN_PER_WORD = 1.5
SIMILAR = 0.75  # share of letters that a word and its misspelling have in common
LONGEST_TYPO = 40  # characters
SIGHT = 200  # characters on either side of the changes in which marks are looked for
FIELD_OF_VIEW = 200_000  # characters at most
_WORD = rf"[^\W_{HAN}]+(?:['\u2019.,-][^\W_{HAN}]+)*"
_HAN = f"[{HAN}]"
_SIGNS = r"[%\u2030\u00b0$\u20ac\u00a3\u00a5+]"
_STOP = r"[\u3002\n]|[.!?]\s"
_NEGATION = r"(?i)\b(?:not?|never|un\w+)\b|n['\u2019]t\b|[不無无未非沒没]"


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
        lost, gained = _weighing(old, new, change)
        touched |= dict.fromkeys(lost)
        touching |= dict.fromkeys(gained)
        pairs = _swapped(lost, gained, change)
        swapped += pairs
        if change.is_passage or not (pairs or _explained(lost, gained)):
            found.changes |= _kinds(change)
    places = {mark: place for place, pair in enumerate(swapped) for mark in pair}
    found.lost.update(_counted(touched, places))
    found.gained.update(_counted(touching, places))
    if not found.changes and found.lost == found.gained:
        found.changes.add("wording")  # what weighs only changed places
    return found


def word_count(text: str) -> float:
    """Words, with the characters of Chinese at two thirds of a word."""
    return len(re.findall(_WORD, text)) + len(re.findall(_HAN, text)) / HAN_PER_WORD


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


def _explained(lost: list[Mark], gained: list[Mark]) -> bool:
    """Whether a change is told by the figures, dates or names in it."""
    return {mark.said for mark in lost if mark.kind in EXACT} != {mark.said for mark in gained if mark.kind in EXACT}


def _moved(changes: Sequence[Change]) -> set[str]:
    """Paragraphs that stand elsewhere now."""
    passages = [change for change in changes if change.is_passage]
    gone = {part for change in passages if change.lost.strip() for part in _paragraphs(change)}
    return gone & {part for change in passages if change.gained.strip() for part in _paragraphs(change)}


def _paragraphs(passage: Change) -> list[str]:
    return [squeeze(part) for part in (passage.lost + passage.gained).split("\n\n") if part.strip()]


def _kinds(change: Change) -> set[Wording]:
    lost, gained = word_count(change.lost), word_count(change.gained)
    if change.is_passage:
        return {"addition"} if gained > lost else {"cut"}
    if _is_typo(change.lost.strip(), change.gained.strip()):
        return {"typo"}
    grown: set[Wording] = {"addition"} if gained - lost >= 2 * PASSAGE else set()
    shrunk: set[Wording] = {"cut"} if lost - gained >= 2 * PASSAGE else set()
    return grown | shrunk | {"wording"}


def _is_typo(lost: str, gained: str) -> bool:
    """Marks, case and script alone, a Chinese character for another, or a word for one spelt much like it."""
    if simplified(lost) == simplified(gained):
        return True
    if re.findall(_SIGNS, lost) != re.findall(_SIGNS, gained):
        return False
    if fingerprint(re.findall(_WORD, lost) + re.findall(_HAN, lost)) == fingerprint(
        re.findall(_WORD, gained) + re.findall(_HAN, gained)
    ):
        return True
    if not (lost and gained) or max(len(lost), len(gained)) > LONGEST_TYPO:
        return False
    if len(re.findall(_NEGATION, lost)) != len(re.findall(_NEGATION, gained)):
        return False
    if re.search(_HAN, lost + gained):
        return len(lost) == len(gained) == 1 and not set(NUMERALS).issuperset(simplified(lost + gained))
    first, second = sorted((lost.casefold(), gained.casefold()))
    return SequenceMatcher(None, first, second, autojunk=False).ratio() >= SIMILAR
