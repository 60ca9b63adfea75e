"""What the columns of a view are: name, type and meaning, as the archive itself says."""

from dataclasses import asdict, dataclass
from typing import Any

import duckdb

from warehouse.connection import sql


@dataclass(frozen=True, slots=True)
class Column:
    """One column; `type` is DuckDB's, `comment` what the archive says of it."""

    name: str
    type: str
    comment: str | None


def columns_told(con: duckdb.DuckDBPyConnection, view: str) -> list[Column]:
    """The columns of a view in their order."""
    return [Column(*row) for row in con.execute(sql("exporting/columns_told"), {"view": view}).fetchall()]


def schema_told(con: duckdb.DuckDBPyConnection, view: str) -> dict[str, Any]:
    """What goes along with the rows, so that they can be understood without the archive."""
    return {
        "view": view,
        "key": ["release_id", "version", "reading"],
        "columns": [asdict(c) for c in columns_told(con, view)],
    }
