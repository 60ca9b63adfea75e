"""The critical section: everything that reads and writes the writer's database, one process at a time.

Whoever holds the lock first makes good what a dead run left behind: unfinished raw files, a sealed
journal that was never committed, batches that wait in staging. Then it goes on with its own.
"""

import logging
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
from pydantic_core import to_json

from sources.capture import OUTCOMES, Outcome, rfc3339
from sources.errors import DamagedArchive, NeedsRoom
from warehouse.connection import LOADING, attached, log_of, set_aside, with_room
from warehouse.home import Home
from warehouse.loading import load
from warehouse.lock import held
from warehouse.migrations import migrate
from warehouse.naming import take_up
from warehouse.resolution.lookalikes import refill_bands
from warehouse.resolution.resolving import resolve
from warehouse.staging import Batch, staged, unstage
from warehouse.vault.journal import Journal, read_journal, write_journal
from warehouse.vault.manifest import since
from warehouse.vault.salvage import recover

Clock = Callable[[], datetime]
logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Writer:
    """The open database of a process that holds the writer's lock."""

    home: Home
    con: duckdb.DuckDBPyConnection
    now: Clock
    relating: bool = True
    afterwards: list[Callable[[Home], None]] = field(default_factory=list)  # for the closed database, still locked
    loaded: list[str] = field(default_factory=list)  # batches that are not checked in yet

    def drain(self, fresh: Iterable[Batch] = ()) -> None:
        """Decides and loads every staged batch, oldest first.

        `fresh` spares reading back what was staged a moment ago.
        """
        at_hand = {batch.batch_id: batch for batch in fresh}
        for path in staged(self.home):
            self.load_batch(at_hand.get(path.stem) or unstage(path), path)

    def load_batch(self, batch: Batch, path: Path) -> None:
        """Resolve and load one batch; its staging file goes when its decisions are committed."""
        if not self._loaded(batch.batch_id):
            decided = resolve(self.con, batch, relating=self.relating)
            self.commit(batch, decided.rows, decided.counts)
        path.unlink()

    def commit(self, batch: Batch, rows: Mapping[str, list[dict[str, Any]]], counts: Mapping[Outcome, int]) -> None:
        """Seals the decisions of a batch as a journal, then loads them."""
        told = {
            "batch_id": batch.batch_id,
            "run_id": batch.run_id,
            "source": batch.source,
            "run_at": batch.run_at,
            "flow": batch.flow,
            "counts": to_json({name: counts[name] for name in OUTCOMES if counts.get(name)}).decode(),
        }
        journal = Journal(batch.batch_id, batch.run_id, batch.source, self.now(), {**rows, "batches": [told]})
        write_journal(self.home, journal, written_at=journal.written_at)
        self.load_journals({batch.batch_id: journal})

    def load_journals(self, fresh: Mapping[str, Journal] | None = None) -> None:
        """Loads every sealed journal that the database lacks, in the order of the manifest.

        `fresh` spares reading back what was sealed a moment ago.
        """
        newest = self.con.execute("SELECT coalesce(max(batch_no), 0) FROM kept.batches").fetchone()
        for line in since(self.home, newest[0] if newest else 0):
            if line.kind == "journal":
                name = Path(line.path).name.removesuffix(".warc.gz")
                journal = (fresh or {}).get(name) or read_journal(self.home, line.path)
                load(self.con, journal, batch_no=line.n, path=line.path)
                self.loaded.append(name)

    def counts_of(self, run_id: str) -> Counter[Outcome]:
        """Outcomes of a run's loaded batches."""
        total: Counter[Outcome] = Counter()
        query = (
            "SELECT c.key, sum(CAST(c.value AS BIGINT)) FROM kept.batches, json_each(counts) AS c"
            " WHERE run_id = ? GROUP BY 1"
        )
        for outcome, count in self.con.execute(query, [run_id]).fetchall():
            total[outcome] += int(count)
        return total

    def close_run(
        self,
        run_id: str,
        source: str,
        flow: str,
        run_at: datetime,
        total: Counter[Outcome],
        versions: Mapping[str, Any],
        others: Mapping[str, list[dict[str, Any]]],
        asked: str | None = None,
    ) -> None:
        """Writes the one row a run leaves even when nothing was new, and what else it leaves behind (`others`).

        `asked` are its requests by host and day, as JSON.
        """
        row: dict[str, Any] = {name: total[name] for name in OUTCOMES}
        row |= {"run_id": run_id, "source": source, "flow": flow, "run_at": rfc3339(run_at)}
        row |= {"finished_at": rfc3339(self.now()), "listed": total.total(), "parsers": to_json(versions).decode()}
        row["asked"] = asked
        batch = Batch(f"{run_id}-end", run_id, source, flow, rfc3339(run_at), None, ())
        self.commit(batch, {"runs": [row], **others}, {})

    def _loaded(self, batch_id: str) -> bool:
        return self.con.execute("SELECT 1 FROM kept.batches WHERE batch_id = ?", [batch_id]).fetchone() is not None


@contextmanager
def writing(
    home: Home,
    *,
    now: Clock,
    wait: float,
    repair: bool = False,
    relating: bool = True,
    then: Callable[[Home], None] | None = None,
) -> Iterator[Writer]:
    """Holds the writer's lock with the database open and up to date; checkpoints on the way out.

    :param wait: seconds to wait for another writer before `LockBusy`.
    :param repair: also look through the raw files for what a dead run left open or unlisted.
    :param relating: also compare new texts with all others, for what joins their releases, and find who they name.
    :param then: what to do with the closed database while the lock is still held.
    :raises DamagedArchive: when the database cannot be read back; it was set aside, so running again makes it anew.
    """
    home.root.mkdir(parents=True, exist_ok=True)
    with held(home.lock, wait=wait):
        home.staging.mkdir(exist_ok=True)
        if repair:
            recover(home, now=now())
            _replace_damaged(home, now)
        afterwards = [then] if then else []
        try:
            with _opened(home, now, relating, afterwards) as writer:
                yield writer
            for act in afterwards:
                act(home)
        except DamagedArchive as error:
            aside = set_aside(home.warehouse, now())
            raise DamagedArchive(f"{error}; it was set aside as {aside}") from error


@contextmanager
def _opened(home: Home, now: Clock, relating: bool, afterwards: list[Callable[[Home], None]]) -> Iterator[Writer]:
    is_used = False
    try:
        with attached(home.warehouse, memory_limit=LOADING) as con:
            migrate(con, now=now())
            refill_bands(con)
            writer = Writer(home, con, now, relating, afterwards)
            writer.load_journals()
            yield writer
            is_used = True
            pa.default_memory_pool().release_unused()  # what the batches no longer need, before DuckDB needs most
            if afterwards and relating:  # about to be published
                take_up(con)
            _check_in(home, con)
    except NeedsRoom:
        if not is_used:
            raise
        with_room(partial(_opened_to_check_in, home))


def _check_in(home: Home, con: duckdb.DuckDBPyConnection) -> None:
    if log_of(home.warehouse).exists():  # who only looked something up left nothing to check in
        con.execute("CHECKPOINT archive")


def _opened_to_check_in(home: Home) -> None:
    # What was committed lies in the log, whatever the memory was too small for.
    with attached(home.warehouse, memory_limit=LOADING) as con:
        _check_in(home, con)


def _replace_damaged(home: Home, now: Clock) -> None:
    """Sets a database aside that cannot be opened, or a log without one; the journals then make it again."""
    if not home.warehouse.exists():
        set_aside(home.warehouse, now())
        return
    try:
        with attached(home.warehouse):
            return
    except DamagedArchive as error:
        aside = set_aside(home.warehouse, now())
        logger.warning("%s; it was set aside as %s and is being made again from raw", error, aside)
