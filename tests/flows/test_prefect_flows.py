"""The flows under Prefect itself: the same steps as tasks, the same archive, and an artifact in the UI."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]

DRIVER = """
import json, sys
from datetime import date

from prefect.artifacts import Artifact
from prefect.testing.utilities import prefect_test_harness

from flows.backfill import backfill
from flows.ingest import ingest
from flows.report import report

home, inbox = sys.argv[1:]
with prefect_test_harness(server_startup_timeout=600):
    first = ingest(home=home, inbox=inbox)
    again = ingest(home=home, inbox=inbox)
    filled = backfill(since=date(2025, 1, 1), until=date(2025, 6, 1), home=home + "-filled", inbox=inbox)
    written = report(home=home, since=date(2025, 5, 1), until=date(2025, 7, 1))
    told = Artifact.get("report").data
    artifact = Artifact.get("outcomes-folder")
    json.dump([first, again, filled, artifact.description, artifact.type, written, told], sys.stdout)
"""


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "inbox"
    folder.mkdir()
    (folder / "may.txt").write_text("Library opens\n\nMay 5, 2025\n\nThe library on the hill opened today.\n")
    (folder / "june.txt").write_text("Library closes\n\nJune 5, 2025\n\nThe library on the hill closed today.\n")
    return folder


def test_the_flows_take_the_steps_and_leave_an_artifact(tmp_path: Path, inbox: Path) -> None:

    driver = tmp_path / "driver.py"
    driver.write_text(DRIVER)
    ran = subprocess.run(
        [sys.executable, str(driver), str(tmp_path / "home"), str(inbox)],
        env=os.environ | {"PREFECT_LOGGING_LEVEL": "ERROR", "PREFECT_SERVER_ANALYTICS_ENABLED": "false"},
        capture_output=True,
        text=True,
        check=False,
        timeout=850,
    )
    assert ran.returncode == 0, ran.stderr[-3000:]

    first, again, filled, description, kind, written, told = json.loads(ran.stdout.splitlines()[-1])

    assert (first["outcomes"]["new"], again["outcomes"]["unchanged"]) == (2, 2)
    assert (filled["outcomes"]["new"], filled["outcomes"]["skipped"]) == (1, 1)
    assert kind == "table"
    assert filled["run_id"] in description
    assert Path(written["report"]).read_text(encoding="utf-8").count("Library opens") == 1
    assert written["report"] in told
    assert "| releases | 2 |" in told
