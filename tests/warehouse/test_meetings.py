"""Who met whom: sentences that say so of two people by name, in both languages; plans and bystanders are none."""

import pytest

from tests.desk import Desk

MET = (
    "The Minister for Transport, Mr Arno Velt, met the Secretary for Health, Ms Ada Quill, at the quay on Monday.",
    "The Minister for Transport, Mr Arno Velt, held fresh talks with the Secretary for Health, Ms Ada Quill.",
    "The Minister for Transport, Mr Arno Velt, paid a courtesy call on the Secretary for Health, Ms Ada Quill.",
    "保安局局長鄧炳強今日拜會運輸及物流局局長陳美寶。",
    "保安局局長鄧炳強今日在禮賓府與運輸及物流局局長陳美寶會面。",
    "保安局局長鄧炳強下午獲運輸及物流局局長陳美寶女士接見。",
)
NOT_MET = (
    "The Minister for Transport, Mr Arno Velt, will hold talks with the Secretary for Health, Ms Ada Quill.",
    "The Minister for Transport, Mr Arno Velt, held telephone talks with the Secretary for Health, Ms Ada Quill.",
    "The Minister for Transport, Mr Arno Velt, met the press with the Secretary for Health, Ms Ada Quill.",
    "The Minister for Transport, Mr Arno Velt, said that the board met the Secretary for Health, Ms Ada Quill.",
    "The Minister for Transport, Mr Arno Velt, met the target of the Secretary for Health, Ms Ada Quill’s, plan.",
    "保安局局長鄧炳強聯同運輸及物流局局長陳美寶會見傳媒。",
    "保安局局長鄧炳強會見傳媒時表示感謝運輸及物流局局長陳美寶。",
    "保安局局長鄧炳強明日與運輸及物流局局長陳美寶會面。",
)


@pytest.fixture
def told(desk: Desk) -> Desk:
    for number, sentence in enumerate((*MET, *NOT_MET)):
        words = f"Notice {number}\n\nJune 25, 2025\n\n{sentence}\n\nIt was notice {number} of the year.\n"
        desk.drop(f"{number:02}.txt", words, {"language": "zh-Hant" if "局" in sentence else "en"})
    desk.ingest()
    return desk


def test_meetings_are_told_from_what_only_looks_like_one(told: Desk) -> None:
    named = told.column(
        "SELECT count(*) FROM (SELECT release_id FROM mentions WHERE kind = 'person'"
        " GROUP BY release_id HAVING count(DISTINCT person) = 2)"
    )
    assert named == [len(MET) + len(NOT_MET)], "two people are found in each, or a silence would prove nothing"
    assert sorted(told.column("SELECT sentence FROM who_met_whom")) == sorted(MET)


def test_a_meeting_has_both_with_their_offices_once_for_each_release(told: Desk) -> None:
    found = told.rows("SELECT DISTINCT name, office, with_name, with_office FROM who_met_whom ORDER BY name")
    assert [tuple(row.values()) for row in found] == [
        ("Arno Velt", "Minister for Transport", "Ada Quill", "Secretary for Health"),
        ("鄧炳強", "保安局局長", "陳美寶", "運輸及物流局局長"),
    ]
    assert told.column("SELECT count(*) = count(DISTINCT release_id) FROM who_met_whom") == [True]
