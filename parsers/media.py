"""What an article holds besides text: pictures with their captions, documents to take along, films, links.

For pages and feeds that mark these up as HTML means them (`img`, `figure`, `a`, `video`, `iframe`).
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import replace

from selectolax.lexbor import LexborNode

from parsers.article import is_left_out
from parsers.links import linked
from parsers.page import Page, absolute, link, media_type
from parsers.pictures import is_of_a_release, written_address
from parsers.records import Attachment, Image, Link, Video

IMAGES = "img"
DOCUMENTS = "a[href]"
VIDEOS = "video[src], video source[src], iframe[src]"

MOST = 500  # elements of each kind that are looked at
NEAR = 4  # levels above a picture in which its figure is looked for

_PLAYER = re.compile(
    r"youtube|vimeo|dailymotion|brightcove|kaltura|jwplayer|wecast|/embed/|video|player", re.IGNORECASE
)


Nodes = Iterable[LexborNode]


def images(page: Page, roots: Nodes, base: str, *, without: Collection[LexborNode] = ()) -> tuple[Image, ...]:
    """Pictures, each once, with the words of their figure or their alternative text; `without` names inner elements."""
    named: dict[str, str | None] = {}
    for node in _found(roots, IMAGES, without):
        url = picture(base, node)
        if url and url not in named:
            named[url] = caption(page, node)
    return tuple(Image(url=url, caption=said, position=at) for at, (url, said) in enumerate(named.items()))


def attachments(page: Page, roots: Nodes, base: str, *, without: Collection[LexborNode] = ()) -> tuple[Attachment, ...]:
    """Links to documents, each once, with their labels."""
    labels: dict[str, str] = {}
    for node in _found(roots, DOCUMENTS, without):
        url = link(base, node)
        if url and media_type(url):
            labels[url] = labels.get(url) or page.label(node)
    return tuple(
        Attachment(url=url, label=label or None, media_type=media_type(url), position=at)
        for at, (url, label) in enumerate(labels.items())
    )


def videos(page: Page, roots: Nodes, base: str, *, without: Collection[LexborNode] = ()) -> tuple[Video, ...]:
    """Films and the frames of those who play them, each once."""
    named: dict[str, str] = {}
    for node in _found(roots, VIDEOS, without):
        url = link(base, node, "src")
        if url and (node.tag != "iframe" or _PLAYER.search(url)):
            named.setdefault(url, page.attribute(node, "title"))
    return tuple(Video(url=url, label=label or None, position=at) for at, (url, label) in enumerate(named.items()))


def links(
    page: Page, roots: Nodes, base: str, own: str | None, *, without: Collection[LexborNode] = ()
) -> tuple[Link, ...]:
    """Where a text links to, each address once, with the words of the link; nothing within the page itself."""
    silent = replace(page, notes=Counter())  # what the gate finds in these words was counted with the text
    skipped = {node.mem_id for node in without}
    anchors = (
        node
        for root in roots
        for node in root.css(DOCUMENTS)[:MOST]
        if not (node.attributes["href"] or "").lstrip().startswith("#") and not _is_apart(node, root, skipped)
    )
    return linked(((url, silent.label(node)) for node in anchors if (url := link(base, node))), own)


def caption(page: Page, picture: LexborNode) -> str | None:
    """The words of the figure around a picture, else its alternative text."""
    around = picture.parent
    for _ in range(NEAR):
        if around is None or around.tag == "figure":
            break
        around = around.parent
    said = page.words(around.css_first("figcaption")) if around is not None and around.tag == "figure" else ""
    return said or page.attribute(picture, "alt") or None


def _found(roots: Nodes, selector: str, without: Collection[LexborNode]) -> list[LexborNode]:
    skipped = {inner.mem_id for node in without for inner in node.css(selector)}
    return [node for root in roots for node in root.css(selector) if node.mem_id not in skipped][:MOST]


def _is_apart(node: LexborNode, root: LexborNode, skipped: Collection[int]) -> bool:
    """Whether an element stands in a part of the page that is not read as text."""
    around: LexborNode | None = node
    while around is not None and around.mem_id != root.mem_id:
        if around.mem_id in skipped or is_left_out(around):
            return True
        around = around.parent
    return False


def picture(base: str, node: LexborNode) -> str | None:
    """The address of a picture of the release; None for an element that shows none."""
    told = node.attributes
    url = absolute(base, written_address(told))
    return url if url and is_of_a_release(told, url) else None
