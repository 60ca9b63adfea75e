"""The pages that a list names, fetched politely: hosts at once, each host one request at a time.

What came back is handed on every so often, so that a crash costs little and reading goes on meanwhile.
"""

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from flows.arrivals import BATCH_BYTES, Listed, Portion, is_settled
from flows.holdings import Holdings, holdings_of, request_for
from flows.lanes import side_by_side
from flows.run import Run
from flows.visits import the_web
from sources.answers import answer_of
from sources.capture import Candidate, Capture, Refusal, digest, facts_digest
from sources.config import Source
from sources.web import Failure, NotModified, Web, fetch_web
from warehouse.writing import writing

FEED_ITEM = "application/vnd.communique.feed-item+json"


@dataclass(frozen=True, slots=True)
class _Piece:
    """One candidate to be asked for; `place` is its position in the list."""

    place: int
    listed: Listed
    candidate: Candidate


@dataclass(frozen=True, slots=True)
class _Picked:
    """What came back for a piece, and the answer worth keeping where that was no document."""

    piece: _Piece
    result: Capture | Refusal
    evidence: Capture | None = None

    @property
    def size(self) -> int:
        kept = (self.result, self.evidence)
        return sum(len(one.body) for one in kept if isinstance(one, Capture))


def fetch_pages(run: Run, listed: Sequence[Listed]) -> Iterator[Portion]:
    """The page of each candidate, or its entry in the list where that is all there is.

    A page that was read is not asked for again, unless the run revisits. Within a portion all is in the list's order.
    """
    pieces = [
        _Piece(place, one, one.candidate)
        for place, one in enumerate(listed)
        if isinstance(one.candidate, Candidate) and (run.revisit or not is_settled(one))
    ]
    portion = Portion()
    if settled := len(listed) - len(pieces):
        portion.counts["unchanged"] = settled
    for picked in _portions(run, pieces):
        for one in sorted(picked, key=lambda one: one.piece.place):
            portion.take(one.result, one.piece.listed.last)
            portion.evidence += [one.evidence] if one.evidence else []
        yield portion
        portion = Portion()
    if not portion.is_empty():
        yield portion


def _portions(run: Run, pieces: Sequence[_Piece]) -> Iterator[list[_Picked]]:
    if not pieces:
        return
    source = run.settings.sources()[run.source]
    with writing(run.home, now=run.now, wait=run.settings.lock_wait_seconds) as writer:
        held = holdings_of(writer, run.source, [one.candidate.ref for one in pieces])
    picked: list[_Picked] = []
    size, began = 0, time.monotonic()
    with the_web(run) as web:
        finished = side_by_side(pieces, _host, lambda one: _pick(run, source, web, held, one), lambda one: one.size)
        for one in finished:
            picked.append(one)
            size += one.size
            if size >= BATCH_BYTES or time.monotonic() - began >= run.settings.seal_seconds:
                yield picked
                picked, size, began = [], 0, time.monotonic()
    if picked:
        yield picked


def _host(piece: _Piece) -> str:
    try:
        return urlsplit(piece.candidate.url or "").netloc.lower()
    except ValueError:  # no address; the guard says so
        return ""


def _pick(run: Run, source: Source, web: Web, held: Holdings, piece: _Piece) -> _Picked:
    one = piece.candidate
    if one.url is None:
        return _Picked(piece, _entry(run, one))
    holding = held.pages.get(one.ref)
    capture = holding.capture(run.home) if holding else None
    request = request_for(
        one.url,
        capture,
        source=run.source,
        ref=one.ref,
        name=one.name,
        pace=source.pace,
        full=held.in_full,
        listed_at=one.hints.listed_at,
    )
    answer = fetch_web(request, web)
    if isinstance(answer, NotModified) and capture is not None:
        return _Picked(piece, replace(capture, captured_at=answer.exchanges[-1].started_at))
    if isinstance(answer, NotModified):
        return _Picked(piece, Refusal(one, "failed", "not modified, though we hold nothing"))
    if isinstance(answer, Failure):
        return _Picked(piece, Refusal(one, answer.outcome, answer.reason), _worth_keeping(answer, held, web))
    return _Picked(piece, answer)


def _worth_keeping(failure: Failure, held: Holdings, web: Web) -> Capture | None:
    answer = answer_of(failure, web.visitor.limits)
    return answer if answer and held.wants(failure.request.ref, answer.status or 0) else None


def _entry(run: Run, one: Candidate) -> Capture | Refusal:
    if one.hints.payload is None:
        return Refusal(one, "failed", "the list gives neither an address nor a text")
    body = one.hints.payload.encode()
    content = digest(body)
    return Capture(
        source=run.source,
        ref=one.ref,
        name=one.name,
        target_uri=f"urn:communique:item:{content}",
        captured_at=run.run_at,
        media_type=FEED_ITEM,
        body=body,
        payload_sha256=content,
        content_sha256=content,
        facts_sha256=facts_digest(one.stated),
        url=one.hints.page_url,
        listed_at=one.hints.listed_at,
    )
