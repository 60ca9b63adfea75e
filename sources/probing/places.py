"""Where link, headline and date stand inside the items of a list, as the `items` table of a source has it.

A place is told in the words of CSS and tried on the items by the code that will read them in a run.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from statistics import median

from bs4 import Tag

from sources.discovery.html_items import value_at
from sources.discovery.stamps import first_stamp, read_stamp

SHORTEST_TITLE = 8  # columns; a Han character takes two
OWN_WORDS = " "  # a place without selector and attribute: all the words of an item

_PASSING = re.compile(r"^(?:odd|even|first|last|active|current|on|cur|row|col|clearfix|clear|js-.*|is-.*|has-.*)$")
_NAME = re.compile(r"[A-Za-z_][A-Za-z_-]*(?:(?<=[A-Za-z])\d{1,2})?")
_CUT = ("…", "...")
_HEADINGS = ("h1", "h2", "h3", "h4", "h5")

Sample = Sequence[tuple[Tag, Tag]]
"""Some items of a list, each with its main link."""


def link_place(sample: Sample) -> str | None:
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


def title_place(sample: Sample, link: str, zone: str) -> str | None:
    """Where the headline stands: in the link's words, in its title where the words are cut short, or in an element of
    it where it holds the date too."""
    selector = link.rpartition("@")[0]
    cut = sum(1 for _, anchor in sample if words_of(anchor).endswith(_CUT) and anchor.get("title"))
    if 3 * cut >= len(sample):
        return f"{selector}@title"
    if sum(1 for _, anchor in sample if first_stamp(words_of(anchor), zone)) >= 0.8 * len(sample):
        places = dict.fromkeys(place for _, anchor in sample for place in _parts_of(anchor))
        widths = {place: _plain_width(sample, place, zone) for place in list(places)[:20]}
        best = max(widths, key=lambda place: widths[place], default=None)
        if best is not None and widths[best] >= SHORTEST_TITLE:
            return best
    return selector or None


def _parts_of(anchor: Tag) -> Iterator[str]:
    for tag in anchor.find_all(True, limit=20):
        if tag.name in _HEADINGS:
            yield tag.name
        elif name := class_of(tag):
            yield f"{tag.name}.{name}"


def _plain_width(sample: Sample, place: str, zone: str) -> float:
    """How wide the words at a place are, where nearly all items have some there, without a date in them."""
    texts = [value_at(item, place) or "" for item, _ in sample]
    plain = [text for text in texts if text and not first_stamp(text, zone)]
    return median(width_of(text) for text in plain) if len(plain) >= 0.9 * len(sample) else 0.0


def date_place(sample: Sample, zone: str) -> str | None:
    """Where most items have a day: an element of theirs, else their own words."""
    items = [item for item, _ in sample]
    places = dict.fromkeys(place for item in items for place in _date_places(item))
    met = {place: sum(1 for item in items if has_day(item, place, zone)) for place in list(places)[:40]}
    best = max(met, key=lambda place: met[place], default=None)
    return best if best is not None and met[best] >= 0.6 * len(items) else _in_own_words(sample, zone)


def _in_own_words(sample: Sample, zone: str) -> str | None:
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
        if 6 <= len(words_of(tag)) <= 60:
            yield f"{tag.name}.{name}" if (name := class_of(tag)) else _numbered(tag)


def _numbered(tag: Tag) -> str:
    """A cell is told by its place in the row."""
    if tag.name != "td":
        return tag.name
    return f"td:nth-of-type({1 + sum(1 for _ in tag.find_previous_siblings('td'))})"


def has_day(item: Tag, place: str, zone: str) -> bool:
    """Whether a whole day stands at a place of an item."""
    text = value_at(item, place)
    stamp = (read_stamp(text, zone) or first_stamp(text, zone)) if text else None
    return stamp is not None and stamp.precision != "month"


def words_of(tag: Tag) -> str:
    """The words of an element on one line."""
    return " ".join(tag.get_text(" ").split())


def width_of(text: str) -> int:
    """Columns on a screen, roughly."""
    return sum(2 if char > "\u2e80" else 1 for char in text)


def class_of(tag: Tag) -> str | None:
    """The first class of an element that is likely to last and to be the same for its likes."""
    names = list(tag.get("class") or ())
    return next((name for name in names if _NAME.fullmatch(name) and not _PASSING.search(name)), None)


def id_of(tag: Tag) -> str | None:
    """The id of an element, if it is likely to last."""
    name = tag.get("id")
    return name if isinstance(name, str) and _NAME.fullmatch(name) else None
