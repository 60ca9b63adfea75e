"""What we hold of an address already, and with which validators it came: so that it is asked for conditionally.

Nothing is stored for this: the newest capture of an address lies in the vault with its header fields.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import pyarrow as pa

from sources.capture import Capture
from sources.errors import VaultError
from sources.web import WebRequest
from warehouse.connection import sql
from warehouse.home import Home
from warehouse.resolution.known import with_table
from warehouse.vault.warc import capture_at
from warehouse.writing import Writer

FULL_EVERY = 10
"""Every so many visits all is asked for in full, because some servers say 304 for ever."""


@dataclass(frozen=True, slots=True)
class Holding:
    """The newest capture of one address: digest of its decoded bytes, and where it lies below raw/."""

    content_sha256: str
    raw_path: str
    raw_offset: int

    def capture(self, home: Home) -> Capture | None:
        """The capture itself; None when it cannot be read back, so that the address is asked for in full."""
        try:
            return capture_at(home, self.raw_path, self.raw_offset)
        except (VaultError, OSError):
            return None


@dataclass(frozen=True, slots=True)
class Holdings:
    """What we hold of the candidates of a batch, by ref, and how many answers that were no document, by status too."""

    pages: Mapping[str, Holding]
    answers: Mapping[tuple[str, int], int]
    visits: int = 0

    @property
    def in_full(self) -> bool:
        """Whether this visit asks for everything in full."""
        return self.visits % FULL_EVERY == 0

    def wants(self, ref: str, status: int) -> bool:
        """Whether such an answer is worth keeping: the first and the one that confirms it."""
        return self.answers.get((ref, status), 0) < 2


def holdings_of(writer: Writer, source: str, refs: Sequence[str]) -> Holdings:
    """Looks up what the archive holds for these candidates of a source."""
    asked = {"source": source}
    with_table(writer.con, "wanted_refs", pa.table({"ref": pa.array(refs, pa.string())}))
    pages = {ref: Holding(*told) for ref, *told in writer.con.execute(sql("newest_captures"), asked).fetchall()}
    answers = writer.con.execute(sql("answers_held"), asked).fetchall()
    return Holdings(pages, {(ref, status): count for ref, status, count in answers}, visits_so_far(writer, source))


def visits_so_far(writer: Writer, source: str) -> int:
    """How many runs of this source have closed."""
    found = writer.con.execute(sql("visits_so_far"), {"source": source}).fetchone()
    return int(found[0]) if found else 0


def request_for(
    url: str,
    held: Capture | None,
    *,
    source: str,
    ref: str,
    name: str,
    pace: float | None,
    full: bool = False,
    listed_at: datetime | None = None,
) -> WebRequest:
    """What to ask: with the validators of what we hold, unless it is to be had in full."""
    if held is None or full:
        return WebRequest(url, source, ref, name, pace=pace, listed_at=listed_at)
    fields = {field.lower(): value for field, value in reversed(held.headers)}
    return WebRequest(
        url,
        source,
        ref,
        name,
        etag=fields.get("etag"),
        last_modified=fields.get("last-modified"),
        held=True,
        held_at=held.final_url,
        pace=pace,
        listed_at=listed_at,
    )
