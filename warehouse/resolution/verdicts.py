"""A verdict over one item, and the rows that come with it: its reading, and the keys that name its release."""

from dataclasses import dataclass
from typing import Any

from sources.capture import Outcome
from warehouse.resolution.identity import STRENGTH, Key
from warehouse.resolution.known import Known

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of one item, and the rows that follow from it. `before` is what a new version takes the place of."""

    outcome: Outcome
    reason: str
    release_id: str | None = None
    version: int | None = None
    rendition: str | None = None
    reading: Row | None = None
    new_keys: tuple[Row, ...] = ()
    stage: str | None = None
    parser: str | None = None
    before: Row | None = None
    facts: tuple[Row, ...] = ()
    alarm: str | None = None  # the address that another text has taken


def placed(known: Known, name: str, row: Row, place: Row) -> Row:
    """The reading of a release at this place of its history, known from now on."""
    reading = row | place | {"release_id": name, "reading_no": known.next_reading_no}
    known.take(reading)
    return reading


def in_place_of(held: Row) -> Row:
    """The place of another reading of the version that a release has now."""
    place = {"version": held["version"], "reading": held["reading"] + 1, "supersedes": held["reading_no"]}
    return place | {name: held[name] for name in ("edit_kind", "changed_fields", "release_seen_at", "first_seen_at")}


def aliases_of(known: Known, held: Row, keys: tuple[Key, ...], matched: Key) -> tuple[Row, ...]:
    """The keys that come to name a known release; a second number or address only where its very text stands too."""
    name = held["release_id"]
    has = {kind for kind, _ in known.keys.get(name, ())}
    offered = (key for key in keys if key.kind not in STRENGTH[:2] or key.kind not in has or matched.kind == "text")
    told = tuple(Key(key.kind, key.value, f"{key.rule}; joined by {matched.rule}") for key in offered)
    return named(known, name, told)


def named(known: Known, name: str, keys: tuple[Key, ...]) -> tuple[Row, ...]:
    """Rows for the keys that did not name this release before."""
    has = known.keys.get(name, set())
    fresh = [key for key in keys if (key.kind, key.value) not in has]
    for key in fresh:
        known.name(name, key.kind, key.value)
    return tuple({"release_id": name, "kind": key.kind, "value": key.value, "rule": key.rule} for key in fresh)
