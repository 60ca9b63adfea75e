"""PROBE: an address or a saved page in, a proposed source file and its first records out; nothing is stored.

A probe asks a site for about ten pages, politely: the page itself, robots.txt, what the page names as its feeds (or
where feeds usually lie), the second page of a list, and three releases.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from bs4 import BeautifulSoup

from flows.probed_site import Site, pace_for
from parsers import urls
from parsers.workers import Readers
from sources.candidate import Candidate
from sources.capture import Capture
from sources.discovery.feed_reader import read_feed
from sources.discovery.html_gate import NotHtml, read_html
from sources.discovery.html_items import html_items, value_at
from sources.discovery.kinds import discover
from sources.discovery.page import Page, why_unusable
from sources.discovery.templates import fill, resolve
from sources.discovery.watermark import NEVER_VISITED
from sources.discovery.xml_gate import Refused, local_name, pass_xml
from sources.errors import CommuniqueError
from sources.probing import ways
from sources.probing.calendars import dated_template
from sources.probing.facts import Known, lines_of
from sources.probing.paging import Paging, find_paging
from sources.probing.proposal import Confidence, Proposal
from sources.probing.shapes import find_list
from sources.probing.signs import Signs, read_signs
from sources.probing.ways import Kind, Way
from sources.probing.zones import zone_of

RECORDS = 3
LATELY = 90  # days
MOST_SITEMAPS = 2
MOST_COLUMNS = 3
FEED_PATHS = ("feed/", "/feed/", "/rss.xml", "/atom.xml")


@dataclass(frozen=True, slots=True)
class Sample:
    """One of the first releases: as the list names it, and as it was read or why it was not."""

    candidate: Candidate
    record: dict[str, Any] | None
    reason: str | None


@dataclass(frozen=True, slots=True)
class Probed:
    """What a probe found. `way` and `proposal` are None where no list of releases was found."""

    url: str
    signs: Signs
    tried: tuple[Way, ...]
    way: Way | None
    proposal: Proposal | None
    samples: tuple[Sample, ...]
    asked: tuple[str, ...]

    @property
    def host(self) -> str:
        """The host that was probed."""
        return urls.host_of(self.url) or ""


def probe(url: str, site: Site, readers: Readers, *, now: datetime, wanted: Kind | None = None) -> Probed:
    """Looks at an address of a publisher's site and proposes how to find its releases.

    :param wanted: the kind of source to propose, where several would do.
    :raises CommuniqueError: the address itself gives nothing that could be looked at.
    """
    page = site.get(url)
    if (fault := why_unusable(page)) or not isinstance(page, Page):
        raise CommuniqueError(f"{fault}; save the page in a browser and probe the file, or try another address")
    soup = read_html(page.body, page.charset)
    signs = _signs_of_data(page) if isinstance(soup, NotHtml) or _is_feed(page) else read_signs(soup, page.url)
    zone = _zone(page.url, signs)
    found = (
        _ways_of_data(page) if isinstance(soup, NotHtml) or _is_feed(page) else _ways(site, page, soup, signs, zone[0])
    )
    tried = tuple(_tried(way, site, page.url, zone[0], now) for way in found)
    if not any(way.works for way in tried):
        tried += tuple(_tried(way, site, page.url, zone[0], now) for way in _sitemaps(site, page.url))
    way = ways.best(tried, wanted)
    if way is None:
        return Probed(page.url, signs, tried, None, None, (), tuple(site.asked))
    samples = _samples(way, site, readers)
    proposal = _proposal(site, page.url, signs, zone, way, tried, samples)
    return Probed(page.url, signs, tried, way, proposal, samples, tuple(site.asked))


def _zone(url: str, signs: Signs) -> tuple[str, Confidence, str]:
    owner = urls.publisher_of(url)
    if owner:
        return owner.zone, "sure", "known of this publisher"
    return zone_of(urls.host_of(url) or "", signs.family)


def _is_feed(page: Page) -> bool:
    return page.body.lstrip()[:1] in (b"<", b"{") and not isinstance(read_feed(page), Refused)


def _signs_of_data(page: Page) -> Signs:
    feed = read_feed(page)
    return Signs() if isinstance(feed, Refused) else Signs(site=feed.title)


def _ways_of_data(page: Page) -> list[Way]:
    """The address is a list for machines itself."""
    if _is_feed(page):
        return [ways.feed(page.url, "the address itself is a feed")]
    passed = pass_xml(page.body, page.charset)
    if (
        not isinstance(passed, Refused)
        and passed.root is not None
        and local_name(passed.root) in ("urlset", "sitemapindex")
    ):
        return [ways.sitemap(page.url, "the address itself is a sitemap")]
    return []


def _ways(site: Site, page: Page, soup: BeautifulSoup, signs: Signs, zone: str) -> list[Way]:
    found: list[Way] = []
    if shape := find_list(soup, page.url, zone):
        plain = ways.listing(page.url, shape, None, signs.family)
        paging = find_paging(soup, page.body, page.url)
        checked = _checked(paging, site, page, soup, plain, zone) if paging and site.web else paging
        found.append(ways.listing(page.url, shape, checked, signs.family))
        if dated := dated_template(page.url):
            found.append(ways.calendar(dated[0], shape, by_day=len(list(dated[1].days())) == 1))
    named = [ways.feed(url, "the page names it as its feed") for url in signs.feeds if _is_feed_at(site, url)]
    usual = () if named or signs.family == "trs_cms" else FEED_PATHS  # TRS has none
    for path in usual:
        url = resolve(page.url if page.url.endswith("/") else f"{page.url}/", path)
        if url and _is_feed_at(site, url):
            return [*found, ways.feed(url, "a feed lies where feeds usually are")]
    return found + named


def _is_feed_at(site: Site, url: str) -> bool:
    answer = site.get(url)
    return why_unusable(answer) is None and isinstance(answer, Page) and _is_feed(answer)


def _checked(paging: Paging, site: Site, page: Page, soup: BeautifulSoup, plain: Way, zone: str) -> Paging:
    """The paging, after a look at the second page."""
    if paging.only:
        return paging
    if paging.template:
        link = resolve(page.url, fill(paging.template, {"n": str(paging.first)}))
    else:
        link = resolve(page.url, value_at(soup, paging.next))
    answer = site.get(link) if link else None
    if answer is None or why_unusable(answer) or not isinstance(answer, Page):
        return replace(paging, sure=False, why=f"{paging.why}; the second page could not be read")
    tree = read_html(answer.body, answer.charset)
    items = [] if isinstance(tree, NotHtml) else html_items(tree, answer, plain.source(zone))
    told = f"{paging.why}; the second page has {len(items)} items"
    return replace(paging, sure=bool(items), why=told)


def _sitemaps(site: Site, url: str) -> list[Way]:
    """What robots.txt names, else the usual place."""
    named = [ways.sitemap(link, "robots.txt names it") for link in _named_sitemaps(site, url)]
    usual = resolve(url, "/sitemap.xml")
    return named or ([ways.sitemap(usual, "sitemaps usually are there")] if usual else [])


def _named_sitemaps(site: Site, url: str) -> list[str]:
    robots = resolve(url, "/robots.txt")
    answer = site.get(robots) if robots else None
    text = answer.body.decode("utf-8", "replace") if isinstance(answer, Page) and answer.status == 200 else ""
    told = [line.partition(":")[2].strip() for line in text.splitlines() if line.lower().startswith("sitemap:")]
    return [link for one in told[:MOST_SITEMAPS] if (link := resolve(url, one))]


def _tried(way: Way, site: Site, url: str, zone: str, now: datetime) -> Way:
    """The way with what it lists. One page of a list is enough; of a sitemap, what was changed of late."""
    first_days = LATELY if way.kind == "sitemap" else 0
    source = way.source(zone).model_copy(update={"first_days": first_days})
    dated = dated_template(url) if way.kind == "calendar" else None
    window = dated[1] if dated else None
    return replace(way, found=discover(source, NEVER_VISITED, site.get, now=now, window=window))


def _samples(way: Way, site: Site, readers: Readers) -> tuple[Sample, ...]:
    first = way.found.candidates[:RECORDS] if way.found else ()
    answers = [site.fetch(one.url) if one.url else "the list gives no address for it" for one in first]
    readings = iter(readers.submit([one for one in answers if isinstance(one, Capture)]).result())
    samples = []
    for candidate, answer in zip(first, answers, strict=True):
        if isinstance(answer, Capture):
            reading = next(readings)[0]
            samples.append(Sample(candidate, reading.record, (reading.rejection or {}).get("reason")))
        else:
            samples.append(Sample(candidate, None, answer))
    return tuple(samples)


def _proposal(
    site: Site,
    url: str,
    signs: Signs,
    zone: tuple[str, Confidence, str],
    way: Way,
    tried: Sequence[Way],
    samples: Sequence[Sample],
) -> Proposal:
    assert way.found is not None
    records = [one.record for one in samples if one.record]
    head, expects = lines_of(
        Known(url, signs, way.found, records, zone, pace_for(url, signs.family), site.web is not None)
    )
    title, rest = head[0], head[1:]
    tables = (*way.tables, ("expects", tuple(expects)))
    return Proposal((title, *way.lines[:2], *rest, *way.lines[2:]), tables, tuple(_notes(site, url, signs, way, tried)))


def _notes(site: Site, url: str, signs: Signs, way: Way, tried: Sequence[Way]) -> list[str]:
    notes = [f"Proposed after a look at {url}. Each line says how sure it is: check those that are guesses."]
    if signs.family:
        notes.append(f"The site's pages are of the family {signs.family}: {signs.family_why}.")
    if way.found and way.found.failure:
        notes.append(f"Trying it, something was wrong: {way.found.failure}")
    if way.kind == "listing" and "pages" not in [name for name, lines in way.tables if lines] and signs.lists:
        columns = ", ".join(link for link, _ in signs.lists[:MOST_COLUMNS])
        notes.append(f"It seems to have one page only. If it is a front page, a column is better: {columns}")
    notes += [f"It has a {other.kind} too: {other.url}" for other in tried if other.works and other is not way]
    notes += [f"It has a sitemap too: {link}" for link in _named_sitemaps(site, url) if way.kind != "sitemap"]
    if signs.interface:
        notes.append(f"It has an interface for machines too: {signs.interface}")
    return notes
