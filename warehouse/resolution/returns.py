"""Releases that were withdrawn and stand elsewhere again, corrected: what they are compared with is their last text.

A release reads as its notice of withdrawal by then, which resembles nothing. That it was withdrawn speaks for a
correction on a later day too, unless its publisher issues the text again and again.
"""

from collections.abc import Sequence
from typing import Any

import duckdb

from warehouse.connection import sql
from warehouse.resolution.lookalikes import newest_of
from warehouse.resolution.near_duplicates import (
    CORRECTED_WITHIN,
    SAME_HEADLINE,
    SAME_MASKED,
    SAME_TEXT,
    compare,
    worth_comparing,
)
from warehouse.resolution.sketches import Sketch
from warehouse.resolution.turns import fact, is_notice

Row = dict[str, Any]


def returns(
    con: duckdb.DuckDBPyConnection, alike: Sequence[tuple[Sketch, Sequence[Sketch]]], readings: Sequence[Row]
) -> dict[str, Row]:
    """The facts that join texts that are new to releases which were withdrawn, by the release that is back.

    :param readings: those of the batch, which come after what the archive has.
    """
    found = ((sketch, _former(sketch, others)) for sketch, others in alike)
    candidates = {sketch.release_id: former for sketch, former in found if former}
    numbers = {sketch.release_id: sketch.reading_no for sketch, _ in alike}
    newest = newest_of(con, {former.release_id for former, _ in candidates.values()})
    told = {}
    for release, (former, share) in candidates.items():
        elder, own = former.release_id, numbers[release]
        # What comes later in the batch is not known yet, so that batches leave no trace.
        now = [row for row in readings if row["release_id"] == elder and row["reading_no"] < own]
        title, body = _reads(con, now[-1] if now else None, newest.get(elder))
        if body and is_notice(f"{title}\n{body}"):
            why = "its text, which was withdrawn, stands here again with hardly a figure replaced"
            told[release] = fact("corrects", release, elder, why, round(share, 3))
    return told


def _reads(con: duckdb.DuckDBPyConnection, row: Row | None, sketch: Sketch | None) -> tuple[str, str]:
    if row is not None:
        return row["title"], row["body"]
    if sketch is None:
        return "", ""
    body = con.execute(sql("resolution/body_of"), {"reading_no": sketch.reading_no}).fetchone()
    return sketch.title, body[0] if body else ""


def _former(sketch: Sketch, others: Sequence[Sketch]) -> tuple[Sketch, float] | None:
    """The text it may be the return of, and how much of that it has."""
    own = [other for other in others if other.publisher == sketch.publisher and other.language == sketch.language]
    near = [(other, compare(sketch, other)) for other in worth_comparing(sketch, own)]
    if sketch.publisher == "unknown" or len({one.issued_on for one, like in near if like.masked >= SAME_MASKED}) > 1:
        return None
    for other, like in sorted(near, key=lambda pair: -pair[0].reading_no):
        few = like.figures_replaced <= max(1, like.figures // 4)
        is_later = (sketch.issued_on or "") >= (other.issued_on or "") and (like.days or 0) <= CORRECTED_WITHIN
        if (
            few
            and is_later
            and not like.same_text
            and min(like.contained / SAME_TEXT, like.headline / SAME_HEADLINE) >= 1
        ):
            return other, like.contained
    return None
