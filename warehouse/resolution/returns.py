"""Releases that are gone and stand elsewhere again, corrected or moved: what is compared is their last text.

A withdrawn release reads as its notice by then, which resembles nothing; one that vanished still reads as it did, and
often does so for days after the corrected one was issued. That it is gone speaks for a correction on a later day too,
unless its publisher issues the text again and again.
"""

from collections.abc import Collection, Iterable, Sequence
from typing import Any

import duckdb
import pyarrow as pa

from warehouse.connection import sql
from warehouse.resolution.known import rows, with_table
from warehouse.resolution.likeness import SAME_MASKED, Likeness, alike, compare
from warehouse.resolution.lookalikes import lookalikes, newest_of
from warehouse.resolution.near_duplicates import CORRECTED_WITHIN, SAME_HEADLINE, SAME_TEXT, tells_of_others
from warehouse.resolution.proven import LIKENESSES
from warehouse.resolution.sketches import Sketch
from warehouse.resolution.turns import RULE, fact, is_notice, why_told

Row = dict[str, Any]


def returns(
    con: duckdb.DuckDBPyConnection, met: Sequence[tuple[Sketch, Sequence[Sketch]]], readings: Sequence[Row]
) -> dict[str, Row]:
    """The facts that join texts that are new to releases which are gone, by the release that is back.

    :param readings: those of the batch, which come after what the archive has.
    """
    found = ((sketch, _former(sketch, others)) for sketch, others in met)
    candidates = {sketch.release_id: former for sketch, former in found if former}
    if not candidates:
        return {}
    numbers = {sketch.release_id: sketch.reading_no for sketch, _ in met}
    newest = newest_of(con, {former.release_id for former, _ in candidates.values()})
    vanished = {release for (release,) in con.execute(sql("resolution/vanished_now")).fetchall()}
    told = {}
    for release, (former, like) in candidates.items():
        elder, own = former.release_id, numbers[release]
        # What comes later in the batch is not known yet, so that batches leave no trace.
        now = [row for row in readings if row["release_id"] == elder and row["reading_no"] < own]
        title, body = _reads(con, now[-1] if now else None, newest.get(elder))
        if body and is_notice(f"{title}\n{body}"):
            told[release] = _corrects(release, elder, like, "which was withdrawn")
        elif elder in vanished and not tells_of_others(like):  # old notices may be cleared away
            told[release] = _corrects(release, elder, like, "which is gone from where it stood")
    return told


def stand_elsewhere(con: duckdb.DuckDBPyConnection, gone: Collection[str]) -> list[Row]:
    """Facts about releases that are confirmed to be gone just now, of what was issued in their place before that.

    The same text is the same release; what was said of the two by their likeness is retired.
    """
    texts = [one for one in newest_of(con, gone).values() if one.publisher != "unknown"]
    told: list[Row] = []
    for sketch, others in lookalikes(con, texts) if texts else ():
        newest = newest_of(con, {other.release_id for other in others} - set(gone))
        own = [other for other in _own(sketch, newest.values()) if other.reading_no > sketch.reading_no]
        near = [(other, compare(other, sketch)) for other in alike(sketch, own)]
        if _recurs(like for _, like in near):
            continue
        for later, like in sorted(near, key=lambda pair: pair[0].reading_no):
            if not _stands_in_place(later, sketch, like) or (tells_of_others(like) and not like.same_text):
                continue
            if like.same_text:
                why = "its text stands here, and is gone from where it stood"
                told.append(fact("same_as", later.release_id, sketch.release_id, why))
            else:
                told.append(_corrects(later.release_id, sketch.release_id, like, "which is gone from where it stood"))
            break
    return [*told, *_overruled(con, told)]


def _corrects(later: str, earlier: str, like: Likeness, how: str) -> Row:
    why = f"its text, {how}, stands here again with hardly a figure replaced"
    return fact("corrects", later, earlier, why, round(like.contained, 3))


def _reads(con: duckdb.DuckDBPyConnection, row: Row | None, sketch: Sketch | None) -> tuple[str, str]:
    if row is not None:
        return row["title"], row["body"]
    if sketch is None:
        return "", ""
    body = con.execute(sql("resolution/body_of"), {"reading_no": sketch.reading_no}).fetchone()
    return sketch.title, body[0] if body else ""


def _former(sketch: Sketch, others: Sequence[Sketch]) -> tuple[Sketch, Likeness] | None:
    """The text it may be the return of."""
    near = [(other, compare(sketch, other)) for other in alike(sketch, _own(sketch, others))]
    issues = {one.issued_on for one, like in near if like.masked >= SAME_MASKED}
    if sketch.publisher == "unknown" or len(issues) > 1:
        return None
    for other, like in sorted(near, key=lambda pair: -pair[0].reading_no):
        if not like.same_text and _stands_in_place(sketch, other, like):
            return other, like
    return None


def _own(sketch: Sketch, others: Iterable[Sketch]) -> list[Sketch]:
    return [other for other in others if (other.publisher, other.language) == (sketch.publisher, sketch.language)]


def _stands_in_place(later: Sketch, earlier: Sketch, like: Likeness) -> bool:
    """Whether one may have been issued in place of the other, if that is gone."""
    is_later = (later.issued_on or "") >= (earlier.issued_on or "") and (like.days or 0) <= CORRECTED_WITHIN
    few = like.figures_replaced <= max(1, like.figures // 4)
    return few and is_later and like.contained >= SAME_TEXT and like.headline >= SAME_HEADLINE


def _recurs(found: Iterable[Likeness]) -> bool:
    """Whether there are issues of more than one other day."""
    return len({like.days for like in found if like.masked >= SAME_MASKED}) > 1


def _overruled(con: duckdb.DuckDBPyConnection, told: Sequence[Row]) -> list[Row]:
    """What was said of two releases by their likeness, where it is known now how one came from the other."""
    if not told:
        return []
    pairs = {frozenset((one["release_a"], one["release_b"])): one["kind"] for one in told}
    with_table(con, "wanted_releases", pa.table({"release_id": sorted({end for pair in pairs for end in pair})}))
    held = rows(con, sql("resolution/relations_held"))
    return [
        {
            **one,
            "rule": RULE,
            "evidence": why_told("one is gone, and the other stands in its place"),
            "state": "retired",
        }
        for one in held
        if (kind := pairs.get(frozenset((one["release_a"], one["release_b"]))))
        and one["state"] == "asserted"
        and one["kind"] in LIKENESSES - {kind}
    ]
