"""The built wheel works on its own, from an empty folder: its SQL, sources, publishers and templates lie in it."""

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.slow
def test_the_wheel_archives_a_release_from_an_empty_folder(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path / "dist")]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = (tmp_path / "dist").glob("*.whl")
    with zipfile.ZipFile(wheel) as packed:
        packed.extractall(tmp_path / "site")
    (tmp_path / "empty" / "inbox").mkdir(parents=True)
    (tmp_path / "empty" / "inbox" / "a.txt").write_text("A short notice\n\nMay 5, 2025\n\nThe office opens at nine.\n")

    def communique(*words: str) -> Any:
        command = [sys.executable, "-P", "-m", "flows.cli", *words, "--json"]
        env = os.environ | {"PYTHONPATH": str(tmp_path / "site"), "COMMUNIQUE_HOME": str(tmp_path / "home")}
        ran = subprocess.run(command, cwd=tmp_path / "empty", env=env, capture_output=True, text=True, check=True)
        return json.loads(ran.stdout)

    assert communique("run", "--inbox", "inbox", "--direct")["outcomes"]["new"] == 1
    assert (tmp_path / "home" / "archive.duckdb").is_file()
    assert communique("report")["until"] == "2025-05-06"
    assert "A short notice" in (tmp_path / "home" / "reports" / "report-2025-05-06.html").read_text(encoding="utf-8")
