"""Filling the past of one source: its windows done in groups, each group committed before the next is begun.

    read the lists of a group → fetch, preserve, parse and stage its pages in small portions → load, say how it stands

A run that is killed loses no more than a portion that was not sealed: its windows are still planned, its lists lie in
the vault, and what was sealed is read from there.
"""

import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence, Set
from dataclasses import dataclass, field
from functools import partial

from flows import steps
from flows.arrivals import Counts, Fetched, Listed
from flows.courtesy import Tally
from flows.filling_progress import Watch
from flows.garbage import collecting_seldom
from flows.last_time import last_time
from flows.left_behind import Notes, begin_notes, note_asked
from flows.numbering import numbering_changed
from flows.picking import SILENT
from flows.publication import Publication
from flows.run import Run, alone
from flows.scoping import is_placed, scope
from flows.standing import how_it_stands
from flows.visits import Lists, keep_evidence, the_web
from flows.window_lists import Named, WindowLists, had_by_the_dead, in_order
from flows.windows import Asked, Planned, Told, to_do, write_plan, write_states
from parsers import urls as urls_of
from parsers.workers import Pending, Readers
from sources.candidate import Candidate, Refusal
from sources.config import Source
from sources.redaction import redaction
from warehouse.resolution.known import Row, last_outcomes
from warehouse.staging import Batch
from warehouse.vault.sealing import Sealed

SEALED_TOGETHER = 80  # pages; no more are asked for twice after a kill
LOOKED_UP_AT_ONCE = 50 * SEALED_TOGETHER
ITEMS = 500  # that a group is to have about
GROUP_SECONDS = 300.0  # that its requests may take at the source's pace: so often it is said how windows stand
MOST_WINDOWS = 50  # of a group
FIRST_WINDOWS = 4  # of the first, while nothing is known of how many items they have
GROUPS_AT_MOST = 9_000  # the numbers of a run's files go no further; what is left then is for the next run
PUBLISH_EVERY = 600.0  # seconds; what was filled can be queried from then on
LOADED_TOGETHER = 20  # portions of a large window
GIVES_UP_AFTER = 3  # windows in a row whose lists could not be asked for


@dataclass(frozen=True, slots=True)
class Filled:
    """What a backfill of one source came to. `told` says how each window stands that was done now, `left` counts those
    that were not come to, because of `stopped`: its reason, None when all were done; `due_in` is in how many seconds
    what is new may be published, None when nothing waits for that."""

    run: Run
    counts: Counts
    told: tuple[Told, ...]
    left: int
    stopped: str | None
    due_in: float | None = None


@dataclass(slots=True)
class _Filling:
    """A run in its course. `met` are refs that it has dealt with: an item may stand in two windows' lists. `in_flight`
    are inputs of batches not loaded yet; `silent` is why a host was given up."""

    run: Run
    source: Source
    lists: WindowLists
    readers: Readers
    watch: Watch
    counted: Counts = field(default_factory=Counter)
    met: set[str] = field(default_factory=set)
    told: list[Told] = field(default_factory=list)
    staged: list[Batch] = field(default_factory=list)
    in_flight: set[str] = field(default_factory=set)
    silent: str | None = None
    published_at: float = field(default_factory=time.monotonic)


def fill(run: Run, asked: Asked, watch: Watch, *, publish_every: float = 0) -> Filled:
    """Does the windows that are still to be done, then closes the run and publishes.

    :param publish_every: seconds since the archive was last published, before which it is left to another.
    :raises LockBusy: another run of the source goes on.
    """
    with alone(run), Readers(run.settings.workers, worded=run.settings.relations) as readers, collecting_seldom():
        steps.begin(run)
        source = run.settings.sources()[run.source]
        veil = redaction(source.addresses, source.secret_parameters)
        with run.writing() as writer:
            plan = to_do(run, writer, asked)
            before = last_time(writer, run.source)
            had = had_by_the_dead(run, writer, plan)
            write_plan(run, writer, plan, numbering_changed(run, writer))
        watch.begun(len(plan))
        begin_notes(run, Notes(run.run_id, clears=False), veil)
        with the_web(run) as web:
            lists = WindowLists(Lists(run, before, web, source, veil), had)
            filling = _Filling(run, source, lists, readers, watch)
            stopped = _linked(filling, asked.linked) or _all(filling, plan, asked)
        publication = Publication(every=publish_every, searchable=run.settings.relations)
        counts = steps.publish(run, filling.counted, publication=publication)
    left = len(plan) - len(filling.told)
    return Filled(run, counts, tuple(filling.told), left, stopped, publication.due_in)


def _linked(filling: _Filling, urls: Sequence[str]) -> str | None:
    """Pages that releases link to, which no list has to name; the reason when their host was given up."""
    found = ((urls_of.canonical(url), url) for url in urls)
    pages = {
        ref: Candidate(filling.run.source, ref, url, place, url=url) for place, (ref, url) in enumerate(found) if ref
    }
    filling.met.update(pages)
    filling.watch.listed(0, len(pages))
    _pick_up(filling, 0, list(pages.values()), placed=frozenset(pages))
    return filling.silent


def _all(filling: _Filling, plan: Sequence[Planned], asked: Asked) -> str | None:
    """Group after group; the reason when it was stopped before the end."""
    done, size = 0, FIRST_WINDOWS
    for number in range(1, GROUPS_AT_MOST + 1):
        if done == len(plan):
            return None
        filling.lists.lists.tally = Tally()
        group = _read_lists(filling, plan[done : done + size], asked)
        items = _group(filling, number, group)
        done += len(group)
        if reason := filling.silent or _unasked(filling.told[-GIVES_UP_AFTER:]):
            return reason
        size = _windows_of_next(filling.source, items / len(group))
    return f"{GROUPS_AT_MOST:,} groups of windows are the most of one run" if done < len(plan) else None


def _read_lists(filling: _Filling, some: Sequence[Planned], asked: Asked) -> list[Named]:
    """What the lists of these windows name; no more of them once several in a row could not be asked for."""
    group: list[Named] = []
    for one in some:
        group.append(in_order(filling.lists.read(one), oldest_first=asked.oldest_first))
        if len(group) >= GIVES_UP_AFTER and all(one.state == "failed" for one in group[-GIVES_UP_AFTER:]):
            break
    return group


def _windows_of_next(source: Source, mean: float) -> int:
    """So many windows that their items are about as many as a group is to have."""
    paced = GROUP_SECONDS / source.pace if source.pace else ITEMS
    return max(1, min(MOST_WINDOWS, round(min(ITEMS, paced) / (mean + 1))))


def _unasked(last: Sequence[Told]) -> str | None:
    if len(last) == GIVES_UP_AFTER and all(one.state == "failed" for one in last):
        return f"the lists of {GIVES_UP_AFTER} windows in a row could not be asked for; the last: {last[-1].reason}"
    return None


def _group(filling: _Filling, number: int, group: Sequence[Named]) -> int:
    """The windows of one group; gives how many items they had."""
    run = filling.run
    _keep_lists(filling, number)
    fresh = {one.ref: one for named in group for one in named.candidates if one.ref not in filling.met}
    filling.met.update(fresh)
    filling.watch.listed(len(group), len(fresh))
    _pick_up(filling, number, list(fresh.values()), placed={ref for ref, one in fresh.items() if is_placed(one)})
    refs = [one.ref for named in group for one in named.candidates]
    with run.writing() as writer:
        writer.drain(filling.staged)
        last = last_outcomes(writer.con, run.source, refs)
        told = [how_it_stands(named, last) for named in group]
        listings = [row for named in group for row in named.rows]
        write_states(run, writer, f"w{number:04d}", told, {"listings": listings} if listings else {})
    filling.staged.clear()
    filling.in_flight.clear()
    filling.told += told
    filling.watch.done(len(group), 0)
    _publish_now_and_then(filling)
    return len(refs)


def _keep_lists(filling: _Filling, number: int) -> None:
    """Seals and stages the pages of lists that were read for a group, before anything is asked for that they name."""
    run, lists = filling.run, filling.lists.lists
    note_asked(run, lists.tally.rows())
    captures = tuple(lists.fresh.values())
    lists.fresh.clear()
    if captures:
        keep_evidence(run, steps.batch_number(number, 0), captures)


def _pick_up(filling: _Filling, number: int, candidates: Sequence[Candidate], *, placed: Set[str]) -> None:
    """Fetches and preserves pages in small portions and stages them: while one is read, the next is fetched.

    :param placed: refs of those whose day of release is known to be wanted.
    """
    run, readers = filling.run, filling.readers
    stage_earlier: Callable[[], Batch | None] | None = None
    for part, fetched in enumerate(_fetched(filling, candidates), 1):
        scoped = scope(run, fetched, readers, placed=placed)
        filling.counted.update(scoped.counts)
        place = steps.batch_number(number, part)
        sealed = steps.preserve(run, place, scoped)
        reading = steps.parse(readers, scoped)
        if stage_earlier:
            _stage(filling, stage_earlier)
        stage_earlier = partial(_staging, run, place, scoped, sealed, reading)
        filling.in_flight.update(one.input_sha256 for one in scoped.fresh())
    if stage_earlier:
        _stage(filling, stage_earlier)


def _fetched(filling: _Filling, candidates: Sequence[Candidate]) -> Iterator[Fetched]:
    """What came for the candidates, portion after portion, until their host is given up."""
    run, last = filling.run, dict[tuple[str, int], Row]()
    for start in range(0, len(candidates), SEALED_TOGETHER):
        some = candidates[start : start + SEALED_TOGETHER]
        if start % LOOKED_UP_AT_ONCE == 0:
            refs = [one.ref for one in candidates[start : start + LOOKED_UP_AT_ONCE]]
            with run.writing() as writer:
                last = last_outcomes(writer.con, run.source, refs)
        listed = [Listed(one, last.get((one.ref, 0))) for one in some]
        for fetched in steps.fetch(run, listed, in_flight=filling.in_flight):
            yield fetched
            if any(isinstance(one.result, Refusal) and one.result.reason == SILENT for one in fetched.arrivals):
                filling.silent = f"{some[0].url}: {SILENT}"
                return
        filling.watch.done(0, len(some))


def _staging(run: Run, place: int, scoped: Fetched, sealed: Sealed | None, reading: Pending) -> Batch | None:
    return steps.stage_batch(run, place, scoped, sealed, reading.result())


def _stage(filling: _Filling, stage_earlier: Callable[[], Batch | None]) -> None:
    """Stages a portion; loads what is staged when that has become much."""
    batch = stage_earlier()
    filling.staged += [batch] if batch else []
    if len(filling.staged) >= LOADED_TOGETHER:
        steps.load(filling.run, filling.staged)
        filling.staged.clear()
        filling.in_flight.clear()
        _publish_now_and_then(filling)


def _publish_now_and_then(filling: _Filling) -> None:
    if time.monotonic() - filling.published_at >= PUBLISH_EVERY:
        publication = Publication(every=0, searchable=filling.run.settings.relations)
        with filling.run.writing(then=publication.publish):
            filling.published_at = time.monotonic()
