"""Figures whose day and month could change places: read by the publisher's habit and flagged, or not read at all."""

from datetime import date

import pytest

from parsers.records import Release
from tests.parsers.captures import release_of

STORY = "The harbour office gives notice that the ferry leaves from the second pier until the end of the month.\n"


def notice(day: str, publisher: str = "", below: str = "") -> Release:
    stated = {"publisher": publisher} if publisher else {}
    return release_of(f"Ferry leaves from another pier\n\nDate: {day}\n\n{STORY}{below}", **stated)


@pytest.mark.parametrize(
    ("publisher", "day", "other", "habit"),
    [
        ("gov.uk", date(2025, 4, 3), "2025-03-04", "day first"),
        ("state.gov", date(2025, 3, 4), "2025-04-03", "month first"),
    ],
)
def test_the_habit_of_a_publisher_decides_and_the_other_day_is_kept(
    publisher: str, day: date, other: str, habit: str
) -> None:
    release = notice("03/04/2025", publisher)
    evidence = release.evidence["published"]
    assert release.published and (release.published.on, release.published.basis) == (day, "inferred")
    assert (evidence.basis, evidence.others[0].value) == ("inferred", other)
    assert evidence.others[0].why_not == f"day and month could change places: numeric, {habit}, by habit"


def test_without_a_known_habit_no_day_is_guessed() -> None:
    release = notice("03/04/2025")
    evidence = release.evidence["published"]
    assert release.published is None
    assert (evidence.rule, evidence.others[0].text) == ("none taken", "Date: 03/04/2025")
    assert evidence.text == "day and month could change places, and nothing else tells"


@pytest.mark.parametrize("day", ["25/04/2025", "04/04/2025", "3.4.2025", "03/04/2025 (Thu)", "2025-04-03"])
@pytest.mark.parametrize("publisher", ["", "gov.uk"])
def test_figures_that_can_only_be_one_day_are_stated(day: str, publisher: str) -> None:
    release = notice(day, publisher)
    assert release.published and release.published.basis == "stated"
    assert release.evidence["published"].others == ()


def test_another_date_of_the_same_day_settles_it() -> None:
    release = notice("03/04/2025", below="\n3 April 2025\n")
    assert release.published and (release.published.on, release.published.basis) == (date(2025, 4, 3), "stated")
