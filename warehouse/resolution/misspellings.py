"""Whether a change is a slip of the pen: marks, capitals, a spelling, a misspelt word, a character of the same sound.

What reverses or shifts a meaning in one letter or character is none, however little it is: an edit that is called a
typo is looked at last.
"""

import re
import unicodedata
from functools import cache
from pathlib import Path

from parsers.chineseforms import simplified
from parsers.particulars import NUMERALS
from parsers.text import fingerprint
from warehouse.resolution.weighty_characters import weighs
from warehouse.resolution.word_diff import HAN

LONGEST_TYPO = 40  # characters
LONG = 9  # letters; from here on a word may have two wrong, a shorter one no more than one
WORD = rf"[^\W_{HAN}]+(?:['\u2019.,-][^\W_{HAN}]+)*"
_HAN = f"[{HAN}]"
_SIGNS = r"[%\u2030\u00b0$\u20ac\u00a3\u00a5+<>=\u00b1\u00d7\u00f7\u2264\u2265]"
_NEGATION = (
    r"(?i)\b(?:not?|never|neither|nor|none|nobody|nothing|nowhere|without|cannot|un\w+"
    r"|(?:do|does|did|is|are|was|were|wo|ca|would|could|should|has|have|had)nt)\b|n['\u2019]t\b|[不無无未非沒没]"
)
_WORDS = Path(__file__).parent / "english_words.txt"  # those that differ little from another, out of press texts
# Words that are taken for each other by ear and eye; which one is meant shows in the sentence.
_TAKEN_FOR_EACH_OTHER = (
    "their there they're|its it's|your you're|whose who's|to too|than then|form from|lose loose|were where|quiet quite"
    "|principal principle|complement compliment|stationary stationery|discreet discrete|ensure insure|of off"
    "|advice advise|practice practise|licence license|device devise|passed past|lead led|through trough|affect effect"
    "|weather whether|by buy|chose choose|breath breathe|a an|enquiry inquiry|enquiries inquiries"
)
# Prefixes of words that begin with one letter all the same; where the first letters differ no list is needed.
_PREFIXES = (
    *(
        "un",
        "in",
        "il",
        "im",
        "ir",
        "dis",
        "de",
        "ex",
        "en",
        "em",
        "mis",
        "mal",
        "mini",
        "maxi",
        "micro",
        "macro",
        "milli",
    ),
    *(
        "mega",
        "mono",
        "multi",
        "re",
        "pre",
        "pro",
        "post",
        "over",
        "out",
        "on",
        "off",
        "up",
        "under",
        "sub",
        "super",
        "sur",
    ),
    *("inter", "intra", "intro", "extra", "hyper", "hypo", "counter", "contra", "anti"),
)
_ENDINGS = ("er", "ee", "ful", "less", "ish", "ism", "ist", "ess", "man", "woman", "men", "women", "teen", "ty")
_WHOSE = ("'s", "\u2019s")
_SPELLINGS = (  # of both sides of an ocean
    (r"our(?=s?$|ed$|ing$|able$|ite|hood)", "or"),
    (r"is(?=e$|ed$|es$|ing$|ation)", "iz"),
    (r"ys(?=e$|ed$|es$|ing$)", "yz"),
    (r"tre(?=s?$)", "ter"),
    (r"ll(?=ed$|ing$|er$|ers$)", "l"),
    (r"enc(?=e$|es$)", "ens"),
    (r"ogue$", "og"),
    (r"amme(?=s?$)", "am"),
    (r"dgement", "dgment"),
    (r"or(?=s?$)", "er"),
    (r"ae|oe", "e"),
)


def is_typo(lost: str, gained: str) -> bool:
    """Marks, case and script alone, a Chinese character for another, or words for others that are spelt much alike."""
    if simplified(lost) == simplified(gained):
        return True
    if re.findall(_SIGNS, lost) != re.findall(_SIGNS, gained):
        return False
    if len(re.findall(_NEGATION, lost)) != len(re.findall(_NEGATION, gained)):
        return False
    if same_words(lost, gained):
        return True
    if not (lost and gained) or max(len(lost), len(gained)) > LONGEST_TYPO:
        return False
    if re.search(_HAN, lost + gained):
        return len(lost) == len(gained) == 1 and _is_slip(*simplified(lost + gained))
    before, after = _words(lost), _words(gained)
    return len(before) == len(after) and all(map(_is_misspelt, before, after))


def same_words(lost: str, gained: str) -> bool:
    """Whether two stretches have the same words in the same order, whatever the marks around them."""
    before, after = (re.findall(WORD, text) + re.findall(_HAN, text) for text in (lost, gained))
    return fingerprint(before) == fingerprint(after)


def _is_slip(one: str, other: str) -> bool:
    """A numeral for another is a figure; and some characters say much by themselves."""
    return not {one, other} <= set(NUMERALS) and not weighs(one, other)


def _words(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", text.casefold())
    return [
        re.sub(r"[^\w'\u2019]|_", "", word)
        for word in re.findall(r"[^\W_]+(?:['\u2019.\u0300-\u036f-][^\W_]+)*", plain)
    ]


def _is_misspelt(one: str, other: str) -> bool:
    if one[-2:] in _WHOSE and other[-2:] in _WHOSE:
        one, other = one[:-2], other[:-2]
    one, other = (re.sub(r"\W", "", word) for word in (one, other))
    if one == other or _spelt(one) == _spelt(other) or frozenset((one, other)) in _confused():
        return True
    if not (one.isalpha() and other.isalpha()) or {one, other} <= known_words():
        return False
    if _differ_in(_PREFIXES, one, other) or _differ_in(
        _ENDINGS, _spelt(one)[::-1], _spelt(other)[::-1], backwards=True
    ):
        return False
    length = max(len(one), len(other))
    if one[0] != other[0] and one[:2] != other[1::-1]:
        return False  # a slip seldom spoils the first letter, and many words differ in it alone
    return length > 2 and _wrong_letters(one, other) <= (2 if length >= LONG else 1)


def _spelt(word: str) -> str:
    for pattern, plain in _SPELLINGS:
        word = re.sub(pattern, plain, word)
    return word


def _differ_in(parts: tuple[str, ...], one: str, other: str, *, backwards: bool = False) -> bool:
    """Whether two words are one stem with another prefix each, or with one and without; or with other endings."""
    stems = [{word} for word in (one, other)]
    for word, found in zip((one, other), stems, strict=True):
        for part in parts:
            start = part[::-1] if backwards else part
            if word.startswith(start) and len(word) - len(start) >= (2 if len(start) > 1 else 3):
                found.add(word[len(start) :])
    return bool(stems[0] & stems[1])


def _wrong_letters(one: str, other: str) -> int:
    """How many letters are wrong, missing or too many; two that changed places count once."""
    above: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        below = [i]
        for j, beside in enumerate(other, 1):
            least = min(row[j] + 1, below[-1] + 1, row[j - 1] + (letter != beside))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == beside:
                least = min(least, above[j - 2] + 1)
            below.append(least)
        above, row = row, below
    return row[-1]


@cache
def known_words() -> frozenset[str]:
    """English words that differ little from another one."""
    return frozenset(_WORDS.read_text(encoding="utf-8").split())


@cache
def _confused() -> frozenset[frozenset[str]]:
    groups = [group.replace("'", "").split() for group in _TAKEN_FOR_EACH_OTHER.split("|")]
    return frozenset(frozenset((one, other)) for group in groups for one in group for other in group if one != other)
