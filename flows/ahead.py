"""Batches between the raw file and the database: while some are read, the next are fetched and preserved."""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass

from flows.arrivals import Fetched
from flows.run import Run
from flows.steps import parse, stage_batch
from parsers.workers import Pending, Readers
from warehouse.staging import Batch
from warehouse.vault.sealing import Sealed

READ_AHEAD = 2  # batches with the reading processes, which have work while another is loaded
AT_HAND = 2  # staged batches that need not be read back; a batch of large files has many, and memory would grow


class Ahead:
    """The batches of a run that are not loaded yet, in their order.

    `in_flight` are the inputs of them all; it is changed in place, as portions still to come are compared with it too.
    `staged` are the newest of those that can be loaded, the others lie in staging alone; say so with `loaded` once all
    are. No dataclass, since Prefect looks through every field of one that is passed to a task.
    """

    def __init__(self, readers: Readers) -> None:
        self.readers = readers
        self.in_flight: set[str] = set()
        self.staged: deque[Batch] = deque(maxlen=AT_HAND)
        self._in_reading: deque[_InReading] = deque()
        self._read: set[str] = set()

    def take(self, run: Run, number: int, fetched: Fetched, sealed: Sealed | None) -> None:
        """Has a batch read; the eldest is staged where so many are being read already that memory would grow."""
        self._in_reading.append(_InReading(number, fetched, sealed, parse(self.readers, fetched)))
        self.in_flight |= self._in_reading[-1].inputs()
        if len(self._in_reading) > READ_AHEAD:
            self._stage_eldest(run)

    def rest(self, run: Run) -> Sequence[Batch]:
        """Stages what is left; what of it need not be read back."""
        while self._in_reading:
            self._stage_eldest(run)
        return self.staged

    def loaded(self) -> None:
        """What was staged is in the archive, which knows its inputs now."""
        self.in_flight -= self._read
        self.staged.clear()
        self._read.clear()

    def _stage_eldest(self, run: Run) -> None:
        eldest = self._in_reading.popleft()
        self._read |= eldest.inputs()
        if batch := eldest.staged(run):
            self.staged.append(batch)


@dataclass(frozen=True, slots=True)
class _InReading:
    """A batch that is preserved, and that the reading processes have."""

    number: int
    fetched: Fetched
    sealed: Sealed | None
    pending: Pending

    def staged(self, run: Run) -> Batch | None:
        """Waits for its readings, without keeping the database from others for long, and stages it."""
        run.leave_unless(self.pending.is_done)
        return stage_batch(run, self.number, self.fetched, self.sealed, self.pending.result())

    def inputs(self) -> set[str]:
        return {one.input_sha256 for one in self.fetched.fresh()}
