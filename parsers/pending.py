"""Captures that wait to be read, and their readings on the way back."""

import math
import threading
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass

from parsers.answers import Answer
from parsers.readings import Reading
from sources.capture import Capture


class Pending:
    """Readings on their way, one answer per capture."""

    def __init__(self, count: int) -> None:
        self._answers: list[Answer] = [Answer(b"")] * count
        self._left = count
        self._lock = threading.Lock()
        self._done = threading.Event()
        self._error: Exception | None = None
        if not count:
            self._done.set()

    def result(self) -> list[tuple[Reading, ...]]:
        """Waits; the readings of each capture, in the order they were submitted; raises as `answers`."""
        return [answer.readings() for answer in self.answers()]

    def answers(self) -> list[Answer]:
        """The same, left as they came where nobody has opened them.

        :raises CommuniqueError: when no reader starts, or the readers were closed before they were done.
        """
        self._done.wait()
        if self._error:
            raise self._error
        return self._answers

    def is_done(self, wait: float = 0.0) -> bool:
        """Whether `result` will not wait, or only for so many seconds."""
        return self._done.wait(wait)

    def settle(self, index: int, answer: Answer) -> None:
        """The answer for one capture is here; called once for each."""
        with self._lock:
            self._answers[index] = answer
            self._left -= 1
            if not self._left:
                self._done.set()

    def fail(self, error: Exception) -> None:
        """The rest will never come."""
        self._error = error
        self._done.set()


@dataclass(slots=True)
class Job:
    """One capture to be read, and where its readings go. `deaths` counts the children that died over it."""

    capture: Capture
    pending: Pending
    index: int
    deaths: int = 0

    def settle(self, answer: Answer) -> None:
        self.pending.settle(self.index, answer)

    def fail(self, error: Exception) -> None:
        self.pending.fail(error)


class JobQueue:
    """Captures nobody reads yet, shared by the threads of all children."""

    def __init__(self, workers: int) -> None:
        self._jobs: deque[Job] = deque()
        self._changed = threading.Condition()
        self._workers = workers
        self.closed: Exception | None = None

    def put(self, jobs: Sequence[Job]) -> None:
        """Adds new work."""
        with self._changed:
            if self.closed:
                raise self.closed
            self._jobs.extend(jobs)
            self._changed.notify(len(jobs))

    def put_back(self, jobs: Sequence[Job]) -> None:
        """What a dead child left unread goes first."""
        with self._changed:
            self._jobs.extendleft(reversed(jobs))
            self._changed.notify(len(jobs))

    def take(self, most: int, room: int, *, wait: bool) -> list[Job]:
        """At most `most` jobs and about `room` bytes; smaller shares towards the end, so that none idles."""
        taken: list[Job] = []
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
