"""Chinese text in one script for comparing: Traditional characters in their Simplified forms, full width in half.

Character by character, so words that the scripts write differently stay different; never for storing. The pairs are
those of ordinary use (Big5 and Hong Kong's own forms), as OpenCC's tables have them.
"""

import re
from functools import cache
from pathlib import Path

_TABLE = Path(__file__).parent / "chinese_forms.txt"  # lines in pairs: a line of Traditional forms, one of Simplified
_FOLDED = re.compile("[\u3400-\u9fff\uff01-\uff5e]")
_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}


def simplified(text: str) -> str:
    """The text with every Traditional character that has one Simplified form in that form."""
    return text.translate(forms()) if not text.isascii() and _FOLDED.search(text) else text


@cache
def forms() -> dict[int, int]:
    """Code point -> code point of the form it is compared as; what is not there stays."""
    lines = _TABLE.read_text(encoding="utf-8").splitlines()
    pairs = zip("".join(lines[::2]), "".join(lines[1::2]), strict=True)
    return _FULL_WIDTH | {ord(traditional): ord(simple) for traditional, simple in pairs}
