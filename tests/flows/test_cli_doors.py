"""The doors that scripts rely on: what stands on stdout, what on stderr, and the exit codes."""

import json
from typing import Any

import pytest

from tests.desk import Desk
from tests.launching import Ended, Launcher
from tests.samples import QUAY_TITLE, news, news_tc

FAILURE, USAGE = 1, 2
OUTCOMES = ["new", "revised", "unchanged", "duplicate", "quarantined", "failed", "skipped"]
COMMANDS = ["run", "backfill", "serve", "parse", "query", "status", "quarantine", "show", "verify", "rebuild", "replay"]
RECORD = (
    "publisher native_id language title url subtitle body blocks published updated event address_on listed_at editions"
    " related links rendition images attachments videos source_label office rights parser completeness evidence"
)


@pytest.fixture
def stocked(desk: Desk) -> Desk:
    desk.drop("a.txt", news())
    desk.drop("tc.txt", news_tc())
    desk.drop("copy.txt", news())
    desk.drop("noise.bin", bytes(range(256)))
    desk.ingest()
    return desk


def answer(ended: Ended) -> Any:
    assert ended.code == 0, ended.err
    return json.loads(ended.out)


def test_run_tells_its_id_and_all_seven_outcomes(desk: Desk, launcher: Launcher) -> None:
    desk.drop("a.txt", news())
    desk.drop("b.txt", news())
    desk.drop("noise.bin", bytes(range(256)))
    told = answer(launcher.run(desk, "run", "--direct", "--json", "--inbox", "inbox"))
    assert list(told) == ["run_id", "outcomes", "alarms"]
    assert list(told["outcomes"]) == OUTCOMES
    assert told["outcomes"] == dict.fromkeys(OUTCOMES, 0) | {"new": 1, "duplicate": 1, "quarantined": 1}
    stored = desk.rows(f"SELECT outcome, n FROM outcomes_by_run WHERE run_id = '{told['run_id']}'")
    assert {row["outcome"]: row["n"] for row in stored} == told["outcomes"]
    shown = launcher.run(desk, "run", "--direct", "--inbox", "inbox")
    assert shown.code == 0
    for word in ("unchanged", "listed", "nothing new", "archive.duckdb", "communique query"):
        assert word in shown.out


def test_a_manifest_is_loaded_with_its_facts(desk: Desk, launcher: Launcher) -> None:
    (desk.root / "page.txt").write_text(news(), encoding="utf-8")
    url = "https://www.info.gov.hk/gia/general/202506/25/P2025062500411.htm"
    listed = desk.list_of([{"file": "page.txt", "url": url, "seen_at": "2025-06-25T12:00:00Z"}, {"file": "gone.txt"}])
    told = answer(launcher.run(desk, "run", "--direct", "--json", "--manifest", str(listed)))
    assert told["outcomes"] == dict.fromkeys(OUTCOMES, 0) | {"new": 1, "quarantined": 1}
    (row,) = desk.rows("SELECT native_id, first_seen_at, url FROM releases")
    assert row == {"native_id": "P2025062500411", "first_seen_at": "2025-06-25T12:00:00Z", "url": url}
    (capture,) = desk.rows("SELECT target_uri, content_sha256 FROM kept.captures")
    assert capture["target_uri"] == f"file:///manifest/{capture['content_sha256']}"


def test_parse_prints_a_line_per_record_in_input_order_and_stores_nothing(desk: Desk, launcher: Launcher) -> None:
    desk.drop("b.txt", news())
    desk.drop("a.txt", news_tc(), {"publisher": "news.gov.hk"})
    desk.drop("noise.bin", bytes(range(256)))
    names = ["inbox/b.txt", "inbox/missing.txt", "inbox/noise.bin", "inbox/a.txt"]
    ended = launcher.run(desk, "parse", *names, "--json")
    assert ended.code == 0, ended.err
    lines = [json.loads(line) for line in ended.out.splitlines()]
    assert [list(line) for line in lines] == [["file", "item", "outcome", "reason", "record"]] * 4
    assert [line["file"] for line in lines] == names
    assert [line["outcome"] for line in lines] == ["parsed", "quarantined", "quarantined", "parsed"]
    assert [bool(line["reason"]) for line in lines] == [False, True, True, False]
    assert [line["item"] for line in lines] == [0, 0, 0, 0]
    assert lines[0]["record"]["title"] == QUAY_TITLE
    assert sorted(lines[0]["record"]) == sorted(RECORD.split())
    assert lines[3]["record"]["evidence"]["publisher"]["basis"] == "stated"
    assert not desk.home.root.exists()


def test_parse_takes_an_address_and_a_list(desk: Desk, launcher: Launcher) -> None:
    desk.drop("a.txt", news())
    url = "https://wb.beijing.gov.cn/en/express/202502/t20250226_4019481.html"
    ended = launcher.run(desk, "parse", "inbox/a.txt", "--url", url, "--json")
    record = json.loads(ended.out)["record"]
    assert (record["url"], record["native_id"], record["address_on"]) == (url, "t20250226_4019481", "2025-02-26")
    desk.list_of([{"file": "inbox/a.txt", "url": url}, {"file": "inbox/none.txt"}])
    ended = launcher.run(desk, "parse", "--manifest", "rows.tsv", "--json")
    lines = [json.loads(line) for line in ended.out.splitlines()]
    assert [(line["file"], line["outcome"]) for line in lines] == [
        ("inbox/a.txt", "parsed"),
        ("inbox/none.txt", "quarantined"),
    ]
    assert lines[0]["record"]["native_id"] == "t20250226_4019481"


QUESTIONS: list[tuple[str, list[dict[str, Any]]]] = [
    ("SELECT count(*) AS n FROM releases", [{"n": 2}]),
    ("SELECT TIMESTAMPTZ '2025-06-25 19:29:22+08' AS t", [{"t": "2025-06-25T11:29:22Z"}]),
    ("SELECT published_on AS d FROM releases ORDER BY d", [{"d": "2025-06-25"}, {"d": "2025-09-08"}]),
    ("SELECT ['a', NULL] AS l", [{"l": ["a", None]}]),
    ("SELECT {'x': DATE '2025-01-31', 'y': [1]} AS s", [{"s": {"x": "2025-01-31", "y": [1]}}]),
    ("SELECT '\\x01\\xFF'::BLOB AS b", [{"b": "01ff"}]),
    ("SELECT NULL AS n, true AS t, 1.5 AS f, 'nan'::DOUBLE AS nan", [{"n": None, "t": True, "f": 1.5, "nan": None}]),
    ("SELECT sum(x) AS s FROM range(4) AS r(x)", [{"s": 6}]),
    ("SELECT 1 AS a, 2 AS a", [{"a": 1, "a_1": 2}]),
    ("SELECT map {'k': 1} AS m, '{\"j\": [1]}'::JSON AS j", [{"m": {"k": 1}, "j": {"j": [1]}}]),
    ("SELECT title FROM releases WHERE false", []),
]


def test_query_answers_in_json(stocked: Desk, launcher: Launcher) -> None:
    for question, expected in QUESTIONS:
        ended = launcher.run(stocked, "query", question, "--json")
        assert (answer(ended), ended.err) == (expected, ""), question
    assert len(answer(launcher.run(stocked, "query", "SELECT x FROM range(12345) AS r(x)", "--json"))) == 12_345
    commented = "-- How many are there?\nSELECT 7 AS n"  # as every query of the report begins
    assert answer(launcher.run(stocked, "query", commented, "--json")) == [{"n": 7}]


FAILING = [
    "SELECT nothing FROM releases",
    "SELEKT",
    "",
    "SELECT CASE WHEN x > 9000 THEN error('late') ELSE x END AS x FROM range(10000) AS r(x)",
    "SELECT DATE '0044-03-15 (BC)' AS ides",
    "DELETE FROM kept.readings",
    "FROM read_text('/etc/hostname')",
]


def test_a_question_that_fails_prints_nothing_on_stdout(stocked: Desk, launcher: Launcher) -> None:
    for question in FAILING:
        for form in ((), ("--json",)):
            ended = launcher.run(stocked, "query", question, *form)
            assert (ended.code, ended.out) == (FAILURE, ""), question
            assert ended.err.startswith("communique: ")
            assert "Traceback" not in ended.err


def test_asking_before_anything_is_archived(desk: Desk, launcher: Launcher) -> None:
    ended = launcher.run(desk, "query", "FROM releases", "--json")
    assert (ended.code, ended.out) == (FAILURE, "")
    assert "communique run" in ended.err
    told = answer(launcher.run(desk, "status", "--json"))
    assert told["published"] is False
    assert not desk.home.root.exists()


def test_show_tells_of_one_release_from_every_side(stocked: Desk, launcher: Launcher) -> None:
    stocked.drop("a.txt", news().replace("4,000", "5,200"))
    stocked.ingest()
    (name,) = stocked.column(f"SELECT release_id FROM releases WHERE title = '{QUAY_TITLE}'")
    assert answer(launcher.run(stocked, "show", name[:8], "--json"))["release_id"] == name
    assert [row["version"] for row in answer(launcher.run(stocked, "show", name, "--versions", "--json"))] == [1, 2]
    fields = {row["field"] for row in answer(launcher.run(stocked, "show", name, "--evidence", "--json"))}
    assert {"title", "published", "publisher", "body"} <= fields
    changes = launcher.run(stocked, "show", name, "--diff").out
    assert "figure, silent" in changes
    assert "[-4,000-]{+5,200+} passengers" in changes
    (edit,) = answer(launcher.run(stocked, "show", name, "--diff", "--json"))
    assert (edit["version"], edit["kinds"], edit["figures"], edit["silent"]) == (2, ["figure"], 1, True)
    assert {"field": "body", "op": "+", "text": "5,200"} in edit["diff"]
    assert launcher.run(stocked, "show", name, "--raw").out == news().replace("4,000", "5,200")
    for form in ((), ("--versions",), ("--evidence",)):
        assert QUAY_TITLE in launcher.run(stocked, "show", name, *form).out
    assert launcher.run(stocked, "show", "r").code == FAILURE
    assert launcher.run(stocked, "show", "zzz").code == FAILURE


def test_quarantine_lists_what_waits(stocked: Desk, launcher: Launcher) -> None:
    (row,) = answer(launcher.run(stocked, "quarantine", "--json"))
    assert row["name"] == "noise.bin"
    assert row["reason"]
    shown = launcher.run(stocked, "quarantine")
    assert "noise.bin" in shown.out
    assert answer(launcher.run(stocked, "status", "--json"))["quarantine_open"] == 1


MISUSED = [
    ("run", "--inbox", "a", "--manifest", "b"),
    ("run", "--direct", "nosuchsource"),
    ("run", "--nosuchflag"),
    ("nosuchcommand",),
    ("parse",),
    ("backfill", "folder", "--since", "2025-02-01", "--until", "2025-01-01"),
    ("backfill", "folder", "--since", "yesterday", "--until", "2025-01-01"),
    ("query",),
    ("--config", "missing.toml", "status"),
    ("run", "--direct", "--manifest", "missing.tsv"),
    ("parse", "--manifest", "missing.tsv"),
    ("run", "--direct", "--inbox", "missing"),
]


def test_misuse_ends_in_2_and_says_why(desk: Desk, launcher: Launcher) -> None:
    for arguments in MISUSED:
        ended = launcher.run(desk, *arguments)
        assert (ended.code, ended.out) == (USAGE, ""), (arguments, ended)
        assert ended.err
        assert "Traceback" not in ended.err


@pytest.mark.parametrize("key", ["size_limit_mb", "workers", "batch_size"])
def test_a_setting_of_the_wrong_kind_is_named(desk: Desk, launcher: Launcher, key: str) -> None:
    for value in ("many", "0", "-1"):
        ended = launcher.run(desk, "status", env={f"COMMUNIQUE_{key.upper()}": value})
        assert ended.code == USAGE
        assert key.upper() in ended.err


def test_help_teaches(desk: Desk, launcher: Launcher) -> None:
    everything = launcher.run(desk, "--help")
    assert everything.code == 0
    for command in COMMANDS:
        assert command in everything.out
        for flag in ("--help", "-h"):
            shown = launcher.run(desk, command, flag)
            assert shown.code == 0, (command, shown.err)
            assert "Usage" in shown.out
    assert not desk.home.root.exists()


def test_where_the_archive_lies(desk: Desk, launcher: Launcher) -> None:
    """A flag beats the environment, which beats the file, which beats `data`."""

    def home_told(*arguments: str, **env: str) -> str:
        told = answer(launcher.run(desk, *arguments, "status", "--json", env=env, home=False))
        return str(told["home"]).removeprefix(f"{desk.root}/")

    assert home_told() == "data"
    (desk.root / "communique.toml").write_text('home = "from-file"\n')
    (desk.root / "other.toml").write_text('home = "from-other"\n')
    assert home_told() == "from-file"
    assert home_told("--config", "other.toml") == "from-other"
    assert home_told(COMMUNIQUE_CONFIG="other.toml") == "from-other"
    assert home_told("--config", "other.toml", COMMUNIQUE_HOME="from-env") == "from-env"
    assert home_told("--home", "from-flag", "--config", "other.toml", COMMUNIQUE_HOME="from-env") == "from-flag"


def test_a_bare_run_reads_the_folder_beside_the_settings(desk: Desk, launcher: Launcher) -> None:
    (desk.root / "communique.toml").write_text('home = "kept here"\n')
    (desk.root / "seeds").mkdir()
    (desk.root / "seeds" / "a.txt").write_text(news(), encoding="utf-8")
    told = answer(launcher.run(desk, "run", "folder", "--direct", "--json", home=False))
    assert told["outcomes"]["new"] == 1
    assert (desk.root / "kept here" / "archive.duckdb").is_file()
