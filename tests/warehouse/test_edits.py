"""Edits in the archive: described when they are met, weighed, told as silent, and the same after a rebuild."""

from typing import Any

import pytest

from tests.desk import Desk
from tests.samples import ORCHARD, QUAY, edited, news, news_tc
from warehouse.rebuilding import rebuild

NUMBERED = "https://www.info.gov.hk/gia/general/202506/25/P20250625004{}.htm"
FIRST = {
    "figure.txt": news(paragraphs=("Told of a figure.", *QUAY)),
    "typo.txt": news(paragraphs=("Told of a slip.", *QUAY)),
    "title.txt": news("Relief for growers", paragraphs=ORCHARD),
    "chinese.txt": news_tc(),
}
SECOND = {
    "figure.txt": FIRST["figure.txt"].replace("4,000", "5,200"),
    "typo.txt": FIRST["typo.txt"].replace("drawings", "drawigns"),
    "title.txt": news("Relief for all growers", paragraphs=ORCHARD),
    "chinese.txt": news_tc().replace("十二間", "十三間"),
}


def drop(desk: Desk, texts: dict[str, str]) -> None:
    for number, (name, text) in enumerate(sorted(texts.items()), 11):
        desk.drop(name, text, {"url": NUMBERED.format(number)})


@pytest.fixture
def revised(desk: Desk) -> Desk:
    """An archive whose four releases were each edited once."""
    drop(desk, FIRST)
    desk.ingest()
    drop(desk, SECOND)
    assert desk.ingest(batch_size=2) == {"revised": 4}
    return desk


def kinds(desk: Desk, view: str = "edits") -> list[Any]:
    return desk.column(f"SELECT kinds FROM {view}")


def test_every_edit_is_described_and_the_weightiest_comes_first(revised: Desk) -> None:
    assert kinds(revised) == [["figure"], ["figure"], ["title"], ["typo"]]
    assert kinds(revised, "silent_edits") == kinds(revised)
    told = {row["title_after"]: row for row in revised.rows("FROM edits WHERE title_before != title_after")}
    assert told["Relief for all growers"]["title_before"] == "Relief for growers"
    assert told["Relief for all growers"]["diff"] == "title: Relief for {+all +}growers"
    (chinese, english) = revised.column("SELECT diff FROM edits WHERE figures = 1 ORDER BY diff DESC")
    assert "公布，十[-二-]{+三+}間公共圖書館" in chinese
    assert "said about [-4,000-]{+5,200+} passengers" in english


def test_a_release_edited_twice_in_one_batch_has_both_edits(desk: Desk) -> None:
    rows = []
    for hour, text in enumerate((news(), *(news().replace("4,000", figure) for figure in ("5,200", "6,100")))):
        path = desk.root / f"{hour}.txt"
        path.write_text(text, encoding="utf-8")
        rows.append({"file": path.name, "url": NUMBERED.format(11), "seen_at": f"2025-06-25T{10 + hour}:00:00Z"})
    assert desk.ingest(desk.list_of(rows)) == {"new": 1, "revised": 2}
    assert desk.rows("SELECT version, figures, words_added, words_removed FROM edits ORDER BY version") == [
        {"version": version, "figures": 1, "words_added": 1, "words_removed": 1} for version in (2, 3)
    ]


def test_a_text_that_returns_is_an_edit_the_other_way(desk: Desk) -> None:
    for text in (news(), news().replace("4,000", "5,200"), news()):
        desk.drop("a.txt", text, {"url": NUMBERED.format(11)})
        desk.ingest()
    there, back = desk.column("SELECT diff FROM edits ORDER BY version")
    assert "[-4,000-]{+5,200+}" in there
    assert "[-5,200-]{+4,000+}" in back


def test_a_notice_of_correction_is_not_silent(desk: Desk) -> None:
    desk.drop("a.txt", news(), {"url": NUMBERED.format(11)})
    desk.ingest()
    corrected = news(paragraphs=("Correction: the number of passengers was wrong.", *edited(QUAY, "4,000", "5,200")))
    desk.drop("a.txt", corrected, {"url": NUMBERED.format(11)})
    assert desk.ingest() == {"revised": 1}
    assert kinds(desk) == [["correction", "figure"]]
    assert kinds(desk, "silent_edits") == []


def test_edits_are_made_again_from_the_journals(revised: Desk) -> None:
    before = revised.rows("FROM kept.edits ORDER BY rowid")
    digest = revised.content_hash()
    assert rebuild(revised.home, now=lambda: revised.now, wait=5.0, seen=lambda _: None) == digest
    assert revised.rows("FROM kept.edits ORDER BY rowid") == before
    assert revised.wrong() == []


def test_two_descriptions_make_two_archives(desk: Desk, revised: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    other = Desk(desk.root / "other")
    monkeypatch.setattr("warehouse.resolution.resolving.describe_edits", lambda *_: [])
    for texts in (FIRST, SECOND):
        drop(other, texts)
        other.ingest()
    assert other.content_hash() != revised.content_hash()
    told = other.rows("SELECT edit_kind, kinds, weight, diff FROM edits")
    assert [(row["edit_kind"], row["kinds"], row["weight"]) for row in told] == [("text", None, None)] * 4
    assert all("show" in row["diff"] for row in told)


def test_small_batches_describe_alike(desk: Desk, revised: Desk) -> None:
    other = Desk(desk.root / "other")
    for texts in (FIRST, SECOND):
        drop(other, texts)
        other.ingest(batch_size=1)
    assert other.content_hash() == revised.content_hash()
