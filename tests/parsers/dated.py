"""What the tests of dates share: a zone, a day, and the one date of a text."""

from datetime import UTC, date, datetime

from parsers.dates import Found, find

HONG_KONG = "Asia/Hong_Kong"
JUNE_25 = date(2025, 6, 25)
HALF_PAST_FIVE = datetime(2025, 6, 25, 9, 30, tzinfo=UTC)  # 17:30 in Hong Kong


def only(text: str, *, zone: str = HONG_KONG, day_first: bool = True, reference: date | None = None) -> Found:
    found = find(text, zone=zone, day_first=day_first, reference=reference)
    assert len(found) == 1, found
    return found[0]
