"""Press pages that can be told by where their parts stand: selectors for each field, and everything else in common.

A content system or a publisher of this kind is a `Layout` and a rule that recognises its pages; see `wordpress.py`.

- Dates stand in `datetime`, in `content` of a meta, or as words; some tools that save pages call the latter `value`.
- A page without text is a release if it shows a film.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from selectolax.lexbor import LexborNode

from parsers import dates, urls
from parsers.article import Part, blocks_of, opening, parts_of
from parsers.datelines import Dated
from parsers.document import Provenance, provenance
from parsers.draft import Draft, complete
from parsers.editions import PLACES, editions_of, offers_of
from parsers.frame import Fact, Frame
from parsers.instants import system_date
from parsers.language import normalised
from parsers.media import attachments, images, links, videos
from parsers.page import Page, known_address, link, own_address
from parsers.page_dates.month_names import in_english
from parsers.records import Edition, Rejection, Release
from parsers.story import story_of
from sources.capture import Capture

_OFFICIAL = re.compile(r"[./](?:gov|mil|int|gouv|govt|gob|gc|europa)(?:\.[a-z]{2,3})?$|\.(?:go|gov)\.[a-z]{2}$|\.eu$")
_OWN_LINK = re.compile(rb"<(?:link|meta)\b[^<>]{0,300}\b(?:canonical|og:url)\b[^<>]{0,1200}>", re.IGNORECASE)
_ADDRESS = re.compile(rb"https?://[^\"'<> ]{4,1000}")
_IN_ATTRIBUTES = ("datetime", "content", "value")
_LEAD_IN = 30  # characters that may stand before a date in words: "Published: ", "Port Alder, den "
_LONGEST_DATE = 160  # characters
_SAMPLE = 800  # characters that tell the language


@dataclass(frozen=True, slots=True)
class Layout:
    """Where pages of one kind keep their parts: CSS selectors, of each field the surest first.

    `bodies`: of the elements that the first selector with a text or a film finds, the one with most text is the body;
    with `several`, all of them are. `chrome` is what stands among it and is no part of it. `pictures` and `beside` are
    places outside it that hold pictures or files too. Pages that have one of `lists` are lists of releases.
    `editions` is where a publisher links to other languages in a way of its own.
    """

    parser: str
    titles: tuple[str, ...]
    bodies: tuple[str, ...]
    published: tuple[str, ...]
    updated: tuple[str, ...] = ()
    subtitles: tuple[str, ...] = ()
    offices: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    chrome: str = ""
    pictures: str = ""
    beside: str = ""
    editions: str = ""
    several: bool = False
    lists: str = ""


def is_official(capture: Capture) -> bool:
    """Whether a page lies on a publisher's own host or under a domain for governments, by its address or its own word.

    Content systems make all sorts of pages; the general reader knows those better.
    """
    address = known_address(capture)
    if address is None:
        own = _OWN_LINK.search(capture.body)
        told = _ADDRESS.search(own[0]) if own else None
        address = told[0].decode("utf-8", "replace") if told else ""
    return urls.publisher_of(address) is not None or _OFFICIAL.search(urls.host_of(address) or "") is not None


def article(page: Page, layout: Layout) -> Release | Rejection:
    """The release of a page in this layout, or which of its parts is missing."""
    needed = essentials(page, layout)
    if isinstance(needed, Rejection):
        return needed
    titles, place, roots = needed
    chrome = page.all(layout.chrome) if layout.chrome else []
    parts = [part for root in roots for part in (*parts_of(page, root, without=chrome), "")]
    owner = whose(page, titles[0].value, parts)
    frame, story = story_of(parts, titles[0].value, owner)
    base = owner.url or known_address(page.capture) or ""
    leads, besides = (page.all(selector) if selector else [] for selector in (layout.pictures, layout.beside))
    published, updated = stated(page, layout, owner, frame)
    draft = Draft(
        parser=layout.parser,
        rendition=urls.rendition_of(known_address(page.capture) or ""),
        blocks=blocks_of(story),
        body_at=place,
        titles=titles,
        subtitle=next(iter(facts(page, layout.subtitles)), None),
        published=published,
        updated=updated,
        source=next(iter(facts(page, layout.sources)), None) or frame.source,
        office=next(iter(facts(page, layout.offices)), None) or frame.office,
        images=images(page, [*leads, *roots], base, without=chrome),
        attachments=attachments(page, [*roots, *besides], base, without=chrome),
        videos=videos(page, [*roots, *besides], base, without=chrome),
        editions=editions(page, layout, owner),
        links=links(page, roots, base, owner.url, without=chrome),
        places={"images": f"{layout.pictures or place} img", "attachments": f"{place} a", "videos": f"{place} iframe"}
        | {"editions": layout.editions or PLACES},
    )
    return complete(page.document(), owner, draft)


def essentials(page: Page, layout: Layout) -> tuple[list[Fact], str, list[LexborNode]] | Rejection:
    """What no release can do without: its titles, the selector of its text, the elements that hold it."""
    if layout.lists and page.first(layout.lists) is not None:
        reason = f"it is a list or a notice, not a release: the page has {layout.lists}"
        return Rejection("parse", reason, layout.parser)
    titles = [fact for selector in layout.titles for fact in facts(page, (selector,))[:1]]
    if not titles:
        return Rejection("parse", f"title: there is no text at {', '.join(layout.titles)}", layout.parser)
    place, roots = body(page, layout.bodies)
    if not roots:
        return Rejection("parse", f"body: neither text nor film at {', '.join(layout.bodies)}", layout.parser)
    return titles, place, roots if layout.several else [max(roots, key=lambda root: len(root.text()))]


def facts(page: Page, selectors: Sequence[str]) -> list[Fact]:
    """What elements say, in the order of the selectors and then of the page."""
    found = ((selector, page.words(node) or _attribute(page, node)) for selector, node in _found(page, selectors))
    return [Fact(words, selector, words) for selector, words in found if words]


def body(page: Page, selectors: Sequence[str]) -> tuple[str, list[LexborNode]]:
    """The elements that hold the text and the selector that finds them; none within another."""
    for selector in selectors:
        roots: list[LexborNode] = []
        inside: set[int] = set()
        for node in page.all(selector):
            if node.mem_id not in inside:
                roots.append(node)
                inside.update(inner.mem_id for inner in node.css(selector))
        if any(root.text().strip() for root in roots) or videos(page, roots, ""):
            return selector, roots
    return "", []


def whose(page: Page, title: str, parts: Sequence[Part]) -> Provenance:
    """Publisher, language and address."""
    address, place = own_address(page) or (None, "")
    root = page.first("html[lang]")
    declared = page.attribute(root, "lang") if root is not None else ""
    sample = f"{title}\n{opening(parts, _SAMPLE)}"
    return provenance(
        page.document(), page_url=address, page_url_at=place, page_language=declared or None, sample=sample
    )


def stated(page: Page, layout: Layout, owner: Provenance, frame: Frame) -> tuple[list[Dated], list[Dated]]:
    """Publication and update; an update on the same instant or day as the publication says nothing."""
    published = [*read_dates(page, layout.published, owner), *frame.published]
    first = published[0].found if published else None
    updated = [*read_dates(page, layout.updated, owner), *frame.updated]
    later = [one for one in updated if first is None or (one.found.at or one.found.on) != (first.at or first.on)]
    return published, [one for one in later if not (first and first.on and one.found.on and one.found.on < first.on)]


def read_dates(page: Page, selectors: Sequence[str], owner: Provenance) -> list[Dated]:
    """The dates of elements, the first of each selector that is one."""
    found: list[Dated] = []
    for selector in selectors:
        read = (one for _, node in _found(page, (selector,)) for one in _date(page, node, selector, owner))
        found += [one for one in [next(read, None)] if one]
    return found


def editions(page: Page, layout: Layout, owner: Provenance) -> tuple[Edition, ...]:
    """The same page in other languages."""
    if not layout.editions:
        base = owner.url or known_address(page.capture) or ""
        return editions_of(offers_of(page), base, owner.url, owner.language)
    told: dict[str, str] = {}
    for node in page.all(layout.editions):
        language = normalised(page.attribute(node, "hreflang") or page.attribute(node, "lang"))
        url = link(owner.url or "", node)
        if language and url and url != owner.url and language != owner.language:
            told.setdefault(language, url)
    return tuple(Edition(language=language, url=url, rule=layout.editions) for language, url in told.items())


def _found(page: Page, selectors: Sequence[str]) -> Iterator[tuple[str, LexborNode]]:
    return ((selector, node) for selector in selectors for node in page.all(selector))


def _attribute(page: Page, node: LexborNode) -> str:
    return next((told for name in _IN_ATTRIBUTES if (told := page.attribute(node, name))), "")


def _date(page: Page, node: LexborNode, selector: str, owner: Provenance) -> list[Dated]:
    """What an element dates: its attribute for machines, else its words, which may go on after the date."""
    if read := system_date(_attribute(page, node), f"metadata {selector}", owner.zone, day_first=owner.day_first):
        return read
    words = page.words(node)[:_LONGEST_DATE]
    told = in_english(words)
    if read := system_date(told, f"date line {selector}", owner.zone, day_first=owner.day_first):
        return [replace(one, text=words) for one in read]
    found = dates.find(told, zone=owner.zone, day_first=owner.day_first)
    begins = found and found[0].start <= _LEAD_IN and found[0].on and found[0].year_given
    return [Dated(found[0], f"date line {selector}", words)] if begins else []
