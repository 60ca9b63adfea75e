"""Publish: the writer's database becomes the file people query, replaced whole and never half.

Readers that hold the old file open keep it; they never wait and are never waited for. Only this copy has the
views, and what is made ready for readers (`warehouse/deriving.py`).

An archive that was published before is not copied from the writer's again: a copy of what was published takes up
what came since (`warehouse/catching_up.py`). Of a large archive even that copy is spared: the file that was
published before the last one is kept under another name, and takes it up once nobody reads it any more.
"""

import os
import shutil
from collections.abc import Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path

from warehouse.answering import create_views
from warehouse.catching_up import caught_up, mark, remember
from warehouse.connection import WHOLE, attached, log_of, with_room
from warehouse.crashpoints import crash_point
from warehouse.deriving import Derived, derive, parts
from warehouse.home import Home, fsync_folder
from warehouse.nobody_reads import nobody_reads
from warehouse.withheld import copied_without, withheld_in

SPARE_FROM = 64_000_000  # bytes; less is copied sooner than a reader notices, and takes no second place on the disk
AT_ONCE = 1 << 30  # bytes asked of one system call


def publish(home: Home, *, whole: bool = False, spare_from: int = SPARE_FROM, searchable: bool = True) -> None:
    """Makes `archive.duckdb` anew from the closed and checkpointed writer's file.

    Call it under the writer's lock.

    :param whole: from the writer's file alone, without a look at what was published before.
    :param spare_from: bytes of an archive from which on the file published before is kept to go on from.
    :param searchable: whether the index of words is made, too; it takes a third of a millisecond for each text.
    """
    with_room(partial(_publish, home, whole, spare_from, parts(searchable=searchable)))


def _publish(home: Home, whole: bool, spare_from: int, derived: Sequence[Derived]) -> None:
    coming = home.root / "archive.duckdb.next"
    spare = home.root / "archive.duckdb.spare"
    _remove(coming)
    if not whole and _gone_on_from(home.archive, spare, coming) and caught_up(coming, home.warehouse, derived):
        _put_in_place(coming, home.archive, spare if coming.stat().st_size >= spare_from else None)
        return
    _remove(coming)
    _remove(spare)
    _make(home.warehouse, coming, derived)
    _put_in_place(coming, home.archive, None)  # what was in doubt is nothing to go on from


def _gone_on_from(published: Path, spare: Path, coming: Path) -> bool:
    """Puts what was published earlier where the next copy is made; False when there is nothing of the kind."""
    if not published.exists():
        return False
    if spare.exists() and not log_of(spare).exists() and nobody_reads(spare):
        spare.rename(coming)
    else:
        _remove(spare)
        _copy(published, coming)
    coming.chmod(0o644)
    return True


def _make(writer: Path, coming: Path, derived: Sequence[Derived]) -> None:
    _copy(writer, coming)
    if withheld := withheld_in(coming):
        _remove(coming)
        copied_without(writer, coming)
    with attached(coming, memory_limit=WHOLE) as con:
        made = mark(con, writer, withheld, derived)
        derive(con, derived)
        con.execute("BEGIN")  # one commit: each of some hundred comments would else wait for the disk
        create_views(con)
        remember(con, made)
        con.execute("COMMIT")
        con.execute("CHECKPOINT archive")


def _copy(source: Path, target: Path) -> None:
    """Copies without the bytes passing through this process; shares them where the file system can."""
    if not hasattr(os, "copy_file_range"):
        shutil.copyfile(source, target)
        return
    with source.open("rb") as read, target.open("wb") as written:
        left = os.fstat(read.fileno()).st_size
        with suppress(OSError):  # across some file systems; the rest is then copied by hand
            while left and (done := os.copy_file_range(read.fileno(), written.fileno(), min(left, AT_ONCE))):
                left -= done
        if left:
            read.seek(0)
            written.seek(0)
            shutil.copyfileobj(read, written)


def _put_in_place(coming: Path, published: Path, spare: Path | None) -> None:
    descriptor = os.open(coming, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    coming.touch()  # told as the time of publishing, even where nothing was new
    coming.chmod(0o444)
    crash_point("before_publish")
    stray = log_of(published)
    if stray.exists():
        stray.rename(stray.with_name(stray.name + ".stray"))
    if spare and published.exists():
        with suppress(OSError):  # a file system without hard links: the next publishing copies
            os.link(published, spare)
        crash_point("after_spare")
    coming.rename(published)
    fsync_folder(published.parent)


def _remove(path: Path) -> None:
    for leftover in (path, log_of(path)):
        leftover.unlink(missing_ok=True)
