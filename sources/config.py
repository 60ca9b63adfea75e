"""Source files: what to pick up, from where. One TOML file per source; its name is the source's name.

A file is checked when it is loaded, all of it, and every complaint names file and line.
"""

import re
from pathlib import Path
from typing import Annotated, Any, Literal, Self
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from sources import toml
from sources.errors import ConfigError

CATALOG = Path(__file__).parent / "catalog"
"""The sources shipped with the project."""

_NAME = re.compile(r"[a-z][a-z0-9_]{0,62}", re.ASCII)
_NEEDS = {"folder": ("path",)}
"""The keys each kind of source cannot do without."""

Filled = Annotated[str, Field(min_length=1)]


class Source(BaseModel):
    """One way to find a publisher's releases.

    `path` is a folder, relative to the project folder (where `communique.toml` lies). `schedule` is five cron fields,
    meant in the IANA zone `zone`, else in that of `communique.toml`; without one the source runs by hand alone.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    name: str
    title: Filled
    kind: Literal["folder"]
    path: Filled | None = None
    zone: str | None = None
    schedule: str | None = None

    @field_validator("zone")
    @classmethod
    def zone_is_known(cls, zone: str) -> str:
        try:
            ZoneInfo(zone)
        except (KeyError, ValueError, OSError):  # not found, not a name, or the name of a folder of zones
            raise ValueError(f"{zone!r} is not an IANA time zone such as Asia/Hong_Kong") from None
        return zone

    @field_validator("schedule")
    @classmethod
    def schedule_has_five_fields(cls, schedule: str | None) -> str | None:
        if schedule is not None and len(schedule.split()) != 5:
            raise ValueError(f"{schedule!r} is not a cron line of five fields such as '*/10 * * * *'")
        return schedule

    @model_validator(mode="after")
    def has_what_its_kind_needs(self) -> Self:
        for key in _NEEDS[self.kind]:
            if getattr(self, key) is None:
                raise ValueError(f"a source of kind {self.kind!r} needs the key {key!r}")
        return self


def load_sources(*folders: Path) -> dict[str, Source]:
    """The sources of all `*.toml` in these folders by name; a later folder's file takes the place of an earlier one's.

    A folder that does not exist holds no sources.

    :raises ConfigError: with a line for each complaint about a file: `folder.toml:3: unknown key 'pth' (...)`.
    """
    found = {path.stem: path for folder in folders for path in sorted(folder.glob("*.toml"))}
    return {name: load_source(path) for name, path in sorted(found.items())}


def load_source(path: Path) -> Source:
    """The source that one TOML file describes.

    :raises ConfigError: as `load_sources`.
    """
    if not _NAME.fullmatch(path.stem):
        raise ConfigError(f"{path}:1: a source's file is named by small letters, digits and _, a letter first")
    try:
        text, values = toml.parse(path.read_bytes())
    except OSError as error:
        raise ConfigError(f"{path}:1: cannot be read ({error.strerror}); let this user read it") from None
    except toml.TomlFault as fault:
        raise ConfigError(f"{path}:{fault.line}: {fault.what}") from None
    if "name" in values:
        raise ConfigError(f"{path}:{toml.line_of(text, 'name')}: a source is named by its file; remove the key 'name'")
    try:
        return Source.model_validate(values | {"name": path.stem})
    except ValidationError as error:
        complaints = sorted(_complaint(dict(one), text) for one in error.errors(include_url=False))
        raise ConfigError("\n".join(f"{path}:{line}: {what}" for line, what in complaints)) from None


def _complaint(error: dict[str, Any], text: str) -> tuple[int, str]:
    key = str(error["loc"][0]) if error["loc"] else ""
    known = [name for name in Source.model_fields if name != "name"]
    match error["type"]:
        case "extra_forbidden":
            what = toml.unknown(key, known)
        case "missing":
            what = f"the key {key!r} is missing"
        case "value_error":
            what = f"{key}: {error['ctx']['error']}" if key else str(error["ctx"]["error"])
        case _:
            what = f"{key}: {error['msg'][0].lower()}{error['msg'][1:]}, found {error['input']!r}"
    return toml.line_of(text, key), what
