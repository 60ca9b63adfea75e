"""The head of a response, read under caps and checked before anything believes it (RFC 9112).

Read by ourselves and not by `http.client`, because that one stops at the first odd line, believes a header block
that was cut short, waits through any number of interim responses, and forgets the exact bytes.
"""

import re
from dataclasses import dataclass
from typing import Protocol

from sources.exchange import Fields, Framing
from sources.http.faults import Fault
from sources.http.limits import Limits

_STATUS_LINE = re.compile(rb"(HTTP/1\.[01]) ([1-9][0-9]{2})(?: ([^\r\n]*))?\r?\n")
_NAME = re.compile(rb"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_CONTROL = re.compile(rb"[\x00-\x08\x0a-\x1f\x7f]")
_BODILESS = (204, 304)


class Lines(Protocol):
    """What a head is read from."""

    def readline(self, size: int, /) -> bytes: ...


@dataclass(frozen=True, slots=True)
class Head:
    """A final response's head. `raw` is exactly what came; `taken` counts the bytes of interim responses as well.

    `length` is set only where it ends the body; `announced` says that a body was announced that rules forbid.
    """

    raw: bytes
    version: str
    status: int
    reason: str
    fields: Fields
    framing: Framing
    length: int | None
    announced: bool
    taken: int

    def plain(self) -> bytes:
        """The same head without what `http.client` could misread: odd lines, doubled lengths, folded values."""
        kept = [f"HTTP/1.1 {self.status} {self.reason}"] if self.version == "HTTP/1.1" else []
        kept = kept or [f"HTTP/1.0 {self.status} {self.reason}"]
        skipped = ("content-length", "transfer-encoding")
        kept += [f"{name}: {value}" for name, value in self.fields if name.lower() not in skipped]
        if self.framing == "chunked":
            kept.append("Transfer-Encoding: chunked")
        elif self.length is not None:
            kept.append(f"Content-Length: {self.length}")
        return "\r\n".join([*kept, "", ""]).encode("latin-1")


def read_head(source: Lines, limits: Limits) -> Head:
    """The head of the final response, interim ones passed over.

    :raises Fault: `disconnected` before the first byte, `truncated` inside, `malformed` for what no server should say.
    """
    taken = 0
    for _ in range(limits.interim + 1):
        raw = _block(source, limits, taken)
        taken += len(raw)
        status_line, _, rest = raw.partition(b"\n")
        match = _STATUS_LINE.fullmatch(status_line + b"\n")
        if match is None:
            raise Fault("malformed", f"the answer begins with {status_line[:60]!a}, which is no HTTP/1 status line")
        if match[2] == b"101" or match[2][:1] != b"1":
            return _head(raw, match, rest, taken)
    raise Fault("malformed", f"more than {limits.interim} interim (1xx) responses")


def _block(source: Lines, limits: Limits, taken: int) -> bytes:
    lines: list[bytes] = []
    while True:
        line = source.readline(limits.line + 1)
        taken += len(line)
        if not lines and line and not line.startswith(b"HTTP/"[: len(line)]):
            return line  # whatever follows is no header
        if not line.endswith(b"\n"):
            if len(line) > limits.line:
                raise Fault("malformed", f"a header line of more than {limits.line:,} bytes")
            if not lines and not line:
                raise Fault("disconnected", "the server closed the connection without an answer")
            raise Fault("truncated", "the connection ended inside the header")
        lines.append(line)
        if line in (b"\r\n", b"\n"):
            return b"".join(lines)
        if len(lines) > limits.fields + 1:
            raise Fault("malformed", f"more than {limits.fields} header fields")
        if taken > limits.head:
            raise Fault("malformed", f"a header of more than {limits.head:,} bytes")


def _head(raw: bytes, match: re.Match[bytes], rest: bytes, taken: int) -> Head:
    fields = _fields(rest)
    status = int(match[2])
    codings = [value.lower() for value in _values(fields, "transfer-encoding")]
    lengths = set(_values(fields, "content-length"))
    framing, length = _framing(status, codings, lengths)
    return Head(
        raw=raw,
        version=match[1].decode("ascii"),
        status=status,
        reason=_CONTROL.sub(b" ", match[3] or b"").decode("latin-1").strip(),
        fields=fields,
        framing=framing,
        length=length,
        announced=status in _BODILESS and bool(codings or lengths - {"0"}),
        taken=taken,
    )


def _fields(block: bytes) -> Fields:
    """Name and value of each field; lines that are no field are passed over, as browsers do."""
    fields: list[tuple[str, str]] = []
    for line in block.replace(b"\r\n", b"\n").split(b"\n"):
        if line[:1] in (b" ", b"\t") and fields:  # a folded value goes on (RFC 9112, 5.2)
            name, value = fields.pop()
            fields.append((name, f"{value} {_value(line, name)}".strip()))
            continue
        name_bytes, colon, value_bytes = line.partition(b":")
        if colon and _NAME.fullmatch(name_bytes):
            name = name_bytes.decode("ascii")
            fields.append((name, _value(value_bytes, name)))
    return tuple(fields)


def _value(value: bytes, name: str) -> str:
    value = value.strip(b" \t")
    if _CONTROL.search(value):
        raise Fault("malformed", f"a control character in the header field {name}")
    return value.decode("latin-1")


def _values(fields: Fields, name: str) -> list[str]:
    found = (value for key, value in fields if key.lower() == name)
    return [part.strip() for value in found for part in value.split(",") if part.strip()]


def _framing(status: int, codings: list[str], lengths: set[str]) -> tuple[Framing, int | None]:
    """Where the body ends (RFC 9112, 6.3). Chunks overrule a length; two lengths contradict each other."""
    if len(lengths) > 1:
        raise Fault("malformed", "two Content-Length fields that differ")
    if status in _BODILESS or status == 101:
        return "none", 0
    if codings == ["chunked"]:
        return "chunked", None
    if codings not in ([], ["identity"]):
        raise Fault("malformed", f"a transfer coding nobody asked for: {', '.join(codings)[:60]!a}")
    if not lengths:
        return "close", None
    length = lengths.pop()
    if not (length.isascii() and length.isdigit()) or len(length) > 18:
        raise Fault("malformed", f"Content-Length {length[:30]!a}")
    return "length", int(length)
