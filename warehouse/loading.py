"""Load: a journal into the tables, in one transaction, known by its batch id.

Live runs and rebuilds take the same way, so the archive is nothing but its journals in manifest order.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import duckdb
import pyarrow as pa

from warehouse.crashpoints import crash_point
from warehouse.resolution.edition_names import add_names
from warehouse.resolution.known import with_table
from warehouse.resolution.lookalikes import add_bands
from warehouse.resolution.sketches import from_row
from warehouse.vault.journal import Journal

CHUNK = 20_000  # rows carried through Arrow at once, to keep memory flat


def load(con: duckdb.DuckDBPyConnection, journal: Journal, *, batch_no: int, path: str) -> bool:
    """Adds the rows of `journal`; False when its batch was loaded before.

    `batch_no` is the journal's line in the manifest, so that a rebuild numbers batches alike.
    """
    known = con.execute("SELECT 1 FROM kept.batches WHERE batch_id = ?", [journal.batch_id]).fetchone()
    if known:
        return False
    place = {"batch_no": batch_no, "journal_path": path, "journal_at": journal.written_at}
    con.execute("BEGIN")
    for table, rows in journal.rows.items():
        for start in range(0, len(rows), CHUNK):
            _insert(con, table, rows[start : start + CHUNK], place)
            if table == "readings":
                add_names(con, rows[start : start + CHUNK])
            if table == "sketches":
                add_bands(con, map(from_row, rows[start : start + CHUNK]))
    crash_point("before_commit")
    con.execute("COMMIT")
    crash_point("after_commit")
    return True


def _insert(
    con: duckdb.DuckDBPyConnection, table: str, rows: Sequence[Mapping[str, Any]], place: Mapping[str, Any]
) -> None:
    kept = con.execute(f"SELECT * FROM kept.{table} LIMIT 0").to_arrow_table().schema
    carried = pa.schema([(field.name, _textual(field.type)) for field in kept if field.name not in place])
    with_table(con, "incoming", pa.Table.from_pylist(list(rows), schema=carried))
    columns = ", ".join(f'"{name}"' for name in kept.names)
    values = ", ".join(f"${name}" if name in place else f'"{name}"' for name in kept.names)
    used = {name: value for name, value in place.items() if name in kept.names}
    con.execute(f"INSERT INTO kept.{table} ({columns}) SELECT {values} FROM incoming", used)
    con.unregister("incoming")


def _textual(kind: pa.DataType) -> pa.DataType:
    """The Arrow type that carries JSON values of a column; instants and days travel as text."""
    if pa.types.is_temporal(kind):
        return pa.string()
    if pa.types.is_list(kind):
        return pa.list_(_textual(kind.value_type))
    if pa.types.is_struct(kind):
        return pa.struct([(field.name, _textual(field.type)) for field in kind])
    return kind
