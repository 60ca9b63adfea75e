"""A batch's decisions come back from their journal exactly, or the damage is named."""

import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator

from sources.errors import VaultError
from warehouse.home import Home
from warehouse.vault.journal import Journal, read_journal, write_journal
from warehouse.vault.manifest import lines

NOW = datetime(2025, 7, 1, tzinfo=UTC)

TEXTS = st.text(st.characters(exclude_categories=["Cs"]) | st.characters(min_codepoint=0xDC80, max_codepoint=0xDCFF))
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=8,
)
TABLES = st.from_regex(r"[a-z][a-z0-9_]{0,20}", fullmatch=True)


def batch(rows: dict[str, list[dict[str, Any]]], batch_id: str = "20250701T000000Z-ab12-1") -> Journal:
    return Journal(batch_id, "20250701T000000Z-ab12", "folder", NOW, rows)


@given(st.dictionaries(TABLES, st.lists(st.dictionaries(TEXTS, VALUES, max_size=4), max_size=4), max_size=4))
@settings(max_examples=25, deadline=None)
def test_decisions_come_back_as_they_were(rows: dict[str, list[dict[str, Any]]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        home = Home(Path(folder))
        sealed = write_journal(home, batch(rows), written_at=NOW)
        read = read_journal(home, sealed.path)
        assert read == batch(rows)
        assert list(read.rows) == list(rows)
        assert sealed.records == 2 + len(rows)


def test_a_journal_is_listed_and_readable_by_warcio(home: Home) -> None:
    sealed = write_journal(home, batch({"readings": [{"title": "會晤"}], "outcomes": []}), written_at=NOW)
    assert sealed.path == "journal/2025/07/20250701T000000Z-ab12-1.warc.gz"
    assert [(line.path, line.kind, line.sha256, line.records) for line in lines(home)] == [
        (sealed.path, "journal", sealed.sha256, 4)
    ]
    with (home.raw / sealed.path).open("rb") as file:
        found = [
            (record.rec_headers.get_header("WARC-Target-URI"), record.content_stream().read())
            for record in ArchiveIterator(file, check_digests="raise")
        ]
    assert [uri for uri, _ in found[1:]] == [
        "urn:communique:journal:20250701T000000Z-ab12-1",
        "urn:communique:journal:20250701T000000Z-ab12-1:readings",
        "urn:communique:journal:20250701T000000Z-ab12-1:outcomes",
    ]
    assert found[2][1] == '{"title":"會晤"}\n'.encode()


def test_a_batch_has_one_journal(home: Home) -> None:
    sealed = write_journal(home, batch({"readings": [{"n": 1}]}), written_at=NOW)
    with pytest.raises(VaultError, match="never written again"):
        write_journal(home, batch({"readings": [{"n": 2}]}), written_at=NOW)
    assert read_journal(home, sealed.path).rows == {"readings": [{"n": 1}]}
    assert len(lines(home)) == 1


@pytest.mark.parametrize("name", ["../x", "a/b", "", "."])
def test_names_cannot_leave_the_folder(home: Home, name: str) -> None:
    with pytest.raises(VaultError):
        write_journal(home, batch({}, name), written_at=NOW)


def test_a_missing_journal_is_named(home: Home) -> None:
    with pytest.raises(VaultError, match="journal is missing"):
        read_journal(home, "journal/2025/07/none.warc.gz")


def test_a_cut_journal_is_never_read_as_a_smaller_one(home: Home) -> None:
    rows: dict[str, list[dict[str, Any]]] = {
        "readings": [{"n": n} for n in range(20)],
        "outcomes": [{"outcome": "new"}],
        "empty": [],
    }
    sealed = write_journal(home, batch(rows), written_at=NOW)
    path = home.raw / sealed.path
    whole = path.read_bytes()
    for length in range(0, len(whole), 5):
        path.write_bytes(whole[:length])
        with pytest.raises(VaultError, match="offset"):
            read_journal(home, sealed.path)


def test_a_table_taken_from_another_journal_is_noticed(home: Home) -> None:
    one = write_journal(home, batch({"readings": [{"n": 1}]}, "one"), written_at=NOW)
    two = write_journal(home, batch({"readings": [{"n": 2}]}, "two"), written_at=NOW)
    first, second = (home.raw / sealed.path for sealed in (one, two))
    member_start = bytes.fromhex("1f8b0800")
    theirs = second.read_bytes()
    ours = first.read_bytes()
    first.write_bytes(ours[: ours.rindex(member_start)] + theirs[theirs.rindex(member_start) :])
    with pytest.raises(VaultError, match="not the 1 rows of table readings"):
        read_journal(home, one.path)
