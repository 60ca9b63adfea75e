"""What tells two notices apart that read alike: numbers in words, and people named with their age.

A number in words says little by itself, for `one` stands in every text; it counts with what stands around it. Where
`第三號` and `第四號` stand in one place, or `at six this morning` and `at nine this morning`, one is not the other.
"""

import re
from collections.abc import Iterator, Sequence, Set
from zlib import crc32

from parsers.chineseforms import simplified

KEPT = 64  # of a text
SIGNS = "~@"  # of a number with its surroundings, of a person; no figure begins with one
AROUND = 3  # words or characters on either side
LONGEST_WORDS, LONGEST_CHARACTERS = 300, 600  # of a longer text one number in words replaced makes no other notice
NUMBER_WORDS = (
    *("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen"),
    *("fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty", "thirty", "forty", "fifty"),
    *("sixty", "seventy", "eighty", "ninety", "hundred", "thousand", "million", "billion", "trillion", "dozen", "half"),
    *("once", "twice", "thrice", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth"),
    *("tenth", "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth"),
    *("eighteenth", "nineteenth", "twentieth", "thirtieth", "hundredth"),
)
NUMERALS = "\u3007\u25cb零一二三四五六七八九十百千万亿兆两廿卅"  # as `simplified` leaves them
# Words in which a numeral counts nothing, and weekdays, which are replaced where a date was wrong.
FIXED = (
    "一[些定直般样致切旦向同并律再贯概如经连体流味心共]|一方面|一系列|进一步|[统唯单同逐专划不]一|(?<!分)之一|万[一分圣象]"
    "|十[分足](?=[\u3400-\u9fff])(?![钟之])|百[姓货科合]|千禧|三[思藩角文]|四[川方]|五[金官]|七夕|八[达卦]|九龙"
    "|(?:星期|周|礼拜)[一二三四五六]"
)
DIGITS = frozenset("0123456789")
_WORDS = frozenset(word.encode() for word in NUMBER_WORDS)
_FIXED = re.compile(FIXED)
_NUMBER = re.compile(f"[{NUMERALS}萬億兩][{NUMERALS}萬億兩年月日時时點点分]*")
_MASKED = str.maketrans(dict.fromkeys(f"{NUMERALS}0123456789", "#"))
_AGED = re.compile(
    r"\b([A-Z][\w'-]+(?: [A-Z][\w'-]+){0,3})(?:,? \(?aged? (?=[a-z\d])|, (?=\d{1,3}, )| \((?=\d{1,3}\)))"
)
_AGED_ZH = re.compile(
    rf"([\u3400-\u9fff]{{1,3}})[,、(\s]{{1,2}}(?:现年|今年|年约?)?(?:\d{{1,3}}|[{NUMERALS}]{{1,4}})岁"
)


def of_words(text: str, words: Sequence[bytes]) -> Iterator[str]:
    """Of an English text, given its words in lower case too."""
    start = 0
    for place in _places(words) if len(words) <= LONGEST_WORDS else ():
        if place < start:
            continue
        start = place + 1
        while start < len(words) and words[start] in _WORDS:
            start += 1
        around = words[max(0, place - AROUND) : place], words[start : start + AROUND]
        masked = ([b"#" if word in _WORDS or word[:1].isdigit() else word for word in part] for part in around)
        yield _token(b"".join(words[place:start]).decode(), *map(b" ".join, masked))
    if " aged" in text or "(aged" in text:  # not `managed`
        yield from ("@" + name.replace(" ", "_") for name in _AGED.findall(text))


def _places(words: Sequence[bytes]) -> list[int]:
    """Where number words stand; few texts have many, so that all others are passed over at once."""
    places = []
    for word in _WORDS.intersection(words):
        place = words.index(word)
        for _ in range(words.count(word) - 1):
            places.append(place)
            place = words.index(word, place + 1)
        places.append(place)
    return sorted(places)


def of_characters(text: str, said: str) -> Iterator[str]:
    """Of a Chinese text, given its characters without blanks and marks too."""
    spans = [found.span() for found in _NUMBER.finditer(said)] if len(said) <= LONGEST_CHARACTERS else []
    # What stands around them is folded and looked through all at once: a call for each would cost more than all else.
    views = simplified("\n".join([said[max(0, start - AROUND) : end + AROUND] for start, end in spans]))
    fixed = {place for word in _FIXED.finditer(views) for place in range(*word.span())}
    masked = views.translate(_MASKED)
    begins = 0
    for start, end in spans:
        first = begins + min(start, AROUND)
        last = first + end - start
        ends = last + min(AROUND, len(said) - end)
        in_fixed = last - first < 3 and fixed.issuperset(range(first, last))
        if not in_fixed and views[first - 1 : first] not in DIGITS:
            yield _token(views[first:last], masked[begins:first].encode(), masked[last:ends].encode())
        begins = ends + 1
    if "歲" in text or "岁" in text:
        yield from ("@" + name for name in _AGED_ZH.findall(simplified(text)))


def in_fixed_word(text: str, start: int, end: int) -> bool:
    """Whether what stands there, in Simplified characters, is part of a word that counts nothing."""
    first = max(0, start - 2)
    found = _FIXED.finditer(text, first, end + 3)
    return end - start < 3 and any(word.start() <= start and end <= word.end() for word in found)


def _token(number: str, before: bytes, after: bytes) -> str:
    return f"~{number}~{crc32(before) & 0xFFFFF:x}~{crc32(after) & 0xFFFFF:x}"


def replaced(one: Set[str], other: Set[str]) -> int:
    """How many numbers in words have another in their place."""
    lost, gained = (
        [tuple(told[1:].split("~")) for told in first - second if told[0] == "~"]
        for first, second in ((one, other), (other, one))
    )
    pairs = [
        (old, new) for old in lost for new in gained if old[0] != new[0] and (old[1] == new[1] or old[2] == new[2])
    ]
    return min(len({old for old, _ in pairs}), len({new for _, new in pairs}))


def others_named(one: Set[str], other: Set[str]) -> bool:
    """Whether both name people with their age and no name has a word, or a character, of any in the other."""
    first, second = ({part for told in names if told[0] == "@" for part in _parts(told[1:])} for names in (one, other))
    return bool(first and second and first.isdisjoint(second))


def _parts(name: str) -> Sequence[str]:
    return name.split("_") if name.isascii() else name
