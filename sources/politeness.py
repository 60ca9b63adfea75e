"""One request at a time per host, at its pace, by all processes together; pauses a server asks for bind everyone.

The pace counts from the start of one request to the start of the next, as a reader would see it in the server's log.
A server that takes long to answer is left alone for as long again, up to a pace: it has enough to do.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from sources import hosts
from sources.errors import CommuniqueError
from sources.hosts import Day, HostFile, HostState

DEFAULT_PACE = 2.0
LONGEST_PAUSE = 24 * 3600.0
"""Seconds; a Retry-After beyond it is a mistake or a joke."""

_MARGIN = (0.02, 0.05)  # of the pace, and at most seconds: two requests may travel for different times


class Paused(CommuniqueError):
    """The host may not be asked for longer than we wait; `seconds` until it may."""

    def __init__(self, key: str, seconds: float, reason: str) -> None:
        super().__init__(f"{key}: not before {seconds:.0f} s from now ({reason}); the next run asks again")
        self.seconds = seconds


@dataclass(slots=True)
class Turn:
    """The right to send one request now. What it cost is told here before the turn ends."""

    began: float
    seconds: float | None = None
    pause: float = 0.0
    pause_reason: str = ""
    cost: Day = field(default_factory=lambda: Day(requests=1, failed=1))

    def done(self, *, seconds: float, received: int, not_modified: bool) -> None:
        """The request was answered: `seconds` from its sending to the end, `received` bytes off the wire."""
        self.seconds = seconds
        self.cost = Day(requests=1, bytes=received, not_modified=int(not_modified))

    def ask_for_pause(self, seconds: float, reason: str) -> None:
        """The host wants to be left alone by everybody, for at most `LONGEST_PAUSE`."""
        self.pause, self.pause_reason = min(max(seconds, 0.0), LONGEST_PAUSE), reason


@dataclass(frozen=True, slots=True)
class Politeness:
    """The rules shared through one folder. `pace` is the default in seconds, `patience` the longest pause waited for.

    `clock` gives seconds since the epoch: the times must mean the same to other processes and after a restart.
    """

    folder: Path
    pace: float = DEFAULT_PACE
    patience: float = 60.0
    busy: float = 600.0
    clock: Callable[[], float] = time.time
    sleep: Callable[[float], None] = time.sleep

    @contextmanager
    def turn(self, key: str, pace: float | None = None) -> Iterator[Turn]:
        """Waits for the host's turn and holds it.

        :param pace: seconds; the slower of this and of whoever asked last holds.
        :raises Paused: the wait would be longer than our patience, or than the pace if that is longer.
        :raises LockBusy: others had the host all the time.
        """
        pace = self.pace if pace is None else pace
        with hosts.locked(self.folder / f"{key}.json", wait=self.busy, sleep=self.sleep) as descriptor:
            file = HostFile(descriptor)
            state = file.read().by_this_clock(self.clock())
            waited = self._wait(key, state, pace)
            turn = Turn(self.clock())
            # Written before the request goes out: a process killed in its midst has asked all the same.
            state = replace(state, last_at=turn.began, next_at=turn.began + pace, written_at=turn.began)
            file.write(state)
            try:
                yield turn
            finally:
                file.write(self._after(state, turn, pace, waited))

    def _wait(self, key: str, state: HostState, pace: float) -> float:
        now = self.clock()
        paced = max(state.next_at, state.last_at + pace if state.last_at else 0.0) - now
        paused = state.pause_until - now
        if paused > self.patience or paced > max(self.patience, 2 * pace):
            reason = state.pause_reason if paused >= paced else "its pace"
            raise Paused(key, max(paused, paced), reason)
        waited = max(paced, paused, 0.0)
        if waited:
            self.sleep(waited)
        return waited

    def _after(self, state: HostState, turn: Turn, pace: float, waited: float) -> HostState:
        now = self.clock()
        taken = now - turn.began if turn.seconds is None else turn.seconds
        margin = min(_MARGIN[0] * pace, _MARGIN[1])
        sent = max(now - taken, turn.began)
        state = replace(state, last_at=sent, next_at=max(sent + pace + margin, now + min(pace, taken)), written_at=now)
        if turn.pause:
            until = now + turn.pause
            if until > state.pause_until:
                state = replace(state, pause_until=until, pause_reason=turn.pause_reason)
        return state.counted(now, replace(turn.cost, waited=waited))
