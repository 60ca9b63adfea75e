"""What is left of a change once the figures, dates, names, notices and quotations in it are told."""

import re
from collections.abc import Sequence

from parsers.text import squeeze
from warehouse.resolution.marks import Mark, MarkKind
from warehouse.resolution.misspellings import WORD, same_words
from warehouse.resolution.word_diff import HAN

EXACT: tuple[MarkKind, ...] = ("figure", "date", "name")
LONGEST_NOTICE = 300  # characters of a paragraph that is all about a notice in it
_STOP = r"[\u3002\n]|[.!?](?=\s|\Z)"
_NUMBERS = "is are|was were|has have|this these|that those|it they|its their|a an|man men|woman women|child children"
_AGREEING = frozenset(frozenset(pair.split()) for pair in (*_NUMBERS.split("|"), "person people", "does do"))
# Words in which a small letter and a capital make two words.
_CAPITALS_TELL = frozenset(("us", "it", "who", "aids"))


def only_dressed(lost: str, gained: str) -> bool:
    """Whether nothing but capitals changed."""
    words = set(re.findall(r"\w+", lost.casefold()))
    return lost.casefold() == gained.casefold() and bool(lost) and words.isdisjoint(_CAPITALS_TELL)


def is_told(lost: Sequence[Mark], gained: Sequence[Mark]) -> bool:
    """Whether a change is told by the figures, dates or names in it."""
    return _said(lost) != _said(gained)


def remainder(text: str, at: int, marks: Sequence[Mark], others: Sequence[Mark]) -> str:
    """One side of a change, without what weighs in it; what weighs on the other side too is written as it is there."""
    kept = _said(marks) & _said(others)
    for mark in sorted(marks, key=lambda mark: mark.start, reverse=True):
        if mark.kind in EXACT:
            said = f" {mark.said} " if mark.said in kept else " "
            text = text[: max(0, mark.start - at)] + said + text[max(0, mark.end - at) :]
    return squeeze(text)


def changes_more(before: str, after: str, told: bool, one_sided: bool) -> bool:
    """Whether the remainders differ in more than what the marks told bring with them."""
    if same_words(before, after) or (one_sided and not (before and after)):
        return not told
    return not (told and _agrees(before, after))


def without_notices(text: str, at: int, notices: Sequence[Mark]) -> str:
    """A text that was added, without the paragraphs, or of long ones the sentences, in which it speaks of itself."""
    spans = sorted((_around(text, max(0, mark.start - at), max(0, mark.end - at)) for mark in notices), reverse=True)
    kept = len(text)
    for first, last in spans:  # two notices may share a paragraph
        text = text[:first] + text[min(last, kept) :]
        kept = first
    return text


def _around(text: str, start: int, end: int) -> tuple[int, int]:
    """Where the paragraph, or of a long one the sentence, begins and ends in which a notice stands."""
    first = text.rfind("\n\n", 0, start) + 1
    last = end + len(text[end:].partition("\n\n")[0])
    if last - first > LONGEST_NOTICE:
        first = max((stop.end() for stop in re.finditer(_STOP, text[:start])), default=0)
        stop = re.compile(_STOP).search(text, end)
        last = stop.end() if stop else len(text)
    return first, last


def is_quoted(at: int, text: str, marks: Sequence[Mark]) -> bool:
    """Whether all of it stands in a quotation."""
    end = at + len(text.rstrip())
    return any(mark.kind == "quotation" and mark.start <= at and end <= mark.end for mark in marks)


def _said(marks: Sequence[Mark]) -> set[str]:
    return {mark.said for mark in marks if mark.kind in EXACT}


def _agrees(before: str, after: str) -> bool:
    """One boat and two boats, is and are, a and an."""
    if re.search(f"[{HAN}]", before + after):
        return False
    old, new = (re.findall(WORD, text.casefold()) for text in (before, after))
    return len(old) == len(new) and all(
        _singular(one) == _singular(other) or frozenset((one, other)) in _AGREEING
        for one, other in zip(old, new, strict=True)
    )


def _singular(word: str) -> str:
    return re.sub(r"ies$", "y", word) if word.endswith("ies") else word.removesuffix("s")
