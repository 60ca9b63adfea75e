"""What came of asking for a page again: a row where that was due, or where the page answers otherwise than before."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from flows.arrivals import is_settled
from flows.picking import Picked
from flows.run import Run
from sources.candidate import Refusal
from sources.capture import rfc3339

Row = dict[str, Any]
LISTED = "listed"
"""The step of a page that was asked for because a list names it."""
_THERE = ("same", "changed")


def visit_rows(run: Run, one: Picked) -> Iterator[Row]:
    """The row of `visits` for a page that was read before; none where it was not asked, or nothing is to be told."""
    listed, candidate = one.piece.listed, one.piece.candidate
    if one.answer is None or not (is_settled(listed) or listed.again):
        return
    before = listed.again.answer if listed.again else "same"
    if not listed.is_due and one.answer in (_THERE if before in _THERE else (before,)):
        return
    yield {
        "run_id": run.run_id,
        "source": run.source,
        "ref": candidate.ref,
        "host": urlsplit(candidate.url or "").netloc.lower(),
        "step": (listed.again.step if listed.again else None) or LISTED,
        "answer": one.answer,
        "reason": one.result.reason if isinstance(one.result, Refusal) else None,
        "asked_at": rfc3339(run.run_at),
    }
