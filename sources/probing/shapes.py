"""Where a list of releases stands in a page: repeated elements with a link each, and mostly a date.

Every element above a link is described by its classes and parents as CSS would; of those descriptions that meet
several links, the one whose elements look most like releases is taken.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from bs4 import BeautifulSoup, Tag

from parsers import urls
from sources.discovery.html_items import value_at
from sources.discovery.stamps import first_stamp, read_stamp
from sources.discovery.templates import resolve

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
SHORTEST_TITLE = 8  # columns; a Han character takes two

OWN_WORDS = " "  # a place without selector and attribute: all the words of an item

_CHROME = re.compile(r"nav|menu|foot|crumb|pag(?:er|ination|es?\b)|side-?bar|language|social|share", re.IGNORECASE)
_PASSING = re.compile(r"\d|^(?:odd|even|first|last|active|current|on|cur|row|col|clearfix|clear|js-.*|is-.*|has-.*)$")
_NAME = re.compile(r"[A-Za-z_][A-Za-z_-]*")
_CUT = ("…", "...")
_HEADINGS = ("h1", "h2", "h3", "h4", "h5")


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
    return max(shapes, key=lambda shape: (shape.weight, -len(shape.each)), default=None)


def _links(soup: BeautifulSoup, base: str) -> Iterator[Tag]:
    for anchor in soup.select("a[href]", limit=MOST_LINKS):
        if _width(_words(anchor)) >= SHORTEST_TITLE and _leads(anchor, base) and not _is_chrome(anchor):
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


def class_of(tag: Tag) -> str | None:
    """The first class of an element that is likely to last and to be the same for its likes."""
    names = list(tag.get("class") or ())
    return next((name for name in names if _NAME.fullmatch(name) and not _PASSING.search(name)), None)


def _known(tag: Tag) -> bool:
    return tag.name not in ("body", "html") and (class_of(tag) is not None or _id_of(tag) is not None)


def _id_of(tag: Tag) -> str | None:
    name = tag.get("id")
    return name if isinstance(name, str) and _NAME.fullmatch(name) else None


def _called(tag: Tag) -> str:
    return f"#{_id_of(tag)}" if _id_of(tag) else f"{tag.name}.{class_of(tag)}"


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
    link = _link_place(sample)
    if link is None:
        return None
    items = [item for item, _ in pairs]
    date = _date_place([item for item, _ in sample], zone) or _in_own_words(sample, zone)
    links = tuple(dict.fromkeys(url for _, anchor in pairs if (url := _leads(anchor, base))))
    dated = sum(1 for item in items if date and _day(item, date, zone))
    if date is None and (dated := sum(1 for url in links if urls.address_day(url))) >= 0.8 * len(links):
        date = "address"
    if 2 * dated < len(links) and len(links) < FEWEST_UNDATED:
        return None
    width = median(_width(_words(anchor)) for _, anchor in pairs)
    home = sum(1 for url in links if urls.host_of(url) == urls.host_of(base)) / len(links)
    worth = 2 if date == "address" else 3  # a day in words is the publisher's own
    weight = min(len(links), 30) * (1 + worth * dated / len(items)) * min(width / 24, 1.5) * (0.5 + home)
    if items[0].name == "a":
        weight *= 0.9  # an item holds more than its link
    whole = each if len(pairs) == len(all_items) else f"{each}:has(a[href])"
    return ListShape(whole, link, _title_place(sample, link), date, len(links), dated, links, weight)


def _main_link(item: Tag, base: str) -> Tag | None:
    """The link of an item with the most words."""
    fit = [anchor for anchor in _anchors(item) if _width(_words(anchor)) >= SHORTEST_TITLE and _leads(anchor, base)]
    return max(fit, key=lambda anchor: _width(_words(anchor)), default=None)


def _anchors(item: Tag) -> list[Tag]:
    """The links of an item; one with very many is none, and to look at them all takes long in nested elements."""
    return [item] if item.name == "a" else list(item.find_all("a", href=True, limit=MOST_LOOKED_AT))


def _link_place(sample: Sequence[tuple[Tag, Tag]]) -> str | None:
    """Where the link stands in nearly every item."""
    if all(item is anchor for item, anchor in sample):
        return "@href"
    places = Counter(place for _, anchor in sample for place in _link_places(anchor))
    for place in ["a@href", *(place for place, _ in places.most_common())]:
        met = sum(1 for item, anchor in sample if value_at(item, place) == " ".join(str(anchor["href"]).split()))
        if met >= 0.9 * len(sample):
            return place
    return None


def _link_places(anchor: Tag) -> Iterator[str]:
    if name := class_of(anchor):
        yield f"a.{name}@href"
    for parent in list(anchor.parents)[:2]:
        if parent.name in _HEADINGS:
            yield f"{parent.name} a@href"
        if name := class_of(parent):
            yield f".{name} a@href"


def _title_place(sample: Sequence[tuple[Tag, Tag]], link: str) -> str | None:
    """Where the headline stands: in the link's words, or in its title where the words are cut short."""
    selector = link.rpartition("@")[0]
    cut = sum(1 for _, anchor in sample if _words(anchor).endswith(_CUT) and anchor.get("title"))
    return f"{selector}@title" if 3 * cut >= len(sample) else selector or None


def _date_place(items: Sequence[Tag], zone: str) -> str | None:
    """Where most items have a day."""
    places = dict.fromkeys(place for item in items for place in _date_places(item))
    met = {place: sum(1 for item in items if _day(item, place, zone)) for place in list(places)[:40]}
    best = max(met, key=lambda place: met[place], default=None)
    return best if best is not None and met[best] >= 0.6 * len(items) else None


def _in_own_words(sample: Sequence[tuple[Tag, Tag]], zone: str) -> str | None:
    """The item's own words, where a day stands beside the link in no element of its own."""
    met = 0
    for item, anchor in sample:
        beside = " ".join(str(text) for text in item.find_all(string=True) if anchor not in text.parents)
        day, first = first_stamp(beside, zone), first_stamp(item.get_text(" "), zone)
        met += bool(day and first and day.on == first.on)
    return OWN_WORDS if met >= 0.8 * len(sample) else None


def _date_places(item: Tag) -> Iterator[str]:
    if item.select_one("time[datetime]"):
        yield "time@datetime"
    for tag in item.find_all(["time", "span", "em", "i", "b", "small", "p", "div", "td", "dd", "font"], limit=40):
        if 6 <= len(_words(tag)) <= 60:
            yield f"{tag.name}.{name}" if (name := class_of(tag)) else _numbered(tag)


def _numbered(tag: Tag) -> str:
    """A cell is told by its place in the row."""
    if tag.name != "td":
        return tag.name
    return f"td:nth-of-type({1 + sum(1 for _ in tag.find_previous_siblings('td'))})"


def _day(item: Tag, place: str, zone: str) -> bool:
    text = value_at(item, place)
    return bool(text and (read_stamp(text, zone) or first_stamp(text, zone)))


def _words(tag: Tag) -> str:
    return " ".join(tag.get_text(" ").split())


def _width(text: str) -> int:
    """Columns on a screen, roughly."""
    return sum(2 if char > "\u2e80" else 1 for char in text)


def overlap(one: Iterable[str], other: Iterable[str]) -> float:
    """Which share of the first ten addresses of `one` is among `other`."""
    first = [urls.canonical(url) for url in list(one)[:10]]
    known = {urls.canonical(url) for url in other}
    return sum(1 for url in first if url in known) / len(first) if first else 0.0
