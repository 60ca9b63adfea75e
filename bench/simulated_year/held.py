"""What the archive holds after the year, asked in SQL, in the words of the model."""

import hashlib
from collections import defaultdict
from datetime import datetime
from typing import Any
from urllib.parse import unquote, urlsplit

from bench.simulated_year.expected import Version
from bench.simulated_year.living import Lived
from bench.simulated_year.witness import file_digest
from flows.asking import rows_of

Address = tuple[str, str]
_VERSIONS = """
SELECT v.release_id, v.version, v.title, v.body, v.updated_at, v.images, v.attachments
FROM versions AS v
QUALIFY row_number() OVER (PARTITION BY v.release_id, v.version ORDER BY v.reading DESC) = 1
ORDER BY v.release_id, v.version
"""
_MET = "SELECT ref, release_id, outcome FROM kept.outcomes WHERE release_id IS NOT NULL ORDER BY batch_no"
_STATES = "SELECT source, ref, state, observed_at FROM kept.absences ORDER BY batch_no, rowid"
_TWINS = "SELECT release_a, release_b FROM relations WHERE kind = 'same_as'"
_ANNEX = "\n\nAnnex (PDF)"


def address_of(ref: str) -> Address:
    """Host and path behind a ref; the notes of a feed have a path alone."""
    if ref.startswith("item:"):
        return "127.0.0.7", unquote(ref.removeprefix("item:"))
    parts = urlsplit(ref)
    return parts.hostname or "", parts.path


def new_releases(lived: Lived) -> dict[Address, list[str]]:
    """The releases that were made for each address, as often as one was."""
    found: dict[Address, list[str]] = defaultdict(list)
    for row in rows_of(lived.home, _MET):
        if row["outcome"] == "new":
            found[address_of(row["ref"])].append(row["release_id"])
    return found


def led_to(lived: Lived) -> dict[Address, set[str]]:
    """All releases that each address ever led to."""
    found: dict[Address, set[str]] = defaultdict(set)
    for row in rows_of(lived.home, _MET):
        found[address_of(row["ref"])].add(row["release_id"])
    return found


def versions_held(lived: Lived) -> dict[str, list[Version]]:
    """The versions of each release, as the model tells them."""
    found: dict[str, list[Version]] = defaultdict(list)
    for row in rows_of(lived.home, _VERSIONS):
        found[row["release_id"]].append(_version(row))
    return found


def states_held(lived: Lived) -> dict[tuple[str, str, str], list[tuple[str, datetime]]]:
    """What became of pages that were gone, by source, host and path."""
    found: dict[tuple[str, str, str], list[tuple[str, datetime]]] = defaultdict(list)
    for row in rows_of(lived.home, _STATES):
        at = datetime.fromisoformat(row["observed_at"])
        found[(row["source"], *address_of(row["ref"]))].append((row["state"], at))
    return found


def same_as(lived: Lived) -> set[tuple[str, str]]:
    """Younger and elder of releases proven to be one."""
    return {(row["release_a"], row["release_b"]) for row in rows_of(lived.home, _TWINS)}


def _version(row: dict[str, Any]) -> Version:
    image = _name(row["images"])
    file = row["attachments"][0] if row["attachments"] else None
    name = _name(row["attachments"])
    updated = datetime.fromisoformat(row["updated_at"]).isoformat() if row["updated_at"] else None
    revision = _revision(name, file["sha256"]) if file and name else None
    return (row["title"], row["body"].removesuffix(_ANNEX), updated, image, name), revision


def _name(parts: list[dict[str, Any]]) -> str | None:
    names = [urlsplit(part["url"]).path.rpartition("/")[2] for part in parts]
    return names[0] if len(names) == 1 else ", ".join(names) or None


def _revision(name: str, sha256: str | None) -> int | None:
    """Which revision of a file has this digest; 0 for none, so that it can equal nothing."""
    if sha256 is None:
        return None
    wanted = (number for number in range(1, 6) if hashlib.sha256(file_digest(name, number)).hexdigest() == sha256)
    return next(wanted, 0)
