"""Items of any feed, RSS, Atom or JSON, as the discovery of a source hands them on: JSON with the item's own markup.

https://www.info.gov.hk/gia/rss/general_en.xml

- `content_html` is the whole text where a feed has it; `summary_html` may be the whole, a first paragraph, or the
  first words with an ellipsis. What it is shows only by its end and its length.
- WordPress closes a text with `The post ... appeared first on ...`, others with a link to read on, be the text whole.
- Feeds of info.gov.hk close it with the day and minute of issue, as the pages do.
- Enclosures are pictures, films or documents by their media type.
"""

import re
from collections.abc import Sequence

from selectolax.lexbor import LexborNode

from parsers.article import blocks_of, opening, parts_of
from parsers.clicks import invites_to_read_on
from parsers.dates import Found
from parsers.draft import Draft, complete
from parsers.frame import Fact
from parsers.item import Item, dated, open_items, whose
from parsers.media import attachments as linked_documents
from parsers.media import images as pictures
from parsers.media import links
from parsers.media import videos as films
from parsers.page import Page, media_type
from parsers.pictures import is_a_mark
from parsers.records import Attachment, Block, Evidence, Image, Rejection, Release, Video
from parsers.story import story_of
from parsers.urls import canonical
from sources.capture import Capture, Completeness

PARSER = "feed_item/2"
MEDIA_TYPE = "application/vnd.communique.feed-item+json"

TITLE = "title"
LINK = "link"
BODY = ("content_html", "summary_html")
ENCLOSURES = "enclosures"
TEASER = 600  # characters; a summary of one paragraph below this may be all or only the beginning

_CUT = re.compile(r"(?:\[\s*(?:…|\.{3})\s*\]|…|\.{3}|[Rr]ead more\W*|[Cc]ontinue reading\W*|閱讀更多|阅读更多)\s*$")
_APPEARED = re.compile(r"The post .{1,400} (?:appeared first|first appeared) on .{1,200}")
_LAST = 3  # paragraphs that may be such a notice
_SAMPLE = 800  # characters that tell the language


def read(capture: Capture) -> list[Release | Rejection]:
    """The one release of an item."""
    items = open_items(capture, PARSER)
    return [items] if isinstance(items, Rejection) else [release(items[0])]


def release(item: Item) -> Release | Rejection:
    """The release of an item, or why it is none."""
    title, link = item.text(TITLE), item.text(LINK)
    place = next((name for name in BODY if item.markup(name).strip()), BODY[0])
    page = item.page(item.markup(place), PARSER)
    if isinstance(page, Rejection):
        return page
    roots = [page.tree.body] if page.tree.body is not None else []
    apart = closing(page)
    parts = [part for root in roots for part in parts_of(page, root, without=apart)]
    owner = whose(item, (link, LINK), item.text("language"), f"{title}\n{opening(parts, _SAMPLE)}")
    frame, story = story_of(parts, title, owner)
    blocks = blocks_of(story)
    base = owner.url or link
    published = [*dated(item, "published", owner.zone), *frame.published]
    draft = Draft(
        parser=PARSER,
        rendition="feed_item",
        blocks=blocks,
        body_at=place,
        titles=[Fact(title, TITLE, title)] if title else [],
        published=published,
        updated=[
            *(one for one in dated(item, "updated", owner.zone) if all(_is_new(one.found, p.found) for p in published)),
            *frame.updated,
        ],
        source=frame.source,
        office=frame.office,
        images=images(item, page, base),
        attachments=attachments(item, page, base),
        videos=videos(item, page, base),
        links=links(page, roots, base, owner.url, without=apart),
        places=dict.fromkeys(("images", "attachments", "videos"), f"{place}, {ENCLOSURES}"),
    )
    return judged(item, complete(item.document(), owner, draft), whole(place, blocks, page))


def closing(page: Page) -> list[LexborNode]:
    """The paragraph in which WordPress says where the text first appeared, and a link to read on."""
    first_seen = [node for node in page.all("p")[-_LAST:] if _APPEARED.fullmatch(page.words(node))]
    return first_seen + [node for node in page.all("a")[-_LAST:] if invites_to_read_on(page.words(node))]


def whole(place: str, blocks: Sequence[Block], page: Page) -> tuple[Completeness, str]:
    """Whether the item has the whole text of the release, and what shows it."""
    if place == BODY[0]:
        return "whole", ""
    if _CUT.search(page.words(page.tree.body)):
        return "partial", f"{place} ends in an ellipsis or an invitation to read on"
    if len(blocks) < 2 and sum(len(block.text) for block in blocks) < TEASER:
        return "unverifiable", f"{place} is one short paragraph, and there is no {BODY[0]}"
    return "whole", ""


def judged(item: Item, release: Release, verdict: tuple[Completeness, str]) -> Release:
    """The release with what is known of its wholeness, and the number the feed gives it beside its address."""
    completeness, why = verdict
    changes: dict[str, object] = {}
    evidence = dict(release.evidence)
    if why and release.completeness != "partial":
        changes["completeness"] = completeness
        evidence["completeness"] = Evidence(rule=why, basis="inferred")
    if (number := item.text("native_id")) and release.native_id is None:
        changes["native_id"] = number
        evidence["native_id"] = Evidence(rule="native_id", text=number, basis="stated")
    return release.model_copy(update=changes | {"evidence": evidence})


def enclosed(item: Item, kinds: tuple[str, ...]) -> dict[str, tuple[str | None, str | None]]:
    """Label and media type of the enclosures of some kinds (`image/`), by address."""
    found: dict[str, tuple[str | None, str | None]] = {}
    for one in item.members(ENCLOSURES):
        url = canonical(one.text("url"))
        kind = one.text("media_type").lower() or (media_type(url) or "" if url else "")
        if url and kind.startswith(kinds):
            found.setdefault(url, (one.text("title") or None, kind or None))
    return found


def images(item: Item, page: Page, base: str) -> tuple[Image, ...]:
    """The pictures in the text, then those enclosed."""
    told = {one.url: one.caption for one in pictures(page, page.all("body"), base)}
    told |= {
        url: label for url, (label, _) in enclosed(item, ("image/",)).items() if url not in told and not is_a_mark(url)
    }
    return tuple(Image(url=url, caption=caption, position=at) for at, (url, caption) in enumerate(told.items()))


def videos(item: Item, page: Page, base: str) -> tuple[Video, ...]:
    """The films in the text, then films and recordings enclosed."""
    told = {one.url: one.label for one in films(page, page.all("body"), base)}
    told |= {url: label for url, (label, _) in enclosed(item, ("video/", "audio/")).items() if url not in told}
    return tuple(Video(url=url, label=label, position=at) for at, (url, label) in enumerate(told.items()))


def attachments(item: Item, page: Page, base: str) -> tuple[Attachment, ...]:
    """The documents linked in the text, then those enclosed."""
    told = {one.url: (one.label, one.media_type) for one in linked_documents(page, page.all("body"), base)}
    told |= {url: facts for url, facts in enclosed(item, ("application/", "text/")).items() if url not in told}
    return tuple(
        Attachment(url=url, label=label, media_type=kind, position=at)
        for at, (url, (label, kind)) in enumerate(told.items())
    )


def _is_new(change: Found, than: Found) -> bool:
    """Whether an update says more than the publication it stands beside."""
    return change.at != than.at if change.at and than.at else change.on != than.on
