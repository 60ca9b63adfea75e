"""The critical section kept open over several uses of one run, since leaving it costs a checkpoint.

A checkpoint writes the last, unfinished row groups of every table again, so it takes nearly as long for one batch as
for ten. Whatever was committed before is safe in the log; others wait for the lock a few seconds longer.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from types import TracebackType
from typing import Self

from warehouse.home import Home
from warehouse.writing import Writer

LONGEST = 10.0  # seconds, after which others get a chance
MOST = 5  # batches loaded: until it is checked in, each takes ten megabytes of memory, however small it is
PATIENCE = 2.0  # seconds for which it stays open while something is waited for; to open it again costs, too


class Sitting:
    """Opened by its first use; left after a use when it has lasted `longest` seconds or loaded many batches, at the
    end of its block, or by `leave`, which is for whoever is about to wait for others."""

    def __init__(self, longest: float = LONGEST) -> None:
        self._longest = longest
        self._section: ExitStack | None = None
        self._writer: Writer | None = None
        self._until = 0.0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.leave()

    @contextmanager
    def use(
        self, section: Callable[[], AbstractContextManager[Writer]], *, then: Callable[[Home], None] | None = None
    ) -> Iterator[Writer]:
        """The writer of `section`, or of the one that is open still.

        :param then: what to do with the closed database while the lock is still held; ends the sitting.
        """
        if self._section is None or self._writer is None:
            stack = ExitStack()
            self._writer = stack.enter_context(section())
            self._section, self._until = stack, time.monotonic() + self._longest
        if then:
            self._writer.afterwards.append(then)
        try:
            yield self._writer
        except BaseException as error:
            opened, self._section = self._section, None
            if not opened.__exit__(type(error), error, error.__traceback__):
                raise
        if then or time.monotonic() >= self._until or len(self._writer.loaded) >= MOST:
            self.leave()

    def leave(self) -> None:
        """Checks in what was loaded and lets others have the lock; the next use opens again."""
        opened, self._section = self._section, None
        if opened:
            opened.close()

    def leave_unless(self, done: Callable[[float], bool]) -> None:
        """The same, unless what is waited for comes soon; `done` waits so many seconds and says whether it did."""
        if self._section and not done(PATIENCE):
            self.leave()
