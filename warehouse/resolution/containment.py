"""How much of the smaller text stands in the larger one, by word or character 5-shingles.

Tells an edited text from another text under the same headline. Near-duplicates across releases will
use the same shingles.
"""

import re

SHINGLE = 5
SAME_TEXT_EDITED = 0.2  # below this share of common shingles two texts under one key are different releases
CJK = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
WORD = re.compile(r"\w+")


def containment(first: str, second: str) -> float:
    """Share of the smaller text's shingles that the other has too: 0.0 to 1.0; 1.0 when one is empty."""
    smaller, larger = sorted((shingles(first), shingles(second)), key=len)
    return len(smaller & larger) / len(smaller) if smaller else 1.0


def shingles(text: str) -> frozenset[str]:
    """Character shingles for Chinese, word shingles otherwise; a short text is one shingle."""
    folded = text.casefold()
    han = len(CJK.findall(folded))
    parts: list[str] = WORD.findall(folded)
    joint = " "
    if han * 2 > len("".join(parts)):
        parts, joint = list("".join(parts)), ""
    if not parts:
        return frozenset()
    last = max(1, len(parts) - SHINGLE + 1)
    return frozenset(joint.join(parts[start : start + SHINGLE]) for start in range(last))
