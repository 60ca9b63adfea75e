"""How fast rows leave the archive, and how much memory that takes.

`python -m bench.exporting 1000000` measures another size. Each format is written by a process of its own, so that the
most memory it held is its own; work is the time that cores were at it, which nothing else on the machine stretches.
"""

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from resource import RUSAGE_SELF, getrusage

from bench.archive_of import make_archive
from bench.figures import MEGABYTE, Figure, report
from warehouse.exporting.exports import Kind, export
from warehouse.exporting.selection import Selection
from warehouse.home import Home
from warehouse.publishing import publish

SIZE = 100_000
PER_SECOND = 50_000  # rows to Parquet
KINDS: tuple[Kind, ...] = ("parquet", "csv", "jsonl")
KILOBYTES = 1 if sys.platform == "darwin" else 1024  # of ru_maxrss


def main(size: int = SIZE) -> int:
    """Makes the archive, measures and prints; 1 when the bar was missed."""
    with tempfile.TemporaryDirectory(prefix="communique-bench-") as told:
        home = Home(Path(told))
        home.staging.mkdir(parents=True)
        make_archive(home, size)
        publish(home, whole=True)
        return report(f"exports of {size:,} releases", list(_figures(home)))


def _figures(home: Home) -> Iterator[Figure]:
    for kind in KINDS:
        command = [sys.executable, "-m", "bench.exporting", kind, str(home.root)]
        told = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
        speed = told["rows"] / told["seconds"]
        value = f"{speed:,.0f} rows/s (work {told['work']:.1f} s, {told['bytes'] / MEGABYTE:,.0f} MB of memory)"
        if kind == "parquet":
            yield Figure(kind, value, f">= {PER_SECOND:,} rows/s", speed >= PER_SECOND)
        else:
            yield Figure(kind, value)


def _measure(kind: Kind, home: Home) -> None:
    start, worked = time.perf_counter(), time.process_time()
    rows = export(home, kind, Selection()).counts["rows"]
    told = {"rows": rows, "seconds": time.perf_counter() - start, "work": time.process_time() - worked}
    sys.stdout.write(json.dumps(told | {"bytes": getrusage(RUSAGE_SELF).ru_maxrss * KILOBYTES}))


if __name__ == "__main__":
    match sys.argv[1:]:
        case [("parquet" | "csv" | "jsonl") as wanted, folder]:
            _measure(wanted, Home(Path(folder)))
        case [rows]:
            sys.exit(main(int(rows)))
        case _:
            sys.exit(main())
