"""A simulated year: ten sources on loopback, one request in five faulty, one run in twenty killed, some started twice.

The archive at its end is held against what there was to be seen, by the server's log: nothing lost, nothing doubled,
every edit and disappearance found that a visit could have seen. `python -m bench.simulated_year DAYS SEED` goes through
fewer days.
"""

import sys
import tempfile
from datetime import timedelta
from pathlib import Path

from bench.figures import Figure, report
from bench.simulated_year.comparing import compare
from bench.simulated_year.living import Lived, live
from bench.simulated_year.world import BEGIN, World
from warehouse.connection import attached
from warehouse.content_hash import content_hash
from warehouse.rebuilding import rebuild
from warehouse.vault.verify import verify_raw
from warehouse.verifying import UNPUBLISHED, verify_published, verify_rows

DAYS, SEED = 365, 1
MINUTES = 20.0  # for a year
MEMORY = Path("/dev/shm")  # where there is one: a kill is no power cut, and a year has a hundred thousand fsyncs


def main(days: int = DAYS, seed: int = SEED, place: Path | None = None, share: float = 1.0) -> int:
    """Goes through the days and compares; 1 when anything differs. `share` of the visits take place."""
    if place is None:
        with tempfile.TemporaryDirectory(prefix="year-", dir=MEMORY if MEMORY.is_dir() else None) as folder:
            return main(days, seed, Path(folder), share)
    outage = (BEGIN + timedelta(days=days * 0.5), BEGIN + timedelta(days=days * 0.5 + 4))
    lived = live(World(seed, days, outages={"parks": outage}), place, share=share, tell=_tell)
    told = compare(lived)
    for difference in told.differences:
        _tell(difference)
    wrong = _wrong(lived)
    minutes = lived.seconds / 60
    figures = [
        Figure("differences", str(len(told.differences)), "0", not told.differences),
        Figure("what verify and rebuild find wrong", str(len(wrong)), "0", not wrong),
        Figure("releases", f"{told.releases:,}"),
        Figure("  of these also seen by a killed visit", f"{told.open_to_doubt:,}"),
        Figure("versions", f"{told.versions:,}"),
        Figure("vanished, returned", f"{told.vanished:,}, {told.returned:,}"),
        Figure("runs, killed, started twice", _runs(lived)),
        Figure("minutes", f"{minutes:.1f}", f"<= {MINUTES:g}", minutes <= MINUTES),
    ]
    return report(f"{days} simulated days, seed {seed}", figures)


def _runs(lived: Lived) -> str:
    twice = sum(visit.twice is not None for visit in lived.visits.values()) // 2
    return f"{len(lived.visits) - twice:,}, {lived.killed:,}, {twice:,}"


def _wrong(lived: Lived) -> list[str]:
    """What is not sound in the archive itself, and whether it is made again from its raw files."""
    found = list(verify_raw(lived.home))
    with attached(lived.home.warehouse) as con:
        found += [*verify_rows(lived.home, con), *verify_published(con, lived.home.archive)]
        before = content_hash(con)
    wrong = [f"{one.file} {one.what}" for one in found if one.is_failure or one.what.startswith(UNPUBLISHED)]
    end = lived.world.end + timedelta(days=30)
    if rebuild(lived.home, now=lambda: end, wait=5.0, seen=lambda _: None) != before:
        wrong.append("rebuilt from raw, the archive has another content hash")
    for one in wrong:
        _tell(one)
    return wrong


def _tell(text: str) -> None:
    sys.stderr.write(f"{text}\n")
