"""How far a long task has come: a bar on a terminal, a plain line now and then elsewhere."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from flows.console import err

LINE_EVERY_SECONDS = 5.0

Advance = Callable[[int], None]


@contextmanager
def progress(what: str, total: int | None = None) -> Iterator[Advance]:
    """Hands out a function to be told how many more are done; silent if it takes no time."""
    if err.is_terminal:
        columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
        with Progress(*columns, TimeElapsedColumn(), console=err, transient=True) as bar:
            task = bar.add_task(what, total=total)
            yield lambda more: bar.advance(task, more)
        return
    yield _lines(what, total)


def _lines(what: str, total: int | None) -> Advance:
    done = 0
    told = time.monotonic()

    def advance(more: int) -> None:
        nonlocal done, told
        done += more
        if time.monotonic() - told >= LINE_EVERY_SECONDS:
            told = time.monotonic()
            err.print(f"{what}: {done:,}{f' of {total:,}' if total else ''}")

    return advance
