"""One candidate of a source of the web: its page asked for, and whether what came back can be believed."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import urlsplit

from flows.arrivals import Answer, Files, Listed, is_settled
from flows.attachments import Named, look_again
from flows.holdings import CONFIRMED, Holding, Holdings
from flows.run import Run
from flows.vanishing import ABSENCES
from sources.absence import Absent, learn_absence
from sources.answers import answer_of, put_aside
from sources.candidate import Candidate, Refusal
from sources.capture import Capture, Usual, digest, facts_digest
from sources.config import Source
from sources.exchange import Exchange
from sources.redaction import redaction
from sources.suspicion import impostor, may_mean_absence, says_not_found
from sources.web import Failure, NotModified, Web, WebRequest, fetch_web

GIVES_UP_AFTER = 3
"""Pages in a row without an answer, each tried several times, from which on a host is left alone for this run."""
SILENT = f"not asked: its host gave no answer for {GIVES_UP_AFTER} pages in a row; the next run asks again"
FEED_ITEM = "application/vnd.communique.feed-item+json"


@dataclass(frozen=True, slots=True)
class Piece:
    """One candidate to be asked for; `place` is its position among those listed.

    `only_files`: its page is here already, its files may not be.
    """

    place: int
    listed: Listed
    candidate: Candidate
    only_files: bool = False


@dataclass(frozen=True, slots=True)
class Picked:
    """What came of a piece. `fresh` is the result where it is a page not held before, `evidence` captures that
    are kept and not read; `files` what has changed of the files of a page that has not; `trouble` is cause and reason
    of an alarm; `answer` is what came of asking for the page, None where nobody did."""

    piece: Piece
    result: Capture | Refusal
    fresh: Capture | None = None
    evidence: tuple[Capture, ...] = ()
    files: Files | None = None
    trouble: tuple[str, str] | None = None
    exchanges: tuple[Exchange, ...] = ()
    answer: Answer | None = None

    @property
    def size(self) -> int:
        """Bytes of the bodies it holds."""
        kept = (self.result, *self.evidence)
        return sum(len(one.body) for one in kept if isinstance(one, Capture))


class Picker:
    """Picks up the pages of one source. Used by many threads, one for each host."""

    def __init__(
        self, run: Run, source: Source, web: Web, held: Holdings, named: Mapping[str, Sequence[Named]]
    ) -> None:
        """:param named: the files of releases whose pages are asked for again, by release."""
        self._run = run
        self._source = source
        self._web = web
        self._held = held
        self._veil = redaction(source.addresses, source.secret_parameters)
        self._named = named
        self._usual = Usual(source.publisher, source.language, source.zone)
        self._absent: dict[str, Absent | None] = {}
        self._unanswered: Counter[str] = Counter()  # pages in a row, by host; each host has a lane of its own

    def pick(self, piece: Piece) -> Picked:
        """The page of one candidate, or its entry in the list where that is all there is."""
        one = piece.candidate
        if one.url is None:
            entry = _entry(self._run, one)
            return Picked(piece, replace(entry, usual=self._usual) if isinstance(entry, Capture) else entry)
        holding = self._holding(piece)
        request = WebRequest(
            one.url, self._run.source, one.ref, one.name, pace=self._source.pace, listed_at=one.hints.listed_at
        )
        if piece.only_files and holding:
            page = _as_held(holding, request, self._run.run_at)
            return replace(self._as_before(piece, page, ()), answer=None)
        if holding and not self._held.in_full:
            request = holding.ask_again(request, self._veil.reveal(holding.target_uri))
        host = urlsplit(one.url).netloc.lower()
        if self._unanswered[host] >= GIVES_UP_AFTER:
            return Picked(piece, Refusal(one, "failed", SILENT))
        answer = self._veil.answer(fetch_web(request, self._web))
        is_silent = isinstance(answer, Failure) and answer.outcome == "failed" and answer.status is None
        self._unanswered[host] = self._unanswered[host] + 1 if is_silent else 0
        if isinstance(answer, NotModified) and holding:
            return self._as_before(piece, _as_held(holding, request, answer.exchanges[-1].started_at), answer.exchanges)
        if isinstance(answer, NotModified):
            return Picked(piece, Refusal(one, "failed", "not modified, though we hold nothing"))
        if isinstance(answer, Failure):
            return self._failed(piece, answer)
        if holding and holding.input_sha256 == answer.input_sha256:
            return self._as_before(piece, answer, answer.exchanges)
        return self._judged(piece, replace(answer, usual=self._usual), request)

    def _holding(self, piece: Piece) -> Holding | None:
        """What we hold of it, if that is what its last outcome was about and its bytes are there."""
        holding = self._held.pages.get(piece.candidate.ref)
        last = piece.listed.last
        if holding is None or last is None or last["input_sha256"] != holding.input_sha256:
            return None
        return holding if holding.is_there(self._run.home) else None

    def _as_before(self, piece: Piece, page: Capture, exchanges: tuple[Exchange, ...]) -> Picked:
        """A page that has not changed; its files may have."""
        last = piece.listed.last
        named = self._named.get(last["release_id"] or "", ()) if last and is_settled(piece.listed) else ()
        digests, had = look_again(named, self._source, self._web)
        fresh = tuple(one.fresh for one in had if one.fresh)
        exchanges += tuple(exchange for one in had for exchange in one.exchanges)
        files = Files(page, digests) if any(digests.values()) else None
        return Picked(piece, page, evidence=fresh, files=files, exchanges=exchanges, answer="same")

    def _failed(self, piece: Piece, answer: Failure) -> Picked:
        told: Answer | None = "absent" if answer.kind == "gone" else "failed" if answer.outcome == "failed" else None
        evidence = self._worth_keeping(piece, answer_of(answer, self._web.visitor.limits), told)
        refusal = Refusal(piece.candidate, answer.outcome, answer.reason)
        return Picked(piece, refusal, evidence=evidence, exchanges=answer.exchanges, answer=told)

    def _judged(self, piece: Piece, answer: Capture, request: WebRequest) -> Picked:
        reason, exchanges = impostor(answer), answer.exchanges
        cause = "not the page asked for"
        if reason is None or may_mean_absence(reason):
            absent, asked = self._absence(request)
            exchanges += asked
            if absent and absent.is_shown_by(answer):
                reason, cause = "it shows what the host shows for addresses that cannot exist", "soft 404"
        if reason is None:
            held = self._held.pages.get(piece.candidate.ref)
            is_held = held is not None and held.input_sha256 == answer.input_sha256
            told: Answer = "failed" if answer.fault else "same" if is_held else "changed"
            return Picked(piece, answer, fresh=answer, exchanges=exchanges, answer=told)
        told = "absent" if cause == "soft 404" or says_not_found(reason) else "failed"
        evidence = self._worth_keeping(piece, put_aside(answer, reason), told)
        refusal = Refusal(piece.candidate, "failed", reason)
        return Picked(piece, refusal, evidence=evidence, trouble=(cause, reason), exchanges=exchanges, answer=told)

    def _absence(self, request: WebRequest) -> tuple[Absent | None, tuple[Exchange, ...]]:
        host = urlsplit(request.url).netloc.lower()
        if host in self._absent:  # asked by this host's own lane alone
            return self._absent[host], ()
        found, asked = learn_absence(self._run.home.root / "hosts", self._web, request)
        self._absent[host] = found
        return found, asked

    def _worth_keeping(self, piece: Piece, evidence: Capture | None, told: Answer | None) -> tuple[Capture, ...]:
        """The first such answer and the one that confirms it; of a page that was read and is gone, one more."""
        was_read = piece.listed.again is not None or is_settled(piece.listed)
        most = ABSENCES if told == "absent" and was_read else CONFIRMED
        return (evidence,) if evidence and self._held.wants(piece.candidate.ref, evidence.status or 0, most) else ()


def _as_held(holding: Holding, request: WebRequest, at: datetime) -> Capture:
    """The capture of a page that is as it was, without its bytes: it is known by its digest."""
    return Capture(
        source=request.source,
        ref=request.ref,
        name=request.name,
        target_uri=holding.target_uri,
        captured_at=at,
        media_type="",
        body=b"",
        payload_sha256="",
        content_sha256=holding.content_sha256,
        facts_sha256=holding.facts_sha256,
        url=request.url,
        status=304,
    )


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
