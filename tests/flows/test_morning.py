"""The morning page after a bad week: each source in its state, what went, and what waits for a person."""

import json
from datetime import datetime, timedelta
from typing import Any

import pytest
from typer.testing import CliRunner

from flows.cli import app
from sources.capture import OUTCOMES, rfc3339
from sources.config import CATALOG, load_sources
from tests.desk import NOON, Desk
from tests.samples import QUAY
from warehouse.publishing import publish
from warehouse.staging import Batch
from warehouse.writing import writing

Row = dict[str, Any]


def told(desk: Desk, batch: str, source: str, at: datetime, rows: dict[str, list[Row]]) -> None:
    """Loads rows as a run of that source would have left them, and publishes."""
    who = {"run_id": batch, "source": source}
    with writing(desk.home, now=lambda: at, wait=5, then=publish) as writer:
        made = Batch(batch, batch, source, "ingest", rfc3339(at), None, ())
        writer.commit(made, {table: [who | row for row in found] for table, found in rows.items()}, {})


def visited(desk: Desk, source: str, at: datetime, *, listed: int = 4, failed: int = 0, **others: list[Row]) -> None:
    counts = dict.fromkeys(OUTCOMES, 0) | {"unchanged": listed - failed, "failed": failed, "listed": listed}
    run = counts | {"flow": "ingest", "run_at": rfc3339(at), "finished_at": rfc3339(at), "parsers": "{}"}
    told(desk, f"{at:%Y%m%dT%H%M%SZ}-{source}", source, at, {"runs": [run], **others})


def alarm(cause: str, reason: str, at: datetime) -> Row:
    return {"cause": cause, "state": "raised", "reason": reason, "observed_at": rfc3339(at)}


@pytest.fixture
def bad_week(desk: Desk) -> Desk:
    """Five sources: one not run any more, one kept out, one with a short list, one laid out anew, one well."""
    last = NOON - timedelta(minutes=30)
    desk.now = NOON - timedelta(days=9)
    desk.drop("quay.txt", "\n\n".join(QUAY))
    desk.ingest()
    desk.now = NOON
    for days in range(7, 2, -1):
        visited(desk, "dead", NOON - timedelta(days=days))
    blocked = [alarm("pages: blocked", "harbour.example answered 8 of 9 requests with 401, 403, 429 or 451", last)]
    visited(desk, "kept_out", last, listed=8, failed=8, alarms=blocked)
    visited(desk, "short", last, alarms=[alarm("short list: https://a.example/", "suddenly short: 2 items", last)])
    visited(desk, "laid_out", last, alarms=[alarm("layout changed", "5 of the last 5 pages could not be read", last)])
    visited(desk, "well", last)
    (release,) = desk.column("SELECT release_id FROM releases")
    gone = {"ref": "r", "release_id": release, "url": "https://a.example/r", "reason": "status 404"}
    at = (NOON - timedelta(hours=hours) for hours in (60, 30, 2))
    states = zip(("missing", "missing", "vanished"), at, strict=True)
    absences = [gone | {"state": state, "observed_at": rfc3339(when)} for state, when in states]
    told(desk, "absent", "well", last, {"absences": absences})
    return desk


def asked(desk: Desk, monkeypatch: pytest.MonkeyPatch, *more: str, at: datetime = NOON) -> str:
    monkeypatch.setenv("COMMUNIQUE_CLOCK", rfc3339(at))
    ended = CliRunner().invoke(app, ["--home", str(desk.home.root), "status", *more])
    assert ended.exit_code == 0, ended.output
    return ended.stdout


def test_status_tells_each_source_what_went_and_what_waits(bad_week: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    found = json.loads(asked(bad_week, monkeypatch, "--json"))

    states = {one["source"]: one["state"] for one in found["sources"]}
    assert {name: states[name] for name in ("kept_out", "short", "laid_out", "well")} == {
        "kept_out": "blocked",
        "short": "failing",
        "laid_out": "failing",
        "well": "ok",
    }
    assert found["states"]["blocked"] == 1
    assert [one["source"] for one in found["sources"]][0] == "kept_out", "the worst first"
    assert (found["last_day"]["vanished"], found["last_day"]["new"]) == (1, 0)
    assert [one["what"] for one in found["needs_a_person"]] == ["alarm", "alarm", "alarm", "vanished"]
    assert found["upkeep"] is None


def test_a_source_that_was_not_run_is_late_by_the_clock_while_it_is_enabled(
    bad_week: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def states(at: datetime) -> dict[str, str]:
        found = json.loads(asked(bad_week, monkeypatch, "--json", at=at))
        return {one["source"]: one["state"] for one in found["sources"]}

    an_hour_later = NOON + timedelta(hours=1)
    assert states(an_hour_later)["dead"] == "ok", "nobody wants it any more"
    somebody = load_sources(CATALOG)["beijing_wb_en"]
    monkeypatch.setattr("flows.morning.enabled", lambda _: {"dead": somebody, "young": somebody})
    assert states(NOON)["dead"] == "ok", "once a day, and three days are not more than three times that"
    assert (states(an_hour_later)["dead"], states(an_hour_later)["young"]) == ("late", "never visited")


def test_the_page_fits_a_screen(bad_week: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    shown = asked(bad_week, monkeypatch)

    assert len(shown.splitlines()) <= 40
    for words in ("1 blocked", "kept_out", "24 hours", "1 vanished", "layout", "needs a person", "never maintained"):
        assert words in shown
