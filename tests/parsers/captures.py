"""Captures of invented documents, and the seeds an operator is known to have, for the tests of the parsers."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from parsers.records import Rejection, Release
from parsers.registry import read
from sources.capture import Capture, Stated, digest, facts_digest

SHARED = Path(__file__).resolve().parents[2] / ".." / "shared"
MEDIA_TYPES = {"txt": "text/plain", "md": "text/markdown", "html": "text/html", "pdf": "application/pdf"}


def capture_of(
    text: str | bytes, *, kind: str = "txt", stated: Stated | None = None, url: str | None = None
) -> Capture:
    """A file of these bytes as the folder source captures it."""
    body = text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass")
    stated = stated or Stated()
    return Capture(
        source="folder",
        ref=f"file:///inbox/a.{kind}",
        name=f"a.{kind}",
        target_uri=f"file:///inbox/a.{kind}",
        captured_at=datetime(2026, 1, 31, tzinfo=UTC),
        media_type=MEDIA_TYPES.get(kind, kind),
        body=body,
        payload_sha256=digest(body),
        content_sha256=digest(body),
        facts_sha256=facts_digest(stated),
        stated=stated,
        url=url,
    )


def release_of(text: str | bytes, *, kind: str = "txt", url: str | None = None, **stated: str) -> Release:
    """The one record of a document that must give one."""
    (found,) = read(capture_of(text, kind=kind, url=url, stated=Stated(**stated)))
    assert isinstance(found, Release), found
    return found


def rejection_of(text: str | bytes, *, kind: str = "txt", **stated: str) -> Rejection:
    """The one rejection of a document that must give none."""
    (found,) = read(capture_of(text, kind=kind, stated=Stated(**stated)))
    assert isinstance(found, Rejection), found
    return found


def kinds(release: Release) -> list[str]:
    return [block.kind for block in release.blocks]


def shared(name: str) -> Path:
    """A file of the shared folder beside the project; the test is skipped where there is none."""
    path = SHARED / name
    if not path.exists():
        pytest.skip(f"the shared folder with {name} is not beside this checkout")
    return path


def shared_json_lines(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in shared(name).read_text(encoding="utf-8").splitlines()]
