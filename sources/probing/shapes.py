"""Where a list of releases stands in a page: repeated elements with a link each, and mostly a date.

Every element above a link is described by its classes and parents as CSS would; of those descriptions that meet
several links, the one whose elements look most like releases is taken.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from statistics import median

from bs4 import BeautifulSoup, Tag

from parsers import urls
from sources.discovery.templates import resolve
from sources.probing.places import (
    SHORTEST_TITLE,
    class_of,
    date_place,
    has_day,
    id_of,
    link_place,
    title_place,
    width_of,
    words_of,
)

FEWEST = 3  # items of a list
FEWEST_UNDATED = 8  # without days it may as well be a menu
MOST_LINKS = 1_500  # looked at in one page
MOST_GUESSES, FEWEST_GUESSES = 60, 8  # descriptions weighed
MOST_WORK = 1_000_000  # elements looked at in weighing them
MOST_ITEMS = 500  # of one description
LOOKED_AT = 20  # items that tell where link, title and date stand
HIGHEST = 5  # levels above a link
MOST_PARTS = 4  # links in one item
MOST_LOOKED_AT = 12  # links of one element


_CHROME = re.compile(r"nav|menu|foot|crumb|pag(?:er|ination|es?\b)|side-?bar|language|social|share", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ListShape:
    """Where the items of a list stand, as the `items` table of a source has it; how many there are and have a day.

    `links` are where they lead, in the order of the page; `title` is None where the item itself is it.
    """

    each: str
    link: str
    title: str | None
    date: str | None
    items: int
    dated: int
    links: tuple[str, ...]
    weight: float


def find_list(soup: BeautifulSoup, base: str, zone: str) -> ListShape | None:
    """The list on a page that looks most like one of releases; None when nothing does."""
    guesses: Counter[str] = Counter()
    for anchor in _links(soup, base):
        guesses.update(set(_descriptions(anchor)))
    most = max(MOST_WORK // (1 + sum(1 for _ in soup.find_all(True))), FEWEST_GUESSES)
    likely = [guess for guess, links in guesses.most_common(min(most, MOST_GUESSES)) if links >= FEWEST]
    found = (_weighed(soup, each, base, zone) for each in likely)
    shapes = [shape for shape in found if shape is not None]
    return max(shapes, key=lambda shape: (shape.weight, -shape.each.count(" "), -len(shape.each)), default=None)


def _links(soup: BeautifulSoup, base: str) -> Iterator[Tag]:
    for anchor in soup.select("a[href]", limit=MOST_LINKS):
        if width_of(words_of(anchor)) >= SHORTEST_TITLE and _leads(anchor, base) and not _is_chrome(anchor):
            yield anchor


def _leads(anchor: Tag, base: str) -> str | None:
    """Where a link goes, unless that is the page itself or nowhere."""
    href = str(anchor.get("href") or "")
    return None if href.startswith("#") else resolve(base, href)


def _is_chrome(anchor: Tag) -> bool:
    for parent in anchor.parents:
        if parent.name in ("body", "html", "main", "article"):
            return False
        named = " ".join([str(parent.get("id") or ""), *(parent.get("class") or [])])
        if parent.name in ("nav", "footer") or _CHROME.search(named):
            return True
    return False


def _descriptions(anchor: Tag) -> Iterator[str]:
    """What CSS may call the elements above a link, the link itself too."""
    node = anchor
    for _ in range(HIGHEST):
        parent = node.parent
        if parent is None or node.name in ("body", "html", "main", "table", "ul", "ol", "tbody"):
            return
        if own := class_of(node):
            yield f"{node.name}.{own}"
        if _known(parent):
            yield f"{_called(parent)} > {node.name}"
        above = next((one for one in list(parent.parents)[:3] if _known(one)), None)
        if above is not None:
            yield f"{_called(above)} {parent.name} > {node.name}"
        if not _known(parent) and above is None and node.name in ("li", "tr", "article"):
            yield f"{parent.name} > {node.name}"
        node = parent


def _known(tag: Tag) -> bool:
    return tag.name not in ("body", "html") and (class_of(tag) is not None or id_of(tag) is not None)


def _called(tag: Tag) -> str:
    return f"#{id_of(tag)}" if id_of(tag) else f"{tag.name}.{class_of(tag)}"


def _weighed(soup: BeautifulSoup, each: str, base: str, zone: str) -> ListShape | None:
    """The list that a description makes, with how much it looks like one of releases."""
    all_items = soup.select(each, limit=MOST_ITEMS)
    pairs = [(item, anchor) for item in all_items if (anchor := _main_link(item, base))]
    distinct = {_leads(anchor, base) for _, anchor in pairs}
    if len(pairs) < FEWEST or len(distinct) < max(FEWEST, 0.8 * len(pairs)):
        return None
    if median(len({a.get("href") for a in _anchors(item)}) for item, _ in pairs) > MOST_PARTS:
        return None
    sample = pairs[:LOOKED_AT]
    link = link_place(sample)
    if link is None:
        return None
    items = [item for item, _ in pairs]
    date = date_place(sample, zone)
    links = tuple(dict.fromkeys(url for _, anchor in pairs if (url := _leads(anchor, base))))
    dated = sum(1 for item in items if date and has_day(item, date, zone))
    if date is None and (dated := sum(1 for url in links if urls.address_day(url))) >= 0.8 * len(links):
        date = "address"
    if 2 * dated < len(links) and len(links) < FEWEST_UNDATED:
        return None
    width = median(width_of(words_of(anchor)) for _, anchor in pairs)
    home = sum(1 for url in links if urls.host_of(url) == urls.host_of(base)) / len(links)
    worth = 2 if date == "address" else 3  # a day in words is the publisher's own
    weight = min(len(links), 30) * (1 + worth * dated / len(items)) * min(width / 24, 1.5) * (0.5 + home)
    if items[0].name == "a":
        weight *= 0.9  # an item holds more than its link
    whole = each if len(pairs) == len(all_items) else f"{each}:has(a[href])"
    return ListShape(whole, link, title_place(sample, link, zone), date, len(links), dated, links, weight)


def _main_link(item: Tag, base: str) -> Tag | None:
    """The link of an item with the most words."""
    fit = [anchor for anchor in _anchors(item) if width_of(words_of(anchor)) >= SHORTEST_TITLE and _leads(anchor, base)]
    return max(fit, key=lambda anchor: width_of(words_of(anchor)), default=None)


def _anchors(item: Tag) -> list[Tag]:
    """The links of an item; one with very many is none, and to look at them all takes long in nested elements."""
    return [item] if item.name == "a" else list(item.find_all("a", href=True, limit=MOST_LOOKED_AT))


def overlap(one: Iterable[str], other: Iterable[str]) -> float:
    """Which share of the first ten addresses of `one` is among `other`."""
    first = [urls.canonical(url) for url in list(one)[:10]]
    known = {urls.canonical(url) for url in other}
    return sum(1 for url in first if url in known) / len(first) if first else 0.0
