"""One run: what it visits, under which id, and the lock that keeps a source to one run at a time."""

import secrets
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import Literal

from flows.settings import Settings
from sources.errors import ConfigError
from warehouse.home import Home
from warehouse.lock import held
from warehouse.sitting import Sitting
from warehouse.writing import Writer, writing

Flow = Literal["ingest", "backfill", "replay", "revisit"]
STARTED = "%Y%m%dT%H%M%SZ"


@dataclass(frozen=True, slots=True)
class Run:
    """One execution over one source, with one timestamp shared by all it writes.

    `inbox` is the folder to read; it is None when `manifest` names the rows to load instead, and both are None
    when the source lies on the web. `since` and `until` bound the days of a backfill, half-open. `revisit` asks
    again for every page listed, also for those that were read before; `budget` is how many pages of each host are
    asked again because they are due (None: as the source or the settings say). `sleep` waits for hosts.
    `sitting` keeps the database open from one use to the next, for a run that has it to itself for a while.
    """

    settings: Settings
    source: str
    flow: Flow
    run_id: str
    run_at: datetime
    now: Callable[[], datetime]
    inbox: Path | None = None
    manifest: Path | None = None
    since: date | None = None
    until: date | None = None
    revisit: bool = False
    budget: int | None = None
    sleep: Callable[[float], None] = time.sleep
    sitting: Sitting | None = None

    @property
    def is_web(self) -> bool:
        """Whether it visits the web rather than files."""
        return self.inbox is None and self.manifest is None

    @property
    def home(self) -> Home:
        """The data folder."""
        return self.settings.place

    def writing(
        self, *, repair: bool = False, then: Callable[[Home], None] | None = None
    ) -> AbstractContextManager[Writer]:
        """The writer's lock and database, by this run's clock and settings; see `warehouse.writing`.

        While the run sits, what was opened stays open for the next use.
        """
        settings = self.settings
        section = partial(
            writing,
            self.home,
            now=self.now,
            wait=settings.lock_wait_seconds,
            repair=repair,
            relating=settings.relations,
        )
        return self.sitting.use(section, then=then) if self.sitting else section(then=then)

    def leave(self) -> None:
        """Lets others have the database: who is about to wait for a site or a reader does not keep it."""
        if self.sitting:
            self.sitting.leave()

    def leave_unless(self, done: Callable[[float], bool]) -> None:
        """The same, unless what is waited for comes soon; see `warehouse.sitting`."""
        if self.sitting:
            self.sitting.leave_unless(done)


def open_run(
    settings: Settings,
    source: str,
    *,
    flow: Flow,
    now: Callable[[], datetime],
    inbox: Path | None = None,
    manifest: Path | None = None,
    since: date | None = None,
    until: date | None = None,
    revisit: bool = False,
    budget: int | None = None,
    run_id: str | None = None,
    sleep: Callable[[float], None] = time.sleep,
) -> Run:
    """Starts a run, or takes one up again under its id.

    :raises ConfigError: for a source nobody configured.
    """
    known = settings.sources()
    if source not in known:
        raise ConfigError(f"no source {source!r}; known are {', '.join(known)}")
    is_web = known[source].kind != "folder"
    if is_web and (inbox or manifest):
        raise ConfigError(f"{source} lies on the web: --inbox and --manifest are for folders")
    folder = None if is_web else inbox or settings.project / (known[source].path or "")
    run_id = run_id or f"{now().strftime(STARTED)}-{secrets.token_hex(3)}"
    run_at = started(run_id)
    read = None if manifest else folder
    days = (since, until)
    return Run(settings, source, flow, run_id, run_at, now, read, manifest, *days, revisit, budget, sleep)


def started(run_id: str) -> datetime:
    """When the run of that id began, to the second."""
    return datetime.strptime(run_id.partition("-")[0], STARTED).replace(tzinfo=UTC)


def source_lock(home: Home, source: str) -> Path:
    """The file that a run of `source` holds for as long as it lives."""
    return home.staging / f"{source}.lock"


@contextmanager
def alone(run: Run, *, wait: float | None = None) -> Iterator[None]:
    """Keeps every other run of the same source out.

    :param wait: seconds to wait for one that is going, else `lock_wait_seconds`.
    :raises LockBusy: when it is still going then.
    """
    patience = run.settings.lock_wait_seconds if wait is None else wait
    with held(source_lock(run.home, run.source), wait=patience):
        yield
