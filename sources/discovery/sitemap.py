"""Sitemaps: plain, news and video ones, indexes of them, compressed or not (sitemaps.org protocol 0.9).

A sitemap names every page of a site, so candidates are those changed since the day looked back to: by `lastmod`,
else by the date of the news extension, else by the day in the address. An address with none of them is a candidate
always. A child of an index that was not changed since is not asked for.
"""

import zlib
from dataclasses import dataclass, field
from datetime import date, datetime
from xml.etree.ElementTree import Element

from parsers.urls import host_of
from sources.capture import digest
from sources.config import Source
from sources.discovery.discovered import Chain, Discovered, ListedPage, Reach, conclude, reach_of
from sources.discovery.items import Item
from sources.discovery.page import Get, Page, why_unusable
from sources.discovery.stamps import Stamp, local_day, read_stamp
from sources.discovery.templates import resolve
from sources.discovery.watermark import Watermark
from sources.discovery.window import Window
from sources.discovery.xml_gate import SITEMAP_BYTES, Refused, child_text, local_name, pass_xml

MOST_ADDRESSES = 50_000
MOST_DEPTH = 3
"""An index of indexes of sitemaps; the protocol has but two levels, some sites have three."""


def discover(source: Source, mark: Watermark, get: Get, *, now: datetime, window: Window | None = None) -> Discovered:
    """The addresses of all sitemaps of a source as candidates.

    :param now: aware; today is its day in the source's zone.
    """
    today = local_day(now, source.zone or "UTC")
    chains = [
        _Reading(source, get, reach_of(source, mark, address, today, window)).chain(address) for address in source.urls
    ]
    return conclude(source, mark, chains, today, window)


@dataclass(slots=True)
class _Reading:
    """One sitemap with the children it leads to, and what was read of them so far."""

    source: Source
    get: Get
    reach: Reach
    pages: list[ListedPage] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)
    asked: set[str] = field(default_factory=set)

    def chain(self, address: str) -> Chain:
        """Everything below `address`; a child that fails is named, and the others are still read."""
        todo = [(address, 1)]
        while todo:
            url, depth = todo.pop(0)
            if url in self.asked:
                continue
            if len(self.asked) >= self.source.pages.most:
                self.failures.append(f"{address}: more than {self.source.pages.most} sitemaps; raise pages.most")
                break
            self.asked.add(url)
            todo += [(child, depth + 1) for child in self._read(url, depth)]
        failure = "; ".join(self.failures) or None
        return Chain(address, tuple(self.pages), tuple(self.items), failure, ended=True, read_to=self._newest())

    def _newest(self) -> date | None:
        days = [page.newest for page in self.pages if page.newest and page.newest <= self.reach.today]
        return max(days, default=None)

    def _read(self, url: str, depth: int) -> list[str]:
        answer = self.get(url)
        root = _root(answer) if isinstance(answer, Page) else None
        fault = why_unusable(answer) or (root if isinstance(root, str) else None)
        if fault or not isinstance(answer, Page) or not isinstance(root, Element):
            self.failures.append(fault or url)
            return []
        if local_name(root) == "sitemapindex":
            return self._children(root, url, depth)
        self._addresses(root, answer)
        return []

    def _children(self, root: Element, url: str, depth: int) -> list[str]:
        children = [child for child in root if local_name(child) == "sitemap"]
        if not children or depth >= MOST_DEPTH:
            self.failures.append(f"{url}: an index {'of nothing' if not children else 'nested too deep'}")
            return []
        found = [(resolve(url, child_text(child, "loc")), child_text(child, "lastmod")) for child in children]
        foreign = [link for link, _ in found if link is None or host_of(link) != host_of(url)]
        if foreign:
            self.failures.append(f"{url}: {len(foreign)} sitemaps in it are on other hosts or have no address")
        fresh = (link for link, changed in found if link and link not in foreign and self._is_fresh(changed))
        return list(fresh)

    def _is_fresh(self, changed: str) -> bool:
        stamp = read_stamp(changed, self.source.zone or "UTC")
        return stamp is None or self.reach.since is None or stamp.on >= self.reach.since

    def _addresses(self, root: Element, page: Page) -> None:
        found = [child for child in root if local_name(child) == "url"]
        days: list[date] = []
        for element in found[:MOST_ADDRESSES]:
            changed = read_stamp(child_text(element, "lastmod"), self.source.zone or "UTC")
            if changed and self.reach.since and changed.on < self.reach.since:
                days.append(changed.on)
                continue
            item = _item(element, self.source, page.url, changed)
            days += [item.day] if item.day else []
            if changed or item.day is None or self.reach.since is None or item.day >= self.reach.since:
                self.items.append(item)
        newest, oldest = max(days, default=None), min(days, default=None)
        self.pages.append(ListedPage(page.url, len(found), newest, oldest, digest(page.body)))
        if len(found) > MOST_ADDRESSES:
            self.failures.append(f"{page.url}: {len(found):,} addresses, the protocol allows {MOST_ADDRESSES:,}")
        if not found and not self.source.expects.may_be_empty:
            self.failures.append(f"{page.url}: a sitemap without an address")


def _root(page: Page) -> Element | str:
    """The tree of a sitemap, uncompressed within the protocol's limit, or why it is none."""
    body = _inflated(page.body) if page.body.startswith(b"\x1f\x8b") else page.body
    if isinstance(body, str):
        return f"{page.url}: {body}"
    passed = pass_xml(body, page.charset, most_bytes=SITEMAP_BYTES)
    if isinstance(passed, Refused):
        return f"{page.url}: {passed.reason}"
    if passed.root is None:
        return f"{page.url}: {passed.fault}"
    if local_name(passed.root) not in ("urlset", "sitemapindex"):
        return f"{page.url}: its first element is <{local_name(passed.root)}>, so it is no sitemap"
    return passed.root


def _inflated(body: bytes) -> bytes | str:
    """A gzip file of one member, whole, of at most the protocol's size when inflated (RFC 1952)."""
    inflater = zlib.decompressobj(wbits=31)
    try:
        data = inflater.decompress(body, SITEMAP_BYTES + 1)
    except zlib.error as error:
        return f"its gzip is damaged ({error})"
    if len(data) > SITEMAP_BYTES:
        return f"more than {SITEMAP_BYTES:,} bytes when inflated, over the protocol's limit"
    return data if inflater.eof else "its gzip is cut off"


def _item(element: Element, source: Source, base: str, changed: Stamp | None) -> Item:
    zone = source.zone or "UTC"
    link = resolve(base, child_text(element, "loc"))
    news = next((child for child in element if local_name(child) == "news"), None)
    published = read_stamp(child_text(news, "publication_date"), zone) if news is not None else None
    publication = (
        next((child for child in news if local_name(child) == "publication"), None) if news is not None else None
    )
    return Item(
        link=link,
        title=(child_text(news, "title") or None) if news is not None else None,
        published=published,
        updated=changed,
        language=(child_text(publication, "language") or None) if publication is not None else None,
    )
