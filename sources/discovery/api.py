"""JSON interfaces: items by paths; pages by number, offset, cursor or a next address; days in the query.

The query stands in the address as a template: `{since}` and `{until}` are the first and the last day wanted,
`{page}`, `{offset}` and `{cursor}` say which page. An interface that states how many items there are has to give them.
"""

from datetime import date, datetime, timedelta
from typing import Any

from sources.config import Source
from sources.discovery.discovered import Chain, Discovered, Reach, conclude, reach_of
from sources.discovery.items import Item, addresses
from sources.discovery.json_gate import NotJson, compact, read_json
from sources.discovery.page import Get, Page
from sources.discovery.paths import text_at, values_at
from sources.discovery.stamps import Stamp, from_epoch, local_day, read_stamp
from sources.discovery.templates import fill, of_pages, of_range, placeholders, resolve
from sources.discovery.walking import Leaf, Limits, walk
from sources.discovery.watermark import Watermark
from sources.discovery.window import Window
from sources.tables import Items

_BEGINNING = date(1990, 1, 1)
"""Where a query by days starts that is to go to the very end."""


def discover(source: Source, mark: Watermark, get: Get, *, now: datetime, window: Window | None = None) -> Discovered:
    """The items of all interfaces of a source as candidates, each with its own entry as `api` payload if configured.

    :param now: aware; today is its day in the source's zone.
    """
    today = local_day(now, source.zone or "UTC")
    chains = [
        _read(source, address, get, reach_of(source, mark, address, today, window), now) for address in source.urls
    ]
    return conclude(source, mark, chains, today, window)


def _read(source: Source, address: str, get: Get, reach: Reach, now: datetime) -> Chain:
    names = set(placeholders(address))
    last = reach.window.last if reach.window else reach.today + timedelta(days=1)
    query = fill(address, of_range(reach.since or _BEGINNING, last, now))

    def read(page: Page, number: int, before: int) -> Leaf | str:
        value = read_json(page.body)
        if isinstance(value, NotJson):
            return f"{page.url}: {value.reason}"
        found = _members(value, source.items) if source.items else []
        if found is None:
            return f"{page.url}: nothing stands at {source.items.each if source.items else ''!r}"
        items = tuple(_item(one, source, page.url) for one in found)
        return _leaf(source, address, query, value, page, items, number, before)

    paged = bool(source.pages.next or names.intersection(("page", "offset", "cursor")))
    # A query by days is over when its pages are; one that is sorted by days may stop before.
    walked = Reach(None if _by_days(address) else reach.since, reach.today, reach.window, reach.full_pass)
    limits = Limits(source.pages.most, paged, source.expects.may_be_empty)
    return walk(address, _address(source, query, 1, 0, ""), get, read, walked, limits)


def _leaf(
    source: Source, address: str, query: str, value: Any, page: Page, items: tuple[Item, ...], number: int, before: int
) -> Leaf | str:
    """A page, with the address of the next: by what the interface says of itself, else by its being full."""
    pages, names = source.pages, set(placeholders(query))
    there = before + len(items)
    total = text_at(value, pages.total) if pages.total else None
    if total is not None and total.isascii() and total.isdigit():
        if there >= int(total):
            return Leaf(items, last=True)
        if not items:
            return f"{page.url}: no item on it, though it says there are {total} and {before} were given"
    elif not items and number > 1:
        return Leaf(items, last=pages.size > 1)
    if pages.next:
        further = resolve(page.url, text_at(value, pages.next))
        return Leaf(items, further, last=further is None and total is None)
    if "cursor" in names:
        cursor = text_at(value, pages.cursor) if pages.cursor else None
        return Leaf(items, _address(source, query, number + 1, there, cursor) if cursor else None, last=cursor is None)
    if not names.intersection(("page", "offset")):
        return Leaf(items, last=total is None and _by_days(address))
    if total is None and len(items) < pages.size:
        return Leaf(items, last=True)
    return Leaf(items, _address(source, query, number + 1, there, ""))


def _by_days(address: str) -> bool:
    """Whether the days wanted are part of the query, so that its answer holds no others."""
    return any(name.startswith("since") for name in placeholders(address))


def _address(source: Source, query: str, number: int, before: int, cursor: str) -> str:
    pages = source.pages
    offset = (number - 1) * pages.size if pages.size > 1 else before
    return fill(query, of_pages(page=pages.first + number - 1, offset=offset, cursor=cursor))


def _members(value: Any, rules: Items) -> list[Any] | None:
    """The items, from a path to the list or to its members; None when there is no such list."""
    found = values_at(value, rules.each.removesuffix("[*]"))
    if not found or not isinstance(found[0], list):
        return values_at(value, rules.each) or None
    return [one for one in found[0] if isinstance(one, dict)]


def _item(value: Any, source: Source, base: str) -> Item:
    rules = source.items
    assert rules is not None
    written, human, key = _text(value, rules.link), _text(value, rules.page), _text(value, rules.id)
    link, page_url = addresses(base, rules, link=written, page=human, key=key)
    zone = source.zone or "UTC"
    return Item(
        link=link,
        key=key,
        title=" ".join((_text(value, rules.title) or "").split()) or None,
        published=_stamp(
            _text(value, None if rules.date == "address" else rules.date), zone, day_first=rules.day_first
        ),
        updated=_stamp(_text(value, rules.updated), zone, day_first=rules.day_first),
        native_id=key,
        language=_text(value, rules.language),
        page_url=page_url,
        payload=compact(value) if rules.payload else None,
        rendition="api" if rules.payload else None,
    )


def _text(value: Any, path: str | None) -> str | None:
    return text_at(value, path) if path else None


def _stamp(text: str | None, zone: str, *, day_first: bool) -> Stamp | None:
    if text and text.isascii() and text.isdigit() and len(text) >= 9:
        return from_epoch(float(text[:15]), zone)
    return read_stamp(text, zone, day_first=day_first)
