"""A text held against others that resemble it, and which of the verdicts over them are worth a fact."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from warehouse.resolution.likeness import Likeness, compare, worth_comparing
from warehouse.resolution.near_duplicates import Verdict, is_issue_of_one, verdict
from warehouse.resolution.sketches import Sketch

RELATED_AT_MOST = 2
SEVERAL = 2  # other issues of a day
OF_MANY_DAYS = 4  # on which a publisher used the same paragraphs


@dataclass(frozen=True, slots=True)
class Pair:
    """Two texts in the order of their days, what was measured of them, and what joins them."""

    later: Sketch
    earlier: Sketch
    other: Sketch
    found: Likeness
    verdict: Verdict


def pairs_of(sketch: Sketch, others: Sequence[Sketch]) -> list[Pair]:
    """The verdicts over a text that are worth a fact."""
    newest = {other.release_id: other for other in sorted(others, key=attrgetter("reading_no"))}
    alike = worth_comparing(sketch, list(newest.values()))
    measured = [(*in_order(sketch, other), other) for other in alike]
    compared = [(later, earlier, other, compare(later, earlier)) for later, earlier, other in measured]
    pairs = []
    for later, earlier, other, found in compared:
        ends = (sketch.publisher, other.publisher)
        siblings = [
            like
            for _, _, one, like in compared
            if one is not other and one.publisher in ends and not one.is_marked  # corrections do not make it recur
        ]
        judged = verdict(later, earlier, found, recurring=_recurs(siblings))
        if judged and not (judged.kind == "syndicated" and _issues_it_itself(later, found, alike)):
            pairs.append(Pair(later, earlier, other, found, judged))
    return _worth_telling(pairs)


def _recurs(siblings: Sequence[Likeness]) -> bool:
    """Whether these make a text one that is issued again and again: on another day, or three times on one."""
    alike = [like for like in siblings if is_issue_of_one(like) or like.same_text]
    return any(like.days for like in alike) or len(alike) >= SEVERAL


def _issues_it_itself(later: Sketch, found: Likeness, others: Sequence[Sketch]) -> bool:
    """Whether a publisher issued a text that never changes before, and so copies nobody who had it a day ago."""
    if not (found.same_text and found.days):
        return False
    before = (one for one in others if one.publisher == later.publisher and one.text_sha256 == later.text_sha256)
    return any((one.issued_on or "") < (later.issued_on or "") for one in before)


def in_order(first: Sketch, second: Sketch) -> tuple[Sketch, Sketch]:
    """The later of two texts, then the earlier: by day and minute where both have them, and by what they say.

    Else as they came.
    """
    minutes = bool(first.issued_at and second.issued_at)
    days = bool(first.issued_on and second.issued_on)
    one, other = (
        (days and text.issued_on, minutes and text.issued_at, text.is_marked, text.reading_no)
        for text in (first, second)
    )
    return (first, second) if one > other else (second, first)


def _worth_telling(pairs: Sequence[Pair]) -> list[Pair]:
    """The nearest of each kind; one copy for each publisher; mere resemblance only where nothing else joins."""
    ranked = sorted(_without_copies_of_issues(pairs), key=_nearness)
    told: dict[tuple[str, str | bool], Pair] = {}
    for pair in ranked:
        told.setdefault((pair.verdict.kind, _beside(pair)), pair)
    if any(kind != "related" for kind, _ in told):
        if ("corrects", True) in told:
            told.pop(("series", ""), None)
        return [pair for (kind, _), pair in told.items() if kind != "related"]
    own = [pair for pair in ranked if pair.verdict.kind == "related" and not _is_boilerplate(pair, ranked)]
    return own[:RELATED_AT_MOST]


def _beside(pair: Pair) -> str | bool:
    """What may be told once each: copies by publisher, and that a text corrects another or is corrected itself."""
    if pair.verdict.kind == "corrects":
        return pair.other is pair.earlier
    return pair.other.publisher if pair.verdict.kind == "syndicated" else ""


def _without_copies_of_issues(pairs: Sequence[Pair]) -> list[Pair]:
    """Another publisher's copy of some other issue says nothing where a text has one of its own to follow.

    Nor does one that differs, where another has the very text.
    """
    placed = any(pair.verdict.kind == "syndicated" or _is_issue_of(pair, own=True) for pair in pairs)
    exact = any(pair.verdict.kind == "syndicated" and pair.found.same_text for pair in pairs)
    return [
        pair
        for pair in pairs
        if not (placed and _is_issue_of(pair, own=False))
        and not (exact and pair.verdict.kind == "syndicated" and not pair.found.same_text)
    ]


def _is_issue_of(pair: Pair, *, own: bool) -> bool:
    return pair.verdict.kind == "series" and (pair.later.publisher == pair.earlier.publisher) is own


def _is_boilerplate(pair: Pair, ranked: Sequence[Pair]) -> bool:
    """Whether what two texts of a publisher share stands in its texts of many days, so that it says nothing."""
    later, earlier = pair.later, pair.earlier
    if later.publisher != earlier.publisher:
        return False
    alike = (one.other for one in ranked if one.verdict.kind == "related" and one.other.publisher == later.publisher)
    return len({other.issued_on for other in alike}) >= OF_MANY_DAYS


def _nearness(pair: Pair) -> tuple[bool, int, float, int]:
    """Issues before their corrections, else as `nearness` has it."""
    kind = pair.verdict.kind
    aside, days, contained = nearness(kind, pair.found.told())
    return aside or (kind == "series" and pair.other.is_marked), days, contained, pair.other.reading_no


def nearness(kind: str, told: Mapping[str, Any]) -> tuple[bool, int, float]:
    """How near a pair is, as it was measured: by days, an equal text before all others.

    A correction goes with the day it names, and a figure that it has otherwise weighs as much as two days.
    """
    days = told.get("days") or 0
    if kind == "corrects":
        return not told.get("names_day"), days + 2 * told.get("figures_replaced", 0), -told["contained"]
    return kind == "syndicated" and not told.get("same_text"), days, -told["contained"]
