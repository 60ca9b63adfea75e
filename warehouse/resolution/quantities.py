"""What a text states in figures, whatever the language writes them in: amounts, days, times, numbers to call.

1.25 billion, 1,250 million and 12.5億 are one value, so are 3.30pm and 下午三時三十分, 26 November and
十一月二十六日. For holding the editions of one release against each other: what only looks like a value is `possible`,
not `stated`.
Every pattern begins with a set of characters, which `re` finds ten times faster than a choice.
"""

import re
from dataclasses import dataclass
from decimal import Decimal

from parsers.chineseforms import simplified
from parsers.dates.words import month_of

LONGEST = 40_000  # characters that are read of a text
_MONTH = (
    "(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?"
    "|Nov(?:ember)?|Dec(?:ember)?)"
)
_SCALES = {"thousand": 3, "million": 6, "mn": 6, "billion": 9, "bn": 9, "trillion": 12}
_SMALL = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
    "twenty",
]
_TENFOLD = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_WORDS = {word: value for value, word in enumerate(_SMALL)} | {word: 10 * n for n, word in enumerate(_TENFOLD, 2)}
_BARE_WORDS = bytes(code | 32 if chr(code).isalpha() else 32 for code in range(128)) + b" " * 128
_ADDRESS = re.compile(
    r"[a-z0-9](?<![a-z0-9_.+-].)[a-z0-9_.+-]*@[a-z0-9-]+\.[a-z0-9.-]*[a-z0-9]|(?:https?://|www\.)[!-~]*[a-z0-9/]",
    re.IGNORECASE,
)
_ENGLISH = re.compile(
    r"(?P<whole>[0-9][0-9]*)(?:(?:[.:](?P<minute>[0-5]\d))?\s?(?P<half>[ap])\.?m\b|:(?P<clock>[0-5]\d)\b"
    rf"|(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<month>{_MONTH})\b"
    r"|(?P<call>(?<=\d\d\d\d)(?<!\d\d\d\d\d)[ -]\d{3,4}\b(?!,\d))"
    r"|(?P<more>(?:,\d{3})*(?:\.\d+)?)(?:[ -](?P<scale>thousand|million|billion|trillion|mn|bn)\b)?)"
)
_MONTH_FIRST = re.compile(r"(?P<name>[JFMASOND][a-z]{2,8})\.?\s+(?P<day>\d{1,2})\b(?!,\d{3})")
_WORDED = re.compile(
    r"(?P<word>[efnost][a-z]{2,8})"
    r"(?:-(?P<unit>one|two|three|four|five|six|seven|eight|nine))?"
    r"(?:[ -](?P<scale>hundred|thousand|million|billion)\b)?",
    re.IGNORECASE,
)
_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2}
_TENS = {"十": 1, "百": 2, "千": 3}
_MYRIADS = {"万": 4, "亿": 8, "兆": 12}
_ONE = "0-9〇○零一二三四五六七八九"
_NUM = f"[{_ONE}十两]{{1,4}}"
_FIGURES = f"{_ONE}十百千万亿兆两"
_CHINESE = re.compile(
    rf"(?P<whole>[{_FIGURES}](?:[{_FIGURES},]+|[.点](?=[{_ONE}]))*)"
    rf"(?:时(?!间|段|期)(?:(?P<minute>{_NUM})分|(?P<half>半))?|点(?:(?P<minute2>{_NUM})分|(?P<half2>半)|正|整)"
    rf"|:(?P<clock>[0-5]\d)(?!\d)|月(?P<day>{_NUM})[日号至及和、]|(?P<year>年)|(?P<tenths>成)(?![功立员为绩分果])"
    rf"|(?P<call>(?<=[{_ONE}]{{4}})[ -][{_ONE}]{{3,4}}(?![{_ONE}]))|)"
)
_AFTERNOON = frozenset(("下午", "晚上", "傍晚", "今晚", "深夜"))
_MORNING = frozenset(("上午", "凌晨", "早上", "清晨", "今早", "今晨"))


@dataclass(frozen=True, slots=True)
class Quantities:
    """Values by how they are written everywhere: `1250000000`, `11-26`, `15:30`, `28246111`, `www.example`.

    `stated` are clearly meant as such; `possible` are these and whatever else may be read so.
    """

    stated: frozenset[str]
    possible: frozenset[str]


def quantities(text: str, language: str) -> Quantities:
    """What a text states; Chinese when its language says so, else as English writes."""
    text = text[:LONGEST]
    stated: set[str] = set()
    possible: set[str] = set()
    if "@" in text or "://" in text or "www." in text:
        stated.update(_host(address) for address in _ADDRESS.findall(text))
        text = _ADDRESS.sub(" ", text)
    if language.startswith("zh"):
        text = simplified(text)
        for match in _CHINESE.finditer(text):
            _read_chinese(match, text, stated, possible)
    else:
        text = _MONTH_FIRST.sub(lambda match: _read_day(match, stated), text)
        for match in _ENGLISH.finditer(text):
            _read_english(match, stated, possible)
        _read_words(text, possible)
    return Quantities(frozenset(stated), frozenset(possible | stated))


def _host(address: str) -> str:
    return address.lower().removeprefix("https://").removeprefix("http://").rstrip("/")


def _read_english(match: re.Match[str], stated: set[str], possible: set[str]) -> None:
    whole = match["whole"]
    if match["half"]:
        stated.add(f"{int(whole) % 12 + (12 if match['half'] == 'p' else 0)}:{match['minute'] or '00'}")
    elif match["clock"]:
        stated.add(f"{int(whole)}:{match['clock']}")
    elif match["month"]:
        stated.add(f"{month_of(match['month'])}-{int(whole)}")
    elif match["call"]:
        stated.add(whole + match["call"][1:])
    else:
        value = Decimal((whole + match["more"]).replace(",", "")) * 10 ** _SCALES.get(match["scale"] or "", 0)
        _file(plainly(value), stated, possible)


def _read_day(match: re.Match[str], stated: set[str]) -> str:
    month = month_of(match["name"])
    if month is None:
        return match[0]
    stated.add(f"{month}-{int(match['day'])}")
    return " "


def _read_words(text: str, possible: set[str]) -> None:
    """Numbers in words; only looked at closely where some are hundreds or more."""
    said = set(text.encode("ascii", "replace").translate(_BARE_WORDS).decode().split())
    possible.update(str(_WORDS[word]) for word in said & _WORDS.keys())
    if said & {"hundred", "thousand", "million", "billion", *_TENFOLD}:
        for match in _WORDED.finditer(text):
            value = _WORDS.get((match["word"]).lower())
            if value is not None:
                scale = (match["scale"] or "").lower()
                unit = _WORDS[match["unit"].lower()] if match["unit"] else 0
                possible.add(
                    plainly(Decimal(value + unit) * 10 ** (2 if scale == "hundred" else _SCALES.get(scale, 0)))
                )


def _read_chinese(match: re.Match[str], text: str, stated: set[str], possible: set[str]) -> None:
    written = match["whole"].rstrip(",")
    if match[0][len(written) : len(written) + 1] in ("时", "点"):
        part = text[max(0, match.start() - 2) : match.start()]
        minute = match["minute"] or match["minute2"]
        minutes = "30" if match["half"] or match["half2"] else f"{int(value_of(minute or '0')):02d}"
        _file_hour(int(value_of(written)), minutes, part, stated, possible)
    elif match["clock"]:
        stated.add(f"{int(value_of(written))}:{match['clock']}")
    elif match["day"]:
        stated.add(f"{int(value_of(written))}-{int(value_of(match['day']))}")
    elif match["year"] and len(written) == 4:
        possible.add("".join(map(_digit, written)))
    elif match["call"]:
        stated.add("".join(map(_digit, written + match["call"][1:])))
    elif match["tenths"]:
        possible.update((plainly(value_of(written)), plainly(value_of(written) * 10)))
    else:
        clear = len(written) > 1 or written in "0123456789"
        _file(plainly(value_of(written)), stated if clear else possible, possible)


def _file_hour(hour: int, minutes: str, part: str, stated: set[str], possible: set[str]) -> None:
    if part in _AFTERNOON:
        stated.add(f"{hour % 12 + (12 if hour != 12 or part == '下午' else 0) if hour <= 12 else hour}:{minutes}")
    elif part in _MORNING:
        stated.add(f"{hour}:{minutes}")
        possible.add(f"{hour % 12}:{minutes}")
    else:
        possible.update((f"{hour}:{minutes}", f"{(hour + 12) % 24}:{minutes}"))


def _file(said: str, stated: set[str], possible: set[str]) -> None:
    """A year says when, not how many: the other language may well leave it out."""
    (possible if len(said) == 4 and "1900" <= said <= "2099" else stated).add(said)


def value_of(written: str) -> Decimal:
    """The value of 12.5亿, 一千二百三十, 二〇二五, 3万5千, 1亿2,500万."""
    total = section = Decimal(0)
    run = ""
    for char in written.replace(",", ""):
        if char in _TENS:
            section += (_number(run) if run else 1) * 10 ** _TENS[char]
        elif char in _MYRIADS:
            myriads = section + (_number(run) if run else 0) or (0 if total else 1)
            total = (
                (total + myriads) * 10 ** _MYRIADS[char]
                if total < 10**8 and char == "亿"
                else (total + myriads * 10 ** _MYRIADS[char])
            )
            section = Decimal(0)
        else:
            run += char
            continue
        run = ""
    return total + section + (_number(run) if run else 0)


def _number(run: str) -> Decimal:
    first, _, rest = run.replace("点", ".").partition(".")
    return Decimal(f"{''.join(map(_digit, first)) or 0}.{''.join(map(_digit, rest.replace('.', ''))) or 0}")


def _digit(char: str) -> str:
    return str(_DIGITS.get(char, char))


def plainly(value: Decimal) -> str:
    """A value as it is held against others, without zeros that say nothing."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
