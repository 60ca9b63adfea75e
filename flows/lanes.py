"""Work on many hosts at once, one piece at a time on each: a lane for every host, in the order given."""

import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from typing import Generic, TypeVar

MOST_LANES = 64
WAITING_BYTES = 32 * 1024 * 1024  # of finished work that nobody has taken yet

T = TypeVar("T")
R = TypeVar("R")


class _Outbox(Generic[R]):
    """Finished work on its way to whoever takes it; lanes wait while too much of it lies here."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._done: deque[tuple[R | BaseException, int]] = deque()
        self._held = 0
        self.closed = False

    def put(self, result: R | BaseException, size: int) -> None:
        with self._changed:
            self._changed.wait_for(lambda: self._held < WAITING_BYTES or self.closed)
            self._done.append((result, size))
            self._held += size
            self._changed.notify_all()

    def take(self) -> R:
        with self._changed:
            self._changed.wait_for(lambda: self._done)
            result, size = self._done.popleft()
            self._held -= size
            self._changed.notify_all()
        if isinstance(result, BaseException):
            raise result
        return result

    def close(self) -> None:
        with self._changed:
            self.closed = True
            self._changed.notify_all()


def side_by_side(
    work: Sequence[T], lane_of: Callable[[T], str], do: Callable[[T], R], size_of: Callable[[R], int]
) -> Iterator[R]:
    """What `do` makes of each piece, as it is finished; pieces of one lane one after another, lanes at once.

    :param size_of: bytes that a result holds in memory, so that a slow taker stops the lanes in time.
    :raises BaseException: what `do` raised first. Lanes end after the piece they are at.
    """
    lanes: dict[str, deque[T]] = {}
    for piece in work:
        lanes.setdefault(lane_of(piece), deque()).append(piece)
    waiting = deque(lanes.values())
    outbox: _Outbox[R] = _Outbox()

    def run() -> None:
        try:
            while lane := _next(waiting):
                while lane and not outbox.closed:
                    result = do(lane.popleft())
                    outbox.put(result, size_of(result))
        except BaseException as error:  # noqa: BLE001  -- handed to whoever takes the results
            outbox.put(error, 0)

    for number in range(min(len(lanes), MOST_LANES)):
        threading.Thread(target=run, name=f"lane-{number}", daemon=True).start()
    try:
        for _ in work:
            yield outbox.take()
    finally:
        outbox.close()


def _next(waiting: deque[deque[T]]) -> deque[T] | None:
    try:
        return waiting.popleft()
    except IndexError:
        return None
