"""A proposed source file: each line with how sure it is and why, so that a person knows which ones to check."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Confidence = Literal["sure", "likely", "guess"]
Value = str | int | float | bool | tuple[str, ...]

LONGEST_WHY = 160  # characters

_NOT_IN_NAMES = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Line:
    """One key of the file. `why` is for the person who checks it."""

    key: str
    value: Value
    confidence: Confidence
    why: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """A source file to be. `tables` are its tables in order; `notes` stand above it all."""

    lines: tuple[Line, ...]
    tables: tuple[tuple[str, tuple[Line, ...]], ...] = ()
    notes: tuple[str, ...] = ()

    def toml(self) -> str:
        """The text of the file. Whatever strangers wrote stands in it as a string or as one line of a comment."""
        parts = ["".join(f"# {_one_line(note)}\n" for note in self.notes), _told(self.lines)]
        parts += [f"[{name}]\n{_told(lines)}" for name, lines in self.tables if lines]
        return "\n".join(part for part in parts if part)


def name_for(host: str, language: str) -> str:
    """A name for the source of a host: `wb_beijing_gov_cn_en`."""
    words = [*host.removeprefix("www.").split("."), language.partition("-")[0]]
    name = _NOT_IN_NAMES.sub("_", "_".join(words).lower()).strip("_")
    return (name if name[:1].isalpha() else f"site_{name}")[:60].rstrip("_")


def _told(lines: Sequence[Line]) -> str:
    return "".join(f"{line.key} = {_value(line.value)}  # {line.confidence}: {_one_line(line.why)}\n" for line in lines)


def _value(value: Value) -> str:
    if isinstance(value, tuple):
        return f"[{', '.join(_value(one) for one in value)}]"
    if isinstance(value, str):  # JSON's escapes are TOML's too, but for DEL, which TOML wants escaped
        return json.dumps(value.encode("utf-8", "replace").decode(), ensure_ascii=False).replace("\x7f", "\\u007f")
    return str(value).lower() if isinstance(value, bool) else str(value)


def _one_line(text: str) -> str:
    words = " ".join("".join(char if char.isprintable() else " " for char in text).split())
    return words if len(words) <= LONGEST_WHY else f"{words[: LONGEST_WHY - 1]}…"
