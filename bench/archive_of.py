"""An archive of as many releases as wanted, made in SQL: rows only, there is nothing in its raw folder.

One text in seventeen is an edit of an earlier one, one in three is Chinese, and most of those have an English edition;
a body has 0.8 kB and names people and bodies four times. Batches have 200 texts and cover ten years at a million. Words
are few and sentences come again, so files are smaller than with real texts; digests, addresses and numbers are as
unlike as they should be.
"""

from datetime import UTC, datetime
from pathlib import Path

import duckdb

from warehouse.connection import WHOLE, attached
from warehouse.home import Home
from warehouse.migrations import migrate

BATCH = 200
EDITS = 17  # one text in so many
AT_ONCE = 200 * BATCH
MADE_AT = datetime(2026, 1, 31, 12, 0, tzinfo=UTC)


def make_archive(home: Home, releases: int) -> int:
    """Fills the writer's database of an empty home; returns how many texts it has, edits included."""
    texts = releases * EDITS // (EDITS - 1) // (BATCH * EDITS) * BATCH * EDITS
    with attached(home.warehouse, memory_limit=WHOLE) as con:
        migrate(con, now=MADE_AT)
        for first in range(0, texts, AT_ONCE):
            add_texts(con, first, min(first + AT_ONCE, texts))
            con.execute("CHECKPOINT archive")
    return texts


def add_texts(con: duckdb.DuckDBPyConnection, first: int, last: int) -> None:
    """The texts numbered `first` up to `last`, and all that the archive keeps of them."""
    con.execute(_sql("fill_pool"))
    con.execute(_sql("fill_texts"), {"first": first, "last": last})
    for name in ("fill_kept", "fill_seen", "fill_named"):
        con.execute(_sql(name))


def _sql(name: str) -> str:
    return (Path(__file__).parent / f"{name}.sql").read_text(encoding="utf-8")
