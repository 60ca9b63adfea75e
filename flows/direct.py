"""All steps of a run in a row, in one process: while some batches are read, the next are fetched and preserved."""

from collections import Counter, deque
from collections.abc import Callable
from dataclasses import dataclass, replace

from flows.arrivals import Counts, Fetched
from flows.garbage import collecting_seldom
from flows.publication import Publication
from flows.run import Run, alone
from flows.scoping import scope
from flows.steps import batch_number, begin, discover, fetch, load, parse, preserve, publish, stage_batch
from parsers.workers import Pending, Readers
from warehouse.sitting import Sitting
from warehouse.staging import Batch
from warehouse.vault.sealing import Sealed

LARGER = 2  # times the size of a task's batch: a batch costs as much to decide and load as a hundred releases in it
READ_AHEAD = 2  # batches with the reading processes, which have work while another is loaded
WORTH_AN_EARLY_START = 50  # candidates never met before: reading processes start while these are fetched


def ingest_directly(
    run: Run, *, seen: Callable[[int], None] = lambda _: None, publication: Publication | None = None
) -> Counts:
    """Picks up what is new and publishes it.

    `seen` is told how many candidates were dealt with, for a progress bar; `publication` says whether it is time to
    publish, always if none is given.
    """
    counted: Counts = Counter()
    with (
        alone(run),
        Readers(run.settings.workers, worded=run.settings.relations) as readers,
        collecting_seldom(),
        Sitting() as sitting,
    ):
        run = replace(run, sitting=sitting)
        begin(run)
        in_reading: deque[_InReading] = deque()
        in_flight: set[str] = set()  # changed in place, as the portions still to come are compared with it too
        for place, listed in enumerate(discover(run, at_once=LARGER * run.settings.batch_size), 1):
            if sum(one.last is None for one in listed) >= WORTH_AN_EARLY_START:
                readers.start()
            for part, fetched in enumerate(fetch(run, listed, in_flight=in_flight)):
                scoped = scope(run, fetched, readers)
                counted.update(scoped.counts)
                number = batch_number(place, part)
                sealed = preserve(run, number, scoped)
                in_reading.append(_InReading(number, scoped, sealed, parse(readers, scoped)))
                in_flight.update(in_reading[-1].inputs())
                if len(in_reading) > READ_AHEAD:
                    earliest = in_reading.popleft()
                    load(run, earliest.staged(run))
                    in_flight -= earliest.inputs()
            seen(len(listed))
        rest = [batch for one in in_reading for batch in one.staged(run)]
        return publish(run, counted, rest, publication=publication)


@dataclass(frozen=True, slots=True)
class _InReading:
    """A batch that is preserved, and that the reading processes have."""

    number: int
    fetched: Fetched
    sealed: Sealed | None
    pending: Pending

    def staged(self, run: Run) -> list[Batch]:
        """Waits for its readings, without keeping the database from others, and stages it; nothing to decide, none."""
        if not self.pending.is_done():
            run.leave()
        batch = stage_batch(run, self.number, self.fetched, self.sealed, self.pending.result())
        return [batch] if batch else []

    def inputs(self) -> set[str]:
        return {one.input_sha256 for one in self.fetched.fresh()}
