"""What we hold of an address already, and with which validators it came: so that it is asked for conditionally.

Nothing is stored for this: the newest capture of an address lies in the vault with its header fields.
"""

from dataclasses import dataclass

from sources.capture import Capture
from sources.errors import VaultError
from sources.web import WebRequest
from warehouse.home import Home
from warehouse.vault.warc import capture_at

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


def request_for(
    url: str, held: Capture | None, *, source: str, ref: str, name: str, pace: float | None, full: bool = False
) -> WebRequest:
    """What to ask: with the validators of what we hold, unless it is to be had in full."""
    if held is None or full:
        return WebRequest(url, source, ref, name, pace=pace)
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
    )
