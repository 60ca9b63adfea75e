"""Heads of records, plain as ours or as odd as the standard allows, say what warcio's own reader says they do."""

import hashlib
import zlib
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from warehouse.vault.members import Damage, Record, walk

BLOCK = b"a release\r\n\r\nof two lines"
PLAIN = (
    "WARC/1.1\r\nWARC-Type: resource\r\nWARC-Target-URI: file:///inbox/a.txt\r\nWARC-Date: 2026-01-31T12:00:00Z\r\n"
    f"WARC-Block-Digest: sha256:{hashlib.sha256(BLOCK).hexdigest()}\r\nContent-Type: text/plain\r\n"
    f"Content-Length: {len(BLOCK)}\r\n\r\n"
)
ODD = [
    ("WARC-Type: resource", "warc-type:resource"),
    ("WARC-Date: 2026", "WARC-Date:   2026"),
    ("file:///inbox/a.txt", "<file:///inbox/a.txt>"),
    ("file:///inbox/a.txt", "file:///inbox/a b.txt"),
    ("text/plain", "text/plain;\r\n charset=utf-8"),
    ("text/plain", "text/plain \t"),
    ("text/plain", "text/plain\r\nX-Empty: "),
    ("text/plain", "text/plain\r\nX-Name: 新聞公報"),
    ("text/plain", "text/plain\r\nX-Of-Two: a: b"),
    ("text/plain", "text/plain\r\nno field at all"),
    ("Content-Type", "Content-Type: text/html\r\nContent-Type"),
    ("\r\n", "\n"),
    ("WARC/1.1", "WARC/1.0"),
]


def packed(path: Path, head: str, block: bytes = BLOCK) -> Path:
    squeezer = zlib.compressobj(wbits=31)
    path.write_bytes(squeezer.compress(head.encode() + block + b"\r\n\r\n") + squeezer.flush())
    return path


@pytest.mark.parametrize(("plain", "odd"), [("", ""), *ODD])
def test_a_head_says_what_the_standards_reader_says(tmp_path: Path, plain: str, odd: str) -> None:
    path = packed(tmp_path / "one.warc.gz", PLAIN.replace(plain, odd) if plain else PLAIN)
    (record,) = walk(path)
    with path.open("rb") as file:
        told = next(ArchiveIterator(file, no_record_parse=True))
        assert isinstance(record, Record)
        assert record.headers == {name.lower(): value for name, value in told.rec_headers.headers}
        assert (record.kind, record.block) == (told.rec_type, told.raw_stream.read())


@pytest.mark.parametrize("wrong", [BLOCK[:-1], BLOCK + b"!", b"", BLOCK.replace(b"two", b"TWO")])
def test_a_block_that_is_not_what_its_head_says_is_damage(tmp_path: Path, wrong: bytes) -> None:
    (found,) = walk(packed(tmp_path / "one.warc.gz", PLAIN, wrong))
    assert isinstance(found, Damage)


def test_no_head_at_all_is_damage(tmp_path: Path) -> None:
    (found,) = walk(packed(tmp_path / "one.warc.gz", "nothing of the kind\r\n\r\n"))
    assert isinstance(found, Damage)
