"""Pictures that lie inside a file and have no address: named by their bytes (RFC 6920, section 3)."""

import base64
from collections.abc import Iterable

from parsers.layout import tidy
from parsers.records import Image, clip
from parsers.text import gate
from sources.capture import digest

MOST = 100  # of one file
LARGEST_TOGETHER = 60_000_000  # bytes, unpacked


def name_of(sha256: str) -> str:
    """`ni:///sha-256;…` for a lower-case hex SHA-256."""
    return f"ni:///sha-256;{base64.urlsafe_b64encode(bytes.fromhex(sha256)).decode().rstrip('=')}"


def pictures(found: Iterable[tuple[bytes, str]]) -> tuple[Image, ...]:
    """Pictures from their bytes and what is said of them, in reading order, each once; no more than anybody shows."""
    told: dict[str, str] = {}
    size = 0
    for data, said in found:
        size += len(data)
        if size > LARGEST_TOGETHER or len(told) >= MOST:
            break
        sha256 = digest(data)
        told[sha256] = told.get(sha256) or clip(tidy(gate(said).text))
    return tuple(
        Image(url=name_of(sha256), caption=said or None, position=at, sha256=sha256)
        for at, (sha256, said) in enumerate(told.items())
    )
