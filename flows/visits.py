"""A visit to a source of the web: its lists read politely, and what the visit leaves behind besides releases.

Lists are captures like any other and lie in the vault. Where the source was left off, what its lists
looked like and what was odd about them is written when the run closes, with the data it describes.
"""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic_core import from_json, to_json

from flows.holdings import FULL_EVERY, Holding, request_for, visits_so_far
from flows.run import Run
from sources.capture import Candidate, Capture, rfc3339
from sources.discovery.discovered import Discovered
from sources.discovery.kinds import discover
from sources.discovery.page import NoPage, Page
from sources.discovery.watermark import Watermark
from sources.discovery.window import Window
from sources.guard import Guard
from sources.web import Failure, NotModified, Web, fetch_web, open_web
from warehouse.connection import sql
from warehouse.home import write_whole
from warehouse.staging import LIST, LISTS, Batch, batch_id, entry_list, raw_file_row, stage
from warehouse.vault.warc import preserve
from warehouse.writing import Writer, writing

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Visit:
    """What the lists gave: candidates, the lists themselves, and rows for the run's closing batch."""

    candidates: tuple[Candidate, ...]
    lists: tuple[Capture, ...]
    rows: dict[str, list[Row]]


@dataclass(frozen=True, slots=True)
class Known:
    """What the archive knows of a source before a visit.

    `lists` are digests by address, of lists as they last looked when they were read without a fault; `held` is the
    newest body of each, by ref; `raised` the causes of open alarms; `visits` how many runs there were.
    """

    watermark: Watermark
    lists: dict[str, str]
    raised: frozenset[str]
    held: Mapping[str, Holding] = field(default_factory=dict)
    visits: int = 0


def visit_lists(run: Run) -> tuple[Candidate, ...]:
    """The candidates that the source's lists name now; the lists themselves go into the vault.

    What the visit leaves behind waits in staging until the run closes.
    """
    with writing(run.home, now=run.now, wait=run.settings.lock_wait_seconds) as writer:
        before = known(writer, run.source)
    with the_web(run) as web:
        found = visit(run, before, web)
    _keep(run, found.lists)
    write_whole(_left_behind(run), to_json(found.rows))
    return found.candidates


def left_behind(run: Run) -> dict[str, list[Row]]:
    """What the visit of this run leaves behind; read once, when the run closes."""
    path = _left_behind(run)
    if not run.is_web or not path.exists():
        return {}
    rows: dict[str, list[Row]] = from_json(path.read_bytes())
    path.unlink()
    return rows


def _left_behind(run: Run) -> Path:
    return run.home.staging / f"{run.run_id}.visit"


def _keep(run: Run, lists: tuple[Capture, ...]) -> None:
    if not lists:
        return
    sealed = preserve(run.home, lists, source=run.source, run_id=run.run_id, number=LISTS, written_at=run.run_at)
    offsets = {kept.ref: kept.offset for kept in sealed.kept}
    entries = tuple(entry_list(one, sealed.path, offsets[one.ref]) for one in lists)
    name = batch_id(run.run_id, LISTS)
    row = raw_file_row(sealed)
    stage(run.home, Batch(name, run.run_id, run.source, run.flow, rfc3339(run.run_at), row, entries))


@contextmanager
def the_web(run: Run) -> Iterator[Web]:
    """The web as this run may visit it, with the operator's contact and exceptions."""
    web = open_web(
        run.home.root / "hosts",
        contact=run.settings.contact,
        guard=Guard(allowed=run.settings.allowed()),
        now=run.now,
    )
    try:
        yield web
    finally:
        web.close()


def visit(run: Run, before: Known, web: Web) -> Visit:
    """Reads the lists of the run's source from where it was left off, or over the days of a backfill."""
    source = run.settings.sources()[run.source]
    full = before.visits % FULL_EVERY == 0
    fresh: dict[str, Capture] = {}

    def get(url: str) -> Page | NoPage:
        ref = f"{LIST}{url}"
        holding = before.held.get(ref)
        held = holding.capture(run.home) if holding else None
        request = request_for(url, held, source=run.source, ref=ref, name=url, pace=source.pace, full=full)
        answer = fetch_web(request, web)
        if isinstance(answer, NotModified):
            answer = held or Failure(request, "failed", "not_modified", "not modified, though we hold nothing")
        if isinstance(answer, Failure):
            return NoPage(url, answer.reason, answer.status)
        if holding is None or holding.content_sha256 != answer.content_sha256:
            fresh[ref] = answer
        return Page(answer.final_url or url, answer.status or 0, answer.body, answer.media_type, answer.charset)

    window = Window(run.since, run.until) if run.since and run.until else None
    found = discover(source, before.watermark, get, now=run.run_at, window=window)
    return Visit(found.candidates, tuple(fresh.values()), _rows(run, before, found))


def known(writer: Writer, source: str) -> Known:
    """Looks up where a source was left off, how its lists looked, and which alarms are open."""
    asked = {"source": source}
    left_off = writer.con.execute(sql("left_off"), asked).fetchone()
    lists = dict(writer.con.execute(sql("lists_known"), asked).fetchall())
    raised = frozenset(cause for (cause,) in writer.con.execute(sql("alarms_raised"), asked).fetchall())
    held = {ref: Holding(*told) for ref, *told in writer.con.execute(sql("lists_held"), asked).fetchall()}
    mark = Watermark.from_json(json.loads(left_off[0]) if left_off else {})
    return Known(mark, lists, raised, held, visits_so_far(writer, source))


def _rows(run: Run, before: Known, found: Discovered) -> dict[str, list[Row]]:
    rows: dict[str, list[Row]] = {}
    who = {"run_id": run.run_id, "source": run.source}
    if found.watermark != before.watermark:
        rows["source_state"] = [who | {"watermark": json.dumps(found.watermark.to_json(), sort_keys=True)}]
    changed = [page for page in found.pages if before.lists.get(page.url) != page.digest]
    rows["listings"] = [
        who
        | {"url": page.url, "items": page.items, "content_sha256": page.digest}
        | {"newest": _day(page.newest), "oldest": _day(page.oldest)}
        for page in changed
    ]
    trouble = {f"list incomplete: {found.failure}": found.failure} if found.failure else {}
    trouble |= {alarm: alarm for alarm in found.alarms}
    told = {"observed_at": rfc3339(run.run_at)}
    rows["alarms"] = [
        who | told | {"cause": cause, "state": "raised", "reason": reason}
        for cause, reason in trouble.items()
        if cause not in before.raised
    ]
    rows["alarms"] += [
        who | told | {"cause": cause, "state": "cleared", "reason": "no longer so"}
        for cause in sorted(before.raised - set(trouble))
    ]
    return {table: found_rows for table, found_rows in rows.items() if found_rows}


def _day(day: Any) -> str | None:
    return day.isoformat() if day else None
