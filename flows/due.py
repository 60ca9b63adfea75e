"""Which pages are asked again, and when: soon and often while a release is young, then rarely and by sample.

Nothing is planned ahead. What is due follows from what the archive holds: when a page was first met, when it was asked
for last and how it answered then. Runs that were missed collapse into one, because only the newest step counts.
"""

import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from itertools import groupby
from operator import attrgetter

from flows.arrivals import Again, Answer
from flows.left_behind import OF_PAGES, Notes, begin_notes, lists_failed
from flows.run import Run
from flows.visits import visit_lists
from sources.candidate import Candidate
from sources.redaction import STAND_IN, redaction
from warehouse.connection import sql
from warehouse.resolution.known import rows
from warehouse.writing import Writer

_MINUTE, _HOUR, _DAY = 60, 3_600, 86_400
AGES: Mapping[int, str] = {
    15 * _MINUTE: "15 min",
    _HOUR: "1 h",
    3 * _HOUR: "3 h",
    12 * _HOUR: "12 h",
    3 * _DAY: "3 d",
    7 * _DAY: "7 d",
    30 * _DAY: "30 d",
    90 * _DAY: "90 d",
}
"""Seconds since a page was first met at which it is asked again; half of all edits come within an hour and a half."""
ABSENT = (12 * _HOUR, 2 * _DAY, 3 * _DAY, 7 * _DAY, 30 * _DAY, 90 * _DAY)
"""Seconds since a page was first found gone at which it is asked again: the first two can confirm that it is."""
YOUNG = 3 * _DAY
YEAR, SAMPLE = 365 * _DAY, 10
"""After the last step a page is asked for once in so many years, another part of them each year."""
HOSTS = 16
"""Hosts of one source whose budgets are looked through; pages of more wait for the next run."""
STILL_THERE = "still there"
"""The step of a page asked only to tell pages that are gone from a site that is."""
ALL_DUE = sys.maxsize
_NAMED = {str(seconds): name for seconds, name in AGES.items()} | {
    str(seconds): f"gone for {AGES.get(seconds, '2 d')}" for seconds in ABSENT if seconds not in AGES
}


@dataclass(frozen=True, slots=True)
class Page:
    """A page that was read before. `step` says why it is due, None that it is not; `is_there` that it stood there the
    last time and is the one most lately seen of its host."""

    candidate: Candidate
    host: str
    answer: Answer
    step: str | None
    is_there: bool


@dataclass(frozen=True, slots=True)
class Plan:
    """What is known of pages read before that matters now, by ref; the due ones come first, the most urgent leading."""

    pages: Mapping[str, Page] = field(default_factory=dict)

    def again(self, ref: str) -> Again | None:
        """What is known of a candidate; None where it is to be treated as one that never was asked again."""
        page = self.pages.get(ref)
        return Again(page.step, page.answer) if page else None

    def due(self, listed: Set[str]) -> Iterator[Candidate]:
        """The pages that are due and stand in no list."""
        return (page.candidate for ref, page in self.pages.items() if page.step and ref not in listed)


def to_visit(run: Run) -> tuple[Iterator[Candidate], Plan]:
    """What a run asks for: what its source's lists name, and the pages that are due to be asked again.

    A run of the flow `revisit` reads no lists; a backfill asks for nothing again, and neither does a run that asks
    again for all that is listed anyway.
    """
    if run.flow == "revisit":
        listed: tuple[Candidate, ...] = ()
        _note_open_alarms(run)
    else:
        listed = visit_lists(run)
    if run.flow not in ("ingest", "revisit") or run.since or run.until:
        return iter(listed), Plan()
    plan = plan_of(run)
    beside = () if run.revisit else plan.due({one.ref for one in listed})
    return _numbered(listed, beside), plan


def plan_of(run: Run) -> Plan:
    """The pages that are due, within the budget for each host, and those that wait for another try.

    Where all that are due were gone the last time, or the lists cannot vouch for the site, a page that stood there is
    asked with them.
    """
    with run.writing() as writer:
        found = _known(run, writer)
    vouched = vouch_for_site(run, run.run_id)
    due = [page for page in found if page.step]
    there = {page.host: page for page in found if page.is_there}
    checked = [
        replace(there[host], step=STILL_THERE)
        for host, pages in groupby(sorted(due, key=attrgetter("host")), attrgetter("host"))
        if host in there and (all(one.answer == "absent" for one in pages) or not vouched)
    ]
    waiting = [page for page in found if page.answer in ("absent", "failed") and not page.step]
    return Plan({page.candidate.ref: page for page in (*due, *checked, *waiting)})


def vouch_for_site(run: Run, run_id: str) -> bool:
    """Whether the lists of the run of that id are known to have come, so that its site stood."""
    return run.flow == "ingest" and run_id == run.run_id and not lists_failed(run)


def _known(run: Run, writer: Writer) -> list[Page]:
    source = run.settings.sources()[run.source]
    veil = redaction(source.addresses, source.secret_parameters)
    given = (run.budget, source.revisits, run.settings.revisits)
    budget = next(one for one in given if one is not None)
    told = {
        "source": run.source,
        "now": run.run_at,
        "present": list(AGES),
        "absent": list(ABSENT),
        "young": YOUNG,
        "year": YEAR,
        "sample": SAMPLE,
        "budget": budget,
        "most": min(budget * HOSTS, ALL_DUE),
    }
    return [
        Page(
            Candidate(run.source, row["ref"], row["name"], 0, url=veil.reveal(row["url"])),
            row["host"],
            row["answer"],
            _NAMED.get(row["step"], row["step"]),
            bool(row["is_there"]),
        )
        for row in rows(writer.con, sql("due_again"), told)
        if STAND_IN not in veil.reveal(row["url"])  # a secret of its own that only its list can tell
    ]


def _numbered(listed: Sequence[Candidate], beside: Iterable[Candidate]) -> Iterator[Candidate]:
    yield from listed
    yield from (replace(one, position=place) for place, one in enumerate(beside, len(listed)))


def _note_open_alarms(run: Run) -> None:
    """So that those about pages can be cleared; a run that reads no lists says nothing about lists."""
    with run.writing() as writer:
        found = writer.con.execute(sql("alarms_raised"), {"source": run.source}).fetchall()
    source = run.settings.sources()[run.source]
    veil = redaction(source.addresses, source.secret_parameters)
    begin_notes(run, Notes(run.run_id, raised=sorted(cause for (cause,) in found if cause.startswith(OF_PAGES))), veil)
