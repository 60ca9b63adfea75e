"""Source files: what to pick up, from where. One TOML file per source; its name is the source's name.

A file is checked when it is loaded, all of it, and every complaint names file and line.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any, Literal, Self
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from parsers.urls import canonical, host_of
from sources import toml
from sources.capture import Rendition
from sources.discovery.templates import OF_DAY, OF_PAGES, OF_RANGE, fill, placeholders
from sources.errors import ConfigError
from sources.tables import Expects, Items, KeyFault, Numbering, Pages, Strings, Written, check_paths, check_selectors

CATALOG = Path(__file__).parent / "catalog"
"""The sources shipped with the project."""

_NAME = re.compile(r"[a-z][a-z0-9_]{0,62}", re.ASCII)
_EVERY = re.compile(r"([1-9][0-9]{0,3}) ?(min|h|d)", re.ASCII)
_SECONDS = {"min": 60, "h": 3_600, "d": 86_400}
_WEB = ("urls", "publisher", "language", "zone", "rights")
_NEEDS = {
    "folder": ("path",),
    "feed": _WEB,
    "sitemap": _WEB,
    "listing": (*_WEB, "items"),
    "calendar": (*_WEB, "items"),
    "api": (*_WEB, "items"),
}
"""The keys each kind of source cannot do without."""

_PLACES = {"calendar": (*OF_DAY, "ms"), "api": (*OF_PAGES, *OF_RANGE)}
"""What may stand in braces in the addresses of a kind."""


class Source(BaseModel):
    """One way to find a publisher's releases.

    `path` is a folder, relative to the project folder (where `communique.toml` lies). `schedule` is five cron fields,
    meant in the IANA zone `zone`, else in that of `communique.toml`; `every` is the time between two visits in its
    place, such as `15 min`, `2 h` or `1 d`. With neither the source runs by hand alone.

    A source of the web lists releases at `urls`: several lists of one publisher, one address or template each.
    `rendition` is the form of a release that leads its versions, `parser` the family or parser that reads it (None:
    found by the registry), `pace` the seconds between two requests to its host, `revisits` how many pages of each
    host a run may ask again because they are due (None: as `communique.toml` says). `verified` says that the addresses
    were seen to work. `attachments` and `images` say which files of a release are fetched and kept.
    `secret_parameters` are query parameters of its addresses that are written nowhere, beside the usual ones. A visit
    looks back `overlap_days` behind the newest day known; every `full_pass_days` it reads the lists to their end, or
    `full_pass_reach_days` back. `first_days` is how far the first visit looks back.
    `numbering` says that the publisher's numbers have no holes, and why.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    name: str
    title: Written
    kind: Literal["folder", "feed", "sitemap", "listing", "calendar", "api"]
    path: Written | None = None
    urls: Strings = ()
    publisher: Written | None = None
    language: Written | None = None
    zone: str | None = None
    schedule: str | None = None
    every: str | None = None
    rendition: Rendition = "page"
    parser: Written | None = None
    pace: float = Field(default=2.0, ge=0, le=3_600)
    revisits: int | None = Field(default=None, ge=0)
    rights: Written | None = None
    verified: bool = True
    attachments: bool = True
    images: bool = False
    secret_parameters: Strings = ()
    overlap_days: int = Field(default=3, ge=0, le=366)
    first_days: int = Field(default=3, ge=0, le=366)
    full_pass_days: int | None = Field(default=None, ge=1)
    full_pass_reach_days: int | None = Field(default=None, ge=1)
    items: Items | None = None
    pages: Pages = Pages()
    expects: Expects = Expects()
    numbering: Numbering | None = None

    @property
    def addresses(self) -> tuple[str, ...]:
        """Everything in its file that is an address or a template of one."""
        items = (self.items.link_template, self.items.page_template) if self.items else ()
        return tuple(one for one in (*self.urls, *items, self.pages.template) if one)

    @property
    def hosts(self) -> tuple[str, ...]:
        """The hosts its lists stand on, each once, in order."""
        found = (host_of(fill(url, dict.fromkeys(placeholders(url), "1"))) for url in self.urls)
        return tuple(dict.fromkeys(host for host in found if host))

    @property
    def interval(self) -> timedelta | None:
        """The time between two visits, where `every` states one."""
        told = _EVERY.fullmatch(self.every or "")
        return timedelta(seconds=int(told[1]) * _SECONDS[told[2]]) if told else None

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

    @field_validator("every")
    @classmethod
    def every_is_a_time(cls, every: str | None) -> str | None:
        if every is not None and not _EVERY.fullmatch(every):
            raise ValueError(f"{every!r} is not a time between visits such as '15 min', '2 h' or '1 d'")
        return every

    @model_validator(mode="after")
    def has_what_its_kind_needs(self) -> Self:
        for key in _NEEDS[self.kind]:
            if getattr(self, key) in (None, ()):
                raise ValueError(f"a source of kind {self.kind!r} needs the key {key!r}")
        if self.path is not None and self.kind != "folder":
            raise KeyFault("path", f"only a folder has one; a source of kind {self.kind!r} lists releases at 'urls'")
        if self.schedule and self.every:
            raise KeyFault("every", "says when to visit, as 'schedule' does; keep one of them")
        _check_addresses(self.kind, self.urls)
        if self.kind == "calendar" and self.full_pass_days and not self.full_pass_reach_days:
            raise KeyFault("full_pass_days", "a calendar has no end; say how far back with 'full_pass_reach_days'")
        if self.items and not (self.items.link or self.items.id):
            raise KeyFault("items", "needs 'link', or 'id' for items that are whole in the list")
        if self.items and self.kind == "api":
            check_paths(self.items, self.pages)
        elif self.items and self.items.format == "html":
            check_selectors(self.items, self.pages)
        return self


def _check_addresses(kind: str, urls: tuple[str, ...]) -> None:
    allowed = _PLACES.get(kind, ())
    for url in urls:
        found = placeholders(url)
        for name in found:
            if name not in allowed:
                raise KeyFault("urls", f"{{{name}}} means nothing in the address of a source of kind {kind!r}")
        if canonical(fill(url, dict.fromkeys(found, "1"))) is None:
            raise KeyFault("urls", f"{url!r} is no http or https address")
        if kind == "calendar" and not {"yyyy", "yy"}.intersection(found):
            raise KeyFault("urls", f"{url!r} has no {{yyyy}}, so it names no day or month")


class Catalog(Mapping[str, Source]):
    """Sources by name. A file is read when its source is asked for: a run reads one, and harms no other's fault.

    Asking raises ConfigError as `load_source` does.
    """

    def __init__(self, files: Mapping[str, Path]) -> None:
        self._files = files
        self._loaded: dict[str, Source] = {}

    def __getitem__(self, name: str) -> Source:
        if name not in self._loaded:
            self._loaded[name] = load_source(self._files[name])
        return self._loaded[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._files)

    def __len__(self) -> int:
        return len(self._files)


def load_sources(*folders: Path) -> Catalog:
    """The sources of all `*.toml` in these folders by name; a later folder's file takes the place of an earlier one's.

    A folder that does not exist holds no sources.
    """
    found = {path.stem: path for folder in folders for path in sorted(folder.glob("*.toml"))}
    return Catalog(dict(sorted(found.items())))


def load_source(path: Path) -> Source:
    """The source that one TOML file describes.

    :raises ConfigError: with a line for each complaint: `folder.toml:3: unknown key 'pth' (...)`.
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
    loc = tuple(str(part) for part in error["loc"] if isinstance(part, str))
    key = ".".join(loc)
    table = _TABLES.get(loc[0]) if len(loc) > 1 else None
    known = [name for name in (table or Source).model_fields if name != "name"]
    match error["type"]:
        case "extra_forbidden":
            what = toml.unknown(loc[-1], known)
        case "missing":
            what = f"the key {key!r} is missing"
        case "value_error":
            fault = error["ctx"]["error"]
            loc = tuple(fault.key.split(".")) if isinstance(fault, KeyFault) else loc
            what = f"{'.'.join(loc)}: {fault}" if loc else str(fault)
        case _:
            what = f"{key}: {error['msg'][0].lower()}{error['msg'][1:]}, found {error['input']!r}"
    return _line_of(text, loc), what


_TABLES: dict[str, type[BaseModel]] = {"items": Items, "pages": Pages, "expects": Expects, "numbering": Numbering}


def _line_of(text: str, loc: tuple[str, ...]) -> int:
    """The line where a key is set, inside its table where it has one."""
    line = toml.line_of(text, loc[0]) if loc else 1
    for key in loc[1:]:
        below = "".join(text.splitlines(keepends=True)[line:])
        found = toml.line_of("\n" + below, key)  # so that line 1 means: not there
        line += found - 1
    return line
