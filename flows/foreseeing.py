"""What a backfill would take: requests, bytes and hours, by what the archive knows of the source.

Of a source of which nothing is known, a handful of its lists is read; nothing else is asked for, and nothing is kept.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from flows.backfilling import Order, opened
from flows.last_time import last_time
from flows.run import Run
from flows.settings import Settings
from flows.visits import Lists, the_web
from flows.windows import Planned, to_do
from sources.config import Source
from sources.discovery.discovered import Discovered
from sources.discovery.dividing import is_read_at_once
from sources.discovery.kinds import discover
from sources.discovery.page import NoPage, Page
from sources.discovery.stamps import local_day
from sources.redaction import redaction
from warehouse.connection import sql
from warehouse.resolution.known import rows, with_table

SAMPLES = 4  # requests for lists, of a source of which nothing is known
PAGE_BYTES = 40_000  # assumed where no page of a source is known
ONCE = 2  # requests a host gets in any case: robots.txt, and an address that cannot exist
NO_PACE = 0.05  # seconds that a request takes where a source has no pace


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What is to be expected of one source. `hours` is at its pace, if its host is asked for nothing else meanwhile;
    `basis` says where the number of items comes from, None when nobody knows."""

    source: str
    host: str
    windows: int
    items: int | None
    held: int
    requests: int | None
    bytes: int | None
    hours: float | None
    basis: str


def foresee(settings: Settings, orders: Sequence[Order]) -> list[Foreseen]:
    """One for each order. Nothing of the archive is changed."""
    return [_of(opened(settings, order), order) for order in orders]


def hours_of_all(foreseen: Sequence[Foreseen]) -> float:
    """Hosts are asked at once, sources of one host one after another."""
    by_host: dict[str, float] = {}
    for one in foreseen:
        by_host[one.host] = by_host.get(one.host, 0.0) + (one.hours or 0.0)
    return max(by_host.values(), default=0.0)


def _of(run: Run, order: Order) -> Foreseen:
    source = run.settings.sources()[run.source]
    with run.writing() as writer:
        plan = to_do(run, writer, order.asked)
        with_table(writer.con, "planned", _as_table(plan))
        (known,) = rows(writer.con, sql("foreseen"), {"source": run.source})
    days = sum((one.window.end - one.window.start).days for one in plan)
    a_day, basis = _items_a_day(run, source, plan, known)
    host = source.hosts[0] if source.hosts else ""
    if a_day is None:
        return Foreseen(run.source, host, len(plan), None, known["held"], None, None, None, basis)
    items = round(a_day * days) + len(order.asked.linked)
    lists = _lists(run, source, plan, a_day, known["items_a_list"])
    fresh = max(items - known["held"], 0)
    files = fresh * (known["files_a_page"] or 0.0)
    requests = round(lists + fresh + files) + ONCE if plan or fresh else 0
    page = known["page_bytes"] or PAGE_BYTES
    size = lists * (known["list_bytes"] or PAGE_BYTES) + fresh * page + files * (known["file_bytes"] or 0.0)
    basis += "" if known["page_bytes"] else f"; {PAGE_BYTES // 1000} kB a page assumed"
    hours = requests * (source.pace or NO_PACE) / 3600
    return Foreseen(run.source, host, len(plan), items, known["held"], requests, round(size), hours, basis)


def _as_table(plan: Sequence[Planned]) -> pa.Table:
    day = pa.date32()
    starts, ends = [one.window.start for one in plan], [one.window.end for one in plan]
    return pa.table({"since": pa.array(starts, day), "until": pa.array(ends, day)})


def _items_a_day(run: Run, source: Source, plan: Sequence[Planned], known: dict[str, Any]) -> tuple[float | None, str]:
    if known["listed_a_day"] is not None:
        return known["listed_a_day"], "windows that are done"
    if known["released_a_day"] is not None:
        return known["released_a_day"], "releases in the archive"
    if source.expects.per_day:
        return source.expects.per_day, "what its file expects"
    return _sampled(run, source, plan)


def _lists(run: Run, source: Source, plan: Sequence[Planned], a_day: float, items_a_list: float | None) -> float:
    """Requests for lists: one a window and address, or from the top down to the first day wanted."""
    if not is_read_at_once(source):
        return len(plan) * len(source.urls)
    if not plan or not (source.pages.next or source.pages.template):
        return len(plan) * len(source.urls)
    oldest = min(one.window.start for one in plan)
    back = (local_day(run.run_at, source.zone or "UTC") - oldest).days
    return len(plan) * max(len(source.urls), back * a_day / (items_a_list or 20))


def _days_of(source: Source, one: Planned, found: Discovered) -> int:
    """How many days a sample spans: those between its items where a list was not read to the window's end."""
    if is_read_at_once(source) and found.newest and found.oldest:
        return (found.newest - found.oldest).days + 1
    return (one.window.end - one.window.start).days


def _sampled(run: Run, source: Source, plan: Sequence[Planned]) -> tuple[float | None, str]:
    """Items a day in a few windows spread over the plan, or on the first pages of a list that is read from its top."""
    chosen = [plan[round(step * (len(plan) - 1) / 2)] for step in range(3)] if len(plan) > 3 else list(plan)
    listed, days, left = 0, 0, SAMPLES
    veil = redaction(source.addresses, source.secret_parameters)
    with run.writing() as writer:
        before = last_time(writer, run.source)
    with the_web(run) as web:
        lists = Lists(run, before, web, source, veil)

        def get(url: str) -> Page | NoPage:
            nonlocal left
            left -= 1
            return lists.get(url) if left >= 0 else NoPage(url, "enough for a sample")

        bare = source.model_copy(update={"urls": tuple(veil.text(url) for url in source.urls)})
        for one in chosen:
            found = discover(bare, before.watermark, get, now=run.now(), window=one.window)
            if left < 0 and not is_read_at_once(source):
                break
            listed += found.listed
            days += _days_of(source, one, found)
    told = f"a sample of {SAMPLES - max(left, 0)} lists"
    return (listed / days, told) if listed and days else (None, f"nothing known, and {told} names nothing")
