"""The file people query: replaced whole under open readers, sealed against writing, every part explained."""

import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pytest

from sources.errors import ArchiveError
from tests.desk import Desk
from tests.samples import news, news_tc
from warehouse.answering import VIEWS, create_views
from warehouse.connection import attached, opened_read_only

READER = """
import sys, duckdb
con = duckdb.connect(sys.argv[1], read_only=True)
print("open", flush=True)
for line in sys.stdin:
    found = con.execute("SELECT count(*), sum(length(body)) FROM releases").fetchone()
    print(*found, flush=True)
"""


@contextmanager
def reader(archive: Path) -> Iterator[subprocess.Popen[str]]:
    """Another program that holds the archive open and answers each line with what it sees."""
    command = [sys.executable, "-c", READER, str(archive)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin
        assert process.stdout
        assert process.stdout.readline() == "open\n"
        yield process
        process.stdin.close()


def asked(process: subprocess.Popen[str]) -> str:
    assert process.stdin
    assert process.stdout
    process.stdin.write("?\n")
    process.stdin.flush()
    return process.stdout.readline()


def test_a_reader_keeps_its_archive_open_while_runs_load_and_publish(desk: Desk) -> None:
    desk.drop("a.txt", news())
    desk.ingest()
    with reader(desk.home.archive) as other:
        before = asked(other)
        assert before.startswith("1 ")
        for number in range(3):
            desk.drop(f"{number}.txt", news(f"Notice {number}", paragraphs=(f"Nothing but number {number}.",)))
            assert desk.ingest()["new"] == 1
            assert asked(other) == before  # what it opened stays as it was
    assert desk.column("SELECT count(*) FROM releases") == [4]


def test_the_published_file_is_replaced_and_never_written_to(desk: Desk) -> None:
    desk.drop("a.txt", news())
    desk.ingest()
    first = desk.home.archive.stat()
    held = desk.home.archive.open("rb")
    bytes_then = held.read()
    desk.drop("b.txt", news_tc())
    desk.ingest()
    held.seek(0)
    assert held.read() == bytes_then
    held.close()
    second = desk.home.archive.stat()
    assert second.st_ino != first.st_ino
    assert stat.S_IMODE(second.st_mode) == 0o444
    assert sorted(path.name for path in desk.home.root.glob("*.duckdb*")) == ["archive.duckdb", "warehouse.duckdb"]


def test_a_run_over_an_empty_folder_publishes_an_empty_archive(desk: Desk) -> None:
    assert desk.ingest() == {}
    assert desk.column("SELECT count(*) FROM releases") == [0]
    assert len(desk.rows("FROM runs_recent")) == 1


def test_the_published_archive_cannot_be_written_through_our_door(desk: Desk) -> None:
    desk.drop("a.txt", news())
    desk.ingest()
    with opened_read_only(desk.home.archive) as con, pytest.raises(duckdb.Error):
        con.execute("DELETE FROM kept.readings")
    for outside in ("FROM read_text('/etc/hostname')", f"ATTACH '{desk.home.warehouse}'", "COPY releases TO 'x.csv'"):
        with opened_read_only(desk.home.archive) as con, pytest.raises(duckdb.Error):
            con.execute(outside)


def test_every_table_column_and_view_is_explained(desk: Desk) -> None:
    desk.ingest()
    assert desk.rows("SELECT table_name FROM duckdb_tables() WHERE coalesce(comment, '') = ''") == []
    assert desk.rows("SELECT view_name FROM duckdb_views() WHERE NOT internal AND coalesce(comment, '') = ''") == []
    without = (
        "SELECT table_name, column_name FROM duckdb_columns() WHERE NOT internal AND coalesce(trim(comment), '') = ''"
    )
    assert desk.rows(without) == []


NAMED = {
    "releases",
    "versions",
    "duplicates",
    "evidence",
    "runs_recent",
    "outcomes_by_run",
    "quarantine_open",
    "coverage_daily",
}


def test_every_view_is_there_asks_a_question_and_answers(desk: Desk) -> None:
    desk.drop("a.txt", news())
    desk.drop("b.txt", news())
    desk.drop("noise.bin", bytes(range(256)))
    desk.ingest()
    views = {row["view_name"]: row["comment"] for row in desk.rows("FROM duckdb_views() WHERE NOT internal")}
    assert set(views) >= NAMED
    for name, comment in views.items():
        first = (VIEWS / f"{name}.sql").read_text(encoding="utf-8").splitlines()[0]
        assert first.startswith("-- ")
        assert "?" in first
        assert comment == first.removeprefix("-- ")
        answered = desk.rows(f"FROM {name} LIMIT 3")
        assert answered or name not in NAMED, f"{name} has nothing to say of this archive"


def test_the_columns_that_others_rely_on(desk: Desk) -> None:
    desk.ingest()
    relied_on = {
        "releases": "release_id version reading day day_basis first_seen_at publisher native_id language url title"
        " subtitle body blocks published_at published_on published_precision published_zone published_text"
        " published_rule published_basis updated_at updated_on event_at event_on event_basis address_on listed_at"
        " editions related links images attachments videos source_label office rights parser completeness rendition",
        "duplicates": "release_id name reason",
        "outcomes_by_run": "run_id source outcome n",
        "quarantine_open": "quarantine_id name reason",
        "evidence": "release_id version reading field rule text basis",
    }
    relied_on["versions"] = relied_on["releases"]
    for view, columns in relied_on.items():
        there = set(desk.column(f"SELECT column_name FROM duckdb_columns() WHERE table_name = '{view}'"))
        assert set(columns.split()) <= there, (view, set(columns.split()) - there)


def test_a_view_that_stands_on_nothing_is_named(tmp_path: Path) -> None:
    (tmp_path / "lonely.sql").write_text("-- Who is there?\nCREATE VIEW lonely AS FROM nobody;\n", encoding="utf-8")
    with attached(tmp_path / "some.duckdb") as con, pytest.raises(ArchiveError, match=r"lonely\.sql.*nobody"):
        create_views(con, tmp_path)


def test_views_may_stand_on_each_other_in_any_order(tmp_path: Path) -> None:
    (tmp_path / "a.sql").write_text("-- First?\nCREATE VIEW a AS SELECT x + 1 AS x FROM b;\n", encoding="utf-8")
    (tmp_path / "b.sql").write_text("-- Second?\nCREATE VIEW b AS SELECT 1 AS x;\n", encoding="utf-8")
    with attached(tmp_path / "some.duckdb") as con:
        con.execute("CREATE SCHEMA kept")
        create_views(con, tmp_path)
        assert con.execute("SELECT x FROM a").fetchall() == [(2,)]
