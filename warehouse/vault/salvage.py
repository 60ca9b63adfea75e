"""What dead runs left in the raw folder, made whole: called first by every holder of the writer's lock.

- A captures file still named `.open`: the groups of records that are whole are sealed, the torn tail is kept
  beside it as `.torn`.
- A journal still named `.open` is set aside: its batch is still in staging and will be decided again.
- A sealed file that the manifest lacks is read through and listed.

Files that a living writer holds are left alone.
"""

import hashlib
import os
import shutil
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from warehouse.home import Home, fsync_folder
from warehouse.vault import manifest
from warehouse.vault.groups import grouped
from warehouse.vault.journal import journal_of
from warehouse.vault.looked import Folder, Looked, folders_below, head_after, note_looked, read_looked
from warehouse.vault.manifest import Line
from warehouse.vault.members import Damage, Record, walk
from warehouse.vault.sealing import OPEN_SUFFIX, SEALED_SUFFIX, Sealed, is_still, try_lock
from warehouse.vault.warc import JOURNAL, capture_of

TORN_SUFFIX = ".torn"
NOTED = "raw"


@dataclass(frozen=True, slots=True)
class Recovered:
    """Paths below the raw folder, each in name order.

    `sealed` from an unfinished file, `torn` set aside, `adopted` into the manifest (the sealed ones among
    them), `refused` sealed but damaged and so not listed, `busy` in the hands of a living writer.
    """

    sealed: tuple[str, ...] = ()
    torn: tuple[str, ...] = ()
    adopted: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()
    busy: tuple[str, ...] = ()


def recover(home: Home, *, now: datetime) -> Recovered:
    """Seals, lists and sets aside what dead runs left. A second call finds nothing to do.

    Folders that were in order the last time and have not changed are not looked through again.

    :param now: UTC; when the files count as listed.
    :raises VaultError: when the manifest is damaged.
    """
    before, fresh = read_looked(home, NOTED)
    looked = _look_through(home, before, fresh)
    adopted, refused, held = _adopt_unlisted(home, sorted(looked.doubtful), now)
    if not (looked.sealed or looked.torn or adopted):  # else what is in order changes while it is noted
        in_doubt = {name.rpartition("/")[0] for name in (*looked.busy, *refused, *held)}
        in_order = {name: folder for name, folder in looked.folders.items() if name not in in_doubt}
        following = Looked(head_after(home, before.line, fresh, len(fresh)), in_order)
        if following != before:
            note_looked(home, NOTED, following)
    busy = (*looked.busy, *held)
    return Recovered(tuple(looked.sealed), tuple(looked.torn), tuple(adopted), tuple(refused), busy)


@dataclass(slots=True)
class _LookedThrough:
    """What was ended, the folders as they are, and the sealed files that may not be listed."""

    sealed: list[str] = field(default_factory=list)
    torn: list[str] = field(default_factory=list)
    busy: list[str] = field(default_factory=list)
    doubtful: set[str] = field(default_factory=set)
    folders: dict[str, Folder] = field(default_factory=dict)


def _look_through(home: Home, before: Looked, fresh: Sequence[Line]) -> _LookedThrough:
    """Ends unfinished files; a folder is in order when it has as many sealed files more as the manifest has lines."""
    looked = _LookedThrough()
    came = Counter(line.path.rpartition("/")[0] for line in fresh)
    settled = {name: folder for name, folder in before.folders.items() if name not in came}
    for folder, changed, listing in folders_below(home.raw, settled):
        known = before.folders.get(folder)
        if listing is None and known:
            looked.folders[folder] = known
            continue
        names = [f"{folder}/{name}".lstrip("/") for name in listing or ()]
        for name in names:
            if name.endswith(SEALED_SUFFIX + OPEN_SUFFIX):
                _end(home, name, looked)
        there = [name for name in names if name.endswith(SEALED_SUFFIX)]
        if known is None or len(there) != known.sealed + came[folder]:
            looked.doubtful.update(there)
        looked.folders[folder] = Folder(changed, len(there))
    looked.doubtful.update(looked.sealed)
    return looked


def _end(home: Home, name: str, looked: _LookedThrough) -> None:
    """Ends one unfinished file, unless its writer lives."""
    final = home.raw / name.removesuffix(OPEN_SUFFIX)
    finished = _finish(home.raw / name, final, is_journal=name.startswith(f"{JOURNAL}/"))
    if finished is None:
        looked.busy.append(name)
        return
    if finished.is_sealed:
        looked.sealed.append(_name(home, final))
    if finished.torn is not None:
        looked.torn.append(_name(home, finished.torn))


def raw_files(home: Home, suffix: str = "") -> list[Path]:
    """Every file below the raw folder whose name ends so, in name order; links are not followed."""
    found = (Path(folder, name) for folder, _, names in os.walk(home.raw) for name in names if name.endswith(suffix))
    return sorted(found)


def is_busy(path: Path) -> bool:
    """Whether a living writer holds this file."""
    with path.open("rb") as file:
        return not try_lock(file.fileno())


@dataclass(frozen=True, slots=True)
class _Finished:
    is_sealed: bool
    torn: Path | None


def _finish(path: Path, final: Path, *, is_journal: bool) -> _Finished | None:
    """Ends what a dead run began; None when its writer lives."""
    try:
        file = path.open("r+b")
    except FileNotFoundError:
        return None
    with file:
        if not try_lock(file.fileno()) or not is_still(file.fileno(), path):
            return None
        size = os.fstat(file.fileno()).st_size
        whole = 0 if is_journal or final.exists() else _whole_groups_end(path)
        torn = _free_name(final) if whole < size else None
        if whole > 0:
            if torn is not None:
                _cut(file, whole, torn)
            path.rename(final)
        elif torn is not None:
            path.rename(torn)
        else:
            path.unlink()
        fsync_folder(path.parent)
    return _Finished(whole > 0, torn)


def _cut(file: BinaryIO, whole: int, torn: Path) -> None:
    """Moves what lies behind the whole part into a file of its own."""
    file.seek(whole)
    with torn.open("xb") as tail:
        shutil.copyfileobj(file, tail)
        tail.flush()
        os.fsync(tail.fileno())
    file.truncate(whole)
    os.fsync(file.fileno())


def _whole_groups_end(path: Path) -> int:
    """Where the last capture or exchange ends before which all is whole; 0 when there is none."""
    end = 0
    for group in grouped(walk(path)):
        if isinstance(group, Damage) or isinstance(capture_of(group), Damage):
            break
        end = group.end
    return end


def _free_name(final: Path) -> Path:
    """`NAME.torn`, or with a number when an earlier crash took that name."""
    torn, number = final.with_name(final.name + TORN_SUFFIX), 1
    while torn.exists():
        number += 1
        torn = final.with_name(f"{final.name}.{number}{TORN_SUFFIX}")
    return torn


def _adopt_unlisted(home: Home, names: Sequence[str], now: datetime) -> tuple[list[str], list[str], list[str]]:
    """Lists those of the sealed files that are not listed; what was listed, is damaged, or has a living writer."""
    adopted: list[str] = []
    refused: list[str] = []
    busy: list[str] = []
    listed = {line.path for line in manifest.lines(home)} if names else set()
    for name in names:
        if name in listed:
            continue
        path = home.raw / name
        with path.open("rb") as file:
            if not try_lock(file.fileno()):
                busy.append(name)
                continue
            # Its writer lists a file before letting go of it, so the list is read again under the lock.
            if manifest.last(home).n != len(listed):
                listed = {line.path for line in manifest.lines(home)}
            if name in listed:
                continue
            sealed = _read_through(path, name)
            if sealed is None:
                refused.append(name)
                continue
            manifest.append(home, sealed, "journal" if name.startswith(f"{JOURNAL}/") else "captures", now)
            listed.add(name)
            adopted.append(name)
    return adopted, refused, busy


def _read_through(path: Path, name: str) -> Sealed | None:
    """A sealed file as the manifest lists it; None when not all of it is sound."""
    counter = Counted(walk(path))
    if name.startswith(f"{JOURNAL}/"):
        sound = not isinstance(journal_of(list(counter)), Damage)
    else:
        groups = grouped(counter)
        sound = all(not isinstance(one, Damage) and not isinstance(capture_of(one), Damage) for one in groups)
    if not sound:
        return None
    with path.open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    return Sealed(name, path.stat().st_size, sha256, counter.records)


class Counted:
    """Records on their way through, counted."""

    def __init__(self, items: Iterator[Record | Damage]) -> None:
        self._items = items
        self.records = 0

    def __iter__(self) -> Iterator[Record | Damage]:
        for item in self._items:
            self.records += isinstance(item, Record)
            yield item


def _name(home: Home, path: Path) -> str:
    return path.relative_to(home.raw).as_posix()
