"""The same bytes make the same archive, whatever the machine thinks of zones, languages and hash seeds."""

import os
import subprocess
import sys

import pytest

from tests.desk import Desk
from tests.samples import ORCHARD, news, news_tc

SURROUNDINGS = [
    {"TZ": "UTC", "LC_ALL": "C", "PYTHONHASHSEED": "1", "COMMUNIQUE_WORKERS": "1"},
    {"TZ": "America/New_York", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "2", "COMMUNIQUE_WORKERS": "3"},
    {"TZ": "Pacific/Kiritimati", "LC_ALL": "POSIX", "PYTHONHASHSEED": "3", "COMMUNIQUE_BATCH_SIZE": "3"},
]


@pytest.mark.slow
def test_surroundings_leave_no_trace(desk: Desk) -> None:
    desk.drop("a.txt", news())
    desk.drop("b.txt", news())
    desk.drop("公告.txt", news_tc())
    desk.drop("meeting.txt", f"On the afternoon of January 10, the office met to review 2024.\n{ORCHARD[0]}\n")
    desk.drop("minute.txt", news_tc("準時公告", "2025年9月8日 23:45"))
    desk.drop("facts.txt", news("Stated", paragraphs=ORCHARD), {"published": "2025-03-09T02:30:00-05:00"})
    desk.drop("noise.bin", bytes(range(256)))
    hashes = []
    for number, surroundings in enumerate(SURROUNDINGS):
        home = str(desk.root / f"home-{number}")
        env = os.environ | surroundings | {"COMMUNIQUE_CLOCK": desk.now.isoformat(), "COMMUNIQUE_HOME": home}
        for command in (("run", "--direct", "--inbox", str(desk.inbox)), ("verify", "--json")):
            told = subprocess.run(
                [sys.executable, "-m", "flows.cli", *command], env=env, capture_output=True, text=True, check=True
            )
        hashes.append(told.stdout.partition('"content_hash":')[2])
    assert len(hashes[0]) > 64
    assert len(set(hashes)) == 1
