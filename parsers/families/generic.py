"""Any HTML page nobody has seen before: its article by two opinions, its facts by what it says of itself.

For pages such as `https://www.harbour.example/news/2025/06/25/quay.html` that no parser of a publisher or family takes.
Quirks: heads that give several dates, of which some are of the last change; teasers, cookie bars and lists of other
articles with more text than the article; a `<title>` that carries the site's name; pages without paragraphs.
"""

from dataclasses import dataclass

from lxml.html import HtmlElement

from parsers import urls
from parsers.datelines import Dated
from parsers.document import Document, Provenance, open_document, provenance
from parsers.draft import Draft, complete, stated_title
from parsers.editions import PLACES, editions_of
from parsers.extraction.decision import Story, story_of
from parsers.extraction.media import attachments_of, images_of, links_of, scope_of, selector_of, videos_of
from parsers.extraction.offers import offers_in
from parsers.extraction.outline import Outline, outline_of
from parsers.extraction.reading import pieces_of
from parsers.extraction.tree import TooLarge, plant
from parsers.frame import Frame
from parsers.page import known_address
from parsers.page_dates.agreement import Verdict, decide
from parsers.page_dates.date_lines import below_date_lines
from parsers.page_dates.printed import Habit, Printed, printed_on, settled
from parsers.page_facts import PageFacts, address_and_language, facts_of
from parsers.pieces import settle
from parsers.records import Link, Rejection, Release
from parsers.text import fold_title
from sources.capture import Capture

PARSER = "generic_html/4"
NO_TEXT = "there is no text in it beside headlines, dates, labels, menus and buttons"


def read(capture: Capture) -> list[Release | Rejection]:
    """The one release of a page."""
    document = open_document(capture, PARSER, markup=True)
    if isinstance(document, Rejection):
        return [document]
    try:
        tree = plant(document.text)
        body = tree.find("body") if tree is not None else None
        if tree is None or body is None:
            return [Rejection("parse", "the page has no body", PARSER)]
        return [_release(document, tree, body)]
    except TooLarge as error:
        return [Rejection("parse", str(error), PARSER)]


def _release(document: Document, tree: HtmlElement, body: HtmlElement) -> Release | Rejection:
    outline = outline_of(body)
    story = story_of(tree, outline)
    whose, page_url = _whose(document, tree, outline, story)
    facts = facts_of(tree, zone=whose.zone, day_first=whose.day_first)
    titles = {fold_title(title.value) for title in facts.titles}
    first = facts.titles[0].value if facts.titles else stated_title(document) or None
    pieces = pieces_of(outline, below_date_lines(story, outline.units), titles)
    frame, blocks = settle(pieces, zone=whose.zone, day_first=whose.day_first, title=first)
    days = _days(whose, facts, frame, printed_on(outline, story, titles, _habit(whose)))
    base = whose.url or page_url or document.capture.stated.url or ""
    place = story.box.element if story.box else body
    scope = scope_of(place)
    draft = Draft(
        parser=PARSER,
        rendition=urls.rendition_of(document.capture.url or document.capture.stated.url or page_url or ""),
        blocks=blocks,
        body_at=selector_of(place),
        titles=[*facts.titles, *([frame.title] if frame.title else [])],
        published=days.published,
        preferred=days.verdict.best,
        withheld=days.verdict.withheld,
        updated=days.updated,
        source=frame.source or facts.source,
        office=frame.office,
        images=images_of(scope, base),
        attachments=attachments_of(scope, base),
        videos=videos_of(scope, base),
        editions=editions_of(offers_in(tree), base, whose.url, whose.language),
        links=_links(outline, story, base, whose.url),
        places={"images": f"{selector_of(scope)} img", "editions": PLACES},
    )
    if not (blocks or draft.attachments or draft.videos):
        return Rejection("validate", f"body: {NO_TEXT} ({selector_of(place)})", PARSER)
    return complete(document, whose, draft)


def _whose(document: Document, tree: HtmlElement, outline: Outline, story: Story) -> tuple[Provenance, str | None]:
    """Publisher, language and address, and the address the page gives itself or was saved from."""
    own_url, page_language = address_and_language(tree)
    page_url = own_url or known_address(document.capture)
    told_at = "link rel=canonical" if own_url else "saved from url"
    sample = "\n".join(outline.units[at].text for at in story.units) or "\n".join(unit.text for unit in outline.units)
    whose = provenance(document, page_url=page_url, page_url_at=told_at, page_language=page_language, sample=sample)
    return whose, page_url


@dataclass(frozen=True, slots=True)
class _Days:
    """What the page says of its days, in its head and in print, and which day of publication is taken."""

    published: list[Dated]
    updated: list[Dated]
    verdict: Verdict


def _days(whose: Provenance, facts: PageFacts, frame: Frame, printed: Printed) -> _Days:
    declared = [*facts.published, *printed.marked]
    shown = [settled(dated, _habit(whose)) for dated in (*frame.published, *printed.beside)]
    updated = [*facts.updated, *frame.updated, *printed.updated]
    verdict = decide(declared, shown, updated, urls.address_day(whose.url) if whose.url else None)
    return _Days([*declared, *shown], updated, verdict)


def _habit(whose: Provenance) -> Habit:
    """How days are written here; day and month may change places where nobody knows the publisher."""
    return Habit(whose.zone, whose.day_first, sure=whose.known is not None or not _may_be_american(whose.language))


def _may_be_american(language: str) -> bool:
    """Whether day and month may stand in either order in numeric dates."""
    return language == "und" or language.partition("-")[0] == "en"


def _links(outline: Outline, story: Story, base: str, own: str | None) -> tuple[Link, ...]:
    """What the text links to."""
    elements = {outline.units[at].box.element: None for at in story.units}
    return links_of(list(elements), base, own)
