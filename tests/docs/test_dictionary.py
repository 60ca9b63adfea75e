"""The data dictionary is what a published archive says of itself, and an archive explains all that it has."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from flows.cli import app
from flows.dictionary_page import GROUPS, REST, dictionary_page
from tests.desk import Desk
from warehouse.answering import MACROS, VIEWS
from warehouse.connection import opened_read_only
from warehouse.dictionary import Column, Part, described, unexplained

PAGE = Path(__file__).parents[2] / "docs" / "dictionary.md"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder whose archive holds nothing yet: what it can be asked is there all the same."""
    desk = Desk(tmp_path_factory.mktemp("dictionary"))
    desk.ingest()
    return desk.home.root


@pytest.fixture(scope="module")
def parts(home: Path) -> list[Part]:
    with opened_read_only(home / "archive.duckdb") as con:
        return described(con)


def test_the_page_is_what_the_archive_says(home: Path) -> None:
    printed = CliRunner().invoke(app, ["--home", str(home), "dictionary"])
    assert printed.exit_code == 0, printed.output
    told = PAGE.read_text(encoding="utf-8")
    assert told == printed.stdout, "make it again: `communique dictionary > docs/dictionary.md`"


def test_nothing_is_unexplained(parts: list[Part]) -> None:
    assert list(unexplained(parts)) == []
    there = {part.name for part in parts if part.kind in ("view", "macro")}
    assert there == {path.stem for folder in (VIEWS, MACROS) for path in folder.glob("*.sql")}
    assert {"readings", "mentions", "edits"} <= {part.name for part in parts if part.kind == "table"}


def test_what_lacks_a_comment_is_named() -> None:
    columns = (Column("depth", "DOUBLE", " "), Column("pier", "VARCHAR", "x"))
    bare = Part("view", "main", "quays", "Which quays?", columns)
    assert list(unexplained([bare, Part("table", "kept", "ships", "")])) == ["quays.depth", "ships"]


def test_a_column_means_what_it_means_where_it_comes_from(parts: list[Part]) -> None:
    said = {f"{part.name}.{column.name}": column.comment for part in parts for column in part.columns}
    assert said["windows.state"].startswith("planned, done, partial")
    assert said["list_changes.state"] == "entered, left or returned"
    assert said["alarms_open.reason"] == "in words, with the address"
    assert said["silent_edits.title_before"] == said["edits.title_before"] == "headline before the edit"
    assert said["search.title"] == said["releases.title"]
    assert said["as_of.first_seen_at"] == "when the release was first seen"


def test_every_question_has_its_place_and_no_cell_breaks_its_row(parts: list[Part]) -> None:
    page = dictionary_page(parts)
    grouped = [name for names in GROUPS.values() for name in names]
    assert len(grouped) == len(set(grouped))
    assert f"## {REST}" not in page, "give the new view or macro a group in flows/dictionary_page.py"
    odd = Part("view", "main", "odd", "Which | one?", (Column("x", "ENUM('a|b')", "one\ntwo"),))
    told = dictionary_page([odd])
    assert f"## {REST}" in told
    assert "| `x` | `ENUM('a\\|b')` | one two |" in told
