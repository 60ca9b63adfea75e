"""Listing pages: releases by CSS selectors, page after page (a next link, or a pattern such as `index_{n}.html`)."""

import re
from datetime import datetime

from bs4 import BeautifulSoup

from sources.config import Source
from sources.discovery.discovered import Chain, Discovered, Reach, conclude, reach_of
from sources.discovery.html_items import html_items, open_list, value_at
from sources.discovery.page import Get, Page
from sources.discovery.stamps import local_day
from sources.discovery.templates import fill, resolve
from sources.discovery.walking import Leaf, Limits, walk
from sources.discovery.watermark import Watermark
from sources.discovery.window import Window
from sources.discovery.xml_items import open_xml, xml_items

# How the TRS content system tells its scripts the number of pages of a column: createPageHTML(34, 0, "index", "html"),
# with quotes around the number or not, or countPage = 34.
_TRS_PAGES = re.compile(rb"(?:createPageHTML\s{0,9}\(\s{0,9}|countPage\s{0,9}=\s{0,9})['\"]?(\d{1,5})\b")


def discover(source: Source, mark: Watermark, get: Get, *, now: datetime, window: Window | None = None) -> Discovered:
    """The items of all lists of a source as candidates.

    :param now: aware; today is its day in the source's zone.
    """
    today = local_day(now, source.zone or "UTC")
    chains = [_read(source, address, get, reach_of(source, mark, address, today, window)) for address in source.urls]
    return conclude(source, mark, chains, today, window)


def _read(source: Source, address: str, get: Get, reach: Reach) -> Chain:
    def read(page: Page, number: int, _: int) -> Leaf | str:
        if source.items and source.items.format == "xml":
            root = open_xml(page)
            return root if isinstance(root, str) else Leaf(tuple(xml_items(root, page, source)))
        soup = open_list(page, source)
        if isinstance(soup, str):
            return soup
        further, last = _next(source, soup, page, address, number)
        return Leaf(tuple(html_items(soup, page, source)), further, last)

    paged = bool(source.pages.next or source.pages.template)
    limits = Limits(source.pages.most, paged, source.expects.may_be_empty, open_ended=True)
    return walk(address, address, get, read, reach, limits)


def _next(source: Source, soup: BeautifulSoup, page: Page, address: str, number: int) -> tuple[str | None, bool]:
    """The address of the page after this one, and whether the list says that this is its last."""
    if source.pages.next:
        return resolve(page.url, value_at(soup, source.pages.next)), False
    if not source.pages.template:
        return None, False
    declared = _TRS_PAGES.search(page.body)
    if declared and number >= int(declared[1]):
        return None, True
    return resolve(address, fill(source.pages.template, {"n": str(source.pages.first + number - 1)})), False
