"""Bodies without a media type are told by their first bytes; a media type that says something is believed."""

import gzip

import pytest

from parsers.magic import kind_of
from parsers.records import Release
from parsers.registry import read
from tests.parsers.captures import capture_of
from tests.parsers.pdfs import pdf, printed
from tests.parsers.word_files import docx, odt, p, zipped
from tests.samples import QUAY, QUAY_TITLE

UNKNOWN = "application/octet-stream"


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"%PDF-1.7\n", "application/pdf"),
        (docx(p("x")), "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        (odt("x"), "application/vnd.oasis.opendocument.text"),
        (zipped({"readme.txt": b"word"}), UNKNOWN),
        (b"WARC/1.0\r\n", "application/warc"),
        (gzip.compress(b"WARC/1.0\r\n", mtime=0), "application/warc"),
        (gzip.compress(b"filedesc://a.arc", mtime=0), "application/warc"),
        (gzip.compress(b"%PDF-1.7", mtime=0), UNKNOWN),
        (b"\x1f\x8b\x08 no gzip", UNKNOWN),
        (b"\n<!DOCTYPE html><p>x", "text/html"),
        (b"\xef\xbb\xbf<HTML lang=en>", "text/html"),
        (b"{\\rtf1 x}", "application/rtf"),
        (b"some words", UNKNOWN),
        (b"", UNKNOWN),
    ],
)
def test_first_bytes(body: bytes, kind: str) -> None:
    assert kind_of(capture_of(body, kind=UNKNOWN)) == kind
    assert kind_of(capture_of(body, kind="Text/Plain; charset=utf-8")) == "text/plain"


@pytest.mark.parametrize("kind", [UNKNOWN, "application/force-download", ""])
def test_a_file_without_a_type_is_read(kind: str) -> None:
    (found,) = read(capture_of(pdf([printed(QUAY_TITLE, "", QUAY)]), kind=kind))
    assert isinstance(found, Release)
    assert found.body == "\n\n".join(QUAY)
