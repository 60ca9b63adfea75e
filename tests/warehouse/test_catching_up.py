"""A copy that was published earlier takes up what is new: the same archive as a whole copy, whatever came between."""

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import duckdb
import pytest

from tests.desk import Desk
from tests.samples import news, news_tc
from warehouse.connection import log_of, opened_read_only
from warehouse.home import Home
from warehouse.nobody_reads import nobody_reads
from warehouse.publishing import publish
from warehouse.rebuilding import rebuild

ADDRESS = "https://www.info.gov.hk/gia/general/202506/25/P2025062500411.htm"
PUBLISH = """
import sys
from pathlib import Path
from warehouse.home import Home
from warehouse.publishing import publish
publish(Home(Path(sys.argv[1])), spare_from=0)
"""


@pytest.fixture
def stocked(desk: Desk) -> Desk:
    """An archive of two releases that was published once."""
    desk.drop("a.txt", news(), {"url": ADDRESS})
    desk.drop("b.txt", news_tc())
    desk.ingest()
    return desk


def tampered(home: Home, *statements: str) -> None:
    """What nobody should do to the published file."""
    home.archive.chmod(0o644)
    with duckdb.connect(str(home.archive)) as con:
        for statement in statements:
            con.execute(statement)


def spare_of(desk: Desk) -> Path:
    return desk.home.root / "archive.duckdb.spare"


def marked(desk: Desk) -> bool:
    """Whether the archive goes on from the file that was marked."""
    return desk.column("SELECT count(*) FROM duckdb_tables() WHERE table_name = 'marked'") == [1]


def mark(desk: Desk) -> None:
    tampered(desk.home, "CREATE TABLE marked AS SELECT 1 AS x", "COMMENT ON TABLE marked IS 'x'")


def edit(desk: Desk, word: str) -> None:
    desk.drop("a.txt", news().replace("4,000", word), {"url": ADDRESS})
    assert desk.ingest()["revised"] == 1


def everything(desk: Desk) -> list[dict[str, Any]]:
    return desk.rows("SELECT * EXCLUDE (journal_at) FROM versions ORDER BY reading_no")


def test_what_was_published_takes_up_what_is_new(stocked: Desk) -> None:
    mark(stocked)
    edit(stocked, "5,200")
    stocked.drop("c.txt", news("Tenth quay", paragraphs=("Nothing yet.",)))
    assert stocked.ingest()["new"] == 1
    assert marked(stocked)
    assert stocked.column("SELECT version FROM releases ORDER BY version") == [1, 1, 2]
    assert stocked.wrong() == []


def test_it_says_what_a_whole_copy_says(stocked: Desk) -> None:
    for word in ("5,200", "6,300"):
        edit(stocked, word)
    before = everything(stocked)
    publish(stocked.home, whole=True)
    assert everything(stocked) == before
    assert len(before) == 4


OPENED = """<html><head><title>Quay</title></head><body><article><h1>The eleventh quay opens</h1><p>26 June 2025</p>
<p>The quay was opened by the Secretary for Health, Ms Ada Quill, in the forenoon. She spoke of ships and of salt.</p>
<p>The harbour office says how long it took in <a href="LINKED">another notice</a> of the same day, at length.</p>
</article></body></html>"""


def made_ready(desk: Desk) -> dict[str, list[dict[str, Any]]]:
    tables = ("named_in", "resolved", "people", "listed_in", "address_shapes", "addresses_met", "links_unmet")
    return {table: desk.rows(f"FROM published.{table} ORDER BY ALL") for table in tables}


def test_what_is_made_ready_is_that_of_a_whole_copy(stocked: Desk) -> None:
    """A page links to one that comes later, and names another person after an edit."""
    linking, linked = (f"https://www.info.gov.hk/gia/general/202506/26/P202506260041{last}.htm" for last in (0, 1))
    opened = OPENED.replace("LINKED", linked)
    stocked.drop("d.html", opened, {"url": linking})
    stocked.ingest()
    first = made_ready(stocked)
    assert [row["url"] for row in first["links_unmet"]] == [linked]
    mark(stocked)
    stocked.drop("e.txt", news("The other notice", paragraphs=("It took nine years.",)), {"url": linked})
    stocked.drop("d.html", opened.replace("Ada Quill", "Ida Marsh"), {"url": linking})
    stocked.ingest()
    grown = made_ready(stocked)
    assert marked(stocked)
    publish(stocked.home, whole=True)
    assert made_ready(stocked) == grown
    assert grown["links_unmet"] == []
    assert [row["name"] for row in first["people"] + grown["people"]] == ["Ada Quill", "Ida Marsh"]


@pytest.mark.parametrize(
    "damage",
    [
        "DELETE FROM kept.outcomes",
        "UPDATE kept.readings SET batch_no = batch_no - 1",
        "UPDATE kept.readings SET is_current = false",
        "DROP TABLE kept.runs",
        "DROP TABLE published.made",
        "DELETE FROM published.made",
        "UPDATE published.made SET writer = 'another file'",
        "UPDATE published.made SET derived = 'what an older program made'",
        "INSERT INTO kept.batches SELECT * REPLACE (batch_no + 1000 AS batch_no) FROM kept.batches",
    ],
)
def test_a_copy_that_is_in_doubt_is_made_anew(stocked: Desk, damage: str) -> None:
    mark(stocked)
    tampered(stocked.home, damage)
    stocked.ingest()
    assert not marked(stocked)
    assert stocked.wrong() == []


def test_a_copy_that_cannot_be_read_is_made_anew(stocked: Desk) -> None:
    stocked.home.archive.chmod(0o644)
    stocked.home.archive.write_bytes(b"\x00" * 70_000)
    stocked.ingest()
    assert stocked.wrong() == []


def test_a_rebuilt_database_is_copied_whole(stocked: Desk) -> None:
    mark(stocked)
    rebuild(stocked.home, now=lambda: stocked.now, wait=0, seen=lambda _: None)
    assert not marked(stocked)
    assert stocked.wrong() == []


def test_other_views_are_made_again_and_old_ones_go(stocked: Desk) -> None:
    mark(stocked)
    tampered(
        stocked.home,
        "UPDATE published.made SET answers = 'those of yesterday'",
        "CREATE VIEW bygone AS SELECT 1 AS x",
        "CREATE MACRO bygone_macro(x) AS TABLE SELECT x",
        "DROP VIEW duplicates",
    )
    stocked.ingest()
    assert marked(stocked)
    assert stocked.rows("FROM duplicates") == []
    made = "SELECT view_name AS n FROM duckdb_views() UNION SELECT function_name FROM duckdb_functions()"
    assert stocked.column(f"SELECT n FROM ({made}) WHERE n LIKE 'bygone%'") == []


def test_the_file_published_before_the_last_takes_up_what_came_since(stocked: Desk) -> None:
    publish(stocked.home, spare_from=0)
    first, second = spare_of(stocked).stat().st_ino, stocked.home.archive.stat().st_ino
    edit(stocked, "5,200")  # a small archive keeps no spare, but uses one that is there
    assert stocked.home.archive.stat().st_ino == first
    assert not spare_of(stocked).exists()
    publish(stocked.home, spare_from=0)
    edit(stocked, "6,300")
    assert second != first
    assert stocked.wrong() == []


def test_a_spare_that_somebody_still_reads_is_left_to_them(stocked: Desk) -> None:
    with stocked.home.archive.open("rb") as held:
        publish(stocked.home, spare_from=0)
        edit(stocked, "5,200")
        assert os.fstat(held.fileno()).st_ino != stocked.home.archive.stat().st_ino
        before = held.read()
        assert (len(before), held.seek(0)) == (os.fstat(held.fileno()).st_size, 0)
        edit(stocked, "6,300")
        assert held.read() == before
    assert stocked.wrong() == []


def test_nobody_reads_what_is_closed_and_has_one_name(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"1")
    assert nobody_reads(path)
    with path.open("rb"):
        assert not nobody_reads(path)
    assert nobody_reads(path)
    os.link(path, tmp_path / "b")
    assert not nobody_reads(path)


@pytest.mark.parametrize("places", [("in_catch_up",), ("before_publish",), ("after_spare",), ("after_spare",) * 2])
def test_a_kill_while_publishing(stocked: Desk, places: tuple[str, ...]) -> None:
    publish(stocked.home, spare_from=0)
    before = everything(stocked)
    for place in places:
        environment = {**os.environ, "COMMUNIQUE_CRASH_AT": place}
        command = [sys.executable, "-c", PUBLISH, str(stocked.home.root)]
        assert subprocess.run(command, env=environment, check=False).returncode == -signal.SIGKILL
        assert everything(stocked) == before
    with stocked.home.archive.open("rb") as held:
        there = held.read()
        edit(stocked, "5,200")
        held.seek(0)
        assert held.read() == there  # the killed process may have given the spare the inode of the published file
    assert stocked.column("SELECT version FROM releases ORDER BY version") == [1, 2]
    assert stocked.wrong() == []


def test_a_spare_with_a_log_is_not_gone_on_from(stocked: Desk) -> None:
    publish(stocked.home, spare_from=0)
    log_of(spare_of(stocked)).write_bytes(b"not a log")
    edit(stocked, "5,200")
    assert stocked.wrong() == []
    with opened_read_only(stocked.home.archive) as con:
        assert con.execute("SELECT count(*) FROM versions").fetchall() == [(3,)]
