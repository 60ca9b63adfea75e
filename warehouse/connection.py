"""Opening the writer's database: one short-lived connection at a time, under the writer's lock.

Storage version and row group size belong on every ATTACH: the first makes zstd possible, the second is
not stored in the file, and opening without it rewrites the tables.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import duckdb

from sources.errors import ArchiveError
from warehouse.commenting import quoted

ATTACH_OPTIONS = "ROW_GROUP_SIZE 20480, STORAGE_VERSION 'v1.5.0'"
NETWORK_FILE_SYSTEMS = frozenset(
    {"nfs", "nfs4", "cifs", "smb3", "smbfs", "fuse.sshfs", "9p", "afs", "ceph", "glusterfs"}
)


@contextmanager
def attached(path: Path, *, memory_limit: str = "256MB") -> Iterator[duckdb.DuckDBPyConnection]:
    """Opens `path` for writing as the default catalog `archive`; makes it when it is not there.

    :raises ArchiveError: when the file is locked by another program, damaged, or on a network file system.
    """
    refuse_network_file_system(path.parent)
    con = duckdb.connect(
        config={
            "threads": 2,
            "memory_limit": memory_limit,
            "temp_directory": str(path.parent / "staging" / "duckdb.tmp"),
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
            "preserve_insertion_order": True,
        }
    )
    try:
        con.execute("SET TimeZone = 'UTC'")
        con.execute(f"ATTACH {quoted(str(path))} AS archive ({ATTACH_OPTIONS})")
        con.execute("USE archive")
        con.execute("SET enable_external_access = false")
        con.execute("SET lock_configuration = true")
        yield con
    except duckdb.IOException as error:
        raise ArchiveError(f"{path}: {error}; close the program that holds it, or run `communique rebuild`") from error
    finally:
        con.close()


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
