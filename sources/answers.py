"""Answers that are no documents, as captures: what a server said when it said no, kept as evidence."""

from dataclasses import replace

from sources.capture import Capture, facts_digest
from sources.http.decoding import decode
from sources.http.limits import Limits
from sources.web import Failure, captured

ANSWER = "answer:"
"""What the ref of such a capture begins with; behind it stands the ref of what was asked for."""


def answer_of(failure: Failure, limits: Limits) -> Capture | None:
    """The answer behind a failure; None where nothing answered, or what answered was no error.

    Its body may be empty, and cut short where the answer was.
    """
    answer = failure.exchanges[-1] if failure.exchanges else None
    if answer is None or failure.status is None or answer.status != failure.status or 300 <= answer.status < 400:
        return None
    decoded = decode(answer.payload, answer.header("content-encoding"), limits)
    told = captured(failure.request, answer, decoded)
    is_cut = answer.truncated or decoded.damaged
    said = replace(told, completeness="partial" if is_cut else "whole", exchanges=failure.exchanges)
    return put_aside(said, failure.reason)


def put_aside(capture: Capture, reason: str) -> Capture:
    """A document that is not what was asked for, as evidence of that."""
    facts = facts_digest(capture.stated, reason)
    return replace(capture, ref=f"{ANSWER}{capture.ref}", fault=reason, facts_sha256=facts)
