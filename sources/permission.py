"""Whether a site's robots.txt lets us fetch an address, and how slowly: asked at most once a day, shared by all.

What the answer to robots.txt means (RFC 9309, 2.3.1): 2xx is read; 4xx, and more than five redirects, mean that there
are no rules; 5xx, no answer, no whole answer and 429 mean that nothing may be fetched for now.
"""

import json
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Literal

from sources import hosts, robots
from sources.errors import LockBusy
from sources.exchange import Exchange
from sources.hosts import host_key
from sources.http.address import Address
from sources.http.decoding import decode
from sources.http.limits import MB
from sources.identity import PRODUCT
from sources.robots import Rules
from sources.visiting import Problem, Visit, Visitor, follow

FRESH = 24 * 3600.0
"""Seconds that an answer holds; RFC 9309 (2.4) allows no more."""
FRESH_UNREACHABLE = 600.0
"""Seconds before a site whose robots.txt could not be had is asked again."""
_CUT_AT = 2 * MB

Meaning = Literal["rules", "none", "unreachable"]


@dataclass(frozen=True, slots=True)
class Found:
    """What asking for one origin's robots.txt gave, at `at` (seconds since the epoch); `why` is for people."""

    at: float
    meaning: Meaning
    why: str = ""
    text: str = ""

    def is_fresh(self, now: float) -> bool:
        """Whether it still holds; an answer from the future is from before the clock was set back."""
        return self.at <= now + 1.0 and now - self.at < (FRESH_UNREACHABLE if self.meaning == "unreachable" else FRESH)


class Permissions:
    """The robots.txt files of all sites: in memory, and in `folder`/robots for other processes and later runs."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder / "robots"
        self._known: dict[str, tuple[Found, Rules]] = {}

    def pace(self, visitor: Visitor, visit: Visit, address: Address, pace: float | None) -> float | None | Problem:
        """The pace at which an address may be fetched: ours or the site's Crawl-delay, the slower; or why it may not.

        Fetches robots.txt if need be; its exchanges are then the visit's.
        """
        rules = self._rules(visitor, visit, address, pace)
        if isinstance(rules, Problem):
            return rules
        if not rules.allow(address.href):
            return Problem("robots", f"{address.origin}/robots.txt does not let {PRODUCT} fetch this address")
        if rules.crawl_delay is None:
            return pace
        return max(rules.crawl_delay, visitor.politeness.pace if pace is None else pace)

    def _rules(self, visitor: Visitor, visit: Visit, address: Address, pace: float | None) -> Rules | Problem:
        now = visitor.politeness.clock()
        known = self._known.get(address.origin)
        if known is None or not known[0].is_fresh(now):
            found = self._found(visitor, visit, address, pace)
            if isinstance(found, Problem):
                return found
            self._known[address.origin] = known = (found, robots.parse(found.text, PRODUCT))
        found, rules = known
        if found.meaning == "unreachable":
            return Problem(
                "unreachable", f"{address.origin}/robots.txt cannot be had: {found.why}; so nothing is fetched"
            )
        return rules

    def _found(self, visitor: Visitor, visit: Visit, address: Address, pace: float | None) -> Found | Problem:
        path = self._folder / f"{address.scheme}_{host_key(address)}.json"
        polite = visitor.politeness
        try:
            with hosts.locked(path.with_suffix(".lock"), wait=polite.busy, sleep=polite.sleep):
                known = _read(path)
                if known is not None and known.is_fresh(polite.clock()):
                    return known
                found = _fetch(visitor, visit, address, pace)
                if isinstance(found, Found):
                    _write(path, found)
                return found
        except LockBusy as busy:
            return Problem("busy", str(busy))


def _fetch(visitor: Visitor, visit: Visit, address: Address, pace: float | None) -> Found | Problem:
    start = replace(address, href=f"{address.origin}/robots.txt", target="/robots.txt")
    arrival = follow(
        visitor,
        visit,
        start,
        permitted=lambda hop: pace,
        fields=lambda hop: (("Accept", "text/plain,*/*"),),
        cut_at=_CUT_AT,
    )
    at = visitor.politeness.clock()
    if isinstance(arrival, Problem):
        if arrival.kind in ("paused", "busy"):
            return arrival
        return Found(at, "none" if arrival.kind == "redirect" else "unreachable", arrival.reason)
    answer = arrival.exchange
    why = f"status {answer.status}"
    if 200 <= answer.status < 300:
        return _read_rules(visitor, answer, at)
    if 400 <= answer.status < 500 and answer.status != 429:
        return Found(at, "none", why)
    return Found(at, "unreachable", why)


def _read_rules(visitor: Visitor, answer: Exchange, at: float) -> Found:
    decoded = decode(answer.payload, answer.header("content-encoding"), visitor.limits)
    text = None if decoded.fault else robots.text_of(decoded.content)
    return (
        Found(at, "rules", "", text) if text is not None else Found(at, "none", decoded.fault or "it is no robots.txt")
    )


def _read(path: Path) -> Found | None:
    try:
        told = json.loads(path.read_bytes())
        return Found(float(told["at"]), told["meaning"], str(told["why"]), str(told["text"]))
    except (OSError, ValueError, TypeError, KeyError):
        return None


def _write(path: Path, found: Found) -> None:
    """Replaced as a whole: whoever reads without the lock sees one answer or the other."""
    fresh = path.with_suffix(".fresh")
    fresh.write_text(json.dumps(asdict(found)), encoding="utf-8")
    fresh.replace(path)
