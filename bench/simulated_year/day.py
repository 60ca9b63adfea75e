"""One simulated day in a process of its own: visit after visit through the real steps, at the instants of the plan."""

import os
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Self
from unittest.mock import patch

from bench.simulated_year.rendering import article
from bench.simulated_year.schedule import Visit
from bench.simulated_year.server import contact_of
from bench.simulated_year.world import BEGIN, SITES, Text
from flows.direct import ingest_directly
from flows.publication import Publication
from flows.run import open_run
from flows.settings import Settings
from parsers.answering import answer
from parsers.pending import Pending
from sources.capture import Capture
from sources.errors import LockBusy
from sources.web import open_web


class InThisProcess:
    """Reads captures without the fence, which costs a start of Python each time; nothing here is hostile to parsers."""

    def __init__(self, _workers: int = 1, *, worded: bool = False) -> None:
        """Takes what `Readers` takes."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """Nothing to end."""

    def start(self) -> None:
        """Nothing to start."""

    def submit(self, captures: Sequence[Capture]) -> Pending:
        pending = Pending(len(captures))
        for place, capture in enumerate(captures):
            pending.settle(place, answer(capture))
        return pending


def settings_for(home: Path, port: int, contact: str = "", wait: float = 600.0) -> Settings:
    """An archive that may visit the hosts of the world, and asks again for all that is due."""
    allow = tuple(sorted({f"{site.host}:{port}" for site in SITES}))
    return Settings(
        home=home,
        project=home,
        workers=1,
        allow=allow,
        contact=contact,
        lock_wait_seconds=wait,
        revisits=10_000,
    )


def spend(visits: Sequence[Visit], home: Path, port: int, diary: Path) -> None:
    """Goes through the visits; `diary` is told of each that begins and of each that ends."""
    with patch("flows.direct.Readers", InThisProcess), patch("flows.recovery.Readers", InThisProcess):
        for visit in visits:
            _tell(diary, f"begin {visit.number}")
            if visit.crash:
                os.environ["COMMUNIQUE_CRASH_AT"] = visit.crash
            try:
                _go(visit, home, port)
                _tell(diary, f"end {visit.number}")
            except LockBusy:
                _tell(diary, f"busy {visit.number}")
            os.environ.pop("COMMUNIQUE_CRASH_AT", None)


def warm_up() -> None:
    """Reads a page and an entry of a feed, so that what reading imports and compiles is there in every process forked
    from this one."""
    issued = Text("A notice", ("The office opens at nine. Visitors are asked to wait.",) * 3, BEGIN)
    for site in SITES[1:3]:
        page, address = article(site, issued, BEGIN), "http://harbour.example/a.html"
        answer(Capture("", "", "", address, BEGIN, "text/html", page, "", "", ""))


def _go(visit: Visit, home: Path, port: int) -> None:
    contact = contact_of(visit.number, visit.at)
    wait = 0.0 if visit.twice == "is kept out" else 600.0
    run = open_run(
        settings_for(home, port, contact, wait),
        visit.source,
        flow="ingest",
        now=lambda: visit.at,
        sleep=lambda _: None,
    )
    simulated = partial(open_web, clock=visit.at.timestamp)
    with patch("flows.visits.open_web", simulated):
        ingest_directly(run, publication=Publication(every=0, is_due=False))


def _tell(diary: Path, line: str) -> None:
    with diary.open("a", encoding="utf-8") as file:
        file.write(line + "\n")
