"""One child process that reads captures, as its parent sees it: start, exchange, cause of death.

Nothing it sends is trusted: answers are JSON, bounded in size, and it may die or fall silent at any byte.
"""

import json
import os
import select
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections import deque
from collections.abc import Iterable
from dataclasses import astuple, dataclass
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Literal

from parsers.answers import NO_ANSWER, Answer
from parsers.worker_main import ANSWERED, ASKED, OUT_OF_MEMORY, RETIRED
from sources.capture import Capture
from sources.errors import CommuniqueError

START_SECONDS = 60.0  # imports on a cold disk and a busy machine
_RECEIVED_AT_ONCE = 1 << 16
_COPIED = 1 << 16  # bytes; smaller bodies are sent together, a larger one as it lies in memory
_MEGABYTE = 1_000_000

# The parent's own search path, so that both import the same code, and never from the folder we run in.
_BOOT = (
    "import json, sys; sys.path[:] = json.loads(sys.argv[1]); "
    "from parsers.worker_main import main; main(*json.loads(sys.argv[2]))"
)
_KEPT_NAMES = ("PATH", "LANG", "LANGUAGE", "TZ", "TMPDIR")
_KEPT_PREFIXES = ("PYTHON", "LC_", "LD_", "DYLD_")


Blame = Literal["certain", "suspected", "none"]
_BLAME: dict[int, Blame] = {
    OUT_OF_MEMORY: "certain",
    -signal.SIGPROF: "certain",
    -signal.SIGALRM: "certain",
    RETIRED: "none",
}


@dataclass(frozen=True, slots=True)
class Limits:
    """What one capture may cost: wall-clock seconds, seconds of computing, and bytes of address space.

    `memory` bounds the whole child, interpreter and libraries (some 60 MB) included.
    """

    seconds: float = 15.0
    cpu_seconds: float = 12.0
    memory: int = 290 * _MEGABYTE


class ReaderDied(Exception):
    """The child is gone, or said something that is no answer; `reason` is for people.

    `blame` tells whether the capture it was reading is the cause. `suspected`: an earlier one may have
    damaged it, or somebody killed it. `none`: it left because it had grown.
    """

    def __init__(self, reason: str, blame: Blame = "suspected") -> None:
        super().__init__(reason)
        self.reason = reason
        self.blame = blame


class ReaderProcess:
    """A running child. Not shared between threads, except `kill`. `worded`: it tells the wordings of texts, too."""

    def __init__(self, limits: Limits, *, worded: bool = False) -> None:
        self._limits = limits
        self._outgoing: deque[memoryview] = deque()
        self._incoming = bytearray()
        # A file, since nobody has to empty it; the child cannot write more than it limits itself to.
        self._output = tempfile.TemporaryFile()  # noqa: SIM115  -- closed in bury()
        self._channel, theirs = socket.socketpair()
        with theirs:
            self._process = subprocess.Popen(  # noqa: S603  -- our own interpreter and module
                _command(limits, worded=worded),
                stdin=theirs.fileno(),
                stdout=subprocess.DEVNULL,
                stderr=self._output,
                cwd="/",
                env=_environment(),
            )
        self._channel.setblocking(False)
        self._poll = select.poll()
        self._poll.register(self._channel)

    def wait_ready(self) -> None:
        """Returns once the child has imported its parsers.

        :raises CommuniqueError: when it does not start, which is a fault of the installation.
        """
        deadline = time.monotonic() + START_SECONDS
        try:
            while not self.exchange(deadline - time.monotonic()):
                if time.monotonic() >= deadline:
                    raise ReaderDied(f"it said nothing for {START_SECONDS:g} s")
        except ReaderDied as died:
            raise CommuniqueError(
                f"the process that reads captures did not start: {died.reason}; "
                f"try `{sys.executable} -c 'import parsers.answering'`"
            ) from died

    def ask(self, captures: Iterable[Capture]) -> None:
        """Queues captures; `exchange` sends them."""
        frames = bytearray()
        for capture in captures:
            # Names of files may hold lone surrogates, which ASCII JSON carries and UTF-8 does not.
            told = json.dumps(capture.circumstances()).encode("ascii")
            frames += ASKED.pack(len(told), len(capture.body)) + told
            if len(capture.body) > _COPIED:
                self._outgoing += (memoryview(frames), memoryview(capture.body))
                frames = bytearray()
            else:
                frames += capture.body
        if frames:
            self._outgoing.append(memoryview(frames))

    def exchange(self, wait: float) -> list[Answer]:
        """Sends what the child takes and returns the answers that came; none after `wait` seconds of silence.

        :raises ReaderDied: when the child is gone and every answer it gave was returned.
        """
        if left := self._whole_answers():  # or raises, where nonsense came behind the last whole answer
            return left
        self._poll.modify(self._channel, select.POLLIN | (select.POLLOUT if self._outgoing else 0))
        for _, happened in self._poll.poll(max(0.0, wait) * 1000):
            if happened & select.POLLOUT:
                self._send()
            if happened & ~select.POLLOUT:
                return self._receive()
        return []

    def _send(self) -> None:
        try:
            sent = self._channel.send(self._outgoing[0])
        except BlockingIOError:
            return
        except OSError:
            self._outgoing.clear()  # what it answered before it died is still to be received
            return
        rest = self._outgoing.popleft()[sent:]
        if rest:
            self._outgoing.appendleft(rest)

    def _receive(self) -> list[Answer]:
        try:
            data = self._channel.recv(_RECEIVED_AT_ONCE)
        except BlockingIOError:
            return []
        except OSError:
            data = b""
        if not data:
            reason = self.bury()
            raise ReaderDied(reason, _BLAME.get(self._process.returncode, "suspected"))
        self._incoming += data
        return self._whole_answers()

    def _whole_answers(self) -> list[Answer]:
        answers: list[Answer] = []
        while len(self._incoming) >= ANSWERED.size:
            ends = list(accumulate(ANSWERED.unpack_from(self._incoming), initial=ANSWERED.size))
            if ends[-1] > self._limits.memory:
                if answers:
                    break
                raise ReaderDied(NO_ANSWER)
            if len(self._incoming) < ends[-1]:
                break
            with memoryview(self._incoming) as told:
                readings, wordings, outlined = (bytes(told[start:end]) for start, end in pairwise(ends))
            answers.append(Answer(readings, wordings, outlined))
            del self._incoming[: ends[-1]]
        return answers

    def kill(self) -> None:
        """Ends the child at once, from any thread; `exchange` then raises."""
        self._process.kill()

    def bury(self) -> str:
        """Makes sure that the child is gone and leaves nothing behind; returns what it died of, for people."""
        if self._output.closed:
            return "the reader was stopped"
        self._channel.close()
        # One that closed its stream is about to exit by itself, and its status says why.
        try:
            status = self._process.wait(timeout=0.5)
        except subprocess.TimeoutExpired:
            self._process.kill()
            status = self._process.wait()
        with self._output:
            last = _last_line(self._output.fileno())
        return _cause(status, last, self._limits)


def _command(limits: Limits, *, worded: bool) -> list[str]:
    root = str(Path(__file__).absolute().parents[1])
    path = [str(Path(entry).absolute()) for entry in sys.path if entry]
    if root not in path:
        path.insert(0, root)
    return [sys.executable, "-P", "-c", _BOOT, json.dumps(path), json.dumps([*astuple(limits), worded])]


def _environment() -> dict[str, str]:
    """What an interpreter needs and nothing else: no credentials where hostile pages are read."""
    return {name: value for name, value in os.environ.items() if name in _KEPT_NAMES or name.startswith(_KEPT_PREFIXES)}


def _last_line(descriptor: int) -> str:
    size = os.fstat(descriptor).st_size
    tail = os.pread(descriptor, 4096, max(0, size - 4096)).decode("utf-8", "replace")
    lines = [line.strip() for line in tail.splitlines() if line.strip()]
    return lines[-1][:200] if lines else ""


def _cause(status: int, last_line: str, limits: Limits) -> str:
    """The exit status in plain words."""
    if status == OUT_OF_MEMORY or "memory allocation of" in last_line or "bad_alloc" in last_line:
        return f"reading needed more than {limits.memory // _MEGABYTE} MB of memory"
    if status == -signal.SIGPROF:
        return f"reading took longer than {limits.cpu_seconds:g} s of computing"
    if status == -signal.SIGALRM:
        return f"reading took longer than {limits.seconds:g} s"
    if status < 0:
        return f"the reader died: signal {-status}"
    return f"the reader died: exit status {status}" + (f", {last_line}" if last_line else "")
