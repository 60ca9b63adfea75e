"""Which sources are visited: folders always, sources of the web once somebody has enabled them.

Kept in `<home>/sources/enabled.json`, apart from the source files, so that a shipped source can be switched
on without copying it.
"""

import json
from collections.abc import Callable
from ipaddress import ip_address
from pathlib import Path

from flows.settings import Settings
from parsers.records import Release
from parsers.registry import parser_versions
from sources.config import Source, load_source
from sources.errors import ConfigError
from warehouse.home import write_whole

FILE = "enabled.json"


def enabled(settings: Settings, spoilt: Callable[[str, ConfigError], None] | None = None) -> dict[str, Source]:
    """The sources that a bare `run` visits and `serve` schedules, by name.

    :param spoilt: told of every source whose file cannot be read, which is then left out.
    :raises ConfigError: for a file that cannot be read, when there is nobody to tell.
    """
    chosen = _chosen(settings)
    catalog = settings.sources()
    found: dict[str, Source] = {}
    for name in catalog:
        try:
            source = catalog[name]
        except ConfigError as error:
            if spoilt is None:
                raise
            spoilt(name, error)
            continue
        if source.kind == "folder" or name in chosen:
            found[name] = source
    return found


def switch(settings: Settings, name: str, *, on: bool) -> None:
    """Enables or disables a source of the web.

    :raises ConfigError: for a source nobody configured, a folder, or a public site while there is no contact.
    """
    source = settings.sources().get(name)
    if source is None:
        raise ConfigError(f"no source {name!r}; `communique sources list` shows them")
    if source.kind == "folder":
        raise ConfigError(f"{name} is a folder: it is always visited")
    if on and not settings.contact and not all(_is_this_machine(host) for host in source.hosts):
        raise ConfigError(f'{name}: set contact = "you@your.example" in communique.toml first; publishers are told it')
    chosen = _chosen(settings)
    chosen = chosen | {name} if on else chosen - {name}
    write_whole(_path(settings), (json.dumps(sorted(chosen), indent=1) + "\n").encode())


def add(settings: Settings, file: Path) -> tuple[Source, Path]:
    """Checks a source file and copies it to the operator's own sources; returns the source and where it lies.

    :raises ConfigError: what is wrong with the file, or that there is another source of that name already.
    """
    source = load_source(file)
    if strange := [name for name in source.expects.required if name not in Release.model_fields]:
        raise ConfigError(f"{file}: expects.required: releases have no field {strange[0]!r}, so all would be put aside")
    if source.parser and source.parser not in parser_versions():
        raise ConfigError(f"{file}: parser: none is called {source.parser!r}; there are {', '.join(parser_versions())}")
    place = settings.place.sources / file.name
    if place.exists() and not place.samefile(file):
        raise ConfigError(f"{place} is there already; rename {file}, or change that file in place")
    place.parent.mkdir(parents=True, exist_ok=True)
    write_whole(place, file.read_bytes())
    return source, place


def _is_this_machine(host: str) -> bool:
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host == "localhost"


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
