"""The folder source: every file below an inbox is a candidate, whatever it turns out to be.

What cannot be a release (a link, a pipe, a folder closed to us) is a candidate too, so that it gets an outcome
instead of being passed over. Nothing is opened here, moved or changed.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote_from_bytes, unquote_to_bytes

from sources.candidate import Candidate
from sources.errors import ConfigError
from sources.files import Signature, signature_of

INBOX = "file:///inbox/"
SIDECAR = b".meta.toml"


@dataclass(frozen=True, slots=True)
class _Entry:
    """One directory entry: its path below the root and, for a file, the name of its sidecar beside it."""

    relative: bytes
    found: os.DirEntry[bytes]
    is_folder: bool
    sidecar: bytes | None


def discover(root: Path, *, source: str = "folder") -> Iterator[Candidate]:
    """Every entry below `root`, sub-folders included, in the order of the raw bytes of its relative path.

    A sidecar that has its file is no candidate of its own: it travels with the file. Folders are walked, not
    listed, unless they cannot be. Links are never followed, save that `root` itself may be one.

    :raises ConfigError: `root` is missing, is no folder, or is closed to us.
    """
    try:
        entries = _entries(os.fsencode(root.absolute()), b"")
    except OSError as error:
        raise ConfigError(_no_inbox(root, source, error)) from None
    return _candidates(entries, source)


def candidate_at(path: Path, *, source: str = "folder", position: int = 0) -> Candidate:
    """One file named by hand, with the sidecar that lies beside it; it need not exist."""
    whole = os.fsencode(path.absolute())
    folder, _, name = whole.rpartition(b"/")
    try:
        signature = signature_of(path.lstat())
    except OSError:
        signature = None
    beside = [side for side in sidecar_names(name) if os.access(folder + b"/" + side, os.F_OK)]
    return Candidate(
        source=source,
        ref=INBOX + quote_from_bytes(name),
        name=display_name(os.fsencode(path)),
        position=position,
        path=os.fsdecode(whole),
        sidecar=os.fsdecode(folder + b"/" + beside[0]) if beside else None,
        signature=signature,
    )


def relative_path(ref: str) -> bytes:
    """The exact bytes of the path below the inbox that a candidate's `ref` stands for."""
    quoted = ref.removeprefix(INBOX).partition("#")[0]
    return unquote_to_bytes(quoted) if "%" in quoted else quoted.encode()


def display_name(path: bytes) -> str:
    """The path as text where it is UTF-8; else with each stray byte written as a backslash escape."""
    return path.decode("utf-8", "backslashreplace")


def sidecar_names(name: bytes) -> tuple[bytes, ...]:
    """Where the stated facts of `name` may lie, the nearer first: a.txt.meta.toml, then a.meta.toml."""
    if name.endswith(SIDECAR):
        return ()
    stem = name.rpartition(b".")[0]
    return (name + SIDECAR, stem + SIDECAR) if stem else (name + SIDECAR,)


def _candidates(entries: list[_Entry], source: str) -> Iterator[Candidate]:
    for position, entry in enumerate(_walk(entries)):
        path = entry.found.path
        beside = path[: len(path) - len(entry.found.name)]
        yield Candidate(
            source=source,
            ref=INBOX + quote_from_bytes(entry.relative),
            name=display_name(entry.relative),
            position=position,
            path=os.fsdecode(path),
            sidecar=os.fsdecode(beside + entry.sidecar) if entry.sidecar else None,
            signature=_signature(entry.found),
        )


def _walk(entries: list[_Entry]) -> Iterator[_Entry]:
    """Depth first, without recursion: an inbox may be nested deeper than Python's stack."""
    levels = [iter(entries)]
    while levels:
        entry = next(levels[-1], None)
        if entry is None:
            levels.pop()
        elif not entry.is_folder:
            yield entry
        else:
            try:
                levels.append(iter(_entries(entry.found.path, entry.relative + b"/")))
            except OSError:
                yield entry


def _entries(folder: bytes, prefix: bytes) -> list[_Entry]:
    with os.scandir(folder) as listing:
        found = [(entry, entry.is_dir(follow_symlinks=False)) for entry in listing]
    names = {entry.name for entry, is_folder in found if not is_folder}
    sidecars = {name for name in names if name.endswith(SIDECAR)}
    beside = {name: side for name in names if (side := _chosen(name, sidecars))} if sidecars else {}
    taken = set(beside.values())
    # A folder sorts as its files will, with the slash: that makes the walk's order the order of whole paths.
    found.sort(key=lambda one: one[0].name + b"/" if one[1] else one[0].name)
    return [
        _Entry(prefix + entry.name, entry, is_folder, beside.get(entry.name))
        for entry, is_folder in found
        if is_folder or entry.name not in taken
    ]


def _chosen(name: bytes, sidecars: set[bytes]) -> bytes | None:
    return next((side for side in sidecar_names(name) if side in sidecars), None)


def _signature(entry: os.DirEntry[bytes]) -> Signature | None:
    try:
        return signature_of(entry.stat(follow_symlinks=False))
    except OSError:
        return None  # gone already; reading it will say so


def _no_inbox(root: Path, source: str, error: OSError) -> str:
    reason = os.strerror(error.errno or 0)
    return (
        f"source {source!r}: the inbox {root} cannot be listed ({reason}); "
        "make the folder, or name another with --inbox or `path` in the source's TOML file"
    )
