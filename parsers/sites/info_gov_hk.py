"""info.gov.hk: press releases of the Hong Kong Government, English and Traditional Chinese, layout since 2017.

https://www.info.gov.hk/gia/general/202511/27/P2025112700501.htm

- The text is broken by `br` and indented by no-break or full-width spaces; tables stand among it.
- The right column is there twice under one id, and in pages that a browser saved a third time inside the text.
- The other language has another number, which only the header links to.
- Thumbnails link to the same files as the names below them.
"""

from parsers import urls
from parsers.article import blocks_of, parts_of
from parsers.draft import Draft, complete
from parsers.frame import Fact
from parsers.media import links
from parsers.page import Page, distinct_links, link, media_type, open_page
from parsers.records import Attachment, Edition, Image, Rejection, Release, Video
from parsers.sites.hk_gia import BASE, closing_lines, is_release, issued, rendition, whose
from sources.capture import Capture

PARSER = "hk_gia/1"

TITLE = "#PRHeadlineSpan"
BODY = "#pressrelease"
NOT_BODY = ".controlDisplay2, #pressrelease #rightContent"
FOOTER = ".mB15.f15"
PHOTO = "a.fancybox[href]"
ATTACHMENT = "a.attach_text[href]"
VIDEO = ".resAV .video_text, .resAV a[href], #rightContent a[href*='wecast.hk/vod']"
RELATED = "a.contentref_text[href]"
EDITIONS = {"en": "img#hdrENLnk", "zh-Hant": "img#hdrTCLnk"}

_LAYOUT = b"PRHeadlineSpan"


def recognises(capture: Capture) -> bool:
    """Whether this is a release in this layout."""
    return _LAYOUT in capture.body and is_release(capture)


def read(capture: Capture) -> list[Release | Rejection]:
    """The one release of a page."""
    page = open_page(capture, PARSER)
    if isinstance(page, Rejection):
        return [page]
    title, body = page.words(page.first(TITLE)), page.first(BODY)
    if not title or body is None:
        missing = f"body: the page has no {BODY}" if title else f"title: there is no text at {TITLE}"
        return [Rejection("parse", missing, PARSER)]
    apart = page.all(NOT_BODY)
    parts = parts_of(page, body, without=apart)
    end, closing = closing_lines(parts)
    owner = whose(page, title, parts[:end], closing, language(page))
    base = owner.url or BASE
    draft = Draft(
        parser=PARSER,
        rendition=rendition(page, owner.language),
        blocks=blocks_of(parts[:end]),
        body_at=BODY,
        titles=[Fact(title, TITLE, title)],
        published=issued(closing or " ".join(map(page.words, page.all(FOOTER)))),
        images=photos(page, base),
        attachments=attachments(page, base),
        videos=videos(page, base),
        editions=editions(page, base),
        related=related(page, base),
        links=links(page, [body], base, owner.url, without=apart),
        places={"images": PHOTO, "attachments": ATTACHMENT, "videos": VIDEO, "related": RELATED}
        | {"editions": ", ".join(EDITIONS.values())},
    )
    return [complete(page.document(), owner, draft)]


def language(page: Page) -> str | None:
    """The language the header tells by the one it offers besides."""
    if page.first(EDITIONS["en"]) is not None:
        return "zh-Hans" if rendition(page) == "gateway" else "zh-Hant"
    return "en" if page.first(EDITIONS["zh-Hant"]) is not None else None


def editions(page: Page, base: str) -> tuple[Edition, ...]:
    """The same release in the other language."""
    linked = [
        (language, link(base, image.parent), selector)
        for language, selector in EDITIONS.items()
        if (image := page.first(selector)) is not None and image.parent is not None
    ]
    return tuple(
        Edition(language=language, url=url, rule=selector)
        for language, url, selector in linked
        if url and url != urls.canonical(base)
    )


def photos(page: Page, base: str) -> tuple[Image, ...]:
    """Photos at full size with their captions."""
    linked = distinct_links(page, PHOTO, base)
    return tuple(
        Image(url=url, caption=page.attribute(node, "title") or None, position=position)
        for position, (url, node) in enumerate(linked.items())
    )


def attachments(page: Page, base: str) -> tuple[Attachment, ...]:
    """Annexes with their labels."""
    linked = distinct_links(page, ATTACHMENT, base)
    return tuple(
        Attachment(url=url, label=page.words(node) or None, media_type=media_type(url), position=position)
        for position, (url, node) in enumerate(linked.items())
    )


def videos(page: Page, base: str) -> tuple[Video, ...]:
    """Films, each under the name that stands before its link."""
    named: dict[str, str | None] = {}
    name = None
    for node in page.all(VIDEO):
        if node.tag != "a":
            name = page.words(node) or None
        elif url := link(base, node):
            named.setdefault(url, name)
    return tuple(Video(url=url, label=label, position=position) for position, (url, label) in enumerate(named.items()))


def related(page: Page, base: str) -> tuple[str, ...]:
    """Other releases it refers to."""
    return tuple(url for url in distinct_links(page, RELATED, base) if urls.native_id(url))
