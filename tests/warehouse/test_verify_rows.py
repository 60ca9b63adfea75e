"""Whatever is changed behind the archive's back, `verify` names it: the file, the offset, whose it is."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest

from tests.desk import Desk
from tests.launching import Launcher
from tests.samples import ORCHARD, news, news_tc
from warehouse.connection import attached


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory, launcher: Launcher) -> Desk:
    """A small archive; every test spoils a copy of its own."""
    desk = Desk(tmp_path_factory.mktemp("kept"))
    desk.drop("a.txt", news())
    desk.drop("tc.txt", news_tc())
    desk.drop("copy.txt", news_tc())
    desk.drop("noise.bin", bytes(range(256)))
    assert launcher.run(desk, "run", "--direct", "--inbox", str(desk.inbox)).code == 0
    return desk


@pytest.fixture
def spoilt(kept: Desk, tmp_path: Path) -> Desk:
    desk = Desk(tmp_path)
    for path in sorted(kept.home.root.rglob("*")):
        target = desk.home.root / path.relative_to(kept.home.root)
        if path.is_file():
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(path.read_bytes())
    return desk


def verified(desk: Desk, launcher: Launcher, *, code: int = 1) -> list[dict[str, Any]]:
    """The failures that `communique verify --json` tells of, given the exit code that they must lead to."""
    ended = launcher.run(desk, "verify", "--json")
    assert ended.code == code, ended.err
    told = json.loads(ended.out)
    assert told["sound"] is (code == 0)
    return [finding for finding in told["findings"] if finding["is_failure"]]


def flip(path: Path, offset: int) -> None:
    data = bytearray(path.read_bytes())
    data[offset] ^= 1
    path.write_bytes(data)


def warc(desk: Desk) -> Path:
    (path,) = (desk.home.raw / "folder").rglob("*.warc.gz")
    return path


def journals(desk: Desk) -> list[Path]:
    return sorted((desk.home.raw / "journal").rglob("*.warc.gz"))


def row(desk: Desk, question: str) -> tuple[Any, ...]:
    with attached(desk.home.warehouse) as con:
        found = con.execute(question).fetchone()
    assert found
    return tuple(found)


def changed(desk: Desk, statement: str) -> None:
    with attached(desk.home.warehouse) as con:
        con.execute(statement)
        con.execute("CHECKPOINT archive")


def test_a_sound_archive_is_found_sound(kept: Desk, launcher: Launcher) -> None:
    assert verified(kept, launcher, code=0) == []


def test_a_flipped_byte_of_a_release_is_found_at_its_offset(spoilt: Desk, launcher: Launcher) -> None:
    release, offset = row(
        spoilt,
        "SELECT r.release_id, c.raw_offset FROM kept.readings AS r JOIN kept.captures AS c USING (input_sha256)"
        " WHERE r.language = 'en'",
    )
    flip(warc(spoilt), offset + 300)
    found = verified(spoilt, launcher)
    name = warc(spoilt).relative_to(spoilt.home.raw).as_posix()
    assert {one["file"] for one in found} <= {name, "archive.duckdb"}
    assert any(one["offset"] == offset for one in found)
    assert release in json.dumps(found)


@pytest.mark.parametrize("place", [0, 1])
def test_a_flipped_byte_of_a_journal_is_found(spoilt: Desk, launcher: Launcher, place: int) -> None:
    path = journals(spoilt)[place]
    flip(path, path.stat().st_size // 2)
    found = verified(spoilt, launcher)
    assert path.relative_to(spoilt.home.raw).as_posix() in {one["file"] for one in found}
    assert any(one["offset"] is not None for one in found)


def test_a_deleted_raw_file_is_missed(spoilt: Desk, launcher: Launcher) -> None:
    (release,) = row(spoilt, "SELECT release_id FROM kept.readings WHERE language = 'en'")
    path = warc(spoilt)
    path.unlink()
    found = verified(spoilt, launcher)
    assert path.relative_to(spoilt.home.raw).as_posix() in {one["file"] for one in found}
    assert release in json.dumps(found)


EDITS: list[tuple[str, str]] = [
    ("readings", "UPDATE kept.readings SET body = replace(body, '4,000', '9,000') WHERE language = 'en'"),
    ("readings", "UPDATE kept.readings SET title = 'Another headline' WHERE language = 'en'"),
    ("readings", "UPDATE kept.readings SET published_on = '2020-01-01' WHERE language = 'en'"),
    ("readings", "DELETE FROM kept.readings WHERE language = 'en'"),
    ("release_keys", "UPDATE kept.release_keys SET value = 'x' WHERE kind = 'text'"),
    ("release_keys", "DELETE FROM kept.release_keys WHERE kind = 'text'"),
    ("captures", "UPDATE kept.captures SET content_sha256 = repeat('0', 64)"),
    ("captures", "UPDATE kept.captures SET raw_offset = raw_offset + 1"),
    ("captures", "DELETE FROM kept.captures"),
    ("outcomes", "UPDATE kept.outcomes SET outcome = 'new' WHERE outcome = 'duplicate'"),
    ("outcomes", "DELETE FROM kept.outcomes WHERE outcome = 'duplicate'"),
    ("quarantine", "UPDATE kept.quarantine SET reason = 'none'"),
    ("raw_files", "UPDATE kept.raw_files SET size = size + 1"),
    ("runs", "UPDATE kept.runs SET new = new + 1"),
    ("batches", "UPDATE kept.batches SET counts = '{}'"),
    ("batches", "DELETE FROM kept.batches WHERE batch_id LIKE '%-end'"),
    ("outcomes", "INSERT INTO kept.outcomes SELECT * FROM kept.outcomes LIMIT 1"),
    ("quarantine", "INSERT INTO kept.quarantine SELECT * REPLACE (3 AS batch_no) FROM kept.quarantine"),
    ("outcomes", "INSERT INTO kept.outcomes SELECT * REPLACE (99 AS batch_no) FROM kept.outcomes LIMIT 1"),
]


@pytest.mark.parametrize(("table", "statement"), EDITS, ids=[statement[:60] for _, statement in EDITS])
def test_a_row_changed_in_the_database_is_found(spoilt: Desk, launcher: Launcher, table: str, statement: str) -> None:
    release, *_ = row(spoilt, "SELECT release_id FROM kept.readings WHERE language = 'en'")
    changed(spoilt, statement)
    found = verified(spoilt, launcher)
    assert any(f"{table}:" in one["what"] or "batch" in one["what"] for one in found), found
    if table == "readings" and "UPDATE" in statement:
        assert release in {one["ref"] for one in found}


def published(change: str) -> Callable[[Desk], None]:
    def edit(desk: Desk) -> None:
        with duckdb.connect(str(desk.home.archive)) as con:
            con.execute(change)

    return edit


@pytest.mark.parametrize(
    "edit",
    [
        published("UPDATE kept.readings SET body = 'something else'"),
        published("DELETE FROM kept.outcomes"),
        published("UPDATE kept.readings SET is_current = NOT is_current"),
        published("DELETE FROM kept.quarantine"),
        published("DROP TABLE kept.runs"),
    ],
)
def test_an_edited_published_archive_is_found(spoilt: Desk, launcher: Launcher, edit: Callable[[Desk], None]) -> None:
    edit(spoilt)
    assert "archive.duckdb" in {one["file"] for one in verified(spoilt, launcher)}


@pytest.mark.parametrize("name", ["warehouse.duckdb", "archive.duckdb"])
def test_a_database_that_cannot_be_read_is_named(spoilt: Desk, launcher: Launcher, name: str) -> None:
    (spoilt.home.root / name).write_bytes(b"not a database" * 500)
    assert name in {one["file"] for one in verified(spoilt, launcher)}


def test_what_is_loaded_and_not_published_yet_is_no_fault_and_told(spoilt: Desk, launcher: Launcher) -> None:
    published = spoilt.home.archive.read_bytes()
    spoilt.drop("b.txt", news("Orchard relief", paragraphs=ORCHARD))
    assert launcher.run(spoilt, "run", "--direct", "--inbox", str(spoilt.inbox)).code == 0
    spoilt.home.archive.chmod(0o644)
    spoilt.home.archive.write_bytes(published)
    assert verified(spoilt, launcher, code=0) == []
    told = json.loads(launcher.run(spoilt, "verify", "--json").out)["findings"]
    of_the_copy = [one["what"] for one in told if one["file"] == "archive.duckdb"]
    assert of_the_copy == ["loaded and not published yet: 2 batches"]
    with duckdb.connect(str(spoilt.home.archive)) as con:
        con.execute("UPDATE kept.readings SET title = 'another'")
    assert [one["what"] for one in verified(spoilt, launcher)] == ["readings differs from the writer's database"]


@pytest.mark.parametrize("name", ["manifest.jsonl", "manifest.head"])
def test_a_spoilt_list_of_files_is_named_and_the_rest_is_still_checked(
    spoilt: Desk, launcher: Launcher, name: str
) -> None:
    flip(spoilt.home.raw / name, 40)
    changed(spoilt, "UPDATE kept.readings SET title = 'Another headline' WHERE language = 'en'")
    found = verified(spoilt, launcher)
    assert any(name in one["file"] + one["what"] for one in found)
    assert any(one["file"] == "archive.duckdb" for one in found)


def test_a_database_that_is_gone_is_named(spoilt: Desk, launcher: Launcher) -> None:
    spoilt.home.warehouse.unlink()
    assert "warehouse.duckdb" in {one["file"] for one in verified(spoilt, launcher)}
