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
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*", re.ASCII)
_MEDIA_TYPE = re.compile(r"[\w.+-]+/[\w.+-]+(?:[ ]*;[ ]*[\w-]+=(?:[\w.:+-]+|\"[\w.:+ -]*\"))*", re.ASCII)
_CHARSET = re.compile(r"[\w.:+-]{1,40}", re.ASCII)
_CONTROL_OR_SPACE = re.compile(r"[\x00-\x20\x7f-\x9f\s]")


def read_sidecar(data: bytes) -> Stated:
    """The facts of a `NAME.meta.toml`: the keys of `Stated`, each a string; days and instants may be TOML dates.

    :raises ConfigError: naming the line and what is wrong with it.
    """
    try:
        text, values = toml.parse(data)
    except toml.TomlFault as fault:
        raise ConfigError(str(fault)) from None
    try:
        return stated_from({key: _as_text(key, value) for key, value in values.items() if _known(key)})
    except _Wrong as wrong:
        raise ConfigError(f"line {toml.line_of(text, wrong.key)}: {wrong}") from None


def read_row(values: Mapping[str, str]) -> Stated:
    """The facts of one manifest row; an empty cell is absent.

    :raises ConfigError: naming the column and what is wrong with it.
    """
    try:
        return stated_from(values)
    except _Wrong as wrong:
        raise ConfigError(str(wrong)) from None


def instant(text: str) -> datetime:
    """The UTC instant of an RFC 3339 date-time, which always has an offset.

    :raises ValueError: anything else.
    """
    if not _RFC3339.fullmatch(text):
        raise ValueError(f"{text!r} is not an RFC 3339 instant such as 2025-06-25T19:29:00+08:00")
    try:
        return datetime.fromisoformat(text.upper()).astimezone(UTC)
    except (ValueError, OverflowError):
        raise ValueError(f"{text!r} names no instant of the calendar") from None


class _Wrong(Exception):
    def __init__(self, key: str, what: str) -> None:
        super().__init__(what)
        self.key = key


def stated_from(values: Mapping[str, str]) -> Stated:
    given = {key: value for key, value in values.items() if value and _known(key)}
    for key, value in given.items():
        if fault := _fault(key, value):
            raise _Wrong(key, f"{key}: {fault}")
    return Stated(**given)


def _known(key: str) -> bool:
    if key not in STATED_KEYS:
        raise _Wrong(key, toml.unknown(key, STATED_KEYS))
    return True


def _as_text(key: str, value: Any) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, date) and key in ("published", "seen_at"):  # a datetime is a date
        return value.isoformat()
    raise _Wrong(key, f"{key}: expected text in quotes, found {type(value).__name__}")


def _fault(key: str, value: str) -> str | None:
    match key:
        case "url":
            return _url_fault(value)
        case "seen_at":
            return _instant_fault(value)
        case "language" if not _LANGUAGE.fullmatch(value):
            return f"{value!r} is not a language tag such as en or zh-Hant (BCP 47)"
        case "media_type" if not _MEDIA_TYPE.fullmatch(value):
            return f"{value!r} is not a media type such as text/html"
        case "charset" if not _CHARSET.fullmatch(value):
            return f"{value!r} is not the name of an encoding such as big5"
    return None


def _url_fault(value: str) -> str | None:
    try:
        parts = urlsplit(value)
        host = parts.hostname
    except ValueError:
        return f"{value!r} is not an address"
    if parts.scheme not in ("http", "https") or not host or _CONTROL_OR_SPACE.search(value):
        return f"{value!r} is not an http or https address"
    return None


def _instant_fault(value: str) -> str | None:
    try:
        instant(value)
    except ValueError as error:
        return str(error)
    return None
