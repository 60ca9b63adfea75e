"""Serve: runs what the catalog says, when it says so, until stopped, and notices when the catalog changes."""

import asyncio
import signal
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

from httpx import HTTPError
from prefect.client.orchestration import PrefectClient, get_client
from prefect.exceptions import PrefectHTTPStatusError
from prefect.runner import Runner

from flows.dead_runs import bury, collapse, keep_watch
from flows.deployed import Deployed, planned
from flows.orchestrator import HEARTBEAT_SECONDS
from flows.registering import left_over, register, unregister
from flows.settings import Settings, load_settings
from sources.config import CATALOG
from sources.errors import CommuniqueError, ConfigError, LockBusy
from warehouse.lock import held

LOOK_EVERY_SECONDS = 5.0

Tell = Callable[[str], None]


@dataclass(slots=True)
class _Serving:
    """What runs at the moment: each deployment and its id, by full name; `files` is how the catalog looked then."""

    settings: Settings
    runner: Runner
    client: PrefectClient
    tell: Tell
    deployments: dict[str, Deployed] = field(default_factory=dict)
    ids: dict[str, UUID] = field(default_factory=dict)
    files: dict[Path, tuple[int, int]] = field(default_factory=dict)


def serve(settings: Settings, tell: Tell) -> None:
    """Runs the deployments until interrupted; a run under way is then cancelled, and keeps what it has.

    :raises CommuniqueError: when the data folder is being served already.
    """
    with _alone(settings):
        asyncio.run(_serve(settings, tell))


async def _serve(settings: Settings, tell: Tell) -> None:
    stopped = _told_to_stop(asyncio.Event())
    runner = Runner("communique", pause_on_shutdown=False, heartbeat_seconds=HEARTBEAT_SECONDS)
    async with get_client() as client:
        serving = _Serving(settings, runner, client, tell, files=_files(settings))
        await keep_watch(client)
        await _renew(serving, settings)
        await unregister(client, await left_over(client, serving.deployments, str(settings.home)))
        ids = list(serving.ids.values())
        dead, missed = await bury(client, ids), await collapse(client, ids)
        tell(f"{len(ids)} deployments; {dead} runs had died, {missed} missed ones are made up for by one later each")
        running = asyncio.create_task(runner.start())
        await asyncio.sleep(0)  # the runner sets a handler of its own first, which would leave runs to themselves
        await _until(_told_to_stop(stopped), running, lambda: _look(serving))
        if runner.started:
            await runner.astop()
        else:
            running.cancel()
        await asyncio.gather(running, return_exceptions=True)


def _told_to_stop(stopped: asyncio.Event) -> asyncio.Event:
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stopped.set)
    return stopped


async def _until(stopped: asyncio.Event, running: asyncio.Task[None], look: Callable[[], Awaitable[None]]) -> None:
    """Looks every few seconds, until told to stop or the runner ends by itself."""
    while not stopped.is_set() and not running.done():
        try:
            await asyncio.wait_for(stopped.wait(), LOOK_EVERY_SECONDS)
        except TimeoutError:
            await look()


async def _look(serving: _Serving) -> None:
    """One look at the catalog and at missed runs. A server that does not answer now may do so next time."""
    try:
        if (files := _files(serving.settings)) != serving.files:
            serving.files = files
            config = serving.settings.config
            await _renew(serving, load_settings(home=serving.settings.home, config=Path(config) if config else None))
        await collapse(serving.client, list(serving.ids.values()))
    except CommuniqueError as error:
        serving.tell(str(error))
    except (HTTPError, PrefectHTTPStatusError) as error:
        serving.files = {}
        serving.tell(f"Prefect's server does not answer ({type(error).__name__}); asking again")


async def _renew(serving: _Serving, settings: Settings) -> None:
    """Registers what is new or changed and removes what is gone; what cannot be read stays as it was."""
    spoilt: set[str] = set()

    def complain(name: str, error: ConfigError) -> None:
        spoilt.add(name)
        serving.tell(f"{name} stays as it was: {error}")

    wanted = planned(settings, complain)
    kept = {full for full, one in serving.deployments.items() if one.name in spoilt}
    gone = serving.deployments.keys() - wanted.keys() - kept
    for full, one in wanted.items():
        if serving.deployments.get(full) == one:
            continue
        try:
            serving.ids[full] = await register(serving.runner, serving.client, one)
            serving.deployments[full] = one
            serving.tell(f"{full}: {_told(one)}")
        except ConfigError as error:
            serving.tell(str(error))
    await unregister(serving.client, gone)
    for full in gone:
        serving.tell(f"{full}: gone")
        del serving.deployments[full], serving.ids[full]


def _files(settings: Settings) -> dict[Path, tuple[int, int]]:
    """Everything that says what is to run, as it lies there now: time of change and size."""
    named = [Path(settings.config)] if settings.config else []
    found = [*CATALOG.glob("*.toml"), *settings.place.sources.glob("*"), *named]
    return {path: (path.stat().st_mtime_ns, path.stat().st_size) for path in found if path.exists()}


def _told(one: Deployed) -> str:
    if one.cadence is None:
        return "by hand"
    if one.cadence.interval:
        return f"every {one.cadence.interval}"
    return f"{one.cadence.cron} ({one.cadence.zone})"


@contextmanager
def _alone(settings: Settings) -> Iterator[None]:
    settings.place.prefect.mkdir(parents=True, exist_ok=True)
    lock = settings.place.prefect / "serve.lock"
    try:
        with held(lock, wait=0):
            yield
    except LockBusy as busy:
        raise CommuniqueError(f"{settings.home} is served already: process {lock.read_text().strip()}") from busy
