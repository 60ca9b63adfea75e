"""A text held against others that resemble it, and which of the verdicts over them are worth a fact."""

from collections.abc import Sequence
from dataclasses import dataclass
from operator import attrgetter

from warehouse.resolution.near_duplicates import (
    Likeness,
    Verdict,
    compare,
    is_issue_of_one,
    verdict,
    worth_comparing,
)
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
        siblings = [like for _, _, one, like in compared if one is not other and one.publisher in ends]
        recurring = _recurs(siblings)
        if judged := verdict(later, earlier, found, recurring=recurring):
            pairs.append(Pair(later, earlier, other, found, judged))
    return _worth_telling(pairs)


def _recurs(siblings: Sequence[Likeness]) -> bool:
    """Whether these make a text one that is issued again and again: on another day, or three times on one."""
    alike = [like for like in siblings if is_issue_of_one(like) or like.same_text]
    return any(like.days for like in alike) or len(alike) >= SEVERAL


def in_order(first: Sketch, second: Sketch) -> tuple[Sketch, Sketch]:
    """The later of two texts, then the earlier; by day and minute where both have them, else as they came."""
    if first.issued_on and second.issued_on:
        days = [(one.issued_on or "", one.issued_at or "", one.reading_no) for one in (first, second)]
        return (first, second) if days[0] > days[1] else (second, first)
    return (first, second) if first.reading_no > second.reading_no else (second, first)


def _worth_telling(pairs: Sequence[Pair]) -> list[Pair]:
    """The nearest of each kind; one copy for each publisher; mere resemblance only where nothing else joins."""
    ranked = sorted(_without_copies_of_issues(pairs), key=_nearness)
    told: dict[tuple[str, str], Pair] = {}
    for pair in ranked:
        kind = pair.verdict.kind
        told.setdefault((kind, pair.other.publisher if kind == "syndicated" else ""), pair)
    if any(kind != "related" for kind, _ in told):
        if ("corrects", "") in told:
            told.pop(("series", ""), None)
        return [pair for (kind, _), pair in told.items() if kind != "related"]
    own = [pair for pair in ranked if pair.verdict.kind == "related" and not _is_boilerplate(pair, ranked)]
    return own[:RELATED_AT_MOST]


def _without_copies_of_issues(pairs: Sequence[Pair]) -> list[Pair]:
    """Another publisher's copy of some other issue says nothing where a text has an issue of its own to follow."""
    placed = any(pair.verdict.kind == "syndicated" or _is_issue_of(pair, own=True) for pair in pairs)
    return [pair for pair in pairs if not (placed and _is_issue_of(pair, own=False))]


def _is_issue_of(pair: Pair, *, own: bool) -> bool:
    return pair.verdict.kind == "series" and (pair.later.publisher == pair.earlier.publisher) is own


def _is_boilerplate(pair: Pair, ranked: Sequence[Pair]) -> bool:
    """Whether what two texts of a publisher share stands in its texts of many days, so that it says nothing."""
    later, earlier = pair.later, pair.earlier
    if later.publisher != earlier.publisher:
        return False
    alike = (one.other for one in ranked if one.verdict.kind == "related" and one.other.publisher == later.publisher)
    return len({other.issued_on for other in alike}) >= OF_MANY_DAYS


def _nearness(pair: Pair) -> tuple[int, float, int]:
    days = pair.found.days if pair.found.days is not None else 0
    return days, -pair.found.contained, pair.other.reading_no
