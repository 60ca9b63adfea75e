"""Settings: a flag beats `COMMUNIQUE_*`, which beats `communique.toml`, which beats the default."""

import os
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import UTC, datetime
from ipaddress import ip_address
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from sources.config import CATALOG, Source, load_sources
from sources.errors import ConfigError
from warehouse.home import Home

FILE = "communique.toml"


@dataclass(frozen=True, slots=True)
class Settings:
    """What an operator may set, and where the archive lives.

    `project` is the folder of `communique.toml`, which `config` names if there is one.
    """

    home: Path
    project: Path
    config: str | None = None
    contact: str = ""
    zone: str = "Asia/Hong_Kong"
    size_limit_mb: int = 20
    lock_wait_seconds: float = 600.0
    workers: int = 2
    batch_size: int = 500
    seal_seconds: float = 60.0
    revisits: int = 100
    publish_every_seconds: float = 600.0
    relations: bool = True
    disk_floor_mb: int = 500
    maintain_at: str = "30 4 * * *"
    report_at: str = "0 7 * * *"
    backup_heads: Path | None = None
    notify: tuple[str, ...] = field(default=(), repr=False)  # may carry passwords
    allow: tuple[str, ...] = ()

    @property
    def size_limit(self) -> int:
        """Largest file that is read, in bytes."""
        return self.size_limit_mb * 1024 * 1024

    @property
    def disk_floor(self) -> int:
        """Bytes that must stay free on the disk of the archive."""
        return self.disk_floor_mb * 1_000_000

    @property
    def place(self) -> Home:
        """The data folder."""
        return Home(self.home)

    def allowed(self) -> frozenset[tuple[str, int]]:
        """Addresses of this machine or network that may be visited all the same, as (numeric address, port)."""
        return frozenset((host, int(port)) for host, _, port in (one.rpartition(":") for one in self.allow))

    def sources(self) -> Mapping[str, Source]:
        """The shipped catalog, with the operator's own files on top."""
        return load_sources(CATALOG, self.place.sources)


_YES_OR_NO = {"true": True, "1": True, "yes": True, "false": False, "0": False, "no": False}
SETTABLE = tuple(one.name for one in fields(Settings) if one.name not in ("project", "config"))
MAY_BE_NOTHING = ("lock_wait_seconds", "publish_every_seconds", "revisits", "disk_floor_mb")
CASTS: Mapping[str, Callable[[str], Any]] = {
    "home": Path,
    "size_limit_mb": int,
    "lock_wait_seconds": float,
    "workers": int,
    "batch_size": int,
    "seal_seconds": float,
    "revisits": int,
    "publish_every_seconds": float,
    "relations": lambda told: _YES_OR_NO[str(told).lower()],
    "allow": lambda told: _addresses(told.split(",") if isinstance(told, str) else told),
    "disk_floor_mb": int,
    "notify": lambda told: _texts(told.split(",") if isinstance(told, str) else told),
}


def load_settings(
    *,
    home: Path | None = None,
    config: Path | None = None,
    start: Path | None = None,
    env: Mapping[str, str] = os.environ,
) -> Settings:
    """Reads the settings that hold for a call.

    :param config: `communique.toml` by name; else `COMMUNIQUE_CONFIG`, else the nearest one upward from `start`.
    :raises ConfigError: for an unknown key, a value of the wrong kind, or a file that is not there.
    """
    named = config or (Path(env["COMMUNIQUE_CONFIG"]) if env.get("COMMUNIQUE_CONFIG") else None)
    start = (start or Path.cwd()).resolve()
    found = named.resolve() if named else _nearest(start)
    project = found.parent if found else start
    values = _from_file(found) if found else {}
    for key in SETTABLE:
        if (told := env.get(f"COMMUNIQUE_{key.upper()}")) is not None:
            values[key] = _cast(key, told, f"COMMUNIQUE_{key.upper()}")
    chosen = home or (Path(values["home"]) if "home" in values else Path("data"))
    base = start if home or env.get("COMMUNIQUE_HOME") else project
    place = {"home": (base / chosen).resolve(), "project": project, "config": str(found) if found else None}
    if heads := values.pop("backup_heads", None):
        place["backup_heads"] = (project / heads).resolve()
    return Settings(**(values | place))


def _addresses(told: Sequence[str]) -> tuple[str, ...]:
    for one in told:
        host, _, port = one.rpartition(":")
        ip_address(host)
        int(port)
    return tuple(told)


def _texts(told: Sequence[str]) -> tuple[str, ...]:
    if not all(isinstance(one, str) for one in told):
        raise ValueError("a list of texts is wanted")
    return tuple(one.strip() for one in told if one.strip())


def _nearest(start: Path) -> Path | None:
    return next((folder / FILE for folder in (start, *start.parents) if (folder / FILE).is_file()), None)


def _from_file(path: Path) -> dict[str, Any]:
    try:
        told = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigError(f"{path}: {error}; mend the file or name another with --config") from error
    unknown = sorted(set(told) - set(SETTABLE))
    if unknown:
        raise ConfigError(f"{path}: unknown key {unknown[0]!r}; known are {', '.join(SETTABLE)}")
    return {key: _cast(key, value, f"{path}: {key}") for key, value in told.items()}


def _cast(key: str, value: Any, where: str) -> Any:
    try:
        cast = CASTS.get(key, str)(value)
        if key == "zone":
            ZoneInfo(cast)
    except (ValueError, TypeError, KeyError, OSError) as error:
        shown = "that" if key == "notify" else repr(value)  # an address to notify may carry a password
        raise ConfigError(f"{where}: {shown} will not do ({error})") from error
    if isinstance(cast, int | float) and not isinstance(cast, bool) and cast <= 0 and key not in MAY_BE_NOTHING:
        raise ConfigError(f"{where}: {value!r} must be more than nothing")
    return cast


def clock(env: Mapping[str, str] = os.environ) -> datetime:
    """Now, UTC; `COMMUNIQUE_CLOCK` (RFC 3339) stands still instead, for tests that compare archives."""
    told = env.get("COMMUNIQUE_CLOCK")
    return datetime.fromisoformat(told).astimezone(UTC) if told else datetime.now(UTC)
