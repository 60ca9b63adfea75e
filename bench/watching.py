"""Runs a command in a process of its own and watches its memory, so that the figures are its alone.

Memory is resident bytes as Linux tells them in /proc; elsewhere it stays 0.
"""

import subprocess
import sys
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from sources.errors import CommuniqueError

SAMPLE_SECONDS = 0.05
COMMUNIQUE = (sys.executable, "-c", "from flows.cli import main; main()")
ROOT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True, slots=True)
class Finished:
    """Wall seconds and what stood on stdout; peaks in bytes of the process, of its largest descendant, and of
    all of them at one moment (pages they share are counted for each)."""

    seconds: float
    output: str
    peak: int
    largest_child: int
    together: int


def watched(command: Sequence[str], environment: Mapping[str, str] | None = None) -> Finished:
    """Runs `command` from the project's root to its end.

    :raises CommuniqueError: with the end of its stderr, when it fails.
    """
    started = time.perf_counter()
    process = subprocess.Popen(
        command, cwd=ROOT, env=environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    peak = largest = together = 0
    while process.poll() is None:
        own, children = _memory(process.pid, "VmHWM"), _descendants(process.pid)
        peak = max(peak, own)
        largest = max([largest, *(_memory(child, "VmHWM") for child in children)])
        together = max(together, sum(_memory(each, "VmRSS") for each in (process.pid, *children)))
        _pause(process)
    seconds = time.perf_counter() - started
    output, complaints = process.communicate()
    if process.returncode:
        raise CommuniqueError(f"{' '.join(command)}: exit status {process.returncode}\n{complaints[-2000:]}")
    return Finished(seconds, output, peak, largest, together)


def _pause(process: subprocess.Popen[str]) -> None:
    try:
        process.wait(SAMPLE_SECONDS)
    except subprocess.TimeoutExpired:
        return


def _descendants(pid: int) -> list[int]:
    found: list[int] = []
    waiting = [pid]
    while waiting:
        children = [int(child) for child in _children(waiting.pop())]
        found += children
        waiting += children
    return found


def _children(pid: int) -> Iterable[str]:
    # A thread may have started them, so every thread is asked.
    for told in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            yield from told.read_text().split()
        except OSError:
            continue


def _memory(pid: int, name: str) -> int:
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in status.splitlines() if line.startswith(name)), 0)
