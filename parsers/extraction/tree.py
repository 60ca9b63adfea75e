"""A page as lxml's tree, parsed once for all who read it."""

import re
from itertools import islice

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from parsers.layout import tidy
from parsers.pictures import written_address

LARGEST = 8_000_000  # characters; a larger tree does not fit the memory a document may take
MOST_TAGS = 100_000
DEEPEST = 1_000  # levels of nesting
SWALLOWED = 200  # elements in a noscript or its kin that hold the page itself: a tag inside was left open

# What no reader of a page sees. It goes before anything is read, since all of it would be walked again and again.
_UNSEEN = ("style", "noscript", "template", "svg", "canvas", "math", "object", "embed")
_ENDS = re.compile(r"</(?:html|body)\s{0,20}>", re.IGNORECASE)  # headers put together from parts close the page early
_OTHERS = re.compile("comment|related|recommend|teaser|side-?bar|promo|disqus|outbrain|more-news", re.IGNORECASE)
_TOO_DEEP = etree.XPath(f"boolean({'/*' * (DEEPEST + 1)})")


class TooLarge(ValueError):
    """A page that no publisher of releases writes; the message says what there is too much of."""


def plant(text: str) -> HtmlElement | None:
    """The tree of a page without comments and drawings; None when there is no element in it.

    TooLarge when it has more characters or tags than a page of a release may have.
    """
    if len(text) > LARGEST:
        raise TooLarge(f"{len(text)} characters are more than the {LARGEST} a page may have")
    if text.count("<") > MOST_TAGS:
        raise TooLarge(f"more than {MOST_TAGS} tags: no page of a release is like that")
    parser = HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
    try:
        tree = document_fromstring(_ENDS.sub("", text).encode("utf-8", "replace"), parser=parser)
    except etree.ParserError:  # nothing but comments
        return None
    if _TOO_DEEP(tree):
        raise TooLarge(f"its elements are nested more than {DEEPEST} deep")
    for element in tree.iter("noscript", "template", "object"):
        if sum(1 for _ in islice(element.iter(), SWALLOWED)) == SWALLOWED:
            element.tag = "div"
    _show_late_pictures(tree)
    etree.strip_elements(tree, *_UNSEEN, with_tail=False)
    return tree


def _show_late_pictures(tree: HtmlElement) -> None:
    """What a noscript holds behind a picture that only keeps a place is the picture itself."""
    for element in tree.iter("noscript"):
        before = element.getprevious()
        if before is not None and before.tag == "img" and not written_address(attributes(before)):
            element.tag = "span"


def attributes(element: HtmlElement) -> dict[str, str | None]:
    """The attributes of an element by name."""
    return {str(name): str(value) for name, value in element.attrib.items()}


def words(element: HtmlElement) -> str:
    """The text of an element on one line."""
    return tidy("".join(element.itertext()))


def of_others(element: HtmlElement) -> bool:
    """Whether an element stands in a comment, or in a box of other articles."""
    around = (element, *element.iterancestors("aside", "section", "article", "div", "ul", "ol", "li"))
    names = (f"{box.get('class') or ''} {box.get('id') or ''}" for box in around)
    return any(box.tag == "aside" or _OTHERS.search(name) for box, name in zip(around, names, strict=True))
