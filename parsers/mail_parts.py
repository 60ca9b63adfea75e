"""A mail taken apart: its header fields as text, its own words, and what is enclosed.

RFC 5322 (messages), RFC 2045 to 2049 (MIME), RFC 2047 and 2231 (letters beyond ASCII in headers), RFC 3676 (flowed
text and the line above a signature). Strangers' mails break all of them, so bytes are decoded by our own rules.
"""

import email
import re
from binascii import Error as Misencoded
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.errors import MessageError
from email.header import decode_header
from email.message import Message
from email.policy import compat32

from parsers.decoding import Undecodable, decode
from parsers.layout import tidy
from parsers.text import gate

MOST_PARTS = 200
LONGEST_HEADER = 2_000  # characters

_MADE_OF_WORDS = {"text/plain": "plain", "text/html": "html"}
_FOLD = re.compile(r"\r?\n[ \t]*")
_SIGNATURE = re.compile(r"^-- ?$", re.MULTILINE)
LONGEST_SIGNATURE = 1_500  # characters; more below the line is part of the mail


@dataclass(frozen=True, slots=True)
class Enclosed:
    """A file in a mail. `inline` ones stand in the text: pictures, mostly."""

    name: str
    media_type: str
    data: bytes = field(repr=False)
    inline: bool = False


@dataclass(frozen=True, slots=True)
class Mail:
    """`headers` by lower-case name, the first of each; `plain` and `html` are its words in either form, or empty."""

    headers: dict[str, str]
    plain: str
    html: str
    encoding: str
    enclosed: tuple[Enclosed, ...]


def taken_apart(body: bytes) -> Mail:
    """The parts of a mail.

    :raises ValueError: it is no mail, or has more parts than any.
    """
    message = email.message_from_bytes(body, policy=compat32)  # newer policies fail on broken headers
    headers = _headers(message)
    if not headers.keys() & {"from", "date", "subject"}:
        raise ValueError("no mail: it has neither From, nor Date, nor Subject")
    words: dict[str, list[str]] = {"plain": [], "html": []}
    encodings: list[str] = []
    enclosed: list[Enclosed] = []
    for number, part in enumerate(_leaves(message)):
        if number >= MOST_PARTS:
            raise ValueError(f"a mail of more than {MOST_PARTS} parts: no release is sent so")
        kind = part.get_content_type()
        data = _data(part)
        is_file = part.get_content_disposition() == "attachment" or (bool(part.get_filename()) and bool(encodings))
        read = None if is_file or kind not in _MADE_OF_WORDS else _words(part, data, kind)
        if read:
            words[_MADE_OF_WORDS[kind]].append(read[0])
            encodings.append(read[1])
        elif data:
            enclosed.append(Enclosed(_name(part), kind, data, inline=part.get_content_disposition() != "attachment"))
    plain = "\n\n".join(words["plain"])
    return Mail(headers, plain, "\n".join(words["html"]), " ".join(sorted(set(encodings))), tuple(enclosed))


def without_signature(text: str) -> str:
    """A text without what stands below the line of two dashes (RFC 3676, 4.3)."""
    lines = list(_SIGNATURE.finditer(text))
    return text[: lines[-1].start()] if lines and len(text) - lines[-1].end() <= LONGEST_SIGNATURE else text


def _leaves(message: Message) -> Iterator[Message]:
    """The parts that hold something; a mail inside the mail is one of them, as it is."""
    if message.get_content_maintype() == "message" or not message.is_multipart():
        yield message
        return
    for part in message.get_payload():
        if isinstance(part, Message):
            yield from _leaves(part)


def _data(part: Message) -> bytes:
    if part.get_content_maintype() == "message":
        inner = part.get_payload()
        return b"".join(one.as_bytes() for one in inner if isinstance(one, Message)) if isinstance(inner, list) else b""
    data = part.get_payload(decode=True)
    return data if isinstance(data, bytes) else b""


def _words(part: Message, data: bytes, kind: str) -> tuple[str, str] | None:
    """The text of a part and its encoding; None where it is no text."""
    decoded = decode(data, declared=_honest(part.get_content_charset()), markup=kind == "text/html")
    if isinstance(decoded, Undecodable):
        return None
    flowed = str(part.get_param("format") or "").lower() == "flowed"
    text = _unflowed(decoded.text, str(part.get_param("delsp") or "").lower() == "yes") if flowed else decoded.text
    return text, decoded.encoding


def _unflowed(text: str, without_blank: bool) -> str:
    """Lines that end with a blank joined to the next, and the blank before a stuffed line removed (RFC 3676, 4)."""
    out = ""
    for line in text.replace("\r\n", "\n").split("\n"):
        told = line.removeprefix(" ")
        flows = told.endswith(" ") and told != "-- "
        out += (told[:-1] if without_blank else told) if flows else told + "\n"
    return out


def _name(part: Message) -> str:
    name = part.get_filename() or str(part.get_param("name") or "")
    return tidy(gate(_decoded(name)).text)[:200]


def _headers(message: Message) -> dict[str, str]:
    headers: dict[str, str] = {}
    for name, value in message.raw_items():
        text = tidy(gate(_decoded(_FOLD.sub(" ", str(value)[:LONGEST_HEADER]))).text)
        headers.setdefault(name.lower(), text)
    return headers


def _decoded(value: str) -> str:
    """A header's value with its encoded words read (RFC 2047); bytes beyond ASCII by detection."""
    if not value.isascii():
        return _text(value.encode("utf-8", "surrogateescape"), None)
    try:
        pieces = decode_header(value)
    except (MessageError, Misencoded, ValueError):
        return value
    return "".join(piece if isinstance(piece, str) else _text(piece, charset) for piece, charset in pieces)


def _text(data: bytes, charset: str | None) -> str:
    decoded = decode(data, declared=_honest(charset))
    return data.decode("utf-8", "replace") if isinstance(decoded, Undecodable) else decoded.text


def _honest(charset: str | None) -> str | None:
    """The charset a mail states; ASCII is what programs write that do not know it, and reads as any."""
    return None if (charset or "").lower() in ("us-ascii", "ascii", "unknown-8bit") else charset
