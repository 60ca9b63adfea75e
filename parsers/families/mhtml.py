"""Whole web pages in one file (`.mht`, `.mhtml`; RFC 2557), as browsers save them: the page is read, its
pictures are told by their bytes.

https://www.info.gov.hk/gia/general/202506/25/P2025062500455.htm, saved by Chromium: `Snapshot-Content-Location` in
the head, the page in the first HTML part with its `Content-Location`, quoted-printable.
"""

import email
from collections.abc import Iterator
from dataclasses import replace
from email.message import Message
from email.policy import compat32

from parsers import registry, urls
from parsers.records import Evidence, Image, Rejection, Release, clip
from sources.capture import Capture, digest

PARSER = "mhtml/2"
MOST_PARTS = 2_000
PAGE = ("text/html", "application/xhtml+xml")
LOCATIONS = ("Content-Location", "Snapshot-Content-Location")


def read(capture: Capture) -> list[Release | Rejection]:
    """The release on the saved page, by the parser that would read it from its site."""
    message = email.message_from_bytes(capture.body, policy=compat32)
    page = next((part for part in _parts(message) if part.get_content_type() in PAGE), None)
    body = page.get_payload(decode=True) if page is not None else None
    if page is None or not isinstance(body, bytes) or not body.strip():
        return [Rejection("parse", "no saved page: it has no part with HTML", PARSER)]
    saved = _location(page) or _location(message)
    content = digest(body)
    one = replace(
        capture,
        media_type=page.get_content_type(),
        charset=capture.stated.charset or page.get_content_charset(),
        body=body,
        payload_sha256=content,
        content_sha256=content,
        url=capture.url or saved,
    )
    enclosed = dict(_pictures(message))
    evidence = Evidence(rule="page saved as MHTML", text=clip(saved or ""), basis="stated")
    return [
        found
        if isinstance(found, Rejection)
        else found.model_copy(
            update={"evidence": found.evidence | {"container": evidence}, "images": _with_digests(found, enclosed)}
        )
        for found in registry.read(one)
    ]


def _with_digests(found: Release, enclosed: dict[str, str]) -> tuple[Image, ...]:
    """The pictures of the page, those that lie in the file with the digest of their bytes."""
    return tuple(one.model_copy(update={"sha256": enclosed.get(one.url, one.sha256)}) for one in found.images)


def _pictures(message: Message) -> Iterator[tuple[str, str]]:
    """Address and digest of each picture in the file."""
    for part in _parts(message):
        address = urls.canonical("".join(str(part.get("Content-Location") or "").split()))
        body = part.get_payload(decode=True) if address and part.get_content_maintype() == "image" else None
        if address and isinstance(body, bytes) and body:
            yield address, digest(body)


def _parts(message: Message) -> Iterator[Message]:
    """The parts in their order; the page is the first with HTML, frames come behind it."""
    for number, part in enumerate(message.walk()):
        if number > MOST_PARTS:
            return
        yield part


def _location(part: Message) -> str | None:
    """Where a part was saved from, if that is an address on the web."""
    for name in LOCATIONS:
        written = "".join(str(part.get(name) or "").split())
        if written and urls.canonical(written):
            return written
    return None
