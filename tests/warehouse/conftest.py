"""What the tests of the warehouse share: an empty home and captures to keep in it."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from sources.capture import NOTHING_STATED, Capture, Stated, digest, facts_digest
from warehouse.home import Home

MakeCapture = Callable[..., Capture]


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home")


@pytest.fixture
def make_capture() -> MakeCapture:
    """Makes a capture of an inbox file from its name and bytes."""

    def make(name: str, body: bytes, stated: Stated = NOTHING_STATED) -> Capture:
        return Capture(
            source="folder",
            ref=f"file:///inbox/{name}",
            name=name,
            target_uri=f"file:///inbox/{name}",
            captured_at=datetime(2025, 6, 25, 11, 29, 22, tzinfo=UTC),
            media_type="text/plain",
            body=body,
            payload_sha256=digest(body),
            content_sha256=digest(body),
            facts_sha256=facts_digest(stated),
            stated=stated,
        )

    return make
