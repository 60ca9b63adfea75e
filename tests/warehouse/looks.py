"""Looks at pages, one after another, as a manifest tells of them."""

from collections.abc import Sequence
from pathlib import Path

from tests.desk import Desk


def visits(desk: Desk, looks: Sequence[tuple[str, str]], publisher: str = "info.gov.hk", language: str = "") -> Path:
    """One look after another, hour by hour: address and text."""
    rows: list[dict[str, str]] = []
    for hour, (url, text) in enumerate(looks):
        path = desk.root / f"look-{hour}.txt"
        path.write_text(text, encoding="utf-8")
        seen = f"2025-06-25T{10 + hour}:00:00Z"
        rows.append({"file": path.name, "url": url, "seen_at": seen, "publisher": publisher, "language": language})
    return desk.list_of(rows)
