"""Publish: the writer's database becomes the file people query, replaced whole and never half.

Readers that hold the old file open keep it; they never wait and are never waited for. Only this copy
has the views, and a column that says which reading is current.
"""

import os
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path

import duckdb

from sources.errors import ArchiveError
from warehouse.commenting import column_comments, question, quoted
from warehouse.connection import LOADING, attached, sql
from warehouse.crashpoints import crash_point
from warehouse.home import Home, fsync_folder

VIEWS = Path(__file__).parent / "views"


def publish(home: Home) -> None:
    """Makes `archive.duckdb` anew from the closed and checkpointed writer's file.

    Call it under the writer's lock.
    """
    spare = home.root / "archive.duckdb.next"
    for leftover in (spare, spare.with_name(spare.name + ".wal")):
        leftover.unlink(missing_ok=True)
    shutil.copyfile(home.warehouse, spare)
    with attached(spare, memory_limit=LOADING) as con:
        con.execute(sql("schema/current"))
        con.execute("BEGIN")  # one commit: each of some hundred comments would else wait for the disk
        create_views(con)
        con.execute("COMMIT")
        con.execute("CHECKPOINT archive")
    _put_in_place(spare, home)


def create_views(con: duckdb.DuckDBPyConnection, folder: Path = VIEWS) -> None:
    """Creates every view with its comments; a view may stand on another, in any order of files."""
    waiting = {path: path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.sql"))}
    inherited = {**_own_comments(waiting.values()), **_column_comments(con)}
    while waiting:
        made = [path for path, text in waiting.items() if _created(con, text)]
        if not made:
            path, text = next(iter(waiting.items()))
            raise ArchiveError(f"{path.name}: {_complaint(con, text)}")
        for path in made:
            _comment(con, path.stem, waiting.pop(path), inherited)


def _created(con: duckdb.DuckDBPyConnection, text: str) -> bool:
    return _complaint(con, text) is None


def _complaint(con: duckdb.DuckDBPyConnection, text: str) -> duckdb.Error | None:
    try:
        con.execute(text)
    except duckdb.CatalogException as error:
        return error
    return None


def _column_comments(con: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """What the tables say of their columns; a view that passes a column on says the same."""
    found = con.execute(
        "SELECT column_name, first(comment ORDER BY table_name = 'readings' DESC) FROM duckdb_columns()"
        " WHERE schema_name = 'kept' AND comment IS NOT NULL GROUP BY column_name"
    )
    return dict(found.fetchall())


def _own_comments(views: Iterable[str]) -> dict[str, str]:
    """What views say of the columns they make, for the views that stand on them."""
    return {column: comment for text in views for column, comment in column_comments(text).items()}


def _comment(con: duckdb.DuckDBPyConnection, view: str, text: str, inherited: Mapping[str, str]) -> None:
    con.execute(f"COMMENT ON VIEW {view} IS {quoted(question(text))}")
    comments = {**inherited, **column_comments(text)}
    columns = con.execute(
        "SELECT column_name FROM duckdb_columns() WHERE table_name = ? AND schema_name = 'main'", [view]
    ).fetchall()
    for (column,) in columns:
        if column in comments:
            con.execute(f'COMMENT ON COLUMN {view}."{column}" IS {quoted(comments[column])}')


def _put_in_place(spare: Path, home: Home) -> None:
    descriptor = os.open(spare, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    spare.chmod(0o444)
    crash_point("before_publish")
    stray = home.archive.with_name(home.archive.name + ".wal")
    if stray.exists():
        stray.rename(stray.with_name(stray.name + ".stray"))
    spare.rename(home.archive)
    fsync_folder(home.root)
