"""One archive under a real Prefect server: `serve`, triggers, a kill, a cancellation, and what the API then shows."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import requests

from flows.run import source_lock
from tests import press_site as visited
from tests.desk import NOON, Desk
from tests.press_site import SOURCE, PressSite
from warehouse.lock import held

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]

PATIENCE_SECONDS = 240.0  # for any one thing to happen, on a machine that has much else to do
RELEASES = 8
COMMAND = (sys.executable, "-c", "from flows.cli import main; main()")
DAYS = {"since": "2025-01-01", "until": "2026-01-01"}


class Api:
    """Prefect's API, as its pages use it."""

    def __init__(self, port: int) -> None:
        self._base = f"http://127.0.0.1:{port}/api"

    @property
    def address(self) -> str:
        return self._base

    def get(self, path: str) -> Any:
        answer = self._asked("GET", path)
        return answer.json() if answer.ok else None

    def post(self, path: str, **told: Any) -> Any:
        answer = self._asked("POST", path, told)
        answer.raise_for_status()
        return answer.json()

    def delete(self, path: str) -> None:
        self._asked("DELETE", path).raise_for_status()

    def _asked(self, method: str, path: str, told: Any = None) -> requests.Response:
        """Asks again while the server is too busy (503), as Prefect's own clients do."""
        started = time.monotonic()
        while True:
            answer = requests.request(method, self._base + path, json=told, timeout=60)
            if answer.status_code != 503 or time.monotonic() - started > PATIENCE_SECONDS:
                return answer
            time.sleep(0.1)

    def deployment(self, name: str) -> Any:
        try:
            return self.get(f"/deployments/name/{name}")
        except requests.RequestException:
            return None

    def trigger(self, name: str, **parameters: Any) -> str:
        told = {"parameters": parameters, "state": {"type": "SCHEDULED"}, "idempotency_key": str(uuid4())}
        return str(self.post(f"/deployments/{self.deployment(name)['id']}/create_flow_run", **told)["id"])

    def cancel(self, run: str) -> None:
        self.post(f"/flow_runs/{run}/set_state", state={"type": "CANCELLING"})

    def state(self, run: str) -> str:
        return str(self.get(f"/flow_runs/{run}")["state"]["type"])

    def ended(self, run: str) -> str:
        until(lambda: self.state(run) in ("COMPLETED", "FAILED", "CRASHED", "CANCELLED"))
        return self.state(run)

    def artifacts(self, key: str) -> list[Any]:
        return list(self.post("/artifacts/filter", artifacts={"key": {"any_": [key]}}))


def test_what_a_person_and_bad_luck_do_to_runs_leaves_the_archive_whole(tmp_path: Path, site: PressSite) -> None:
    desk, beside = Desk(tmp_path / "served"), Desk(tmp_path / "direct")
    with open_port() as port:
        api = Api(port)
    configure(desk)
    site.issue("pier", "quay")
    visited.configure(desk, site, every="2 h")
    with serving(desk, port):
        until(lambda: api.deployment("publish/archive"))
        assert api.deployment("ingest/folder")["schedules"][0]["schedule"]["interval"] == 7200
        (watch,) = api.post("/automations/filter")
        api.delete(f"/automations/{watch['id']}")
        told_to_watch(desk, api)
        assert [one["name"] for one in api.post("/automations/filter")] == [watch["name"]]

        drops = struck(desk, beside, api, "CRASHED", lambda: api.trigger("backfill/backfill", **DAYS), kill)

        again = api.trigger("backfill/backfill", **DAYS)
        assert api.ended(again) == "COMPLETED"
        beside.ingest()
        assert desk.content_hash() == beside.content_hash()
        (table,) = (one for one in api.artifacts("outcomes-folder") if one["flow_run_id"] == again)
        assert "outcomes_by_run" in table["description"]
        assert sum(one["flow_run_id"] == again for one in api.artifacts("captures-folder")) == 1

        drops += struck(desk, beside, api, "CANCELLED", lambda: api.trigger("ingest/folder"), cancel)
        with held(source_lock(desk.home, "folder"), wait=PATIENCE_SECONDS), held(desk.home.lock, wait=PATIENCE_SECONDS):
            pass
        assert api.ended(api.trigger("ingest/folder")) == "COMPLETED"
        assert api.ended(api.trigger("publish/archive")) == "COMPLETED"

        (desk.home.sources / "tray.toml").write_text('title = "A tray"\nkind = "folder"\npath = "tray"\n')
        until(lambda: api.deployment("ingest/tray"))
        (desk.home.sources / "tray.toml").unlink()
        until(lambda: api.deployment("ingest/tray") is None)
        beside.ingest()
        assert desk.content_hash() == beside.content_hash()

        filled = api.trigger("backfill/backfill", sources=[SOURCE], since="2026-01-01", until="2026-02-01")
        assert api.ended(filled) == "COMPLETED"
        (table,) = api.artifacts(f"windows-{SOURCE}")
        assert [one["state"] for one in json.loads(table["data"])] == ["gap"], "the feed does not reach back so far"
        assert len(api.artifacts(f"outcomes-{SOURCE}")) == len(api.artifacts(f"captures-{SOURCE}")) == 1
        assert api.ended(api.trigger("publish/archive")) == "COMPLETED"
    assert desk.wrong() == []
    assert desk.column("SELECT count(*) FROM releases") == [drops * RELEASES + 2]


def struck(
    desk: Desk, beside: Desk, api: Api, end: str, begin: Callable[[], str], strike: Callable[[Desk, Api, str], None]
) -> int:
    """Strikes a run in the midst of new releases; returns how often it took new ones, as a blow that comes too late on
    a busy machine meets a run that is over."""
    for times in range(1, 6):
        drop(desk, beside, f"{end.lower()}-{times}")
        before = len(staged(desk))
        run = begin()
        until(partial(has_sealed_more, desk, before))
        strike(desk, api, run)
        if api.ended(run) == end:
            return times
    raise AssertionError(f"no run ever was {end}")


def has_sealed_more(desk: Desk, before: int) -> bool:
    return len(staged(desk)) > before


def kill(desk: Desk, api: Api, run: str) -> None:
    """The process that holds the source's lock, if there still is one."""
    del api, run
    with suppress(ProcessLookupError, ValueError):
        os.kill(int(source_lock(desk.home, "folder").read_text()), signal.SIGKILL)


def cancel(desk: Desk, api: Api, run: str) -> None:
    del desk
    api.cancel(run)


def configure(desk: Desk) -> None:
    """The inbox as the only source, visited so seldom that no clock starts a run while the test goes on."""
    desk.home.sources.mkdir(parents=True)
    text = 'title = "The inbox"\nkind = "folder"\npath = "inbox"\nevery = "2 h"\n'
    (desk.home.sources / "folder.toml").write_text(text)
    (desk.root / "communique.toml").write_text('home = "home"\nbatch_size = 1\nworkers = 1\n')


def drop(desk: Desk, beside: Desk, name: str) -> None:
    """The same releases in both inboxes."""
    for number in range(RELEASES):
        day = f"{1 + number % 28} March 2025"
        text = f"Ferry {name} {number} sails\n\n{day}\n\nThe {name} ferry, number {number}, left the {name} pier."
        for one in (desk, beside):
            one.drop(f"{name}-{number:02}.txt", text)


@contextmanager
def serving(desk: Desk, port: int) -> Iterator[None]:
    """`communique serve` over the desk's home, ended the way a service manager ends it."""
    env = environment() | {"COMMUNIQUE_CLOCK": NOON.isoformat()} | visited.settings_of(desk)
    with (desk.root / "serve.log").open("wb") as log:
        command = (*COMMAND, "--config", str(desk.root / "communique.toml"), "serve", "--port", str(port))
        process = subprocess.Popen(command, cwd=desk.root, env=env, stdout=log, stderr=log)
        try:
            yield
            assert process.poll() is None
        finally:
            process.terminate()
            code = process.wait(PATIENCE_SECONDS)
    told = (desk.root / "serve.log").read_text()
    assert code == 0, told[-3000:]
    with socket.socket() as free:
        free.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        free.bind(("127.0.0.1", port))


def told_to_watch(desk: Desk, api: Api) -> None:
    """What an operator whose workers have no `serve` does once."""
    command = (*COMMAND, "--home", str(desk.home.root), "deployments", "--watch")
    subprocess.run(command, cwd=desk.root, env=environment() | {"PREFECT_API_URL": api.address}, check=True)


def environment() -> dict[str, str]:
    """That of a command which knows neither another server nor another archive."""
    env = {name: value for name, value in os.environ.items() if not name.startswith(("PREFECT_", "COMMUNIQUE_"))}
    return env | {"PYTHONPATH": str(Path(__file__).parents[2])}


def staged(desk: Desk) -> list[Path]:
    """The files of captures sealed so far."""
    return sorted((desk.home.raw / "folder").rglob("*.warc.gz"))


@contextmanager
def open_port() -> Iterator[int]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        yield free.getsockname()[1]


def until(happened: Callable[[], Any]) -> None:
    """Waits for something to become true.

    :raises AssertionError: when it does not in time.
    """
    started = time.monotonic()
    while not happened():
        assert time.monotonic() - started < PATIENCE_SECONDS, "it never happened"
        time.sleep(0.1)
