"""What `communique run` adds to an empty Prefect flow that is started the same way.

Both with a home that is there already, in turns; nothing in the inbox is new.
"""

import json
import os
import sys
import tempfile
from pathlib import Path
from statistics import median

from bench.figures import Figure, report
from bench.generator import write_releases
from bench.watching import COMMUNIQUE, watched

TURNS = 3
EXTRA_SECONDS = 3.0
EMPTY_FLOW = """
import sys
from pathlib import Path
from flows.orchestrator import prepare
from flows.settings import load_settings
prepare(load_settings(home=Path(sys.argv[1])))
from prefect import flow
@flow(name="empty")
def empty() -> int:
    return 0
empty()
"""


def main() -> int:
    """Measures and prints; 1 when the bar was missed."""
    with tempfile.TemporaryDirectory(prefix="communique-bench-") as told:
        place = Path(told)
        write_releases(place / "inbox", 4)
        ours = (*COMMUNIQUE, "--home", str(place / "home"), "run", "folder", "--inbox", str(place / "inbox"), "--json")
        bare = (sys.executable, "-c", EMPTY_FLOW, str(place / "bare"))
        surroundings = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")}
        first = watched(ours, surroundings).seconds
        watched(bare, surroundings)
        pairs = []
        for _ in range(TURNS):
            again = watched(ours, surroundings)
            assert json.loads(again.output)["outcomes"]["unchanged"] == 4
            pairs.append((again.seconds, watched(bare, surroundings).seconds))
    extra = median(run - empty for run, empty in pairs)
    return report(
        "communique run under Prefect, nothing new",
        [
            Figure("first run, seconds", f"{first:.1f}"),
            Figure("later runs, seconds", " ".join(f"{run:.1f}" for run, _ in pairs)),
            Figure("an empty flow, seconds", " ".join(f"{empty:.1f}" for _, empty in pairs)),
            Figure("difference, median", f"{extra:.1f} s", f"<= {EXTRA_SECONDS:g} s", extra <= EXTRA_SECONDS),
        ],
    )
