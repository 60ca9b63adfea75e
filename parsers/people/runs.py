"""Runs of capitalised words in a Latin text, the only places where people, offices and bodies can stand.

One pass over the text; a run is cut after `LONGEST` words, so that a page of nothing but capitals costs no more.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

LONGEST = 30  # words

_CAP = r"[A-ZÀ-ÖØ-ÞĀ-Ž][\w]*(?:['’](?!s\b|S\b)\w+)*(?:-\w+(?:['’](?!s\b)\w+)*)*"
_PLURAL_OWNER = r"(?:Veterans|People|Women|Children|Peoples|Workers)['’]s?"
_WORD = rf"(?:{_PLURAL_OWNER}|{_CAP}|&)"
_JOIN = r"(?:of|for|and|to|on|in|at|against|the)"
_DAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b"
_MONTH = r"(?:January|February|March|April|May|June|July|August|September|October|November|December)\b"
_WHEN = rf"(?:[ \u00a0]{_JOIN})*[ \u00a0]{_DAY}|[ \u00a0]in[ \u00a0]{_MONTH}"
_BEGINS = r"(?:The|This|That|These|It|He|She|They|We|In|At|On|A|An)\b"
_ABBREVIATED = rf"(?<![\w'’.-])[A-Z]\w{{0,4}}\.(?=[ ](?!{_BEGINS})[A-Z])"  # Mr. and Gen., but no end of a sentence
_RUN = re.compile(
    rf"(?:{_ABBREVIATED}|(?<![\w'’.-]){_WORD})"
    rf"(?:(?!{_WHEN})(?:[ \u00a0]{_JOIN}){{0,2}}[ \u00a0]{_WORD}(?:(?<=[ \u00a0][A-Z])\.)?"
    rf"|,[ ](?!{_DAY}){_CAP}(?=(?:,[ ]{_CAP}){{0,2}},?[ ]and[ ]{_CAP})"
    rf"|[ ]\([A-Z]{{2,8}}\)(?=[ ]{_CAP})){{0,{LONGEST}}}"
)
_TOKEN = re.compile(rf"{_WORD}|{_JOIN}\b|,|\([A-Z]{{2,8}}\)")


@dataclass(frozen=True, slots=True)
class Token:
    """One word of a run, where it stands in the text; `joins` for of, and, the and the like, and for commas."""

    text: str
    start: int
    end: int
    joins: bool


def runs(text: str) -> Iterator[list[Token]]:
    """The runs of two words and more of a text in order, as tokens."""
    for run in _RUN.finditer(text):
        if " " not in run[0] and "\u00a0" not in run[0]:
            continue
        yield [
            Token(found[0], found.start(), found.end(), not (found[0][0].isupper() or found[0][0] in "&("))
            for found in _TOKEN.finditer(text, run.start(), run.end())
        ]
