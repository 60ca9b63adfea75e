"""The papers name what there is: every command, every view, every setting, every outcome."""

from pathlib import Path

import pytest
from typer.main import get_command

from flows.cli import app
from flows.settings import SETTABLE
from sources.capture import OUTCOMES
from warehouse.resolution.changes import WEIGHTS

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
ARCHIVE = (ROOT / "docs" / "archive.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("command", sorted(get_command(app).commands))  # type: ignore[attr-defined]
def test_every_command_stands_in_the_readme(command: str) -> None:
    assert f"communique {command}" in README or f"`{command}`" in README


@pytest.mark.parametrize("view", sorted(path.stem for path in (ROOT / "warehouse" / "views").glob("*.sql")))
def test_every_view_stands_in_the_readme(view: str) -> None:
    assert f"`{view}`" in README


@pytest.mark.parametrize("macro", sorted(path.stem for path in (ROOT / "warehouse" / "macros").glob("*.sql")))
def test_every_macro_stands_in_the_readme(macro: str) -> None:
    assert f"`{macro}(" in README


@pytest.mark.parametrize("outcome", OUTCOMES)
def test_every_outcome_is_explained(outcome: str) -> None:
    assert f"| `{outcome}` |" in ARCHIVE


@pytest.mark.parametrize("kind", WEIGHTS)
def test_every_kind_of_edit_is_explained(kind: str) -> None:
    assert f"`{kind}`" in ARCHIVE


def test_every_setting_stands_in_the_settings_file() -> None:
    told = (ROOT / "communique.toml").read_text(encoding="utf-8")
    assert [name for name in SETTABLE if f"\n{name} = " not in told] == []


def test_the_papers_name_no_machine() -> None:
    papers = [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")]
    assert [paper for paper in papers if "/home/" in paper.read_text(encoding="utf-8")] == []
