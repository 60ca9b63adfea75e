"""Ways to find a site's releases, as lines of a source file: list page, calendar, feed, sitemap; and which is best."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from sources.config import Source
from sources.discovery.discovered import Discovered
from sources.probing.paging import Paging
from sources.probing.places import OWN_WORDS
from sources.probing.proposal import Confidence, Line
from sources.probing.shapes import ListShape, overlap

Kind = Literal["listing", "calendar", "feed", "sitemap"]

FULL_PASS_DAYS = 30
TRS_MOST = 150  # pages: lists of TRS are cut off about there


@dataclass(frozen=True, slots=True)
class Way:
    """One way to find releases: the lines that describe it, and what it listed when it was tried."""

    kind: Kind
    url: str
    lines: tuple[Line, ...]
    tables: tuple[tuple[str, tuple[Line, ...]], ...] = ()
    found: Discovered | None = field(default=None, repr=False)

    def source(self, zone: str) -> Source:
        """The source as far as finding releases is concerned."""
        told: dict[str, Any] = {line.key: line.value for line in self.lines}
        told |= {name: {line.key: line.value for line in lines} for name, lines in self.tables if lines}
        rest = {"name": "probe", "title": "probe", "publisher": "probe", "language": "und", "rights": "probe"}
        return Source.model_validate(rest | {"zone": zone} | told)

    @property
    def works(self) -> bool:
        """Whether it was tried and most of what it listed is to be had."""
        return self.found is not None and 0 < self.found.listed <= 2 * len(self.found.candidates)

    @property
    def links(self) -> list[str]:
        """Where the releases it listed are."""
        return [one.url for one in self.found.candidates if one.url] if self.found else []


def listing(url: str, shape: ListShape, paging: Paging | None, family: str | None) -> Way:
    """A list page. Without days in it nothing tells how far to read, so it is taken as one page then."""
    lines = [Line("kind", "listing", *_of_shape(shape))]
    lines.append(Line("urls", (url,), "sure", "the page that was probed; add the publisher's other columns"))
    items = _items(shape)
    if shape.date:
        share = f"{shape.dated} of {shape.items} items have a day there"
        where = {"address": "the day stands in the address only", OWN_WORDS: f"the item's own words; {share}"}
        items.append(Line("date", shape.date, _of_days(shape), where.get(shape.date, share)))
    pages: list[Line] = []
    if paging is not None and shape.date:
        confidence: Confidence = "sure" if paging.sure else "guess"
        if paging.next:
            pages.append(Line("next", paging.next, confidence, paging.why))
        if paging.template:
            pages.append(Line("template", paging.template, confidence, paging.why))
            if paging.first != 1:
                pages.append(Line("first", paging.first, confidence, "the number of the second page"))
        if family == "trs_cms":
            pages.append(Line("most", TRS_MOST, "likely", "lists of TRS end about there"))
        lines.append(Line("full_pass_days", FULL_PASS_DAYS, "likely", "catches what is put among old items"))
    return Way("listing", url, tuple(lines), (("items", tuple(items)), ("pages", tuple(pages))))


def calendar(template: str, shape: ListShape, *, by_day: bool) -> Way:
    """A list for each day or month. The days of items count only where the list is not of one day itself."""
    what = "day" if by_day else "month"
    lines = (
        Line("kind", "calendar", "likely", f"the address carries a {what}, and {shape.items} items stand on it"),
        Line("urls", (template,), "likely", f"the address that was probed, with places for its {what}"),
    )
    items = _items(shape)
    if shape.date and not by_day:
        items.append(
            Line("date", shape.date, _of_days(shape), f"{shape.dated} of {shape.items} items have a day there")
        )
    return Way("calendar", template, lines, (("items", tuple(items)),))


def _items(shape: ListShape) -> list[Line]:
    lines = [
        Line("each", shape.each, "likely", f"matches {shape.items} items"),
        Line("link", shape.link, "sure", "leads to the page of an item"),
    ]
    return [*lines, Line("title", shape.title, "sure", "its headline")] if shape.title else lines


def _of_days(shape: ListShape) -> Confidence:
    return "sure" if shape.dated >= 0.9 * shape.items and shape.date != OWN_WORDS else "likely"


def _of_shape(shape: ListShape) -> tuple[Confidence, str]:
    if shape.dated >= 0.8 * shape.items and shape.items >= 5:
        return "sure", f"{shape.items} items with a link and a day"
    return ("likely" if shape.dated else "guess"), f"{shape.items} items with a link, {shape.dated} with a day"


def feed(url: str, why: str) -> Way:
    """A feed."""
    return Way("feed", url, (Line("kind", "feed", "sure", why), Line("urls", (url,), "sure", "it could be read")))


def sitemap(url: str, why: str) -> Way:
    """A sitemap: every page of the site, so the last resort."""
    note = "a sitemap names all pages of a site, not only releases"
    return Way("sitemap", url, (Line("kind", "sitemap", "guess", note), Line("urls", (url,), "sure", why)))


def best(ways: Sequence[Way], wanted: Kind | None = None) -> Way | None:
    """The way to propose: the kind asked for, else a calendar, a feed of the same releases, the list, what there is."""
    working = [way for way in ways if way.works and wanted in (None, way.kind)]
    by_kind = {way.kind: way for way in reversed(working)}
    if dated := by_kind.get("calendar"):
        return dated
    listed, fed = by_kind.get("listing"), by_kind.get("feed")
    if listed and fed:
        return fed if overlap(listed.links, fed.links) >= 0.5 or not _is_dated(listed) else listed
    return listed or fed or by_kind.get("sitemap")


def _is_dated(way: Way) -> bool:
    return way.found is not None and way.found.listed > 0 and 2 * way.found.undated < way.found.listed
