"""Reading behind a fence: captures are parsed in child processes, so that no page can stop a run.

Each child has a thread that feeds it and collects its answers. A child that takes too long, needs too much
or dies is replaced; the capture it was reading becomes a rejection, and those behind it are read by another.
"""

import math
import threading
import time
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Self

from pydantic_core import from_json

from parsers.reader_process import Limits, ReaderDied, ReaderProcess
from parsers.readings import Reading, rejected
from sources.capture import Capture
from sources.errors import CommuniqueError

__all__ = ["Limits", "Pending", "Readers"]

WINDOW = 48  # captures a child holds at once: enough that it never waits for its parent
WINDOW_BYTES = 512 * 1024


class Pending:
    """Readings on their way, one tuple per capture."""

    def __init__(self, count: int) -> None:
        self._readings: list[tuple[Reading, ...]] = [()] * count
        self._left = count
        self._lock = threading.Lock()
        self._done = threading.Event()
        self._error: Exception | None = None
        if not count:
            self._done.set()

    def result(self) -> list[tuple[Reading, ...]]:
        """Waits; the readings in the order the captures were submitted.

        :raises CommuniqueError: when no reader starts, or the readers were closed before they were done.
        """
        self._done.wait()
        if self._error:
            raise self._error
        return self._readings

    def _settle(self, index: int, readings: tuple[Reading, ...]) -> None:
        with self._lock:
            self._readings[index] = readings
            self._left -= 1
            if not self._left:
                self._done.set()

    def _fail(self, error: Exception) -> None:
        self._error = error
        self._done.set()


@dataclass(slots=True)
class _Job:
    capture: Capture
    pending: Pending
    index: int
    deaths: int = 0

    def settle(self, readings: tuple[Reading, ...]) -> None:
        self.pending._settle(self.index, readings)

    def fail(self, error: Exception) -> None:
        self.pending._fail(error)


class _Queue:
    """Captures nobody reads yet, shared by the threads of all children."""

    def __init__(self, workers: int) -> None:
        self._jobs: deque[_Job] = deque()
        self._changed = threading.Condition()
        self._workers = workers
        self.closed: Exception | None = None

    def put(self, jobs: Sequence[_Job]) -> None:
        with self._changed:
            if self.closed:
                raise self.closed
            self._jobs.extend(jobs)
            self._changed.notify(len(jobs))

    def put_back(self, jobs: Sequence[_Job]) -> None:
        with self._changed:
            self._jobs.extendleft(reversed(jobs))
            self._changed.notify(len(jobs))

    def take(self, most: int, room: int, *, wait: bool) -> list[_Job]:
        """At most `most` jobs and about `room` bytes; smaller shares towards the end, so that none idles."""
        taken: list[_Job] = []
        with self._changed:
            while wait and not self._jobs and not self.closed:
                self._changed.wait()
            share = math.ceil(len(self._jobs) / (2 * self._workers))
            while len(taken) < min(most, share) and room > 0 and not self.closed:
                taken.append(self._jobs.popleft())
                room -= len(taken[-1].capture.body)
        return taken

    def close(self, error: Exception) -> None:
        """Nothing is taken or put any more; what waits fails with `error`."""
        with self._changed:
            self.closed = self.closed or error
            abandoned, self._jobs = self._jobs, deque()
            self._changed.notify_all()
        for job in abandoned:
            job.fail(error)


class _Lane(threading.Thread):
    """The thread of one child: `_window` holds what the child was asked and has not answered, oldest first."""

    def __init__(self, queue: _Queue, limits: Limits, number: int) -> None:
        super().__init__(name=f"reader-{number}", daemon=True)
        self._queue = queue
        self._limits = limits
        self._window: deque[_Job] = deque()
        self._process: ReaderProcess | None = None
        self._since = 0.0

    def run(self) -> None:
        try:
            while self._fill():
                self._exchange()
        except Exception as error:  # noqa: BLE001  -- handed to whoever waits for the result
            self._queue.close(error)
        finally:
            for job in self._window:
                job.fail(self._queue.closed or CommuniqueError("the readers stopped"))
            if self._process:
                self._process.kill()
                self._process.bury()

    def stop(self) -> None:
        """Called by another thread, after the queue was closed."""
        if self._process:
            self._process.kill()

    def _fill(self) -> bool:
        """Tops up what the child holds, starting one where there is none; waits while there is nothing to do."""
        if len(self._window) <= WINDOW // 2:
            room = WINDOW_BYTES - sum(len(job.capture.body) for job in self._window)
            jobs = self._queue.take(WINDOW - len(self._window), room, wait=not self._window)
            if jobs and not self._window:
                self._since = time.monotonic()
            self._window.extend(jobs)
            if self._process and jobs:
                self._process.ask(job.capture for job in jobs)
        if self._window and not self._process:
            self._start()
        return bool(self._window) and not self._queue.closed

    def _start(self) -> None:
        self._process = ReaderProcess(self._limits)
        if self._queue.closed:  # stop() may have looked before there was a child
            raise self._queue.closed
        self._process.wait_ready()
        self._process.ask(job.capture for job in self._window)
        self._since = time.monotonic()

    def _exchange(self) -> None:
        assert self._process
        left = self._since + self._limits.seconds - time.monotonic()
        try:
            answers = self._process.exchange(left)
            for answer in answers:
                self._window[0].settle(_readings(answer))
                self._window.popleft()
        except ReaderDied as died:
            self._replace(died.reason, again=True)
            return
        if answers:
            self._since = time.monotonic()
        elif time.monotonic() >= self._since + self._limits.seconds:
            self._replace(f"reading took longer than {self._limits.seconds:g} s", again=False)

    def _replace(self, reason: str, *, again: bool) -> None:
        """Settles the capture the child was reading; `again` gives it a second child, since another may be to blame."""
        assert self._process
        self._process.kill()
        self._process.bury()
        self._process = None
        if self._queue.closed:
            raise self._queue.closed
        suspect = self._window.popleft()
        rest, self._window = self._window, deque()
        suspect.deaths += 1
        if again and suspect.deaths == 1:
            self._window.append(suspect)
        else:
            suspect.settle((rejected(reason),))
        self._queue.put_back(list(rest))


class Readers:
    """Child processes that read captures; a context manager. They start with the first capture."""

    def __init__(self, workers: int = 2, limits: Limits = Limits()) -> None:  # noqa: B008  -- frozen
        self._queue = _Queue(workers)
        self._lanes = [_Lane(self._queue, limits, number) for number in range(workers)]
        self._started = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def submit(self, captures: Sequence[Capture]) -> Pending:
        """Hands captures over and returns at once; several may be under way."""
        pending = Pending(len(captures))
        self._queue.put([_Job(capture, pending, index) for index, capture in enumerate(captures)])
        if not self._started:
            self._started = True
            for lane in self._lanes:
                lane.start()
        return pending

    def close(self) -> None:
        """Ends the children at once; results not yet there never come."""
        self._queue.close(CommuniqueError("the readers were closed before everything was read; run it again"))
        if self._started:
            for lane in self._lanes:
                lane.stop()
            for lane in self._lanes:
                lane.join()


def _readings(answer: bytes) -> tuple[Reading, ...]:
    """An answer, checked for its shape.

    :raises ReaderDied: when it is none; whoever sent it is not to be trusted with more.
    """
    try:
        readings = tuple(Reading(*item) for item in from_json(answer))
    except (ValueError, TypeError) as error:
        raise ReaderDied("the reader gave an answer that is none") from error
    for one in readings:
        if not (isinstance(one.record, dict) or isinstance(one.rejection, dict)):
            raise ReaderDied("the reader gave an answer that is none")
    if not readings:
        raise ReaderDied("the reader gave an answer that is none")
    return readings
