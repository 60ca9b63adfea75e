"""Ten and fifty thousand generated releases from a folder, from an empty home to the published archive.

Beside the speed stand the peak memory, a second run over files that are all known, and the floor: reading,
hashing and loading the same bytes with nothing else, measured in the same run. Then the same with the relations
between releases, which the first figures leave out. Every run is a process of its own.
"""

import json
import os
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from bench.figures import MEGABYTE, Figure, report
from bench.generator import write_releases
from bench.watching import COMMUNIQUE, Finished, watched
from sources.errors import CommuniqueError
from warehouse.connection import LOADING, attached
from warehouse.home import Home
from warehouse.resolution.resolving import resolve
from warehouse.staging import Batch, Entry

FEW, MANY = 10_000, 50_000
RELEASES_PER_SECOND = 1_000
RELATED_PER_SECOND = 500
PEAK_BYTES = 500 * MEGABYTE
PEAK_GROWTH = 1.15
RERUN_SECONDS = 5.0
KNOWN_BATCH = 2_000
KNOWN_PER_SECOND = 20_000
LATER = "2100-01-01T00:00:00Z"  # after whatever the archive saw
SETTLING_SECONDS = 2.5  # until a file that was just written no longer counts as young


def main() -> int:
    """Measures and prints; 1 when a bar was missed."""
    with tempfile.TemporaryDirectory(prefix="communique-bench-") as told:
        place = Path(told)
        figures, few = _cold(place, FEW)
        more, many = _cold(place, MANY)
        figures += more
        figures += _related(place, FEW)
        growth = many.peak / few.peak if few.peak else 1.0
        limit = f"<= {PEAK_GROWTH:.2f}"
        figures.append(Figure(f"peak memory, {MANY:,} to {FEW:,}", f"{growth:.2f}", limit, growth <= PEAK_GROWTH))
        figures.append(_rerun(place, MANY))
        figures.append(_resolved_again(place, MANY))
    return report("ingest from a folder, --direct", figures)


def _cold(place: Path, count: int) -> tuple[list[Figure], Finished]:
    """Speed, memory and the ratio to the floor for `count` releases and a home that is not there yet."""
    inbox = place / f"inbox-{count}"
    size = write_releases(inbox, count)
    time.sleep(SETTLING_SECONDS)
    floor = watched((sys.executable, "-m", "bench.floor", str(inbox), str(place / f"floor-{count}.duckdb")))
    run = _run(place, count, "new")
    speed = count / run.seconds
    name = f"{count:,} releases, {size / MEGABYTE:.0f} MB"
    return [
        Figure(name, f"{speed:,.0f}/s", f">= {RELEASES_PER_SECOND:,}/s", speed >= RELEASES_PER_SECOND),
        Figure("  seconds", f"{run.seconds:.1f}"),
        Figure("  the floor, seconds", f"{floor.seconds:.1f}"),
        Figure("  ratio to the floor", f"{run.seconds / floor.seconds:.1f}"),
        Figure("  peak memory", _megabytes(run.peak), f"< {_megabytes(PEAK_BYTES)}", run.peak < PEAK_BYTES),
        Figure("  peak of its largest reader", _megabytes(run.largest_child)),
        Figure("  peak of all its processes", _megabytes(run.together)),
    ], run


def _related(place: Path, count: int) -> list[Figure]:
    """The same releases once more, each compared with all others."""
    run = _run(place, count, "new", home=f"home-related-{count}", relations=True)
    speed = count / run.seconds
    return [
        Figure(
            f"{count:,} with relations", f"{speed:,.0f}/s", f">= {RELATED_PER_SECOND}/s", speed >= RELATED_PER_SECOND
        ),
        Figure("  peak memory", _megabytes(run.peak), f"< {_megabytes(PEAK_BYTES)}", run.peak < PEAK_BYTES),
    ]


def _rerun(place: Path, count: int) -> Figure:
    seconds = _run(place, count, "unchanged").seconds
    bar = f"< {RERUN_SECONDS:g} s"
    return Figure(f"again over {count:,} known files", f"{seconds:.1f} s", bar, seconds < RERUN_SECONDS)


def _resolved_again(place: Path, count: int) -> Figure:
    """Batches of files that are all known; what became of each is decided from the archive alone."""
    with attached(Home(place / f"home-{count}").warehouse, memory_limit=LOADING) as con:
        held = con.execute("SELECT source, ref, input_sha256 FROM kept.captures ORDER BY ref").fetchall()
        seen = [Entry("seen", ref, ref, LATER, input_sha256=digest) for _, ref, digest in held]
        decided: Counter[str] = Counter()
        start = time.perf_counter()
        for first in range(0, count, KNOWN_BATCH):
            entries = tuple(seen[first : first + KNOWN_BATCH])
            batch = Batch(f"again-{first:05d}", "again", held[0][0], "ingest", LATER, None, entries)
            decided.update(resolve(con, batch).counts)
        speed = count / (time.perf_counter() - start)
    if decided != {"unchanged": count}:
        raise CommuniqueError(f"of {count} known files not all are unchanged: {decided}")
    bar = f">= {KNOWN_PER_SECOND:,}/s"
    return Figure(f"known ones resolved, {KNOWN_BATCH:,} at once", f"{speed:,.0f}/s", bar, speed >= KNOWN_PER_SECOND)


def _run(place: Path, count: int, expected: str, *, home: str = "", relations: bool = False) -> Finished:
    """One `communique run`; every file must end in the expected outcome, or the speed means nothing."""
    inbox = place / f"inbox-{count}"
    order = ("--home", str(place / (home or f"home-{count}")), "run", "--inbox", str(inbox), "--direct", "--json")
    finished = watched((*COMMUNIQUE, *order), {**os.environ, "COMMUNIQUE_RELATIONS": str(relations)})
    outcomes = json.loads(finished.output)["outcomes"]
    if outcomes[expected] != count:
        raise CommuniqueError(f"{inbox}: of {count} files {outcomes[expected]} became {expected}: {outcomes}")
    return finished


def _megabytes(size: int) -> str:
    return f"{size / MEGABYTE:.0f} MB"
