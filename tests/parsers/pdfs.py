"""PDF files made by hand: lines of text at places, one font for Latin letters, one for Chinese ones."""

import textwrap
import zlib
from collections.abc import Iterable, Sequence

Place = tuple[float, float, float, str]  # x and y in points from the lower left corner, size of the type, text

_FONTS = (
    b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    b"<</Type/Font/Subtype/Type0/BaseFont/MSung/Encoding/UniCNS-UTF16-H/DescendantFonts[<</Type/Font"
    b"/Subtype/CIDFontType0/BaseFont/MSung/CIDSystemInfo<</Registry(Adobe)/Ordering(CNS1)/Supplement 0>>/DW 1000>>]>>",
)
_DOT = b"<</Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8/Length 1>>stream\n\xff\nendstream"


def pdf(pages: Iterable[Sequence[Place]], *, info: bytes = b"", images: int = 0, trailer: bytes = b"") -> bytes:
    """A PDF 1.4 of these pages, A4; `info` goes into its metadata, `images` dots of a scanner on each page."""
    fonts = b"<</F1 3 0 R/F2 4 0 R>>"
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", b"", *_FONTS, _DOT, b"<<" + info + b">>"]
    kids = []
    for page in pages:
        written = b"".join(map(_shown, page)) + b"q 500 0 0 700 40 40 cm /I Do Q\n" * images
        objects.append(stream(zlib.compress(written)))
        objects.append(
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents %d 0 R" % len(objects)
            + b"/Resources<</Font%s/XObject<</I 5 0 R>>>>>>" % fonts
        )
        kids.append(b"%d 0 R" % len(objects))
    objects[1] = b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(kids), b" ".join(kids))
    return assembled(objects, b"/Info 6 0 R" + trailer)


def stream(packed: bytes) -> bytes:
    """A stream object of packed bytes."""
    return b"<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream" % (len(packed), packed)


def assembled(objects: Sequence[bytes], trailer: bytes) -> bytes:
    """The objects with their table, the first of them the catalogue."""
    parts = [b"%PDF-1.4\n"]
    places = []
    at = len(parts[0])
    for number, written in enumerate(objects, 1):
        places.append(at)
        parts.append(b"%d 0 obj\n%s\nendobj\n" % (number, written))
        at += len(parts[-1])
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    parts.append(b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(objects) + 1, table))
    parts.append(b"trailer<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, trailer, at))
    return b"".join(parts)


def printed(
    title: str = "", day: str = "", paragraphs: Sequence[str] = (), *, type_size: float = 18, top: float = 760
) -> list[Place]:
    """A page as an office prints it: a headline in large type, the day, paragraphs in 11 points set apart."""
    lines: list[Place] = []
    for line in textwrap.wrap(title, 44):
        lines.append((72, top, type_size, line))
        top -= 1.2 * type_size
    if day:
        lines.append((72, top - 10, 11, day))
        top -= 34
    for paragraph in paragraphs:
        top -= 8
        width = 80 if paragraph.isascii() else 36
        for line in _wrapped(paragraph, width):
            lines.append((72, top, 11, line))
            top -= 13
    return lines


def _wrapped(text: str, width: int) -> list[str]:
    return (
        textwrap.wrap(text, width) if text.isascii() else [text[at : at + width] for at in range(0, len(text), width)]
    )


def _shown(place: Place) -> bytes:
    x, y, size, text = place
    if text.isascii():
        escaped = text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)").encode()
        return b"BT /F1 %.1f Tf %.1f %.1f Td (%s) Tj ET\n" % (size, x, y, escaped)
    return b"BT /F2 %.1f Tf %.1f %.1f Td <%s> Tj ET\n" % (size, x, y, text.encode("utf-16-be").hex().encode())
