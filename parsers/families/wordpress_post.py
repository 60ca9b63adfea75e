"""WordPress: posts as its REST interface gives them, one or a list of them.

https://www.whitehouse.gov/wp-json/wp/v2/posts/88301

- Title, text and excerpt are markup under `rendered`; titles hold character references.
- `date` and `modified` are in the time of the site without saying so, `date_gmt` and `modified_gmt` in universal time
  without saying so either.
- With `_embed` the lead picture and the author come along.
- Of a protected post there is only the title.
"""

from parsers.article import blocks_of, opening, parts_of
from parsers.datelines import Dated
from parsers.draft import Draft, complete
from parsers.instants import system_date
from parsers.item import Item, dated, open_items, whose
from parsers.media import attachments, links, videos
from parsers.media import images as pictures
from parsers.page import Page
from parsers.records import Image, Rejection, Release
from parsers.story import story_of
from parsers.urls import canonical
from sources.capture import Capture

PARSER = "wordpress_post/2"

TITLE = "title.rendered"
BODY = "content.rendered"
LINK = "link"
PROTECTED = "content.protected"
PICTURES = "_embedded.wp:featuredmedia"

_SAMPLE = 800  # characters that tell the language


def recognises(capture: Capture) -> bool:
    """Whether these are posts, by their members."""
    return all(name in capture.body for name in (b'"rendered"', b'"date_gmt"', b'"modified_gmt"', b'"content"'))


def read(capture: Capture) -> list[Release | Rejection]:
    """The release of every post."""
    items = open_items(capture, PARSER)
    return [items] if isinstance(items, Rejection) else [release(item) for item in items]


def release(item: Item) -> Release | Rejection:
    """The release of a post, or why it is none."""
    title = item.fact(TITLE)
    if title is None:
        return Rejection("parse", f"title: the post has no {TITLE}", PARSER)
    if item.raw(PROTECTED) is True:
        return Rejection("parse", f"{PROTECTED}: the text is behind a password", PARSER)
    page = item.page(item.markup(BODY), PARSER)
    if isinstance(page, Rejection):
        return page
    roots = page.all("body")
    parts = [part for root in roots for part in parts_of(page, root)]
    owner = whose(item, (item.text(LINK), LINK), item.text("lang"), f"{title.value}\n{opening(parts, _SAMPLE)}")
    frame, story = story_of(parts, title.value, owner)
    base = owner.url or item.text(LINK)
    published = written(item, "date", owner.zone)
    if not (story or videos(page, roots, base) or attachments(page, roots, base)):
        return Rejection("parse", f"body: neither text nor film in {BODY}", PARSER)
    draft = Draft(
        parser=PARSER,
        rendition="api",
        blocks=blocks_of(story),
        body_at=BODY,
        titles=[title],
        published=[*published, *frame.published],
        updated=[one for one in written(item, "modified", owner.zone) if _is_new(one, published)],
        images=images(item, page, base),
        attachments=attachments(page, roots, base),
        videos=videos(page, roots, base),
        links=links(page, roots, base, owner.url),
        places={"images": f"{PICTURES}, {BODY}", "attachments": BODY, "videos": BODY},
    )
    return complete(item.document(), owner, draft)


def written(item: Item, name: str, zone: str) -> list[Dated]:
    """A date of a post: the instant where it stands, else the time of the site."""
    universal = item.text(f"{name}_gmt")
    read = system_date(f"{universal}Z", f"metadata {name}_gmt", zone) if universal else []
    return read or dated(item, name, zone)


def images(item: Item, page: Page, base: str) -> tuple[Image, ...]:
    """The lead picture, then those in the text."""
    told = {
        url: one.words("caption.rendered") or one.words("alt_text") or None
        for one in item.members(PICTURES)
        if (url := canonical(one.text("source_url")))
    }
    told |= {one.url: one.caption for one in pictures(page, page.all("body"), base) if one.url not in told}
    return tuple(Image(url=url, caption=caption, position=at) for at, (url, caption) in enumerate(told.items()))


def _is_new(change: Dated, published: list[Dated]) -> bool:
    """Whether an update says more than the publication it stands beside."""
    return all((change.found.at or change.found.on) != (one.found.at or one.found.on) for one in published)
