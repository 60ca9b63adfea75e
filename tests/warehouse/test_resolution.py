"""What becomes of inputs that repeat, edit, or only resemble what the archive holds; told through whole runs."""

from pathlib import Path
from typing import Any, cast

import duckdb

from tests.desk import Desk
from tests.samples import ORCHARD, QUAY, QUAY_TITLE, READING, READING_TITLE, edited, news, news_tc
from warehouse.connection import attached
from warehouse.resolution.resolving import resolve
from warehouse.staging import Batch, Entry

NUMBERED = "https://www.info.gov.hk/gia/general/202506/25/P20250625004{}.htm"


def repeats(desk: Desk) -> list[dict[str, Any]]:
    return desk.rows("SELECT name, reason, release_id FROM duplicates ORDER BY ALL")


def versions(desk: Desk) -> list[tuple[int, int]]:
    return [(row["version"], row["reading"]) for row in desk.rows("FROM versions ORDER BY version, reading")]


def test_the_same_bytes_under_another_name_are_a_duplicate(desk: Desk) -> None:
    desk.drop("a.txt", news())
    desk.drop("sub/b.txt", news())
    assert desk.ingest() == {"new": 1, "duplicate": 1}
    desk.drop("c.txt", news())
    assert desk.ingest() == {"unchanged": 2, "duplicate": 1}
    release = desk.column("SELECT release_id FROM releases")
    assert [(row["name"], row["release_id"]) for row in repeats(desk)] == [("c.txt", *release), ("sub/b.txt", *release)]
    assert all("same bytes as" in row["reason"] for row in repeats(desk))


SPACED = news().replace(" ", "  ").replace("\n\n\u00a0\n\n", "\n\n\n\u3000\n\n\n")
WRAPPED = f"{QUAY_TITLE}\n\nJune 25, 2025\n\n" + "\n\n".join(
    paragraph.replace(" that ", "\nthat ").replace(" for ", "\nfor ").replace(" and ", "\nand ") for paragraph in QUAY
)
MARKDOWN = f"# {QUAY_TITLE}\n\nJune 25, 2025\n\n" + "\n\n".join(QUAY) + "\n"
PAGE = (
    f"<!doctype html><html lang=en><head><title>{QUAY_TITLE}</title></head><body><h1>{QUAY_TITLE}</h1>"
    "<p>June 25, 2025</p>" + "".join(f"<p>{paragraph}</p>" for paragraph in QUAY) + "</body></html>"
)


SHAPES = {
    "spaced.txt": SPACED.encode(),
    "wrapped.txt": WRAPPED.encode(),
    "crlf.txt": news().replace("\n", "\r\n").encode(),
    "utf16.txt": news().encode("utf-16"),
    "release.md": MARKDOWN.encode(),
    "page.html": PAGE.encode(),
}
WRAPPED_CHINESE = f"{READING_TITLE}\n\n2025年9月8日\n\n" + "\n\n".join(
    "\n".join(part[start : start + 24] for start in range(0, len(part), 24)) for part in READING
)


def test_the_same_text_in_another_shape_is_a_duplicate(desk: Desk) -> None:
    desk.drop("a.txt", news())
    desk.drop("tc.txt", news_tc())
    assert desk.ingest() == {"new": 2}
    for name, data in SHAPES.items():
        desk.drop(name, data)
    desk.drop("tc wrapped.txt", WRAPPED_CHINESE)
    assert desk.ingest() == {"unchanged": 2, "duplicate": len(SHAPES) + 1}
    assert [row["name"] for row in repeats(desk)] == sorted([*SHAPES, "tc wrapped.txt"])
    assert desk.ingest() == {"unchanged": 2 + len(SHAPES) + 1}


NAMED_BY: dict[str, dict[str, str]] = {
    "title and day": {},
    "address": {"url": "https://www.news.gov.hk/eng/2025/06/20250625/20250625_120000_001.html"},
    "number": {"url": NUMBERED.format("11")},
}


def test_a_changed_text_under_one_identity_is_a_new_version(desk: Desk) -> None:
    def drop_all(figure: str, folder: str) -> None:
        for named, facts in NAMED_BY.items():
            text = news(f"Ninth quay, by {named}", paragraphs=(f"Told by {named}.", *QUAY)).replace("4,000", figure)
            desk.drop(f"{folder}/{named}.txt", text, facts or None)

    drop_all("4,000", "first")
    assert desk.ingest() == {"new": 3}
    untold = "SELECT * EXCLUDE (is_current, superseded_at) FROM versions WHERE version = 1 ORDER BY title"
    before = desk.rows(untold)
    drop_all("5,200", "first")
    assert desk.ingest() == {"revised": 3}
    assert desk.ingest() == {"unchanged": 3}
    drop_all("5,200", "copies")
    assert desk.ingest() == {"unchanged": 3, "duplicate": 3}

    assert desk.rows(untold) == before
    after = desk.rows("FROM releases ORDER BY title")
    assert [row["release_id"] for row in after] == [row["release_id"] for row in before]
    for row in after:
        assert (row["version"], row["edit_kind"], row["changed_fields"]) == (2, "text", ["body"])
        assert "5,200" in row["body"]


def test_changes_that_are_not_to_the_body(desk: Desk) -> None:
    desk.drop("title.txt", news(), {"url": NUMBERED.format("11")})
    desk.drop("day.txt", news("Notice of works", paragraphs=ORCHARD), {"url": NUMBERED.format("22")})
    desk.ingest()
    desk.drop("title.txt", news("Ninth quay opens"), {"url": NUMBERED.format("11")})
    desk.drop("day.txt", news("Notice of works", "June 24, 2025", ORCHARD), {"url": NUMBERED.format("22")})
    assert desk.ingest() == {"revised": 2}
    assert desk.column("SELECT changed_fields FROM releases ORDER BY title") == [["title"], ["published"]]


def test_an_edited_file_that_gets_its_old_text_back_is_a_third_version(desk: Desk) -> None:
    for figure, expected in (("4,000", "new"), ("5,200", "revised"), ("4,000", "revised")):
        desk.drop("a.txt", news().replace("4,000", figure))
        assert desk.ingest() == {expected: 1}
    assert versions(desk) == [(1, 1), (2, 1), (3, 1)]
    assert "4,000" in desk.column("SELECT body FROM releases")[0]
    assert desk.ingest() == {"unchanged": 1}


def test_an_older_copy_beside_the_edited_one_takes_nothing_back(desk: Desk) -> None:
    desk.drop("a.txt", news())
    desk.ingest()
    desk.drop("a.txt", news().replace("4,000", "5,200"))
    desk.ingest()
    desk.drop("old.txt", news())
    assert desk.ingest() == {"unchanged": 1, "duplicate": 1}
    assert "5,200" in desk.column("SELECT body FROM releases")[0]


def test_the_recurring_notice_is_a_new_release_each_stated_day(desk: Desk) -> None:
    title, words = "Air quality notice", ("Readings at all stations stayed within the limits during the past day.",)
    desk.drop("mon.txt", news(title, "June 23, 2025", words))
    desk.drop("tue.txt", news(title, "June 24, 2025", words))
    assert desk.ingest() == {"new": 2}
    assert desk.column("SELECT CAST(day AS VARCHAR) FROM releases ORDER BY 1") == ["2025-06-23", "2025-06-24"]


def test_one_headline_over_two_different_texts_of_a_day_is_two_releases(desk: Desk) -> None:
    desk.drop("a.txt", news("Notice to residents"))
    desk.drop("b.txt", news("Notice to residents", paragraphs=ORCHARD))
    assert desk.ingest() == {"new": 2}


def test_two_numbers_with_one_text_and_day_are_a_duplicate(desk: Desk) -> None:
    desk.drop("a.txt", news(), {"url": NUMBERED.format("11")})
    desk.drop("b.txt", news(), {"url": NUMBERED.format("22")})
    assert desk.ingest() == {"new": 1, "duplicate": 1}
    assert desk.column("SELECT native_id FROM releases") == ["P2025062500411"]


def test_two_numbers_with_one_text_on_two_days_are_two_releases(desk: Desk) -> None:
    desk.drop("a.txt", news(), {"url": NUMBERED.format("11")})
    other = "https://www.info.gov.hk/gia/general/202506/26/P2025062600422.htm"
    desk.drop("b.txt", news(day="June 26, 2025"), {"url": other})
    assert desk.ingest() == {"new": 2}


def test_two_numbers_with_one_headline_and_day_but_other_words_stay_two_releases(desk: Desk) -> None:
    desk.drop("a.txt", news(), {"url": NUMBERED.format("11")})
    desk.drop("b.txt", news(paragraphs=edited(QUAY, "4,000", "5,200")), {"url": NUMBERED.format("22")})
    assert desk.ingest() == {"new": 2}


def test_a_sidecar_added_later_is_a_new_reading_of_the_same_version(desk: Desk) -> None:
    desk.drop("a.txt", news())
    desk.ingest()
    release = desk.column("SELECT release_id FROM releases")
    desk.drop("a.txt", news(), {"url": NUMBERED.format("11")})
    assert desk.ingest() == {"unchanged": 1}
    assert versions(desk) == [(1, 1), (1, 2)]
    assert desk.rows("SELECT release_id, native_id, version FROM releases") == [
        {"release_id": release[0], "native_id": "P2025062500411", "version": 1}
    ]
    assert desk.ingest() == {"unchanged": 1}
    assert versions(desk) == [(1, 1), (1, 2)]


def test_a_page_that_was_first_met_as_a_file_is_another_rendition(desk: Desk) -> None:
    desk.drop("a.txt", news(), {"url": NUMBERED.format("11")})
    desk.ingest()
    desk.drop("a.html", PAGE.replace("4,000", "5,200"), {"url": NUMBERED.format("11")})
    assert desk.ingest() == {"unchanged": 1, "duplicate": 1}
    assert repeats(desk)[0]["reason"].startswith("rendition")


def history(desk: Desk, texts: list[str]) -> Path:
    """One address visited hour by hour."""
    rows = []
    for hour, text in enumerate(texts):
        path = desk.root / f"visit-{hour}.txt"
        path.write_text(text, encoding="utf-8")
        rows.append({"file": path.name, "url": NUMBERED.format("11"), "seen_at": f"2025-06-25T{10 + hour}:00:00Z"})
    return desk.list_of(rows)


def test_a_saved_history_replays_in_order(desk: Desk) -> None:
    first, second = news(), news().replace("4,000", "5,200")
    listed = history(desk, [first, second, first])
    assert desk.ingest(listed) == {"new": 1, "revised": 2}
    assert versions(desk) == [(1, 1), (2, 1), (3, 1)]
    sizes = desk.sizes()
    assert desk.ingest(listed) == {"unchanged": 3}
    assert desk.sizes() == sizes | {"runs": sizes["runs"] + 1, "batches": sizes["batches"] + 1}
    seen = desk.column("SELECT first_seen_at FROM versions ORDER BY version")
    assert seen == [f"2025-06-25T{hour}:00:00Z" for hour in (10, 11, 12)]


def test_a_saved_history_may_come_in_parts(desk: Desk) -> None:
    first, second = news(), news().replace("4,000", "5,200")
    for texts, expected in (
        ([first], {"new": 1}),
        ([first, second], {"unchanged": 1, "revised": 1}),
        ([first, second, first], {"unchanged": 2, "revised": 1}),
    ):
        assert desk.ingest(history(desk, texts)) == expected
    assert versions(desk) == [(1, 1), (2, 1), (3, 1)]


def test_versions_have_no_gaps_and_keys_are_only_added(desk: Desk) -> None:
    seen: list[dict[str, Any]] = []
    for figure in ("4,000", "5,200", "4,000", "4,000", "6,100"):
        desk.drop("a.txt", news().replace("4,000", figure))
        desk.drop("b.txt", news_tc())
        desk.ingest()
        keys = desk.rows("SELECT release_id, kind, value, rule FROM kept.release_keys ORDER BY rowid")
        assert keys[: len(seen)] == seen
        seen = keys
    gaps = "SELECT release_id FROM versions GROUP BY 1 HAVING max(version) != count(DISTINCT version)"
    assert desk.rows(gaps) == []
    assert len(desk.column("SELECT DISTINCT release_id FROM versions")) == 2
    assert len(seen) == len({(key["release_id"], key["kind"], key["value"]) for key in seen})


def test_small_batches_end_in_the_same_archive(desk: Desk) -> None:
    for number in range(7):
        desk.drop(f"{number}.txt", news(f"Notice {number % 3}", paragraphs=QUAY if number % 2 else ORCHARD))
    other = Desk(desk.root / "other")
    for path in desk.inbox.iterdir():
        other.drop(path.name, path.read_bytes())
    assert desk.ingest() == other.ingest(batch_size=1)
    assert desk.content_hash() == other.content_hash()


class Counted:
    """A connection that counts what it is asked."""

    def __init__(self, con: duckdb.DuckDBPyConnection) -> None:
        self.con, self.asked = con, 0

    def __getattr__(self, name: str) -> Any:
        self.asked += name == "execute"
        return getattr(self.con, name)


def test_what_is_met_again_is_looked_up_at_once_and_not_one_by_one(desk: Desk) -> None:
    for number in range(12):
        desk.drop(f"{number}.txt", news(f"Ferry notice {number}"))
    desk.ingest()
    later = "2100-01-01T00:00:00Z"
    with attached(desk.home.warehouse) as con:
        held = con.execute("SELECT source, ref, input_sha256 FROM kept.captures").fetchall()
        entries = tuple(Entry("seen", ref, ref, later, input_sha256=digest) for _, ref, digest in held)
        counted = Counted(con)
        batch = Batch("again", "again", held[0][0], "ingest", later, None, entries)
        decided = resolve(cast(duckdb.DuckDBPyConnection, counted), batch)
    assert decided.counts.total() == len(entries) == 12
    assert counted.asked < 12


def test_pages_that_return_to_earlier_bytes_are_looked_up_at_once(desk: Desk) -> None:
    for paragraphs in (QUAY, edited(QUAY, "4,000", "5,200")):
        for number in range(12):
            url = {"url": f"https://harbour.example/notice/{number}"}
            desk.drop(f"{number}.txt", news(f"Ferry notice {number}", paragraphs=paragraphs), url)
        outcomes = desk.ingest()
    assert outcomes == {"revised": 12}
    later = "2100-01-01T00:00:00Z"
    with attached(desk.home.warehouse) as con:
        held = con.execute("SELECT source, ref, input_sha256 FROM kept.captures ORDER BY batch_no LIMIT 12").fetchall()
        assert len({ref for _, ref, _ in held}) == 12
        # Each twice: the second time, what it reads like is this batch's own doing.
        entries = tuple(
            Entry("seen", ref, ref, later, input_sha256=digest, visit=True) for _, ref, digest in held for _ in "12"
        )
        counted = Counted(con)
        batch = Batch("again", "again", held[0][0], "ingest", later, None, entries)
        decided = resolve(cast(duckdb.DuckDBPyConnection, counted), batch, relating=False)
    assert decided.counts == {"revised": 12, "unchanged": 12}
    assert [row["version"] for row in decided.rows["readings"]] == [3] * 12
    assert counted.asked < 12
