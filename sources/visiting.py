"""One visit: an address asked politely, tried again where that helps, its redirects walked by hand."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from sources import retrying
from sources.errors import LockBusy
from sources.exchange import Exchange, Fields
from sources.guard import Guard, Refused
from sources.hosts import host_key
from sources.http.address import Address
from sources.http.decoding import ACCEPTED
from sources.http.faults import Fault, FaultKind
from sources.http.limits import Limits
from sources.http.sessions import Sessions
from sources.identity import Identity
from sources.politeness import Paused, Politeness, Turn

Kind = Literal[
    FaultKind,
    "refused",
    "robots",
    "unreachable",
    "paused",
    "busy",
    "redirect",
    "gone",
    "status",
    "empty",
    "not_modified",
]

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_SHORTEST = 0.05  # seconds; with less time left nothing is begun


@dataclass(frozen=True, slots=True)
class Credential:
    """A secret header field for one origin (`https://api.example`), sent nowhere else and never recorded."""

    origin: str
    name: str
    value: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Visitor:
    """All that a visit needs. `now` is UTC and goes into records; `draw` gives the jitter, in [0, 1)."""

    identity: Identity
    guard: Guard
    politeness: Politeness
    limits: Limits
    sessions: Sessions
    now: Callable[[], datetime]
    sleep: Callable[[float], None]
    draw: Callable[[], float]
    credentials: tuple[Credential, ...] = ()


@dataclass(frozen=True, slots=True)
class Problem:
    """Why there is no answer. `retry_after` is seconds, where the host told them."""

    kind: Kind
    reason: str
    status: int | None = None
    retry_after: float | None = None


@dataclass(frozen=True, slots=True)
class Arrival:
    """The answer that is no redirect, and the addresses that led to it, the one asked for first."""

    exchange: Exchange
    hops: tuple[str, ...] = ()


class Visit:
    """What one visit has spent and gathered: seconds of the deadline it shares, and every exchange so far."""

    def __init__(self, limits: Limits) -> None:
        self.left = limits.total
        self.exchanges: list[Exchange] = []


def follow(
    visitor: Visitor,
    visit: Visit,
    address: Address,
    *,
    permitted: Callable[[Address], float | None | Problem],
    fields: Callable[[Address], Fields],
    cut_at: int | None = None,
) -> Arrival | Problem:
    """The answer at the end of all redirects, each hop checked like the first.

    :param permitted: the host's pace (None is the default), or why not; asked for each hop.
    :param fields: header fields for a hop beside those every request has.
    :param cut_at: bytes after which the body may be cut.
    :raises ConfigError: a hop leaves this machine, and there is no contact.
    """
    seen = [address.href]
    while True:
        visitor.identity.must_be_known(address, visitor.guard)
        pace = permitted(address)
        if isinstance(pace, Problem):
            return pace
        answer = _ask(visitor, visit, _Question(address, fields(address), pace, cut_at))
        if isinstance(answer, Problem):
            return answer
        if answer.status not in _REDIRECTS:
            return Arrival(answer, tuple(seen[:-1]))
        hop = _next_hop(visitor.guard, answer, seen)
        if isinstance(hop, Problem):
            return hop
        if len(seen) > visitor.limits.hops:
            return Problem("redirect", f"more than {visitor.limits.hops} redirects", answer.status)
        seen.append(hop.href)
        address = hop


def _next_hop(guard: Guard, answer: Exchange, seen: list[str]) -> Address | Problem:
    locations = [value for name, value in answer.headers if name.lower() == "location"]
    if len(locations) != 1 or not locations[0]:
        return Problem("malformed", f"status {answer.status} without an address to go to", answer.status)
    try:
        # Bytes above 0x7f in a Location are UTF-8 by all experience, though the field is Latin-1 by the letter.
        text = locations[0].encode("latin-1").decode("utf-8", "replace")
        hop = guard.check(text, base=answer.url)
    except Refused as refused:
        return Problem("refused", f"redirected to where we do not go: {refused}", answer.status)
    if hop.href in seen:
        return Problem("redirect", f"redirected in a circle, back to {hop.href}", answer.status)
    return hop


@dataclass(frozen=True, slots=True)
class _Question:
    """One hop: whom to ask, with which fields, at which pace, and after how many bytes to stop listening."""

    address: Address
    fields: Fields
    pace: float | None
    cut_at: int | None


def _ask(visitor: Visitor, visit: Visit, question: _Question) -> Exchange | Problem:
    """One hop, tried again while that may help."""
    attempt = 1
    while True:
        answer = _once(visitor, visit, question, attempt)
        if not _may_help(answer) or attempt >= visitor.limits.attempts or visit.left < _SHORTEST:
            return answer
        if isinstance(answer, Problem) or answer.status not in retrying.OVERLOADED:  # those paused the whole host
            visitor.sleep(retrying.backoff(attempt, visitor.draw()))
        attempt += 1


def _may_help(answer: Exchange | Problem) -> bool:
    if isinstance(answer, Problem):
        return answer.kind in retrying.FAULTS
    return answer.status in retrying.STATUSES


def _once(visitor: Visitor, visit: Visit, question: _Question, attempt: int) -> Exchange | Problem:
    """One request, at its host's turn."""
    if visit.left < _SHORTEST:
        return Problem("slow", f"not finished after {visitor.limits.total:g} s")
    try:
        with visitor.politeness.turn(host_key(question.address), question.pace) as turn:
            return _send(visitor, visit, question, attempt, turn)
    except Paused as paused:
        last = visit.exchanges[-1].status if attempt > 1 and visit.exchanges else None
        return Problem("paused", str(paused), last, paused.seconds)
    except LockBusy as busy:
        return Problem("busy", str(busy))
    except Refused as refused:
        return Problem("refused", str(refused))


def _send(visitor: Visitor, visit: Visit, question: _Question, attempt: int, turn: Turn) -> Exchange | Problem:
    address = question.address
    began = time.monotonic()
    received: Exchange | None = None
    try:
        answer = received = visitor.sessions.get(
            address,
            _every(visitor, address) + question.fields,
            secret=tuple((one.name, one.value) for one in visitor.credentials if one.origin == address.origin),
            seconds=visit.left,
            cut_at=question.cut_at,
        )
    except Fault as fault:
        received = fault.partial
        return Problem(fault.kind, fault.reason, received.status if received else None)
    finally:
        visit.left -= time.monotonic() - began
        if received is not None:
            visit.exchanges.append(received)
            _account(visitor, turn, received, attempt)
    return answer


def _account(visitor: Visitor, turn: Turn, exchange: Exchange, attempt: int) -> None:
    turn.done(seconds=exchange.seconds, received=exchange.wire_bytes, not_modified=exchange.status == 304)
    pause = retrying.pause_after(exchange, visitor.now(), retrying.backoff(attempt, visitor.draw()))
    if pause:
        turn.ask_for_pause(pause, f"it answered {exchange.status}")


def _every(visitor: Visitor, address: Address) -> Fields:
    return (
        ("Host", address.authority),
        ("User-Agent", visitor.identity.user_agent),
        ("Accept-Encoding", ACCEPTED),
    )
