"""Preserved pages read again: from WARC to the published archive, beside parsing alone over the same pages.

The archive is made as if an earlier parser had read it: one record in ten has another source label and lacks the last
block of its text, as a better parser changes some. These get a reading, and their texts are compared anew; all others
get one where that is asked for (`--all`), which is measured, too. `python -m bench.rereading 5000` does the same
with fewer pages.
"""

import hashlib
import json
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import count, islice
from pathlib import Path

from bench.figures import MEGABYTE, Figure, report
from bench.generator import write_releases
from bench.watching import COMMUNIQUE, Finished, watched
from flows.run import open_run
from flows.settings import Settings, clock
from flows.steps import batch_number, discover, fetch, load, parse, preserve, publish, stage_batch
from parsers.readings import Reading, fields_digest
from parsers.workers import Readers
from sources.capture import Capture
from sources.errors import CommuniqueError
from warehouse.home import Home
from warehouse.vault.manifest import lines
from warehouse.vault.warc import captures_in

PAGES = 100_000
FEWER = 5  # times fewer pages, to see whether memory grows
AT_ONCE = 5_000  # pages read from disk before the clock of parsing alone starts
OF_PARSING = 0.6
PAGES_PER_SECOND = 600
PEAK_GROWTH = 1.15
CHANGED = 10  # one page in so many reads otherwise


def main(pages: int = PAGES) -> int:
    """Measures and prints; 1 when a bar was missed."""
    with tempfile.TemporaryDirectory(prefix="communique-bench-") as told:
        few, many = Path(told) / "few", Path(told) / "many"
        _work("archive", few, pages // FEWER)
        _work("archive", many, pages)
        smaller = _reparse(few, pages // FEWER // CHANGED)
        parsing = float(_work("parse", many, pages).output)
        run = _reparse(many, pages // CHANGED)
        figures = _figures(pages, parsing, run, smaller, _reparse(many, pages - pages // CHANGED, "--all"))
    return report("reparse, from WARC to the published archive", figures)


def _figures(pages: int, parsing: float, run: Finished, smaller: Finished, all_of_it: Finished) -> Iterator[Figure]:
    speed, alone = pages / run.seconds, pages / parsing
    growth = run.peak / smaller.peak if smaller.peak else 1.0
    bar = f">= {OF_PARSING:.0%}"
    yield Figure(f"parsing alone, {pages:,} pages", f"{alone:,.0f}/s")
    yield Figure(f"reparse, one page in {CHANGED} reads otherwise", f"{speed:,.0f}/s", f"aim: {PAGES_PER_SECOND}/s")
    yield Figure("  of the rate of parsing alone", f"{speed / alone:.0%}", bar, speed / alone >= OF_PARSING)
    yield Figure("  seconds", f"{run.seconds:.1f}")
    yield Figure("  peak memory", f"{run.peak / MEGABYTE:.0f} MB")
    limit = f"<= {PEAK_GROWTH:.2f}"
    yield Figure(f"  peak memory, {pages:,} to {pages // FEWER:,}", f"{growth:.2f}", limit, growth <= PEAK_GROWTH)
    rest = pages / all_of_it.seconds
    yield Figure("reparse, a reading for all others", f"{rest:,.0f}/s, {rest / alone:.0%} of parsing alone")


def _reparse(home: Path, readings: int, *options: str) -> Finished:
    """One `communique reparse`; so many pages must get a reading, or the speed means nothing."""
    finished = watched((*COMMUNIQUE, "--home", str(home), "reparse", "--direct", "--json", *options))
    changed = json.loads(finished.output)["readings_changed"]
    if changed != readings:
        raise CommuniqueError(f"{home}: {changed} pages got a reading, where {readings} should have")
    return finished


def _work(what: str, home: Path, pages: int) -> Finished:
    return watched((sys.executable, "-m", "bench.rereading", what, str(home), str(pages)))


def make_archive(home: Path, pages: int) -> None:
    """Preserves generated pages and loads them as an earlier parser would have read them."""
    inbox = home.parent / f"inbox-{home.name}"
    write_releases(inbox, pages)
    time.sleep(2.5)  # until the files no longer count as young
    run = open_run(Settings(home=home, project=home), "folder", flow="ingest", now=clock, inbox=inbox)
    numbers = count()
    with Readers(2, worded=True) as readers:
        for place, listed in enumerate(discover(run), 1):
            for part, fetched in enumerate(fetch(run, listed)):
                number = batch_number(place, part)
                sealed = preserve(run, number, fetched)
                readings = [tuple(map(_aged, items, numbers)) for items in parse(readers, fetched).result()]
                batch = stage_batch(run, number, fetched, sealed, readings)
                load(run, [batch] if batch else [])
        publish(run, Counter())


def _aged(one: Reading, number: int) -> Reading:
    if one.record is None:
        return one
    record = one.record | {"parser": "earlier/1"}
    if number % CHANGED:
        return Reading(record, one.text_sha256, one.body_sha256, fields_sha256=one.fields_sha256)
    blocks = record["blocks"][: max(1, len(record["blocks"]) - 1)]
    body = "\n\n".join(block["text"] for block in blocks)
    digest = hashlib.sha256(body.encode()).hexdigest()
    record |= {"source_label": "earlier", "blocks": blocks, "body": body}
    said = fields_digest(record)
    return replace(one, record=record, text_sha256=digest, body_sha256=digest, fields_sha256=said)


def parsing_seconds(home: Path) -> float:
    """How long the reading processes alone take for all that was preserved."""
    seconds = 0.0
    found = _captures(home)
    with Readers(2) as readers:
        readers.start()
        while captures := list(islice(found, AT_ONCE)):
            started = time.perf_counter()
            readers.submit(captures).result()
            seconds += time.perf_counter() - started
    return seconds


def _captures(home: Path) -> Iterator[Capture]:
    place = Home(home)
    for line in lines(place):
        if line.kind == "captures":
            yield from (capture for _, capture in captures_in(place.raw / line.path))


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["archive", home, pages]:
            make_archive(Path(home), int(pages))
        case ["parse", home, _]:
            sys.stdout.write(str(parsing_seconds(Path(home))))
        case [pages]:
            sys.exit(main(int(pages)))
        case _:
            sys.exit(main())
