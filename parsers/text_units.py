"""What of a text counts when texts are compared: its words, or characters for Chinese, plain and masked.

Masked means that figures, months and weekdays read alike, so that two issues of one notice do too. The foot that a
publisher sets under everything, and notes to editors, do not count.
"""

import re
import struct
from array import array
from dataclasses import dataclass
from functools import lru_cache
from zlib import crc32

from parsers.chineseforms import simplified
from parsers.notices import says_it_corrects, unmarked
from parsers.particulars import KEPT, SIGNS, of_characters, of_words

NUMBERS_KEPT = 256
LEAD = 60  # characters of the first real paragraph that make its beginning

_ASCII_WORDS = bytes(ord(chr(code).lower()) if chr(code).isalnum() else 32 for code in range(128)) + bytes(
    range(128, 256)
)
_DIGITS = b"0123456789"
_WITHIN_NUMBERS = b",.:'"  # 4,000 and 10:30 are one word each
_MOSTLY_ASCII = 0.9
_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]+")
_WORD = re.compile(r"\w+")
_NO_WORD = re.compile(r"\W+")
_FIGURE = re.compile(rb"[0-9][0-9a-z]*")
_CHINESE_FIGURE = re.compile(  # begins with a set of characters, which `re` finds ten times faster than a choice
    "([0-9〇零一二三四五六七八九十百千万萬亿億][0-9〇零一二三四五六七八九十百千万萬亿億年月日时時点點分]*)"
)
_CALENDAR = frozenset(
    b"january february march april may june july august september october november december monday tuesday wednesday"
    b" thursday friday saturday sunday jan feb mar apr jun jul aug sep sept oct nov dec mon tue wed thu fri sat".split()
)
_CALENDAR_UNITS = {crc32(word) for word in _CALENDAR}
_FOOT = re.compile(
    r"\s*(?:[-#*\s]*ends?\b.{0,60}|issued at .{0,40}|nnnn|[（(]?完[）)]?|[（(]?\d{4}年\d+月\d+日.{0,20}"
    r"|香港(?:时间|時間).{0,20}|back to top|回到(?:页首|頁首))\s*",
    re.IGNORECASE,
)
_NOTES = re.compile(
    r"\W*(?:notes? (?:to|for) editors?|about (?:us|the [A-Z].{2,60}|[A-Z].{2,40})|(?:media|press) (?:contacts?|"
    r"enquiries|inquiries)|编者按|編者按|传媒查询|傳媒查詢|媒体查询|媒體查詢|媒体联络|媒體聯絡|关于我们|關於我們)\W*",
    re.IGNORECASE,
)
_NOTES_HEADING = 80  # characters at most
_PACKED = struct.Struct("=IIIB")  # bytes of the units and of the masked ones, beginning, flags
_DATELINE = re.compile(
    r"(?:[^.\u3002\n]{0,60}?(?:\s--?|\s?[\u2014\u2013]{1,2})\s?|[\u3010(\uff08][^\u3011)\uff09\n]{1,40}[\u3011)\uff09]\s*"
    r"|[^\u3002\n]{0,30}?[社网網报報][^\u3002\uff0c\n]{0,20}?[电電讯訊][)\uff09]?\s*)"
)
_SENT, _SENT_WITHIN = (
    re.compile("[-\u2014\u2013\u3010(\uff08电電讯訊]"),
    70,
)  # few beginnings have one; the rest is slow
_SHORT_LEAD = 15  # a paragraph with less is a credit or a place, not a beginning
MASK = 35  # the sign #


@dataclass(frozen=True, slots=True)
class Wording:
    """A text as numbers, one per word or Chinese character; `numbers` are figures, days and particulars it names.

    `masked` is None where it follows from the units: those of figures and of the calendar read as `MASK`.
    """

    units: "array[int]"
    masked: "array[int] | None"
    numbers: frozenset[str]
    lead: int
    marked: bool
    chinese: bool


def wording(title: str, body: str, language: str) -> Wording:
    """What counts of a text. `marked`: it says of itself that it corrects or replaces another."""
    chinese = language.startswith("zh") or _mostly_chinese(body)
    story = _without_foot(body)
    plain, masked, numbers = _of_characters(story) if chinese else _of_words(story)
    return Wording(plain, masked, numbers, _lead(story), says_it_corrects(title, body), chinese)


def packed(one: Wording) -> bytes:
    """A wording as bytes, for another process on the same machine."""
    units, masked = one.units.tobytes(), one.masked.tobytes() if one.masked is not None else b""
    flags = (one.masked is not None) | one.marked << 1 | one.chinese << 2
    head = _PACKED.pack(len(units), len(masked), one.lead, flags)
    return b"".join((head, units, masked, " ".join(one.numbers).encode()))


def unpacked(told: bytes) -> Wording:
    """The inverse of `packed`.

    :raises ValueError: for anything else.
    """
    try:
        units, masked, lead, flags = _PACKED.unpack_from(told)
        middle = _PACKED.size + units
        plain, alike = array("I", told[_PACKED.size : middle]), array("I", told[middle : middle + masked])
    except (struct.error, ValueError) as error:
        raise ValueError("not a packed wording") from error
    numbers = frozenset(told[middle + masked :].decode().split())
    return Wording(plain, alike if flags & 1 else None, numbers, lead, bool(flags & 2), bool(flags & 4))


def kept_numbers(numbers: frozenset[str]) -> frozenset[str]:
    """At most 256 figures and 64 particulars, the same ones of whatever texts share them."""
    if len(numbers) <= KEPT:
        return numbers
    particulars = frozenset(number for number in numbers if number[0] in SIGNS)
    return _fewest(numbers - particulars, NUMBERS_KEPT) | _fewest(particulars, KEPT)


def _fewest(numbers: frozenset[str], kept: int) -> frozenset[str]:
    return numbers if len(numbers) <= kept else frozenset(sorted(numbers, key=_by_digest)[:kept])


@lru_cache(4_096)
def masked_title(title: str) -> str:
    """A headline with figures and days alike, and without the words that mark a correction."""
    return _masked(unmarked(simplified(title)))


def _masked(line: str) -> str:
    folded = line.casefold()
    if _HAN.search(folded):
        return _NO_WORD.sub("", _CHINESE_FIGURE.sub("#", folded))
    words = folded.encode().translate(_ASCII_WORDS, _WITHIN_NUMBERS).split()
    return b" ".join([b"#" if word in _CALENDAR or word[0] in _DIGITS else word for word in words]).decode()


def _by_digest(number: str) -> int:
    return crc32(number.encode())


def _mostly_chinese(text: str) -> bool:
    if text.isascii():
        return False
    sample = text[:2_000]
    return sum(map(len, _HAN.findall(sample))) * 2 > len(sample)


def masking(numbers: frozenset[str]) -> set[int]:
    """The units that read as `MASK` in a text of words that names these figures."""
    return {crc32(number.encode()) for number in numbers if number[0] not in SIGNS} | _CALENDAR_UNITS


def _without_foot(text: str) -> str:
    parts = text.split("\n\n")
    for place in range(len(parts) // 2, len(parts)):
        if len(parts[place]) < _NOTES_HEADING and _NOTES.fullmatch(parts[place]) and place:
            parts = parts[:place]
            break
    while len(parts) > 1 and len(parts[-1]) < _NOTES_HEADING and _FOOT.fullmatch(parts[-1]):
        parts.pop()
    return "\n\n".join(parts)


def _lead(story: str) -> int:
    """A digest of how the first real paragraph begins, figures alike, behind the place and agency it comes from."""
    for part in story.split("\n\n", 4)[:4]:
        begins = _DATELINE.match(part) if _SENT.search(part, 0, _SENT_WITHIN) else None
        start = begins.end() if begins else 0
        told = _masked(simplified(part[start : start + LEAD]))
        if len(told) >= _SHORT_LEAD:
            return crc32(told.encode())
    return crc32(masked_title(story[:LEAD]).encode())


def _of_words(text: str) -> tuple["array[int]", None, frozenset[str]]:
    data = text.encode("ascii", "ignore")
    if len(data) >= len(text) * _MOSTLY_ASCII:
        data = data.translate(_ASCII_WORDS, _WITHIN_NUMBERS)
    else:
        data = " ".join(_WORD.findall(text.casefold())).encode()
    words = data.split()
    numbers = frozenset((*(number.decode() for number in _FIGURE.findall(data)), *of_words(text, words)))
    return array("I", map(crc32, words)), None, numbers


def _of_characters(text: str) -> tuple["array[int]", "array[int]", frozenset[str]]:
    said = _NO_WORD.sub("", text).casefold()
    parts = _CHINESE_FIGURE.split(said)
    told = " ".join(number for number in parts[1::2] if len(number) > 1 or number.isdecimal())
    numbers = frozenset((*simplified(told).split(), *of_characters(text, said)))
    return _code_points(said), _code_points("#".join(parts[::2])), numbers


def _code_points(text: str) -> "array[int]":
    return array("I", text.encode("utf-32-le"))
