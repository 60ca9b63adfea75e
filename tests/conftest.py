"""What all rooms' tests share: a news desk with an empty archive."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.desk import Desk, WarmReaders
from tests.launching import Launcher


@pytest.fixture(scope="session")
def readers() -> Iterator[WarmReaders]:
    warm = WarmReaders()
    yield warm
    warm.close()


@pytest.fixture(scope="session")
def launcher() -> Iterator[Launcher]:
    started = Launcher()
    yield started
    started.close()


@pytest.fixture
def desk(tmp_path: Path, readers: WarmReaders, monkeypatch: pytest.MonkeyPatch) -> Desk:
    monkeypatch.setattr("flows.steps.Readers", readers)
    monkeypatch.setattr("flows.replay.Readers", readers)
    return Desk(tmp_path)
