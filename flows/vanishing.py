"""Whether pages that are gone are believed to be: three absences over two days make one vanished, a return is told.

A site that is gone altogether, or answers the same for everything, has not withdrawn its releases: an absence counts
only where something else of its host stood at the same time.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

import duckdb

from flows.left_behind import note_pages
from flows.run import Run
from warehouse.connection import sql
from warehouse.resolution.known import rows
from warehouse.resolution.returns import stand_elsewhere
from warehouse.writing import Writer

Row = dict[str, Any]
ABSENCES, APART = 3, timedelta(hours=48)
"""Absences that make a page vanished, and the time between the first and the last of them at least."""
MANY = 3
"""Pages of one host gone in one run, from which on its lists do not vouch for it: some other page has to stand."""
AT_ONCE = "gone at once"


def judge_absences(run: Run, writer: Writer, vouched: Callable[[str], bool]) -> list[Row]:
    """Rows of `absences` for what pages answered since a run last closed; what is not believed is an alarm.

    :param vouched: whether the lists of the run of that id are known to have come.
    """
    if run.flow == "replay" or not run.is_web:
        return []
    found = rows(writer.con, sql("visits_unjudged"), {"source": run.source})
    doubted = {(row["run_id"], row["host"]): row for row in found if row["gone"] and not _is_believed(row, vouched)}
    for (run_id, host), row in doubted.items():
        if run_id == run.run_id:
            note_pages(run, 0, {AT_ONCE: _told(host, row["gone"])}, [])
    by_page: dict[str, list[Row]] = defaultdict(list)
    for row in found:
        if row["answer"] != "absent" or (row["run_id"], row["host"]) not in doubted:
            by_page[row["ref"]].append(row)
    return [state for visits in by_page.values() for state in _states(run, visits)]


def what_is_gone(con: duckdb.DuckDBPyConnection, absences: Sequence[Row]) -> dict[str, list[Row]]:
    """Rows to keep, by table: the absences, and what is known now of releases that were issued in place of others."""
    last = {row["ref"]: row for row in absences}.values()
    told = stand_elsewhere(con, {row["release_id"] for row in last if row["state"] == "vanished"})
    return {table: found for table, found in (("absences", list(absences)), ("relations", told)) if found}


def _is_believed(row: Mapping[str, Any], vouched: Callable[[str], bool]) -> bool:
    return bool(row["stands"]) or (row["gone"] < MANY and not row["was_checked"] and vouched(row["run_id"]))


def _told(host: str, gone: int) -> str:
    pages = "a page that was" if gone == 1 else f"{gone} pages that were"
    return f"{pages} read before {'is' if gone == 1 else 'are'} gone, and nothing else of {host} stands: not believed"


def _states(run: Run, visits: Sequence[Row]) -> list[Row]:
    """The states one page went through, visit by visit."""
    first = visits[0]
    times, since, is_vanished = first["times"], first["since"], first["is_vanished"]
    states: list[Row] = []
    for visit in visits:
        if visit["answer"] == "absent" and not is_vanished:
            times, since = times + 1, since or visit["asked_at"]
            is_vanished = times >= ABSENCES and _apart(since, visit["asked_at"]) >= APART
            states.append(_state(run, visit, "vanished" if is_vanished else "missing", visit["reason"]))
        elif visit["answer"] in ("same", "changed") and times:
            states.append(_state(run, visit, "returned", f"the page stands again, {visit['answer']}"))
            times, since, is_vanished = 0, None, False
    return states


def _apart(earlier: str, later: str) -> timedelta:
    return datetime.fromisoformat(later) - datetime.fromisoformat(earlier)


def _state(run: Run, visit: Row, state: str, reason: str) -> Row:
    told = {name: visit[name] for name in ("run_id", "ref", "release_id", "url")}
    return told | {"source": run.source, "state": state, "reason": reason, "observed_at": visit["asked_at"]}
