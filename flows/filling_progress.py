"""How far a backfill has come: a bar for each source on a terminal, plain lines elsewhere.

What is left is estimated from what this very run has measured, and nothing is said before it has measured enough.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Lock
from typing import Protocol

from rich.progress import BarColumn, Progress, SpinnerColumn, TaskID, TextColumn

from flows.console import err

LINE_EVERY_SECONDS = 5.0
ENOUGH_WINDOWS, ENOUGH_ITEMS = 3, 50  # done, before anything is foretold from them


class Watch(Protocol):
    """Is told how far it has come."""

    def begun(self, windows: int) -> None:
        """So many windows are to be done."""

    def listed(self, windows: int, items: int) -> None:
        """The lists of so many more windows were read; they name so many items, which come next."""

    def done(self, windows: int, items: int) -> None:
        """So many more of them are done."""


Show = Callable[["Course"], None]


@dataclass(slots=True)
class Course:
    """The course of one source's backfill, by a clock of seconds; `show` is told after every change."""

    source: str
    clock: Callable[[], float]
    show: Show
    windows: int = 0
    windows_listed: int = 0
    windows_done: int = 0
    items: int = 0
    items_done: int = 0
    began: float = field(init=False)

    def __post_init__(self) -> None:
        self.began = self.clock()

    def begun(self, windows: int) -> None:
        """Measuring begins here: what a dead run left has been made good by now."""
        self.windows, self.began = windows, self.clock()
        self.show(self)

    def listed(self, windows: int, items: int) -> None:
        self.windows_listed += windows
        self.items += items
        self.show(self)

    def done(self, windows: int, items: int) -> None:
        self.windows_done += windows
        self.items_done += items
        self.show(self)

    @property
    def items_per_second(self) -> float | None:
        """Measured over the whole run; None before there is enough of it."""
        spent = self.clock() - self.began
        return self.items_done / spent if self.items_done >= ENOUGH_ITEMS and spent > 0 else None

    @property
    def seconds_left(self) -> float | None:
        """The items at hand and, for windows whose lists were not read yet, as many as the others had on average; by
        the speed measured. Where windows are empty, by the time that one took. None before that is known."""
        speed, ahead = self.items_per_second, self.windows - self.windows_listed
        if speed and (self.windows_listed >= ENOUGH_WINDOWS or not ahead):
            mean = self.items / self.windows_listed if self.windows_listed else 0.0
            return (self.items - self.items_done + mean * ahead) / speed
        if self.windows_done < ENOUGH_WINDOWS or self.items > self.items_done:
            return None
        return (self.clock() - self.began) / self.windows_done * (self.windows - self.windows_done)

    @property
    def share(self) -> float:
        """How much is done, from 0 to 1: of the windows, or of the items at hand where there is one window alone."""
        done, total = (self.windows_done, self.windows) if self.windows > 1 else (self.items_done, self.items)
        return done / total if total else 0.0

    def line(self) -> str:
        """The same in words."""
        speed, left = self.items_per_second, self.seconds_left
        told = [f"{self.windows_done:,} of {self.windows:,} windows", f"{self.items_done:,} items"]
        told += [f"{speed:.1f} items/s"] if speed else []
        told.append(f"about {duration(left)} left" if left is not None else "no estimate yet")
        return f"backfill {self.source}: {', '.join(told)}"


def duration(seconds: float) -> str:
    """Seconds as a person says them, in two units at most."""
    minutes, hours = int(seconds // 60), int(seconds // 3600)
    if hours >= 48:
        return f"{hours // 24} d {hours % 24} h"
    if hours:
        return f"{hours} h {minutes % 60} min"
    return f"{minutes} min {int(seconds) % 60} s" if minutes else f"{seconds:.0f} s"


@contextmanager
def courses() -> Iterator[Callable[[str], Watch]]:
    """Hands out a function that begins the course of a source."""
    if not err.is_terminal:
        yield lambda source: Course(source, time.monotonic, _lines())
        return
    columns = (SpinnerColumn(), TextColumn("{task.description}", markup=False), BarColumn())
    with Progress(*columns, console=err, transient=True) as bars:
        yield lambda source: Course(source, time.monotonic, _bar(bars, bars.add_task(f"backfill {source}")))


def _bar(bars: Progress, task: TaskID) -> Show:
    def show(course: Course) -> None:
        bars.update(task, completed=course.share, total=1.0, description=course.line())

    return show


def _lines() -> Show:
    told = time.monotonic()
    lock = Lock()

    def show(course: Course) -> None:
        nonlocal told
        with lock:
            if time.monotonic() - told < LINE_EVERY_SECONDS:
                return
            told = time.monotonic()
        err.print(course.line(), markup=False)

    return show
