"""info.gov.hk: press releases of the Hong Kong Government, English and Traditional Chinese, layout since 2017.

https://www.info.gov.hk/gia/general/202511/27/P2025112700501.htm

- The text is broken by `br` and indented by no-break or full-width spaces; tables stand among it.
- It ends with its own day and time (`Ends/Thursday, November 27, 2025`, `Issued at HKT 15:55`, `NNNN`; `完`,
  `2025年11月29日（星期六）`, `香港時間9時00分`). These count; folder and number may name another day.
- The right column is there twice under one id, and in pages that a browser saved a third time inside the text.
- The other language has another number, which only the header links to. The gateway sc.isd.gov.hk converts the
  Chinese page to simplified script.
"""

import re
from collections.abc import Sequence
from urllib.parse import unquote

from parsers import dates, urls
from parsers.article import Part, blocks_of, opening, parts_of
from parsers.document import provenance
from parsers.draft import Draft, complete
from parsers.frame import Dated, Fact
from parsers.layout import tidy
from parsers.page import Page, distinct_links, known_address, link, media_type, open_page, own_address
from parsers.records import Attachment, Edition, Image, Rejection, Release, Video
from sources.capture import Capture

PARSER = "hk_gia/1"
PUBLISHER = "info.gov.hk"
BASE = "https://www.info.gov.hk/"
ZONE = "Asia/Hong_Kong"

TITLE = "#PRHeadlineSpan"
BODY = "#pressrelease"
NOT_BODY = ".controlDisplay2, #pressrelease #rightContent"
FOOTER = ".mB15.f15"
PHOTO = "a.fancybox[href]"
ATTACHMENT = "a.attach_text[href]"
VIDEO = ".resAV .video_text, .resAV a[href]"
RELATED = "a.contentref_text[href]"
EDITIONS = {"en": "img#hdrENLnk", "zh-Hant": "img#hdrTCLnk"}
SHARE = "a.icon_mailto[href]"

_LAYOUT = re.compile(rb"\bPRHeadlineSpan\b")
_ISSUED = re.compile(
    r"Ends?\s?/\s?[A-Z][a-z]+day,?\s.{8,20}|Issued\sat\sHKT\s?\d{1,2}[:.]?\d\d"
    r"|\d{4}年\d{1,2}月\d{1,2}日(?:（星期.）)?|香港[時时][間间]\s?\d{1,2}[時时]\d{1,2}分"
)
_END_MARK = re.compile(r"完|NNNN|Ends?/?", re.IGNORECASE)
_SHARED = re.compile(r"[?&]body=([^&]+)")
_SAMPLE = 800  # characters that tell the language


def recognises(capture: Capture) -> bool:
    """Whether this is a release in this layout."""
    return _LAYOUT.search(capture.body) is not None and is_release(capture)


def is_release(capture: Capture) -> bool:
    """Whether the address is one of a release, or unknown while the page says whose it is."""
    address = known_address(capture)
    if address is None:
        return b"info.gov.hk/gia/" in capture.body and b"pressrelease" in capture.body
    owner = urls.publisher_of(address)
    return owner is not None and owner.key == PUBLISHER and urls.native_id(address) is not None


def read(capture: Capture) -> list[Release | Rejection]:
    """The one release of a page."""
    page = open_page(capture, PARSER)
    if isinstance(page, Rejection):
        return [page]
    title, body = page.words(page.first(TITLE)), page.first(BODY)
    if not title or body is None:
        missing = f"body: the page has no {BODY}" if title else f"title: the page has no text at {TITLE}"
        return [Rejection("parse", missing, PARSER)]
    parts = parts_of(page, body, without=page.all(NOT_BODY))
    return [release(page, Fact(title, TITLE, title), parts, PARSER)]


def release(page: Page, title: Fact, parts: Sequence[Part], parser: str) -> Release:
    """The record of a page in whichever layout, from its headline and all that stands below it."""
    end, closing = closing_lines(parts)
    closing = closing or "\n".join(page.words(node) for node in page.all(FOOTER))
    story = parts[:end]
    address, address_at = own_address(page) or share_address(page) or (None, "")
    whose = provenance(
        page.document(""),
        page_url=address,
        page_url_at=address_at,
        page_language=declared_language(page),
        sample=f"{title.value}\n{opening(story, _SAMPLE)}\n{closing}",
    )
    base = whose.url or BASE
    draft = Draft(
        parser=parser,
        rendition=urls.rendition_of(known_address(page.capture) or base),
        blocks=blocks_of(story),
        body_at=BODY,
        titles=[title],
        published=issued(closing),
        images=photos(page, base),
        attachments=attachments(page, base),
        videos=videos(page, base),
        editions=editions(page, base),
        related=related(page, base),
        places={"images": PHOTO, "attachments": ATTACHMENT, "videos": VIDEO, "related": RELATED}
        | {"editions": ", ".join(EDITIONS.values())},
    )
    return complete(page.document(""), whose, draft)


def closing_lines(parts: Sequence[Part]) -> tuple[int, str]:
    """Where the closing lines begin, and the day and time they state; the end where there are none."""
    lines = [tidy(part) if isinstance(part, str) else "a block" for part in parts]
    last = len(lines)
    while last and not _ISSUED.fullmatch(lines[last - 1]):
        last -= 1
    if not last:
        return len(lines), ""
    first = last
    while first and (not lines[first - 1] or _ISSUED.fullmatch(lines[first - 1]) or _END_MARK.fullmatch(lines[first - 1])):
        first -= 1
    return first, "\n".join(line for line in lines[first:last] if _ISSUED.fullmatch(line))


def issued(closing: str) -> list[Dated]:
    """Day and minute of issue."""
    found = dates.read(closing, zone=ZONE)
    return [Dated(found, "closing lines", closing)] if found and found.on and found.year_given else []


def declared_language(page: Page) -> str | None:
    """The language the header tells by those it offers besides."""
    if page.first(EDITIONS["en"]) is not None:
        return "zh-Hans" if urls.rendition_of(known_address(page.capture) or BASE) == "gateway" else "zh-Hant"
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


def share_address(page: Page) -> tuple[str, str] | None:
    """The address of the page in its link for sharing it by mail."""
    node = page.first(SHARE)
    shared = _SHARED.search(node.attributes.get("href") or "") if node is not None else None
    return (unquote(shared[1]), SHARE) if shared else None
