"""Word documents: structure by styles, what is left out, properties as a weak opinion, and files made to harm."""

import random
import struct
import zipfile
from datetime import date
from io import BytesIO

import pytest

from parsers.blocks import body_fingerprint
from parsers.records import Rejection, Release
from parsers.registry import read
from tests.parsers.captures import capture_of, kinds, rejection_of, release_of
from tests.parsers.word_files import docx, p, tbl, zipped
from tests.samples import QUAY, QUAY_TITLE, READING, READING_TITLE, news, news_tc

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
STORY = "".join(map(p, QUAY))
ENTITIES = (
    '<!DOCTYPE x [<!ENTITY a "quay"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c SYSTEM "file:///etc/passwd">]>'
)


def test_a_release_in_word() -> None:
    body = p(QUAY_TITLE, "a") + p("June 25, 2025") + STORY + p("What it offers", "2")
    body += (
        p("shelters", "dots") + p("lifts", listed=(7, 0)) + p("First", listed=(8, 0)) + p("in spring", listed=(8, 1))
    )
    body += p("Second", listed=(8, 0)) + p("Works", "own")
    body += tbl(("Quay", "Metres"), ("Ninth | old", "60")) + p("Further words follow the table here.")
    release = release_of(docx(body), kind=WORD)
    assert release.parser == "docx/2"
    assert (release.title, release.evidence["title"].rule) == (QUAY_TITLE, "style Title")
    assert release.published is not None
    assert release.published.on == date(2025, 6, 25)
    assert kinds(release) == ["paragraph"] * 4 + ["heading", "list", "heading", "table", "paragraph"]
    assert [block.level for block in release.blocks if block.kind == "heading"] == [2, 3]
    assert release.blocks[5].text == "- shelters\n- lifts\n1. First\n  1. in spring\n2. Second"
    assert release.blocks[7].text == "| Quay | Metres |\n| --- | --- |\n| Ninth \\| old | 60 |"
    assert release.rendition == "file"


@pytest.mark.parametrize(
    ("title", "day", "paragraphs", "text"),
    [
        (QUAY_TITLE, "June 25, 2025", QUAY, news()),
        (READING_TITLE, "2025年9月8日", READING, news_tc()),
    ],
)
def test_it_reads_like_the_same_text(title: str, day: str, paragraphs: tuple[str, ...], text: str) -> None:
    plain = release_of(text)
    for style in ("", "a", "1"):
        release = release_of(docx(p(title, style) + p(day) + "".join(map(p, paragraphs))), kind=WORD)
        assert release.title == plain.title
        assert release.language == plain.language
        assert body_fingerprint(release) == body_fingerprint(plain)
        assert release.published is not None
        assert plain.published is not None
        assert release.published.on == plain.published.on


def test_what_nobody_sees_is_left_out() -> None:
    runs = (
        "<w:p><w:r><w:t>The quay </w:t></w:r><w:del><w:r><w:delText>never </w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>opened</w:t></w:r></w:ins><w:r><w:rPr><w:vanish/></w:rPr><w:t> hidden</w:t></w:r>"
        "<w:r><w:instrText>PAGE</w:instrText><w:tab/><w:t>on</w:t><w:br/><w:t>time.</w:t></w:r></w:p>"
    )
    assert release_of(docx(p(QUAY_TITLE, "1") + runs), kind=WORD).body == "The quay opened on time."


def test_a_text_box_is_read_once() -> None:
    box = f"<w:txbxContent>{p('In the box there is a plan.')}</w:txbxContent>"
    both = f"<mc:AlternateContent><mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent>"
    release = release_of(
        docx(p(QUAY_TITLE, "1") + f"<w:p><w:r><w:t>The quay opens.</w:t></w:r>{both}</w:p>"), kind=WORD
    )
    assert release.body == "The quay opens.\n\nIn the box there is a plan."


def test_a_table_that_lays_out_the_page_is_none() -> None:
    inner = STORY + tbl(("Quay", "Metres"), ("Ninth", "60"))
    release = release_of(docx(tbl((p(QUAY_TITLE, "1") + inner,))), kind=WORD)
    assert release.title == QUAY_TITLE
    assert kinds(release) == ["paragraph"] * 4 + ["table"]


def test_the_properties_are_the_weakest_opinion() -> None:
    made = {"title": "A quay &amp; more", "made": "2025-06-26T01:30:00Z"}
    release = release_of(docx(p(QUAY_TITLE, "1") + p("June 25, 2025") + STORY, **made), kind=WORD)
    assert release.title == QUAY_TITLE
    assert [other.value for other in release.evidence["title"].others] == ["A quay & more"]
    assert [other.value for other in release.evidence["published"].others] == ["2025-06-26"]
    bare = release_of(docx(STORY, **made), kind=WORD)
    assert (bare.title, bare.published) == ("A quay & more", None)
    assert bare.evidence["created"].text == "2025-06-26T01:30:00Z"


def test_the_text_may_have_another_name() -> None:
    body = docx(p(QUAY_TITLE, "1") + STORY)
    relation = '<R><Relationship Type="http://x/officeDocument" Target="/word/document2.xml"/></R>'
    with zipfile.ZipFile(BytesIO(body)) as archive:
        renamed: dict[str, str | bytes] = {
            "word/document2.xml": archive.read("word/document.xml"),
            "_rels/.rels": relation,
        }
    assert release_of(zipped(renamed), kind=WORD).body == "\n\n".join(QUAY)


def _encrypted(body: bytes) -> bytes:
    """The archive with the mark of encryption on its first member."""
    at = body.index(b"PK\x01\x02") + 8
    return body[:at] + struct.pack("<H", 1) + body[at + 2 :]


BOMB = zipped({"word/document.xml": b"<a>" + b" " * 60_000_000})
DEEP = "<w:sdt>" * 50_000 + "</w:sdt>" * 50_000


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "encrypted document, or one of an old format"),
        (_encrypted(docx(STORY)), "only with a password"),
        (docx(STORY)[:300], "damaged document"),
        (b"PK\x03\x04 nothing", "damaged document"),
        (BOMB, "unpacks to more than 12,000,000 bytes"),
        (zipped({f"{number}": b"" for number in range(5_000)}), "5,000 files"),
        (zipped({"word/document.xml": ENTITIES + "<w><body>&b;&c;</body></w>"}), "declares a document type"),
        (zipped({"word/document.xml": (ENTITIES + "<w><body>&b;</body></w>").encode("utf-16")}), "document type"),
        (docx(DEEP), "is no XML"),
        (docx("<w:p>"), "is no XML"),
        (zipped({"readme.txt": b"x"}), "it has no body"),
        (docx(""), "no text in it"),
    ],
    ids=[
        "ole",
        "encrypted",
        "truncated",
        "junk",
        "bomb",
        "members",
        "dtd",
        "utf-16 dtd",
        "deep",
        "open",
        "zip",
        "empty",
    ],
)
def test_what_cannot_be_read_says_why(body: bytes, reason: str) -> None:
    assert reason in rejection_of(body, kind=WORD).reason


def test_damage_anywhere_is_a_record_or_a_reason() -> None:
    whole = docx(p(QUAY_TITLE, "1") + STORY + tbl(("Quay", "Metres"), ("Ninth", "60")))
    chance = random.Random(27)
    for _ in range(200):
        damaged = bytearray(whole)
        for _ in range(chance.randint(1, 6)):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        (found,) = read(capture_of(bytes(damaged), kind=WORD))
        assert isinstance(found, Release | Rejection)
        assert isinstance(found, Release) or "docx could not read it" not in found.reason


def test_many_tables_within_tables_end() -> None:
    nested = STORY
    for _ in range(40):
        nested = tbl((nested, p("beside")))
    assert QUAY[0] in release_of(docx(nested), kind=WORD).body
