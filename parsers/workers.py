"""Reading behind a fence: captures are parsed in child processes, so that no page can stop a run.

Each child has a thread that feeds it and collects its answers. A child that takes too long, needs too much
or dies is replaced; the capture it was reading becomes a rejection, and those behind it are read by another.
"""

import threading
import time
from collections import deque
from collections.abc import Sequence
from types import TracebackType
from typing import Self

from parsers.answers import NO_ANSWER, Answer
from parsers.pending import Job, JobQueue, Pending
from parsers.reader_process import Limits, ReaderDied, ReaderProcess
from parsers.readings import rejected
from sources.capture import Capture
from sources.errors import CommuniqueError

__all__ = ["Limits", "Pending", "Readers"]

WINDOW = 48  # captures a child holds at once: enough that it never waits for its parent
WINDOW_BYTES = 512 * 1024


class _Lane:
    """The thread of one child: `_window` holds what the child was asked and has not answered, oldest first."""

    def __init__(self, queue: JobQueue, limits: Limits, number: int, *, worded: bool, outlined: bool) -> None:
        self._queue = queue
        self._limits = limits
        self._worded = worded
        self._outlined = outlined
        self._window: deque[Job] = deque()
        self._process: ReaderProcess | None = None
        self._since = 0.0
        self.starts_early = False
        self.thread = threading.Thread(target=self._run, name=f"reader-{number}", daemon=True)

    def _run(self) -> None:
        try:
            if self.starts_early:
                self._ready_process()
            while self._fill():
                self._exchange()
        except Exception as error:  # noqa: BLE001  -- handed to whoever waits for the result
            self._queue.close(error)
        finally:
            for job in self._window:
                job.fail(self._queue.closed or CommuniqueError("the readers stopped"))
            self._dismiss()

    def stop(self) -> None:
        """Called by another thread, after the queue was closed."""
        if process := self._process:
            process.kill()

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
        process = self._ready_process()
        process.ask(job.capture for job in self._window)
        self._since = time.monotonic()

    def _ready_process(self) -> ReaderProcess:
        """A child that is ready; one that was killed while it started gets a second chance."""
        for last_try in (False, True):
            self._process = process = ReaderProcess(self._limits, worded=self._worded)
            if self._queue.closed:  # stop() may have looked before there was a child
                raise self._queue.closed
            try:
                process.wait_ready()
                break
            except CommuniqueError:
                self._dismiss()
                if last_try:
                    raise
        return process

    def _exchange(self) -> None:
        assert self._process
        left = self._since + self._limits.seconds - time.monotonic()
        try:
            answers = self._process.exchange(left)
            for answer in answers:
                self._settle_oldest(answer)
        except ReaderDied as died:
            self._dismiss()
            if died.blame != "none" and self._window:
                self._settle_suspect(died.reason, again=died.blame == "suspected")
            return
        if answers:
            self._since = time.monotonic()
        elif time.monotonic() >= self._since + self._limits.seconds:
            self._dismiss()
            self._settle_suspect(f"reading took longer than {self._limits.seconds:g} s", again=False)

    def _settle_oldest(self, answer: Answer) -> None:
        try:
            if self._outlined:
                answer.outlines()
            else:
                answer.open()
            job = self._window.popleft()
        except (ValueError, IndexError) as error:
            raise ReaderDied(NO_ANSWER) from error
        job.settle(answer)

    def _dismiss(self) -> None:
        if self._process:
            self._process.kill()
            self._process.bury()
            self._process = None

    def _settle_suspect(self, reason: str, *, again: bool) -> None:
        """Settles the capture the child was reading; `again`: in a fresh child first, for another may be to blame."""
        if self._queue.closed:
            raise self._queue.closed
        suspect = self._window.popleft()
        rest, self._window = self._window, deque()
        suspect.deaths += 1
        if again and suspect.deaths == 1:
            self._window.append(suspect)
        else:
            suspect.settle(Answer.of((rejected(reason),)))
        self._queue.put_back(list(rest))


class Readers:
    """Child processes that read captures; a context manager. They start with the first capture.

    `worded` asks for the wordings of what is read, too, which spares whoever compares texts half of the work.
    `outlined` leaves answers unopened, for whoever needs the records of few of them.
    """

    def __init__(
        self,
        workers: int = 2,
        limits: Limits = Limits(),  # noqa: B008  -- frozen
        *,
        worded: bool = False,
        outlined: bool = False,
    ) -> None:
        self._queue = JobQueue(workers)
        self._lanes = [
            _Lane(self._queue, limits, number, worded=worded, outlined=outlined) for number in range(workers)
        ]
        self._started = False

    def start(self) -> None:
        """Starts every child at once, for whoever knows that much is to come."""
        for lane in self._lanes:
            lane.starts_early = True
        self._start_lanes()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def submit(self, captures: Sequence[Capture]) -> Pending:
        """Hands captures over and returns at once; several may be under way."""
        pending = Pending(len(captures))
        self._queue.put([Job(capture, pending, index) for index, capture in enumerate(captures)])
        self._start_lanes()
        return pending

    def _start_lanes(self) -> None:
        if not self._started:
            self._started = True
            for lane in self._lanes:
                lane.thread.start()

    def close(self) -> None:
        """Ends the children at once; results not yet there never come."""
        self._queue.close(CommuniqueError("the readers were closed before everything was read; run it again"))
        if self._started:
            for lane in self._lanes:
                lane.stop()
            for lane in self._lanes:
                lane.thread.join()
