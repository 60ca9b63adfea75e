"""The ready queries, and the snippets of the papers, on an archive that has an answer to each of them."""

import json
import re
from pathlib import Path

import duckdb
import pytest
from typer.testing import CliRunner

from flows.cli import app
from tests.desk import WarmReaders
from tests.sample.making import make_sample
from tests.sample.queries_page import GROUPS, queries_page
from warehouse.connection import opened_read_only
from warehouse.ready import BLANK, QUERIES, Ready, ready_queries

DOCS = Path(__file__).parents[2] / "docs"
READY = ready_queries()


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory, readers: WarmReaders) -> Path:
    """A data folder; beside it `data` leads there and `warehouse` to the queries, as in the papers."""
    home = tmp_path_factory.mktemp("sample") / "home"
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("flows.direct.Readers", readers)
        make_sample(home)
    (home.parent / "data").symlink_to(home, target_is_directory=True)
    (home.parent / "warehouse").symlink_to(QUERIES.parent, target_is_directory=True)
    return home


def snippets(language: str) -> list[str]:
    """What stands in the papers for that language, in order."""
    return re.findall(rf"^```{language}\n(.*?)^```$", (DOCS / "opening.md").read_text(encoding="utf-8"), re.M | re.S)


@pytest.fixture
def project(sample: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where a reader of the papers stands: `data` holds the archive, `warehouse` the queries."""
    monkeypatch.chdir(sample.parent)
    return sample.parent


@pytest.mark.usefixtures("project")
@pytest.mark.parametrize("number", range(len(snippets("python"))))
def test_the_python_of_the_papers_runs(number: int, capsys: pytest.CaptureFixture[str]) -> None:
    code = snippets("python")[number]
    for library in re.findall(r"^import (pandas|polars)\b", code, re.M):
        pytest.importorskip(library, reason=f"{library} is not installed here, and no part of this program")
    exec(compile(code, "opening.md", "exec"), {})
    assert capsys.readouterr().out or "print" not in code


@pytest.mark.parametrize("number", range(len(snippets("sql"))))
def test_the_sql_of_the_papers_has_an_answer(number: int, project: Path) -> None:
    statements = snippets("sql")[number]
    place = ":memory:" if "ATTACH" in statements else str(project / "data" / "archive.duckdb")
    with duckdb.connect(place, read_only=place != ":memory:") as con:
        assert con.execute(statements).fetchall()


def asked(sample: Path, *words: str) -> str:
    ended = CliRunner().invoke(app, ["--home", str(sample), "ask", *words])
    assert ended.exit_code == 0, (ended.output, ended.exception)
    return ended.stdout


@pytest.mark.parametrize("one", READY.values(), ids=list(READY))
def test_a_ready_query_reads_like_its_question_and_has_an_answer(one: Ready, sample: Path) -> None:
    assert re.fullmatch(r"[A-Z][^\n]+\?", one.question), "the first line is a question"
    assert one.sql.count("SET VARIABLE") == len(one.blanks), "a blank has a line of its own and says what it takes"
    with opened_read_only(sample / "archive.duckdb") as con:
        assert con.execute(one.sql).fetchall(), "asked as a whole, as it is pasted somewhere"


def test_there_are_twenty_and_each_has_its_place() -> None:
    assert len(READY) >= 20
    assert sorted(name for names in GROUPS.values() for name in names) == list(READY)
    assert all(BLANK.sub("", one.sql).count(";") == 1 for one in READY.values()), QUERIES


def test_the_page_shows_each_with_its_answer(sample: Path) -> None:
    told = (DOCS / "queries.md").read_text(encoding="utf-8")
    assert told == queries_page(sample / "archive.duckdb"), "make it again: `make papers`"


def test_the_list_of_questions_and_their_blanks(sample: Path) -> None:
    told = asked(sample)
    for name, one in READY.items():
        assert re.search(rf"^{name} .*{re.escape(one.question[:60])}", told, re.M), name
    assert re.search(r"^what_changed .* release, before, after *$", told, re.M)


def test_a_blank_takes_another_value(sample: Path) -> None:
    (row,) = json.loads(asked(sample, "issued-on", "day=2026-03-03", "office=lighthouse", "--json"))
    assert row["title"] == "Twelve apprentices join the Lighthouse Board"
    assert json.loads(asked(sample, "search_words", "words=shipwreck", "--json")) == []
    assert len(json.loads(asked(sample, "edits_by_weight", "most=2", "--json"))) == 2
    assert asked(sample, "what_changed", "--sql") == READY["what_changed"].sql


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("no_such_question",), "`communique ask` lists them"),
        (("totals", "day=1"), "totals has no blank 'day'; it has: none"),
        (("issued_on", "2026-03-03"), "write it as NAME=VALUE"),
        (("issued_on", "day=soon"), "soon"),
    ],
)
def test_what_cannot_be_asked_is_said(words: tuple[str, ...], said: str, sample: Path) -> None:
    ended = CliRunner().invoke(app, ["--home", str(sample), "ask", *words])
    assert ended.exit_code != 0
    assert said in str(ended.exception)
    assert ended.stdout == ""
