"""Compaction: the writer's database copied without the holes in it. DuckDB uses free blocks again but keeps them."""

import os
from functools import partial
from pathlib import Path

import duckdb

from warehouse.commenting import quoted
from warehouse.connection import ATTACH_OPTIONS, attached, log_of, with_room
from warehouse.home import Home, fsync_folder

FREE_SHARE = 0.3
"""Free blocks from which on a copy is worth its time (20 s a gigabyte); after daily loads a fifth is usual."""
LEAST = 64_000_000
"""Bytes; what a smaller file wastes is not worth a copy."""


def compact(home: Home, *, share: float = FREE_SHARE, least: int = LEAST) -> int:
    """Copies the closed and checkpointed database if it has many holes; gives the bytes saved, 0 when it was left.

    Call it under the writer's lock. The copy takes the place of the old file in one step, once it is whole and on the
    disk; until then a crash leaves the old one. Published copies are made anew from it, as it is another file.
    """
    return with_room(partial(_compact, home, share, least))


def _compact(home: Home, share: float, least: int) -> int:
    coming = home.root / "warehouse.duckdb.next"
    _remove(coming)
    if not home.warehouse.exists() or log_of(home.warehouse).exists():
        return 0
    before = home.warehouse.stat().st_size
    with attached(home.warehouse) as con:
        if before < least or _free_share(con) < share:
            return 0
        con.execute(f"ATTACH {quoted(str(coming))} AS coming ({ATTACH_OPTIONS})")
        con.execute("COPY FROM DATABASE archive TO coming")
        con.execute("CHECKPOINT coming")
        is_same = _counted(con, "archive") == _counted(con, "coming")
        con.execute("DETACH coming")
    if not is_same:
        _remove(coming)
        return 0
    descriptor = os.open(coming, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    coming.replace(home.warehouse)
    fsync_folder(home.root)
    return before - home.warehouse.stat().st_size


def _free_share(con: duckdb.DuckDBPyConnection) -> float:
    found = con.execute(
        "SELECT free_blocks / nullif(total_blocks, 0) FROM pragma_database_size() WHERE database_name = 'archive'"
    ).fetchone()
    return float(found[0] or 0) if found else 0.0


def _counted(con: duckdb.DuckDBPyConnection, database: str) -> list[tuple[str, int]]:
    """Rows of each table."""
    named = con.execute(
        "SELECT schema_name || '.' || table_name FROM duckdb_tables() WHERE database_name = ? ORDER BY 1", [database]
    ).fetchall()
    counted = []
    for (name,) in named:
        ((rows,),) = con.execute(f"SELECT count(*) FROM {database}.{name}").fetchall()
        counted.append((name, int(rows)))
    return counted


def _remove(path: Path) -> None:
    for leftover in (path, log_of(path)):
        leftover.unlink(missing_ok=True)
