"""The words dates are written with: months, weekdays and numerals, in English, Chinese and their neighbours."""

# English first: full names and the abbreviations of them.
_ENGLISH = (
    "january jan",
    "february feb",
    "march mar",
    "april apr",
    "may",
    "june jun",
    "july jul",
    "august aug",
    "september sep sept",
    "october oct",
    "november nov",
    "december dec",
)
# German, French, Spanish, Italian, Portuguese, Dutch: one line a month. Words that are also English are left out.
_NEIGHBOURS = (
    "januar jänner janvier enero gennaio janeiro januari",
    "februar feber février febrero febbraio fevereiro februari",
    "märz mars marzo março maart",
    "avril abril aprile",
    "mai mayo maggio maio mei",
    "juni juin junio giugno junho",
    "juli juillet julio luglio julho",
    "août agosto augustus",
    "septembre septiembre settembre setembro",
    "oktober octobre octubre ottobre outubro",
    "novembre noviembre novembro",
    "dezember décembre diciembre dicembre dezembro",
)
ENGLISH_MONTHS = {name: number for number, line in enumerate(_ENGLISH, 1) for name in line.split()}
OTHER_MONTHS = {name: number for number, line in enumerate(_NEIGHBOURS, 1) for name in line.split()}

# Lower-case, these are words of their own before they are months.
ALSO_WORDS = frozenset(("may", "march", "mar", "jan", "jun", "dec", "oct", "sep", "mars", "mai", "mei"))

ENGLISH_WEEKDAY = (
    "(?:Mon(?:day)?|Tue(?:s(?:day)?)?|Wed(?:nesday)?|Thu(?:r(?:s(?:day)?)?)?|Fri(?:day)?|Sat(?:urday)?|Sun(?:day)?)"
)
CHINESE_WEEKDAY = "(?:星期|周|週|禮拜|礼拜)[一二三四五六日天]"
_WEEKDAY_INITIALS = {"mo": 0, "tu": 1, "we": 2, "th": 3, "fr": 4, "sa": 5, "su": 6}
_CHINESE_WEEKDAYS = {name: number for number, name in enumerate("一二三四五六日")} | {"天": 6}

CHINESE_DIGITS = "〇零○一二三四五六七八九"
_DIGIT_VALUES = {char: max(0, place - 2) for place, char in enumerate(CHINESE_DIGITS)}
NUMERAL = f"[0-9{CHINESE_DIGITS}十廿卅百元]"
_TENS = {"十": 10, "廿": 20, "卅": 30, "百": 100}

# One character for one character, so that places in the text stay where they are.
PLAIN = str.maketrans(
    dict(zip("０１２３４５６７８９：／－．，", "0123456789:/-.,", strict=True))
    | dict.fromkeys("\u00a0\u2002\u2003\u2007\u2009\u202f\u3000", " ")
    | dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-")
)


def month_of(word: str) -> int | None:
    """1..12 for a month's name or its abbreviation in any case; None for other words."""
    word = word.lower()
    return ENGLISH_MONTHS.get(word) or OTHER_MONTHS.get(word)


def weekday_of(word: str) -> int:
    """0 (Monday) to 6, for a word that one of the weekday patterns matched."""
    return _CHINESE_WEEKDAYS.get(word[-1], -1) if ord(word[-1]) > 127 else _WEEKDAY_INITIALS[word[:2].lower()]


def number_of(numeral: str) -> int | None:
    """The value of 25, 二十五, 廿五, 二〇二五, 一百一十四 or 元 (the first); None when it is no numeral."""
    if numeral.isascii():
        return int(numeral) if numeral.isdigit() else None
    if numeral == "元":
        return 1
    if not any(char in _TENS for char in numeral):
        digits = "".join(char if char.isdigit() and char.isascii() else str(_digit(char)) for char in numeral)
        return int(digits) if digits.isdigit() else None
    total, pending = 0, 0
    for char in numeral:
        if unit := _TENS.get(char):
            total += unit * (pending or 1)
            pending = 0
        else:
            pending = _digit(char)
    return total + pending


def _digit(char: str) -> int:
    return int(char) if char.isascii() and char.isdigit() else _DIGIT_VALUES.get(char, 0)
