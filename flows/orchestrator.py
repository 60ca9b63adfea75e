"""Prefect's surroundings: its home below ours, no telemetry, patience with its server.

Nothing here imports Prefect: it reads its environment once, when it is first imported.
"""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, MutableMapping
from contextlib import contextmanager, suppress
from ipaddress import ip_address
from pathlib import Path

import requests

from flows.settings import Settings
from sources.errors import CommuniqueError, ConfigError

SERVER_START_SECONDS = 120
LEFT_OVER_SECONDS = 30
HEARTBEAT_SECONDS = 30  # the least that Prefect takes
SERVER_AUTH, CLIENT_AUTH = "PREFECT_SERVER_API_AUTH_STRING", "PREFECT_API_AUTH_STRING"
QUIET = {
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": str(SERVER_START_SECONDS),
    "PREFECT_RESULTS_DEFAULT_SERIALIZER": "json",
    "PREFECT_RESULTS_PERSIST_BY_DEFAULT": "false",
    "PREFECT_FLOWS_HEARTBEAT_FREQUENCY": str(HEARTBEAT_SECONDS),
    "PREFECT_LOGGING_LEVEL": "WARNING",
    "PREFECT_SERVER_LOGGING_LEVEL": "ERROR",
}


def prepare(settings: Settings, env: MutableMapping[str, str] = os.environ) -> None:
    """Sets what the operator has not set; call it before Prefect is imported."""
    home = settings.place.prefect
    for name, value in {"PREFECT_HOME": str(home), **QUIET}.items():
        env.setdefault(name, value)
    Path(env["PREFECT_HOME"]).mkdir(parents=True, exist_ok=True)
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


def check_guarded(host: str, env: MutableMapping[str, str] = os.environ) -> None:
    """Sees to it that a server others can reach asks for a password, which its own clients are given too.

    :raises ConfigError: when it would not.
    """
    if env.get(SERVER_AUTH):
        env.setdefault(CLIENT_AUTH, env[SERVER_AUTH])
    elif not is_loopback(host):
        raise ConfigError(
            f"--host {host}: whoever reaches this port could run and delete everything; "
            f'set {SERVER_AUTH}="name:a long password" first, and {CLIENT_AUTH} to the same for workers and commands'
        )


def is_loopback(host: str) -> bool:
    """Whether nobody outside this machine reaches a server that listens there."""
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host == "localhost"


@contextmanager
def server(
    port: int, tell: Callable[[str], None], *, host: str = "127.0.0.1", env: MutableMapping[str, str] = os.environ
) -> Iterator[str]:
    """The named server, else one of our own for as long as the block lasts.

    :raises ConfigError: when one of our own would listen beyond this machine and let everybody in.
    :raises CommuniqueError: when it does not come up within two minutes.
    """
    if address := named_server(env):
        yield address
        return
    check_guarded(host, env)
    address = f"http://{_reached_at(host)}:{port}/api"
    _end_left_over(address, tell, env)
    if answers(address):
        raise CommuniqueError(f"a Prefect server answers at {address} already: set PREFECT_API_URL={address} to use it")
    tell(f"starting Prefect's server on {host}:{port} (up to {SERVER_START_SECONDS} s)")
    command = [sys.executable, "-m", "prefect", "server", "start", "--host", host, "--port", str(port)]
    # In a session of its own, or Ctrl-C would end it before the runs have told it how they ended.
    with subprocess.Popen(  # noqa: S603  -- own command
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True, env=_seen_from(host, env)
    ) as process:
        try:
            _pid_file(env).write_text(f"{process.pid}\n")
            _wait(process, address)
            env["PREFECT_API_URL"] = address
            yield address
        finally:
            process.terminate()
            _pid_file(env).unlink(missing_ok=True)


def _end_left_over(address: str, tell: Callable[[str], None], env: MutableMapping[str, str]) -> None:
    """Ends the server that a `serve` which was killed left running, so that the next one can begin."""
    left = _pid_file(env)
    pid = left.read_text().strip() if left.exists() else ""
    if not pid.isdecimal() or not answers(address) or not _is_server(pid):
        return
    tell("ending the server that an earlier serve left behind")
    with suppress(ProcessLookupError):
        os.kill(int(pid), signal.SIGTERM)
    for _ in range(LEFT_OVER_SECONDS * 2):
        if not answers(address):
            return
        time.sleep(0.5)


def _is_server(pid: str) -> bool:
    """Whether the process of that number is such a server still, and not another that has its number now."""
    try:
        told = subprocess.run(["ps", "-o", "command=", "-p", pid], capture_output=True, text=True, check=False)  # noqa: S603, S607  -- digits
    except OSError:
        return False
    return "prefect server start" in told.stdout


def _pid_file(env: MutableMapping[str, str]) -> Path:
    return Path(env["PREFECT_HOME"]) / "communique-server.pid"


def _reached_at(host: str) -> str:
    bare = host.strip("[]")
    if bare in ("0.0.0.0", "::"):  # noqa: S104  -- compared, not listened on
        return "127.0.0.1"
    return f"[{bare}]" if ":" in bare else bare


def _seen_from(host: str, env: MutableMapping[str, str]) -> dict[str, str]:
    """The server's environment. Its pages ask the address they came from, whatever name that has outside."""
    return {**({} if is_loopback(host) else {"PREFECT_SERVER_UI_API_URL": "/api"}), **env}


def _wait(process: subprocess.Popen[bytes], address: str) -> None:
    for _ in range(SERVER_START_SECONDS * 2):
        if answers(address):
            return
        if process.poll() is not None:
            break
        time.sleep(0.5)
    raise CommuniqueError(f"Prefect's server did not come up at {address}; `python -m prefect server start` shows why")
