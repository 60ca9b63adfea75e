"""`communique browse`: a tool that is there gets the archive read-only; one that is not is named."""

from pathlib import Path

import duckdb
import pytest
from typer.testing import CliRunner, Result

from flows.cli import app
from sources.errors import ArchiveError, ConfigError


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder with an archive, and an empty folder as PATH."""
    (tmp_path / "bin").mkdir()
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    monkeypatch.setattr("sys.executable", str(tmp_path / "bin" / "python"))
    home = tmp_path / "home"
    home.mkdir()
    duckdb.connect(str(home / "archive.duckdb")).close()
    return home


def browse(home: Path) -> Result:
    return CliRunner().invoke(app, ["--home", str(home), "browse"])


def test_the_tool_gets_the_archive_read_only_and_its_exit_code_is_ours(home: Path, tmp_path: Path) -> None:
    tool = tmp_path / "bin" / "harlequin"
    tool.write_text(f'#!/bin/sh\nprintf "%s\\n" "$@" > {tmp_path}/given\nexit 3\n', encoding="utf-8")
    tool.chmod(0o755)
    assert browse(home).exit_code == 3
    given = (tmp_path / "given").read_text(encoding="utf-8").splitlines()
    assert given[-1] == str(home / "archive.duckdb")
    assert "--read-only" in given


def test_a_tool_that_is_not_there_is_named_with_how_to_get_it(home: Path) -> None:
    ended = browse(home)
    assert isinstance(ended.exception, ConfigError)
    assert "pipx install harlequin" in str(ended.exception)


def test_without_an_archive_the_next_step_is_said(home: Path) -> None:
    (home / "archive.duckdb").unlink()
    ended = browse(home)
    assert isinstance(ended.exception, ArchiveError)
    assert "communique run folder" in str(ended.exception)
