"""Opening the writer's database: one short-lived connection at a time, under the writer's lock.

The file is attached and detached; the engine behind it, which holds no file, is kept for the next time.

Storage version and row group size belong on every ATTACH: the first makes zstd possible, the second is
not stored in the file, and opening without it rewrites the tables.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from functools import cache
from itertools import count
from pathlib import Path
from typing import TypeVar

import duckdb

from sources.errors import ArchiveError, DamagedArchive, NeedsRoom
from warehouse.commenting import quoted

ATTACH_OPTIONS = "ROW_GROUP_SIZE 20480, STORAGE_VERSION 'v1.5.0'"
UNLOGGED = "RECOVERY_MODE no_wal_writes"
LOADING = "128MB"  # carries any usual batch; twice that is used up too, and 96MB fails at some checkpoints
WHOLE = "256MB"  # reads the whole archive
ROOMIER = ("512MB", "2GB", "8GB")  # for texts as long as books: two thousand of them lie in one frame of a column
THREADS = {LOADING: 1, WHOLE: 2}  # a second one costs a batch a fifth more, while the readers want both cores
NO_PROGRESS_BAR = "SET enable_progress_bar = false"  # it writes to stdout, where scripts read JSON
SETTINGS = (
    "SET GLOBAL TimeZone = 'UTC'",
    NO_PROGRESS_BAR,
    "SET enable_external_access = false",
    "SET lock_configuration = true",
)
SIGNS_OF_DAMAGE = (  # DuckDB has one exception for these and for a full disk or a lock
    "Corrupt database file",
    "Corrupt WAL file",
    "Failure while replaying WAL",
    "Could not read enough bytes",
    "not a valid DuckDB database file",
)
SIGNS_OF_WANT = ("Out of Memory", "failed to pin block", "could not allocate block", "failed to allocate")
NETWORK_FILE_SYSTEMS = frozenset(
    {"nfs", "nfs4", "cifs", "smb3", "smbfs", "fuse.sshfs", "9p", "afs", "ceph", "glusterfs"}
)


T = TypeVar("T")


@contextmanager
def attached(path: Path, *, memory_limit: str = WHOLE, logged: bool = True) -> Iterator[duckdb.DuckDBPyConnection]:
    """Opens `path` for writing as the default catalog `archive`; makes it when it is not there.

    :param memory_limit: `LOADING` is enough for batches; who reads the whole archive needs `WHOLE`.
    :param logged: False for a file that is thrown away if it does not come to its checkpoint: all is written once.
    :raises DamagedArchive: when what DuckDB reads is not what it wrote, now or later in the block.
    :raises NeedsRoom: when that was too little memory; to be tried again, see `with_room`.
    :raises ArchiveError: when the file is locked by another program, or on a network file system.
    """
    refuse_network_file_system(path.parent)
    engine = _engine(path.parent, memory_limit)
    try:
        con = engine.cursor()
        options = ATTACH_OPTIONS if logged else f"{ATTACH_OPTIONS}, {UNLOGGED}"
        con.execute(f"ATTACH {quoted(str(path))} AS archive ({options})")
        con.execute("USE archive")
        yield con
        with suppress(duckdb.TransactionException):
            con.execute("ROLLBACK")  # what the block left unfinished
        con.execute("USE memory")
        con.execute("DETACH archive")
        con.close()
    except duckdb.Error as error:
        engine.close()  # with all that was not committed
        if any(sign in str(error) for sign in SIGNS_OF_WANT):
            raise _more_room(path, str(error)) from error
        if isinstance(error, duckdb.IOException):
            raise _told(path, str(error)) from error
        raise
    except BaseException:
        engine.close()
        raise
    _put_by(engine, path.parent, memory_limit)


def with_room(act: Callable[[], T]) -> T:
    """What `act` gives, who opens the database itself and may do so again until it has memory enough."""
    while True:
        with suppress(NeedsRoom):  # raised only as long as there is more to be had
            return act()


_granted: dict[Path, int] = {}  # by folder, how many steps of ROOMIER were needed


def _steps(folder: Path) -> int:
    """How many were needed, by this process or one before: an archive of long texts keeps them."""
    if folder not in _granted:
        with suppress(OSError, ValueError):
            _granted[folder] = min(len(ROOMIER), max(0, int(_told_in(folder).read_text(encoding="utf-8"))))
    return _granted.get(folder, 0)


def _told_in(folder: Path) -> Path:
    return folder / "staging" / "duckdb.room"


def _more_room(path: Path, said: str) -> ArchiveError:
    step = _steps(path.parent)
    if step == len(ROOMIER):
        return ArchiveError(f"{path}: {said}; texts this long take a machine with more memory")
    _granted[path.parent] = step + 1
    with suppress(OSError):
        _told_in(path.parent).write_text(str(step + 1), encoding="utf-8")
    for key in [key for key in _idle if key[0] == path.parent]:
        for idle in _idle.pop(key):
            idle.close()
    return NeedsRoom(f"{path}: {said}; run again, it is given {ROOMIER[step]} from now on")


_idle: dict[tuple[Path, str], list[duckdb.DuckDBPyConnection]] = {}


def _put_by(engine: duckdb.DuckDBPyConnection, folder: Path, memory_limit: str) -> None:
    """Keeps an engine for the next time; those of other folders go, or each folder ever met would cost memory."""
    for other in [key for key in list(_idle) if key[0] != folder]:
        for idle in _idle.pop(other, []):
            idle.close()
    _idle.setdefault((folder, memory_limit), []).append(engine)


def _engine(folder: Path, memory_limit: str) -> duckdb.DuckDBPyConnection:
    """DuckDB with no database yet, shut off from all but `folder`.

    One that was used before when there is one: starting it costs as much as loading a hundred releases.
    """
    with suppress(KeyError, IndexError):
        return _idle[folder, memory_limit].pop()
    step = _steps(folder)
    engine = duckdb.connect(
        config={
            "threads": THREADS[memory_limit],
            "memory_limit": ROOMIER[step - 1] if step else memory_limit,
            "checkpoint_threshold": "100MB",
            "allocator_flush_threshold": "16MB",  # what a checkpoint freed goes back to the system
            # One for each process: DuckDB clears away what lies in it when it ends, whoever it is from.
            "temp_directory": str(folder / "staging" / f"duckdb.tmp.{os.getpid()}"),
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
            "preserve_insertion_order": True,
        }
    )
    engine.execute(f"SET allowed_directories = [{quoted(str(folder))}]")
    for setting in SETTINGS:
        engine.execute(setting)
    return engine


def _told(path: Path, said: str) -> ArchiveError:
    if any(sign in said for sign in SIGNS_OF_DAMAGE):
        return DamagedArchive(f"{path}: {said}; `communique run` or `communique rebuild` makes it again from raw")
    if "lock" in said:
        return ArchiveError(f"{path}: {said}; close the program that holds it: only `communique` may open this file")
    return ArchiveError(f"{path}: {said}; see to the disk and run again, nothing is lost")


def log_of(path: Path) -> Path:
    """DuckDB's write-ahead log of a database; gone once everything is checked in."""
    return path.with_name(path.name + ".wal")


def set_aside(path: Path, now: datetime) -> Path | None:
    """Renames a database and its log; never deletes, what was acknowledged may be in either. Gives the new name."""
    stamp = now.strftime("%Y%m%dT%H%M%SZ")
    names = (path.with_name(f"{path.name}.before-{stamp}-{number}") for number in count(1))
    aside = next(name for name in names if not name.exists())
    if log_of(path).exists():
        log_of(path).rename(log_of(aside))
    if not path.exists():
        return None
    path.rename(aside)
    return aside


@contextmanager
def opened_read_only(path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Opens a published archive for reading, shut off from the rest of the machine.

    :raises ArchiveError: when there is none yet, or it is not a DuckDB file.
    """
    if not path.is_file():
        raise ArchiveError(f"{path}: no archive yet; `communique run folder` makes one")
    try:
        con = duckdb.connect(
            str(path),
            read_only=True,
            config={"autoinstall_known_extensions": False, "autoload_known_extensions": False},
        )
    except duckdb.Error as error:
        raise ArchiveError(f"{path}: {error}; `communique rebuild` makes it again from raw") from error
    try:
        con.execute("SET TimeZone = 'UTC'")
        con.execute(NO_PROGRESS_BAR)
        con.execute("SET enable_external_access = false")
        yield con
    finally:
        con.close()


def refuse_network_file_system(folder: Path) -> None:
    """Locks and renames are not to be trusted across a network.

    :raises ArchiveError: when `folder` lies on one (told from the kernel's mount table, where there is one).
    """
    mounts = Path("/proc/self/mounts")
    if not mounts.exists():
        return
    resolved = folder.resolve()
    best = ("", "")
    for line in mounts.read_text(encoding="utf-8", errors="replace").splitlines():
        _, point, kind = line.split(" ")[:3]
        if resolved.is_relative_to(point) and len(point) > len(best[0]):
            best = (point, kind)
    if best[1] in NETWORK_FILE_SYSTEMS:
        raise ArchiveError(f"{folder}: lies on a network file system ({best[1]}); keep the archive on a local disk")


@cache
def sql(name: str) -> str:
    """The text of `warehouse/<name>.sql`."""
    return (Path(__file__).parent / f"{name}.sql").read_text(encoding="utf-8")
