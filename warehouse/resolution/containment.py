"""How much of the smaller text stands in the larger one, by word or character 5-shingles.

Tells an edited text from another text under the same headline.
"""

import re

SHINGLE = 5
SAME_TEXT_EDITED = 0.2  # below this share of common shingles two texts under one key are different releases
CJK = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
# Chinese, Japanese, Thai, Lao, Burmese and Khmer.
UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]")
WORD = re.compile(r"\w+")


def containment(first: str, second: str) -> float:
    """Share of the smaller text's shingles that the other has too: 0.0 to 1.0; 1.0 when one is empty."""
    unspaced = _is_unspaced(first) or _is_unspaced(second)  # a piece of a Chinese text may be mostly English
    smaller, larger = sorted((_shingles(text, unspaced) for text in (first, second)), key=len)
    return len(smaller & larger) / len(smaller) if smaller else 1.0


def shingles(text: str) -> frozenset[str]:
    """Character shingles for Chinese, word shingles otherwise; a short text is one shingle."""
    return _shingles(text, _is_unspaced(text))


def _is_unspaced(text: str) -> bool:
    """Whether it is mostly written without blanks between words."""
    return 2 * len(UNSPACED.findall(text)) > len("".join(WORD.findall(text)))


def _shingles(text: str, unspaced: bool) -> frozenset[str]:
    parts: list[str] = WORD.findall(text.casefold())
    joint = " "
    if unspaced:
        parts, joint = list("".join(parts)), ""
    if not parts:
        return frozenset()
    last = max(1, len(parts) - SHINGLE + 1)
    return frozenset(joint.join(parts[start : start + SHINGLE]) for start in range(last))
