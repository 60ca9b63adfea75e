"""Withholding: readers have nothing of a release, neither by question nor by looking at the bytes of the file."""

from collections import Counter
from datetime import timedelta

import duckdb
import pytest

from sources.capture import rfc3339
from sources.errors import ArchiveError
from tests.desk import NOON, Desk
from tests.samples import ORCHARD, QUAY, edited, news
from warehouse.connection import attached
from warehouse.publishing import publish
from warehouse.rebuilding import rebuild
from warehouse.staging import Batch
from warehouse.withheld import HIDDEN
from warehouse.withholding import Decision, decide, told_of
from warehouse.writing import writing

SECRET = "The Vellorian envoy Mr Quentin Marlowe asked for asylum on 4,711 counts."
TELLING = {"release_id", "release_a", "reading_no", "ref", "name", "title", "subject_no"}


def decided(desk: Desk, release: str, decision: Decision = "withheld", reason: str = "a court asked for it") -> None:
    desk.now += timedelta(minutes=1)
    with writing(desk.home, now=lambda: desk.now, wait=1, then=publish) as writer:
        name = f"{desk.now:%Y%m%dT%H%M%SZ}-abcdef"
        decide(writer, release, decision, reason, by="operator", run_id=name)


@pytest.fixture
def secret(desk: Desk) -> str:
    """An archive of two releases, one of them edited once and to be withheld; its id."""
    desk.drop("marlowe.txt", news("Marlowe statement", paragraphs=(SECRET, *ORCHARD)))
    desk.drop("quay.txt", news())
    desk.ingest()
    desk.now += timedelta(hours=1)
    desk.drop("marlowe.txt", news("Marlowe statement", paragraphs=(SECRET, *edited(ORCHARD, "five", "six"))))
    desk.ingest()
    (release,) = desk.column("SELECT release_id FROM releases WHERE title = 'Marlowe statement'")
    return str(release)


def everything(desk: Desk) -> str:
    """Every value of every table and view that readers have."""
    with duckdb.connect(str(desk.home.archive), read_only=True) as con:
        named = con.execute(
            "SELECT table_schema || '.' || table_name FROM information_schema.tables"
            " WHERE table_catalog = current_database()"
        ).fetchall()
        return "\n".join(str(con.execute(f"FROM {name}").fetchall()) for (name,) in named)


def test_nothing_of_it_is_published(desk: Desk, secret: str) -> None:
    assert "Marlowe" in everything(desk)
    assert b"arlowe" in desk.home.archive.read_bytes()
    before = desk.sizes()
    decided(desk, secret)
    told = everything(desk)
    assert "arlowe" not in told
    assert b"arlowe" not in desk.home.archive.read_bytes()
    assert b"Vellorian" not in desk.home.archive.read_bytes()
    assert "ninth quay" in told
    assert desk.sizes() == before | {"decisions": 1, "batches": before["batches"] + 1}
    assert not desk.wrong()


def test_the_fact_stands_and_says_why(desk: Desk, secret: str) -> None:
    decided(desk, secret)
    (told,) = desk.rows("FROM withheld")
    assert (told["release_id"], told["reason"], told["decided_by"]) == (secret, "a court asked for it", "operator")
    with duckdb.connect(str(desk.home.archive), read_only=True) as con:
        said = told_of(con, secret[:8])
    assert said
    assert "a court asked for it" in said
    with pytest.raises(ArchiveError, match="withheld already"):
        decided(desk, secret)


def test_undone_it_reads_as_before(desk: Desk, secret: str) -> None:
    before = desk.rows("FROM releases ORDER BY release_id")
    digest = desk.content_hash()
    decided(desk, secret)
    decided(desk, secret, "shown", "the court thought again")
    assert desk.rows("FROM releases ORDER BY release_id") == before
    assert desk.rows("FROM withheld") == []
    assert desk.content_hash() == digest
    assert not desk.wrong()


def test_what_comes_later_of_it_is_not_published_either(desk: Desk, secret: str) -> None:
    decided(desk, secret)
    desk.now += timedelta(hours=1)
    desk.drop("marlowe.txt", news("Marlowe statement", paragraphs=(SECRET, *edited(ORCHARD, "five", "nine"))))
    desk.drop("pier.txt", news("Old pier closed", paragraphs=edited(QUAY, "ninth", "oldest")))
    assert desk.ingest() == {"new": 1, "revised": 1, "unchanged": 1}
    assert "arlowe" not in everything(desk)
    assert b"arlowe" not in desk.home.archive.read_bytes()
    assert "Old pier closed" in everything(desk)
    assert not desk.wrong()


def test_rebuild_withholds_it_again(desk: Desk, secret: str) -> None:
    decided(desk, secret)
    digest = desk.content_hash()
    assert rebuild(desk.home, now=lambda: desk.now, wait=1, seen=lambda _: None) == digest
    assert "arlowe" not in everything(desk)
    assert not desk.wrong()


def test_its_twin_goes_with_it(desk: Desk, secret: str) -> None:
    (other,) = desk.column("SELECT release_id FROM releases WHERE title != 'Marlowe statement'")
    same: dict[str, object] = {"kind": "same_as", "release_a": other, "release_b": secret, "score": 1.0}
    same |= {"rule": "test/1", "evidence": "{}", "series": None, "state": "asserted"}
    batch = Batch(
        "20260131T120000Z-fffffe-00001", "20260131T120000Z-fffffe", "folder", "ingest", rfc3339(NOON), None, ()
    )
    with writing(desk.home, now=lambda: desk.now, wait=1) as writer:
        writer.commit(batch, {"relations": [same]}, Counter())
    decided(desk, secret)
    assert desk.rows("FROM releases") == []


def test_every_table_that_tells_of_a_release_is_looked_through(desk: Desk, secret: str) -> None:
    with attached(desk.home.warehouse) as con:
        found = con.execute(
            "SELECT schema_name || '.' || table_name, list(column_name) FROM duckdb_columns()"
            " WHERE database_name = current_database() AND schema_name NOT IN ('main', 'lookup') GROUP BY ALL"
        ).fetchall()
    telling = {name for name, columns in found if TELLING & set(columns)}
    assert telling - HIDDEN.keys() <= {"kept.decisions", "named.looked_at"}
