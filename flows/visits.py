"""A visit to a source of the web: its lists read politely, and what was noticed on the way.

Lists are captures like any other and lie in the vault. Where the source was left off, what its lists
looked like and what was odd about them is written when the run closes, with the data it describes.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any

from flows.courtesy import Tally
from flows.holdings import conditional
from flows.last_time import LastTime, last_time
from flows.left_behind import LIST_FAILED, Notes, begin_notes
from flows.numbering import numbering_changed
from flows.presence import list_changes
from flows.run import Run
from sources.answers import answer_of, put_aside
from sources.candidate import Candidate
from sources.capture import Capture, rfc3339
from sources.config import Source
from sources.discovery.discovered import Chain, Discovered
from sources.discovery.kinds import discover
from sources.discovery.page import NoPage, Page
from sources.discovery.stamps import local_day
from sources.discovery.watermark import Watermark
from sources.discovery.window import Window
from sources.expectations import shortfall, silence
from sources.guard import Guard
from sources.redaction import Redaction, redaction
from sources.suspicion import impostor
from sources.web import Failure, NotModified, Web, WebRequest, fetch_web, open_web
from warehouse.staging import LIST, LISTS, Batch, batch_id, entry_list, raw_file_row, stage
from warehouse.vault.warc import preserve

Row = dict[str, Any]


@dataclass(slots=True)
class Lists:
    """The lists of a source as they are asked for; `fresh` are captures worth keeping, by ref."""

    run: Run
    before: LastTime
    web: Web
    source: Source
    veil: Redaction
    fresh: dict[str, Capture] = field(default_factory=dict)
    tally: Tally = field(default_factory=Tally)

    def get(self, url: str) -> Page | NoPage:
        """One page, asked for conditionally while we hold it; what is a wall or a notice is none."""
        ref = f"{LIST}{self.veil.text(url)}"
        holding = self.before.held.get(ref)
        held = holding.capture(self.run.home) if holding and not self.before.in_full else None
        request = WebRequest(self.veil.reveal(url), self.run.source, ref, url, pace=self.source.pace)
        answer = self.veil.answer(fetch_web(self._conditional(request, held), self.web))
        self.tally.count(answer.exchanges)
        if isinstance(answer, NotModified):
            answer = held or Failure(request, "failed", "not_modified", "not modified, though we hold nothing")
        if isinstance(answer, Failure):
            self._keep(ref, answer_of(answer, self.web.visitor.limits))
            return NoPage(url, answer.reason, answer.status)
        if reason := impostor(answer):
            self._keep(ref, put_aside(answer, reason))
            return NoPage(url, reason, answer.status)
        if holding is None or holding.content_sha256 != answer.content_sha256:
            self.fresh[ref] = answer
        return Page(answer.final_url or url, answer.status or 0, answer.body, answer.media_type, answer.charset)

    def _conditional(self, request: WebRequest, held: Capture | None) -> WebRequest:
        request = conditional(request, held)
        return replace(request, held_at=self.veil.reveal(request.held_at)) if request.held_at else request

    def _keep(self, ref: str, evidence: Capture | None) -> None:
        if evidence is not None and self.before.wants(ref, evidence.status or 0):
            self.fresh[evidence.ref] = evidence


def visit_lists(run: Run) -> tuple[Candidate, ...]:
    """The candidates that the source's lists name now; the lists themselves go into the vault.

    What the visit leaves behind waits in staging until the run closes.
    """
    with run.writing() as writer:
        before = last_time(writer, run.source)
        numbering = numbering_changed(run, writer)
    with the_web(run) as web:
        lists, found = read_lists(run, before, web)
    preserve_lists(run, tuple(lists.fresh.values()))
    short = _short(before, found)
    rows, trouble = _rows(run, before, found, short) | numbering, _trouble(run, found, short)
    told = Notes(run.run_id, rows, sorted(before.raised), trouble, asked=lists.tally.rows())
    told.clears = _window(run) is None
    begin_notes(run, told, lists.veil)
    return tuple(veiled(one, lists.veil) for one in found.candidates)


def veiled(one: Candidate, veil: Redaction) -> Candidate:
    """A candidate whose names carry no secret; its address is the one to ask for."""
    page = veil.text(one.hints.page_url) if one.hints.page_url else None
    hints = replace(one.hints, page_url=page)
    return replace(one, ref=veil.text(one.ref), name=veil.text(one.name), hints=hints)


def read_lists(run: Run, before: LastTime, web: Web) -> tuple[Lists, Discovered]:
    """Reads the lists of the run's source from where it was left off, or over the days of a backfill.

    What is read of them never sees the secrets in their addresses.
    """
    source = run.settings.sources()[run.source]
    veil = redaction(source.addresses, source.secret_parameters)
    veiled = source.model_copy(update={"urls": tuple(veil.text(url) for url in source.urls)})
    lists = Lists(run, before, web, source, veil)
    return lists, discover(veiled, before.watermark, lists.get, now=run.run_at, window=_window(run))


@contextmanager
def the_web(run: Run) -> Iterator[Web]:
    """The web as this run may visit it, with the operator's contact and exceptions; it keeps no database open."""
    run.leave()
    web = open_web(
        run.home.root / "hosts",
        contact=run.settings.contact,
        guard=Guard(allowed=run.settings.allowed()),
        now=run.now,
        sleep=run.sleep,
    )
    try:
        yield web
    finally:
        web.close()


def _window(run: Run) -> Window | None:
    return Window(run.since, run.until) if run.since and run.until else None


def preserve_lists(run: Run, captures: Sequence[Capture]) -> None:
    """Seals and stages the pages of a source's lists."""
    keep_evidence(run, LISTS, captures)


def keep_evidence(run: Run, number: int, captures: Sequence[Capture]) -> None:
    """Seals and stages captures that are kept and not read as releases, such as pages of lists.

    :param number: of the batch within the run.
    """
    if not captures:
        return
    sealed = preserve(run.home, captures, source=run.source, run_id=run.run_id, number=number, written_at=run.run_at)
    offsets = {kept.ref: kept.offset for kept in sealed.kept}
    entries = tuple(entry_list(one, sealed.path, offsets[one.ref]) for one in captures)
    name, row = batch_id(run.run_id, number), raw_file_row(sealed)
    stage(run.home, Batch(name, run.run_id, run.source, run.flow, rfc3339(run.run_at), row, entries))


def _short(before: LastTime, found: Discovered) -> dict[str, str]:
    """The lists that are too short to be believed, by the address that names them in the watermark."""
    short = {}
    for chain in found.chains:
        for page in chain.pages:
            if reason := shortfall(page.items, before.counted.get(page.url, ())):
                short[chain.address] = f"{page.url}: {reason}"
    return short


def _is_stale(before: LastTime, chain: Chain) -> bool:
    """Whether a list shows an older state than last time, so that it says nothing of what is not on it."""
    known = before.watermark.newest.get(chain.address)
    days = [item.day for item in chain.items if item.day]
    return known is not None and chain.read_to is None and bool(days) and max(days) < known


def _trouble(run: Run, found: Discovered, short: Mapping[str, str]) -> dict[str, str]:
    """What is odd about the lists, from cause to reason. A cause has no figures, so that it stays the same alarm."""
    trouble = {f"{LIST_FAILED}{found.failure}": found.failure} if found.failure else {}
    trouble |= {alarm: alarm for alarm in found.alarms}
    trouble |= {f"short list: {address}": reason for address, reason in short.items()}
    source = run.settings.sources()[run.source]
    today = local_day(run.run_at, source.zone or "UTC")
    if not _window(run) and (reason := silence(found.newest, today, source.expects.per_day)):
        trouble["silence"] = reason
    return trouble


def _rows(run: Run, before: LastTime, found: Discovered, short: Mapping[str, str]) -> dict[str, list[Row]]:
    rows: dict[str, list[Row]] = {}
    who = {"run_id": run.run_id, "source": run.source}
    mark = _believed(before.watermark, found.watermark, short)
    if mark != before.watermark:
        rows["source_state"] = [who | {"watermark": json.dumps(mark.to_json(), sort_keys=True)}]
    changed = [page for page in found.pages if before.lists.get(page.url) != page.digest]
    rows["listings"] = [
        who
        | {"url": page.url, "items": page.items, "content_sha256": page.digest}
        | {"newest": _day(page.newest), "oldest": _day(page.oldest)}
        for page in changed
    ]
    if not _window(run):
        chains = tuple(one for one in found.chains if one.address not in short and not _is_stale(before, one))
        seen = who | {"observed_at": rfc3339(run.run_at)}
        rows["candidates_seen"] = [seen | row for row in list_changes(before.in_lists, replace(found, chains=chains))]
    return {table: found_rows for table, found_rows in rows.items() if found_rows}


def _believed(before: Watermark, found: Watermark, short: Mapping[str, str]) -> Watermark:
    """Where the source is left off: lists that are not believed stay where they were."""
    newest = {address: day for address, day in found.newest.items() if address not in short}
    return replace(found, newest=newest | {one: before.newest[one] for one in short if one in before.newest})


def _day(day: Any) -> str | None:
    return day.isoformat() if day else None
