"""The lists of windows: asked for, or taken from the vault where a run that died has had them a short while ago.

What could not be asked is told apart from what was answered and does not name these days any more.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any

from flows.holdings import Holding
from flows.run import Run
from flows.visits import Lists, veiled
from flows.windows import Planned, State
from sources.candidate import Candidate
from sources.capture import rfc3339
from sources.discovery.discovered import Discovered
from sources.discovery.kinds import discover
from sources.discovery.page import NoPage, Page, is_gone
from sources.discovery.stamps import local_day
from sources.redaction import Redaction
from warehouse.connection import sql
from warehouse.writing import Writer

FRESH = timedelta(days=1)
"""A list that a dead run has read is not asked for again for so long."""


@dataclass(frozen=True, slots=True)
class Named:
    """What the lists of a window name, and the trouble with them: `state` is None where there is none.

    `rows` describe those of their pages that look different from last time.
    """

    planned: Planned
    candidates: tuple[Candidate, ...]
    state: State | None = None
    reason: str = ""
    listed_from: date | None = None
    rows: tuple[dict[str, Any], ...] = ()


@dataclass(slots=True)
class WindowLists:
    """The lists of one source, window by window. `had` are pages that a dead run read, by ref."""

    lists: Lists
    had: Mapping[str, Holding] = field(default_factory=dict)
    refused: list[NoPage] = field(default_factory=list)

    def read(self, planned: Planned) -> Named:
        """What the lists name for one window."""
        run, source, veil = self.lists.run, self.lists.source, self.lists.veil
        bare = source.model_copy(update={"urls": tuple(veil.text(url) for url in source.urls)})
        self.refused = []
        waits = planned.waits_since is not None

        def get(url: str) -> Page | NoPage:
            return (self._had(url) if waits else None) or self._get(url)

        found = discover(bare, self.lists.before.watermark, get, now=run.now(), window=planned.window)
        state, reason = self._trouble(found)
        if state is None and planned.window.last >= local_day(run.now(), source.zone or "UTC"):
            state, reason = "partial", "its last day is not over yet"
        reaches = found.oldest if state == "gap" and found.oldest and found.oldest > planned.window.start else None
        candidates = tuple(veiled(one, veil) for one in found.candidates)
        return Named(planned, candidates, state, veil.text(reason), reaches, tuple(self._changed(found, veil)))

    def _get(self, url: str) -> Page | NoPage:
        answer = self.lists.get(url)
        if isinstance(answer, NoPage):
            self.refused.append(answer)
        return answer

    def _had(self, url: str) -> Page | None:
        holding = self.had.get(f"list:{self.lists.veil.text(url)}")
        page = holding.capture(self.lists.run.home) if holding else None
        if page is None:
            return None
        return Page(page.final_url or url, page.status or 0, page.body, page.media_type, page.charset)

    def _trouble(self, found: Discovered) -> tuple[State | None, str]:
        if found.failure is None:
            return None, ""
        unasked = [one for one in self.refused if not is_gone(one)]
        return ("failed" if unasked else "gap"), found.failure

    def _changed(self, found: Discovered, veil: Redaction) -> Iterable[dict[str, Any]]:
        who = {"run_id": self.lists.run.run_id, "source": self.lists.run.source}
        for page in found.pages:
            if self.lists.before.lists.get(page.url) != page.digest:
                days = {"newest": _told(page.newest), "oldest": _told(page.oldest)}
                url = veil.text(page.url)
                yield who | days | {"url": url, "items": page.items, "content_sha256": page.digest}


def had_by_the_dead(run: Run, writer: Writer, plan: Iterable[Planned]) -> dict[str, Holding]:
    """The pages of lists that were read since the waiting windows were planned, if that is not too long ago."""
    waiting = [one.waits_since for one in plan if one.waits_since is not None]
    if not waiting:
        return {}
    since: datetime = max(min(waiting), run.now() - FRESH)
    asked = {"source": run.source, "since": rfc3339(since)}
    return {ref: Holding(*where) for ref, *where in writer.con.execute(sql("lists_since"), asked).fetchall()}


def in_order(named: Named, *, oldest_first: bool) -> Named:
    """The candidates of a window with the oldest in front, where that is wanted; lists show the newest first."""
    return replace(named, candidates=named.candidates[::-1]) if oldest_first else named


def _told(day: date | None) -> str | None:
    return day.isoformat() if day else None
