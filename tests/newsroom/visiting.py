"""The archive's side of the story: the newsroom's lists, visited every evening by the real steps."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from flows.asking import rows_of
from flows.direct import ingest_directly
from flows.run import open_run
from flows.settings import Settings
from sources.capture import Outcome
from tests.newsroom.server import Newsroom
from tests.newsroom.story import COLUMNS, Day, days

SOURCE = "tides"


@dataclass(frozen=True, slots=True)
class Evening:
    """What a day's visit found; `alarms` are those open afterwards."""

    day: Day
    outcomes: Counter[Outcome]
    alarms: tuple[str, ...]


def settings_for(home: Path, newsroom: Newsroom) -> Settings:
    """An archive of its own that may visit this one port of this machine."""
    return Settings(home=home, project=home, workers=1, allow=(f"127.0.0.1:{newsroom.port}",))


def write_source(home: Path, newsroom: Newsroom) -> None:
    """The source file, as an operator would write it."""
    folder = home / "sources"
    folder.mkdir(parents=True, exist_ok=True)
    urls = ", ".join(f'"{newsroom.origin}/{column}/index.html"' for column in COLUMNS)
    (folder / f"{SOURCE}.toml").write_text(_TOLD.format(urls=urls), encoding="utf-8")


def evenings(settings: Settings, newsroom: Newsroom) -> Iterator[Evening]:
    """Turns the newsroom's calendar day by day and visits it in the evening, asking for all pages again."""
    for day in days():
        newsroom.day = day.number
        outcomes = _visit(settings, day.evening.astimezone(UTC))
        alarms = rows_of(settings.place, "SELECT cause FROM alarms_open ORDER BY cause")
        yield Evening(day, outcomes, tuple(row["cause"] for row in alarms))


def _visit(settings: Settings, now: datetime) -> Counter[Outcome]:
    return ingest_directly(open_run(settings, SOURCE, flow="ingest", now=lambda: now, revisit=True))


_TOLD = """\
title = "Ministry of Tides"
kind = "listing"
urls = [{urls}]
publisher = "Ministry of Tides"
language = "en"
zone = "Asia/Shanghai"
parser = "trs_cms"
pace = 0.0
rights = "invented for tests; free to use"
overlap_days = 30
first_days = 30

[items]
each = "ul.list li"
link = "a@href"
title = "a"
date = "span"
language = "@lang"

[pages]
template = "index_{{n}}.html"

[expects]
required = ["title", "published", "body"]
"""
