"""FETCH, from the web: an address in, a capture, "not modified", or why there is none.

    200, 203 with a body                        a capture; with a `fault` where its coding cannot be undone
    304 for a body that we hold                 not modified
    robots.txt, guard, a pause, a busy host     skipped; the next run asks again
    over the cap                                quarantined
    all else                                    failed; 404 and 410 as `gone`

Whatever came back on the way is in `exchanges`, so that it can be kept.
"""

import random
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from sources.capture import NOTHING_STATED, Capture, Completeness, Outcome, digest, facts_digest
from sources.exchange import Exchange, Fields
from sources.guard import Guard, Refused
from sources.http.address import Address
from sources.http.decoding import Decoded, decode
from sources.http.limits import Limits
from sources.http.sessions import Sessions
from sources.identity import Identity
from sources.media_types import by_name, split_media_type
from sources.permission import Permissions
from sources.politeness import Politeness
from sources.visiting import Arrival, Credential, Kind, Problem, Visit, Visitor, follow

ACCEPT = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"

_DOCUMENTS = frozenset({200, 203})
_GONE = frozenset({404, 410})
_SKIPPED = frozenset({"refused", "robots", "paused", "busy"})
_JITTER = random.SystemRandom()
_NO_FACTS = facts_digest(NOTHING_STATED)


@dataclass(frozen=True, slots=True)
class WebRequest:
    """What to fetch. `etag` and `last_modified` are sent as they were received, and only while `held` says that we
    still hold the body they came with; it came from `held_at` (None: from `url`). `full` asks for the body all the
    same, because some servers say 304 for ever. `pace` is seconds between requests, None the default.
    """

    url: str
    source: str
    ref: str
    name: str
    etag: str | None = None
    last_modified: str | None = None
    held: bool = False
    held_at: str | None = None
    full: bool = False
    pace: float | None = None
    accept: str = ACCEPT
    listed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class NotModified:
    """The server says that the body we hold is still the one."""

    request: WebRequest
    exchanges: tuple[Exchange, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Failure:
    """No capture: which outcome, of which kind, and the reason a person understands. `retry_after` is seconds."""

    request: WebRequest
    outcome: Outcome
    kind: Kind
    reason: str
    status: int | None = None
    retry_after: float | None = None
    exchanges: tuple[Exchange, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class Web:
    """The web as this process visits it: open sessions, known robots.txt files, rules. Shared by all its threads."""

    visitor: Visitor
    permissions: Permissions

    def close(self) -> None:
        """Closes idle connections; using it again opens new ones."""
        self.visitor.sessions.close()


def open_web(
    hosts: Path,
    *,
    contact: str,
    guard: Guard | None = None,
    limits: Limits | None = None,
    pace: float | None = None,
    credentials: tuple[Credential, ...] = (),
    ca_file: str | None = None,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
    clock: Callable[[], float] = time.time,
    sleep: Callable[[float], None] = time.sleep,
    draw: Callable[[], float] = _JITTER.random,
) -> Web:
    """:param hosts: the folder of per-host state that all processes share.
    :param contact: see `Identity`; without one nothing but this machine is visited.
    :param now: stamps captures, UTC; `clock` is what pace and pauses go by, seconds since the epoch.
    :raises ConfigError: a contact that is none.
    """
    guard, limits = guard or Guard(), limits or Limits()
    politeness = Politeness(hosts, patience=limits.patience, clock=clock, sleep=sleep)
    if pace is not None:
        politeness = replace(politeness, pace=pace)
    sessions = Sessions(guard, limits, now=now, ca_file=ca_file)
    visitor = Visitor(Identity(contact), guard, politeness, limits, sessions, now, sleep, draw, credentials)
    return Web(visitor, Permissions(hosts))


def fetch_web(request: WebRequest, web: Web) -> Capture | NotModified | Failure:
    """Visits one address politely and within limits. Never raises for what a server does.

    :raises ConfigError: there is no contact, and the address is not on this machine.
    """
    visitor, visit = web.visitor, Visit(web.visitor.limits)
    try:
        address = visitor.guard.check(request.url)
    except Refused as refused:
        return _failure(request, visit, Problem("refused", str(refused)))
    validators = _validators(request, address, visitor.guard)
    arrival = follow(
        visitor,
        visit,
        address,
        permitted=lambda hop: web.permissions.pace(visitor, visit, hop, request.pace),
        fields=lambda hop: (("Accept", request.accept), *validators.get(hop.href, ())),
    )
    if isinstance(arrival, Problem):
        return _failure(request, visit, arrival)
    answer = arrival.exchange
    problem = _no_document(answer, conditional=answer.url in validators)
    if problem is not None:
        return _failure(request, visit, problem)
    if answer.status == 304:
        return NotModified(request, tuple(visit.exchanges))
    return _capture(request, address, arrival, visit, visitor.limits)


def _validators(request: WebRequest, asked: Address, guard: Guard) -> dict[str, Fields]:
    """The conditional fields, for the one address whose body we hold (RFC 9110, 13.1)."""
    if request.full or not request.held:
        return {}
    try:
        held_at = guard.check(request.held_at).href if request.held_at else asked.href
    except Refused:
        return {}
    told = (("If-None-Match", request.etag), ("If-Modified-Since", request.last_modified))
    fields = tuple((name, value) for name, value in told if value and value.isprintable() and value.isascii())
    return {held_at: fields} if fields else {}


def _no_document(answer: Exchange, *, conditional: bool) -> Problem | None:
    """Why an answer is neither a document nor word that ours is still the one."""
    status = answer.status
    if status == 304:
        return None if conditional else Problem("not_modified", "status 304, but we asked for the whole body", status)
    if status in _GONE:
        return Problem("gone", f"status {status}: the server says there is nothing at this address", status)
    if status not in _DOCUMENTS:
        return Problem("status", f"status {status} {answer.reason}".rstrip(), status)
    if not answer.payload:
        return Problem("empty", f"status {status} with an empty body", status)
    return None


def _failure(request: WebRequest, visit: Visit, problem: Problem) -> Failure:
    outcome: Outcome = "skipped" if problem.kind in _SKIPPED else "failed"
    if problem.kind == "too_large":
        outcome = "quarantined"
    told = (problem.kind, problem.reason, problem.status, problem.retry_after)
    return Failure(request, outcome, *told, tuple(visit.exchanges))


def _capture(request: WebRequest, asked: Address, arrival: Arrival, visit: Visit, limits: Limits) -> Capture:
    answer = arrival.exchange
    decoded = decode(answer.payload, answer.header("content-encoding"), limits)
    completeness, proof = _completeness(answer, decoded)
    return replace(
        captured(request, answer, decoded),
        url=asked.href,
        completeness=completeness,
        fault=decoded.fault,
        hops=arrival.hops,
        proof=proof,
        listed_at=request.listed_at,
        exchanges=tuple(visit.exchanges),
    )


def captured(request: WebRequest, answer: Exchange, decoded: Decoded) -> Capture:
    """What an answer says of itself, whole and without fault as far as it goes."""
    stated = answer.header("content-type")
    media_type, charset = split_media_type(stated) if stated else (by_name(answer.url.partition("?")[0]), None)
    payload = digest(answer.payload)
    return Capture(
        source=request.source,
        ref=request.ref,
        name=request.name,
        target_uri=answer.url,
        captured_at=answer.started_at,
        media_type=media_type,
        body=decoded.content,
        payload_sha256=payload,
        content_sha256=payload if decoded.content is answer.payload else digest(decoded.content),
        facts_sha256=_NO_FACTS,
        charset=charset,
        url=request.url,
        status=answer.status,
        final_url=answer.url,
        headers=answer.headers,
    )


def _completeness(answer: Exchange, decoded: Decoded) -> tuple[Completeness, str | None]:
    """Whether the body is known to be whole, and by what; an end mark inside its coding counts as well as a length."""
    if decoded.damaged:
        return "partial", None
    if answer.framing in ("length", "chunked"):
        return "whole", answer.framing
    return ("whole", decoded.coding) if decoded.ended else ("unverifiable", None)
