"""How a window stands once its pages were asked for: by what its lists gave, and by the last outcome of each item."""

from collections import Counter
from collections.abc import Mapping

from flows.arrivals import SETTLED
from flows.window_lists import Named
from flows.windows import Told
from warehouse.resolution.known import Row


def how_it_stands(named: Named, last: Mapping[tuple[str, int], Row]) -> Told:
    """:param last: last outcomes of its items, by ref and item.

    Done is what was listed to the end and came whole, or was put aside or left alone for a reason of its own; a page
    that could not be had leaves it partial.
    """
    outcomes = [last.get((one.ref, 0)) for one in named.candidates]
    found = Counter(one["outcome"] if one else "failed" for one in outcomes)
    held = sum(n for outcome, n in found.items() if outcome in SETTLED)
    failed = found["failed"]
    state, reason = named.state, named.reason
    if failed and state in (None, "partial"):
        first = next((one["reason"] for one in outcomes if one and one["outcome"] == "failed"), "not asked yet")
        state, reason = "partial", f"{failed} of {len(outcomes)} items could not be had; the first: {first}"
    return Told(
        window=named.planned.window,
        state=state or "done",
        reason=reason,
        listed=len(outcomes),
        held=held,
        failed=failed,
        listed_from=named.listed_from,
    )
