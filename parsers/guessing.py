"""Which encoding bytes are in when nothing says so and they are not UTF-8.

First the encodings that give themselves away (escape sequences, zero bytes), then the East Asian ones by
how much the result looks like the language, then charset-normalizer, corrected between the single-byte
tables of Latin script, where its answer is often a neighbour.
"""

import codecs
import re

from charset_normalizer import from_bytes

from parsers.charsets import codec_of
from parsers.plausibility import latin_likeness, likeness_to

_SAMPLE = 1 << 15  # bytes: enough to be sure, and detection is slow
_HIGH = re.compile(rb"[\x80-\xff]")
_ENOUGH_HIGH = 200
_RUN_UP = 64  # bytes before the first one beyond ASCII, for context

_EAST_ASIAN = (
    ("gb18030", ("zh-Hans", "zh-Hant")),
    ("big5hkscs", ("zh-Hant",)),
    ("shift_jis", ("ja",)),
    ("euc_jp", ("ja",)),
    ("euc_jis_2004", ("ja",)),
    ("cp949", ("ko",)),
    ("johab", ("ko",)),
    ("utf-16-le", ("zh-Hans", "zh-Hant", "ja", "ko")),
    ("utf-16-be", ("zh-Hans", "zh-Hant", "ja", "ko")),
)
_LIKE_A_LANGUAGE = 0.35
_BEYOND_DOUBT = 0.75
_GLANCE = 1 << 12  # bytes that are enough when many of them are beyond ASCII
# In the order of how common they are, which decides between equals.
_LATIN = ("cp1252", "cp1250", "iso8859_2", "cp1254", "cp1257", "mac_roman")
_LIKE_AN_ALPHABET = 0.7
_ESCAPES = (
    (re.compile(rb"\x1b\$\)C"), "iso2022_kr"),
    (re.compile(rb"\x1b(?:\$[@B]|\([BIJ]|\$\([DOPQ])"), "iso2022_jp_ext"),
    (re.compile(rb"~\{(?:[!-w][!-~]){1,200}~\}"), "hz"),
)


def escaped_or_wide(body: bytes) -> str | None:
    """The codec of bytes that pass for ASCII or UTF-8 but are not: ISO-2022, HZ, UTF-16 and UTF-32 without a mark."""
    sample = body[:_SAMPLE]
    if b"\0" in sample:
        return _wide(sample)
    if b"\x1b" in body or b"~{" in body:
        for sign, codec in _ESCAPES:
            if sign.search(body) and _reads(body, codec):
                return codec
    return None


def guess(body: bytes) -> str | None:
    """The codec that most likely reads these bytes, from a sample; None when none makes a text of them."""
    sample = _telling_part(body)
    if codec := _east_asian(sample):
        return codec
    best = from_bytes(sample).best()
    named = _superset(best.encoding) if best else None
    if best is None or _is_latin(str(best)[:_GLANCE]):
        return _latin(sample) or named
    return named


def _telling_part(body: bytes) -> bytes:
    """A sample that holds bytes beyond ASCII, if the body has any."""
    sample = body[:_SAMPLE]
    if len(_HIGH.findall(sample)) >= min(_ENOUGH_HIGH, len(sample) // 10):
        return sample
    first = _HIGH.search(body)
    start = max(0, first.start() // 4 * 4 - _RUN_UP) if first else 0
    return body[start : start + _SAMPLE]


def _reads(body: bytes, codec: str) -> bool:
    try:
        body.decode(codec)
    except UnicodeDecodeError:
        return False
    return True


def _wide(sample: bytes) -> str | None:
    """UTF-16 or UTF-32 without a mark, by the places at which the zero bytes of ASCII characters stand."""
    zeros = [sample[place::4].count(0) * 4 / max(1, len(sample)) for place in range(4)]
    for codec, full, empty in (
        ("utf-32-be", (0, 1, 2), 3),
        ("utf-32-le", (1, 2, 3), 0),
        ("utf-16-be", (0, 2), 1),
        ("utf-16-le", (1, 3), 0),
    ):
        if min(zeros[place] for place in full) > 0.2 and zeros[empty] < 0.05:
            return codec
    return None


def _east_asian(sample: bytes) -> str | None:
    glance = sample[:_GLANCE]
    if len(sample) > _GLANCE and len(_HIGH.findall(glance)) >= _ENOUGH_HIGH and (codec := _likest(glance)):
        return codec
    return _likest(sample)


def _likest(sample: bytes) -> str | None:
    best, best_score = None, _LIKE_A_LANGUAGE
    for codec, languages in _EAST_ASIAN:
        text = sample.decode(codec, "replace")
        score = max(likeness_to(language, text) for language in languages)
        if score > best_score:
            best, best_score = codec, score
        if score > _BEYOND_DOUBT:
            break
    return best


def _superset(encoding: str) -> str | None:
    """What browsers read an encoding with; UTF-7 is never an answer."""
    name = codecs.lookup(encoding).name
    return None if name == "utf-7" else codec_of(name) or name


def _is_latin(text: str) -> bool:
    letters = [char for char in text if ord(char) > 127 and char.isalpha()]
    return sum(ord(char) < 0x250 for char in letters) * 2 >= len(letters)


def _latin(sample: bytes) -> str | None:
    best, best_score = None, _LIKE_AN_ALPHABET
    for codec in _LATIN:
        score = latin_likeness(sample.decode(codec, "replace"))
        if score > best_score:
            best, best_score = codec, score
    return best
