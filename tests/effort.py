"""A bound on what a test may make the machine compute."""

import time
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def bounded(seconds: float = 30.0) -> Iterator[None]:
    """Fails when the block costs this process more computing than that.

    The inputs are so large that work which grows with their square would take minutes; done as it should be, it takes
    a second or two at most. So the bound tells the two apart on any machine, and what else runs there does not count.
    """
    began = time.process_time()
    yield
    took = time.process_time() - began
    assert took < seconds, f"{took:.1f} seconds of computing"
