"""Up to where the raw folder was found in order, so that a run looks through what came since and not through all of it.

What is noted holds only for the manifest it was noted of, which a line's number and digest tell; where it does not, or
cannot be read, all is looked through once more. It lies in staging and may be removed at any time.
"""

import os
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pydantic_core import from_json, to_json

from sources.errors import VaultError
from warehouse.home import Home
from warehouse.vault.chain import BEFORE_THE_FIRST, Head, Line
from warehouse.vault.manifest import last, lines, since

START = Head(0, BEFORE_THE_FIRST)
SETTLED_NS = 2_000_000_000  # a folder that changed later than that may change again and show the same time
UNSETTLED = 0


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder below raw/ in order: when it last changed (ns), `UNSETTLED` if only just, and its sealed files."""

    changed_ns: int
    sealed: int


@dataclass(frozen=True, slots=True)
class Looked:
    """What was in order when the line of that number and digest was the manifest's last; folders by relative name."""

    line: Head = START
    folders: Mapping[str, Folder] = field(default_factory=dict)


def read_looked(home: Home, what: str) -> tuple[Looked, list[Line]]:
    """What was noted last as `what`, and the lines that the manifest got since; nothing and all lines if it is void.

    :raises VaultError: when the manifest is damaged.
    """
    try:
        told = from_json(_path(home, what).read_bytes())
        folders = {name: Folder(*map(int, place)) for name, place in told["folders"].items()}
        noted = Looked(Head(int(told["n"]), str(told["sha256"])), folders)
        following = since(home, noted.line.n) if noted.line.n > 0 else []
    except (OSError, ValueError, TypeError, KeyError, AttributeError, VaultError):
        return Looked(), lines(home)
    before = following[0].previous if following else last(home).sha256
    return (noted, following) if noted.line.n > 0 and before == noted.line.sha256 else (Looked(), lines(home))


def note_looked(home: Home, what: str, now: Looked) -> None:
    """Notes it for the next time. Not fsynced: what a power cut leaves of it is void."""
    path = _path(home, what)
    path.parent.mkdir(parents=True, exist_ok=True)
    folders = {name: (folder.changed_ns, folder.sealed) for name, folder in now.folders.items()}
    partial = path.with_name(path.name + ".open")
    partial.write_bytes(to_json({"n": now.line.n, "sha256": now.line.sha256, "folders": folders}))
    partial.rename(path)


def head_after(home: Home, before: Head, following: Sequence[Line], count: int) -> Head:
    """The head as it was behind the first `count` of the lines that follow `before`."""
    if count == 0:
        return before
    if count < len(following):
        return Head(following[count - 1].n, following[count].previous)
    newest = last(home)
    # Somebody may have added to the list meanwhile; then the line before the last is as far as we know the digests.
    return newest if newest.n == following[-1].n else head_after(home, before, following, count - 1)


def folders_below(raw: Path, known: Mapping[str, Folder]) -> Iterator[tuple[str, int, list[str] | None]]:
    """Every folder with files below `raw`, by relative name, with when it changed and its file names in order.

    The names are None where a known folder is as it was. Only folders without folders in them may be known.
    """
    waiting = [""] if raw.is_dir() else []
    while waiting:
        name = waiting.pop()
        path = raw / name
        changed = path.stat().st_mtime_ns
        if name in known and known[name].changed_ns == changed:
            yield name, changed, None
            continue
        with os.scandir(path) as entries:
            found = [(entry.name, entry.is_dir(follow_symlinks=False)) for entry in entries]
        below = sorted(f"{name}/{one}" if name else one for one, is_folder in found if is_folder)
        waiting += reversed(below)
        if files := sorted(one for one, is_folder in found if not is_folder):
            yield name, UNSETTLED if below else settled(changed), files


def settled(changed_ns: int) -> int:
    """A time of change that can be relied upon, else `UNSETTLED`."""
    return changed_ns if changed_ns < time.time_ns() - SETTLED_NS else UNSETTLED


def _path(home: Home, what: str) -> Path:
    return home.staging / f"{what}.looked"
