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

    def listed(self, items: int) -> None:
        """So many more items are named by lists and come next."""

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

    def listed(self, items: int) -> None:
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
        """By the time that a window took on average; where there are few, at least what the items at hand will take."""
        speed = self.items_per_second
        of_items = (self.items - self.items_done) / speed if speed else None
        if self.windows_done < ENOUGH_WINDOWS:
            return of_items if self.windows - self.windows_done <= 1 else None
        spent = self.clock() - self.began
        return max(spent / self.windows_done * (self.windows - self.windows_done), of_items or 0.0)

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
def courses(*, bars_too: bool = True) -> Iterator[Callable[[str], Watch]]:
    """Hands out a function that begins the course of a source.

    :param bars_too: whether there may be bars; a terminal has room for one set of them.
    """
    if not (err.is_terminal and bars_too):
        yield lambda source: Course(source, time.monotonic, _lines())
        return
    columns = (SpinnerColumn(), TextColumn("{task.description}", markup=False), BarColumn())
    with Progress(*columns, console=err, transient=True) as bars:
        yield lambda source: Course(source, time.monotonic, _bar(bars, bars.add_task(f"backfill {source}")))


def _bar(bars: Progress, task: TaskID) -> Show:
    def show(course: Course) -> None:
        done = course.windows_done if course.windows > 1 else course.items_done
        total = course.windows if course.windows > 1 else course.items
        bars.update(task, completed=done, total=total or None, description=course.line())

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
