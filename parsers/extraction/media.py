"""Pictures, files and videos that belong to an article, and the links of its text."""

import re
from collections.abc import Iterator
from itertools import islice, takewhile
from urllib.parse import urljoin

from lxml.html import HtmlElement

from parsers import urls
from parsers.extraction.outline import SKIPPED, is_hidden
from parsers.extraction.second_opinion import names_chrome
from parsers.extraction.tree import attributes, words
from parsers.layout import tidy
from parsers.links import linked
from parsers.pictures import is_of_a_release, written_address
from parsers.records import Attachment, Image, Link, Video
from parsers.text import gate
from sources.media_types import by_name

MOST = 500  # elements looked at, of each kind
MOST_ANCHORS = 5_000  # a page may nest the parts of a text, and then each is met again and again

_FILES = re.compile(r"\.(pdf|docx?|xlsx?|pptx?|odt|zip|csv)(?:[?#]|$)", re.IGNORECASE)
_PLAYERS = re.compile("youtube|vimeo|video|player", re.IGNORECASE)
_BESIDE = frozenset({"nav", "aside", "footer", "menu"})
_SMALLEST = 60  # pixels; what states less is an icon


def scope_of(place: HtmlElement) -> HtmlElement:
    """The element whose pictures and files belong to an article: what the page calls article or main, if it does."""
    around = (place, *place.iterancestors())
    return next((one for one in around if one.tag in ("article", "main") or one.get("role") == "main"), place)


def selector_of(place: HtmlElement) -> str:
    """A CSS selector that names an element."""
    identity, classes = place.get("id"), (place.get("class") or "").split()
    return (f"{place.tag}#{identity}" if identity else f"{place.tag}.{classes[0]}" if classes else place.tag)[:200]


def images_of(scope: HtmlElement, base: str) -> tuple[Image, ...]:
    """Pictures by address, each once; the caption is that of its figure, else what stands for it as text."""
    images: dict[str, Image] = {}
    for tag in _within(scope, "img"):
        told = attributes(tag)
        url = absolute(base, written_address(told))
        if url and url not in images and not _is_icon(tag) and is_of_a_release(told, url):
            images[url] = Image(url=url, caption=_caption(tag) or _told(tag.get("alt")), position=len(images))
    return tuple(images.values())


def attachments_of(scope: HtmlElement, base: str) -> tuple[Attachment, ...]:
    """Linked files by address, with what the link says."""
    files: dict[str, Attachment] = {}
    for tag in _within(scope, "a"):
        ending = _FILES.search(tag.get("href") or "")
        url = absolute(base, tag.get("href")) if ending else None
        if url and ending and url not in files:
            kind = by_name(f"file.{ending[1]}")
            files[url] = Attachment(url=url, label=_told(words(tag)), media_type=kind, position=len(files))
    return tuple(files.values())


def videos_of(scope: HtmlElement, base: str) -> tuple[Video, ...]:
    """Videos by address, those in frames too."""
    videos: dict[str, Video] = {}
    for tag in _within(scope, "video", "iframe", "source"):
        url = absolute(base, tag.get("src"))
        is_video = tag.tag != "iframe" or _PLAYERS.search(tag.get("src") or "")
        if url and is_video and url not in videos and tag.getparent().tag not in ("picture", "audio"):
            videos[url] = Video(url=url, label=_told(tag.get("title")), position=len(videos))
    return tuple(videos.values())


def links_of(elements: list[HtmlElement], base: str, own: str | None) -> tuple[Link, ...]:
    """Where these elements link to, each address once, with the words of the link; nothing within the page itself."""
    tags = ((tag, element) for element in elements for tag in element.iter("a"))
    written = (
        (absolute(base, tag.get("href")) or "", words(tag) or tag.get("title") or "")
        for tag, element in islice(tags, MOST_ANCHORS)
        if not (tag.get("href") or "").lstrip().startswith("#") and not _stands_beside(tag, element)
    )
    return linked(written, own)


def absolute(base: str, link: str | None) -> str | None:
    """The http address of a link, or None: relative links of a page without address lead nowhere."""
    if not link or not link.strip():
        return None
    try:
        joined = urljoin(base, link.strip())
    except ValueError:
        return None
    return urls.canonical(joined)


def _within(scope: HtmlElement, *names: str) -> Iterator[HtmlElement]:
    """Elements of an article that do not stand in menus, sidebars or boxes named as such."""
    beyond = {scope, *scope.iterancestors()}
    for tag in islice(scope.iter(*names), MOST):
        inner = takewhile(lambda around: around not in beyond, tag.iterancestors())
        if not any(_is_beside(around) for around in inner):
            yield tag


def _stands_beside(tag: HtmlElement, root: HtmlElement) -> bool:
    """Whether an element is hidden, or stands in a menu or a sidebar inside another."""
    inner = takewhile(lambda around: around is not root, tag.iterancestors())
    return is_hidden(tag) or any(_is_beside(one) or one.tag in SKIPPED or is_hidden(one) for one in inner)


def _is_beside(element: HtmlElement) -> bool:
    name = f"{element.get('class') or ''} {element.get('id') or ''}".strip()
    return element.tag in _BESIDE or names_chrome(name)


def _is_icon(tag: HtmlElement) -> bool:
    sizes = (tag.get("width") or "", tag.get("height") or "")
    return any(size.isdecimal() and int(size) < _SMALLEST for size in sizes)


def _caption(tag: HtmlElement) -> str | None:
    figure = next((one for one in islice(tag.iterancestors(), 4) if one.tag == "figure"), None)
    caption = figure.find(".//figcaption") if figure is not None else None
    return _told(words(caption)) if caption is not None else None


def _told(text: str | None) -> str | None:
    return tidy(gate(text).text) or None if text else None
