"""info.gov.hk: the layout of 2007 to 2016, and the print twins of this and of the later one.

https://www.info.gov.hk/gia/general/201508/27/P201508270980.htm
https://www.info.gov.hk/gia/general/201508/27/P201508270980_print.htm
https://www.info.gov.hk/gia/general/202209/27/P2022092700448p.htm

- The headline is the first line of the text, with a row of stars below it; the `title` tag repeats it.
- Days of the Chinese pages may be in full-width figures.
- Links tell by their words and addresses what they are: the other language, a photo, an annex.
"""

import re
from collections.abc import Sequence

from parsers import urls
from parsers.article import Part, blocks_of, parts_of
from parsers.draft import Draft, complete
from parsers.frame import Fact
from parsers.furniture import is_furniture
from parsers.layout import join_wrapped, tidy
from parsers.media import links
from parsers.page import Page, distinct_links, known_address, media_type, open_page
from parsers.records import Attachment, Edition, Image, Rejection, Release
from parsers.sites.hk_gia import BASE, closing_lines, is_release, issued, rendition, whose
from parsers.text import fold_title
from sources.capture import Capture

PARSER = "hk_gia_2007/1"

TITLE = "title"
BODY = ("#pressrelease", "#contentBody", "body")
PHOTO = 'a[href*="_photo_"]'
ATTACHMENT = 'a[href$=".pdf"]'
CHROME = "#header, #rightContent, #footer"
OTHER_LANGUAGE = 'a[href*="/P"]'
LANGUAGES = {"english": "en", "english version": "en", "英文版": "en", "英文": "en", "traditional chinese": "zh-Hant"}
LANGUAGES |= dict.fromkeys(("繁體版", "繁體中文", "繁體", "中文版", "chinese version"), "zh-Hant")

_STARS = re.compile("[*＊]{5,}")
_STARS_BELOW = re.compile(rb"\*{5}|(?:\xef\xbc\x8a){5}|(?:\xa1\xaf){5}")  # ASCII; full-width in UTF-8 and Big5
_HEAD = 40  # lines in which the row of stars is looked for


def recognises(capture: Capture) -> bool:
    """Whether this is a release in this layout; the later one is asked first."""
    is_print = urls.rendition_of(known_address(capture) or BASE) == "print"
    laid_out = b"pressrelease" in capture.body or (is_print and _STARS_BELOW.search(capture.body) is not None)
    return laid_out and is_release(capture)


def read(capture: Capture) -> list[Release | Rejection]:
    """The one release of a page."""
    page = open_page(capture, PARSER)
    if isinstance(page, Rejection):
        return [page]
    place = next((selector for selector in BODY if page.first(selector) is not None), "")
    root = page.first(place) if place else None
    parts = parts_of(page, root) if root is not None else []
    titles, start = headline(page, parts)
    end, closing = closing_lines(parts)
    if not titles or (place != BODY[0] and not (start and closing)):
        missing = f"title: neither a row of stars nor {TITLE}" if not titles else f"body: the page has no {BODY[0]}"
        return [Rejection("parse", missing, PARSER)]
    owner = whose(page, titles[0].value, parts[start:end], closing, None)
    base = owner.url or BASE
    draft = Draft(
        parser=PARSER,
        rendition=rendition(page, owner.language),
        blocks=blocks_of(parts[start:end]),
        body_at=place,
        titles=titles,
        published=issued(closing),
        images=photos(page, base),
        attachments=attachments(page, base),
        editions=editions(page, base, owner.url),
        links=links(page, [root] if root is not None else [], base, owner.url, without=page.all(CHROME)),
        places={"images": PHOTO, "attachments": ATTACHMENT, "editions": OTHER_LANGUAGE},
    )
    return [complete(page.document(), owner, draft)]


def headline(page: Page, parts: Sequence[Part]) -> tuple[list[Fact], int]:
    """The headline above the stars and the one the page names, and where the story begins."""
    lines = [tidy(part) if isinstance(part, str) else "" for part in parts[:_HEAD]]
    named = page.words(page.first(TITLE))
    titles = [Fact(named, TITLE, named)] if named else []
    stars = next((index for index, line in enumerate(lines) if _STARS.fullmatch(line)), None)
    if stars is None:
        repeats = [index for index, line in enumerate(lines) if line and fold_title(line) == fold_title(named)]
        return titles, repeats[-1] + 1 if repeats else 0
    above = [line for line in lines[:stars] if line and not is_furniture(line, at_edge=True)]
    printed = join_wrapped(above[-1:])
    return ([Fact(printed, "line above the stars", printed)] if printed else []) + titles, stars + 1


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


def editions(page: Page, base: str, own: str | None) -> tuple[Edition, ...]:
    """The same release in the other language: the link whose words name it."""
    linked = distinct_links(page, OTHER_LANGUAGE, base)
    named = [(LANGUAGES.get(page.label(node).casefold()), url) for url, node in linked.items()]
    return tuple(
        Edition(language=language, url=url, rule=OTHER_LANGUAGE) for language, url in named if language and url != own
    )
