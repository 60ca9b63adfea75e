"""Any HTML page, by a plain reading of its structure: what names itself the article, else where most text is."""

import re
from collections.abc import Iterator
from itertools import islice
from urllib.parse import urljoin

from bs4 import BeautifulSoup, Tag

from parsers import urls
from parsers.document import Document, open_document, provenance
from parsers.draft import Draft, complete, stated_title
from parsers.html_blocks import is_dropped, pieces_of, tags_of, words_of
from parsers.page_facts import Tags, address_and_language, by_name, facts_of
from parsers.pieces import STORY_BEGINS, Piece, settle
from parsers.records import Attachment, Image, Rejection, Release, Video
from parsers.text import fold_title
from sources.capture import Capture

PARSER = "generic_html/1"
LARGEST = 8_000_000  # characters; a larger tree does not fit the memory a document may take
MOST_TAGS = 100_000
DEEPEST = 1_000  # levels of nesting
ENOUGH_TEXT = 200  # characters that an element must hold to be taken for the article

_FILES = re.compile(r"\.(pdf|docx?|xlsx?|pptx?|odt|zip|csv)(?:[?#]|$)", re.IGNORECASE)
_MEDIA_TYPES = {
    "pdf": "application/pdf",
    "doc": "application/msword",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xls": "application/vnd.ms-excel",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv",
}
_MOST_LINKS = 500  # elements looked at for images, attachments and videos, each


def read(capture: Capture) -> list[Release | Rejection]:
    """The one release of a page."""
    document = open_document(capture, PARSER, markup=True)
    if isinstance(document, Rejection):
        return [document]
    if len(document.text) > LARGEST:
        return [
            Rejection("parse", f"{len(document.text)} characters are more than the {LARGEST} a page may have", PARSER)
        ]
    if document.text.count("<") > MOST_TAGS:
        return [Rejection("parse", f"more than {MOST_TAGS} tags: no page of a release is like that", PARSER)]
    soup = BeautifulSoup(document.text, "lxml")
    if _depth(soup) > DEEPEST:
        return [Rejection("parse", f"its elements are nested more than {DEEPEST} deep", PARSER)]
    tags = by_name(soup)
    root = article_of(tags)
    if root is None:
        return [Rejection("parse", "the page has no body", PARSER)]
    return [_release(document, tags, root)]


def _depth(soup: BeautifulSoup) -> int:
    """How deep the tree goes, counted level by level; stops counting beyond the limit."""
    level: list[Tag] = [soup]
    depth = 0
    while level and depth <= DEEPEST:
        level = [child for tag in level for child in tag.contents if isinstance(child, Tag)]
        depth += 1
    return depth


def article_of(tags: Tags) -> Tag | None:
    """The element that holds the article: one that says so, else the one with most paragraph text, else the body."""
    for named in (tags.get("article", ())[:20], tags.get("main", ())[:5], _marked(tags)):
        sized = [(len(words_of(tag)), -place, tag) for place, tag in enumerate(named)]
        largest = max(sized, default=None, key=lambda entry: entry[:2])
        if largest and largest[0] >= ENOUGH_TEXT:
            return largest[2]
    body = next(iter(tags.get("body", ())), None)
    weights: dict[int, int] = {}
    parents: dict[int, Tag] = {}
    for paragraph in tags.get("p", ())[:5_000]:
        parent = paragraph.parent
        if parent is not None and not _inside_dropped(paragraph):
            weights[id(parent)] = weights.get(id(parent), 0) + len(paragraph.get_text())
            parents[id(parent)] = parent
    heaviest = max(weights, key=lambda key: weights[key], default=None)
    if heaviest is not None and weights[heaviest] >= ENOUGH_TEXT and 2 * weights[heaviest] > sum(weights.values()):
        return _with_heading(parents[heaviest], body)
    return body


def _marked(tags: Tags) -> list[Tag]:
    """Elements marked as the article by schema.org or as main content by ARIA."""
    boxes = [tag for name in ("div", "section") for tag in tags.get(name, ())]
    return [tag for tag in boxes if tag.get("itemprop") == "articleBody" or tag.get("role") == "main"][:20]


def _inside_dropped(tag: Tag) -> bool:
    """Only the near ancestors are looked at: pages may nest without end."""
    for depth, parent in enumerate(tag.parents):
        if depth > 12:
            return False
        if is_dropped(parent):
            return True
    return False


def _with_heading(article: Tag, body: Tag | None) -> Tag:
    """The article, or an element around it that also holds the page's headline and not much else."""
    size = len(article.get_text())
    candidate = article
    for depth, parent in enumerate(article.parents):
        if depth > 4 or parent is body or len(parent.get_text()) > size + 600:
            break
        candidate = parent
    return candidate


def _release(document: Document, tags: Tags, root: Tag) -> Release:
    page_url, page_language = address_and_language(tags)
    pieces = _without_menus(pieces_of(root), whole_page=root.name == "body")
    sample = "\n".join(line for piece in pieces for line in (piece.lines or (piece.block.text if piece.block else "",)))
    whose = provenance(document, page_url=page_url, page_language=page_language, sample=sample)
    facts = facts_of(tags, zone=whose.zone, day_first=whose.day_first)
    first = facts.titles[0].value if facts.titles else stated_title(document) or None
    body = _below_title({fold_title(title.value) for title in facts.titles}, pieces)
    frame, blocks = settle(body, zone=whose.zone, day_first=whose.day_first, title=first)
    base = whose.url or page_url or document.capture.stated.url or ""
    draft = Draft(
        parser=PARSER,
        rendition=urls.rendition_of(document.capture.url or document.capture.stated.url or page_url or ""),
        blocks=blocks,
        body_at=_locator(root),
        titles=[*facts.titles, *([frame.title] if frame.title else [])],
        published=[*facts.published, *frame.published],
        updated=[*facts.updated, *frame.updated],
        source=frame.source or facts.source,
        office=frame.office,
        images=_images(root, base),
        attachments=_attachments(root, base),
        videos=_videos(root, base),
    )
    return complete(document, whose, draft)


def _without_menus(pieces: list[Piece], *, whole_page: bool) -> list[Piece]:
    """The pieces without what is all links at either end, and without all menus where no article names itself."""
    if whole_page:
        return [piece for piece in pieces if not piece.linked]
    start = next((index for index, piece in enumerate(pieces) if not piece.linked), len(pieces))
    end = next((index for index in range(len(pieces), start, -1) if not pieces[index - 1].linked), start)
    return pieces[start:end]


def _below_title(known: set[str], pieces: list[Piece]) -> list[Piece]:
    """The pieces below the page's title, when no paragraph of the story stands above it; no copies of it."""
    start = 0
    for index, piece in enumerate(pieces):
        if piece.lines and len(piece.lines[0]) >= STORY_BEGINS:
            break
        if piece.lines and fold_title(" ".join(piece.lines)) in known:
            start = index + 1
    return [piece for piece in pieces[start:] if not (piece.level and fold_title(" ".join(piece.lines)) in known)]


def _locator(root: Tag) -> str:
    """A CSS-like name of the element the body was read from."""
    identity = root.get("id")
    classes = root.get("class")
    if isinstance(identity, str) and identity:
        return f"{root.name}#{identity}"[:200]
    return (f"{root.name}.{classes[0]}" if isinstance(classes, list) and classes else root.name)[:200]


def _absolute(base: str, link: object) -> str | None:
    """An http address of a link, or None: relative links of a page without address lead nowhere."""
    if not isinstance(link, str) or not link.strip():
        return None
    try:
        joined = urljoin(base, link.strip())
    except ValueError:
        return None
    return urls.canonical(joined)


def _named(root: Tag, *names: str) -> Iterator[Tag]:
    return islice((tag for tag in tags_of(root) if tag.name in names), _MOST_LINKS)


def _images(root: Tag, base: str) -> tuple[Image, ...]:
    images: dict[str, Image] = {}
    for tag in _named(root, "img"):
        url = _absolute(base, tag.get("src"))
        if url and url not in images:
            images[url] = Image(url=url, caption=_words(tag.get("alt")), position=len(images))
    return tuple(images.values())


def _attachments(root: Tag, base: str) -> tuple[Attachment, ...]:
    attachments: dict[str, Attachment] = {}
    for tag in _named(root, "a"):
        ending = _FILES.search(str(tag.get("href") or ""))
        url = _absolute(base, tag.get("href")) if ending else None
        if url and ending and url not in attachments:
            kind = _MEDIA_TYPES.get(ending[1].lower())
            label = words_of(tag) or None
            attachments[url] = Attachment(url=url, label=label, media_type=kind, position=len(attachments))
    return tuple(attachments.values())


def _videos(root: Tag, base: str) -> tuple[Video, ...]:
    videos: dict[str, Video] = {}
    for tag in _named(root, "video", "iframe", "source"):
        url = _absolute(base, tag.get("src"))
        is_video = tag.name != "iframe" or re.search(r"youtube|vimeo|video|player", str(tag.get("src")), re.IGNORECASE)
        if url and is_video and url not in videos:
            videos[url] = Video(url=url, label=_words(tag.get("title")), position=len(videos))
    return tuple(videos.values())


def _words(value: object) -> str | None:
    return " ".join(value.split()) or None if isinstance(value, str) else None
