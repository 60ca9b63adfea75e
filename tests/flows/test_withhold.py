"""`withhold` from the command line: with a reason, told by `show`, undone."""

import pytest
from typer.testing import CliRunner

from flows.cli import app
from tests.desk import Desk
from tests.samples import news


@pytest.fixture
def release(desk: Desk) -> str:
    desk.drop("quay.txt", news())
    desk.ingest()
    return str(desk.column("SELECT release_id FROM releases")[0])


def said(desk: Desk, *words: str) -> tuple[int, str]:
    done = CliRunner().invoke(app, ["--home", str(desk.home.root), *words])
    return done.exit_code, f"{done.output}{done.exception or ''}"


def test_withheld_and_shown_again(desk: Desk, release: str) -> None:
    code, told = said(desk, "withhold", release[:9], "--reason", "a court asked for it")
    assert (code, told.split()[0]) == (0, release)
    assert desk.rows("FROM releases") == []
    code, told = said(desk, "show", release)
    assert code == 1
    assert f"{release} is withheld since" in told
    assert "a court asked for it" in told
    assert said(desk, "withhold", release, "--undo")[0] == 0
    assert desk.column("SELECT release_id FROM releases") == [release]


def test_a_reason_is_asked_for(desk: Desk, release: str) -> None:
    code, told = said(desk, "withhold", release)
    assert code == 1
    assert "--reason" in told
    assert desk.column("SELECT release_id FROM releases") == [release]


def test_nothing_to_undo(desk: Desk, release: str) -> None:
    code, told = said(desk, "withhold", release, "--undo")
    assert code == 1
    assert "shown already" in told
