"""Records that belong together, put together again.

    resource  metadata              a capture of a file
    response  request  metadata     a capture of the web
    response  request               an exchange that is kept, and is no capture

A response of a capture names its metadata record (WARC-Concurrent-To), so that a capture that lost it is never
taken for a mere exchange.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from warehouse.vault.members import Damage, Record


@dataclass(frozen=True, slots=True)
class Group:
    """One capture or exchange as read. `answer` is the resource or response record."""

    answer: Record
    request: Record | None = None
    metadata: Record | None = None

    @property
    def offset(self) -> int:
        """Where its first gzip member begins."""
        return self.answer.offset

    @property
    def end(self) -> int:
        """Where its last gzip member ends."""
        return (self.metadata or self.request or self.answer).end


def grouped(items: Iterable[Record | Damage]) -> Iterator[Group | Damage]:
    """Puts the records of each group together, in order; a neighbour names whose a damaged one was."""
    begun: list[Record] = []
    broken: Damage | None = None
    rest: tuple[str, ...] = ()  # what may still follow of the group that is broken
    for item in items:
        if begun:
            missing = _missing(begun)
            if isinstance(item, Record) and item.kind == missing[0]:
                begun.append(item)
                if len(missing) == 1:
                    yield _group(begun)
                    begun = []
                continue
            broken, rest, begun = _broken_off(begun, item, missing[0]), missing[1:], []
            if isinstance(item, Damage):
                continue
        if broken is not None and isinstance(item, Record) and item.kind in rest:
            rest = rest[rest.index(item.kind) + 1 :]
            if item.kind == "metadata":
                broken = replace(broken, ref=ref_in(item) or broken.ref)
            continue
        if broken is not None:
            yield broken
            broken = None
        if isinstance(item, Record) and item.kind in ("resource", "response"):
            begun = [item]
        elif isinstance(item, Damage) or item.kind != "warcinfo" or item.offset > 0:
            broken, rest = _out_of_place(item)
    if begun:
        yield _broken_off(begun, None, _missing(begun)[0])
    if broken is not None:
        yield broken


def ref_in(metadata: Record) -> str | None:
    """The candidate that a metadata record speaks of, as far as that can be read."""
    try:
        told = json.loads(metadata.block)
    except (ValueError, RecursionError):
        return None
    ref = told.get("ref") if isinstance(told, dict) else None
    return ref if isinstance(ref, str) else None


def _missing(begun: list[Record]) -> tuple[str, ...]:
    """The kinds of the records that a group which has begun still needs; a finished one is never asked about."""
    first = begun[0]
    if first.kind == "resource":
        return ("metadata",)
    whole = ("request", "metadata") if "warc-concurrent-to" in first.headers else ("request",)
    return whole[len(begun) - 1 :]


def _group(records: list[Record]) -> Group:
    found = {record.kind: record for record in records}
    return Group(records[0], found.get("request"), found.get("metadata"))


def _broken_off(begun: list[Record], item: Record | Damage | None, missing: str) -> Damage:
    lost = item if isinstance(item, Damage) else Damage(begun[0].offset, f"its {missing} record is missing")
    return replace(lost, ref=begun[0].headers.get("warc-target-uri"))


def _out_of_place(item: Record | Damage) -> tuple[Damage, tuple[str, ...]]:
    """What is wrong, and which records may follow that belong to it."""
    if isinstance(item, Damage):
        return item, ("request", "metadata")
    if item.kind == "request":
        return Damage(item.offset, "a request record without its response"), ("metadata",)
    if item.kind == "metadata":
        return Damage(item.offset, "a metadata record without what it describes", ref_in(item)), ()
    return Damage(item.offset, f"a record of type {item.kind!a} has no place here"), ()
