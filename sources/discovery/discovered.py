"""What a visit to a source found: candidates, what each page of its lists held, and what was wrong.

A list that stopped early is a failure with a reason, never a short success. What is odd without being a failure
(the list does not reach back to what was known, it is older than last time, it names days to come) is an alarm.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from sources.candidate import Candidate
from sources.config import Source
from sources.discovery.items import Item, candidate
from sources.discovery.watermark import Watermark, full_pass_due
from sources.discovery.window import Window

_AHEAD = timedelta(days=2)
"""A day further ahead than this is a slip of the publisher's pen, not another zone."""


@dataclass(frozen=True, slots=True)
class ListedPage:
    """One page of a list: how many items stood on it and the days they span; `digest` is of its bytes (SHA-256)."""

    url: str
    items: int
    newest: date | None
    oldest: date | None
    digest: str


@dataclass(frozen=True, slots=True)
class Chain:
    """One list, read from its first page to where reading stopped. `address` names it in the watermark.

    `failure` is why it is not known to be complete. `ended` says that its last page was reached, rather than the
    day looked back to. `read_to` is the newest day known to be complete where items do not tell (a day list).
    """

    address: str
    pages: tuple[ListedPage, ...] = ()
    items: tuple[Item, ...] = ()
    failure: str | None = None
    alarms: tuple[str, ...] = ()
    ended: bool = False
    read_to: date | None = None


@dataclass(frozen=True, slots=True)
class Discovered:
    """A visit to a source. `watermark` is where it is left off then: unchanged for every list that failed.

    `chains` are its lists one by one. `listed` counts items before repeats and days outside the window were left out;
    `undated` those without a day.
    """

    candidates: tuple[Candidate, ...]
    pages: tuple[ListedPage, ...]
    listed: int
    undated: int
    newest: date | None
    oldest: date | None
    failure: str | None
    alarms: tuple[str, ...]
    full_pass: bool
    watermark: Watermark
    chains: tuple[Chain, ...] = ()

    @property
    def complete(self) -> bool:
        """Whether every list was read as far as it had to be."""
        return self.failure is None


@dataclass(frozen=True, slots=True)
class Reach:
    """How far a visit looks back: the days wanted, and whether it is a full pass. `since` None is to the end."""

    since: date | None
    today: date
    window: Window | None = None
    full_pass: bool = False

    def wants(self, day: date | None) -> bool:
        """Whether an item of that day is a candidate; one without a day always is."""
        return day is None or self.window is None or day in self.window


def reach_of(source: Source, mark: Watermark, address: str, today: date, window: Window | None) -> Reach:
    """How far back to look in one list: to the window's start, on a full pass as far as configured, else to
    `overlap_days` before the newest day known, and on the first visit `first_days` back."""
    if window is not None:
        return Reach(window.start, today, window)
    if full_pass_due(mark, today, source.full_pass_days):
        back = source.full_pass_reach_days
        return Reach(today - timedelta(days=back) if back else None, today, full_pass=True)
    known = mark.newest.get(address)
    if known is None:
        return Reach(today - timedelta(days=source.first_days), today)
    return Reach(min(known, today) - timedelta(days=source.overlap_days), today)


def conclude(
    source: Source, mark: Watermark, chains: Iterable[Chain], today: date, window: Window | None
) -> Discovered:
    """All lists of a visit together: each release once, in the order listed, under the address it was first met at."""
    chains = tuple(chains)
    items = [item for chain in chains for item in chain.items]
    days = [item.day for item in items if item.day]
    full_pass = window is None and full_pass_due(mark, today, source.full_pass_days)
    failures = [chain.failure for chain in chains if chain.failure]
    return Discovered(
        candidates=tuple(_candidates(source, items, Reach(None, today, window))),
        pages=tuple(page for chain in chains for page in chain.pages),
        listed=len(items),
        undated=sum(1 for item in items if item.day is None),
        newest=max(days, default=None),
        oldest=min(days, default=None),
        failure="; ".join(failures) or None,
        alarms=tuple(alarm for chain in chains for alarm in (*chain.alarms, *_oddities(chain, mark, today, window))),
        full_pass=full_pass,
        watermark=mark if window else _moved(mark, chains, today, full_pass=full_pass and not failures),
        chains=chains,
    )


def _candidates(source: Source, items: Iterable[Item], reach: Reach) -> Iterator[Candidate]:
    seen: set[str] = set()
    for item in items:
        ref = item.ref
        if ref is not None and ref not in seen and reach.wants(item.day):
            yield candidate(source, item, ref, len(seen))
            seen.add(ref)


def _moved(mark: Watermark, chains: Iterable[Chain], today: date, *, full_pass: bool) -> Watermark:
    newest = dict(mark.newest)
    for chain in chains:
        days = [item.day for item in chain.items if item.day and item.day <= today]
        day = max(days, default=None) if chain.read_to is None else chain.read_to
        if chain.failure is None and day is not None:
            newest[chain.address] = max(day, newest.get(chain.address, day))
    first = mark.full_pass_on is None and bool(newest)
    return Watermark(newest, today if full_pass or first else mark.full_pass_on)


def _oddities(chain: Chain, mark: Watermark, today: date, window: Window | None) -> Iterator[str]:
    days = [item.day for item in chain.items if item.day]
    ahead = [day for day in days if day > today + _AHEAD]
    if ahead:
        yield f"{chain.address}: {len(ahead)} items are dated in days to come, up to {max(ahead)}"
    nameless = sum(1 for item in chain.items if item.ref is None)
    if nameless:
        yield f"{chain.address}: {nameless} items have neither a usable link nor a name of their own"
    known = mark.newest.get(chain.address)
    if window is not None or known is None or not days or chain.read_to is not None:
        return  # a list of its own for each day tells by its address how far it was read
    if max(days) < known:
        yield f"{chain.address}: older than last time: its newest day is {max(days)}, it was {known}"
    if min(days) > known:
        yield (
            f"{chain.address}: it reaches back to {min(days)} only, last time it went up to {known}; "
            "what stood between fell off the list unseen: run a backfill of these days"
        )
