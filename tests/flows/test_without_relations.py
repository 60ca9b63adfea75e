"""Looking for what joins releases can be left out, and taken up again."""

from tests.desk import Desk
from tests.samples import QUAY, news


def test_what_is_loaded_without_relations_is_compared_with_nothing(desk: Desk) -> None:
    desk.drop("quay.txt", news())
    assert desk.ingest(relations=False) == {"new": 1}
    assert desk.sizes()["sketches"] == 0
    longer = (*QUAY, "The ferry company told the same on a page of its own.")
    desk.drop("longer.txt", news("Ferries call at the ninth quay", "July 8, 2025", longer))
    assert desk.ingest() == {"new": 1, "unchanged": 1}
    assert desk.sizes()["sketches"] == 1
    assert desk.wrong() == []
