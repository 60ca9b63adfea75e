"""A report as a file: asked of the published archive, written whole or not at all."""

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from warehouse.connection import opened_read_only
from warehouse.home import Home, write_whole
from warehouse.report.asking import Answer
from warehouse.report.period import Period, period_of
from warehouse.report.rendering import rendered
from warehouse.report.section import Desk

UNSAFE = re.compile(r"[^\w.-]+")


@dataclass(frozen=True, slots=True)
class Report:
    """A report that was written: where it lies, what it tells of, and its size in bytes and the figures at its head."""

    path: Path
    period: Period
    size: int
    glance: Answer


def make_report(
    home: Home,
    *,
    zone: str,
    since: date | None = None,
    until: date | None = None,
    publisher: str | None = None,
    to: Path | None = None,
) -> Report:
    """Writes the report of a period; see `period_of` for what stands where none is given.

    :param to: the file; else `reports/report-<until>.html`, with the publisher in its name where one is asked for.
    :raises ArchiveError: when there is no archive yet, or nothing in it of this publisher.
    :raises ConfigError: when the period ends before it begins.
    """
    with opened_read_only(home.archive) as con:
        period = period_of(con, zone=zone, since=since, until=until, publisher=publisher)
        desk = Desk(con, period)
        glance = desk.ask("glance")
        page = rendered(desk, glance)
    path = (to or home.reports / file_name(period)).absolute()
    write_whole(path, page)
    return Report(path, period, len(page), glance)


def file_name(period: Period) -> str:
    """`report-2026-03-10.html`."""
    whom = f"-{UNSAFE.sub('_', period.publisher)}" if period.publisher else ""
    return f"report-{period.until}{whom}.html"
