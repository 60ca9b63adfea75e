"""Reparse: what was preserved is read by later parsers; readings are added, the publisher's edits stay as they are."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import pytest

from flows.impact import Impact
from flows.impact_report import as_markdown
from flows.rereading import Reparse, Scope
from parsers.answering import read_capture
from parsers.answers import Answer
from parsers.readings import Reading, fields_digest
from sources.capture import Capture
from tests.desk import Desk
from tests.press_site import PressSite, configure, visit
from tests.samples import ORCHARD, QUAY, edited, news
from warehouse.connection import attached
from warehouse.rebuilding import rebuild

Better = Callable[[dict[str, Any]], dict[str, Any] | None]
ANCHOR = "https://www.harbour.example/quay"


@dataclass
class Learned:
    """Reading processes of a later release of this program: `better` makes other records of what today's read."""

    better: Better = lambda record: record
    read: int = 0

    def __call__(self, _workers: int, *, outlined: bool) -> "Learned":
        assert outlined
        return self

    def __enter__(self) -> "Learned":
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def submit(self, captures: list[Capture]) -> "_Done":
        self.read += len(captures)
        return _Done([tuple(map(self._learned, read_capture(capture))) for capture in captures])

    def _learned(self, one: Reading) -> Reading:
        if one.record is None:
            return one
        record = self.better({**one.record, "parser": "text/9"})
        if record is None:
            return Reading(rejection={"stage": "parse", "reason": "no release any more", "parser": "text/9"})
        return replace(one, record=record, fields_sha256=fields_digest(record))


@dataclass
class _Done:
    read: list[tuple[Reading, ...]]

    def answers(self) -> list[Answer]:
        return [Answer.of(readings) for readings in self.read]

    def is_done(self, _wait: float) -> bool:
        return True


@pytest.fixture
def learned(monkeypatch: pytest.MonkeyPatch) -> Learned:
    one = Learned()
    monkeypatch.setattr("flows.rereading.Readers", one)
    return one


def reparsed(desk: Desk, scope: Scope = Scope(), **given: Any) -> Impact:  # noqa: B008  -- frozen
    return Reparse(desk.settings(), scope, lambda: desk.now, **given).run()


def with_office(record: dict[str, Any]) -> dict[str, Any]:
    return record | {"office": "Harbour Office"}


def two_versions(desk: Desk) -> None:
    desk.drop("quay.txt", news())
    desk.ingest()
    desk.now += timedelta(hours=1)
    desk.drop("quay.txt", news(paragraphs=edited(QUAY, "4,000", "6,000")))
    assert desk.ingest() == {"revised": 1}
    desk.now += timedelta(hours=1)


READINGS = "SELECT version, reading, office, parser FROM versions ORDER BY ALL"


def test_every_version_gets_a_reading_and_no_edit(desk: Desk, learned: Learned) -> None:
    two_versions(desk)
    before, edits, outcomes = desk.now, desk.rows("FROM edits"), desk.rows("FROM kept.outcomes")
    learned.better = with_office
    impact = reparsed(desk)
    assert impact.totals()["readings_changed"] == 2
    told = [(row["version"], row["reading"], row["office"]) for row in desk.rows(READINGS)]
    assert told == [(1, 1, None), (1, 2, "Harbour Office"), (2, 1, None), (2, 2, "Harbour Office")]
    (current,) = desk.rows("FROM releases")
    assert (current["version"], current["reading"]) == (2, 2)
    assert "6,000" in current["body"]
    assert desk.rows("FROM edits") == edits
    assert desk.rows("FROM kept.outcomes") == outcomes
    (then,) = desk.rows(f"FROM as_of('{before - timedelta(minutes=90)}')")
    assert (then["version"], then["reading"]) == (1, 1)
    (earlier,) = desk.rows(f"FROM as_of('{before - timedelta(minutes=1)}')")
    assert (earlier["version"], earlier["reading"]) == (2, 1)
    assert not desk.wrong()
    digest = desk.content_hash()
    assert rebuild(desk.home, now=lambda: desk.now, wait=1, seen=lambda _: None) == digest
    assert [row["reading"] for row in desk.rows("FROM releases")] == [2]
    assert not desk.wrong()


def test_a_later_edit_goes_on_from_the_newest_version(desk: Desk, learned: Learned) -> None:
    two_versions(desk)
    learned.better = lambda record: with_office(record) if "4,000" in record["body"] else record
    assert reparsed(desk).totals()["readings_changed"] == 1
    assert [(row["version"], row["reading"]) for row in desk.rows("FROM releases")] == [(2, 1)]
    desk.drop("quay.txt", news(paragraphs=edited(QUAY, "4,000", "7,000")))
    assert desk.ingest() == {"revised": 1}
    (edit,) = desk.rows("FROM edits WHERE version = 3")
    assert "[-6,000-]" in edit["diff"]
    assert not desk.wrong()


def test_the_same_again_adds_nothing(desk: Desk, learned: Learned) -> None:
    two_versions(desk)
    learned.better = with_office
    reparsed(desk)
    sizes = desk.sizes() | {"batches": 0, "reparsed": 0}
    assert reparsed(desk).totals()["readings_changed"] == 0
    assert desk.sizes() | {"batches": 0, "reparsed": 0} == sizes


def test_records_are_opened_only_where_they_differ(
    desk: Desk, learned: Learned, monkeypatch: pytest.MonkeyPatch
) -> None:
    two_versions(desk)
    learned.better = lambda record: with_office(record) if "4,000" in record["body"] else record
    opened = []
    whole = Answer.readings

    def noted(answer: Answer) -> tuple[Reading, ...]:
        opened.append(answer)
        return whole(answer)

    monkeypatch.setattr(Answer, "readings", noted)
    told = reparsed(desk).totals()
    assert (told["pages"], told["readings_compared"], told["readings_changed"]) == (2, 2, 1)
    assert len(opened) == 1


def test_what_an_earlier_program_kept_without_its_digest_is_compared_by_field(desk: Desk, learned: Learned) -> None:
    two_versions(desk)
    with attached(desk.home.warehouse) as con:
        con.execute("UPDATE kept.readings SET fields_sha256 = NULL")
    assert reparsed(desk).totals()["readings_changed"] == 0
    learned.better = with_office
    assert reparsed(desk).totals()["readings_changed"] == 2


def test_another_parser_version_alone_is_a_reading_only_when_asked(desk: Desk, learned: Learned) -> None:
    two_versions(desk)
    assert reparsed(desk).totals()["readings_changed"] == 0
    impact = reparsed(desk, Scope(everything=True))
    assert impact.totals()["readings_changed"] == 2
    assert {row["field"] for row in impact.rows()} == {"parser"}


def test_a_dry_run_reports_and_writes_nothing(desk: Desk, learned: Learned) -> None:
    two_versions(desk)
    sizes = desk.sizes()
    learned.better = lambda record: with_office(record) | {"title": "Ninth quay opened"}
    impact = reparsed(desk, dry_run=True)
    assert desk.sizes() == sizes
    found = {row["field"]: row for row in impact.rows()}
    assert found.keys() == {"office", "title"}
    assert (found["office"]["change"], found["title"]["change"], found["title"]["n"]) == ("appears", "differs", 2)
    assert (found["title"]["before"], found["title"]["after"]) == (
        "Harbour office opens ninth quay",
        "Ninth quay opened",
    )
    report = as_markdown(impact, "What would change")
    assert "| text/9 | title | differs | 2 |" in report


def test_what_reads_as_none_today_keeps_its_reading_and_is_told(desk: Desk, learned: Learned) -> None:
    two_versions(desk)
    learned.better = lambda _: None
    impact = reparsed(desk)
    assert impact.totals()["rejected_today"] == 2
    assert [row["change"] for row in impact.rows()] == ["no record"]
    assert [row["reading"] for row in desk.rows("FROM versions")] == [1, 1]


def test_what_a_source_demands_is_demanded_again(desk: Desk, site: PressSite, learned: Learned) -> None:
    site.issue("one")
    configure(desk, site, more='[expects]\nrequired = ["published"]\n')
    visit(desk)
    desk.now += timedelta(hours=1)
    assert reparsed(desk).totals()["readings_changed"] == 0
    learned.better = lambda record: record | {"published": None}
    (told,) = reparsed(desk).rows()
    assert (told["change"], told["n"]) == ("no record", 1)
    assert told["today"].startswith("without published")
    assert desk.column("SELECT reading FROM versions") == [1]


def test_new_addresses_are_aliases_where_they_are_free(desk: Desk, learned: Learned) -> None:
    desk.drop("a.txt", news())
    desk.drop("b.txt", news("Orchard relief", paragraphs=ORCHARD))
    desk.ingest()
    learned.better = lambda record: record | {"url": ANCHOR}
    impact = reparsed(desk)
    keys = desk.rows("SELECT value, rule FROM kept.release_keys WHERE kind = 'canonical_url'")
    assert keys == [{"value": ANCHOR, "rule": "canonical address; read again"}]
    assert impact.totals()["key_conflicts"] == 1
    assert len(desk.rows("FROM releases")) == 2


def test_texts_that_read_otherwise_are_compared_anew(desk: Desk, learned: Learned) -> None:
    desk.drop("a.txt", news())
    desk.ingest()
    learned.better = lambda record: record | {"title": "Ninth quay opened"}
    reparsed(desk)
    assert desk.column("SELECT title FROM kept.sketches ORDER BY reading_no") == [
        "Harbour office opens ninth quay",
        "Ninth quay opened",
    ]


def test_one_that_died_is_taken_up_where_it_was(desk: Desk, learned: Learned, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("flows.rereading.READ_AHEAD", 2)
    monkeypatch.setattr("flows.rereading_batches.AT_ONCE", 1)
    monkeypatch.setattr("flows.rereading_batches.GATHERED", 1)
    for number in range(5):
        desk.drop(f"{number}.txt", news(f"Notice {number}"))
        desk.ingest()
    learned.better = with_office

    def dies(pages: int) -> None:
        del pages
        if learned.read == 5:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        reparsed(desk, seen=dies)
    learned.read = 0
    impact = reparsed(desk)
    assert learned.read == impact.pages == 3  # three were loaded when it died, of these two to the end of their file
    assert [row["reading"] for row in desk.rows("FROM releases")] == [2] * 5
    assert not desk.wrong()
    learned.read = 0
    reparsed(desk)
    assert learned.read == 5  # the one that ended is no reason to leave anything out


def test_only_what_is_asked_for_is_read(desk: Desk, learned: Learned) -> None:
    two_versions(desk)
    day = desk.now.date()
    assert reparsed(desk, Scope(parsers=("text/9",))).pages == 0
    parser = desk.column("SELECT DISTINCT parser FROM versions")[0]
    assert reparsed(desk, Scope(parsers=(parser,))).pages == 2
    assert reparsed(desk, Scope(source="info_gov_hk")).pages == 0
    assert reparsed(desk, Scope(since=day, until=day + timedelta(days=1))).pages == 2
    assert reparsed(desk, Scope(until=date(2020, 1, 1))).pages == 0


def test_what_lies_in_quarantine_is_left_to_replay(desk: Desk, learned: Learned) -> None:
    desk.drop("ships.csv", b"place,ships\nLantern Bay,9\n")
    assert desk.ingest() == {"quarantined": 1}

    def reads_tables(captures: list[Capture]) -> _Done:
        texts = [
            Capture.from_circumstances(one.circumstances() | {"media_type": "text/plain"}, one.body) for one in captures
        ]
        return _Done([read_capture(one) for one in texts])

    learned.submit = reads_tables  # type: ignore[method-assign]
    impact = reparsed(desk)
    assert impact.totals()["readable_by_replay"] == 1
    assert desk.rows("FROM releases") == []


def test_a_damaged_file_is_told_and_the_others_are_read(desk: Desk, learned: Learned) -> None:
    desk.drop("a.txt", news())
    desk.ingest()
    desk.drop("b.txt", news("Orchard relief", paragraphs=ORCHARD))
    desk.ingest()
    path = next(iter(sorted((desk.home.raw / "folder").rglob("*.warc.gz"))))
    path.chmod(0o644)
    path.write_bytes(path.read_bytes()[:-20])
    learned.better = with_office
    impact = reparsed(desk)
    assert len(impact.damaged) == 1
    assert impact.totals()["readings_changed"] >= 1


def test_views_tell_what_was_read_again(desk: Desk, learned: Learned) -> None:
    two_versions(desk)
    learned.better = with_office
    reparsed(desk)
    told = desk.rows("SELECT version, reading, differs, parser FROM rereadings")
    assert told == [{"version": version, "reading": 2, "differs": ["office"], "parser": "text/9"} for version in (1, 2)]
    (one,) = desk.rows("FROM reparses")
    assert (one["files"], one["pages"], one["changed"], one["rejected"]) == (2, 2, 2, 0)
    assert one["ended_at"] is not None
