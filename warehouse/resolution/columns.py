"""One release at several addresses: an edit at any of them is its edit, and one that lags behind takes nothing back.

Sites put an article into two columns, each with a number of its own. What stood at an address when it was last seen
tells whether it was edited there; and the two may part again, when another text or day comes to stand at one of them.
"""

from collections.abc import Mapping
from typing import Any

from warehouse.resolution.containment import SAME_TEXT_EDITED, containment
from warehouse.resolution.identity import days_differ, same_address
from warehouse.resolution.known import Known
from warehouse.resolution.turns import elsewhere
from warehouse.resolution.versions import carried, changed_fields
from warehouse.staging import Entry

Row = Mapping[str, Any]


def has_parted(known: Known, held: Row, row: Row) -> bool:
    """Whether another text than that of the release stands by now where its text stood under a number of its own."""
    numbers, addresses = ((held[name], row[name]) for name in ("native_id", "url"))
    if numbers[0] == numbers[1] if any(numbers) else same_address(*addresses):
        return False
    if not all(numbers if any(numbers) else addresses) or held["text_sha256"] == row["text_sha256"]:
        return False
    if days_differ(held, row) or not (held["body"] and row["body"]):
        return True
    return containment(known.body(held["reading_no"]), row["body"]) < SAME_TEXT_EDITED


def lags_behind(known: Known, entry: Entry, item: int, held: Row, row: Row) -> int | None:
    """The version that stands at this address as before, where a newer one was seen at another."""
    if not elsewhere(held, row):
        return None
    stood = _stood_here(known, entry, item, held, row)
    same = [one for one in stood if not changed_fields(one, carried(one, dict(row)), known.body)]
    return same[-1]["version"] if same else None


def _stood_here(known: Known, entry: Entry, item: int, held: Row, row: Row) -> list[Row]:
    """What this candidate last was; else the last version made at its address; where none was, any but today's."""
    earlier: list[Row] = [one for one in known.history(held["release_id"]) if one["version"] < held["version"]]
    last = known.last.get((entry.ref, item))
    if last and last["known_as"] == held["release_id"]:
        return [one for one in earlier if one["version"] == last["known_at"]]
    return [one for one in earlier if not elsewhere(one, row)][-1:] or earlier
