"""The gate for JSON from strangers: RFC 8259 to the letter, and I-JSON where that leaves a choice (RFC 7493).

Python's reader takes NaN, the last of two equal keys and any depth until the stack ends; here each is refused.
"""

import json
import re
from dataclasses import dataclass
from typing import Any, NoReturn

MOST_BYTES = 20_000_000
MOST_DEPTH = 100
MOST_DIGITS = 400

_STRING = re.compile(r'"(?:[^"\\]++|\\.)*+\\?(?:"|\Z)', re.DOTALL)
_BRACKET = re.compile(r"[\[\]{}]")


@dataclass(frozen=True, slots=True)
class NotJson:
    """Why bytes are not taken as JSON."""

    reason: str


def read_json(body: bytes, *, most_bytes: int = MOST_BYTES) -> Any | NotJson:
    """The value that a JSON text stands for: dict, list, str, int, float, bool or None.

    UTF-8 with or without a byte order mark, no other encoding. Refused: NaN and infinities (numbers too large for a
    double among them), equal keys in one object, lone surrogates, more than `MOST_DEPTH` levels, more than
    `MOST_DIGITS` digits, more than `most_bytes` bytes.
    """
    if len(body) > most_bytes:
        return NotJson(f"{len(body):,} bytes of JSON, over the limit of {most_bytes:,}")
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return NotJson(f"not UTF-8 at byte {error.start}")
    if (depth := _depth(text)) > MOST_DEPTH:
        return NotJson(f"nested {depth} deep, over the limit of {MOST_DEPTH}")
    try:
        value = json.loads(
            text, object_pairs_hook=_object, parse_constant=_constant, parse_int=_integer, parse_float=_float
        )
        json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return NotJson("half of a surrogate pair in a text")
    except ValueError as error:
        return NotJson(f"not JSON: {error}")
    return value


def compact(value: Any) -> str:
    """A JSON value as text: the same for the same value, whatever the order of its keys."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _depth(text: str) -> int:
    """The deepest level of brackets outside strings."""
    depth = deepest = 0
    if text.count("[") + text.count("{") <= MOST_DEPTH:
        return 0  # too few to be deep: most texts are spared the walk
    for bracket in _BRACKET.findall(_STRING.sub("", text)):
        depth += 1 if bracket in "[{" else -1
        deepest = max(deepest, depth)
    return deepest


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        seen: set[str] = set()
        twice = next(key for key, _ in pairs if key in seen or seen.add(key))  # type: ignore[func-returns-value]
        raise ValueError(f"the key {twice[:40]!r} twice in one object")
    return found


def _constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON number")


def _integer(digits: str) -> int:
    if len(digits) > MOST_DIGITS:
        raise ValueError(f"a number of {len(digits):,} digits")
    return int(digits)


def _float(digits: str) -> float:
    value = float(digits) if len(digits) <= MOST_DIGITS else float("inf")
    if value in (float("inf"), float("-inf")):
        raise ValueError("a number too large for a double")
    return value
