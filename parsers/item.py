"""Documents that come as JSON (RFC 8259): one entry of a feed, one answer of an interface; members as gated text.

What `page.py` is for markup. A member is named by its path (`details.body`); one that is absent or of another kind
reads as empty, because interfaces leave out what they do not know.
"""

import json
import re
from collections import Counter
from dataclasses import dataclass, field, replace
from typing import Any

from selectolax.lexbor import LexborHTMLParser

from parsers import urls
from parsers.datelines import Dated
from parsers.decoding import Undecodable, decode
from parsers.document import Document, Provenance, encoding_evidence, notes_evidence, provenance
from parsers.frame import Fact
from parsers.instants import system_date
from parsers.layout import tidy
from parsers.own_address import is_for_machines
from parsers.page import LARGEST, Page, planted
from parsers.records import Evidence, Other, Rejection, clip
from parsers.text import gate
from sources.capture import Capture

_MARKUP = re.compile(r"[<&]")


@dataclass(frozen=True, slots=True)
class Item:
    """One JSON object of a capture. `notes` counts what the text gate finds in whatever is read from it."""

    capture: Capture
    told: dict[str, Any]
    encoding: Evidence
    notes: Counter[str] = field(default_factory=Counter)

    def raw(self, path: str) -> Any:
        """The value at a path, or None."""
        value: Any = self.told
        for name in path.split("."):
            value = value.get(name) if isinstance(value, dict) else None
        return value

    def markup(self, path: str) -> str:
        """A text at a path with its line breaks and tags; numbers count as text.

        What the gate finds in it is counted by whoever reads the markup.
        """
        value = self.raw(path)
        return gate(str(value)).text if isinstance(value, str | int) and not isinstance(value, bool) else ""

    def text(self, path: str) -> str:
        """A text at a path on one line, as it stands."""
        value = self.raw(path)
        return self._gated(value if isinstance(value, str) else self.markup(path))

    def words(self, path: str) -> str:
        """A text at a path on one line, without the tags and character references it may hold."""
        written = self.markup(path)
        return self._gated(LexborHTMLParser(written).text()) if _MARKUP.search(written) else self.text(path)

    def _gated(self, text: str) -> str:
        gated = gate(text)
        self.notes.update(gated.notes)
        return tidy(gated.text)

    def fact(self, path: str) -> Fact | None:
        """The words at a path as a fact, where there are any."""
        words = self.words(path)
        return Fact(words, path, words) if words else None

    def members(self, path: str) -> list["Item"]:
        """The objects of the list at a path; a single object counts as a list of one."""
        value = self.raw(path)
        found = value if isinstance(value, list) else [value]
        return [replace(self, told=one) for one in found if isinstance(one, dict)]

    def page(self, markup: str, parser: str) -> Page | Rejection:
        """A piece of markup from this item as a tree."""
        page = planted(self.capture, markup, self.encoding, parser)
        return page if isinstance(page, Rejection) else replace(page, notes=self.notes)

    def document(self) -> Document:
        """The capture and how its bytes and texts were read, for the steps that all families share."""
        evidence = {"encoding": self.encoding}
        if self.notes:
            evidence["text"] = notes_evidence(self.notes)
        return Document(self.capture, "", evidence)


def open_items(capture: Capture, parser: str) -> list[Item] | Rejection:
    """The objects of a capture: one, or those of a list; a Rejection when its bytes are no JSON or hold none."""
    decoded = decode(capture.body, declared=capture.stated.charset or capture.charset, markup=False)
    if isinstance(decoded, Undecodable):
        return Rejection("decode", decoded.reason, parser)
    if len(decoded.text) > LARGEST:
        return Rejection(
            "parse", f"{len(decoded.text)} characters are more than the {LARGEST} an item may have", parser
        )
    try:
        told = json.loads(decoded.text)
    except ValueError as error:
        return Rejection("parse", f"it is no JSON: {clip(str(error))}", parser)
    found = [one for one in (told if isinstance(told, list) else [told]) if isinstance(one, dict)]
    if not found:
        return Rejection("parse", "it is JSON, but holds no object", parser)
    return [Item(capture, one, encoding_evidence(decoded)) for one in found]


def whose(item: Item, address: tuple[str, str], language: str, sample: str) -> Provenance:
    """Publisher, language and address of an item.

    `address` is the one for people and where the item gives it: the one that was asked for is for machines, and so may
    be the one that is stated. `language` is what the item declares, `sample` its readable text.
    """
    url, place = address
    if not url or urls.canonical(url) is None:
        return provenance(item.document(), page_language=language or None, sample=sample)
    asked, stated = item.capture.url, item.capture.stated
    if stated.url and is_for_machines(stated.url, url):
        asked, stated = asked or stated.url, replace(stated, url=None)
    document = replace(item.document(), capture=replace(item.capture, url=None, stated=stated))
    owner = provenance(document, page_url=url, page_url_at=place, page_language=language or None, sample=sample)
    if not asked or urls.canonical(asked) == owner.url:
        return owner
    known = owner.evidence["url"]
    other = Other(rule="address fetched", text=clip(asked), value=clip(asked), why_not="the address for machines")
    evidence = owner.evidence | {"url": known.model_copy(update={"others": (*known.others, other)})}
    return replace(owner, evidence=evidence)


def dated(item: Item, path: str, zone: str) -> list[Dated]:
    """The date at a path, if it is one."""
    return system_date(item.text(path), f"metadata {path}", zone)
