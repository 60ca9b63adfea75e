"""What goes wrong on the way: one request in five, the same ones for the same seed.

Half of them stay for the whole visit, so that trying again does not help.
"""

from random import Random
from typing import Literal

Fault = Literal["busy", "error", "reset", "truncated", "slow", "challenge", "maintenance", "garbage", "empty"]
ANYWHERE: tuple[Fault, ...] = ("busy", "error", "reset", "truncated", "slow", "challenge", "maintenance", "garbage")
IN_LISTS: tuple[Fault, ...] = (*ANYWHERE, "empty")
STAYING, PASSING = 0.1, 0.11


def fault_of(seed: int, visit: int, path: str, nth: int, *, is_list: bool) -> Fault | None:
    """What becomes of the `nth` request for a path in a visit; None where it is answered as it should be."""
    faults = IN_LISTS if is_list else ANYWHERE
    staying, passing = Random(f"{seed} {visit} {path}"), Random(f"{seed} {visit} {path} {nth}")
    if staying.random() < STAYING:
        return staying.choice(faults)
    return passing.choice(faults) if passing.random() < PASSING else None
