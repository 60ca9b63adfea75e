"""The sentence around a place in a text."""

import re

from parsers.people.mention import SENTENCE_LIMIT

_ENDS = re.compile(r"[。！？!?；]|\.(?=\s|$)|\n")


def sentence_around(text: str, start: int, end: int) -> tuple[int, int]:
    """Where the sentence that holds `start` to `end` begins and ends, at most `SENTENCE_LIMIT` characters of it."""
    begin = max(0, start - SENTENCE_LIMIT)
    for stop in _ENDS.finditer(text, begin, start):
        if not _abbreviates(text, stop.start()):
            begin = stop.end()
    closing = next((stop.end() for stop in _ENDS.finditer(text, end, end + SENTENCE_LIMIT)), len(text))
    if closing - begin > SENTENCE_LIMIT:
        begin = max(begin, min(start - SENTENCE_LIMIT // 3, closing - SENTENCE_LIMIT), end - SENTENCE_LIMIT)
        closing = min(closing, begin + SENTENCE_LIMIT)
        begin = text.find(" ", begin, start) + 1 or begin  # not in the middle of a word
    while begin < start and text[begin].isspace():
        begin += 1
    while closing > end and text[closing - 1].isspace():
        closing -= 1
    return begin, closing


def _abbreviates(text: str, dot: int) -> bool:
    """Mr. and the like end no sentence."""
    return text[dot] == "." and text[max(0, dot - 4) : dot].rsplit(" ", maxsplit=1)[-1] in (
        "Mr",
        "Mrs",
        "Ms",
        "Dr",
        "Prof",
        "St",
        "No",
    )
