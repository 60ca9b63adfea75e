r"""The text of an RTF file (Rich Text Format Specification 1.9.1), token by token.

Characters come as bytes of a font's code page (`\'a4`), as UTF-16 numbers with a substitute behind them (`\u28207 ?`)
or as ASCII; groups nest, and those of a destination that is no text (fonts, pictures, headers, notes) are passed over.
"""

import re
from dataclasses import dataclass, field, replace

MOST_TOKENS = 1_000_000
DEEPEST = 2_000  # groups within groups
LONGEST_INSTRUCTION = 4_000  # bytes of a field

_TOKEN = re.compile(
    rb"\\([a-zA-Z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z'])|([{}])|([^\\{}\r\n]+)|[\r\n]+|\\"
)
_PASSED_OVER = frozenset(
    b"fonttbl colortbl stylesheet info pict header headerl headerr headerf footer footerl footerr footerf footnote"
    b" annotation object objdata themedata datastore listtable listoverridetable revtbl rsidtbl generator xmlnstbl"
    b" fldinst bkmkstart bkmkend pntext listtext latentstyles filetbl nonesttables sp sn shprslt do ftnsep atnid"
    b" atnauthor atrfstart atrfend atnref atndate mmathPr wgrffmtfilter colorschememapping operator author".split()
)
_HYPERLINK = re.compile(rb'\bHYPERLINK\s+"([^"]+)"')
_SIGNS = {
    b"par": "\n", b"line": "\n", b"sect": "\n", b"page": "\n", b"row": "\n", b"nestrow": "\n", b"tab": " ",
    b"cell": "\t", b"nestcell": "\t", b"emdash": "\u2014", b"endash": "\u2013", b"emspace": " ", b"enspace": " ",
    b"lquote": "\u2018", b"rquote": "\u2019", b"ldblquote": "\u201c", b"rdblquote": "\u201d", b"bullet": "\u2022",
}  # fmt: skip
_MARKS = {b"~": "\u00a0", b"_": "-", b"\\": "\\", b"{": "{", b"}": "}", b"\n": "\n", b"\r": "\n"}
_CODECS = {  # by the charset of a font; 0 and 1 are those of the document
    77: "mac_roman", 128: "cp932", 129: "cp949", 134: "gbk", 136: "big5hkscs", 161: "cp1253", 162: "cp1254",
    163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874", 238: "cp1250",
}  # fmt: skip
_PAGES = {b"936": "gbk", b"950": "big5hkscs", b"65001": "utf-8", b"10000": "mac_roman"}


class NoRtf(Exception):
    """Why a file is no RTF that can be read; the message is for a person."""


@dataclass(frozen=True, slots=True)
class _Group:
    """What holds inside a pair of braces: whether it is passed over, the font, and how long substitutes are."""

    passed_over: bool = False
    hidden: bool = False
    font: bytes = b""
    substitute: int = 1
    is_instruction: bool = False


@dataclass(slots=True)
class _Writer:
    """The text so far; bytes of a code page wait until the character they belong to is whole."""

    told: list[str] = field(default_factory=list)
    waiting: bytearray = field(default_factory=bytearray)
    units: list[int] = field(default_factory=list)

    def flush(self, codec: str) -> None:
        if self.waiting:
            self.told.append(bytes(self.waiting).decode(codec, "replace"))
            self.waiting.clear()
        if self.units:
            utf16 = b"".join(unit.to_bytes(2, "little") for unit in self.units)
            self.told.append(utf16.decode("utf-16-le", "replace"))
            self.units.clear()


def read_rtf(body: bytes) -> tuple[str, list[tuple[str, str]]]:
    """The text, its paragraphs on lines, the cells of a table row set apart by tabs; addresses and words of its links.

    :raises NoRtf: it is none, or built to take all day.
    """
    if not body.lstrip(b"\xef\xbb\xbf \r\n").startswith(b"{\\rtf"):
        raise NoRtf("no RTF: it does not begin with {\\rtf")
    reader = _Reader()
    return reader.read(body), reader.links


class _Reader:
    """The state of one pass over the tokens."""

    def __init__(self) -> None:
        self._group = _Group()
        self._outer: list[_Group] = []
        self._writer = _Writer()
        self._fonts: dict[bytes, str] = {}
        self._defined = b""
        self._page = "cp1252"
        self._to_skip = 0
        self._instruction = bytearray()
        self._open: list[tuple[str, int, int]] = []  # links whose words follow: address, depth, where the words begin
        self.links: list[tuple[str, str]] = []

    def read(self, body: bytes) -> str:
        at = 0
        for _ in range(MOST_TOKENS):
            token = _TOKEN.match(body, at)
            if token is None:
                break
            at = token.end()
            word, number, code, mark, brace, plain = token.groups()
            if word == b"bin":  # so many bytes of something that is no text
                at += max(0, int(number or 0))
            elif brace:
                if not self._step(brace):
                    break
            elif word:
                self._command(word, number)
            elif code:
                self._bytes(bytes.fromhex(code.decode()))
            elif mark:
                self._mark(mark)
            elif plain:
                self._bytes(plain)
        else:
            raise NoRtf(f"more than {MOST_TOKENS:,} commands: no release is like that")
        self._writer.flush(self._codec())
        return "".join(self._writer.told)

    def _step(self, brace: bytes) -> bool:
        """Into a group or out of it; False where the document ends."""
        self._writer.flush(self._codec())
        self._to_skip = 0
        if brace == b"{":
            if len(self._outer) >= DEEPEST:
                raise NoRtf(f"its groups are nested more than {DEEPEST:,} deep")
            self._outer.append(self._group)
        elif self._outer:
            self._group = self._outer.pop()
            if self._open and self._open[-1][1] > len(self._outer):
                address, _, start = self._open.pop()
                self.links.append((address, "".join(self._writer.told[start:])))
        return bool(self._outer)

    def _command(self, word: bytes, number: bytes | None) -> None:
        if word == b"u" and number is not None:
            self._unit(int(number))
            return
        self._writer.flush(self._codec())
        self._to_skip = 0
        if word in _PASSED_OVER:
            self._group = replace(self._group, passed_over=True)
            if word == b"fldinst":
                self._group = replace(self._group, is_instruction=True)
                self._instruction.clear()
        elif word == b"fldrslt":
            if link := _HYPERLINK.search(self._instruction):
                self._open.append((link[1].decode("ascii", "replace"), len(self._outer), len(self._writer.told)))
            self._instruction.clear()
        elif word == b"ansicpg" and number:
            self._page = _PAGES.get(number, _known(f"cp{number.decode()}"))
        elif word == b"f" and number:
            self._group = replace(self._group, font=number)
            self._defined = number
        elif word == b"fcharset" and number:
            self._fonts[self._defined] = _CODECS.get(int(number), self._page)
        elif word == b"uc" and number:
            self._group = replace(self._group, substitute=min(max(int(number), 0), 20))
        elif word == b"v":
            self._group = replace(self._group, hidden=number != b"0")
        elif word == b"plain":
            self._group = replace(self._group, hidden=False)
        elif word in _SIGNS:
            self._write(_SIGNS[word])

    def _mark(self, mark: bytes) -> None:
        self._writer.flush(self._codec())
        if mark == b"*":  # a destination that a reader may not know
            self._group = replace(self._group, passed_over=True)
        elif self._to_skip:
            self._to_skip -= 1
        elif mark in _MARKS:
            self._write(_MARKS[mark])

    def _unit(self, unit: int) -> None:
        if self._writer.waiting:
            self._writer.flush(self._codec())
        if not self._silent():
            self._writer.units.append(unit & 0xFFFF)
        self._to_skip = self._group.substitute

    def _bytes(self, data: bytes) -> None:
        skipped = min(self._to_skip, len(data))
        self._to_skip -= skipped
        if self._group.is_instruction and len(self._instruction) < LONGEST_INSTRUCTION:
            self._instruction += data
        if (data := data[skipped:]) and not self._silent():
            if self._writer.units:
                self._writer.flush(self._codec())
            self._writer.waiting += data

    def _write(self, text: str) -> None:
        if not self._silent():
            self._writer.told.append(text)

    def _silent(self) -> bool:
        return self._group.passed_over or self._group.hidden

    def _codec(self) -> str:
        return self._fonts.get(self._group.font, self._page)


def _known(codec: str) -> str:
    try:
        return codec if "".encode(codec) == b"" else "cp1252"
    except LookupError:
        return "cp1252"
