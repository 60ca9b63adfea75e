"""Answers that are no documents, as captures: what a server said when it said no, kept as evidence."""

from dataclasses import replace

from sources.capture import NOTHING_STATED, Capture, digest, facts_digest
from sources.http.decoding import decode
from sources.http.limits import Limits
from sources.media_types import by_name, split_media_type
from sources.web import Failure

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
    stated = answer.header("content-type")
    media_type, charset = split_media_type(stated) if stated else (by_name(answer.url.partition("?")[0]), None)
    payload = digest(answer.payload)
    request = failure.request
    return Capture(
        source=request.source,
        ref=f"{ANSWER}{request.ref}",
        name=request.name,
        target_uri=answer.url,
        captured_at=answer.started_at,
        media_type=media_type,
        body=decoded.content,
        payload_sha256=payload,
        content_sha256=payload if decoded.content is answer.payload else digest(decoded.content),
        facts_sha256=facts_digest(NOTHING_STATED, failure.reason),
        charset=charset,
        url=request.url,
        status=answer.status,
        completeness="partial" if answer.truncated or decoded.damaged else "whole",
        fault=failure.reason,
        final_url=answer.url,
        headers=answer.headers,
        exchanges=failure.exchanges,
    )


def put_aside(capture: Capture, reason: str) -> Capture:
    """A document that is not what was asked for, as evidence of that."""
    facts = facts_digest(capture.stated, reason)
    return replace(capture, ref=f"{ANSWER}{capture.ref}", fault=reason, facts_sha256=facts)
