"""The path of a release, step by step, without an orchestrator.

    discover → fetch → preserve → parse and validate → resolve and load → publish

`ingest_directly` takes them in a row; the Prefect flow in `ingest.py` takes the same steps as tasks.
"""

import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice
from typing import Any

from flows.garbage import collecting_seldom
from flows.recovery import adopt_orphans
from flows.run import Run, alone
from flows.visits import fetch_pages, left_behind, visit_lists
from parsers.readings import Reading
from parsers.registry import parser_versions
from parsers.workers import Pending, Readers
from sources.capture import Candidate, Capture, Outcome, Refusal, rfc3339
from sources.discovery.folder import discover as discover_files
from sources.discovery.manifest import discover_rows
from sources.fetching import Settling, fetch_all
from warehouse.publishing import publish as publish_archive
from warehouse.resolution.known import last_outcomes, led_to
from warehouse.resolution.resolving import RESOLVER
from warehouse.staging import Batch, Entry, batch_id, entry_read, entry_refused, entry_seen, raw_file_row, stage
from warehouse.vault.sealing import Sealed
from warehouse.vault.warc import preserve as preserve_captures
from warehouse.writing import writing

LOOKED_UP_AT_ONCE = 5_000  # candidates whose last state is asked for in one go
BATCH_BYTES = 32 * 1024 * 1024  # bodies held in memory at once
LOADED_TOGETHER = 4  # batches
PARTS_AT_MOST = 1_000  # of a batch, if every file in it were as large as allowed
SETTLED: Set[Outcome] = frozenset({"new", "revised", "duplicate", "unchanged"})

Counts = Counter[Outcome]


@dataclass(frozen=True, slots=True)
class Listed:
    """A candidate, or one refused on sight, with its last outcome if it was ever met."""

    candidate: Candidate | Refusal
    last: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Arrival:
    """What fetching gave for one candidate; `known` when we hold the same input already."""

    result: Capture | Refusal
    known: bool = False


@dataclass(frozen=True, slots=True)
class Fetched:
    """What came back for a batch, in the order listed; `counts` are those that read as they did last time."""

    arrivals: tuple[Arrival, ...]
    counts: Counts

    def fresh(self) -> list[Capture]:
        """The captures worth keeping: input we have never held."""
        return [one.result for one in self.arrivals if isinstance(one.result, Capture) and not one.known]


def begin(run: Run) -> None:
    """Makes good what dead runs left: their raw files are read, their batches loaded."""
    with writing(run.home, now=run.now, wait=run.settings.lock_wait_seconds, repair=True) as writer:
        adopt_orphans(run, writer)
        writer.drain()


def discover(run: Run) -> Iterator[list[Listed]]:
    """The source's candidates in the order it lists them, in batches, each with its last outcome."""
    candidates: Iterator[Candidate | Refusal]
    if run.manifest:
        candidates = discover_rows(run.manifest, limit=run.settings.size_limit, source=run.source)
    elif run.inbox:
        candidates = iter(discover_files(run.inbox, source=run.source))
    else:
        candidates = iter(visit_lists(run))
    while chunk := list(islice(candidates, LOOKED_UP_AT_ONCE)):
        refs = [one.candidate.ref if isinstance(one, Refusal) else one.ref for one in chunk]
        with writing(run.home, now=run.now, wait=run.settings.lock_wait_seconds) as writer:
            last = last_outcomes(writer.con, run.source, refs)
        listed = (Listed(one, last.get((ref, 0))) for one, ref in zip(chunk, refs, strict=True))
        while batch := list(islice(listed, run.settings.batch_size)):
            yield batch


def fetch(run: Run, listed: Sequence[Listed], *, in_flight: Set[str] = frozenset()) -> Iterator[Fetched]:
    """The bytes of a batch, in portions that fit in memory.

    What reads as it did last time is only counted. `in_flight` are inputs of batches not loaded yet.
    """
    portion: list[Capture | Refusal] = []
    counts: Counts = Counter()
    size = 0
    if run.is_web and not run.revisit:  # a look at the list asks for no page that was read before
        counts["unchanged"] = sum(1 for one in listed if _is_settled(one))
        listed = [one for one in listed if not _is_settled(one)]
    for one, result in zip(listed, _results(run, listed), strict=True):
        if outcome := _as_last_time(result, one.last):
            counts[outcome] += 1
            continue
        portion.append(result)
        size += len(result.body) if isinstance(result, Capture) else 0
        if size >= BATCH_BYTES:
            yield Fetched(_arrivals(run, portion, in_flight), counts)
            portion, counts, size = [], Counter(), 0
    if portion or counts:
        yield Fetched(_arrivals(run, portion, in_flight), counts)


def _results(run: Run, listed: Sequence[Listed]) -> Iterator[Capture | Refusal]:
    candidates = [one.candidate for one in listed]
    if run.is_web:
        return fetch_pages(run, [one for one in candidates if isinstance(one, Candidate)])
    settle = Settling(listed_at=time.time())
    return fetch_all(candidates, limit=run.settings.size_limit, now=run.run_at, settle=settle)


def _is_settled(one: Listed) -> bool:
    return one.last is not None and one.last["outcome"] in SETTLED


def _as_last_time(result: Capture | Refusal, last: Mapping[str, Any] | None) -> Outcome | None:
    if last is None:
        return None
    if isinstance(result, Refusal):
        same = (last["outcome"], last["reason"], last["input_sha256"]) == (result.outcome, result.reason, None)
        return result.outcome if same else None
    if last["input_sha256"] != result.input_sha256:
        return None
    if last["outcome"] in SETTLED:
        return "unchanged"
    return "quarantined" if last["outcome"] == "quarantined" else None


def _arrivals(run: Run, results: Sequence[Capture | Refusal], in_flight: Set[str]) -> tuple[Arrival, ...]:
    inputs = {one.input_sha256 for one in results if isinstance(one, Capture)}
    held: set[str] = set(in_flight)
    if inputs:
        with writing(run.home, now=run.now, wait=run.settings.lock_wait_seconds) as writer:
            held |= {digest for digest, _ in led_to(writer.con, inputs)}
    arrivals = []
    for one in results:
        if isinstance(one, Capture) and one.input_sha256 in held:
            arrivals.append(Arrival(replace(one, body=b""), known=True))
            continue
        arrivals.append(Arrival(one))
        if isinstance(one, Capture):
            held.add(one.input_sha256)
    return tuple(arrivals)


def scope(run: Run, fetched: Fetched, readers: Readers) -> Fetched:
    """For a backfill: only what was released within its days goes on; the rest is skipped, with its day."""
    if run.since is None and run.until is None:
        return fetched
    fresh = fetched.fresh()
    read = readers.submit(fresh).result()
    days = {capture.input_sha256: _day(readings) for capture, readings in zip(fresh, read, strict=True)}
    arrivals = tuple(_within(run, one, days) for one in fetched.arrivals)
    return Fetched(arrivals, fetched.counts)


def _day(readings: Sequence[Reading]) -> date | str:
    record = readings[0].record
    if record is None:
        return "unreadable"
    published = record["published"] or {}
    stated = published.get("on") if published.get("basis") == "stated" else None
    told = stated or record["address_on"]
    return date.fromisoformat(told) if told else "no day of its own"


def _within(run: Run, one: Arrival, days: Mapping[str, date | str]) -> Arrival:
    if one.known or isinstance(one.result, Refusal):
        return one
    day = days[one.result.input_sha256]
    bounds = f"{run.since or ''}..{run.until or ''}"
    if day == "unreadable":
        return one
    if isinstance(day, date) and (run.since or date.min) <= day < (run.until or date.max):
        return one
    capture = one.result
    candidate = Candidate(source=capture.source, ref=capture.ref, name=capture.name, position=0)
    return Arrival(Refusal(candidate, "skipped", f"outside the backfill {bounds}: {day}"))


def preserve(run: Run, number: int, fetched: Fetched) -> Sealed | None:
    """Fresh captures, sealed in a WARC file of their own before anybody reads them; None when there are none."""
    fresh = fetched.fresh()
    if not fresh:
        return None
    return preserve_captures(
        run.home, fresh, source=run.source, run_id=run.run_id, number=number, written_at=run.run_at
    )


def parse(readers: Readers, fetched: Fetched) -> Pending:
    """Hands the fresh captures to the reading processes, which also validate; returns at once."""
    return readers.submit(fetched.fresh())


def stage_batch(
    run: Run, number: int, fetched: Fetched, sealed: Sealed | None, readings: Sequence[Sequence[Reading]]
) -> str | None:
    """Leaves the batch where the writer finds it; returns its id, None when there is nothing to decide."""
    if not fetched.arrivals:
        return None
    offsets = {kept.ref: kept.offset for kept in sealed.kept} if sealed else {}
    read = iter(readings)
    entries: list[Entry] = []
    for one in fetched.arrivals:
        if isinstance(one.result, Refusal):
            entries.append(entry_refused(one.result, run.run_at))
        elif one.known or sealed is None:
            entries.append(entry_seen(one.result))
        else:
            entries.append(entry_read(one.result, sealed.path, offsets[one.result.ref], next(read)))
    raw_file = raw_file_row(sealed) if sealed else None
    name = batch_id(run.run_id, number)
    stage(run.home, Batch(name, run.run_id, run.source, run.flow, rfc3339(run.run_at), raw_file, tuple(entries)))
    return name


def load(run: Run) -> None:
    """Resolves and loads every staged batch, oldest first, under the writer's lock."""
    with writing(run.home, now=run.now, wait=run.settings.lock_wait_seconds) as writer:
        writer.drain()


def publish(run: Run, counted: Mapping[Outcome, int]) -> Counts:
    """Closes the run and publishes the archive; returns its outcomes, all that was listed.

    `counted` are the candidates that read as before and so were never staged.
    """
    with writing(run.home, now=run.now, wait=run.settings.lock_wait_seconds, then=publish_archive) as writer:
        writer.drain()
        total = writer.counts_of(run.run_id)
        total.update(counted)
        versions = {"parsers": parser_versions(), "resolver": RESOLVER}
        writer.close_run(run.run_id, run.source, run.flow, run.run_at, total, versions, left_behind(run))
    return total


def ingest_directly(run: Run, *, seen: Callable[[int], None] = lambda _: None) -> Counts:
    """All steps in a row: while the reading processes read one batch, the next is fetched and preserved.

    Several batches are loaded together, because a checkpoint costs nearly as much for one as for four.
    `seen` is told how many candidates were dealt with, for a progress bar.
    """
    counted: Counts = Counter()
    with alone(run), Readers(run.settings.workers) as readers, collecting_seldom():
        begin(run)
        stage_earlier: Callable[[], str | None] = _nothing
        staged = 0
        in_flight: set[str] = set()  # changed in place, as the portions still to come are compared with it too
        for place, listed in enumerate(discover(run), 1):
            for part, fetched in enumerate(fetch(run, listed, in_flight=in_flight)):
                scoped = scope(run, fetched, readers)
                counted.update(scoped.counts)
                number = batch_number(place, part)
                sealed = preserve(run, number, scoped)
                pending = parse(readers, scoped)
                staged += stage_earlier() is not None
                stage_earlier = _staging(run, number, scoped, sealed, pending)
                if staged >= LOADED_TOGETHER:
                    load(run)
                    staged = 0
                    in_flight.clear()
                in_flight.update(one.input_sha256 for one in scoped.fresh())
            seen(len(listed))
        stage_earlier()
        return publish(run, counted)


def batch_number(place: int, part: int) -> int:
    """The number of a portion of a batch within its run; sorts as they were listed."""
    return place * PARTS_AT_MOST + part


def _nothing() -> None:
    return None


def _staging(
    run: Run, number: int, fetched: Fetched, sealed: Sealed | None, pending: Pending
) -> Callable[[], str | None]:
    return lambda: stage_batch(run, number, fetched, sealed, pending.result())
