"""Who stands in a source's lists, compared with last time: a row when a candidate enters, leaves or returns."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sources.discovery.discovered import Chain, Discovered

GONE = "left"


@dataclass(frozen=True, slots=True)
class Presence:
    """The last that was seen of a candidate: in which list, under which name and day; entered, left or returned."""

    name: str
    list: str
    state: str
    listed_on: str | None


@dataclass(frozen=True, slots=True)
class _Place:
    name: str
    list: str
    day: date | None


def list_changes(before: Mapping[str, Presence], found: Discovered) -> Iterator[dict[str, Any]]:
    """Rows for what has changed since the last look, without the run's own columns.

    Only what had to be seen and was not has left: a list that failed, or was not read back to a candidate's day, says
    nothing of it.
    """
    now = dict(_places(found))
    for ref, place in now.items():
        known = before.get(ref)
        if known is None or known.state == GONE:
            told = {"name": place.name, "list": place.list, "state": "returned" if known else "entered", "how": None}
            yield told | {"ref": ref, "listed_on": place.day.isoformat() if place.day else None}
    read = {chain.address: chain for chain in found.chains if chain.failure is None}
    for ref, known in before.items():
        chain = read.get(known.list)
        if known.state == GONE or ref in now or chain is None:
            continue
        if how := _left(known, chain):
            told = {"name": known.name, "list": known.list, "state": GONE, "how": how}
            yield told | {"ref": ref, "listed_on": known.listed_on}


def _places(found: Discovered) -> Iterator[tuple[str, _Place]]:
    seen: set[str] = set()
    for chain in found.chains:
        for item in chain.items:
            if item.ref and item.ref not in seen:
                seen.add(item.ref)
                yield item.ref, _Place(item.title or item.link or item.ref, chain.address, item.day)


def _left(known: Presence, chain: Chain) -> str | None:
    """Which way a candidate went that is not in its list any more; None where the list does not tell."""
    days = [item.day for item in chain.items if item.day]
    day = date.fromisoformat(known.listed_on) if known.listed_on else None
    if day and days and min(days) < day:
        return "middle"
    # A list that was read to its own end has nothing behind; one day's or month's list is no such end.
    return "end" if chain.ended and chain.read_to is None and chain.items else None
