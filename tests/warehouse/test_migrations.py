"""The schema's numbered files: each runs once, in order, and may never change afterwards."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from sources.errors import ArchiveError
from warehouse.answering import create_views
from warehouse.connection import attached
from warehouse.deriving import derive
from warehouse.migrations import SCHEMA, migrate

NOW = datetime(2026, 1, 31, 12, 0, tzinfo=UTC)
FIRST = """CREATE SCHEMA kept;

-- Ships.
CREATE TABLE kept.ships (
    name VARCHAR, -- as painted on the bow
    "level" INTEGER -- of its deck
);
"""
SECOND = "CREATE TABLE kept.half (x INTEGER);\nSELECT * FROM nowhere;\n"
FIRST_READING = """INSERT INTO kept.readings BY NAME SELECT
    1 AS batch_no, now() AS journal_at, 1 AS reading_no, 'r1' AS release_id, 1 AS version, 1 AS reading,
    [] AS changed_fields, now() AS release_seen_at, now() AS first_seen_at, 'i' AS input_sha256, 'c' AS content_sha256,
    0 AS item, 's' AS source, 'p' AS publisher, 'stated' AS publisher_basis, 'en' AS "language", 'a title' AS title,
    'stated' AS title_basis, 'a body' AS body, [] AS block_spans, [] AS editions, [] AS related, 'file' AS rendition,
    [] AS images, [] AS attachments, [] AS videos, 'text/1' AS parser, 'whole' AS completeness, '{}' AS evidence,
    't' AS text_sha256, 'b' AS body_sha256"""
TABLES = "SELECT table_name FROM duckdb_tables() WHERE schema_name = 'kept'"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "schema"
    made.mkdir()
    (made / "001_ships.sql").write_text(FIRST, encoding="utf-8")
    return made


def test_each_file_runs_once_and_its_comments_arrive(tmp_path: Path, folder: Path) -> None:
    with attached(tmp_path / "a.duckdb") as con:
        assert migrate(con, now=NOW, folder=folder) == 1
        assert migrate(con, now=NOW, folder=folder) == 0
        (folder / "002_more.sql").write_text("ALTER TABLE kept.ships ADD COLUMN flag VARCHAR;\n", encoding="utf-8")
        assert migrate(con, now=NOW, folder=folder) == 1
        found = con.execute(
            "SELECT column_name, comment FROM duckdb_columns() WHERE table_name = 'ships' ORDER BY column_index"
        ).fetchall()
        assert found == [("name", "as painted on the bow"), ("level", "of its deck"), ("flag", None)]
        assert con.execute("SELECT version, name FROM schema_migrations ORDER BY 1").fetchall() == [
            (1, "001_ships.sql"),
            (2, "002_more.sql"),
        ]


def test_a_file_that_ran_may_not_change(tmp_path: Path, folder: Path) -> None:
    with attached(tmp_path / "a.duckdb") as con:
        migrate(con, now=NOW, folder=folder)
        (folder / "001_ships.sql").write_text("CREATE SCHEMA other;\n", encoding="utf-8")
        with pytest.raises(ArchiveError, match=r"001_ships\.sql has changed"):
            migrate(con, now=NOW, folder=folder)


def test_an_archive_of_a_newer_program_is_refused(tmp_path: Path, folder: Path) -> None:
    with attached(tmp_path / "a.duckdb") as con:
        migrate(con, now=NOW, folder=folder)
        (folder / "001_ships.sql").rename(folder / "000_ships.sql")
        with pytest.raises(ArchiveError, match="upgrade"):
            migrate(con, now=NOW, folder=folder)


def test_a_file_that_fails_leaves_nothing_behind(tmp_path: Path, folder: Path) -> None:
    with attached(tmp_path / "a.duckdb") as con:
        migrate(con, now=NOW, folder=folder)
    (folder / "002_bad.sql").write_text(
        "CREATE TABLE kept.half (x INTEGER);\nSELECT * FROM nowhere;\n", encoding="utf-8"
    )
    with attached(tmp_path / "a.duckdb") as con, pytest.raises(Exception, match="nowhere"):
        migrate(con, now=NOW, folder=folder)
    with attached(tmp_path / "a.duckdb") as con:
        assert con.execute(TABLES).fetchall() == [("ships",)]
        (folder / "002_bad.sql").unlink()
        assert migrate(con, now=NOW, folder=folder) == 0


def test_the_archives_tables_have_no_index_and_no_key(tmp_path: Path) -> None:
    with attached(tmp_path / "a.duckdb") as con:
        migrate(con, now=NOW, folder=SCHEMA)
        assert con.execute("FROM duckdb_indexes()").fetchall() == []
        kinds = con.execute("SELECT DISTINCT constraint_type FROM duckdb_constraints()").fetchall()
        assert set(kinds) <= {("NOT NULL",)}


def schema_up_to(newest: int, place: Path) -> Path:
    """A folder with the schema files that an earlier program had."""
    earlier = place / "earlier"
    earlier.mkdir()
    for path in (path for path in SCHEMA.glob("[0-9]*.sql") if int(path.name[:3]) <= newest):
        (earlier / path.name).write_text(path.read_text(encoding="utf-8"), encoding="utf-8")
    return earlier


def test_an_archive_of_the_second_schema_opens_and_keeps_its_rows(tmp_path: Path) -> None:
    earlier = schema_up_to(2, tmp_path)
    with attached(tmp_path / "a.duckdb") as con:
        migrate(con, now=NOW, folder=earlier)
        con.execute(
            "INSERT INTO kept.captures SELECT 1, 'i', 's', 'r', 'n', 'u', NULL, now(), 'text/html', NULL, 200, 3,"
            " 'p', 'c', 'f', '{}', 'whole', 'x.warc.gz', 0"
        )
        con.execute("INSERT INTO kept.runs SELECT 1, 'r', 's', 'ingest', now(), now(), 1, 1, 0, 0, 0, 0, 0, 0, '{}'")
    with attached(tmp_path / "a.duckdb") as con:
        assert migrate(con, now=NOW, folder=SCHEMA) == len([*SCHEMA.glob("[0-9]*.sql")]) - 2
        assert con.execute("SELECT ref, etag, last_modified FROM kept.captures").fetchall() == [("r", None, None)]
        assert con.execute("SELECT run_id, asked FROM kept.runs").fetchall() == [("r", None)]
        assert con.execute("SELECT count(*) FROM kept.candidates_seen").fetchall() == [(0,)]


def test_edits_met_before_there_were_descriptions_are_told_without_one(tmp_path: Path) -> None:
    earlier = schema_up_to(3, tmp_path)
    with attached(tmp_path / "a.duckdb") as con:
        migrate(con, now=NOW, folder=earlier)
        con.execute(FIRST_READING)
        second = "SELECT * REPLACE (2 AS reading_no, 2 AS version, 1 AS supersedes) FROM kept.readings"
        con.execute(f"INSERT INTO kept.readings {second}")
    with attached(tmp_path / "a.duckdb") as con:
        migrate(con, now=NOW, folder=SCHEMA)
        assert con.execute("SELECT count(*) FROM kept.edits").fetchall() == [(0,)]
        derive(con)
        create_views(con)
        ((version, kinds, told),) = con.execute("SELECT version, kinds, diff FROM edits").fetchall()
        assert (version, kinds) == (2, None)
        assert "communique show r1 --diff" in told
        assert con.execute("FROM silent_edits").fetchall() == []


def test_readings_made_before_links_were_kept_have_none(tmp_path: Path) -> None:
    earlier = schema_up_to(5, tmp_path)
    with attached(tmp_path / "a.duckdb") as con:
        migrate(con, now=NOW, folder=earlier)
        con.execute(FIRST_READING)
    with attached(tmp_path / "a.duckdb") as con:
        assert migrate(con, now=NOW, folder=SCHEMA) == len([*SCHEMA.glob("[0-9]*.sql")]) - 5
        derive(con)
        create_views(con)
        assert con.execute("SELECT title, links FROM releases").fetchall() == [("a title", None)]
        said = "SELECT DISTINCT comment FROM duckdb_columns() WHERE column_name = 'links'"
        ((comment,),) = con.execute(said).fetchall()
        assert "links of the text" in comment


def test_readings_that_are_packed_anew_are_the_same_with_the_same_columns(tmp_path: Path) -> None:
    columns = (
        "SELECT column_name, data_type, is_nullable, comment FROM duckdb_columns() WHERE table_name = 'readings'"
        " ORDER BY column_index"
    )
    with attached(tmp_path / "a.duckdb") as con:
        migrate(con, now=NOW, folder=schema_up_to(13, tmp_path))
        con.execute(FIRST_READING)
        con.execute("UPDATE kept.readings SET fields_sha256 = 'f', links = [{'url': 'u', 'label': '國'}]")
        held = con.execute("FROM kept.readings").fetchall(), con.execute(columns).fetchall()
    with attached(tmp_path / "a.duckdb") as con:
        assert migrate(con, now=NOW, folder=SCHEMA) >= 1
        assert (con.execute("FROM kept.readings").fetchall(), con.execute(columns).fetchall()) == held
        assert con.execute("SELECT table_name FROM duckdb_tables() WHERE table_name ^@ 'readings'").fetchall() == [
            ("readings",)
        ]
