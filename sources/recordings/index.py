"""What a file of records holds, as an index that is kept: one line a record, and which of them are candidates.

The index stands for the file: while the file's digest is the same, its candidates come from here and the file is not
read through again. It has the facts of the records alone; what follows from them is decided anew each time.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from sources.candidate import Candidate, Recorded, Refusal
from sources.capture import Outcome, Stated
from sources.media_types import UNKNOWN, by_name, split_media_type
from sources.recordings.records import Broken, Seen
from sources.recordings.unpacking import Place

FORMAT = 1
EMPTY_BODY = "empty body: no document came"
HELD = frozenset({"response", "resource", "conversion", "revisit"})  # records that show something
MOST_BEHIND = 50_000_000  # bytes; records that lie further inside a packed member are taken as they come

Reads = Callable[[str], bool]
"""Whether a document of a media type can be read."""


@dataclass(frozen=True, slots=True)
class Index:
    """`sha256` and `facts_sha256` tell whether file and stated facts are as they were; `beside` counts the records
    that accompany others (requests, notes of the crawler)."""

    sha256: str
    facts_sha256: str
    records: tuple[Seen, ...]
    broken: tuple[Broken, ...]
    beside: Counter[str]

    def to_bytes(self) -> bytes:
        """JSON lines, the first about the file."""
        about = {"format": FORMAT, "sha256": self.sha256, "facts_sha256": self.facts_sha256, "beside": self.beside}
        lines = [about | {"broken": [[one.place, one.reason] for one in self.broken]}]
        return b"\n".join(json.dumps(line).encode() for line in (*lines, *map(_row, self.records)))

    @classmethod
    def from_bytes(cls, told: bytes) -> "Index | None":
        """The inverse of `to_bytes`; None for an index of another format."""
        first, *lines = told.split(b"\n")
        about = json.loads(first)
        if about.get("format") != FORMAT:
            return None
        broken = tuple(Broken(Place(*place), reason) for place, reason in about["broken"])
        records = tuple(_from_row(json.loads(line)) for line in lines)
        return cls(about["sha256"], about["facts_sha256"], records, broken, Counter(about["beside"]))


def index_of(sha256: str, facts_sha256: str, found: Iterable[Seen | Broken]) -> Index:
    """The index of a file, given its records in order."""
    records: list[Seen] = []
    broken: list[Broken] = []
    beside: Counter[str] = Counter()
    for one in found:
        if isinstance(one, Broken):
            broken.append(one)
        elif one.kind in HELD:
            records.append(one)
        else:
            beside[one.kind or "record without type"] += 1
    return Index(sha256, facts_sha256, tuple(records), tuple(broken), beside)


def candidates_in(
    container: Candidate, index: Index, stated: Stated, *, reads: Reads, now: datetime, known: bool
) -> Iterator[tuple[datetime, Candidate | Refusal]]:
    """A candidate for each record that shows something, or why it is none, with the time it was recorded.

    In the order of that time, in which edits of a page follow each other; records that would each have to be sought
    from a far beginning stay in that of the file. A time that lies in the future, and none, count as `now`. What is
    stated of the file counts for its pages as far as it is their publisher and language.
    """
    facts = Stated(publisher=stated.publisher, language=stated.language)
    bare = replace(container, sidecar=None, stated=facts)
    look_up = _Originals(index.records)
    records: Iterable[Seen] = index.records
    if not any(one.place.behind > MOST_BEHIND for one in records):
        records = sorted(records, key=lambda one: _time_of(one, now))
    for one in records:
        shown = look_up.shown_by(one)
        made = _candidate(bare, one, shown or one, known)
        why = _refused(one, shown, reads)
        yield _time_of(one, now), Refusal(made, *why) if why else made
    for damage in index.broken:
        name = f"{container.name}, byte {damage.place.offset:,}"
        made = replace(bare, ref=_ref(container, damage.place, "damage"), name=name)
        yield now, Refusal(made, "quarantined", f"damaged: {damage.reason}; what can be read behind it was")
    if not index.records and not index.broken:
        held = ", ".join(f"{kind}: {count}" for kind, count in sorted(index.beside.items())) or "nothing"
        yield now, Refusal(bare, "quarantined", f"no page or document in it; what it holds: {held}")


def _time_of(one: Seen, now: datetime) -> datetime:
    at = recorded_at(one.date)
    return at if at and at < now else now


def _ref(container: Candidate, place: Place, what: str) -> str:
    mark = "&" if "#" in container.ref else "#"
    behind = f"+{place.behind}" if place.behind else ""
    return f"{container.ref}{mark}{what}={place.offset}{behind}"


def _candidate(container: Candidate, one: Seen, shown: Seen, known: bool) -> Candidate:
    address = address_of(one.url)
    return replace(
        container,
        ref=_ref(container, one.place, "offset"),
        name=f"{container.name}, record {one.number}: {one.url[:300]}",
        record=Recorded(one.number, *shown.place, url=address or "", date=one.date, known=known),
    )


def _refused(one: Seen, shown: Seen | None, reads: Reads) -> tuple[Outcome, str] | None:
    """Why a record is no release to be read, from its heads alone."""
    if one.fault:
        return "quarantined", f"damaged or cut off: {one.fault}; put the whole file in its place"
    address = address_of(one.url)
    if address is None:
        return "skipped", f"a note of the crawler ({one.url[:100]})"
    if address.endswith("/robots.txt"):
        return "skipped", "robots.txt of a site"
    if shown is None:
        return "skipped", "revisit of a record that this file does not have; drop the file that has it, too"
    if shown.status not in ("", "200", "203"):
        return "skipped", f"status {shown.status[:3]}: no document came"
    if not shown.size:
        return "skipped", EMPTY_BODY
    kind = media_type_of(shown)[0]
    return None if reads(kind) else ("skipped", f"{kind[:80]} is no document that is read")


def address_of(url: str) -> str | None:
    """The address on the web; empty for a record of a file, None for one about the crawl itself (`metadata://`)."""
    scheme = url.partition(":")[0].lower()
    try:
        return url if scheme in ("http", "https") and urlsplit(url).hostname else "" if scheme in ("file", "") else None
    except ValueError:
        return None


def media_type_of(one: Seen) -> tuple[str, str | None]:
    """Media type and charset as its heads state them, else by the ending of its address."""
    kind, charset = split_media_type(one.media_type) if one.media_type else (UNKNOWN, None)
    return (by_name(one.url.partition("?")[0]) if kind == UNKNOWN else kind), charset


class _Originals:
    """What revisits speak of, within one file: found by id, else by digest, else by address and time."""

    def __init__(self, records: Iterable[Seen]) -> None:
        self._by_id: dict[str, Seen] = {}
        self._by_digest: dict[str, Seen] = {}
        self._by_address: dict[str, list[Seen]] = {}
        for one in records:
            if one.kind == "revisit" or one.fault:
                continue
            self._by_id.setdefault(one.id, one)
            self._by_digest.setdefault(one.payload_digest, one)
            self._by_address.setdefault(one.url, []).append(one)

    def shown_by(self, one: Seen) -> Seen | None:
        """The record with the body that `one` shows; itself unless it is a revisit."""
        if one.kind != "revisit":
            return one
        told_id, url, date = one.refers_to
        if told_id in self._by_id and told_id:
            return self._by_id[told_id]
        if one.payload_digest:
            return self._by_digest.get(one.payload_digest)
        earlier = [each for each in self._by_address.get(url or one.url, ()) if each.date <= (date or one.date)]
        return max(earlier, key=lambda each: each.date, default=None)


def recorded_at(written: str) -> datetime | None:
    """The time a record states, UTC; None where it is none."""
    try:
        told = datetime.fromisoformat(written)
        return told.astimezone(UTC) if told.tzinfo else told.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        return None


def _row(one: Seen) -> list[Any]:
    return [
        *(one.number, *one.place, one.kind, one.url, one.date, one.status, one.media_type),
        *(one.payload_digest, one.id, one.refers_to, one.size, one.fault),
    ]


def _from_row(row: list[Any]) -> Seen:
    number, offset, behind, *rest, refers_to, size, fault = row
    kind, url, date, status, media_type, payload_digest, own_id = rest
    heads = (kind, url, date, status, media_type, payload_digest, own_id)
    return Seen(number, Place(offset, behind), *heads, refers_to=tuple(refers_to), size=size, fault=fault)
