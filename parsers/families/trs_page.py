"""The parts of a page of TRS, the content system of most Chinese government sites, and of sites of its kind.

What the layouts share: metas whose names vary in case and whose block may repeat; a text in an editor's box with
style sheets inside; above it, in whatever markup, the headline and a line of labelled facts; pictures and files
named after the time of upload (`W020250226...jpg`, `P020250226...pdf`) beside the page.
"""

import html
import re
from collections.abc import Iterator, Sequence
from itertools import takewhile
from typing import Literal

from selectolax.lexbor import LexborNode

from parsers.article import Part, parts_of
from parsers.blocks import plain_parts
from parsers.frame import Fact
from parsers.html_blocks import BLOCKS
from parsers.layout import join_wrapped, tidy
from parsers.media import picture
from parsers.page import Page, link, media_type
from parsers.pictures import written_address
from parsers.records import Attachment, Image, Video
from parsers.text import fold_title

HEADINGS = "h1, h2, h3, h4, [class*=title], [class*=Title], [id*=title], [id*=Title], #ti"
PRINTED = ".news_header_title, #News_Body_Title, .bigtitle, #ti, .Artical_Title"
VIDEOS = "video[src], video source[src]"
LINKS = "a[href]"
UPLOADED = re.compile(r"(?:^|/)P0\d{12,}\.(?!jpe?g|png|gif|bmp)\w{2,5}$", re.IGNORECASE)

MOST_BOXES = 20  # of each kind that are looked at: a hostile page may nest them without end
MOST_HEADINGS = 60
NEARLY_ALL = 0.8  # share of the text that a closer box must hold to be preferred
LONGEST_HEADLINE = 400  # characters
LONGEST_CAPTION = 200
LINES_OF_HEADLINE = 8  # blank ones too
HIGHEST = 4  # levels above the text in which its head is looked for when the headline is not known

_CENTRED = re.compile(r"text-align\s*:\s*center", re.IGNORECASE)
_CAPTION = re.compile(r"[图圖摄攝]|\b(?:photo|picture|image)", re.IGNORECASE)
_FILE_NAME = re.compile(r"\S+\.(?:jpe?g|png|gif|bmp|webp)", re.IGNORECASE)
_ICON = re.compile(r"/fileTypeImages/|/icon_|^data:", re.IGNORECASE)


def metas(page: Page) -> dict[str, str]:
    """What the metas say, by names in lower case; of a name that repeats the first that says something.

    Some portals escape them twice.
    """
    told: dict[str, str] = {}
    for node in page.all("meta[name][content]"):
        if value := tidy(page.gated(html.unescape(node.attributes.get("content") or ""))):
            told.setdefault(page.attribute(node, "name").lower(), value)
    return told


def text_box(page: Page, selectors: Sequence[str]) -> tuple[str, LexborNode] | None:
    """The element that holds the text and its selector: the first in their order with nearly all of it."""
    for node in page.all("style, script"):
        node.decompose()  # editors leave style sheets within the text
    boxes = [(selector, node) for selector in selectors for node in page.all(selector)[:MOST_BOXES]]
    sizes = [len(node.text()) for _, node in boxes]
    return next((box for box, size in zip(boxes, sizes, strict=True) if size >= NEARLY_ALL * max(sizes)), None)


def squash(text: str) -> str:
    """A headline as it is compared: folded, without its spaces."""
    return "".join(fold_title(text).split())


def headline(page: Page, box: LexborNode, place: str, *, named: str, whole: str) -> LexborNode | None:
    """The element above the text that prints the headline; `place` is the selector that found the text.

    `named` is what the metas call the article, `whole` the page's title, which begins with the headline. Lists of
    other headlines may stand above it.
    """
    wanted = squash(named)
    near = [node for node in _above(page, box, place) if len(node.text()) <= LONGEST_HEADLINE]
    short = [(node, words) for node in near if (words := squash(words_of(page, node)))]
    if wanted and (exact := [node for node, words in short if words == wanted]):
        return exact[-1]
    printed = {node.mem_id for node in page.all(PRINTED)}
    if marked := [node for node, _ in short if node.mem_id in printed]:
        return marked[-1]
    begun = [node for node, words in short if len(words) > 3 and squash(whole).startswith(words)]
    return begun[-1] if begun and not wanted else None


def _above(page: Page, box: LexborNode, place: str) -> list[LexborNode]:
    """The last elements like headings that begin before the text."""
    found = {node.mem_id: node for node in page.all(f"{HEADINGS}, {place}")}
    before = list(takewhile(lambda node: node.mem_id != box.mem_id, found.values()))
    return before[-MOST_HEADINGS:]


def words_of(page: Page, node: LexborNode | None) -> str:
    """The words of a heading on one line, which may be broken inside."""
    lines = [part for part in parts_of(page, node) if isinstance(part, str)] if node is not None else []
    return join_wrapped([tidy(line) for line in lines])


def subtitle(page: Page, title: LexborNode | None) -> Fact | None:
    """The smaller heading right below the headline."""
    below = title.next if title is not None else None
    while below is not None and not tidy(below.text()):
        below = below.next
    if title is None or below is None or below.tag not in ("h2", "h3", "h4", "h5") or below.tag <= (title.tag or ""):
        return None
    words = words_of(page, below)
    return Fact(words, place_of(below), words) if len(words) <= LONGEST_HEADLINE else None


def below_headline(parts: list[Part], title: str) -> list[Part]:
    """The parts without lines at their beginning that repeat the headline, which may be broken."""
    repeated = ""
    for at, part in enumerate(parts[:LINES_OF_HEADLINE]):
        repeated += part if isinstance(part, str) else part.text
        if (words := squash(repeated)) and words == squash(title):
            return parts[at + 1 :]
    return parts


def place_of(node: LexborNode) -> str:
    """What an element is called: `#id`, `tag.class` or `tag`."""
    name, told = node.tag or "", node.attributes
    if identity := (told.get("id") or "").split():
        return f"#{identity[0]}"
    classes = (told.get("class") or "").split()
    return f"{name}.{classes[0]}" if classes else name


def lines_above(page: Page, box: LexborNode, title: LexborNode | None) -> list[str]:
    """The lines between headline and text; those some levels above the text where the headline is not known."""
    known = {parent.mem_id for parent in _parents(title)} if title is not None else set()
    root = box
    for level, parent in enumerate(_parents(box), start=1):
        root = parent
        if parent.mem_id in known or (not known and level == HIGHEST):
            break
    outside = _beside(box, root, "next")
    if title is not None:
        outside += _beside(title, root, "prev")
    found = parts_of(page, root, without=outside)
    texts = [part if isinstance(part, str) else "\n".join(plain_parts([part])) for part in found]
    return [line for text in texts for raw in text.split("\n") if (line := tidy(raw))]


def _parents(node: LexborNode) -> Iterator[LexborNode]:
    while (parent := node.parent) is not None and parent.tag not in ("html", "-document", "-undef"):
        yield parent
        node = parent


def _beside(node: LexborNode, root: LexborNode, side: Literal["next", "prev"]) -> list[LexborNode]:
    """An element, and all that stands on one side of it below another."""
    found = [node]
    while node.mem_id != root.mem_id and node.parent is not None:
        beside = node.next if side == "next" else node.prev
        while beside is not None:
            found.append(beside)
            beside = beside.next if side == "next" else beside.prev
        node = node.parent
    return found


def pictures(page: Page, box: LexborNode) -> tuple[list[tuple[LexborNode, str | None]], list[LexborNode]]:
    """The pictures of a text with their captions, and the elements that hold nothing but captions."""
    found: list[tuple[LexborNode, str | None]] = []
    apart: list[LexborNode] = []
    for node in box.css("img"):
        written = written_address(node.attributes)
        if not written or _ICON.search(written):
            continue
        caption, holder = _caption(page, node, box)
        if holder is not None:
            apart.append(holder)
        found.append((node, caption))
    return found, apart


def _caption(page: Page, picture: LexborNode, box: LexborNode) -> tuple[str | None, LexborNode | None]:
    """The centred words in a picture's own paragraph or in the next, else its alternative text."""
    named = page.attribute(picture, "alt")
    alternative = None if not named or _FILE_NAME.fullmatch(named) else named
    own = picture
    while own.tag not in BLOCKS and own.parent is not None:
        own = own.parent
    if own.mem_id == box.mem_id:
        return alternative, None
    holder: LexborNode | None = own
    if not tidy(own.text()):
        holder = own.next
        while holder is not None and not tidy(holder.text()) and holder.css_first("img") is None:
            holder = holder.next
    if holder is None or not _is_caption(holder, own):
        return alternative, None
    return page.words(holder), holder


def _is_caption(node: LexborNode, own: LexborNode) -> bool:
    """Short centred words; in bold they may as well be a heading, unless they speak of a picture."""
    words = tidy(node.text())
    told = node.attributes
    centred = (told.get("align") or "").lower() == "center" or bool(_CENTRED.search(told.get("style") or ""))
    elsewhere = node.mem_id != own.mem_id and node.css_first("img") is not None
    if not centred or elsewhere or len(words) > LONGEST_CAPTION:
        return False
    return node.css_first("b, strong") is None or bool(_CAPTION.search(words))


def images(found: Sequence[tuple[LexborNode, str | None]], base: str) -> tuple[Image, ...]:
    """Pictures by their addresses, each once."""
    named: dict[str, str | None] = {}
    for node, caption in found:
        if url := picture(base, node):
            named.setdefault(url, caption)
    return tuple(Image(url=url, caption=caption, position=at) for at, (url, caption) in enumerate(named.items()))


def attachments(page: Page, box: LexborNode, base: str) -> tuple[Attachment, ...]:
    """Documents linked in the text, and uploaded ones wherever they are linked."""
    uploaded = [node for node in page.all(LINKS) if UPLOADED.search(node.attributes.get("href") or "")]
    labels: dict[str, str] = {}
    for node in [*box.css(LINKS), *uploaded]:
        url = link(base, node)
        if url and (media_type(url) or UPLOADED.search(url)):
            labels[url] = labels.get(url) or page.label(node)
    return tuple(
        Attachment(url=url, label=label or None, media_type=media_type(url), position=position)
        for position, (url, label) in enumerate(labels.items())
    )


def videos(page: Page, box: LexborNode, base: str) -> tuple[Video, ...]:
    """Films in the text."""
    named: dict[str, str] = {}
    for node in box.css(VIDEOS):
        if url := link(base, node, "src"):
            named.setdefault(url, page.attribute(node, "title"))
    return tuple(Video(url=url, label=label or None, position=at) for at, (url, label) in enumerate(named.items()))
