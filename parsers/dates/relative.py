"""Days told by their distance from the dateline: today, yesterday evening, 今日, 昨晚.

Only the words that mean one calendar day count; `Monday` or `next week` do not.
"""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from parsers.dates.written import Written

_DAYS_ON = {
    "today": 0,
    "tonight": 0,
    "this morning": 0,
    "this afternoon": 0,
    "this evening": 0,
    "yesterday": -1,
    "last night": -1,
    "tomorrow": 1,
    "今日": 0,
    "今天": 0,
    "今早": 0,
    "今晨": 0,
    "今晚": 0,
    "昨日": -1,
    "昨天": -1,
    "昨晚": -1,
    "前天": -2,
    "明日": 1,
    "明天": 1,
    "明早": 1,
    "明晚": 1,
}
_WORDS = re.compile(
    "|".join(rf"(?<![A-Za-z]){word}(?![A-Za-z])" if word.isascii() else word for word in _DAYS_ON), re.IGNORECASE
)


def relative_days(text: str, *, reference: date) -> Iterator[Written]:
    """The days told by such words, counted from the reference day."""
    for match in _WORDS.finditer(text):
        day = reference + timedelta(days=_DAYS_ON[match[0].lower()])
        yield Written(match.start(), match.end(), day.year, day.month, day.day, "counted from the dateline")
