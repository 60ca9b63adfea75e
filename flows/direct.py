"""All steps of a run in a row, in one process: while some batches are read, the next are fetched and preserved."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace

from flows.ahead import Ahead
from flows.arrivals import Counts
from flows.garbage import collecting_seldom
from flows.publication import Publication
from flows.run import Run, alone
from flows.scoping import scope
from flows.steps import batch_number, begin, discover, fetch, load, preserve, publish
from parsers.workers import Readers
from warehouse.sitting import Sitting

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
        ahead = Ahead(readers)
        for place, listed in enumerate(discover(run), 1):
            if sum(one.last is None for one in listed) >= WORTH_AN_EARLY_START:
                readers.start()
            for part, fetched in enumerate(fetch(run, listed, in_flight=ahead.in_flight)):
                scoped = scope(run, fetched, readers)
                counted.update(scoped.counts)
                number = batch_number(place, part)
                ahead.take(run, number, scoped, preserve(run, number, scoped))
                if ahead.staged:
                    load(run, ahead.staged)
                    ahead.loaded()
            seen(len(listed))
        return publish(run, counted, ahead.rest(run), publication=publication)
