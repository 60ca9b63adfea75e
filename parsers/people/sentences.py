"""The sentence around a place in a text."""

import re

from parsers.people.mention import SENTENCE_LIMIT

_ENDS = re.compile(r"[。！？!?；]|\.(?=\s|$)|\n")


def sentence_around(text: str, start: int, end: int) -> str:
    """The sentence that holds `start` to `end`, at most `SENTENCE_LIMIT` characters of it."""
    begin = max(0, start - SENTENCE_LIMIT)
    for stop in _ENDS.finditer(text, begin, start):
        if not _abbreviates(text, stop.start()):
            begin = stop.end()
    closing = next((stop.end() for stop in _ENDS.finditer(text, end, end + SENTENCE_LIMIT)), end + SENTENCE_LIMIT)
    if closing - begin > SENTENCE_LIMIT:
        begin = max(begin, min(start - SENTENCE_LIMIT // 3, closing - SENTENCE_LIMIT), end - SENTENCE_LIMIT)
    return " ".join(text[begin : min(closing, begin + SENTENCE_LIMIT)].split())


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
