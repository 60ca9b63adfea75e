"""TOML that people write by hand: every complaint about it names the line, and the word that was probably meant."""

import difflib
import re
import tomllib
from collections.abc import Iterable
from typing import Any

MOST_DOTS = 4_000
"""tomllib takes time in the square of a dotted key's length: 64 KiB of `a.a.a` cost it 27 s, this many dots 0.4 s."""

SHOWN = 80
"""Characters of what somebody wrote that a message repeats."""

_AT_LINE = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)$")


class TomlFault(Exception):
    """Text that is no TOML: what is wrong with it, and in which line (from 1)."""

    def __init__(self, line: int, what: str) -> None:
        super().__init__(f"line {line}: {what}")
        self.line = line
        self.what = what


def parse(data: bytes) -> tuple[str, dict[str, Any]]:
    """Text and values of a TOML 1.0 document.

    :raises TomlFault: bytes that are not UTF-8, or text that is not TOML, however deeply nested.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise TomlFault(data.count(b"\n", 0, error.start) + 1, f"not UTF-8 (byte 0x{data[error.start]:02x})") from None
    if text.count(".") > MOST_DOTS:
        raise TomlFault(1, f"more than {MOST_DOTS:,} dots; shorten it")
    try:
        return text, tomllib.loads(text)
    except RecursionError:
        raise TomlFault(1, "nested too deeply") from None
    except ValueError as error:  # TOMLDecodeError is one; so is int() on a number of 5,000 digits
        what = str(error)
        place = _AT_LINE.search(what)
        line = int(place[1]) if place and place[1] else text.count("\n") + 1
        raise TomlFault(line, f"not TOML: {_AT_LINE.sub('', what)}") from None


def line_of(text: str, key: str) -> int:
    """The line (from 1) where `key` is set, as a plain or quoted key or a table; 1 if it is not there."""
    spelled = rf"(?:{re.escape(key)}|\"{re.escape(key)}\"|'{re.escape(key)}')"
    found = re.search(rf"^[ \t]*(?:{spelled}[ \t]*[.=]|\[+[ \t]*{spelled}[ \t]*[.\]])", text, re.MULTILINE)
    return text.count("\n", 0, found.start()) + 1 if found else 1


def shown(text: str) -> str:
    """The start of what somebody wrote, quoted, with control characters escaped."""
    return repr(text[:SHOWN])


def unknown(key: str, known: Iterable[str], noun: str = "key") -> str:
    """`unknown key 'pth' (did you mean 'path'?)`, or the list of keys when none is near."""
    known, key = list(known), key[:SHOWN]  # comparing takes time with the length
    near = difflib.get_close_matches(key, known, n=1)
    hint = f"did you mean {near[0]!r}?" if near else f"known are {', '.join(known)}"
    return f"unknown {noun} {shown(key)} ({hint})"
