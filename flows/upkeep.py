"""Upkeep of an archive: what a run leaves to do once a day, in the order that a crash in the middle harms least.

    load what waits → find who is named → remove left-overs → compact → publish → look at a part of raw → note the head
    → write it down

Nothing in raw is ever removed. What is found wrong becomes an alarm of the whole archive, one for each file, and is
cleared when the file is looked at again and sound; that is done each time.
"""

import secrets
import shutil
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb

from flows.health import WHOLE_ARCHIVE, Verdict, alarm_rows, open_causes
from flows.run import STARTED
from flows.settings import Settings
from sources.capture import rfc3339
from sources.errors import DiskFull
from warehouse.compacting import compact
from warehouse.connection import opened_read_only
from warehouse.disk import check_room, free_bytes
from warehouse.home import Home
from warehouse.naming import AT_MOST as NAMED_AT_ONCE
from warehouse.naming import take_up
from warehouse.publishing import publish
from warehouse.rounds import Checked, due, look_again
from warehouse.staging import Batch
from warehouse.vault.chain import Head, Line
from warehouse.vault.heads import against_heads, note_head
from warehouse.vault.manifest import audit, last
from warehouse.vault.verify import Finding
from warehouse.writing import Writer, writing

Row = dict[str, Any]
DAMAGED, DISK = "raw damaged: ", "disk nearly full"
"""What the causes begin with."""
STALE_SECONDS = 2 * 24 * 3600.0
"""A file of a run that was not touched for so long has no run any more."""


@dataclass(frozen=True, slots=True)
class Maintained:
    """What one upkeep did; `row` is what it wrote down, `alarms` are those that it raised or cleared."""

    run_id: str
    row: Row
    findings: tuple[Finding, ...]
    alarms: tuple[Row, ...]
    full: str | None = None

    def as_json(self) -> Row:
        """All of it as JSON values."""
        return {**self.row, "findings": [asdict(one) for one in self.findings], "alarms": list(self.alarms)}


def maintain(
    settings: Settings, now: Callable[[], datetime], *, seen: Callable[[int], None] = lambda _: None
) -> Maintained:
    """Does all of it once.

    :param seen: told of each file that was looked at, for a progress bar.
    :raises LockBusy: when another process keeps the archive for longer than `lock_wait_seconds`.
    """
    began = now()
    home = settings.place
    run_id = f"{began.astimezone(UTC).strftime(STARTED)}-{secrets.token_hex(3)}"
    full = _full(settings)
    home.root.mkdir(parents=True, exist_ok=True)
    removed = shrunk = 0

    def tidy(_: Home) -> None:
        nonlocal removed, shrunk
        removed = remove_left_overs(home)
        shrunk = 0 if full else compact(home)
        publish(home)

    with _writing(settings, now, repair=True) as writer:
        writer.drain()
    _name(settings, now)
    with _writing(settings, now, then=tidy) as writer:
        checked, raised = _last_checked(writer), open_causes(writer, WHOLE_ARCHIVE)
    lines = due(audit(home)[0], checked, began)
    findings = _looked_at(settings, lines, raised, seen)
    head = note_head(home, settings.backup_heads, began) if settings.backup_heads else last(home)
    row = _row(began, lines, checked, findings, head) | {"shrunk_bytes": shrunk, "removed": removed}
    row |= {"run_id": run_id, "free_bytes": free_bytes(home)}
    with _writing(settings, now, then=publish) as writer:
        row["oldest_check_at"] = _oldest(writer, row)
        alarms = _verdicts(findings, raised, full)
        alarms_now = alarm_rows(run_id, WHOLE_ARCHIVE, rfc3339(began), raised, alarms)
        batch = Batch(f"{run_id}-end", run_id, WHOLE_ARCHIVE, "maintain", rfc3339(began), None, ())
        writer.commit(batch, {"upkeep": [row], **({"alarms": alarms_now} if alarms_now else {})}, {})
    return Maintained(run_id, row, tuple(findings), tuple(alarms_now), full)


def _name(settings: Settings, now: Callable[[], datetime]) -> None:
    """Finds who is named in all that runs left for later; others may load in between."""
    left = settings.relations
    while left:
        with _writing(settings, now) as writer:
            left = take_up(writer.con) == NAMED_AT_ONCE


def remove_left_overs(home: Home, *, older_than: float = STALE_SECONDS) -> int:
    """Removes what dead runs left in staging and nobody reads again; batches that wait are kept. Gives how many."""
    limit = time.time() - older_than
    found = [
        *home.staging.glob("*.open"),
        *home.staging.glob("duckdb.tmp*/*"),
        *home.staging.glob("lists/*"),
        *home.root.glob("archive.duckdb.next*"),
    ]
    stale = [path for path in found if _touched(path) < limit]
    for path in stale:
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)
    return len(stale)


def _touched(path: Path) -> float:
    """When something in it was last written; now, when it is gone already."""
    try:
        return max(one.stat().st_mtime for one in (path, *path.rglob("*")))
    except OSError:
        return time.time()


def _full(settings: Settings) -> str | None:
    try:
        check_room(settings.place, settings.disk_floor)
    except DiskFull as error:
        return str(error)
    return None


def _writing(settings: Settings, now: Callable[[], datetime], **how: Any) -> Any:
    wait, relating = settings.lock_wait_seconds, settings.relations
    return writing(settings.place, now=now, wait=wait, relating=relating, **how)


def _last_checked(writer: Writer) -> Checked | None:
    found = writer.con.execute(
        "SELECT last_line, observed_at FROM kept.upkeep WHERE last_line IS NOT NULL ORDER BY batch_no DESC LIMIT 1"
    ).fetchone()
    return Checked(*found) if found else None


def _looked_at(
    settings: Settings, lines: Sequence[Line], raised: Iterable[str], seen: Callable[[int], None]
) -> list[Finding]:
    """What is wrong with the files whose turn it is, and still with those that an alarm is about."""
    home = settings.place
    paths = {line.path for line in lines} | {
        cause.removeprefix(DAMAGED) for cause in raised if cause.startswith(DAMAGED)
    }
    with ExitStack() as stack:
        con: duckdb.DuckDBPyConnection | None = None
        if home.archive.exists():
            con = stack.enter_context(opened_read_only(home.archive))
        found = [one for one in look_again(home, con, paths) if one.is_failure]
    if settings.backup_heads:
        found += against_heads(home, settings.backup_heads)
    seen(len(paths))
    return found


def _row(
    began: datetime, lines: Sequence[Line], checked: Checked | None, findings: Sequence[Finding], head: Head
) -> Row:
    first, newest = (lines[0].n, lines[-1].n) if lines else (None, None)
    return {
        "observed_at": rfc3339(began),
        "first_line": first,
        "last_line": newest,
        "files": len(lines),
        "bytes": sum(line.size for line in lines),
        "findings": len(findings),
        "head_line": head.n,
        "head_sha256": head.sha256,
    }


def _oldest(writer: Writer, row: Row) -> str | None:
    """When the file was looked at whose turn comes next: every other was looked at later, or is newer."""
    following = (row["last_line"] or 0) % max(row["head_line"], 1) + 1
    found = writer.con.execute(
        "SELECT max(observed_at) FROM kept.upkeep WHERE CASE WHEN first_line <= last_line"
        " THEN $n BETWEEN first_line AND last_line ELSE $n >= first_line OR $n <= last_line END",
        {"n": following},
    ).fetchone()
    return rfc3339(found[0]) if found and found[0] else None


def _verdicts(findings: Sequence[Finding], raised: Iterable[str], full: str | None) -> list[Verdict]:
    by_file: dict[str, Verdict] = {}
    for one in findings:
        cause, reason = DAMAGED + one.file, f"{one.file}: {one.what}; {one.next_step}"
        by_file.setdefault(cause, Verdict(cause, True, reason))
    over = [
        Verdict(cause, False, "looked at again, and sound")
        for cause in raised
        if cause.startswith(DAMAGED) and cause not in by_file
    ]
    return [*by_file.values(), *over, Verdict(DISK, full is not None, full or "there is room again")]
