"""Rows taken away: Parquet, CSV and JSON Lines say what the archive says, and nothing else comes out."""

import csv
import io
import json
import re
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sources.capture import digest
from sources.errors import ArchiveError
from tests.desk import Desk, WarmReaders
from tests.samples import ORCHARD, QUAY, news, news_tc
from warehouse.connection import opened_read_only
from warehouse.exporting.comma_separated import cell
from warehouse.exporting.exports import FORMATS, Kind, export
from warehouse.exporting.job import Options
from warehouse.exporting.parquet import segment
from warehouse.exporting.selection import Selection

HOSTILE = '=HYPERLINK("https://evil.example","pay, here")'
ODD = "Ministry of 50% / Sea: «漁» = ../.. 'x'"


@pytest.fixture(scope="module")
def archive(readers: WarmReaders, tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """Five releases of four publishers, one of them in two versions; titles and publishers that want to be code."""
    desk = Desk(tmp_path_factory.mktemp("exports"))
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("flows.direct.Readers", readers)
        fill(desk)
    return desk


def fill(desk: Desk) -> None:
    desk.drop("quay.txt", news(), {"publisher": "news.gov.hk"})
    desk.drop("library.txt", news_tc(), {"publisher": "news.gov.hk"})
    desk.drop("hostile.txt", news("Fund", paragraphs=ORCHARD), {"title": HOSTILE, "publisher": ODD})
    desk.drop("quoted.txt", news('A "quoted" <b>title</b>', "March 3, 2024", ORCHARD[::-1]), {"publisher": "a" * 300})
    desk.drop("minus.txt", news("Minus", "March 4, 2024", (QUAY[1] * 2,)), {"title": "-1+2", "publisher": "unknown"})
    desk.ingest()
    desk.drop("quay.txt", news(paragraphs=QUAY[:3]), {"publisher": "news.gov.hk"})
    desk.ingest()


def files(place: Path) -> dict[str, bytes]:
    return {path.relative_to(place).as_posix(): path.read_bytes() for path in place.rglob("*") if path.is_file()}


def exported(desk: Desk, kind: Kind, selection: Selection | None = None, **options: Any) -> Path:
    return export(desk.home, kind, selection or Selection(), options=Options(**options)).place


@cache
def memory() -> duckdb.DuckDBPyConnection:
    """DuckDB as anybody opens it, with no archive."""
    con = duckdb.connect(config={"threads": 1})
    con.execute("SET TimeZone = 'UTC'")
    return con


def read_back(question: str) -> list[tuple[Any, ...]]:
    return memory().execute(question).fetchall()


@pytest.mark.parametrize("versions", [False, True])
def test_parquet_reads_back_as_the_view(archive: Desk, *, versions: bool) -> None:
    place = exported(archive, "parquet", Selection(versions=versions))
    view = "versions" if versions else "releases"
    with opened_read_only(archive.home.archive) as con:
        wanted = con.execute(f"FROM {view} ORDER BY release_id, version, reading").fetchall()
    glob = f"read_parquet('{place}/{view}/**/*.parquet', hive_partitioning = {{}})"
    read = "SELECT * {} FROM {} ORDER BY release_id, version, reading"
    assert len(wanted) == (6 if versions else 5)
    assert read_back(read.format("", glob.format("false"))) == wanted
    told = "SELECT DISTINCT publisher, year FROM {} WHERE length(publisher) < 300 ORDER BY ALL"
    years = {(row[0], row[1]) for row in read_back(told.format(glob.format("true"))) if "~" not in row[0]}
    assert (ODD, 2025) in years
    assert ("unknown", 2024) in years


def test_portions_and_passes_leave_no_trace_in_the_rows(archive: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """As with more publishers and years than files may be open, and more rows than are sorted at a time."""
    question = "FROM read_parquet('{}/versions/**/*.parquet', hive_partitioning = false) ORDER BY release_id, version"
    whole = read_back(question.format(exported(archive, "parquet", Selection(versions=True))))
    for name, value in (("OPEN_FILES", 1), ("PIECE", 1), ("PORTION", 2)):
        monkeypatch.setattr(f"warehouse.exporting.parquet.{name}", value)
    assert read_back(question.format(exported(archive, "parquet", Selection(versions=True)))) == whole
    assert len(whole) == 6


def test_a_place_in_the_file_system_is_made_of_any_publisher(archive: Desk) -> None:
    place = exported(archive, "parquet")
    folders = sorted(path.name for path in (place / "releases").iterdir())
    assert len(folders) == 4
    assert all(len(name.encode()) <= 255 and "/" not in name for name in folders)
    assert not [path for path in place.parent.rglob("*") if not path.resolve().is_relative_to(place.parent.resolve())]


@given(st.text(min_size=1, max_size=400).filter(lambda text: "\x00" not in text))
def test_a_folder_name_holds_and_gives_back_any_name(name: str) -> None:
    told = segment("publisher", name)
    assert len(told.encode(errors="surrogatepass")) <= 255
    assert not re.search(r"[/\\\x00-\x1f]", told)


@pytest.mark.parametrize("kind", FORMATS)
def test_the_same_archive_gives_the_same_bytes(archive: Desk, tmp_path: Path, kind: Kind) -> None:
    first = files(export(archive.home, kind, Selection(), place=tmp_path / "one").place)
    second = files(export(archive.home, kind, Selection(), place=tmp_path / "two").place)
    assert first == second
    assert len(first) >= 4
    before = "data/" if kind == "bag" else ""
    told = json.loads(first[before + "manifest.json"])
    assert {one["path"]: one["sha256"] for one in told["files"]} == {
        one["path"]: digest(first[before + one["path"]]) for one in told["files"]
    }
    assert told["archive"]["manifest_line_sha256"] == digest(archive.home.manifest.read_bytes().splitlines()[-1])


def csv_rows(place: Path) -> list[dict[str, str]]:
    text = (place / "releases.csv").read_bytes().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_csv_shows_no_formula_to_a_spreadsheet(archive: Desk) -> None:
    rows = csv_rows(exported(archive, "csv", bom=True))
    titles = {row["title"] for row in rows}
    assert "'" + HOSTILE in titles
    assert "'-1+2" in titles
    assert not [cell for row in rows for cell in row.values() if cell.lstrip().startswith(("=", "+", "-", "@"))]
    assert (archive.home.root / "exports/csv/releases.csv").read_bytes().startswith(b"\xef\xbb\xbf")


def test_lossless_csv_is_exact(archive: Desk) -> None:
    place = exported(archive, "csv", lossless=True)
    columns = "release_id, title, subtitle, body, publisher, office, url"
    source = f"read_csv('{place}/releases.csv', all_varchar = true, allow_quoted_nulls = false, parallel = false)"
    read = read_back(f"SELECT {columns} FROM {source} ORDER BY 1")
    with opened_read_only(archive.home.archive) as con:
        assert read == con.execute(f"SELECT {columns} FROM releases ORDER BY 1").fetchall()
    whole = (place / "releases.csv").read_bytes()
    assert whole.count(b"\r\n") == 6
    assert json.loads(csv_rows(place)[0]["blocks"])[0]["text"]


BEGINNINGS = ("=", "+", "-", "@", "\t", "\r", "＝", " =", "\u200b@", "\ufeff+", "a", "中", "'", '"', "")
TAILS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=8)


@settings(max_examples=20)
@given(st.lists(st.builds(str.__add__, st.sampled_from(BEGINNINGS), TAILS), min_size=1, max_size=40))
def test_no_cell_begins_like_a_formula_and_lossless_changes_none(texts: list[str]) -> None:
    safe, exact = cell("text", "VARCHAR", lossless=False), cell("text", "VARCHAR", lossless=True)
    lines = memory().execute(f"SELECT {safe} || ',' || {exact} FROM (SELECT unnest(?) AS text)", [texts]).fetchall()
    for text, (line,) in zip(texts, lines, strict=True):
        told, same = next(csv.reader(io.StringIO(line, newline="")))
        assert same == text
        assert told in (text, "'" + text)
        assert not re.match(r"[\t\r\n]|[\s\u200b\ufeff]*[=+\-@＝＋－＠]", told)


def test_json_lines_are_records_with_sorted_keys(archive: Desk) -> None:
    place = exported(archive, "jsonl")
    lines = (place / "releases.jsonl").read_text(encoding="utf-8").split("\n")
    assert lines.pop() == ""
    records = [json.loads(line) for line in lines]
    for record in records:
        assert list(record) == sorted(record)
        assert "\n\n".join(block["text"] for block in record["blocks"]) == record["body"]
    (quay,) = (record for record in records if record["version"] == 2)
    assert quay["published"]["on"] == "2025-06-25"
    assert quay["published"]["at"] is None
    assert quay["updated"] is None
    assert quay["evidence"]["published"]["basis"] == "stated"
    assert quay["rights"]["label"]


@pytest.mark.parametrize(
    ("selection", "count"),
    [
        (Selection(until=date(2025, 1, 1)), 2),
        (Selection(since=date(2024, 3, 4), until=date(2024, 3, 5)), 1),
        (Selection(languages=("zh",)), 1),
        (Selection(publishers=("news.gov.hk",), languages=("en",)), 1),
        (Selection(where="title LIKE '%quoted%' -- a comment"), 1),
        (Selection(publishers=("x' OR true --",)), 0),
        (Selection(versions=True), 6),
    ],
)
def test_a_selection_takes_what_it_names(archive: Desk, selection: Selection, count: int) -> None:
    kinds: tuple[Kind, ...] = ("parquet", "csv", "jsonl")
    assert [export(archive.home, kind, selection).counts["rows"] for kind in kinds] == [count] * 3


def test_every_export_says_under_which_terms_it_stands(archive: Desk) -> None:
    told = (exported(archive, "jsonl") / "RIGHTS.txt").read_text(encoding="utf-8")
    assert "news.gov.hk — " in told
    assert "ask the publisher" in told
    assert "\n" + ODD in told


def test_what_is_no_export_is_left_alone_and_a_failure_leaves_the_last_one(archive: Desk, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("years of work")
    with pytest.raises(ArchiveError, match="is no export"):
        export(archive.home, "csv", Selection(), place=tmp_path / "mine")
    assert (tmp_path / "mine" / "thesis.txt").exists()
    before = files(exported(archive, "csv"))
    with pytest.raises(ArchiveError, match="no_such_column"):
        exported(archive, "csv", Selection(where="no_such_column = 1"))
    assert files(archive.home.root / "exports" / "csv") == before
