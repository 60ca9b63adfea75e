"""An operator's decision to keep a release from readers, or to show it again: recorded in a journal like all else."""

from collections import Counter
from datetime import datetime
from typing import Literal

import duckdb

from sources.capture import rfc3339
from sources.errors import ArchiveError
from warehouse.staging import Batch
from warehouse.writing import Writer

Connection = duckdb.DuckDBPyConnection
Decision = Literal["withheld", "shown"]


def decide(writer: Writer, release: str, decision: Decision, reason: str, *, by: str, run_id: str) -> None:
    """Records a decision in a journal; it holds from the next publishing on.

    :raises ArchiveError: when there is nothing to undo, or it was decided before.
    """
    last = "SELECT decision FROM kept.decisions WHERE release_id = ? ORDER BY batch_no DESC, rowid DESC LIMIT 1"
    found = writer.con.execute(last, [release]).fetchall()
    if (found[0][0] if found else "shown") == decision:
        raise ArchiveError(f"{release} is {decision} already")
    now = rfc3339(writer.now())
    row = {"release_id": release, "decision": decision, "reason": reason, "decided_by": by, "decided_at": now}
    batch = Batch(f"{run_id}-00001", run_id, "decisions", "withhold", now, None, ())
    writer.commit(batch, {"decisions": [row]}, Counter())


def release_named(con: Connection, named: str) -> str:
    """The full id of a release of the writer's database from an unambiguous beginning of it, withheld or not.

    :raises ArchiveError: when none or several begin so.
    """
    query = "SELECT DISTINCT release_id FROM kept.readings WHERE starts_with(release_id, ?) ORDER BY 1 LIMIT 2"
    found = con.execute(query, [named]).fetchall()
    if len(found) != 1:
        raise ArchiveError(f"{'more than one' if found else 'no'} release begins with {named!r}")
    return str(found[0][0])


def told_of(con: Connection, named: str) -> str | None:
    """In one sentence since when and why a release is withheld; `con` is open on the published archive."""
    with_table = "SELECT 1 FROM duckdb_views() WHERE view_name = 'withheld' AND database_name = current_database()"
    if not con.execute(with_table).fetchall():
        return None  # published by a program that could not withhold
    query = "SELECT release_id, since, reason FROM withheld WHERE starts_with(release_id, ?)"
    found: list[tuple[str, datetime, str]] = con.execute(query, [named]).fetchall()
    if len(found) != 1:
        return None
    name, since, reason = found[0]
    return f"{name} is withheld since {rfc3339(since)}: {reason}; `communique withhold {name} --undo` shows it again"
