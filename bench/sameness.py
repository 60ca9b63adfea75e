"""Planted edits, copies and series against the verdicts: how many of each are right, by kind.

A pair that the archive would not have looked up together counts as joined by nothing.

`python -m bench.sameness` judges the half that the rule was built on; with `final`, the other.
"""

import sys
from collections import Counter
from collections.abc import Iterable, Mapping

from bench.figures import Figure, report
from bench.planted import Half, Issue, Planted
from bench.planted_edits import edits
from bench.planted_series import series_pairs
from parsers.text import fingerprint
from warehouse.resolution.likeness import compare
from warehouse.resolution.lookalikes import found_under
from warehouse.resolution.near_duplicates import verdict
from warehouse.resolution.sketches import sketches

EACH = 200
RIGHT = 0.985
AT_ONCE = 200


def main(half: Half = "final") -> int:
    """Measures and prints; 1 when a bar was missed."""
    return report(f"verdicts over planted texts, half {half!r}", figures(half, EACH))


def figures(half: Half, each: int) -> list[Figure]:
    """One figure per kind of edit, one for all edits of a language, one for the series."""
    told = [_edit_figure(kind, right) for kind, right in sorted(_judged(edits(half, each)).items())]
    joined = _judged(series_pairs(half))
    apart = sum(right[True] for right in joined.values())
    merged = sum(right[False] for right in joined.values())
    told.append(Figure(f"series pairs taken for one text, of {apart + merged:,}", str(merged), "0", merged == 0))
    return told


def _edit_figure(kind: str, right: Counter[bool]) -> Figure:
    share = right[True] / right.total()
    return Figure(kind, f"{share:.1%}", f">= {RIGHT:.1%}", share >= RIGHT)


def _judged(pairs: Iterable[Planted]) -> Mapping[str, Counter[bool]]:
    """By kind, how many verdicts were right and how many wrong."""
    told: dict[str, Counter[bool]] = {}
    waiting: list[Planted] = []
    for pair in pairs:
        waiting.append(pair)
        if len(waiting) == AT_ONCE:
            _judge(waiting, told)
            waiting.clear()
    _judge(waiting, told)
    return told


def _judge(pairs: list[Planted], told: dict[str, Counter[bool]]) -> None:
    sketched = sketches([reading(issue) for pair in pairs for issue in (pair.older, pair.newer)])
    for pair, older, newer in zip(pairs, sketched[::2], sketched[1::2], strict=True):
        met = not set(found_under(newer)).isdisjoint(found_under(older))
        found = verdict(newer, older, compare(newer, older), recurring=False) if met else None
        kind = found.kind if found else "none"
        told.setdefault(pair.kind, Counter())[kind in pair.right] += 1


def reading(issue: Issue) -> dict[str, object]:
    """An issue as the columns of a reading that a sketch is made of."""
    at = f"{issue.on}T{issue.at:%H:%M}:00Z" if issue.at else None
    return {
        "title": issue.title,
        "body": issue.body,
        "language": issue.language,
        "publisher": issue.publisher,
        "published_on": issue.on.isoformat(),
        "published_at": at,
        "published_basis": "stated",
        "address_on": issue.on.isoformat(),
        "reading_no": 0,
        "release_id": issue.url,
        "text_sha256": fingerprint((issue.body,)),
    }


if __name__ == "__main__":
    sys.exit(main("final" if "final" in sys.argv[1:] else "open"))
