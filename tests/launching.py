"""`communique` commands as processes of their own, forked from one that has everything imported already.

A test that kills a run, or lets two of them meet, needs real processes; starting Python anew for each would
cost more than the run itself.
"""

import json
import os
import signal
import subprocess
import sys
import time
import traceback
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.desk import Desk

WAIT_SECONDS = 60


@dataclass(frozen=True)
class Ended:
    """Exit code (negative for a signal) and what was printed."""

    code: int
    out: str
    err: str


@dataclass(frozen=True)
class Running:
    """A command under way."""

    launcher: "Launcher"
    pid: int
    outputs: Path

    def kill(self) -> None:
        os.kill(self.pid, signal.SIGKILL)

    def wait(self) -> Ended:
        code = self.launcher.ask({"wait": self.pid})
        out, err = (self.outputs.with_suffix(name).read_text(encoding="utf-8") for name in (".out", ".err"))
        return Ended(code, out, err)


def until(true: Callable[[], object], seconds: float = 240.0) -> None:
    """Waits for what other processes bring about, on a machine that may have much else to do.

    :raises AssertionError: when it does not come to that in time.
    """
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, "it never came to that"
        time.sleep(0.01)


def family(pid: int) -> list[int]:
    """A process and all below it."""
    members = [pid]
    for task in Path(f"/proc/{pid}/task").glob("*"):
        try:
            children = (task / "children").read_text()
        except OSError:
            continue
        for child in children.split():
            members += family(int(child))
    return members


class Launcher:
    """Starts commands; close it to end the process that forks them."""

    def __init__(self) -> None:
        root = Path(__file__).parents[1]
        self._server = subprocess.Popen(
            [sys.executable, "-m", "tests.launching"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=root,
        )
        self._started = 0

    def start(self, desk: Desk, *arguments: str, env: Mapping[str, str] | None = None, home: bool = True) -> Running:
        """`communique --home <the desk's> ARGUMENTS` in the desk's folder, with its clock and one reading process."""
        self._started += 1
        outputs = desk.root / f"command-{self._started}"
        for name in (".out", ".err"):  # here, since a kill may come before the process has opened them
            outputs.with_suffix(name).touch()
        settings = {"COMMUNIQUE_CLOCK": desk.now.isoformat(), "COMMUNIQUE_WORKERS": "1", **(env or {})}
        order = {
            "arguments": ["communique", *(("--home", str(desk.home.root)) if home else ()), *arguments],
            "env": settings,
            "folder": str(desk.root),
            "outputs": str(outputs),
        }
        return Running(self, self.ask(order), outputs)

    def run(self, desk: Desk, *arguments: str, env: Mapping[str, str] | None = None, home: bool = True) -> Ended:
        return self.start(desk, *arguments, env=env, home=home).wait()

    def ask(self, order: Mapping[str, object]) -> int:
        assert self._server.stdin
        assert self._server.stdout
        self._server.stdin.write(json.dumps(order) + "\n")
        self._server.stdin.flush()
        return int(self._server.stdout.readline())

    def close(self) -> None:
        self._server.communicate(timeout=WAIT_SECONDS)


def serve() -> None:
    """Forks a command for each line on stdin and says its pid, or waits for one and says how it ended."""
    from flows.cli import main  # noqa: PLC0415  -- only the process that forks pays for the imports

    for line in sys.stdin:
        order = json.loads(line)
        if "wait" in order:
            _, status = os.waitpid(order["wait"], 0)
            answer = os.waitstatus_to_exitcode(status)
        elif not (answer := os.fork()):
            _become(order)
            _end(main)
        sys.stdout.write(f"{answer}\n")
        sys.stdout.flush()


def _become(order: dict[str, Any]) -> None:
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    for descriptor, suffix in ((1, ".out"), (2, ".err")):
        opened = os.open(f"{order['outputs']}{suffix}", os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
        os.dup2(opened, descriptor)
    os.chdir(order["folder"])
    os.environ.update(order["env"])
    sys.argv[:] = order["arguments"]


def _end(main: Callable[[], None]) -> None:
    """Runs it and leaves without the farewells of libraries whose threads did not come along in the fork."""
    code = 0
    try:
        main()
    except SystemExit as leaving:
        code = leaving.code if isinstance(leaving.code, int) else int(leaving.code is not None)
    except BaseException:  # noqa: BLE001  -- as the interpreter would
        traceback.print_exc()
        code = 1
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


if __name__ == "__main__":
    serve()
