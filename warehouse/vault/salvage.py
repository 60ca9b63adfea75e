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
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from warehouse.home import Home, fsync_folder
from warehouse.vault import manifest
from warehouse.vault.groups import grouped
from warehouse.vault.journal import journal_of
from warehouse.vault.members import Damage, Record, walk
from warehouse.vault.sealing import OPEN_SUFFIX, SEALED_SUFFIX, Sealed, is_still, try_lock
from warehouse.vault.warc import JOURNAL, capture_of

TORN_SUFFIX = ".torn"


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

    :param now: UTC; when the files count as listed.
    :raises VaultError: when the manifest is damaged.
    """
    sealed: list[str] = []
    torn: list[str] = []
    busy: list[str] = []
    for path in raw_files(home, SEALED_SUFFIX + OPEN_SUFFIX):
        final = path.with_name(path.name.removesuffix(OPEN_SUFFIX))
        finished = _finish(path, final, is_journal=_name(home, path).startswith(f"{JOURNAL}/"))
        if finished is None:
            busy.append(_name(home, path))
            continue
        if finished.is_sealed:
            sealed.append(_name(home, final))
        if finished.torn is not None:
            torn.append(_name(home, finished.torn))
    adopted, refused, held = _adopt_unlisted(home, now)
    return Recovered(tuple(sealed), tuple(torn), tuple(adopted), tuple(refused), tuple(busy + held))


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


def _adopt_unlisted(home: Home, now: datetime) -> tuple[list[str], list[str], list[str]]:
    adopted: list[str] = []
    refused: list[str] = []
    busy: list[str] = []
    listed = {line.path for line in manifest.lines(home)}
    for path in raw_files(home, SEALED_SUFFIX):
        name = _name(home, path)
        if name in listed:
            continue
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
