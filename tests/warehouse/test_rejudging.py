"""Texts judged again by today's rule: a rule that has not changed changes nothing, another retires and adds facts."""

from collections import Counter
from datetime import date, timedelta

import pytest

from tests.desk import Desk
from tests.samples import ORCHARD, QUAY, QUAY_TITLE, edited, news
from warehouse.rebuilding import rebuild
from warehouse.resolution import near_duplicates, rejudging, relating
from warehouse.reviewing import review

FIRST = date(2025, 6, 25)
NOTICE = (
    "The tide gate at Lantern Bay will be closed tonight from {hour} until five in the morning, for {n} boats to pass.",
    "Small craft should leave the inner basin before the gate is lowered; lights on both towers will turn red.",
    "Walkers may use the upper way as usual. The next notice will be given tomorrow at the same time of the day.",
)


def put(desk: Desk, number: int, text: tuple[str, ...], *, title: str, later: int = 0) -> None:
    day = FIRST + timedelta(days=later)
    url = f"https://www.news.gov.hk/eng/{day:%Y/%m/%Y%m%d}/{day:%Y%m%d}_120000_{number:03}.html"
    desk.drop(f"{number:03}.txt", news(title, f"{day:%B} {day.day}, {day.year}", text), {"url": url})


@pytest.fixture
def joined(desk: Desk) -> Desk:
    """Ten issues of a notice, a text with its correction and one that only resembles it; an edit among them."""
    for day in range(10):
        text = tuple(part.format(hour=7 + day % 4, n=30 + day) for part in NOTICE)
        put(desk, day, text, title="Tide gate closed tonight", later=day)
    put(desk, 20, (*QUAY, *ORCHARD), title=QUAY_TITLE)
    put(desk, 21, (*edited(QUAY, "4,000", "5,200"), *ORCHARD), title=f"{QUAY_TITLE} (amended)", later=2)
    put(desk, 22, QUAY, title="Berths for ferries", later=40)
    desk.ingest(batch_size=4)
    put(desk, 3, tuple(part.format(hour=12, n=99) for part in NOTICE), title="Tide gate closed tonight", later=3)
    assert desk.ingest() == {"revised": 1, "unchanged": 12}
    return desk


def reviewed(desk: Desk, day: int) -> Counter[str]:
    return review(desk.home, run_id=f"202602{day:02}T000000Z-review", now=lambda: desk.now, wait=1)


def test_the_same_rule_says_the_same(joined: Desk) -> None:
    assert joined.column("SELECT count(*) FROM series") == [10]
    before = joined.rows("FROM kept.relations")
    assert reviewed(joined, 1) == Counter()
    assert joined.rows("FROM kept.relations") == before


def test_another_rule_retires_what_it_would_not_say_and_may_say_it_again(
    joined: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    kinds = set(joined.column("SELECT DISTINCT kind FROM relations"))
    with monkeypatch.context() as changed:
        for module in (near_duplicates, rejudging, relating):
            changed.setattr(module, "RULE", "near/next")
        changed.setattr(near_duplicates, "SAME_MASKED", 1.1)
        changed.setattr(near_duplicates, "SAME_HEADLINE", 1.1)
        told = reviewed(joined, 1)
        assert told["retired"] >= 9
        assert joined.column("SELECT count(*) FROM series") == [0]
        assert reviewed(joined, 2) == Counter()
    kept = joined.content_hash()
    assert rebuild(joined.home, now=lambda: joined.now, wait=1, seen=lambda _: None) == kept
    assert reviewed(joined, 3)["asserted"] > 0
    assert reviewed(joined, 4) == Counter()
    assert joined.column("SELECT count(*) FROM series") == [10]
    assert set(joined.column("SELECT DISTINCT kind FROM relations")) == kinds
    assert joined.wrong() == []
