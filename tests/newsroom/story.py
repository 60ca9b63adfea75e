"""The invented ministry's releases as they stand on each day of the story, from `story.toml`."""

import tomllib
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Shanghai")
NEW_LAYOUT_FROM = 6
MAINTENANCE_ON = 7

COLUMNS = {"en/news": "News", "en/speeches": "Speeches and Statements", "zh/news": "新闻"}


@dataclass(frozen=True, slots=True)
class Release:
    """One page as it stands on a day. `stated` and `updated` are what it says, in the ministry's zone."""

    number: str
    column: str
    title: str
    stated: datetime
    source: str
    paragraphs: tuple[str, ...]
    updated: datetime | None = None
    twin: str | None = None
    withdrawn: bool = False
    listed: bool = True
    garbled: bool = False

    @property
    def path(self) -> str:
        """Its address on the site, as the TRS content system makes them."""
        return f"/{self.column}/{self.number[1:7]}/{self.number}.html"


@dataclass(frozen=True, slots=True)
class Day:
    """One day of the story, from 1: its date and what the ministry does, in words."""

    number: int
    on: date
    told: str

    @property
    def evening(self) -> datetime:
        """When the newsroom is visited."""
        return datetime(self.on.year, self.on.month, self.on.day, 20, tzinfo=ZONE)


def days() -> tuple[Day, ...]:
    """The whole story."""
    return tuple(Day(number, one["on"], one["told"]) for number, one in enumerate(_told()["day"], 1))


def releases(day: int) -> list[Release]:
    """All pages that were ever put up by a day, the newest by its own date first."""
    told = {one["number"]: one for one in _told()["release"]}
    standing = [_as_of(one, told, day) for one in told.values() if one["on_day"] <= day]
    return sorted(standing, key=lambda release: (release.stated, release.number), reverse=True)


@cache
def _told() -> dict[str, Any]:
    return tomllib.loads((Path(__file__).parent / "story.toml").read_text(encoding="utf-8"))


def _as_of(one: dict[str, Any], told: dict[str, dict[str, Any]], day: int) -> Release:
    text = told[one.get("text_of", one["number"])]
    made = Release(
        number=one["number"],
        column=one["column"],
        title=text["title"],
        stated=datetime.fromisoformat(one["stated"]).replace(tzinfo=ZONE),
        source=text["source"],
        paragraphs=tuple(text["body"].strip().split("\n\n")),
        twin=one.get("twin"),
        withdrawn=day >= one.get("withdrawn_on", day + 1),
        listed=day < one.get("unlisted_on", day + 1),
        garbled=day in one.get("garbled_on", ()),
    )
    for edit in one.get("edit", ()):
        made = _edited(made, edit) if edit["on_day"] <= day else made
    return made


def _edited(release: Release, edit: dict[str, Any]) -> Release:
    old, new = edit["replace"]
    paragraphs = tuple(paragraph.replace(old, new) for paragraph in release.paragraphs)
    assert paragraphs != release.paragraphs, f"{release.number}: {old!r} is not in its text"
    updated = datetime.fromisoformat(edit["updated"]).replace(tzinfo=ZONE) if "updated" in edit else None
    return replace(release, paragraphs=paragraphs, updated=updated)
