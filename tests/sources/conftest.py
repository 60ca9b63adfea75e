"""An inbox to drop files into, and the pick-up of everything in it."""

import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from sources.candidate import Refusal
from sources.capture import Capture
from sources.discovery.folder import discover
from sources.fetching import Settling, fetch_all

NOW = datetime(2026, 1, 31, 12, 0, tzinfo=UTC)
HOUR = 3600.0


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "in tray"
    folder.mkdir()
    return folder


@pytest.fixture
def drop(inbox: Path) -> Callable[..., Path]:
    """Puts a file into the inbox that was last changed an hour ago, or `age` seconds ago."""

    def put(name: str | bytes, data: bytes = b"Text of a release.\n", *, age: float = HOUR) -> Path:
        path = inbox / os.fsdecode(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        changed = datetime.now(UTC).timestamp() - age
        os.utime(path, (changed, changed))
        return path

    return put


@pytest.fixture
def pick_up(inbox: Path) -> Callable[..., dict[str, Capture | Refusal]]:
    """Lists and fetches the whole inbox; `meanwhile` happens between the two. Answers by candidate name."""

    def run(*, limit: int = 20_000_000, meanwhile: Callable[[], object] = lambda: None) -> dict[str, Capture | Refusal]:
        candidates = list(discover(inbox))
        settle = Settling(datetime.now(UTC).timestamp(), sleep=lambda _: None)
        meanwhile()
        results = list(fetch_all(candidates, limit=limit, now=NOW, settle=settle))
        assert len(results) == len(candidates)
        return {one.name: result for one, result in zip(candidates, results, strict=True)}

    return run
