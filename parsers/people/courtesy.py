"""Mr and Mrs, 先生 and 女士: whom a courtesy with a family name can mean.

Who was met as Mr is never meant by Mrs. Who was met with neither is whoever is called so first, if only one can be;
"Ms Lee, a teacher" is somebody new.
"""

import re
from collections.abc import Iterable, Mapping, Sequence

from parsers.people.chinese_names import clear_before
from parsers.people.gazetteer import words

CHINESE = {"先生": "man", "女士": "woman", "小姐": "woman", "太太": "wife", "夫人": "wife"}
_ENGLISH = {word: way for way in ("men", "women") for word in words("english", way)}
_WORD = "|".join(sorted(words("english", "honorifics") - {"Justice"})) + "|(?<!of )(?<!for )(?<!and )(?<!Chief )Justice"
_BEFORE = re.compile(rf"\b(?:(?:{_WORD})\.?[ \u00a0])+$")
_FURTHEST = 40  # characters that honorifics in a row take
_NEW = re.compile(r"(?:,| \(| –| —| -)[ ]?an? ")
_NEW_IN_CHINESE = re.compile("是?[，（]?一[名位]")


def before(text: str, name: int) -> str:
    """The honorifics right before a name, with the blanks between; "" for none."""
    found = _BEFORE.search(text, max(0, name - _FURTHEST), name)
    return found[0] if found else ""


def of_english(text: str, name: int) -> str:
    """As what somebody is addressed whose name begins there: men, women or ""."""
    told = {_ENGLISH.get(word.rstrip("."), "") for word in before(text, name).split()} - {""}
    return told.pop() if len(told) == 1 else ""


def of_chinese(folded: str, name_end: int) -> str:
    """As what somebody is addressed whose name ends there."""
    way = CHINESE.get(folded[name_end : name_end + 2], "")
    return {"man": "men", "woman": "women"}.get(way, "")


class Bearers:
    """Who is meant by a family name with a courtesy, from the beginning of a text to its end."""

    def __init__(self, met: Mapping[int, Iterable[str]]) -> None:
        """`met`: the number of each person -> men, women or nothing, as the text addresses who is named in full."""
        self._met = {number: set(ways) for number, ways in met.items()}
        self._strangers: set[tuple[str, str]] = set()

    def in_english(self, text: str, at: tuple[int, int], told: Sequence[int]) -> tuple[int, float] | None:
        """Who is meant by the family name at `at` of those called so, and how sure that is."""
        way = of_english(text, at[0])
        if not way:
            return told[0], 0.95 if len(told) == 1 else 0.5
        return self._meant(way, text[at[0] : at[1]], told, new=bool(_NEW.match(text, at[1])))

    def in_chinese(self, folded: str, at: tuple[int, int], told: Sequence[int]) -> tuple[int, float] | None:
        """Likewise of 李先生; a wife is called by the family name of her husband, so 李太太 is hardly ever known."""
        if not clear_before(folded, at[0]):
            return None
        way, family = CHINESE[folded[at[1] - 2 : at[1]]], folded[at[0] : at[1] - 2]
        if way == "wife":
            told = [number for number in told if "women" in self._met[number]]
        new = way == "wife" or bool(_NEW_IN_CHINESE.match(folded, at[1]))
        return self._meant("men" if way == "man" else "women", family, told, new=new)

    def _meant(self, way: str, family: str, told: Sequence[int], *, new: bool) -> tuple[int, float] | None:
        met = [number for number in told if way in self._met[number]]
        if met:
            return met[0], 0.95 if len(met) == 1 else 0.5
        either = [number for number in told if not self._met[number]]
        if new:
            self._strangers.add((family, way))
        if len(either) != 1 or (family, way) in self._strangers:
            return None
        self._met[either[0]].add(way)
        return either[0], 0.9
