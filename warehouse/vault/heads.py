"""Heads of the manifest noted in a second place, so that a list cut short or written anew from the start is noticed.

The chain shows what was changed inside the list. Who can write in the raw folder could make a whole new chain with
its head; a head noted elsewhere (another disk, another machine) is not in it.
"""

import json
import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from sources.capture import digest, rfc3339
from sources.errors import ConfigError
from warehouse.home import Home
from warehouse.vault.chain import Head
from warehouse.vault.manifest import last
from warehouse.vault.verify import RESTORE_LIST, Finding


def note_head(home: Home, place: Path, at: datetime) -> Head:
    """Appends the head of the manifest to the file `place`, one JSON line: `at`, `n`, `sha256`; made when not there.

    :raises ConfigError: when that place cannot be written.
    """
    head = last(home)
    line = json.dumps({"at": rfc3339(at), "n": head.n, "sha256": head.sha256}, separators=(",", ":"))
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        with place.open("a", encoding="utf-8") as file:
            file.write(line + "\n")
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise ConfigError(f"backup_heads: {place}: {error.strerror}; name a file that can be written") from error
    return head


def against_heads(home: Home, place: Path) -> Iterator[Finding]:
    """Every head ever noted that is not in the manifest any more. A place that was never written says nothing."""
    noted = list(_noted(place))
    sums = _sums(home) if noted else []
    for at, head in noted:
        if head.n > len(sums):
            what = f"line {head.n} was there on {at}, now there are {len(sums)}: lines were cut off"
            yield Finding(home.manifest.name, None, what, RESTORE_LIST)
            return
        if head.n and sums[head.n - 1] != head.sha256:
            what = f"line {head.n} is not the one noted on {at} in {place}: the list was written anew"
            yield Finding(home.manifest.name, None, what, RESTORE_LIST)
            return


def _sums(home: Home) -> list[str]:
    if not home.manifest.exists():
        return []
    with home.manifest.open("rb") as file:
        return [digest(line.removesuffix(b"\n")) for line in file]


def _noted(place: Path) -> Iterator[tuple[str, Head]]:
    """What was noted, oldest first; a line that was cut off by a crash says nothing."""
    if not place.exists():
        return
    for line in place.read_text(encoding="utf-8", errors="replace").splitlines():
        try:
            told = json.loads(line)
            yield str(told["at"]), Head(int(told["n"]), str(told["sha256"]))
        except (ValueError, KeyError, TypeError):
            continue
