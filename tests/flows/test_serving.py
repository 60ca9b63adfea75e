"""What `serve` and a work pool are to run, and who is let in: all that can be said without a Prefect server."""

import inspect
import os
import subprocess
import sys
import time
from datetime import datetime, timedelta
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
import yaml  # type: ignore[import-untyped]  # comes with Prefect, which reads prefect.yaml with it
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from flows.cadence import Cadence, cadences
from flows.cli import app
from flows.deployed import FLOWS, planned
from flows.enabling import switch
from flows.orchestrator import CLIENT_AUTH, SERVER_AUTH, check_guarded, prepare
from flows.publication import Publication
from flows.settings import load_settings
from flows.work_pool import prefect_yaml
from sources.config import Source, load_sources
from sources.errors import ConfigError
from tests.desk import Desk
from warehouse.connection import attached

ROOT = Path(__file__).parents[2]
HOUR = timedelta(hours=1)


def feed(name: str, host: str = "press.example", **when: str) -> Source:
    web = {
        "publisher": host,
        "language": "en",
        "zone": "Etc/UTC",
        "rights": "ours",
        "urls": (f"https://{host}/{name}",),
    }
    return Source(name=name, title=name, kind="feed", **web, **when)  # type: ignore[arg-type]


def test_sources_of_one_host_are_spread_over_their_interval() -> None:
    found = cadences([feed(name, every="1 h") for name in ("a", "b", "c", "d")], zone="Etc/UTC")
    anchors = sorted(one.anchor for one in found.values())
    gaps = [later - earlier for earlier, later in zip(anchors, anchors[1:], strict=False)]
    assert all(timedelta(minutes=14) < gap < timedelta(minutes=16) for gap in gaps)
    assert {one.interval for one in found.values()} == {HOUR}


def test_hosts_do_not_all_begin_at_once() -> None:
    found = cadences([feed(f"s{n}", f"h{n}.example", every="1 h") for n in range(30)], zone="Etc/UTC")
    assert len({one.anchor.minute for one in found.values()}) > 15


def test_every_so_many_minutes_gets_minutes_of_its_own() -> None:
    found = cadences([feed(name, schedule="*/30 6-22 * * *") for name in ("a", "b")], zone="Etc/UTC")
    first, second = (int((one.cron or "").split("-")[0]) for one in found.values())
    assert abs(first - second) == 15
    assert all((one.cron or "").endswith("-59/30 6-22 * * *") for one in found.values())


def test_a_minute_that_was_asked_for_is_kept() -> None:
    found = cadences([feed("a", schedule="7 * * * *")], zone="Asia/Hong_Kong")
    assert found == {"a": Cadence("Etc/UTC", cron="7 * * * *")}


def test_a_source_without_a_schedule_runs_by_hand_alone() -> None:
    assert cadences([feed("a")], zone="Etc/UTC") == {}


@given(st.lists(st.sampled_from("abcdefgh"), unique=True), st.sampled_from(["15 min", "2 h", "1 d"]), st.randoms())
def test_the_order_of_sources_changes_nothing(names: list[str], every: str, random: Any) -> None:
    told = [feed(name, every=every) for name in names]
    before = cadences(told, zone="Etc/UTC")
    random.shuffle(told)
    assert cadences(told, zone="Etc/UTC") == before


def test_the_spread_is_the_same_in_every_process() -> None:
    code = (
        "from tests.flows.test_serving import *; print(cadences([feed('a', every='1 d')], zone='Etc/UTC')['a'].anchor)"
    )
    told = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
            check=True,
        ).stdout.strip()
        for seed in ("1", "2")
    }
    assert told == {str(anchor())}


def anchor() -> datetime:
    return cadences([feed("a", every="1 d")], zone="Etc/UTC")["a"].anchor


def test_a_spoilt_source_file_is_told_and_harms_no_other(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.home.sources.mkdir(parents=True)
    (desk.home.sources / "broken.toml").write_text('title = "unfinished')
    told: list[str] = []
    found = planned(desk.settings(), lambda name, _: told.append(name))
    assert told == ["broken"]
    assert {"ingest/folder", "backfill/backfill", "publish/archive"} <= set(found)
    with pytest.raises(ConfigError, match="broken.toml"):
        planned(desk.settings())


def test_enabled_sources_are_planned_and_others_are_not(tmp_path: Path) -> None:
    desk = Desk(tmp_path, settings_given={"contact": "desk@example.org"})
    assert "ingest/un_press" not in planned(desk.settings())
    switch(desk.settings(), "un_press", on=True)
    found = planned(desk.settings())["ingest/un_press"]
    assert found.cadence == Cadence("America/New_York", cron="27 * * * *")
    assert found.parameters == {"source": "un_press", "home": str(desk.home.root), "config": None}


def test_only_what_a_person_triggers_waits_in_a_queue(tmp_path: Path) -> None:
    found = planned(Desk(tmp_path).settings())
    assert found["backfill/backfill"].queues
    assert not found["ingest/folder"].queues


def deployments_in(text: str) -> list[dict[str, Any]]:
    return list(yaml.safe_load(text)["deployments"])


def test_prefect_yaml_is_what_the_catalog_and_the_flows_say(tmp_path: Path) -> None:
    settings = load_settings(home=tmp_path, config=ROOT / "communique.toml")
    made = prefect_yaml(settings)
    told = (ROOT / "prefect.yaml").read_text(encoding="utf-8")
    assert told == made, "make it again: `communique deployments > prefect.yaml`"


def test_a_watch_wants_a_server_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PREFECT_API_URL", raising=False)
    told = CliRunner().invoke(app, ["--home", str(tmp_path), "deployments", "--watch"])
    assert isinstance(told.exception, ConfigError)


def test_every_deployment_of_prefect_yaml_names_a_flow_and_parameters_it_takes() -> None:
    found = deployments_in((ROOT / "prefect.yaml").read_text(encoding="utf-8"))
    assert {one["name"] for one in found} == {*load_sources(ROOT / "sources" / "catalog"), *(one.name for one in FLOWS)}
    for one in found:
        file, _, name = one["entrypoint"].partition(":")
        assert (ROOT / file).is_file()
        taken = inspect.signature(
            getattr(import_module(file.removesuffix(".py").replace("/", ".")), name).fn
        ).parameters
        assert set(one.get("parameters", ())) <= set(taken)
        assert {"home", "config"} <= set(taken)
        assert one["work_pool"]["job_variables"]["env"]["PREFECT_FLOWS_HEARTBEAT_FREQUENCY"] == "30"


def test_in_a_pool_only_enabled_sources_of_the_web_run_by_themselves(tmp_path: Path) -> None:
    desk = Desk(tmp_path, settings_given={"contact": "desk@example.org"})
    switch(desk.settings(), "un_press", on=True)
    found = deployments_in(prefect_yaml(desk.settings()))
    assert {one["name"] for one in found if one.get("schedules", [{}])[0].get("active")} >= {"folder", "un_press"}
    assert not next(one for one in found if one["name"] == "hkma_en")["schedules"][0]["active"]


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1", "[::1]", "127.8.9.1"])
def test_a_server_for_this_machine_alone_needs_no_password(host: str) -> None:
    env: dict[str, str] = {}
    check_guarded(host, env)
    assert env == {}


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.7", "press.example", ""])
def test_a_server_that_others_reach_does_not_start_without_a_password(host: str) -> None:
    with pytest.raises(ConfigError, match=SERVER_AUTH):
        check_guarded(host, {SERVER_AUTH: ""})
    env = {SERVER_AUTH: "desk:word"}
    check_guarded(host, env)
    assert env[CLIENT_AUTH] == "desk:word"


def weighed(desk: Desk, every: float) -> Publication:
    publication = Publication(every=every)
    with attached(desk.home.warehouse) as con:
        publication.weigh(desk.home, con)
    return publication


def test_what_is_new_waits_for_its_turn_to_be_published(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.drop("one.txt", "Pier opens\n\n5 May 2025\n\nThe pier on the hill opened today.\n")
    desk.ingest()
    assert not weighed(desk, 3600).is_due
    assert weighed(desk, 3600).due_in is None
    published = desk.home.archive.read_bytes()
    desk.drop("two.txt", "Pier closes\n\n6 May 2025\n\nThe pier on the hill closed today.\n")
    desk.ingest()
    desk.home.archive.chmod(0o644)
    desk.home.archive.write_bytes(published)
    early = weighed(desk, 3600)
    assert not early.is_due
    assert early.due_in is not None
    assert 3590 < early.due_in <= 3600
    assert weighed(desk, 0).is_due
    os.utime(desk.home.archive, (time.time() - 4000, time.time() - 4000))
    assert weighed(desk, 3600).is_due


def test_an_archive_that_is_not_there_is_published_at_once(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.ingest()
    desk.home.archive.unlink()
    assert weighed(desk, 3600).is_due


def test_a_folder_for_prefect_is_made_where_the_operator_names_one(tmp_path: Path) -> None:
    env = {"PREFECT_HOME": str(tmp_path / "elsewhere" / "prefect")}
    prepare(load_settings(home=tmp_path / "data"), env)
    assert Path(env["PREFECT_HOME"]).is_dir()
    ours: dict[str, str] = {}
    prepare(load_settings(home=tmp_path / "data"), ours)
    assert Path(ours["PREFECT_HOME"]) == tmp_path / "data" / "prefect"
    assert Path(ours["PREFECT_HOME"]).is_dir()
