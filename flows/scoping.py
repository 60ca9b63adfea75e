"""The scope of a backfill: only what was released within its days goes on; the rest is skipped, with its day."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import replace
from datetime import date

from flows.arrivals import Arrival, Fetched
from flows.run import Run
from parsers import urls
from parsers.readings import Reading
from parsers.workers import Readers
from sources.candidate import Candidate, Refusal


def scope(run: Run, fetched: Fetched, readers: Readers, *, placed: Set[str] = frozenset()) -> Fetched:
    """For a backfill: only what was released within its days goes on; the rest is skipped, with its day.

    :param placed: refs of candidates whose lists say on which day they were released: these need no looking into.
    """
    if run.since is None and run.until is None:
        return fetched
    fresh = [one for one in fetched.fresh() if one.ref not in placed]
    if not fresh:
        return fetched
    pending = readers.submit(fresh)
    run.leave_unless(pending.is_done)
    read = pending.result()
    days = {capture.input_sha256: _day(readings) for capture, readings in zip(fresh, read, strict=True)}
    arrivals = tuple(one if _ref(one) in placed else _within(run, one, days) for one in fetched.arrivals)
    return replace(fetched, arrivals=arrivals)


def _day(readings: Sequence[Reading]) -> date | str:
    record = readings[0].record
    if record is None:
        return "unreadable"
    published = record["published"] or {}
    stated = published.get("on") if published.get("basis") == "stated" else None
    told = stated or record["address_on"]
    return date.fromisoformat(told) if told else "no day of its own"


def is_placed(one: Candidate) -> bool:
    """Whether its list, or its address, says on which day it was released."""
    return one.hints.published_on is not None or (one.url is not None and urls.address_day(one.url) is not None)


def _ref(one: Arrival) -> str:
    return one.result.candidate.ref if isinstance(one.result, Refusal) else one.result.ref


def _within(run: Run, one: Arrival, days: Mapping[str, date | str]) -> Arrival:
    if one.known or isinstance(one.result, Refusal):
        return one
    day = days[one.result.input_sha256]
    bounds = f"{run.since or ''}..{run.until or ''}"
    if day == "unreadable":
        return one
    if isinstance(day, date) and (run.since or date.min) <= day < (run.until or date.max):
        return one
    capture = one.result
    candidate = Candidate(source=capture.source, ref=capture.ref, name=capture.name, position=0)
    return Arrival(Refusal(candidate, "skipped", f"outside the backfill {bounds}: {day}"))
