"""The edits of one batch as rows of `edits`; texts are fetched together, and only where they changed."""

from collections.abc import Mapping, Sequence
from typing import Any

import pyarrow as pa

from warehouse.connection import sql
from warehouse.resolution.changes import RULE, describe
from warehouse.resolution.known import Known, with_table

Row = Mapping[str, Any]


def describe_edits(known: Known, revised: Sequence[tuple[Row, Row]]) -> list[dict[str, Any]]:
    """A row for each new version, given how its release read until then and how it reads now."""
    _fetch_bodies(known, [before["reading_no"] for before, after in revised if "body" in after["changed_fields"]])
    return [_row(known, before, after) for before, after in revised]


def _row(known: Known, before: Row, after: Row) -> dict[str, Any]:
    edit = describe({**before, "body": known.bodies.get(before["reading_no"], "")}, after)
    return {
        "release_id": after["release_id"],
        "version": after["version"],
        "rule": RULE,
        "kinds": list(edit.kinds),
        "weight": edit.weight,
        "figures": edit.figures,
        "names": edit.names,
        "words_added": edit.words_added,
        "words_removed": edit.words_removed,
        "silent": edit.silent,
        "diff": [piece._asdict() for piece in edit.diff],
    }


def _fetch_bodies(known: Known, readings: Sequence[int]) -> None:
    wanted = sorted(set(readings) - set(known.bodies))
    if wanted:
        with_table(known.con, "wanted_readings", pa.table({"reading_no": wanted}))
        known.bodies.update(known.con.execute(sql("resolution/bodies_of")).fetchall())
