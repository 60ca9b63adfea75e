"""A backfill of 5,000 day windows with 100,000 items, killed ten times, beside one that is left alone.

The server is a process of its own and counts; the kills (SIGKILL) fall where the requests have come to a number drawn
beforehand. What was sealed by then is looked up in the vault, and must not be asked for again. `python -m
bench.backfilling 500` does the same with fewer windows: there the bar is the one percent of the whole, by the kill.
"""

import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from bench.figures import Figure, report
from bench.watching import COMMUNIQUE
from warehouse.vault.warc import captures_in

WINDOWS, ITEMS, KILLS = 5_000, 20, 10
MORE = 0.01  # of the requests of an undisturbed run
FIRST = date(2010, 1, 1)
SOURCE = """title = "bench"
kind = "calendar"
publisher = "bench.example"
language = "en"
zone = "Etc/UTC"
rights = "ours"
pace = 0.0
urls = ["http://127.0.0.1:{port}/days/{{yyyy}}-{{mm}}-{{dd}}.html"]

[items]
each = "li"
link = "a@href"
"""


@dataclass(frozen=True)
class Site:
    """The counting server."""

    process: subprocess.Popen[str]
    port: int

    def count(self) -> int:
        return int(self._ask("count"))

    def take(self) -> list[str]:
        found: list[str] = json.loads(self._ask("take"))
        return found

    def _ask(self, what: str) -> str:
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(f"{what}\n")
        self.process.stdin.flush()
        return self.process.stdout.readline()


@dataclass
class Tried:
    """A backfill from an empty home to its end: requests, and pages that were asked for although they were sealed."""

    seconds: float = 0.0
    requests: int = 0
    twice: int = 0
    new: int = 0
    asked: set[str] = field(default_factory=set)
    sealed: set[str] = field(default_factory=set)
    files: set[Path] = field(default_factory=set)

    def look(self, home: Path, paths: list[str]) -> None:
        """Takes in what was asked for since the last time, and then what is sealed by now."""
        self.requests += len(paths)
        self.twice += sum(path in self.sealed for path in paths)
        for file in (home / "raw" / "bench").rglob("*.warc.gz"):
            if file not in self.files:
                self.files.add(file)
                self.sealed |= {f"/{one.ref.split('/', 3)[3]}" for _, one in captures_in(file) if one.ref[:4] == "http"}


@contextmanager
def counting_site() -> Iterator[Site]:
    command = (sys.executable, "-m", "bench.day_lists", str(ITEMS))
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        yield Site(process, int(process.stdout.readline()))
        process.communicate()


def tried(place: Path, name: str, windows: int, kills: list[int]) -> Tried:
    """One backfill, killed whenever the server has had so many requests."""
    made = Tried()
    home = place / name
    (home / "sources").mkdir(parents=True)
    began = time.perf_counter()
    with counting_site() as site:
        (home / "sources" / "bench.toml").write_text(SOURCE.format(port=site.port), encoding="utf-8")
        for kill_at in kills:
            process = _start(home, site.port, windows)
            while site.count() < kill_at and process.poll() is None:
                time.sleep(0.02)
            process.kill()
            process.communicate()
            made.look(home, site.take())
        process = _start(home, site.port, windows)
        out, _ = process.communicate()
        made.look(home, site.take())
    made.seconds = time.perf_counter() - began
    answer = json.loads(out)
    assert answer["sources"][0]["windows"]["left"] == 0, answer
    made.new = len(made.sealed)
    return made


def _start(home: Path, port: int, windows: int) -> subprocess.Popen[str]:
    until = FIRST + timedelta(days=windows)
    days = ("--since", str(FIRST), "--until", str(until))
    command = (*COMMUNIQUE, "--home", str(home), "backfill", "bench", *days, "--direct", "--json")
    env = os.environ | {"COMMUNIQUE_ALLOW": f"127.0.0.1:{port}", "COMMUNIQUE_RELATIONS": "false"}
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=env)


def main(windows: int = WINDOWS) -> int:
    """Measures and prints; 1 when a bar was missed."""
    drawn = random.Random(windows)
    total = windows * (ITEMS + 1)
    kills = sorted(drawn.randrange(total // 50, total) for _ in range(KILLS))
    with tempfile.TemporaryDirectory(prefix="communique-bench-") as told:
        alone = tried(Path(told), "alone", windows, [])
        killed = tried(Path(told), "killed", windows, kills)
    more = killed.requests - alone.requests
    allowed = MORE * WINDOWS * (ITEMS + 1) / KILLS
    share, by_kill = more / alone.requests, more / KILLS
    items = windows * ITEMS
    figures = [
        Figure("undisturbed", f"{alone.seconds:.0f} s"),
        Figure("  pages and lists", f"{alone.requests / alone.seconds:.0f}/s"),
        Figure("killed and taken up again", f"{killed.seconds:.0f} s"),
        Figure("  items preserved", f"{killed.new:,}", f"{items:,}", killed.new == items == alone.new),
        Figure("  asked for again though preserved", str(killed.twice), "0", killed.twice == 0),
        Figure("  requests more, by the kill", f"{by_kill:.1f}", f"<= {allowed:.0f}", by_kill <= allowed),
    ]
    if windows >= WINDOWS:
        figures.append(Figure("  requests more", f"{share:.2%}", f"<= {MORE:.0%}", share <= MORE))
    return report(f"backfill of {windows:,} windows with {items:,} items, killed {KILLS} times", figures)


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
