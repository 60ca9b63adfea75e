"""What Prefect adds to a run: `communique run` through a running server beside `--direct`, over the same inbox.

Both from an empty home to the published archive, in turns and in as many batches; with few tasks, then with many, from
which follows what one task costs. Prefect's import is part of what it adds, its server's start is not.
"""

import json
import os
import socket
import sys
import tempfile
from pathlib import Path
from statistics import median

from bench.figures import Figure, report
from bench.generator import write_releases
from bench.watching import COMMUNIQUE, watched
from flows.orchestrator import prepare, server
from flows.settings import load_settings
from sources.errors import CommuniqueError

RELEASES = 400
BATCHES = (2, 40)
TURNS = 3
TASKS_BESIDE, TASKS_A_BATCH = 3, 2  # begin, discover and publish; pick up and load
FIXED_SECONDS, SECONDS_A_TASK = 4.0, 0.03


def main() -> int:
    """Measures and prints; 1 when the bar was missed."""
    with tempfile.TemporaryDirectory(prefix="communique-bench-") as told:
        place = Path(told)
        write_releases(place / "inbox", RELEASES)
        surroundings = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")}
        prepare(load_settings(home=place / "served"), surroundings)
        with server(_free_port(), _tell, env=surroundings):
            added = {batches: _added(place, batches, surroundings) for batches in BATCHES}
    few, many = BATCHES
    each = (added[many] - added[few]) / (TASKS_A_BATCH * (many - few))
    figures = [_figure(batches, seconds) for batches, seconds in added.items()]
    return report(
        f"Prefect beside --direct, {RELEASES} releases, median of {TURNS}",
        [*figures, Figure("a task more costs", f"{1_000 * each:.0f} ms", f"<= {1_000 * SECONDS_A_TASK:.0f} ms")],
    )


def _added(place: Path, batches: int, surroundings: dict[str, str]) -> float:
    """Seconds by which a run through the server is slower."""
    extra = []
    for turn in range(TURNS):
        size = RELEASES // batches
        direct = _run(place, f"direct-{batches}-{turn}", size, surroundings, "--direct")
        extra.append(_run(place, f"prefect-{batches}-{turn}", size, surroundings) - direct)
    return median(extra)


def _run(place: Path, home: str, batch_size: int, surroundings: dict[str, str], *more: str) -> float:
    order = ("--home", str(place / home), "run", "--inbox", str(place / "inbox"), "--json", *more)
    env = {**surroundings, "COMMUNIQUE_BATCH_SIZE": str(batch_size)}
    finished = watched((*COMMUNIQUE, *order), env)
    if json.loads(finished.output)["outcomes"]["new"] != RELEASES:
        raise CommuniqueError(f"{home}: not every release became new: {finished.output}")
    return finished.seconds


def _figure(batches: int, seconds: float) -> Figure:
    tasks = TASKS_BESIDE + TASKS_A_BATCH * batches
    bar = FIXED_SECONDS + SECONDS_A_TASK * tasks
    return Figure(f"added with {tasks} tasks", f"{seconds:.1f} s", f"<= {bar:.1f} s", seconds <= bar)


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _tell(text: str) -> None:
    sys.stderr.write(f"{text}\n")
