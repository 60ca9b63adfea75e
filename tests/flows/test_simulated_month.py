"""Thirty simulated days of ten sources, with faults and kills: the archive holds what was there to be seen."""

import subprocess
import sys
from pathlib import Path

import pytest

DAYS, SEED, SHARE = "30", "2", "0.25"  # a quarter of the visits take place, so that a minute will do


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_a_month_of_faults_kills_and_repeats_leaves_exactly_what_was_there_to_be_seen(tmp_path: Path) -> None:
    """In a process of its own: the days are forked from one that has no threads."""
    order = (sys.executable, "-m", "bench.simulated_year", DAYS, SEED, str(tmp_path), SHARE)
    root = Path(__file__).parents[2]
    ended = subprocess.run(order, cwd=root, capture_output=True, text=True, timeout=850, check=False)
    assert ended.returncode == 0, f"{ended.stderr}\n{ended.stdout}"
    diary = (tmp_path / "diary.log").read_text(encoding="utf-8").split("\n")
    begun, over = ({line.split()[1] for line in diary if line.startswith(word)} for word in ("begin", "end"))
    assert begun - over, "some runs were killed"
    log = (tmp_path / "requests.log").read_text(encoding="utf-8").splitlines()
    assert len(log) * 0.1 < sum("fault:" in line for line in log) < len(log) * 0.3
