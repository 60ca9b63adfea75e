"""Which language and script a text is in: read from the text, checked against what its page declares.

Scripts decide where they can, common words among the languages of Latin script. What the text says strongly
wins over the page's declaration, which is often a template's default; the declaration fills in what the text leaves
open, above all the script of a short Chinese headline.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from string import ascii_lowercase
from typing import Literal

from parsers.chinesescript import script_of
from parsers.languagewords import LETTERS, SCRIPTS, SHAPES, SHARED_SCRIPTS, WEIGHTS


@dataclass(frozen=True, slots=True)
class Verdict:
    """A language (BCP 47: en, zh-Hant, zh-Hans, zh when undecided, und when unknown) and how it was found.

    `basis` is stated when a declaration agrees or decided; `text` is what was read; `note` says why a declared
    language was not followed.
    """

    language: str
    rule: str
    basis: Literal["stated", "inferred"]
    text: str
    note: str | None


@dataclass(frozen=True, slots=True)
class _Reading:
    """What the text alone says; `strong` when a declaration must not overrule it; `length` in its characters."""

    language: str
    rule: str
    text: str
    strong: bool
    length: int


_SAMPLE = 900  # characters; a longer look changes nothing
_HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+")
_KANA = re.compile("[\u3041-\u3096\u30a1-\u30fa]+")
_HANGUL = re.compile("[\u1100-\u11ff\u3131-\u318e\uac00-\ud7a3]+")
_ANY_EAST_ASIAN = re.compile("[\u1100-\u11ff\u3041-\ufaff\U00020000-\U0003ffff]")  # these, and what lies between
_LATIN_BEYOND_ASCII = re.compile("[\u00c0-\u024f\u1e00-\u1eff]+")
_NO_LETTERS = bytes(code for code in range(128) if not chr(code).isalpha())
_LETTERS_ALONE = bytes(code if chr(code) in ascii_lowercase else 0x20 for code in range(256))
_WORD = re.compile("[a-z\u00df-\u024f\u1e00-\u1eff]+")
_CLITIC = re.compile(r"['’](?:s|t|re|ve|ll|d|m)\b")
_INITIAL = re.compile(r"\b[a-z]\.(?![a-z]{2})")
_HAS_INITIAL = re.compile(r"\.(?<=\b[a-z]\.)(?![a-z]{2})")  # the same, looked for at full stops alone
_SCRIPTS = {language: re.compile(f"[{letters}]+") for language, letters in SCRIPTS.items()}
_SHARED = tuple((re.compile(f"[{letters}]+"), choices) for letters, choices in SHARED_SCRIPTS.values())
_NO_POINTS_YET = dict.fromkeys((*SHAPES, *LETTERS), 0.0)  # every language that `WEIGHTS` knows

_HAN_WEIGHT = 3  # a Chinese character says about as much as three Latin letters
_KANA_SHARE = 0.03  # below this, kana are a quotation or an ornament (の) in Chinese text
_ORNAMENTED = 6  # Chinese characters for each の of a text whose only kana it is
_JAPANESE_HEADLINE = 30  # Chinese characters; a longer Japanese text has kana
_SURE_POINTS = 1.6
_SURE_RATIO = 1.3
_LETTER_POINTS = 0.5
_SHAPE_POINTS = 0.3
_NO_POINTS = 0.5
_FEW_LETTERS = 6
_SHORT = 12  # words; a longer text without a common word is in a language we do not know

_TRADITIONAL_PLACES = ("hk", "tw", "mo")
_SIMPLIFIED_PLACES = ("cn", "sg", "my")
_NAMES = {
    "english": "en",
    "eng": "en",
    "chinese": "zh",
    "chi": "zh",
    "zho": "zh",
    "tc": "zh-Hant",
    "cht": "zh-Hant",
    "big5": "zh-Hant",
    "sc": "zh-Hans",
    "chs": "zh-Hans",
    "cn": "zh-Hans",
    "gb": "zh-Hans",
    "yue": "zh-Hant",
    "cmn": "zh",
    "jp": "ja",
    "kr": "ko",
}
_TAG = re.compile(r"[a-z]{2,3}(?:-[a-z0-9]{1,8}){0,4}")


def normalised(declared: str | None) -> str | None:
    """A declared language in our terms: `zh_HK` is zh-Hant, `en-GB` is en; None when it names no language."""
    tag = (declared or "").strip().lower().replace("_", "-")
    tag = _NAMES.get(tag, tag).lower()
    if not _TAG.fullmatch(tag) or tag in ("und", "mul", "zxx"):
        return None
    primary, *rest = tag.split("-")
    if primary not in ("zh", "yue", "cmn"):
        return _NAMES.get(primary, primary)
    if "hant" in rest or ("hans" not in rest and any(place in rest for place in _TRADITIONAL_PLACES)):
        return "zh-Hant"
    if "hans" in rest or any(place in rest for place in _SIMPLIFIED_PLACES):
        return "zh-Hans"
    return "zh-Hant" if primary == "yue" else "zh"


def detect(text: str, declared: str | None = None) -> Verdict:
    """The language of a text. `declared` is what its page or operator says (`html lang`, a sidecar), if anything."""
    reading, said = _read(text[:_SAMPLE]), normalised(declared)
    if said is None:
        return Verdict(reading.language, reading.rule, "inferred", reading.text, None)
    if said == reading.language or (said == "zh" and reading.language.startswith("zh")):
        return Verdict(reading.language, f"declared, and {reading.rule}", "stated", f"{declared}; {reading.text}", None)
    if _overrules(reading, said):
        note = f"declared {declared}, but the text shows {reading.rule} ({reading.text})"
        return Verdict(reading.language, reading.rule, "inferred", reading.text, note)
    return Verdict(said, "declared", "stated", str(declared), None)


def _overrules(reading: _Reading, said: str) -> bool:
    """Whether the text contradicts what was declared, and not merely leaves it open."""
    if not reading.language.startswith("zh"):
        return reading.strong
    if said == "ja":
        return reading.length > _JAPANESE_HEADLINE
    if said.startswith("zh"):
        return reading.strong and reading.language != "zh"
    return True


def _read(sample: str) -> _Reading:
    if not sample.isascii():
        if _ANY_EAST_ASIAN.search(sample) and (reading := _east_asian(sample)):
            return reading
        if other := _other_script(sample, _latin_letters(sample)):
            return other
    return _latin(sample, _latin_letters(sample))


def _latin_letters(sample: str) -> int:
    plain = sample.encode("ascii", "ignore").translate(None, _NO_LETTERS)
    return len(plain) + (0 if sample.isascii() else _count(_LATIN_BEYOND_ASCII, sample))


def _count(runs: re.Pattern[str], sample: str) -> int:
    """How many characters the runs of a script have together."""
    return sum(map(len, runs.findall(sample)))


def _east_asian(sample: str) -> _Reading | None:
    """The language of a text most of which is in the scripts of East Asia, None for any other."""
    rest = "".join(_HAN.split(sample))  # short, where there is much to look through
    han, kana, hangul = len(sample) - len(rest), "".join(_KANA.findall(rest)), _count(_HANGUL, rest)
    signs = han + len(kana) + hangul
    if not signs or signs * _HAN_WEIGHT < _latin_letters(rest):
        return None
    if hangul > han + len(kana):
        return _Reading("ko", "hangul", f"{hangul} syllables", True, hangul)
    if len(kana) >= max(1, _KANA_SHARE * han) and not (set(kana) <= {"の"} and han > _ORNAMENTED * len(kana)):
        return _Reading("ja", "kana", f"{len(kana)} kana, {han} Chinese characters", True, han + len(kana))
    script, sure, told = script_of(sample)
    if script is None:
        return _Reading("zh", "Chinese characters of either script", f"{han} characters", True, han)
    return _Reading(script, "characters of one script", told, sure, han)


def _other_script(sample: str, latin: int) -> _Reading | None:
    if len(sample) - len(sample.encode("ascii", "ignore")) <= latin // 2:
        return None  # a curly quotation mark among Latin letters is no script
    for language, letters in _SCRIPTS.items():
        if (count := _count(letters, sample)) > latin // 2:
            return _Reading(language, "script", f"{count} letters", True, count)
    for letters, choices in _SHARED:
        if (count := _count(letters, sample)) > latin // 2:
            language, signs = next((lang, signs) for lang, signs in choices if not signs or set(signs) & set(sample))
            return _Reading(language, "letters", f"{count} letters", bool(signs), count)
    return None


def _latin(sample: str, latin: int) -> _Reading:
    words = _words(sample.lower())
    points = _points(words)
    english = points.pop("en")
    other = max(sorted(points), key=points.__getitem__)
    told = f"{max(english, points[other]):.3g} points for common words, of {len(words)} words"
    if english > _NO_POINTS and english >= points[other]:
        sure = english >= _SURE_POINTS and english >= _SURE_RATIO * points[other]
        return _Reading("en", "common words", told, sure, latin)
    if points[other] >= _SURE_POINTS and points[other] >= _SURE_RATIO * max(english, *_without(points, other)):
        return _Reading(other, "common words", told, True, latin)
    short = latin >= _FEW_LETTERS and len(words) <= _SHORT and sample.isascii()
    if short and points[other] <= max(_NO_POINTS, 2 * english):
        return _Reading("en", "plain letters and no other language's words", told, False, latin)
    return _Reading("und", "no language's common words", told, False, latin)


def _words(plain: str) -> list[str]:
    """The words of a text in small letters, without what apostrophes shorten and without initials."""
    if "'" in plain or "’" in plain:
        plain = _CLITIC.sub(" ", plain)
    if _HAS_INITIAL.search(plain):
        plain = _INITIAL.sub(" ", plain)
    plain = plain.replace("\u00a0", " ")  # often all that an English text has beyond ASCII
    if plain.isascii():
        return plain.encode("ascii").translate(_LETTERS_ALONE).decode("ascii").split()
    return _WORD.findall(plain)


def _without(points: dict[str, float], language: str) -> list[float]:
    return [score for name, score in points.items() if name != language]


def _points(words: list[str]) -> dict[str, float]:
    """Points of each language: shares of their common words, and of the letters that only some alphabets have."""
    points = _NO_POINTS_YET.copy()
    for language, weight in chain.from_iterable(map(_points_of, words)):
        points[language] += weight
    return points


@lru_cache(maxsize=1 << 15)  # a text repeats its words, and the next text repeats most of them
def _points_of(word: str) -> tuple[tuple[str, float], ...]:
    if len(word) == 1 and word.isascii():
        return ()  # a cut-off word, an initial, a numeral
    points = [(language, _SHAPE_POINTS) for language, shape in SHAPES.items() if shape.fullmatch(word)]
    points += WEIGHTS.get(word, {}).items()
    if not word.isascii():
        special = {char for char in word if ord(char) > 127}
        writers = [language for language, letters in LETTERS.items() if special <= letters]
        points += [(language, _LETTER_POINTS / len(writers)) for language in writers]
        points.append(("en", -_LETTER_POINTS))
    return tuple(points)
