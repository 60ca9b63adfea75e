"""How long the report of more than ten thousand releases takes, and how large it is."""

import sys
import tempfile
import time
from datetime import date
from pathlib import Path
from statistics import median

from bench.archive_of import make_archive
from bench.figures import MEGABYTE, Figure, report
from warehouse.home import Home
from warehouse.publishing import publish

SIZE = 12_800  # archives are made in rounds of 3,200; the first above ten thousand
SECONDS, BYTES = 10.0, 3_000_000
TIMES = 3
PERIODS = {"the last thirty days": (None, None), "all of it": (date(2014, 12, 1), date(2015, 12, 1))}


def main(size: int = SIZE) -> int:
    """Makes the archive, writes reports of it and prints; 1 when a bar was missed."""
    start = time.perf_counter()
    from warehouse.report.making import make_report  # noqa: PLC0415  -- a person waits for what it imports as well

    imported = time.perf_counter() - start
    with tempfile.TemporaryDirectory(prefix="communique-bench-") as told:
        home = Home(Path(told))
        home.staging.mkdir(parents=True, exist_ok=True)
        make_archive(home, size)
        publish(home, whole=True)
        figures = [Figure("imports", f"{imported:.2f} s")]
        for name, (since, until) in PERIODS.items():
            took = []
            for _ in range(TIMES):
                start = time.perf_counter()
                made = make_report(home, zone="Asia/Hong_Kong", since=since, until=until)
                took.append(time.perf_counter() - start)
            released = int(made.glance.rows[0]["releases"])
            usual = median(took) + imported
            figures += [
                Figure(f"{name}: {released:,} releases", f"{usual:.2f} s", f"< {SECONDS:g} s", usual < SECONDS),
                Figure(f"{name}: its size", f"{made.size / MEGABYTE:.2f} MB", "< 3 MB", made.size < BYTES),
            ]
    return report(f"report of {size:,} releases", figures)


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
