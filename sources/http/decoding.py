"""Content codings undone by ourselves, under a bound, and believed only to the end of the stream.

Only gzip and deflate, one layer, are decoded (RFC 9110, 8.4; RFC 1950 to 1952). A body in any other coding is kept
as it was sent: somebody can read it later, and nothing here unfolds a bomb.
"""

import zlib
from dataclasses import dataclass, field

from sources.http.limits import Limits

ACCEPTED = "gzip, identity"

_GZIP_MAGIC = b"\x1f\x8b"
_PIECE = 65_536  # bytes of output at a time
_MEMBERS = 1_000  # gzip members one after another


@dataclass(frozen=True, slots=True)
class Decoded:
    """The content of a payload. With a `fault` it is the payload as sent, and nobody may read it as a release.

    `ended` tells that the coding itself marks the end of the content, and that the mark was there; `damaged` that the
    payload is not what it says it is, however it was framed.
    """

    content: bytes = field(repr=False)
    coding: str = "identity"
    ended: bool = False
    fault: str | None = None
    damaged: bool = False


class _Broken(Exception):
    """Why a stream could not be decoded."""


class _TooLarge(_Broken):
    """It could be, but nobody should."""


def decode(payload: bytes, content_encoding: str | None, limits: Limits) -> Decoded:
    """What `payload` holds according to its Content-Encoding field. Never raises for what a server sent."""
    codings = [part.strip().lower().removeprefix("x-") for part in (content_encoding or "").split(",")]
    codings = [coding for coding in codings if coding not in ("", "identity")]
    if not codings or not payload:
        return Decoded(payload)
    if len(codings) > 1:
        return Decoded(payload, ", ".join(codings), fault=f"{len(codings)} content codings on top of each other")
    coding = codings[0]
    if coding not in ("gzip", "deflate"):
        return Decoded(payload, coding, fault=f"content coding {coding[:40]!a}, which nobody asked for")
    try:
        members = _gzip(payload, limits) if coding == "gzip" else _deflate(payload, limits)
        return Decoded(members, coding, ended=True)
    except _Broken as broken:
        return Decoded(payload, coding, fault=f"{coding}: {broken}", damaged=not isinstance(broken, _TooLarge))


def _gzip(payload: bytes, limits: Limits) -> bytes:
    """One member after another, as RFC 1952 has it, and nothing behind the last."""
    budget = _Budget(limits, len(payload))
    rest = payload
    for _ in range(_MEMBERS):
        if not rest.startswith(_GZIP_MAGIC):
            what = "is no gzip stream" if rest is payload else f"{len(rest):,} bytes of something else behind its end"
            raise _Broken(what)
        rest = _inflate(zlib.decompressobj(16 + zlib.MAX_WBITS), rest, budget)
        if not rest:
            return b"".join(budget.pieces)
    raise _Broken(f"more than {_MEMBERS:,} members")


def _deflate(payload: bytes, limits: Limits) -> bytes:
    """With the zlib wrapper that the standard demands, or without, as some servers send it."""
    wrapped = payload[0] & 0x0F == 8 and int.from_bytes(payload[:2], "big") % 31 == 0
    budget = _Budget(limits, len(payload))
    rest = _inflate(zlib.decompressobj(zlib.MAX_WBITS if wrapped else -zlib.MAX_WBITS), payload, budget)
    if rest:
        raise _Broken(f"{len(rest):,} bytes of something else behind its end")
    return b"".join(budget.pieces)


class _Budget:
    """Collects decoded pieces until there are too many of them."""

    def __init__(self, limits: Limits, sent: int) -> None:
        self.pieces: list[bytes] = []
        self._size = 0
        self._limits = limits
        self._sent = sent

    def take(self, piece: bytes) -> None:
        self.pieces.append(piece)
        self._size += len(piece)
        if self._size > self._limits.decoded:
            raise _TooLarge(f"unfolds to more than {self._limits.decoded:,} bytes")
        if self._size > max(self._limits.ratio_from, self._limits.ratio * self._sent):
            raise _TooLarge(f"unfolds to more than {self._limits.ratio} times its size")


def _inflate(stream: "zlib._Decompress", data: bytes, budget: _Budget) -> bytes:
    """Decodes one stream to its end; returns what lies behind it."""
    try:
        while not stream.eof:
            piece = stream.decompress(data, _PIECE)
            if not piece and not stream.unconsumed_tail and not stream.eof:
                raise _Broken("ends before its end mark")
            budget.take(piece)
            data = stream.unconsumed_tail
    except zlib.error as error:
        raise _Broken(f"damaged ({str(error)[:80]})") from None
    return stream.unused_data
