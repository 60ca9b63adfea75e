"""Which sources are visited: folders always, sources of the web once somebody has enabled them.

Kept in `<home>/sources/enabled.json`, apart from the source files, so that a shipped source can be switched
on without copying it.
"""

import json
from pathlib import Path

from flows.settings import Settings
from sources.config import Source
from sources.errors import ConfigError

FILE = "enabled.json"


def enabled(settings: Settings) -> dict[str, Source]:
    """The sources that a bare `run` visits and `serve` schedules, by name."""
    chosen = _chosen(settings)
    return {name: source for name, source in settings.sources().items() if source.kind == "folder" or name in chosen}


def _chosen(settings: Settings) -> set[str]:
    path = _path(settings)
    if not path.exists():
        return set()
    try:
        return set(json.loads(path.read_text(encoding="utf-8")))
    except ValueError as error:
        raise ConfigError(f"{path}: {error}; remove the file and enable the sources again") from error


def _path(settings: Settings) -> Path:
    return settings.place.sources / FILE
