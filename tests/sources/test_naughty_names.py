"""Names that have broken programs: as file names and as stated titles they come back letter for letter."""

import json
import tarfile
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from sources.candidate import Candidate
from sources.capture import Capture
from sources.discovery.folder import discover
from sources.discovery.manifest import discover_rows
from sources.fetching import Settling, fetch_all
from sources.stated import read_sidecar

CORPUS = Path(__file__).resolve().parents[2] / ".." / "shared" / "corpora" / "hostile" / "blns.tar.gz"
NOW = datetime(2026, 1, 31, 12, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def naughty() -> list[str]:
    if not CORPUS.exists():
        pytest.skip("the corpus of naughty strings is not beside this checkout (../shared/corpora/hostile)")
    with tarfile.open(CORPUS) as archive:
        member = archive.extractfile("blns.json")
        assert member is not None
        strings = [text for text in json.load(member) if text]
    assert len(strings) > 400
    return strings


def test_as_file_names(tmp_path: Path, naughty: list[str]) -> None:
    wanted = {
        name: text
        for text in naughty
        if (name := text.replace("/", "∕").replace("\0", "␀") + ".txt") and len(name.encode()) < 256
    }
    for name, text in wanted.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    settle = Settling(time.time(), sleep=lambda _: None)
    found = list(fetch_all(list(discover(tmp_path)), limit=100_000, now=NOW, settle=settle))
    assert len(wanted) > 400
    assert {one.name: one.body.decode() for one in found if isinstance(one, Capture)} == wanted


def test_as_titles_in_sidecars(naughty: list[str]) -> None:
    for text in naughty:
        quoted = json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
        assert read_sidecar(f"title = {quoted}".encode()).title == text


def test_as_titles_in_rows(tmp_path: Path, naughty: list[str]) -> None:
    (tmp_path / "a.txt").write_text("text")
    fit = [text for text in naughty if not set("\t\r\n") & set(text)]
    tsv = tmp_path / "rows.tsv"
    tsv.write_bytes("".join(f"{row}\n" for row in ["file\ttitle", *(f"a.txt\t{text}" for text in fit)]).encode())
    rows = list(discover_rows(tsv, limit=1000))
    assert len(fit) > 400
    assert [row.stated.title for row in rows if isinstance(row, Candidate)] == fit
