"""When Python looks for cyclic garbage during a run."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

COLLECT_EVERY = 50_000  # objects made since the last time


@contextmanager
def collecting_seldom() -> Iterator[None]:
    """Looks for cycles seventy times less often than usual: batches are many objects and hold hardly any cycles."""
    before = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(COLLECT_EVERY, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()
