"""Reparse, without an orchestrator: preserved captures read by today's parsers and held against what stands.

Raw files come in the order they were sealed; while the reading processes read some batches, the next come from disk
and an earlier one is compared. What differs is gathered until it is worth a batch of its own.
"""

import secrets
from collections import Counter, deque
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from functools import partial
from operator import is_
from typing import Any

from pydantic_core import to_json

from flows.demands import as_demanded
from flows.garbage import collecting_seldom
from flows.impact import Impact
from flows.rereading_batches import Gathered, Some
from flows.run import STARTED, source_lock
from flows.settings import Settings
from parsers.answers import Answer
from parsers.registry import parser_versions
from parsers.workers import Readers
from sources.capture import Capture, rfc3339
from sources.config import Source
from sources.errors import VaultError
from warehouse.connection import sql
from warehouse.home import Home
from warehouse.lock import held
from warehouse.publishing import publish
from warehouse.resolution.new_readings import new_readings
from warehouse.resolution.rereading import Reread, reread
from warehouse.sitting import Sitting
from warehouse.staging import EVIDENCE, Batch, batch_id
from warehouse.vault.manifest import Line, lines
from warehouse.vault.warc import captures_in
from warehouse.writing import Writer, writing

READ_AHEAD = 5  # batches with the reading processes, so that they have work while what differs is loaded
FLOW = "reparse"


@dataclass(frozen=True, slots=True)
class Scope:
    """What is read again: captures of a source, of readings by these parsers, taken on or after `since` and before
    `until` (days in UTC). `everything` adds a reading also where only parser, rules or evidence differ.
    """

    source: str | None = None
    parsers: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    everything: bool = False

    def told(self) -> str:
        """The scope with today's parsers, so that a reparse that died is told from another."""
        asked = {name: getattr(self, name) for name in self.__dataclass_fields__}
        return to_json(asked | {"today": parser_versions()}).decode()

    def has(self, capture: Capture) -> bool:
        """Whether a capture is asked for, its parser aside."""
        if capture.ref.startswith(EVIDENCE):
            return False
        since, until = (datetime.combine(day, time(), UTC) if day else None for day in (self.since, self.until))
        at = capture.captured_at
        return (since is None or at >= since) and (until is None or at < until)


@dataclass(slots=True)
class Reparse:
    """One reparse: its settings and clock, and what it has found so far. Nothing is written on a dry run."""

    settings: Settings
    scope: Scope
    now: Callable[[], datetime]
    dry_run: bool = False
    seen: Callable[[int], None] = lambda _: None
    impact: Impact = field(default_factory=Impact)
    run_id: str = ""
    _number: int = 0
    _since_mark: Counter[str] = field(default_factory=Counter)
    _gathered: Gathered = field(default_factory=Gathered)
    _sources: Mapping[str, Source] = field(default_factory=dict)
    _sitting: Sitting = field(default_factory=Sitting)

    def __post_init__(self) -> None:
        self.run_id = self.run_id or f"{self.now().strftime(STARTED)}-{secrets.token_hex(3)}"

    def run(self) -> Impact:
        """Reads again all that is asked for. One that died is taken up where it was; returns what this one found.

        :raises LockBusy: while another reparse goes on.
        """
        home, self._sources = self.settings.place, self.settings.sources()
        home.staging.mkdir(parents=True, exist_ok=True)
        lock = held(source_lock(home, FLOW), wait=self.settings.lock_wait_seconds)
        with lock, Readers(self.settings.workers, outlined=True) as readers, collecting_seldom(), self._sitting:
            files = self._begin()
            in_reading: deque[Some] = deque()
            for some in self._batches(files):
                some.pending = readers.submit(some.captures) if some.captures else None
                in_reading.append(some)
                if len(in_reading) > READ_AHEAD:
                    self._settle(in_reading.popleft())
            for some in in_reading:
                self._settle(some)
            self._end()
        return self.impact

    def _writing(self, *, then: Callable[[Home], None] | None = None) -> AbstractContextManager[Writer]:
        settings = self.settings
        wait, relating = settings.lock_wait_seconds, settings.relations
        section = partial(writing, settings.place, now=self.now, wait=wait, relating=relating)
        return self._sitting.use(section, then=then)

    def _begin(self) -> list[Line]:
        """The raw files to go through, those left out that a reparse of this kind had done when it died."""
        with self._writing() as writer:
            done = writer.con.execute(sql("resolution/reparsed_files"), {"scope": self.scope.told()}).fetchall()
        left_out = set() if self.dry_run else {path for (path,) in done}
        of_source = f"{self.scope.source}/" if self.scope.source else ""
        listed = (line for line in lines(self.settings.place) if line.kind == "captures")
        return [line for line in listed if line.path.startswith(of_source) and line.path not in left_out]

    def _batches(self, files: list[Line]) -> Iterator[Some]:
        some = Some()
        for line in files:
            taken = 0
            try:
                for capture in self._wanted(line):
                    some.captures.append(capture)
                    some.size += len(capture.body)
                    taken += 1
                    if some.is_full():
                        yield some
                        some = Some()
            except (VaultError, OSError) as error:
                self.impact.damaged.append(str(error))
                continue
            some.ended.append((line.path, taken))
            if some.is_full():
                yield some
                some = Some()
        yield some

    def _wanted(self, line: Line) -> Iterator[Capture]:
        found = (capture for _, capture in captures_in(self.settings.place.raw / line.path) if self.scope.has(capture))
        if not self.scope.parsers:
            yield from found
            return
        asked = {"path": line.path, "parsers": list(self.scope.parsers)}
        with self._writing() as writer:
            inputs = {name for (name,) in writer.con.execute(sql("resolution/reread_wanted"), asked).fetchall()}
        if inputs:
            yield from (capture for capture in found if capture.input_sha256 in inputs)

    def _settle(self, some: Some) -> None:
        if some.pending:
            self._sitting.leave_unless(some.pending.is_done)
        answers = some.pending.answers() if some.pending else ()
        read = [self._judged(capture, answer) for capture, answer in zip(some.captures, answers, strict=True)]
        with self._writing() as writer:
            found = reread(writer.con, read, grounds=self.scope.everything)
            self.impact.take(found, partial(_body, writer))
            self._gathered.take(some, found.compared)
            self._since_mark["rejected"] += len(found.rejected)
            if self._gathered.is_full():
                self._load(writer)
        self.impact.files += len(some.ended)
        self.impact.pages += len(read)
        self.seen(len(read))

    def _judged(self, capture: Capture, answer: Answer) -> Reread:
        source = self._sources.get(capture.source)
        if source and source.expects.required:
            read = answer.readings()
            judged = as_demanded(source, read)
            answer = answer if all(map(is_, judged, read)) else Answer.of(judged)
        return Reread(capture.input_sha256, capture.ref, answer.outlines(), answer.readings)

    def _load(self, writer: Writer) -> None:
        gathered, self._gathered = self._gathered, Gathered()
        relating = self.settings.relations and not self.dry_run
        added = new_readings(writer.con, list(gathered.changed.values()), relating=relating)
        self.impact.take_conflicts(added.conflicts)
        if self.dry_run:
            return
        self._since_mark["changed"] += len(gathered.changed)
        if gathered.ended:
            added.rows["reparsed"] = [self._mark(path, pages) for path, pages in gathered.ended]
        if added.rows:
            self._commit(writer, added.rows)

    def _end(self) -> None:
        with self._writing(then=None if self.dry_run else publish) as writer:
            self._load(writer)
            if not self.dry_run:
                self._commit(writer, {"reparsed": [self._mark(None, 0)]})

    def _mark(self, path: str | None, pages: int) -> dict[str, Any]:
        counted, self._since_mark = self._since_mark, Counter()
        told = {"run_id": self.run_id, "scope": self.scope.told(), "path": path, "pages": pages}
        told |= {"changed": counted["changed"], "rejected": counted["rejected"]}
        return told | {"observed_at": rfc3339(self.now())}

    def _commit(self, writer: Writer, rows: dict[str, list[dict[str, Any]]]) -> None:
        self._number += 1
        name, begun = batch_id(self.run_id, self._number), rfc3339(self.now())
        batch = Batch(name, self.run_id, self.scope.source or FLOW, FLOW, begun, None, ())
        writer.commit(batch, rows, Counter())


def _body(writer: Writer, reading_no: int) -> str:
    found = writer.con.execute(sql("resolution/body_of"), {"reading_no": reading_no}).fetchall()
    return str(found[0][0]) if found else ""
