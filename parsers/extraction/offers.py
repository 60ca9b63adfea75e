"""The links of an unknown page that may lead to it in other languages."""

from collections.abc import Iterator
from itertools import islice

from lxml.html import HtmlElement

from parsers.editions import MOST, Offer
from parsers.extraction.tree import words
from parsers.language_names import named


def offers_in(tree: HtmlElement) -> Iterator[Offer]:
    """Those of its head, then those of its text and menus that are called by a language."""
    for tag in islice(tree.iter("link"), MOST):
        if "alternate" in (tag.get("rel") or "").lower().split() and tag.get("hreflang"):
            yield Offer(tag.get("href") or "", tag.get("hreflang") or "")
    for tag in islice(tree.iter("a"), MOST):
        if tag.get("href") and named(said := words(tag)):
            yield Offer(tag.get("href") or "", tag.get("hreflang") or tag.get("lang") or "", said)
