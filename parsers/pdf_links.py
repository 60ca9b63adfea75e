"""The links of a PDF: annotations over the text whose action is to open an address (ISO 32000-1, 12.6.4.7)."""

import ctypes
from collections.abc import Iterator

import pypdfium2
from pypdfium2 import raw

MOST_LINKS = 500  # of one page
LONGEST_ADDRESS = 2_000  # bytes
LONGEST_WORDS = 300  # characters


def links_on(document: pypdfium2.PdfDocument, number: int) -> Iterator[tuple[str, str]]:
    """Address and words of each link of a page; none where the page is damaged."""
    try:
        page = document[number]
        text_page = page.get_textpage()
    except pypdfium2.PdfiumError:
        return
    try:
        place, link = ctypes.c_int(0), raw.FPDF_LINK()
        for _ in range(MOST_LINKS):
            if not raw.FPDFLink_Enumerate(page, place, link):
                return
            if address := _address(document, link):
                yield address, _words(text_page, link)
    finally:
        text_page.close()
        page.close()


def _address(document: pypdfium2.PdfDocument, link: "raw.FPDF_LINK") -> str:
    action = raw.FPDFLink_GetAction(link)
    if not action or raw.FPDFAction_GetType(action) != raw.PDFACTION_URI:
        return ""
    size = raw.FPDFAction_GetURIPath(document, action, None, 0)
    if not 1 < size <= LONGEST_ADDRESS:
        return ""
    held = ctypes.create_string_buffer(size)
    raw.FPDFAction_GetURIPath(document, action, held, size)
    return held.value.decode("utf-8", "replace").strip()


def _words(text_page: pypdfium2.PdfTextPage, link: "raw.FPDF_LINK") -> str:
    """What is printed in the rectangle of the link."""
    area = raw.FS_RECTF()
    if not raw.FPDFLink_GetAnnotRect(link, area):
        return ""
    words = text_page.get_text_bounded(area.left, area.bottom, area.right, area.top)
    return " ".join(words.split())[:LONGEST_WORDS]
