"""What an operator looks at every morning: how each source is, what came and went in a day, what needs a person.

Asked of the published archive alone, so that it costs a running archive nothing.
"""

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from flows.asking import ask
from flows.enabling import enabled
from flows.settings import Settings
from sources.capture import rfc3339
from sources.config import Source
from warehouse.connection import opened_read_only, sql

Row = dict[str, Any]

DAY = timedelta(hours=24)
LATE = 3
"""Times its usual pause without a run: one missed run may be a restart."""
LEAST_LATE = timedelta(hours=1)
STATES = ("blocked", "failing", "silent", "late", "never visited", "ok")
"""The worst first."""


@dataclass(frozen=True, slots=True)
class Morning:
    """One look, as JSON values. `sources` are the rows of `source_health` with those that were never visited; `day` is
    what the last 24 hours brought; `person` is what waits for one: what it is, how many, what to do; `upkeep` is the
    last time the archive was maintained."""

    sources: list[Row]
    day: Row
    person: list[Row]
    disk: Row
    upkeep: Row | None

    def states(self) -> dict[str, int]:
        """How many sources are in which state; all states."""
        return {state: sum(one["state"] == state for one in self.sources) for state in STATES}


def look(settings: Settings, *, now: datetime) -> Morning:
    """Asks the published archive.

    :raises ArchiveError: when there is none yet.
    """
    with opened_read_only(settings.place.archive) as con:

        def rows(question: str) -> list[Row]:
            answer = ask(con, question)
            return [dict(zip(answer.columns, row, strict=True)) for portion in answer.rows for row in portion]

        health = rows("FROM source_health")
        con.execute(f"SET VARIABLE since = TIMESTAMPTZ '{rfc3339(now - DAY)}'")
        (day,) = rows(sql("last_day"))
        waiting = rows(sql("queries/needs_a_person"))
        upkeep = rows("FROM upkeep LIMIT 1")
    return Morning(
        sources=sorted(_with_unvisited(health, enabled(settings), now), key=lambda one: STATES.index(one["state"])),
        day=day,
        person=waiting,
        disk=disk(settings),
        upkeep=upkeep[0] if upkeep else None,
    )


def disk(settings: Settings) -> Row:
    """Bytes free where the archive lies, and what its parts take."""
    home = settings.place
    free = shutil.disk_usage(home.root).free
    sizes = {path.name: path.stat().st_size for path in (home.warehouse, home.archive) if path.exists()}
    return {"free_bytes": free, "databases": sizes}


def _with_unvisited(health: list[Row], visited: Mapping[str, Source], now: datetime) -> list[Row]:
    """Every source that is enabled, or was ever visited; late ones by the clock of today, not of the newest run."""
    known = {one["source"]: one for one in health}
    never = [{"source": name, "state": "never visited", "alarms": []} for name in visited if name not in known]
    return [one | {"state": _state(one, visited.get(name), now)} for name, one in known.items()] + never


def _state(one: Row, source: Source | None, now: datetime) -> str:
    """What is only late by the archive is so by today's clock; a folder, and what is not visited, is never late."""
    if one["state"] not in ("ok", "late"):
        return str(one["state"])
    if source is None or source.kind == "folder":
        return "ok"
    usual = timedelta(seconds=one["usual_seconds"] or 0) or source.interval or DAY
    is_late = now - datetime.fromisoformat(one["last_run_at"]) > max(usual * LATE, LEAST_LATE)
    return "late" if is_late else "ok"
