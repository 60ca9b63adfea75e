"""Questions with a blank to fill in: the archive as it was, what versions lost and gained, phrases over time."""

from datetime import UTC, date, datetime, timedelta

import pytest

from tests.desk import NOON, Desk
from warehouse.answering import MACROS
from warehouse.connection import opened_read_only

ADDRESS = "https://www.info.gov.hk/gia/general/202506/25/P2025062500411.htm"
FIRST = ("The harbour fund pays $4,000 a month.", "It stands by the ferry piers.", "行政長官李家超今日宣布措施。")
SECOND = ("The harbour fund pays $5,200 a month.", "行政長官李家超今日宣布新措施。", "A second pier follows.")


def told(paragraphs: tuple[str, ...], title: str = "Harbour fund", day: str = "June 25, 2025") -> str:
    return "\n\n".join([title, day, *paragraphs]) + "\n"


@pytest.fixture
def edited(desk: Desk) -> Desk:
    """One release in three versions, an hour apart; the third reads as the first."""
    for hour, paragraphs in enumerate((FIRST, SECOND, FIRST)):
        desk.now = NOON + timedelta(hours=hour)
        desk.drop("a.txt", told(paragraphs), {"url": ADDRESS})
        desk.ingest()
    return desk


def test_the_archive_as_it_was_at_any_moment(edited: Desk) -> None:
    def read_at(moment: str) -> list[tuple[int, bool]]:
        rows = edited.rows(f"SELECT version, contains(body, '5,200') AS raised FROM as_of('{moment}')")
        return [(row["version"], row["raised"]) for row in rows]

    assert read_at("2026-01-31 11:59:00+00") == []
    assert read_at("2026-01-31 12:30:00+00") == [(1, False)]
    assert read_at("2026-01-31 13:00:00+00") == [(2, True)]
    assert read_at("2026-01-31 21:30:00+08") == [(2, True)]
    assert read_at("2026-02-01") == [(3, False)]


def test_now_reads_as_the_releases_do_with_the_same_columns(edited: Desk) -> None:
    now = edited.rows("FROM as_of(TIMESTAMPTZ '2026-02-01 00:00:00+00')")
    assert now == edited.rows("FROM releases")
    assert list(now[0]) == list(edited.rows("FROM releases")[0])


def diff(desk: Desk, a: int, b: int) -> list[tuple[str, str, str]]:
    (release,) = set(desk.column("SELECT release_id FROM versions"))
    rows = desk.rows(f"FROM diff('{release}', {a}, {b})")
    return [(row["field"], row["lost"], row["gained"]) for row in rows]


def test_what_was_lost_and_gained_word_by_word(edited: Desk) -> None:
    assert diff(edited, 1, 2) == [
        ("body", "$4,000"[1:], "5,200"),
        ("body", "It stands by the ferry piers.", "行政長官李家超今日宣布新措施。"),
        ("body", "行政長官李家超今日宣布措施。", "A second pier follows."),
    ]
    assert [(lost, gained) for _, gained, lost in diff(edited, 2, 1)] == [
        (lost, gained) for _, lost, gained in diff(edited, 1, 2)
    ]


def test_between_any_two_versions_even_alike_ones(edited: Desk) -> None:
    assert diff(edited, 1, 3) == []
    assert diff(edited, 2, 3) == diff(edited, 2, 1)
    assert diff(edited, 1, 9) == []  # there is no such version


def test_a_headline_and_a_repeated_paragraph(desk: Desk) -> None:
    desk.drop("a.txt", told(("Fares stay.", "Call 2000 1234.", "Fares stay.")), {"url": ADDRESS})
    desk.ingest()
    desk.drop("a.txt", told(("Fares stay.", "Call 2000 1234."), "Harbour funds"), {"url": ADDRESS})
    desk.ingest()
    assert diff(desk, 1, 2) == [("title", "fund", "funds"), ("body", "Fares stay.", "")]


def spread(desk: Desk) -> None:
    """Three releases in two weeks, two with the phrase."""
    notices = {
        "a": ("June 16, 2025", "A Ferry Pier is opened. The ferry pier is new."),
        "b": ("June 18, 2025", "Nothing of the kind."),
        "c": ("June 25, 2025", "渡輪碼頭啟用；the ferry pier again."),
    }
    for name, (day, text) in notices.items():
        desk.drop(f"{name}.txt", told((text,), f"Notice {name}", day), {"publisher": f"{name}.example"})
    assert desk.ingest()["new"] == 3


def test_words_by_week(desk: Desk) -> None:
    spread(desk)
    rows = desk.rows("FROM timeline('ferry PIER')")
    assert [(row["week"], row["releases"], row["mentions"], row["publishers"]) for row in rows] == [
        ("2025-06-16", 1, 2, 1),
        ("2025-06-23", 1, 1, 1),
    ]
    assert desk.column("SELECT mentions FROM timeline('碼頭')") == [1]
    assert desk.rows("FROM timeline('码头')") == desk.rows("FROM timeline('碼頭')")
    assert desk.rows("FROM trend('码头')") == desk.rows("FROM trend('碼頭')")
    assert desk.column("SELECT context FROM first_mention('码头')") == desk.column(
        "SELECT context FROM first_mention('碼頭')"
    )
    assert desk.rows("FROM timeline('')") == []


def test_who_used_a_phrase_first(desk: Desk) -> None:
    spread(desk)
    rows = desk.rows("FROM first_mention('ferry pier')")
    assert [(row["publisher"], row["day"]) for row in rows] == [
        ("a.example", "2025-06-16"),
        ("c.example", "2025-06-25"),
    ]
    assert "Ferry Pier is opened" in rows[0]["context"]


def test_the_share_of_a_phrase_by_week(desk: Desk) -> None:
    spread(desk)
    rows = desk.rows("FROM trend('ferry pier')")
    assert [(row["issued"], row["mentioning"], row["share"], row["usual"]) for row in rows] == [
        (2, 1, 0.5, None),
        (1, 1, 1.0, 0.5),
    ]


def test_volume_and_delays(desk: Desk) -> None:
    spread(desk)
    assert desk.column("SELECT sum(releases) FROM volume_daily") == [3]
    with opened_read_only(desk.home.archive) as con:
        assert con.execute("SELECT min(day) FROM volume_daily").fetchall() == [(date(2025, 6, 16),)]
    desk.drop("d.txt", told(("Late.",), "Late"), {"published": "2026-01-31T10:30:00Z", "publisher": "d.example"})
    desk.now = datetime(2026, 1, 31, 12, 30, tzinfo=UTC)
    desk.ingest()
    assert desk.column("SELECT median_hours FROM delays WHERE publisher = 'd.example'") == [2.0]


@pytest.mark.parametrize("name", sorted(path.stem for path in MACROS.glob("*.sql")))
def test_every_macro_asks_a_question(desk: Desk, name: str) -> None:
    desk.ingest()
    first = (MACROS / f"{name}.sql").read_text(encoding="utf-8").splitlines()[0]
    said = f"SELECT DISTINCT comment FROM duckdb_functions() WHERE function_name = '{name}' AND NOT internal"
    assert desk.column(said) == [first.removeprefix("-- ")]
    assert first.endswith("?")
