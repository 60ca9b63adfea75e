"""Thirty hosts at once: throughput beside `requests`, the pace kept, and what a visit costs that brings nothing.

The hosts are addresses of this machine whose server answers after 100 ms. Ours is the step `fetch` of a run, with
robots.txt, politeness, guard and limits; the peer is a bare thread pool with one `requests` session a thread, tried
with several numbers of threads, at most one for each host, since more would ask a host for two pages at once.
"""

import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import requests

from bench.figures import Figure, report
from flows import steps
from flows.arrivals import Fetched, Listed
from flows.run import Run, open_run
from flows.settings import Settings
from parsers.workers import Readers
from sources.candidate import Candidate
from warehouse.resolution.known import last_outcomes
from warehouse.writing import writing

HOSTS, PAGES, PACED_PAGES = 30, 50, 20
LATENCY, PACE = 0.1, 0.5
POOLS = (HOSTS // 2, HOSTS)
ROUNDS = 2
OF_THE_BEST, OF_THE_PACE, CPU_MS = 0.85, 1.05, 2.0
SOURCE = """title = "bench"
kind = "feed"
publisher = "bench.example"
language = "en"
zone = "Etc/UTC"
rights = "ours"
urls = ["http://127.0.0.2:{port}/feed"]
pace = {pace}
"""


@contextmanager
def slow_site() -> Iterator[int]:
    """The server in a process of its own; gives its port."""
    command = (sys.executable, "-m", "bench.slow_site", str(HOSTS), str(LATENCY))
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        yield int(process.stdout.readline())
        process.communicate()


def run_over(place: Path, port: int, pace: float) -> Run:
    """A run of a source at that pace, with a home of its own."""
    home = place / f"pace-{pace}"
    (home / "sources").mkdir(parents=True)
    (home / "sources" / "bench.toml").write_text(SOURCE.format(port=port, pace=pace), encoding="utf-8")
    allow = tuple(f"127.0.0.{2 + number}:{port}" for number in range(HOSTS))
    settings = Settings(home=home, project=place, allow=allow, workers=1)
    run = open_run(settings, "bench", flow="ingest", now=lambda: datetime.now(UTC))
    steps.begin(run)  # makes the empty archive, which is no part of fetching
    return run


def listed(port: int, pages: int) -> list[Listed]:
    """Candidates of all hosts, as several lists one after another would name them."""
    urls = addresses(port, pages)
    return [Listed(Candidate("bench", url, url, place, url=url)) for place, url in enumerate(urls)]


def addresses(port: int, pages: int) -> list[str]:
    return [f"http://127.0.0.{2 + host}:{port}/{page}.html" for page in range(pages) for host in range(HOSTS)]


def by_requests(urls: Sequence[str], threads: int) -> float:
    """Seconds that a thread pool takes for these pages."""
    local = threading.local()

    def get(url: str) -> int:
        if not hasattr(local, "session"):
            local.session = requests.Session()
            local.session.mount("http://", requests.adapters.HTTPAdapter(pool_connections=HOSTS))
        return len(local.session.get(url, timeout=30).content)

    started = time.perf_counter()
    with ThreadPoolExecutor(threads) as pool:
        sizes = list(pool.map(get, urls))
    assert min(sizes) > 0
    return time.perf_counter() - started


def fetched(run: Run, candidates: Sequence[Listed]) -> tuple[float, float, list[Fetched]]:
    """Wall and CPU seconds of fetching, and what came."""
    wall, cpu = time.perf_counter(), time.process_time()
    found = list(steps.fetch(run, candidates))
    return time.perf_counter() - wall, time.process_time() - cpu, found


def kept(run: Run, portions: Sequence[Fetched]) -> None:
    """Preserved, read and loaded, so that a second visit knows them."""
    with Readers(1) as readers:
        for number, portion in enumerate(portions, 1):
            sealed = steps.preserve(run, number, portion)
            steps.stage_batch(run, number, portion, sealed, steps.parse(readers, portion).result())
    steps.publish(run, {})


def again(run: Run, port: int, urls: Sequence[str]) -> Figure:
    """A second look at pages that have not changed: all 304."""
    with writing(run.home, now=run.now, wait=60.0) as writer:
        last = last_outcomes(writer.con, run.source, urls)
    settled = [replace(one, last=last[url, 0]) for one, url in zip(listed(port, PAGES), urls, strict=True)]
    _, cpu, found = fetched(replace(run, revisit=True), settled)
    count = sum(portion.counts["unchanged"] for portion in found)
    assert count == len(urls), "they are no longer what they were"
    each = cpu / count * 1000
    return Figure(f"{count:,} pages not modified, CPU a page", f"{each:.2f} ms", f"< {CPU_MS:g} ms", each < CPU_MS)


def main() -> int:
    """Measures and prints; 1 when a bar was missed."""
    with slow_site() as port, tempfile.TemporaryDirectory(prefix="communique-bench-") as told:
        place = Path(told)
        urls = addresses(port, PAGES)
        peers: dict[int, float] = dict.fromkeys(POOLS, 0.0)
        ours, spent = 0.0, 0.0
        for turn in range(ROUNDS):  # in turns, because the machine's other work comes and goes
            peers |= {one: max(peers[one], len(urls) / by_requests(urls, one)) for one in POOLS}
            run = run_over(place / f"turn-{turn}", port, 0.0)
            wall, cpu, portions = fetched(run, listed(port, PAGES))
            if len(urls) / wall > ours:
                ours, spent = len(urls) / wall, cpu
        share = ours / max(peers.values())
        figures = [Figure(f"requests, {threads} threads", f"{speed:.0f}/s") for threads, speed in peers.items()]
        figures += [
            Figure(f"{HOSTS} hosts, {PAGES} pages each, pace 0", f"{ours:.0f}/s"),
            Figure("  of the best pool", f"{share:.2f}", f">= {OF_THE_BEST}", share >= OF_THE_BEST),
            Figure("  CPU a page", f"{spent / len(urls) * 1000:.2f} ms"),
        ]
        kept(run, portions)
        figures.append(again(run, port, urls))
        figures.append(_paced(place, port))
    return report(f"fetching, {LATENCY * 1000:.0f} ms latency", figures)


def _paced(place: Path, port: int) -> Figure:
    """Wall seconds beside what the pace allows: robots.txt, the probe and the pages of a host, a pace between two."""
    wall, _, _ = fetched(run_over(place, port, PACE), listed(port, PACED_PAGES))
    allowed = (PACED_PAGES + 1) * PACE + LATENCY
    ratio = wall / allowed
    name = f"{HOSTS} hosts, {PACED_PAGES} pages each, pace {PACE:g} s"
    return Figure(f"{name}: {wall:.1f} s, to the pace", f"{ratio:.3f}", f"<= {OF_THE_PACE}", ratio <= OF_THE_PACE)


if __name__ == "__main__":
    sys.exit(main())
