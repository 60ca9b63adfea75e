"""A site made of a dict, and sources that read it: what the tests of discovery share."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from sources.config import Source
from sources.discovery.discovered import Discovered
from sources.discovery.kinds import discover
from sources.discovery.page import NoPage, Page
from sources.discovery.watermark import NEVER_VISITED, Watermark
from sources.discovery.window import Window

HOST = "https://harbour.example"
NOW = datetime(2026, 1, 15, 4, 0, tzinfo=UTC)
TODAY = date(2026, 1, 15)
CORPORA = Path(__file__).resolve().parents[2] / ".." / "shared" / "corpora"


@dataclass
class Site:
    """Pages by address; what is not there answers 404. A status in place of a body is that answer."""

    pages: Mapping[str, str | bytes | int | NoPage]
    asked: list[str] = field(default_factory=list)

    def get(self, url: str) -> Page | NoPage:
        self.asked.append(url)
        held = self.pages.get(url, 404)
        if isinstance(held, NoPage):
            return held
        if isinstance(held, int):
            return Page(url, held, b"<html><body>none</body></html>")
        return Page(url, 200, held.encode() if isinstance(held, str) else held)


def source(kind: str, *urls: str, **keys: Any) -> Source:
    """A source as its file would give it, named `harbour`."""
    given: dict[str, Any] = {
        "name": "harbour", "title": "Harbour Board", "kind": kind, "urls": list(urls), "publisher": "harbour.example",
        "language": "en", "zone": "Asia/Hong_Kong", "rights": "free",
    }  # fmt: skip
    return Source.model_validate(given | keys)


def visit(one: Source, site: Site, mark: Watermark = NEVER_VISITED, *, window: Window | None = None) -> Discovered:
    """A visit at noon in Hong Kong on Thursday, 15 January 2026."""
    return discover(one, mark, site.get, now=NOW, window=window)


def known_to(address: str, day: date) -> Watermark:
    """The watermark of a source whose list at `address` was read up to `day`, and fully today."""
    return Watermark({address: day}, TODAY)
