"""Load: a journal's rows arrive whole, once, and only ever add."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pytest

from tests.desk import Desk
from tests.samples import news, news_tc
from warehouse.connection import attached
from warehouse.content_hash import ONLY_PUBLISHED
from warehouse.loading import load
from warehouse.migrations import migrate
from warehouse.vault.journal import Journal

NOW = datetime(2026, 1, 31, 12, 0, tzinfo=UTC)
TOLD = {"run_id": "r", "source": "folder", "run_at": "2026-01-31T12:00:00Z", "flow": "ingest", "counts": "{}"}


@pytest.fixture
def con(tmp_path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with attached(tmp_path / "w.duckdb") as opened:
        migrate(opened, now=NOW)
        yield opened


def journal(batch_id: str, files: list[dict[str, object]]) -> Journal:
    return Journal(batch_id, "r", "folder", NOW, {"raw_files": files, "batches": [{"batch_id": batch_id, **TOLD}]})


def counted(con: duckdb.DuckDBPyConnection, table: str) -> int:
    found = con.execute(f"SELECT count(*) FROM kept.{table}").fetchone()
    assert found
    return int(found[0])


def test_a_batch_is_loaded_once_however_often_it_comes(con: duckdb.DuckDBPyConnection) -> None:
    one = journal("r-1", [{"path": "a", "size": 1, "sha256": "x", "records": 2}])
    assert load(con, one, batch_no=7, path="journal/r-1")
    assert not load(con, one, batch_no=7, path="journal/r-1")
    assert con.execute("SELECT batch_no, path FROM kept.raw_files").fetchall() == [(7, "a")]
    assert con.execute("SELECT journal_at FROM kept.batches").fetchall() == [(NOW,)]


def test_more_rows_than_travel_at_once(con: duckdb.DuckDBPyConnection) -> None:
    rows: list[dict[str, object]] = [
        {"path": f"f{number}", "size": number, "sha256": "x", "records": 1} for number in range(20_003)
    ]
    load(con, journal("r-1", rows), batch_no=1, path="p")
    assert con.execute("SELECT count(*), count(DISTINCT path), max(size) FROM kept.raw_files").fetchall() == [
        (20_003, 20_003, 20_002)
    ]


def test_a_batch_that_fails_leaves_no_row(con: duckdb.DuckDBPyConnection) -> None:
    rows: list[dict[str, object]] = [{"path": "a", "size": 1, "sha256": "x", "records": 2}, {"path": None}]
    with pytest.raises(duckdb.Error):
        load(con, journal("r-1", rows), batch_no=1, path="p")
    con.execute("ROLLBACK")
    assert counted(con, "raw_files") == counted(con, "batches") == 0


def test_no_table_ever_shrinks_or_changes_a_row(desk: Desk) -> None:
    earlier: dict[str, list[dict[str, object]]] = {}
    for number, text in enumerate((news(), news().replace("4,000", "5,200"), news(), news_tc())):
        desk.drop("a.txt", text)
        desk.drop(f"copy-{number}.txt", text)
        desk.drop("empty.txt", b"" if number % 2 else b"x")
        desk.ingest()
        names = desk.column("SELECT table_name FROM duckdb_tables() WHERE schema_name = 'kept'")
        excluded = {"readings": f"EXCLUDE ({', '.join(sorted(ONLY_PUBLISHED))})"}
        rows = {name: desk.rows(f"SELECT * {excluded.get(name, '')} FROM kept.{name} ORDER BY rowid") for name in names}
        for name, held in earlier.items():
            assert rows[name][: len(held)] == held, name
        earlier = rows


def test_the_outcomes_of_every_run_add_up_to_what_was_listed(desk: Desk) -> None:
    for number in range(3):
        desk.drop(f"{number}.txt", news().replace("4,000", f"{number},000"))
        desk.drop(f"{number}-copy.txt", news().replace("4,000", f"{number},000"))
        desk.drop("empty.txt", b"")
        run_id, outcomes = desk.run(batch_size=1)
        files = sum(path.is_file() for path in desk.inbox.rglob("*"))
        assert sum(outcomes.values()) == files
        stored = desk.rows(f"SELECT outcome, n FROM outcomes_by_run WHERE run_id = '{run_id}' AND n > 0")
        assert {row["outcome"]: row["n"] for row in stored} == {name: n for name, n in outcomes.items() if n}
    unequal = "listed != new + revised + unchanged + duplicate + quarantined + failed + skipped"
    assert desk.rows(f"FROM runs_recent WHERE {unequal}") == []
    before = desk.sizes()
    raw = sorted(path for path in desk.home.raw.rglob("*.warc.gz") if "journal" not in path.parts)
    desk.ingest()
    assert desk.sizes() == before | {"runs": before["runs"] + 1, "batches": before["batches"] + 1}
    assert sorted(path for path in desk.home.raw.rglob("*.warc.gz") if "journal" not in path.parts) == raw
