"""What lies inside files beside their text: pictures named by their bytes, links over printed words, headings."""

import hashlib

import pytest

from tests.parsers.captures import kinds, release_of
from tests.parsers.pdfs import assembled, pdf, printed
from tests.parsers.word_files import W, docx, odt, p, zipped
from tests.samples import ORCHARD, QUAY, QUAY_TITLE

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ODT = "application/vnd.oasis.opendocument.text"
PICTURE = b"\x89PNG picture of a quay"
SHA256 = hashlib.sha256(PICTURE).hexdigest()
STORY = "".join(p(paragraph) for paragraph in QUAY)


def drawing(relation: str, said: str = "") -> str:
    return (
        f'<w:p><w:r><w:drawing><inline><docPr id="1" name="Picture 1" descr="{said}"/>'
        f'<blip xmlns:r="r" r:embed="{relation}"/></inline></w:drawing></w:r></w:p>'
    )


RELATIONS = (
    '<Relationships xmlns="x">'
    '<Relationship Id="r1" Type="http://x/image" Target="media/image1.png"/>'
    '<Relationship Id="r2" Type="http://x/image" Target="../../outside.png"/>'
    '<Relationship Id="r3" Type="http://x/image" Target="https://www.harbour.example/a.png" TargetMode="External"/>'
    "</Relationships>"
)


def test_pictures_of_word_documents_are_named_by_their_bytes() -> None:
    body = p(QUAY_TITLE, "a") + drawing("r1", "The ninth quay") + STORY
    body += drawing("r1") + drawing("r2") + drawing("r3") + drawing("r9")
    parts: dict[str, str | bytes] = {"word/_rels/document.xml.rels": RELATIONS, "word/media/image1.png": PICTURE}
    (image,) = release_of(docx(body, title="", made="", **parts), kind=DOCX).images
    assert (image.sha256, image.caption, image.position) == (SHA256, "The ninth quay", 0)
    assert image.url.startswith("ni:///sha-256;")


def test_pictures_of_open_documents_too() -> None:
    frame = (
        '<text:p><draw:frame xmlns:draw="d" xmlns:svg="s" xmlns:xlink="l"><draw:image xlink:href="Pictures/a.png"/>'
        "<svg:desc>The ninth quay</svg:desc></draw:frame></text:p>"
    )
    story = "".join(f"<text:p>{paragraph}</text:p>" for paragraph in QUAY)
    assert release_of(odt(f"<text:p>{QUAY_TITLE}</text:p>{frame}{story}"), kind=ODT).images == ()
    parts: dict[str, str | bytes] = {"Pictures/a.png": PICTURE}
    whole = odt(f"<text:p>{QUAY_TITLE}</text:p>{frame}{story}", title="", made="", **parts)
    (image,) = release_of(whole, kind=ODT).images
    assert (image.sha256, image.caption) == (SHA256, "The ninth quay")


def test_pictures_of_saved_pages_have_their_digest() -> None:
    story = "".join(f"<p>{paragraph}</p>" for paragraph in QUAY)
    page = (
        f"<html><body><article><h1>{QUAY_TITLE}</h1>{story}<img src='a.png'><img src='b.png'></article></body></html>"
    )
    lines = [
        "MIME-Version: 1.0",
        "Content-Type: multipart/related; boundary=xx",
        "",
        "--xx",
        "Content-Type: text/html",
        "Content-Location: https://www.harbour.example/news/1.html",
        "",
        page,
        "--xx",
        "Content-Type: image/png",
        "Content-Transfer-Encoding: base64",
        "Content-Location: https://www.harbour.example/news/a.png",
        "",
        "cGljdHVyZQ==",
        "--xx--",
    ]
    saved = "\r\n".join(lines)
    first, second = release_of(saved, kind="multipart/related").images
    assert (first.sha256, second.sha256) == (hashlib.sha256(b"picture").hexdigest(), None)


@pytest.mark.parametrize("look", ["bold", "outline", "usual name"])
def test_headings_of_a_word_document_without_styles(look: str) -> None:
    marks = {
        "bold": ("", "<w:rPr><w:b/></w:rPr>"),
        "outline": ('<w:pPr><w:outlineLvl w:val="1"/></w:pPr>', ""),
        "usual name": ('<w:pPr><w:pStyle w:val="Heading2"/></w:pPr>', ""),
    }
    properties, run = marks[look]
    heading = f"<w:p>{properties}<w:r>{run}<w:t>What happens next</w:t></w:r></w:p>"
    light = '<w:p><w:r><w:rPr><w:b w:val="0"/></w:rPr><w:t>Harbour Office</w:t></w:r></w:p>'
    body = p(QUAY_TITLE) + STORY + heading + p(ORCHARD[0]) + light
    document = f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'
    found = release_of(zipped({"word/document.xml": document}), kind=DOCX)
    assert [block.text for block in found.blocks if block.kind == "heading"] == ["What happens next"]
    assert kinds(found)[-1] == "paragraph"


def test_links_of_a_pdf_are_kept_with_their_words() -> None:
    plain = pdf([printed(QUAY_TITLE, "25 June 2025", QUAY)])
    objects = [part.split(b"obj\n", 1)[1].removesuffix(b"\nendobj\n") for part in _objects(plain)]
    link = b"<</Type/Annot/Subtype/Link/Rect[70 700 520 790]/A<</S/URI/URI(https://www.harbour.example/quays?id=9)>>>>"
    other = b"<</Type/Annot/Subtype/Link/Rect[0 0 9 9]/A<</S/JavaScript/JS(app.alert)>>>>"
    objects[-1] = objects[-1].replace(b"/Contents", b"/Annots[" + link + other + b"]/Contents")
    found = release_of(assembled(objects, b"/Info 6 0 R"), kind="pdf")
    (one,) = found.links
    assert one.url == "https://www.harbour.example/quays?id=9"
    assert "quay" in (one.label or "")


def _objects(file: bytes) -> list[bytes]:
    ends = file.split(b"endobj\n")[:-1]
    return [end + b"endobj\n" for end in ends]


def test_a_labelled_day_in_years_of_the_republic_leaves_the_text() -> None:
    story = "受損果農可向五個地區苗圃申請果樹苗，每戶最多二百株，運費由救助基金支付，申請按收件先後處理。"
    found = release_of(f"果樹苗補助開始申請\n\n發布日期：114年3月14日\n\n{story}\n\n{story[::-1]}\n")
    assert found.published is not None
    assert str(found.published.on) == "2025-03-14"
    assert "發布日期" not in found.body
