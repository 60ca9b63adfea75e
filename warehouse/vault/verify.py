"""Everything in the raw folder re-hashed: the manifest's chain, each file, each gzip member, each payload.

Reads as a stream, takes no lock and changes nothing, so it may run beside a writer or on a copy.
"""

import hashlib
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from warehouse.home import Home
from warehouse.vault import manifest
from warehouse.vault.groups import grouped
from warehouse.vault.journal import journal_of
from warehouse.vault.members import Damage, walk
from warehouse.vault.salvage import TORN_SUFFIX, Counted, is_busy, raw_files
from warehouse.vault.sealing import OPEN_SUFFIX, SEALED_SUFFIX
from warehouse.vault.warc import capture_of

RESTORE = "restore the file from a copy of the raw folder, then run `communique rebuild`"
RESTORE_LIST = "restore manifest.jsonl and manifest.head from a copy of the raw folder"
SALVAGE = "nothing to do: the next run takes care of it"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong, or, when not a failure, worth knowing.

    `file` is a path below the raw folder; `offset` the gzip member's, in bytes, None for the file as a
    whole; `ref` names the capture that is affected, where that can still be read.
    """

    file: str
    offset: int | None
    what: str
    next_step: str
    ref: str | None = None
    is_failure: bool = True


def verify_raw(home: Home, *, deep: bool = True, only: Collection[str] | None = None) -> Iterator[Finding]:
    """Checks the raw folder; sound means no finding that is a failure.

    :param deep: also look into files whose digest is right; those with a wrong one are always searched.
    :param only: listed files to hash, as paths below raw; else all of them.
    """
    listed, faults = manifest.audit(home)
    for fault in faults:
        where = f"line {fault.line}: " if fault.line else ""
        yield Finding(home.manifest.name, None, where + fault.what, RESTORE_LIST)
    for line in listed if only is None else [one for one in listed if one.path in only]:
        yield from _check_file(home.raw / line.path, line, deep)
    yield from _check_unlisted(home, {line.path for line in listed})


def _check_file(path: Path, line: manifest.Line, deep: bool) -> Iterator[Finding]:
    try:
        if path.is_symlink() or not path.is_file():
            yield Finding(line.path, None, "the file is missing", RESTORE)
            return
        with path.open("rb") as file:
            sha256 = hashlib.file_digest(file, "sha256").hexdigest()
        size = path.stat().st_size
        is_same = (size, sha256) == (line.size, line.sha256)
        found = list(_check_members(path, line)) if deep or not is_same else []
    except OSError as error:
        yield Finding(line.path, None, f"the file cannot be read ({error.strerror})", RESTORE)
        return
    yield from found
    if size != line.size:
        yield Finding(line.path, None, f"{size} bytes are there, the manifest says {line.size}", RESTORE)
    elif not is_same and not found:
        yield Finding(line.path, None, "the SHA-256 is not the manifest's, though all records are sound", RESTORE)


def _check_members(path: Path, line: manifest.Line) -> Iterator[Finding]:
    """What is wrong inside a file."""
    records = Counted(walk(path))
    is_damaged = False
    for damage in _journal_damage(records) if line.kind == "journal" else _capture_damage(records):
        is_damaged = True
        yield Finding(line.path, damage.offset, damage.what, RESTORE, damage.ref)
    if not is_damaged and records.records != line.records:
        yield Finding(
            line.path, None, f"{records.records} records are there, the manifest says {line.records}", RESTORE
        )


def _capture_damage(records: Counted) -> Iterator[Damage]:
    for group in grouped(records):
        capture = group if isinstance(group, Damage) else capture_of(group)
        if isinstance(capture, Damage):
            yield capture


def _journal_damage(records: Counted) -> Iterator[Damage]:
    journal = journal_of(list(records))
    if isinstance(journal, Damage):
        yield journal


def _check_unlisted(home: Home, listed: set[str]) -> Iterator[Finding]:
    """Files that the manifest lacks: unfinished and torn ones are only told of, any other is a failure."""
    ours = {home.manifest.name, manifest.head_path(home).name, "manifest.lock"}
    others = [path for path in raw_files(home) if path.relative_to(home.raw).as_posix() not in listed | ours]
    if not others:
        return
    # A writer may have listed some of them in the meantime.
    listed = {line.path for line in manifest.audit(home)[0]}
    for path in others:
        name = path.relative_to(home.raw).as_posix()
        if name in listed:
            continue
        if name.endswith(TORN_SUFFIX):
            what = "the torn end of a file whose writer died; its whole records were kept"
            yield Finding(name, None, what, "keep it or remove it", is_failure=False)
        elif name.endswith(OPEN_SUFFIX):
            yield Finding(name, None, "not finished: a run is writing it, or died", SALVAGE, is_failure=False)
        elif _is_being_listed(path):
            yield Finding(name, None, "sealed, and about to be listed", SALVAGE, is_failure=False)
        elif name.endswith(SEALED_SUFFIX):
            yield Finding(name, None, "the manifest lacks this file", "the next run lists it, if it is sound")
        else:
            yield Finding(name, None, "not a file of the archive", "move it out of the raw folder")


def _is_being_listed(path: Path) -> bool:
    try:
        return path.is_file() and is_busy(path)
    except OSError:
        return False
