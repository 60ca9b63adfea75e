"""Walking a list from page to page, until the days of its items say that the visit has looked back far enough.

Never until so many known items in a row: a backdated item stands behind known ones. A page that is missing, empty,
undated or the same as an earlier one is a failure with a reason. A list is at its end only where it says so: by its
number of pages or items, or, on a pass to the very end, by having no further page.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import pairwise

from sources.capture import digest
from sources.discovery.discovered import Chain, ListedPage, Reach
from sources.discovery.items import Item
from sources.discovery.page import Get, Page, is_gone, why_unusable


@dataclass(frozen=True, slots=True)
class Leaf:
    """One page of a list as read. `next` is the address of the page after it, None when it names none.

    `last` says that the list itself declares this its last page.
    """

    items: tuple[Item, ...]
    next: str | None = None
    last: bool = False


Read = Callable[[Page, int, int], Leaf | str]
"""Reads a page, given its number from 1 and how many items stood before it; or says why it cannot be read."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How a list is walked: at most `most` pages; whether it has pages at all; whether it may hold nothing.

    `open_ended` is a list that never says where it ends: on a pass to the very end, no further page is the end.
    """

    most: int
    paged: bool
    may_be_empty: bool = False
    open_ended: bool = False


@dataclass(slots=True)
class _Walked:
    """What was read of one list so far."""

    address: str
    pages: list[ListedPage] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)
    refs: list[frozenset[str]] = field(default_factory=list)

    def take(self, page: Page, leaf: Leaf) -> None:
        days = [item.day for item in leaf.items if item.day]
        newest, oldest = max(days, default=None), min(days, default=None)
        self.pages.append(ListedPage(page.url, len(leaf.items), newest, oldest, digest(page.body)))
        self.items += leaf.items
        self.refs.append(_refs(leaf))

    def end(self, failure: str | None = None, *, ended: bool = False) -> Chain:
        return Chain(self.address, tuple(self.pages), tuple(self.items), failure, ended=ended)


def walk(address: str, first: str, get: Get, read: Read, reach: Reach, limits: Limits) -> Chain:
    """A list from its page `first` on, back to the days of `reach`. `address` names it in the watermark."""
    walked = _Walked(address)
    url, asked = first, {first}
    while len(walked.pages) < limits.most:
        answer = get(url)
        if (fault := why_unusable(answer)) or not isinstance(answer, Page):
            bottom = is_gone(answer) and _at_bottom(walked, reach, limits)
            return walked.end(None if bottom else fault, ended=bottom)
        leaf = read(answer, len(walked.pages) + 1, len(walked.items))
        if isinstance(leaf, str):
            return walked.end(leaf)
        if not leaf.items:
            believable = leaf.last or (limits.may_be_empty and not walked.pages)
            return walked.end(None if believable else f"{url}: no item on it", ended=believable)
        if _refs(leaf) in walked.refs:
            bottom = len(walked.pages) > 1 and _at_bottom(walked, reach, limits)
            return walked.end(None if bottom else f"{url}: the same items as on an earlier page", ended=bottom)
        walked.take(answer, leaf)
        if _far_enough(leaf, reach):
            return walked.end()
        if leaf.next is None or leaf.last:
            return _at_end(walked, leaf, reach, limits)
        if leaf.next in asked:
            return walked.end(f"{url}: its next page is {leaf.next}, which was read before")
        if reach.since and not any(item.day for item in leaf.items):
            return walked.end(f"{url}: no item has a day, so nothing tells how far to read; check items.date")
        url = leaf.next
        asked.add(url)
    wanted = reach.since or "its end"
    return walked.end(f"{address}: {limits.most} pages did not reach {wanted}; raise pages.most or read it by windows")


def _at_bottom(walked: _Walked, reach: Reach, limits: Limits) -> bool:
    """Whether having no further page is where a list ends, on a pass to the very end, and no fault."""
    return bool(walked.pages) and reach.since is None and limits.open_ended


def _at_end(walked: _Walked, leaf: Leaf, reach: Reach, limits: Limits) -> Chain:
    if leaf.last or _at_bottom(walked, reach, limits) or (not limits.paged and reach.window is None):
        return walked.end(ended=True)
    oldest = min((item.day for item in walked.items if item.day), default=None)
    what = "there is no further page" if limits.paged else "it has one page"
    return walked.end(f"{walked.pages[-1].url}: {what}, and it reaches back to {oldest} only")


def _far_enough(leaf: Leaf, reach: Reach) -> bool:
    """Whether everything still to come is older than wanted: by the last item where the page is in order of days,
    else only when the whole page is older."""
    days = [item.day for item in leaf.items if item.day]
    if reach.since is None or not days:
        return False
    in_order = all(one >= other for one, other in pairwise(days))
    return (days[-1] if in_order else max(days)) < reach.since


def _refs(leaf: Leaf) -> frozenset[str]:
    return frozenset(item.ref or "" for item in leaf.items)
