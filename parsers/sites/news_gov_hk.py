"""news.gov.hk: news edited by the Hong Kong Government, English and Traditional Chinese, layout since 2018.

https://www.news.gov.hk/eng/2025/06/20250625/20250625_192922_819.html

- The page states a day. The object id in its address is the time of creation: it completes that day when both name
  the same one.
- Pictures lie in a folder named after the object id, their files after the time of upload.
- Paragraphs are set apart by blank ones; the last line leads back to the top.
- The languages are written apart from each other and not linked; sc.news.gov.hk converts the Chinese one.
"""

from collections.abc import Sequence

from parsers import dates, urls
from parsers.article import Part, blocks_of, opening, parts_of
from parsers.datelines import Dated
from parsers.document import Provenance, provenance
from parsers.draft import Draft, complete
from parsers.frame import Fact
from parsers.furniture import is_furniture
from parsers.layout import tidy
from parsers.media import links, picture
from parsers.page import Page, known_address, open_page, own_address
from parsers.records import Image, Rejection, Release
from sources.capture import Capture

PARSER = "hk_news/2"
PUBLISHER = "news.gov.hk"
BASE = "https://www.news.gov.hk/"
ZONE = "Asia/Hong_Kong"

TITLE = "h1.news-title"
DATE = "span.news-date"
BODY = ".newsdetail-content"
IMAGE = "img"
CAPTION = "figcaption"

_LAYOUT = b"newsdetail-content"
_FOLDERS = {"/eng/": "en", "/chi/": "zh-Hant"}
_SAMPLE = 800  # characters that tell the language


def recognises(capture: Capture) -> bool:
    """Whether this is an article in this layout, by its address or, without one, by its parts."""
    address = known_address(capture)
    owner = urls.publisher_of(address) if address else None
    ours = (owner is not None and owner.key == PUBLISHER) or (address is None and b"news.gov.hk" in capture.body)
    return ours and _LAYOUT in capture.body


def read(capture: Capture) -> list[Release | Rejection]:
    """The one article of a page."""
    page = open_page(capture, PARSER)
    if isinstance(page, Rejection):
        return [page]
    title, body = page.words(page.first(TITLE)), page.first(BODY)
    if not title or body is None:
        missing = f"body: the page has no {BODY}" if title else f"title: there is no text at {TITLE}"
        return [Rejection("parse", missing, PARSER)]
    story = without_chrome(parts_of(page, body))
    address, place = own_address(page) or (None, "")
    owner = whose(page, title, story, address, place)
    draft = Draft(
        parser=PARSER,
        rendition=urls.rendition_of(known_address(capture) or BASE),
        blocks=blocks_of(story),
        body_at=BODY,
        titles=[Fact(title, TITLE, title)],
        published=stated_day(page),
        images=images(page, owner.url),
        links=links(page, [body], owner.url or BASE, owner.url),
        places={"images": IMAGE},
    )
    return [complete(page.document(), owner, draft)]


def whose(page: Page, title: str, story: Sequence[Part], address: str | None, place: str) -> Provenance:
    """Publisher, language and address; the folder in the address declares the language."""
    visited = known_address(page.capture) or address or ""
    declared = next((language for folder, language in _FOLDERS.items() if folder in visited), None)
    if declared == "zh-Hant" and urls.rendition_of(visited) == "gateway":
        declared = "zh-Hans"
    sample = f"{title}\n{opening(story, _SAMPLE)}"
    return provenance(page.document(), page_url=address, page_url_at=place, page_language=declared, sample=sample)


def without_chrome(parts: Sequence[Part]) -> list[Part]:
    """The story without the buttons that stand among it."""
    return [part for part in parts if not (isinstance(part, str) and is_furniture(tidy(part), at_edge=False))]


def stated_day(page: Page) -> list[Dated]:
    """The day below the headline."""
    written = page.words(page.first(DATE))
    found = dates.read(written, zone=ZONE)
    return [Dated(found, f"date line {DATE}", written)] if found and found.on and found.year_given else []


def images(page: Page, address: str | None) -> tuple[Image, ...]:
    """The pictures of this article, by the folder they lie in, with their captions."""
    number = urls.native_id(address) if address else None
    captions: dict[str, str | None] = {}
    for node in page.all(IMAGE):
        url = picture(address or BASE, node)
        if url and (number or "/images/") in url:
            figure = node.parent.css_first(CAPTION) if node.parent is not None else None
            captions.setdefault(url, page.words(figure) or page.attribute(node, "alt") or None)
    return tuple(Image(url=url, caption=caption, position=at) for at, (url, caption) in enumerate(captions.items()))
