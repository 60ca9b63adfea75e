"""What one run brought: its edits, the bytes it kept, the alarms it raised or cleared, by the writer's database."""

from dataclasses import dataclass
from typing import Any

import duckdb

from warehouse.connection import sql

Rows = list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Found:
    """Rows as column to value, the first so many of each."""

    edits: Rows
    captures: Rows
    alarms: Rows


def found_by(con: duckdb.DuckDBPyConnection, run_id: str, *, most: int) -> Found:
    """Looks from the run's first batch on, so that it costs the same however large the archive is."""
    began = con.execute("SELECT min(batch_no) FROM kept.batches WHERE run_id = ?", [run_id]).fetchone()
    told = {"run": run_id, "first": began[0] if began else None, "most": most}
    return Found(*(_rows(con, f"{name}_of_run", told) for name in ("edits", "captures", "alarms")))


def _rows(con: duckdb.DuckDBPyConnection, name: str, told: dict[str, Any]) -> Rows:
    asked = con.execute(sql(name), told)
    columns = [column[0] for column in asked.description or ()]
    return [dict(zip(columns, row, strict=True)) for row in asked.fetchall()]
