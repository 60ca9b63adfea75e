"""Releases that a publisher wrote anew under another address, and copies that others carry late or of a series."""

import pytest

from tests.desk import Desk
from tests.samples import QUAY, edited
from tests.warehouse.test_near_duplicates import joined, put, told

STORY = (
    "The Harbour Office said on Monday that 4,182 passengers used the ferries to the outlying islands over the"
    " weekend, 37 per cent more than a year ago, and that 126 extra sailings were needed to carry them.",
    "Queues at Lantern Bay lasted 45 minutes at most. Two boats of the spare fleet were called in on Sunday evening"
    " after the 18:40 service had to leave 215 people on the quay.",
)
ANEW = (
    "More islanders than ever took the boat last weekend: up 37 per cent, the Harbour Office announced, to 4,182. It"
    " laid on 126 additional crossings.",
    "Nobody had to stand in line at Lantern Bay for longer than 45 minutes. When 215 travellers could not board at"
    " 18:40 on Sunday, a pair of reserve vessels came to their aid.",
)
OTHER = (
    "The Harbour Office will repaint the sheds of Lantern Bay in May. Some 3,910 litres are ordered, and 64 painters"
    " will work in shifts of 11 hours.",
    "Visitors find a hoarding of 250 metres, which opens at 07:15 for deliveries. Fishermen keep their lockers.",
)


@pytest.mark.parametrize("title", ["Ferries carry more", "Weekend travel"])
def test_a_release_written_anew_on_the_day_is_known_by_its_headline_and_figures(desk: Desk, title: str) -> None:
    put(desk, 1, STORY, title=title)
    put(desk, 2, ANEW, title=title)
    put(desk, 3, OTHER, title=title)
    desk.ingest()
    assert joined(desk) == [("corrects", "002", "001")]
    said = told(desk, "002", "001").sentences
    assert any("in other words" in sentence for sentence in said), said


def test_what_keeps_only_most_of_the_figures_is_related(desk: Desk) -> None:
    put(desk, 1, STORY)
    put(desk, 2, edited(edited(ANEW, "126", "131"), "45 minutes", "50 minutes"))
    desk.ingest()
    assert joined(desk) == [("related", "002", "001")]


@pytest.mark.parametrize(("title", "later"), [("Another headline entirely", 0), ("", 1)])
def test_another_headline_or_day_says_nothing(desk: Desk, title: str, later: int) -> None:
    put(desk, 1, STORY, title="Ferries carry more")
    put(desk, 2, ANEW, title=title or "Ferries carry more", later=later)
    desk.ingest()
    assert joined(desk) == []


def test_a_late_copy_that_changes_not_a_word_is_a_copy(desk: Desk) -> None:
    put(desk, 1, QUAY)
    put(desk, 2, QUAY, later=22, host="wire.example")
    put(desk, 3, QUAY, later=90, host="late.example")
    desk.ingest()
    assert ("syndicated", "002", "001") in joined(desk)
    assert "003" not in {later for kind, later, _ in joined(desk) if kind == "syndicated"}


@pytest.mark.parametrize("at_once", [True, False])
def test_a_copy_of_one_issue_of_a_notice_is_no_issue_itself(desk: Desk, at_once: bool) -> None:
    for number in range(1, 6):
        text = edited(QUAY, "4,000", f"{number},317")
        put(desk, number + 10, text, later=number, host="wire.example")
        if not at_once:
            desk.ingest(publish=False)
        put(desk, number, text, later=number)
        if not at_once:
            desk.ingest(publish=False)
    desk.ingest()
    found = joined(desk)
    copied = [{later, earlier} for kind, later, earlier in found if kind == "syndicated"]
    assert copied == [{f"{number:03}", f"{number + 10:03}"} for number in range(1, 6)]
    assert desk.column("SELECT DISTINCT issues FROM series") == [5], "each publisher has its own"
