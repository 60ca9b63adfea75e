"""Any HTML page nobody has seen before: its article by two opinions, its facts by what it says of itself."""

from lxml.html import HtmlElement

from parsers import urls
from parsers.document import Document, open_document, provenance
from parsers.draft import Draft, complete, stated_title
from parsers.extraction.decision import Story, story_of
from parsers.extraction.media import attachments_of, images_of, links_of, scope_of, selector_of, videos_of
from parsers.extraction.outline import Outline, outline_of
from parsers.extraction.reading import pieces_of
from parsers.extraction.tree import TooLarge, plant
from parsers.page import known_address
from parsers.page_dates.agreement import decide
from parsers.page_dates.printed import Habit, printed_on, settled
from parsers.page_facts import address_and_language, facts_of
from parsers.pieces import settle
from parsers.records import Link, Rejection, Release
from parsers.text import fold_title
from sources.capture import Capture

PARSER = "generic_html/2"


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
    own_url, page_language = address_and_language(tree)
    page_url = own_url or known_address(document.capture)
    told_at = "link rel=canonical" if own_url else "saved from url"
    sample = "\n".join(outline.units[at].text for at in story.units) or "\n".join(unit.text for unit in outline.units)
    whose = provenance(document, page_url=page_url, page_url_at=told_at, page_language=page_language, sample=sample)
    facts = facts_of(tree, zone=whose.zone, day_first=whose.day_first)
    first = facts.titles[0].value if facts.titles else stated_title(document) or None
    titles = {fold_title(title.value) for title in facts.titles}
    pieces = pieces_of(outline, story, titles)
    frame, blocks = settle(pieces, zone=whose.zone, day_first=whose.day_first, title=first)
    habit = Habit(whose.zone, whose.day_first, sure=whose.known is not None or not _may_be_american(whose.language))
    printed = printed_on(outline, story, titles, habit)
    declared = [*facts.published, *printed.marked]
    shown = [settled(dated, habit) for dated in (*frame.published, *printed.beside)]
    updated = [*facts.updated, *frame.updated, *printed.updated]
    verdict = decide(declared, shown, updated, urls.address_day(whose.url) if whose.url else None)
    base = whose.url or page_url or document.capture.stated.url or ""
    place = story.box.element if story.box else body
    scope = scope_of(place)
    draft = Draft(
        parser=PARSER,
        rendition=urls.rendition_of(document.capture.url or document.capture.stated.url or page_url or ""),
        blocks=blocks,
        body_at=selector_of(place),
        titles=[*facts.titles, *([frame.title] if frame.title else [])],
        published=[*declared, *shown],
        preferred=verdict.best,
        withheld=verdict.withheld,
        updated=updated,
        source=frame.source or facts.source,
        office=frame.office,
        images=images_of(scope, base),
        attachments=attachments_of(scope, base),
        videos=videos_of(scope, base),
        links=_links(outline, story, base, whose.url),
        places={"images": f"{selector_of(scope)} img"},
    )
    if not (blocks or draft.attachments or draft.videos):
        what = "there is no text in it beside headlines, dates, labels, menus and buttons"
        return Rejection("validate", f"body: {what} ({selector_of(place)})", PARSER)
    return complete(document, whose, draft)


def _may_be_american(language: str) -> bool:
    """Whether day and month may stand in either order in numeric dates."""
    return language == "und" or language.partition("-")[0] == "en"


def _links(outline: Outline, story: Story, base: str, own: str | None) -> tuple[Link, ...]:
    """What the text links to."""
    elements = {outline.units[at].box.element: None for at in story.units}
    return links_of(list(elements), base, own)
