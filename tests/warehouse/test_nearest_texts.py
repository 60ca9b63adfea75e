"""Which of many alike a correction corrects and a copy carries: the same ones in whatever order they are met."""

from itertools import permutations

import pytest

from tests.desk import Desk
from tests.samples import edited, news
from tests.warehouse.test_near_duplicates import joined, put

BULLETIN = (
    "Winds over the outer islands will be force four from the north-east this evening, and the sea will be moderate."
    " Temperatures range between 14 and 22 degrees.",
    "Small craft should stay in the inner basin until the signal is lowered. The next bulletin is read at the ferry"
    " stairs when the lamps are lit, and it is printed on the board of the harbour office.",
)
TITLE = "Weather bulletin this evening"
CORRECTED = edited(edited(BULLETIN, "14", "15"), "22", "23")
FERRY = (
    "The boat to Kettle Point will not sail on June {day}. Some {n} passengers had places on it and may take the next"
    " one without paying again.",
    "Those who cannot wait are given their money back at the ticket hall of the ninth quay, on any working day.",
)
STANDING = ("The gate of the old canal is lowered tonight as on every night, and boats are asked to keep clear of it.",)


def bulletins(desk: Desk, order: tuple[int, ...]) -> None:
    """Issues of three days and, as number 4, the correction of the last; each met in a run of its own."""
    texts = {1: (BULLETIN, 0), 2: (edited(BULLETIN, "force four", "force three"), 7), 3: (BULLETIN, 15)}
    for number in order:
        text, later = texts.get(number, (CORRECTED, 15))
        put(desk, number, text, title=TITLE if number < 4 else f"{TITLE} (corrected)", later=later)
        desk.ingest(publish=False)
    desk.ingest()


@pytest.mark.parametrize("order", list(permutations((1, 2, 3, 4)))[::5])
def test_a_correction_goes_with_the_nearest_text_whatever_came_first(desk: Desk, order: tuple[int, ...]) -> None:
    bulletins(desk, order)
    assert [fact for fact in joined(desk) if fact[0] == "corrects"] == [("corrects", "004", "003")]
    assert desk.column("SELECT DISTINCT series FROM series") != []
    assert len(desk.column("SELECT DISTINCT series FROM series")) == 1
    assert desk.wrong() == []


def test_a_correction_goes_with_the_day_it_names(desk: Desk) -> None:
    issued = ((1, "25", "31"), (2, "26", "44"), (3, "27", "52"))
    for number, day, n in issued:
        put(desk, number, tuple(part.format(day=day, n=n) for part in FERRY), title="No ferry", later=number - 1)
    again = tuple(part.format(day="26", n="47") for part in FERRY)
    put(desk, 4, again, title="No ferry (corrected)", later=2)
    desk.ingest()
    assert ("corrects", "004", "002") in joined(desk)
    assert [fact for fact in joined(desk) if fact[0] == "corrects"] == [("corrects", "004", "002")]


def test_a_correction_leaves_its_series_whole(desk: Desk) -> None:
    for number in range(1, 6):
        text = edited(BULLETIN, "14 and 22", f"{10 + number} and {20 + number}")
        put(desk, number, text, title=TITLE, later=number)
    wrong = edited(BULLETIN, "14 and 22", "13 and 19")
    put(desk, 6, wrong, title=f"{TITLE} (corrected)", later=3)
    desk.ingest()
    assert [fact for fact in joined(desk) if fact[0] == "corrects"] == [("corrects", "006", "003")]
    assert len(desk.column("SELECT DISTINCT series FROM series")) == 1


@pytest.mark.parametrize("order", [(1, 2, 3, 4, 5, 13), (13, 5, 4, 3, 2, 1), (4, 13, 5, 1, 3, 2)])
def test_who_issues_a_notice_that_never_changes_copies_nobody(desk: Desk, order: tuple[int, ...]) -> None:
    for number in order:
        if number < 10:
            put(desk, number, STANDING, title="Gate lowered", later=number)
        else:
            stated = {"publisher": "wire.example", "published": "2025-06-28T15:30:00+08:00", "language": "en"}
            desk.drop("013.txt", news("Gate lowered", "June 28, 2025", STANDING), stated)
        desk.ingest(publish=False)
    desk.ingest()
    copied = [{later, earlier} for kind, later, earlier in joined(desk) if kind == "syndicated"]
    assert copied == [{"013", "003"}]


def test_a_copy_of_a_text_that_was_corrected_since_is_of_that_text(desk: Desk) -> None:
    put(desk, 1, BULLETIN, title=TITLE)
    put(desk, 2, edited(BULLETIN, "22", "24"), title=f"{TITLE} (corrected)", later=1)
    put(desk, 3, edited(BULLETIN, "22", "25"), title=f"{TITLE} (corrected again)", later=2)
    put(desk, 4, BULLETIN, title="From the islands", later=2, host="wire.example")
    desk.ingest()
    assert [fact for fact in joined(desk) if fact[0] == "syndicated"] == [("syndicated", "004", "001")]


def test_an_amended_law_corrects_no_other(desk: Desk) -> None:
    law = (
        "The Government published the {name} Regulation in the Gazette today. It takes effect on the first of the month"
        " after next, and section {n} sets out what has to be paid.",
        "Copies are kept at the district offices for all to read, and those who hold a licence are told by letter. The"
        " Legislative Council may amend a regulation within the time that is set out for it.",
    )
    named = (("Harbour Dues", "31", 0), ("Fish Markets (Amendment)", "12", 21))
    for number, (name, n, later) in enumerate(named, 1):
        text = tuple(part.format(name=name, n=n) for part in law)
        put(desk, number, text, title=f"{name} Regulation gazetted", later=later)
    desk.ingest()
    assert {kind for kind, _, _ in joined(desk)} <= {"series", "related"}


def test_texts_of_which_nobody_knows_the_publisher_are_no_copies(desk: Desk) -> None:
    for number in (1, 2):
        desk.drop(
            f"00{number}.txt", f"{TITLE}\n\nJune 25, 2025\n\n" + "\n\n".join((*BULLETIN, f"Printed by hand {number}."))
        )
    desk.ingest()
    assert desk.column("SELECT DISTINCT publisher FROM releases") == ["unknown"]
    assert {kind for kind, _, _ in joined(desk)} <= {"related", "series"}
