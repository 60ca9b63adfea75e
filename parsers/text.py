"""What every text passes on its way into a record, and the forms of it that are compared.

The gate makes a text storable and honest (Unicode NFC, no lone surrogates, no control characters) and
counts what it removed or found; the raw bytes stay untouched elsewhere. The other forms are for keys and
digests only: they lose information on purpose and are never stored as text.
"""

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

# Unicode Bidirectional Algorithm (UAX #9), section 2: the explicit formatting characters and marks.
BIDI_CONTROLS = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
# Format characters that take no room; U+00AD and U+034F are kept out: they say something about a word.
ZERO_WIDTH = "\u180e\u200b-\u200d\u2060-\u2064\ufeff"

_NEWLINES = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f]")
_ASCII_BLANKS = bytes(code for code in range(0x80) if chr(code).isspace())
_ASCII_CONTROLS = bytes(code for code in (*range(0x20), 0x7F) if code not in b"\t\n")
_SURROGATES = re.compile("[\ud800-\udbff][\udc00-\udfff]|[\ud800-\udfff]")
_BIDI = re.compile(f"[{BIDI_CONTROLS}]")
_ZERO_WIDTH = re.compile(f"[{ZERO_WIDTH}]")
_SUSPECT = re.compile(f"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff{BIDI_CONTROLS}{ZERO_WIDTH}]")
# What no reader sees and nothing depends on; joiners, which some scripts need, and directions are not among them.
_NEVER_SEEN = re.compile("[\u00ad\u034f\u180e\u200b\u200e\u200f\u2060-\u2064\ufe00-\ufe0f\ufeff\U000e0100-\U000e01ef]")
_UNSEEN = re.compile(f"[\u00ad\u034f{BIDI_CONTROLS}{ZERO_WIDTH}]")

_MARKS = "".join(map(chr, filter(lambda code: unicodedata.combining(chr(code)), range(0x300, 0x10000))))
# UAX #15, section 13 (stream-safe text): without a limit, sorting a run of combining marks is quadratic. Beyond the
# basic plane one range stands for all: single characters there would slow the search a hundredfold.
_COMBINING = re.compile(f"[{_MARKS}\U000101fd-\U0001e94a]")
_COMBINING_RUN = re.compile(_COMBINING.pattern + "{31,}")
_STREAM_SAFE_LIMIT = 30
_GRAPHEME_JOINER = "\u034f"

_SHAPES = (
    dict.fromkeys("\u2018\u2019\u201a\u201b\u2032\u0060\u00b4\u02bc\u2039\u203a", "'")
    | dict.fromkeys("\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb\u300c\u300d\u300e\u300f\u301d\u301e\u301f", '"')
    | dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u2500", "-")
)

_SHAPED = re.compile(f"[{re.escape(''.join(_SHAPES))}]")

# What NFKC does to the marks of Chinese print, said beforehand: with them gone it seldom has to run at all, and on
# Chinese text it is a hundred times slower than the check whether it has to.
_FULL_WIDTH = {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)} | {"\u3000": " ", "\u2026": "..."}
_WIDE = re.compile(f"[{''.join(_FULL_WIDTH)}]")

# What day lists and feeds append to a headline to say what comes with it (info.gov.hk/gia lists).
_DECORATION = re.compile(
    r"\s*(?:"
    r"\(\s*(?:with|w/)\s+[^()]{0,40}(?:photo|video|picture|image|audio|clip|attachment|annex)[^()]{0,40}\)"
    r"|\([附有][^()]{0,20}(?:圖|图|片|相|照|表|音|影|件)[^()]{0,20}\)"
    r")$"
)
_EDGES = " \t*\u00b7\u2022\u2027'\"-_~|#.,;:\u3002\u3001"


@dataclass(frozen=True, slots=True)
class Gated:
    """A text fit for storing. `notes` counts what was found, only kinds that occur.

    `bidi` and `zero_width` controls are kept in place (U+FEFF alone is dropped); a `surrogate` became
    U+FFFD; a `control` was dropped.
    """

    text: str
    notes: dict[str, int]


def gate(text: str) -> Gated:
    """Newlines as `\\n`, Unicode NFC, no lone surrogates, no C0 or C1 controls but tab and newline.

    Linear in the length of the text, whatever it holds; gating twice changes nothing more.
    """
    if text.isascii():
        data = text.encode("ascii")
        if len(data.translate(None, _ASCII_CONTROLS)) == len(data):
            return Gated(text, {})
    elif not _SUSPECT.search(text):
        return Gated(_nfc(text), {})
    notes: dict[str, int] = {}
    text = _NEWLINES.sub("\n", text)
    text, controls = _CONTROLS.subn("", text)
    if not text.isascii():
        text = _gate_beyond_ascii(text, notes)
    if controls:
        notes["control"] = controls
    return Gated(text, notes)


def _gate_beyond_ascii(text: str, notes: dict[str, int]) -> str:
    lone = 0

    def joined(match: re.Match[str]) -> str:
        nonlocal lone
        if len(pair := match[0]) == 2:
            return pair.encode("utf-16-le", "surrogatepass").decode("utf-16-le")
        lone += 1
        return "\ufffd"

    text = _SURROGATES.sub(joined, text)
    found = {"bidi": len(_BIDI.findall(text)), "zero_width": len(_ZERO_WIDTH.findall(text)), "surrogate": lone}
    notes.update({kind: count for kind, count in found.items() if count})
    return _nfc(text.replace("\ufeff", ""))


def _nfc(text: str) -> str:
    return unicodedata.normalize("NFC", _stream_safe(text))


def _stream_safe(text: str) -> str:
    """The text with no more than thirty combining marks in a row; a longer run covers one of every 31 characters."""
    if not _COMBINING.search(text[:: _STREAM_SAFE_LIMIT + 1]):
        return text
    return _COMBINING_RUN.sub(_interrupted, text)


def _interrupted(run: re.Match[str]) -> str:
    """The run with a joiner after every thirty combining marks, which keeps their sorting bounded."""
    pieces: list[str] = []
    marks = 0
    for char in run[0]:
        marks = marks + 1 if unicodedata.combining(char) else 0
        if marks > _STREAM_SAFE_LIMIT:
            pieces.append(_GRAPHEME_JOINER)
            marks = 1
        pieces.append(char)
    return "".join(pieces)


def squeeze(text: str) -> str:
    """Every run of white space (U+00A0, U+3000 and newlines too) as one space; the ends trimmed.

    U+200B and U+FEFF count as nothing.
    """
    return " ".join(text.replace("\u200b", "").replace("\ufeff", "").split())


def as_seen(text: str) -> str:
    """The text without characters that nobody sees; a hyphen at which no line may break is a hyphen."""
    return text if text.isascii() else _NEVER_SEEN.sub("", text).replace("\u2011", "-")


def fingerprint(parts: Iterable[str]) -> str:
    """SHA-256 (hex) of what a text says, whatever its format, spacing and line wrapping.

    Width, case, white space, unseen controls and the shapes of quotation marks and dashes do not count;
    every other mark does, so that 1.5 and 15 differ. Where one part ends and the next begins does not count.
    """
    said = without_blanks("".join(parts))
    if said.isascii():
        folded = said.lower().replace("`", "'")  # the only one of the shapes that is ASCII
    else:
        folded = _unified(_compatible(_UNSEEN.sub("", said)).casefold())
        folded = without_blanks(_compatible(folded))
    return hashlib.sha256(folded.encode("utf-8", "replace")).hexdigest()


def without_blanks(text: str) -> str:
    """What is left of a text without its white space, that beyond ASCII too."""
    if text.isascii():
        return text.encode("ascii").translate(None, _ASCII_BLANKS).decode("ascii")
    return "".join(text.split())


def _compatible(text: str) -> str:
    text = _stream_safe(text)
    if unicodedata.is_normalized("NFKC", text):
        return text
    while wide := _WIDE.search(text):
        text = text.replace(wide[0], _FULL_WIDTH[wide[0]])
    return text if unicodedata.is_normalized("NFKC", text) else unicodedata.normalize("NFKC", text)


def _unified(text: str) -> str:
    """Quotation marks and dashes in one shape each; by search, since few characters are any."""
    return _SHAPED.sub(lambda found: _SHAPES[found[0]], text)


def fold_title(title: str) -> str:
    """A headline as a key: width, case and quotation marks unified, list decorations and edge marks removed."""
    visible = title if title.isascii() else _UNSEEN.sub("", _compatible(title))
    folded = _unified(squeeze(visible).casefold()).strip(_EDGES)
    while (shorter := _DECORATION.sub("", folded).strip(_EDGES)) != folded:
        if not shorter:
            break
        folded = shorter
    return folded


# A full stop after these does not end a sentence; the second group only before a figure ("No. 5").
_ABBREVIATION = re.compile(
    r"(?:^|[\s(\[\"'\u2018\u201c/.-])"
    r"(?:[A-Za-z]|Mr|Mrs|Ms|Mx|Messrs|Dr|Prof|Hon|Rev|Fr|St|Sr|Jr|Gen|Col|Maj|Capt|Cdr|Lt|Sgt|Adm|Gov|Sen|Rep|Amb|Pres"
    r"|Inc|Ltd|Co|Corp|Bros|Dept|Govt|Univ|Ave|Rd|Blvd|Mt|Ft|vs|viz|cf|al|etc|eg|ie|approx|est|ca"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|Mon|Tues?|Wed|Thurs?|Fri|Sat|Sun)$"
)
_NUMBERED = re.compile(r"(?:^|\W)(?:Nos?|Arts?|Secs?|Ch|Chap|Vols?|Figs?|Pp?|Para|Eq|Ex|Cap|Reg)$", re.IGNORECASE)
_ENDER = re.compile(r"[。！？]+[」』”’）)\"']*|[.!?\u2026]+[\"'\u201d\u2019)\]]*(?=\s|$)")
_PARAGRAPH = re.compile(r"\n[^\S\n]*\n")
_CHINESE = re.compile("[\u3400-\u9fff\uf900-\ufaff]")
_CHINESE_PAUSE = re.compile("[，、；：。！？]")


def first_sentence(text: str, limit: int = 120) -> str:
    """A title for a text that has none: its first sentence on one line, at most `limit` characters.

    A longer one is cut at a word; in Chinese after a pause in its second half, else at a character.
    """
    opening = _first_line(text[: 40 * limit].lstrip("\ufeff\u200b \t\r\n\u3000\u00a0"), limit)
    for ender in _ENDER.finditer(opening):
        if not _is_abbreviation(opening, ender):
            opening = opening[: ender.end()]
            break
    return opening if len(opening) <= limit else _shortened(opening, limit)


def _first_line(text: str, limit: int) -> str:
    """The first paragraph on one line; a line too short to have been wrapped stands for itself."""
    paragraph = _PARAGRAPH.split(text, maxsplit=1)[0]
    joined = ""
    for line in map(squeeze, paragraph.split("\n")):
        wide = bool(_CHINESE.search(joined[-1:]) and _CHINESE.match(line))
        joined = joined + ("" if wide or not joined else " ") + line
        if len(line) < (20 if wide else 50) or len(joined) > 2 * limit:
            break
    return joined


def _is_abbreviation(text: str, ender: re.Match[str]) -> bool:
    if not ender[0].startswith(".") or len(ender[0]) > 1 or ender.end() == len(text):
        return False
    before, after = text[max(0, ender.start() - 12) : ender.start()], text[ender.end() :].lstrip()
    if after[:1].islower():
        return True
    return bool(_ABBREVIATION.search(before)) or (after[:1].isdigit() and bool(_NUMBERED.search(before)))


def _shortened(text: str, limit: int) -> str:
    head = text[:limit]
    if _CHINESE.search(text[limit - 1 : limit + 1]):
        pauses = [m.start() for m in _CHINESE_PAUSE.finditer(head) if m.start() >= limit // 2]
        return head[: pauses[-1]] if pauses else head
    if text[limit].isspace() or " " not in head.strip():
        return head.rstrip(" ,;:-\u2013\u2014(")
    return head[: head.rindex(" ")].rstrip(" ,;:-\u2013\u2014(")
