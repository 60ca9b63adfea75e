"""What we hold of an address already, and with which validators it came: so that it is asked for conditionally.

Nothing is stored for this: the newest capture of an address lies in the vault with its header fields.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import pyarrow as pa

from sources.capture import Capture
from sources.errors import VaultError
from sources.web import WebRequest
from warehouse.connection import sql
from warehouse.home import Home
from warehouse.resolution.known import with_table
from warehouse.vault.warc import capture_at
from warehouse.writing import Writer

CONFIRMED = 2
"""Answers of a kind that are kept of an address that gave no document: the first, and one that confirms it."""
FULL_EVERY = 10
"""Every so many visits all is asked for in full, because some servers say 304 for ever."""


@dataclass(frozen=True, slots=True)
class Holding:
    """The newest capture of one address: digest of its decoded bytes, where it lies below raw/, and what names it."""

    content_sha256: str
    raw_path: str
    raw_offset: int
    input_sha256: str = ""
    facts_sha256: str = ""
    target_uri: str = ""
    etag: str | None = None
    last_modified: str | None = None

    def is_there(self, home: Home) -> bool:
        """Whether the file that holds the body still lies where it should."""
        return (home.raw / self.raw_path).is_file()

    def ask_again(self, request: WebRequest, held_at: str | None = None) -> WebRequest:
        """The request for a page, with the validators it came with.

        :param held_at: the address it came from, where that is not the one that was written down.
        """
        place = held_at or self.target_uri
        return replace(request, held=True, held_at=place, etag=self.etag, last_modified=self.last_modified)

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

    def wants(self, ref: str, status: int, most: int = CONFIRMED) -> bool:
        """Whether such an answer is worth keeping: the first and the one that confirms it, or as many as `most`."""
        return self.answers.get((ref, status), 0) < most


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


def conditional(request: WebRequest, held: Capture | None) -> WebRequest:
    """The request for a list, with the validators of the body that we hold."""
    if held is None:
        return request
    fields = {field.lower(): value for field, value in reversed(held.headers)}
    etag, last_modified = fields.get("etag"), fields.get("last-modified")
    return replace(request, held=True, held_at=held.final_url, etag=etag, last_modified=last_modified)
