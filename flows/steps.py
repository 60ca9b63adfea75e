"""The path of a release, step by step, without an orchestrator.

    discover → fetch → preserve → parse and validate → resolve and load → publish

`direct.py` takes them in a row; the Prefect flow in `ingest.py` takes the same steps as tasks.
"""

import time
from collections.abc import Iterator, Mapping, Sequence, Set
from functools import partial
from itertools import islice

from flows.arrivals import BATCH_BYTES, Counts, Fetched, Listed, Portion, fetched_of
from flows.attachments import with_files
from flows.demands import demanded
from flows.due import Plan, to_visit, vouch_for_site
from flows.health import judge
from flows.left_behind import left_behind
from flows.notifying import notify
from flows.pages import fetch_pages
from flows.publication import Publication
from flows.recordings import as_it_stood, with_recordings
from flows.recovery import adopt_orphans
from flows.run import Run
from flows.vanishing import judge_absences, what_is_gone
from parsers.readings import Reading
from parsers.registry import parser_versions
from parsers.workers import Pending, Readers
from sources.candidate import Candidate, Refusal
from sources.capture import Outcome, rfc3339
from sources.discovery.folder import discover as discover_files
from sources.discovery.manifest import discover_rows
from sources.fetching import Settling, fetch_all
from warehouse.connection import with_room
from warehouse.disk import check_room
from warehouse.resolution.known import last_outcomes
from warehouse.resolution.resolving import RESOLVER
from warehouse.staging import (
    Batch,
    Entry,
    batch_id,
    entry_asked,
    entry_files,
    entry_list,
    entry_read,
    entry_refused,
    entry_seen,
    raw_file_row,
    stage,
)
from warehouse.vault.sealing import Sealed
from warehouse.vault.warc import preserve as preserve_captures

LOOKED_UP_AT_ONCE = 5_000  # candidates whose last state is asked for in one go
PARTS_AT_MOST = 1_000  # of a batch, if every file in it were as large as allowed


def begin(run: Run) -> None:
    """Makes good what dead runs left: their raw files are read, their batches loaded.

    :raises DiskFull: when less room is left than the settings want.
    """
    check_room(run.home, run.settings.disk_floor)
    with run.writing(repair=True) as writer:
        adopt_orphans(run, writer)
        writer.drain()


def discover(run: Run) -> Iterator[list[Listed]]:
    """The source's candidates in the order it lists them, in batches, each with its last outcome."""
    candidates: Iterator[Candidate | Refusal]
    plan = Plan()
    if run.manifest:
        candidates = discover_rows(run.manifest, limit=run.settings.size_limit, source=run.source)
    elif run.inbox:
        candidates = iter(discover_files(run.inbox, source=run.source))
    else:
        candidates, plan = to_visit(run)
    if not run.is_web:
        candidates = with_recordings(run, candidates)
    while chunk := list(islice(candidates, LOOKED_UP_AT_ONCE)):
        refs = [one.candidate.ref if isinstance(one, Refusal) else one.ref for one in chunk]
        with run.writing() as writer:
            last = last_outcomes(writer.con, run.source, refs)
        listed = (Listed(one, last.get((ref, 0)), plan.again(ref)) for one, ref in zip(chunk, refs, strict=True))
        while batch := list(islice(listed, run.settings.batch_size)):
            yield batch


def fetch(run: Run, listed: Sequence[Listed], *, in_flight: Set[str] = frozenset()) -> Iterator[Fetched]:
    """The bytes of a batch, in portions that fit in memory.

    What reads as it did last time is only counted. `in_flight` are inputs of batches not loaded yet.
    """
    portions = fetch_pages(run, listed) if run.is_web else _fetch_files(run, listed)
    return (fetched_of(run, portion, in_flight) for portion in portions)


def _fetch_files(run: Run, listed: Sequence[Listed]) -> Iterator[Portion]:
    settle = Settling(listed_at=time.time())
    portion = Portion()
    portion.counts.update(filter(None, map(as_it_stood, listed)))
    wanted = [one for one in listed if as_it_stood(one) is None]
    found = fetch_all([one.candidate for one in wanted], limit=run.settings.size_limit, now=run.run_at, settle=settle)
    for one, result in zip(wanted, found, strict=True):
        portion.take(result, one.last)
        if portion.size >= BATCH_BYTES:
            yield portion
            portion = Portion()
    if not portion.is_empty():
        yield portion


def preserve(run: Run, number: int, fetched: Fetched) -> Sealed | None:
    """Fresh captures, sealed in a WARC file of their own before anybody reads them; None when there are none.

    :raises DiskFull: when less room is left than the settings want; what was sealed before is kept.
    """
    kept = fetched.to_keep()
    if not kept:
        return None
    check_room(run.home, run.settings.disk_floor)
    return preserve_captures(run.home, kept, source=run.source, run_id=run.run_id, number=number, written_at=run.run_at)


def parse(readers: Readers, fetched: Fetched) -> Pending:
    """Hands the fresh captures to the reading processes, which also validate; returns at once."""
    return readers.submit(fetched.fresh())


def stage_batch(
    run: Run, number: int, fetched: Fetched, sealed: Sealed | None, readings: Sequence[tuple[Reading, ...]]
) -> Batch | None:
    """Leaves the batch where the writer finds it; None when there is nothing to decide."""
    if not (fetched.arrivals or fetched.files or fetched.visits or sealed):
        return None
    offsets = {kept.ref: kept.offset for kept in sealed.kept} if sealed else {}
    read = iter(with_files(run, number, demanded(run, readings)))
    entries: list[Entry] = []
    for one in fetched.arrivals:
        if isinstance(one.result, Refusal):
            entries.append(entry_refused(one.result, run.run_at))
        elif one.known or sealed is None:
            entries.append(entry_seen(one.result))
        else:
            entries.append(entry_read(one.result, sealed.path, offsets[one.result.ref], next(read)))
    if sealed:
        entries += [entry_list(one, sealed.path, offsets[one.ref]) for one in fetched.evidence]
    entries += [entry_files(one.page, one.digests) for one in fetched.files]
    entries += [entry_asked(visit) for visit in fetched.visits]
    raw_file = raw_file_row(sealed) if sealed else None
    name = batch_id(run.run_id, number)
    batch = Batch(name, run.run_id, run.source, run.flow, rfc3339(run.run_at), raw_file, tuple(entries))
    stage(run.home, batch)
    return batch


def load(run: Run, fresh: Sequence[Batch] = ()) -> None:
    """Resolves and loads every staged batch, oldest first, under the writer's lock.

    `fresh` are batches that were staged a moment ago, and need not be read back.
    """
    with_room(partial(_load, run, fresh))


def _load(run: Run, fresh: Sequence[Batch]) -> None:
    with run.writing() as writer:
        writer.drain(fresh)


def publish(
    run: Run,
    counted: Mapping[Outcome, int],
    fresh: Sequence[Batch] = (),
    *,
    publication: Publication | None = None,
) -> Counts:
    """Closes the run and publishes the archive; returns its outcomes, all that was listed.

    `counted` are the candidates that read as before and so were never staged; `fresh` as for `load`; `publication`
    says whether it is time to publish, always if none is given.
    """
    publication = publication or Publication(every=0, searchable=run.settings.relations)
    load(run, fresh)
    with run.writing(then=publication.publish) as writer:
        total = writer.counts_of(run.run_id)
        total.update(counted)
        versions = {"parsers": parser_versions(), "resolver": RESOLVER}
        absences = judge_absences(run, writer, lambda run_id: vouch_for_site(run, run_id))
        left, asked = left_behind(run)
        left |= what_is_gone(writer.con, absences)
        noticed, read = left.get("alarms", []), total["new"] + total["revised"] + total["quarantined"]
        if alarms := noticed + judge(run, writer, read=read, noticed=noticed):
            left["alarms"] = alarms
        writer.close_run(run.run_id, run.source, run.flow, run.run_at, total, versions, left, asked)
        publication.weigh(run.home, writer.con)
    notify(run.settings, alarms)  # a slow mail server keeps nobody from the archive
    return total


def batch_number(place: int, part: int) -> int:
    """The number of a portion of a batch within its run; sorts as they were listed."""
    return place * PARTS_AT_MOST + part
