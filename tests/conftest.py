"""What all rooms' tests share: a news desk with an empty archive."""

from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest

from tests.desk import Desk, WarmReaders
from tests.launching import Launcher
from tests.press_site import PressSite

# The same examples on every machine, however slow or busy it is: without deadlines and checks of speed.
hypothesis.settings.load_profile("ci")

LONGEST = (
    "test_simulated_month",
    "test_real_server",
    "test_revisits",
    "test_crash",
    "test_resolution_laws",
    "test_lying_sources",
    "test_visits",
    "test_catching_up",
    "test_prefect_flows",
    "test_reparse",
    "test_attachments",
    "test_near_duplicates",
)
"""Files that begin first, since those that run side by side end together only if no long one begins last."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    places = {name: place for place, name in enumerate(LONGEST)}
    items.sort(key=lambda item: places.get(item.path.stem, len(places)))


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
    monkeypatch.setattr("flows.direct.Readers", readers)
    monkeypatch.setattr("flows.replay.Readers", readers)
    return Desk(tmp_path)


@pytest.fixture
def site() -> Iterator[PressSite]:
    """A press site on loopback; a file that asks for more of it has one of its own."""
    made = PressSite()
    yield made
    made.server.close()
