"""What is wrong with a source by its own history: judged when a run closes, each cause an alarm with an all-clear.

What its lists and pages say of themselves is noticed on the way (`left_behind`); here it is held against what
the archive knows of earlier visits. An alarm stays until its opposite is seen, or until what it told of has become
the rule.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from flows.run import Run
from sources.capture import rfc3339
from warehouse.connection import sql
from warehouse.resolution.known import rows
from warehouse.writing import Writer

Row = dict[str, Any]

WHOLE_ARCHIVE = "archive"
"""Stands for the source in alarms that are about no single one."""
LAYOUT, FIELD, STALE, CLOCK = "layout changed", "field vanished: ", "stale", "clock backwards"
JUDGED = (LAYOUT, FIELD, STALE)
"""What the causes judged here begin with; nothing else clears them."""
DEMANDED = "pages: required fields"
"""The cause of pages that lack what the source's file demands; that tells of a new layout already."""

RECENT_PAGES, EARLIER_PAGES = 5, 10
"""Pages judged, and those before them that they are held against at least: by two bad pages nobody should be woken."""
RECENT_READINGS, EARLIER_READINGS = 10, 20
"""The same for fields: ten readings without a field that four in five had before are no chance (one in ten million)."""
FALLEN, SOUND = 0.8, 0.2
"""Shares of pages that only the generic reader reads, or nobody: so many now, and at most so many before."""
WAS_THERE = 0.8
"""The share of earlier readings that had a field, from which on its absence from all recent ones tells something."""
RHYTHM_DAYS = 8
"""Different days on which a source must have issued something before its pauses are a rhythm."""
PATIENCE, LEAST_PAUSE = 2, 7
"""So many times the longest pause so far is odd; no pause of less than so many days is: there are holidays."""
AHEAD = timedelta(minutes=1)
"""A clock is set by this much now and then; more puts what the archive knows in a wrong order."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is so about one cause: `reason` says why it is trouble, or why it is over."""

    cause: str
    is_trouble: bool
    reason: str


def judge(run: Run, writer: Writer, *, read: int, noticed: Sequence[Row] = ()) -> list[Row]:
    """Alarm rows to write as the run closes.

    :param read: candidates that the run read anew; without any there is nothing new to judge pages by.
    :param noticed: alarm rows that it writes besides.
    """
    told = _alarms(run, writer, WHOLE_ARCHIVE, [_clock(run, writer)])
    if not run.is_web or run.flow not in ("ingest", "revisit"):  # a backfill sees other days, and their layouts
        return told
    verdicts = [*_layout(run, writer), *_fields(run, writer)] if read else []
    told_already = {row["cause"] for row in noticed} | set(open_causes(writer, run.source))
    if DEMANDED in told_already:
        verdicts = [one for one in verdicts if one.cause != LAYOUT or not one.is_trouble]
    if run.flow == "ingest":
        verdicts += _stale(run, writer)
    return told + _alarms(run, writer, run.source, verdicts)


def alarm_rows(run_id: str, source: str, at: str, raised: Sequence[str], verdicts: Sequence[Verdict]) -> list[Row]:
    """One row for each cause that begins or ends now.

    :param raised: causes of alarms that are open.
    """
    states = {True: "raised", False: "cleared"}
    return [
        {"run_id": run_id, "source": source, "cause": one.cause, "state": states[one.is_trouble]}
        | {"reason": one.reason, "observed_at": at}
        for one in verdicts
        if one.is_trouble != (one.cause in raised)
    ]


def open_causes(writer: Writer, source: str) -> list[str]:
    """The causes of alarms of a source, or of `WHOLE_ARCHIVE`, that are open."""
    return [row["cause"] for row in rows(writer.con, sql("alarms_raised"), {"source": source})]


def _alarms(run: Run, writer: Writer, source: str, verdicts: Sequence[Verdict]) -> list[Row]:
    return alarm_rows(run.run_id, source, rfc3339(run.run_at), open_causes(writer, source), verdicts)


def _clock(run: Run, writer: Writer) -> Verdict:
    newest = writer.con.execute("SELECT max(journal_at) FROM kept.batches").fetchone()
    now = run.now()
    known = newest[0] if newest and newest[0] else now
    reason = (
        f"this machine says it is {rfc3339(now)}, and the archive has entries of {rfc3339(known)}: "
        "what came first cannot be told; set the clock right"
    )
    return Verdict(CLOCK, known - now > AHEAD, reason if known - now > AHEAD else "the clock is past all entries")


def _layout(run: Run, writer: Writer) -> list[Verdict]:
    (told,) = rows(writer.con, sql("health/layout"), {"source": run.source, "recent": RECENT_PAGES})
    if told["recent"] < RECENT_PAGES or told["earlier"] < EARLIER_PAGES:
        return []
    now, before = told["fallen_recent"] / told["recent"], told["fallen_earlier"] / told["earlier"]
    if now >= FALLEN and before <= SOUND:
        reason = (
            f"{told['fallen_recent']} of the last {told['recent']} pages could not be read as {told['usual']} reads "
            f"them, before {told['fallen_earlier']} of {told['earlier']}: look at {told['example']}"
        )
        return [Verdict(LAYOUT, True, reason)]
    if now <= SOUND:
        return [Verdict(LAYOUT, False, f"{told['usual']} reads the pages again")]
    return [Verdict(LAYOUT, False, "that is how its pages are by now")] if before >= FALLEN else []


def _fields(run: Run, writer: Writer) -> list[Verdict]:
    found = rows(writer.con, sql("health/fields"), {"source": run.source, "recent": RECENT_READINGS})
    verdicts = []
    for told in found:
        if told["recent"] < RECENT_READINGS or told["earlier"] < EARLIER_READINGS:
            continue
        before, cause = told["filled_earlier"] / told["earlier"], FIELD + told["field"]
        if not told["filled_recent"] and before >= WAS_THERE:
            reason = f"none of the last {told['recent']} readings has {told['field']}, before {before:.0%} had it"
            verdicts.append(Verdict(cause, True, f"{reason}; read by {told['parser']}"))
        elif told["filled_recent"]:
            reason = f"{told['filled_recent']} of the last {told['recent']} readings have it"
            verdicts.append(Verdict(cause, False, reason))
        elif before <= SOUND:
            verdicts.append(Verdict(cause, False, "releases of this source have it no more"))
    return verdicts


def _stale(run: Run, writer: Writer) -> list[Verdict]:
    """Against the source's own rhythm; one whose file says what to expect is judged by that."""
    if run.settings.sources()[run.source].expects.per_day:
        return []
    (told,) = rows(writer.con, sql("health/rhythm"), {"source": run.source, "today": run.run_at.date()})
    if told["days"] < RHYTHM_DAYS:
        return []
    patience = max(LEAST_PAUSE, PATIENCE * told["longest"])
    newest = f"the newest release is of {told['newest']}, {told['since']} days ago"
    if told["since"] > patience:
        reason = f"{newest}; the longest pause between {told['days']} days with releases was {told['longest']} days"
        return [Verdict(STALE, True, reason)]
    return [Verdict(STALE, False, newest)]
