"""Paths into JSON: `result.records[*].title`. Names, indices and `[*]`, no more.

The subset of RFC 9535 that lists of releases need. Libraries for the whole of it bring filters with regular
expressions, and those take their time from whoever writes the data.
"""

import re
from typing import Any

LONGEST = 200  # characters

_STEP = re.compile(r"""\.?([A-Za-z_@$][\w@$:-]*)|\[(\d{1,6})\]|\[(\*)\]|\["([^"\]]{1,80})"\]""")
Step = str | int | None
"""A name, an index, or None for every member of a list."""


def compile_path(path: str) -> tuple[Step, ...]:
    """The steps of a path; of `$` or the empty path, none: the value itself.

    :raises ValueError: with the place where the path cannot be understood.
    """
    if len(path) > LONGEST:
        raise ValueError(f"a path of {len(path)} characters, over the limit of {LONGEST}")
    rest = path.removeprefix("$").lstrip(".")
    steps: list[Step] = []
    at = 0
    while at < len(rest):
        match = _STEP.match(rest, at)
        if match is None or (match[1] and steps and rest[at] != "."):
            raise ValueError(f"{path!r} cannot be understood from {rest[at:]!r} on; a path reads like records[*].title")
        name, index, each, quoted = match.groups()
        steps.append(None if each else int(index) if index else name or quoted)
        at = match.end()
    return tuple(steps)


def values_at(value: Any, path: str) -> list[Any]:
    """Every value a path leads to, in order; nulls and dead ends give none."""
    found = [value]
    for step in compile_path(path):
        found = [inner for outer in found for inner in _step(outer, step)]
    return [one for one in found if one is not None]


def text_at(value: Any, path: str) -> str | None:
    """The first text or number a path leads to, as text; None when there is none."""
    for found in values_at(value, path):
        if isinstance(found, str) and found.strip():
            return found.strip()
        if isinstance(found, int | float) and not isinstance(found, bool):
            return str(found)
    return None


def _step(value: Any, step: Step) -> list[Any]:
    match step, value:
        case None, list():
            return list(value)
        case int(), list():
            return value[step : step + 1]
        case str(), dict() if step in value:
            return [value[step]]
        case _:
            return []
