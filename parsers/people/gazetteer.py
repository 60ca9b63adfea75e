"""The word lists of this folder, read once."""

import tomllib
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent


@cache
def words(file: str, name: str) -> frozenset[str]:
    """The words of one list; "_" in a word stands for a blank."""
    return frozenset(word.replace("_", " ") for word in _lists(file)[name].split())


def has(file: str, name: str) -> bool:
    """Whether a file has the list."""
    return name in _lists(file)


@cache
def _lists(file: str) -> dict[str, str]:
    return tomllib.loads((FOLDER / f"{file}.toml").read_text(encoding="utf-8"))
