"""One request and what answered it, exactly: enough to write both into a WARC file (ISO 28500) later."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

Fields = tuple[tuple[str, str], ...]
"""Header fields in the order of the wire; bytes above 0x7f stand as Latin-1 characters (RFC 9110, 5.5)."""

Framing = Literal["length", "chunked", "close", "none"]
"""What told where the body ends: Content-Length, the last chunk, the closed connection; or there is no body by rule."""

Truncated = Literal["length", "time", "disconnect"]
"""Why a body stops short, in the words of WARC-Truncated: our cap, our deadline, or the server went away."""


@dataclass(frozen=True, slots=True)
class Exchange:
    """A GET and its response.

    `request_target` and `request_headers` are what was sent, credentials left out. `head` is the status line and the
    fields exactly as received, up to and with the empty line (interim 1xx responses left out), `headers` the same
    parsed. `payload` is the body with the transfer coding removed and the content coding still on. `started_at` is
    UTC, `seconds` how long it took, `peer` the address that was connected to, `wire_bytes` all that was received.
    """

    url: str
    request_target: str
    request_headers: Fields
    status: int
    reason: str
    version: str
    headers: Fields
    head: bytes = field(repr=False)
    payload: bytes = field(repr=False)
    started_at: datetime
    seconds: float
    peer: str
    wire_bytes: int
    framing: Framing
    truncated: Truncated | None = None

    def header(self, name: str) -> str | None:
        """The first field of that name, whatever its case, or None."""
        return next((value for key, value in self.headers if key.lower() == name), None)

    def request_head(self) -> bytes:
        """The request as it was sent, without credentials: request line, fields, empty line."""
        fields = "".join(f"{name}: {value}\r\n" for name, value in self.request_headers)
        return f"GET {self.request_target} HTTP/1.1\r\n{fields}\r\n".encode("latin-1")
