"""Prefect's surroundings: its home below ours, no telemetry, patience with its server.

Nothing here imports Prefect: it reads its environment once, when it is first imported.
"""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, MutableMapping
from contextlib import contextmanager

import requests

from flows.settings import Settings
from sources.errors import CommuniqueError

SERVER_START_SECONDS = 120
QUIET = {
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": str(SERVER_START_SECONDS),
    "PREFECT_RESULTS_DEFAULT_SERIALIZER": "json",
    "PREFECT_RESULTS_PERSIST_BY_DEFAULT": "false",
    "PREFECT_LOGGING_LEVEL": "WARNING",
    "PREFECT_SERVER_LOGGING_LEVEL": "ERROR",
}


def prepare(settings: Settings, env: MutableMapping[str, str] = os.environ) -> None:
    """Sets what the operator has not set; call it before Prefect is imported."""
    home = settings.place.prefect
    home.mkdir(parents=True, exist_ok=True)
    for name, value in {"PREFECT_HOME": str(home), **QUIET}.items():
        env.setdefault(name, value)
    env["COMMUNIQUE_HOME"] = str(settings.home)


def named_server(env: MutableMapping[str, str] = os.environ) -> str | None:
    """The API address in `PREFECT_API_URL`, if its server answers.

    :raises CommuniqueError: when one is named and does not answer.
    """
    address = env.get("PREFECT_API_URL")
    if address and not answers(address):
        raise CommuniqueError(
            f"PREFECT_API_URL: no Prefect server answers at {address}; start it, unset the variable, or use --direct"
        )
    return address


def answers(address: str) -> bool:
    """Whether a Prefect server is up at this API address."""
    try:
        return requests.get(f"{address.rstrip('/')}/health", timeout=5).ok
    except requests.RequestException:
        return False


@contextmanager
def server(port: int, tell: Callable[[str], None], env: MutableMapping[str, str] = os.environ) -> Iterator[str]:
    """The named server, else one of our own on loopback for as long as the block lasts.

    :raises CommuniqueError: when it does not come up within two minutes.
    """
    if address := named_server(env):
        yield address
        return
    address = f"http://127.0.0.1:{port}/api"
    if answers(address):
        raise CommuniqueError(f"a Prefect server answers at {address} already: set PREFECT_API_URL={address} to use it")
    tell(f"starting Prefect's server on 127.0.0.1:{port} (up to {SERVER_START_SECONDS} s)")
    command = [sys.executable, "-m", "prefect", "server", "start", "--host", "127.0.0.1", "--port", str(port)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:  # noqa: S603  -- own command
        try:
            _wait(process, address)
            env["PREFECT_API_URL"] = address
            yield address
        finally:
            process.terminate()


def _wait(process: subprocess.Popen[bytes], address: str) -> None:
    for _ in range(SERVER_START_SECONDS * 2):
        if answers(address):
            return
        if process.poll() is not None:
            break
        time.sleep(0.5)
    raise CommuniqueError(f"Prefect's server did not come up at {address}; `python -m prefect server start` shows why")
