"""What an operator states about a file, checked: the facts of a sidecar or of a manifest row.

Stated facts beat inferred ones, so a fact that cannot be right is refused here instead of being passed on.
"""

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any
from urllib.parse import urlsplit

from sources import toml
from sources.capture import STATED_KEYS, Stated
from sources.errors import ConfigError

SIDECAR_LIMIT = 64 * 1024  # bytes; eight facts need far less

_RFC3339 = re.compile(r"\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(?:\.\d+)?(?:[Zz]|[+-]\d\d:\d\d)", re.ASCII)
_SHAPES = {
    "language": (r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*", "a language tag such as en or zh-Hant (BCP 47)"),
    "media_type": (
        r"[\w.+-]+/[\w.+-]+(?:[ ]*;[ ]*[\w-]+=(?:[\w.:+-]+|\"[\w.:+ -]*\"))*",
        "a media type such as text/html (RFC 9110, 8.3.1)",
    ),
    "charset": (r"[\w.:+-]{1,40}", "the name of an encoding such as big5"),
}
_NEVER_IN_AN_ADDRESS = re.compile(r"[\x00-\x20\x7f-\x9f\s\\]")  # RFC 3986; readers disagree about what it means there


class _Wrong(Exception):
    """A fact that cannot be right, and the key it was stated under."""

    def __init__(self, key: str, what: str) -> None:
        super().__init__(what)
        self.key = key


def read_sidecar(data: bytes) -> Stated:
    """The facts of a `NAME.meta.toml`: the keys of `Stated`, each a string; days and instants may be TOML dates.

    :raises ConfigError: naming the line and what is wrong with it.
    """
    try:
        text, values = toml.parse(data)
    except toml.TomlFault as fault:
        raise ConfigError(str(fault)) from None
    try:
        return _stated(values)
    except _Wrong as wrong:
        raise ConfigError(f"line {toml.line_of(text, wrong.key)}: {wrong}") from None


def read_row(values: Mapping[str, str]) -> Stated:
    """The facts of one manifest row; an empty cell is absent.

    :raises ConfigError: naming the column and what is wrong with it.
    """
    try:
        return _stated(values)
    except _Wrong as wrong:
        raise ConfigError(str(wrong)) from None


def instant(text: str) -> datetime:
    """The UTC instant of an RFC 3339 date-time, which always has an offset.

    :raises ValueError: anything else.
    """
    if not _RFC3339.fullmatch(text):
        raise ValueError(f"{toml.shown(text)} is not an RFC 3339 instant such as 2025-06-25T19:29:00+08:00")
    try:
        return datetime.fromisoformat(text.upper()).astimezone(UTC)
    except (ValueError, OverflowError):
        raise ValueError(f"{toml.shown(text)} names no instant of the calendar") from None


def _stated(values: Mapping[str, Any]) -> Stated:
    given = {}
    for key, value in values.items():
        if key not in STATED_KEYS:
            raise _Wrong(key, toml.unknown(key, STATED_KEYS))
        text = _as_text(key, value)
        if fault := text and _fault(key, text):
            raise _Wrong(key, f"{key}: {fault}")
        if text:
            given[key] = text
    return Stated(**given)


def _as_text(key: str, value: Any) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, date) and key in ("published", "seen_at"):  # a datetime is a date
        return value.isoformat()
    raise _Wrong(key, f"{key}: expected text in quotes, found {type(value).__name__}")


def _fault(key: str, value: str) -> str | None:
    if key == "url" and not _is_web_address(value):
        return f"{toml.shown(value)} is not an http or https address"
    if key in _SHAPES:
        shape, example = _SHAPES[key]
        if not re.fullmatch(shape, value, re.ASCII):
            return f"{toml.shown(value)} is not {example}"
    if key == "seen_at":
        try:
            instant(value)
        except ValueError as error:
            return str(error)
    return None


def _is_web_address(value: str) -> bool:
    try:
        parts = urlsplit(value)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and not _NEVER_IN_AN_ADDRESS.search(value)
    except ValueError:
        return False
