"""Whatever lies in the inbox: a declared outcome each, neighbours unharmed, nothing lost, time and memory bounded."""

import json
import os
import random
import subprocess
import sys
import tarfile
import time
from pathlib import Path
from typing import Any

import pytest

from tests.desk import Desk
from tests.launching import family
from tests.samples import news, news_tc

HOSTILE = Path(__file__).resolve().parents[2] / ".." / "shared" / "corpora" / "hostile" / "blns.tar.gz"
MEGABYTE = 1024 * 1024
NOTICE = (
    "北京市外办今天召开会议，研究部署明年的重点工作任务。",
    "会议强调，要提高服务水平，方便外籍人士在京工作生活。",
)
RANDOM = random.Random(7).randbytes(200_000)
BROKEN = b"Harbour notice\n\nThe office said \xff\xfe\xfa in the middle of a sentence about the harbour.\n"
STEERING = "Harbour notice\n\nJune 1, 2025\n\nThe \x00office\x07 said \u202esdrawkcab\u2066 and went on.\n"

TOLD: dict[str, tuple[str | bytes, str | None, str]] = {  # name -> (text, sidecar, how it ends)
    "random.txt": (RANDOM, None, "quarantined"),
    "random.bin": (RANDOM, None, "quarantined"),
    "empty.txt": (b"", None, "quarantined"),
    "blank.txt": ("\u00a0\n \n\u3000\n", None, "quarantined"),
    "broken.txt": (BROKEN, None, "new"),
    "utf16-le.txt": (news("Little endian").encode("utf-16"), None, "new"),
    "utf16-be.txt": (news("Big endian").encode("utf-16-be"), None, "new"),
    "big5.txt": (news_tc("大五碼公告").encode("big5"), None, "new"),
    "gb18030.txt": (news_tc("国标公告", "2025年9月9日", NOTICE).encode("gb18030"), None, "new"),
    "steering.txt": (STEERING, None, "new"),
    "surrogate escape.txt": (news("Escaped"), 'title = "x\\ud800y"\n', "quarantined"),
    "surrogate bytes.txt": (news("Encoded"), 'title = "x\udcedy"\n', "quarantined"),
    "sidecar broken.txt": (news("Broken"), "url = [\n", "quarantined"),
    "sidecar unknown.txt": (news("Unknown key"), 'colour = "red"\n', "quarantined"),
    "archive.zip": (b"PK\x03\x04" + RANDOM[:500], None, "quarantined"),
    "one line.txt": ("a line without any end " * 400, None, "new"),
}


def test_every_bad_input_has_its_outcome_and_harms_nobody(desk: Desk) -> None:
    for name, (text, sidecar, _) in TOLD.items():
        data = text.encode("utf-8") if isinstance(text, str) else text
        desk.drop(name, data, sidecar.encode("utf-8", "surrogateescape") if sidecar else None)
        desk.drop(f"{name} neighbour.txt", news(f"Neighbour of {name}", paragraphs=(f"Nothing is wrong with {name}.",)))
    desk.drop("orphan.txt.meta.toml", 'title = "Nobody\'s"\n')
    outcomes = desk.ingest(batch_size=10)
    assert sum(outcomes.values()) == 2 * len(TOLD) + 1
    found = {row["name"]: row for row in desk.rows("SELECT name, outcome, reason, input_sha256 FROM kept.outcomes")}
    assert {name: found[name]["outcome"] for name in TOLD} == {name: how for name, (_, _, how) in TOLD.items()}
    assert all(found[f"{name} neighbour.txt"]["outcome"] == "new" for name in TOLD)
    assert found["orphan.txt.meta.toml"]["outcome"] == "quarantined"
    assert all(row["reason"] for row in found.values())
    # Nothing is lost: whatever had bytes is in the vault.
    assert [name for name, row in found.items() if row["input_sha256"] is None] == ["empty.txt"]
    waiting = {row["name"] for row in desk.rows("FROM quarantine_open")}
    assert waiting == {name for name, row in found.items() if row["outcome"] == "quarantined"}
    assert desk.wrong() == []
    again = desk.ingest()
    assert set(again) == {"unchanged", "quarantined"}
    assert sum(again.values()) == sum(outcomes.values())


def test_texts_in_other_encodings_read_as_written(desk: Desk) -> None:
    for name in ("utf16-le.txt", "utf16-be.txt", "big5.txt", "gb18030.txt", "steering.txt"):
        desk.drop(name, TOLD[name][0])
    assert desk.ingest()["new"] == 5
    texts = {row["title"]: row["body"] for row in desk.rows("FROM releases")}
    assert set(texts) == {"Little endian", "Big endian", "大五碼公告", "国标公告", "Harbour notice"}
    assert texts["国标公告"] == "\n\n".join(NOTICE)
    assert "\x00" not in texts["Harbour notice"]
    assert "\u202e" in texts["Harbour notice"]  # marked in the evidence, not taken away
    assert "bidi" in desk.column("SELECT text FROM evidence WHERE field = 'text'")[0]


@pytest.fixture(scope="module")
def naughty() -> list[str]:
    if not HOSTILE.exists():
        pytest.skip(f"the list of naughty strings is not there: {HOSTILE}")
    with tarfile.open(HOSTILE) as archive:
        member = archive.extractfile("blns.json")
        assert member
        return sorted({text for text in json.load(member) if text.strip()})


def test_naughty_titles_survive_to_sql_and_back(desk: Desk, naughty: list[str]) -> None:
    rows = []
    wanted: dict[str, str] = {}
    for number, text in enumerate(naughty):
        if "\t" in text or "\n" in text or "\r" in text:
            continue  # a TSV cell cannot hold them
        (desk.root / f"{number}.txt").write_text(f"Release number {number}, of which there is no other.\n")
        rows.append({"file": f"{number}.txt", "title": text})
        wanted[f"{number}.txt"] = text
    outcomes = desk.ingest(desk.list_of(rows))
    assert sum(outcomes.values()) == len(rows)
    assert set(outcomes) <= {"new", "quarantined"}
    query = "SELECT o.name, r.title FROM kept.outcomes AS o JOIN releases AS r USING (release_id)"
    titles = {row["name"]: row["title"] for row in desk.rows(query)}
    assert len(titles) > 350
    plain = {name: text for name, text in wanted.items() if name in titles and text.isascii() and text.isprintable()}
    assert len(plain) > 200
    assert {name: titles[name] for name in plain} == {name: " ".join(text.split()) for name, text in plain.items()}


def test_naughty_file_names_survive_to_sql_and_back(desk: Desk, naughty: list[str]) -> None:
    names = []
    for text in naughty:
        name = text.replace("/", "∕").encode("utf-8", "surrogatepass")[:120].decode("utf-8", "ignore").replace("\0", "")
        if name.strip(".") and not name.endswith(".meta.toml"):
            names.append(f"{name}.txt")
            desk.drop(names[-1], news())
    outcomes = desk.ingest()
    assert outcomes == {"new": 1, "duplicate": len(set(names)) - 1}
    stored = desk.column("SELECT name FROM duplicates")
    stored += desk.column("SELECT name FROM kept.outcomes WHERE outcome = 'new'")
    assert sorted(stored) == sorted(set(names))


def test_names_that_are_no_utf8_have_an_outcome_and_a_name_to_show(desk: Desk) -> None:
    (desk.inbox / os.fsdecode(b"\xff\xfe release.txt")).write_bytes(news().encode())
    (desk.inbox / "two\nlines.bin").write_bytes(RANDOM)
    outcomes = desk.ingest()
    assert outcomes == {"new": 1, "quarantined": 1}
    assert desk.column("SELECT name FROM quarantine_open") == ["two\nlines.bin"]
    (name,) = desk.column("SELECT name FROM kept.outcomes WHERE outcome = 'new'")
    assert "release.txt" in name
    assert desk.ingest() == {"unchanged": 1, "quarantined": 1}


def high_water(pid: int) -> float:
    """The most memory a living process has held, in MB; not inherited, as ru_maxrss is."""
    try:
        told = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1000 for line in told.splitlines() if line.startswith("VmHWM")), 0.0)


LARGE: dict[str, Any] = {
    "100,000 one-word lines": "\n".join(f"word{number}" for number in range(100_000)).encode(),
    "one line of 20 MB": (b"a line that never comes to an end " * 700_000)[: 20 * MEGABYTE],
    "20 MB of noise": random.Random(8).randbytes(20 * MEGABYTE),
}


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="memory is read from /proc")
@pytest.mark.parametrize("what", LARGE)
def test_large_inputs_stay_within_memory(desk: Desk, what: str) -> None:
    desk.drop("large.txt", LARGE[what])
    desk.drop("small.txt", news())
    command = [sys.executable, "-m", "flows.cli", "run", "--direct", "--json", "--inbox", str(desk.inbox)]
    env = os.environ | {"COMMUNIQUE_HOME": str(desk.home.root)}
    peak = 0.0
    with subprocess.Popen(command, env=env, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        while process.poll() is None:
            peak = max([peak, *(high_water(pid) for pid in family(process.pid))])
            time.sleep(0.02)
        assert process.stdout
        outcomes = json.loads(process.stdout.read())["outcomes"]
    assert outcomes["new"] + outcomes["quarantined"] == 2
    assert desk.column("SELECT count(*) FROM releases WHERE length(body) < 1000") == [1]
    assert peak < 300, f"{peak:.0f} MB"
