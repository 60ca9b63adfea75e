"""When the archive is published: at once by a person's command, at most every few minutes by runs on a schedule."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import duckdb

from flows.settings import Settings
from warehouse.connection import opened_read_only
from warehouse.home import Home
from warehouse.publishing import publish as publish_archive
from warehouse.writing import writing

SELDOM = 6  # times `publish_every_seconds`: so old may be what is published of runs that found nothing
NEWS = (
    "SELECT EXISTS (FROM kept.batches WHERE batch_no > $published AND NOT ends_with(batch_id, '-end'))"
    " OR EXISTS (FROM kept.alarms WHERE batch_no > $published)"
)


@dataclass(slots=True)
class Publication:
    """Whether a run publishes: `every` is the least number of seconds since the last time, 0 to publish always.

    `due_in` is how long what is new must wait for another to publish it; None when nothing waits.
    `searchable`: the index of words is made, too.
    """

    every: float
    due_in: float | None = None
    is_due: bool = True
    searchable: bool = True

    def weigh(self, home: Home, con: duckdb.DuckDBPyConnection) -> None:
        """Looks at what the published archive lacks; `con` is the writer's database."""
        if not self.every or not home.archive.exists():
            return
        age = time.time() - home.archive.stat().st_mtime
        has_news = con.execute(NEWS, {"published": _published(home)}).fetchone() == (True,)
        self.is_due = age < 0 or age >= self.every * (1 if has_news else SELDOM)
        self.due_in = self.every - age if has_news and not self.is_due else None

    def publish(self, home: Home) -> None:
        """Publishes if it is time; under the writer's lock, with its database closed."""
        if self.is_due:
            publish_archive(home, searchable=self.searchable)


def publish_now(settings: Settings, now: Callable[[], datetime]) -> None:
    """Loads what waits in staging and publishes."""
    wait, relating = settings.lock_wait_seconds, settings.relations
    publication = Publication(every=0, searchable=relating)
    with writing(settings.place, now=now, wait=wait, relating=relating, then=publication.publish) as writer:
        writer.drain()


def _published(home: Home) -> int:
    with opened_read_only(home.archive) as con:
        newest = con.execute("SELECT coalesce(max(batch_no), 0) FROM kept.batches").fetchone()
    return int(newest[0]) if newest else 0
