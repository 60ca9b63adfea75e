"""An article of TRS in none of the boxes that are known: believed where the page itself vouches for it.

A notice of maintenance comes at the address of an article, and at times with its metas. It does not print the
article's headline, nor a text of any length.
"""

from parsers.families import trs_page
from parsers.page import Page
from parsers.records import Rejection, Release

LEAST_PARAGRAPHS = 2
LEAST_TEXT = 200  # characters
_HAN_WORTH = 3  # letters that a Chinese character stands for


def in_no_known_box(page: Page) -> Release | None:
    """The article as the generic reader finds it, where the page prints the headline of its metas above a real text."""
    named = trs_page.squash(trs_page.metas(page).get("articletitle", ""))
    body = page.first("body")
    if not named or body is None or named not in trs_page.squash(body.text()):
        return None
    from parsers.families import generic  # noqa: PLC0415  -- two extractors that few of these pages need

    (found,) = generic.read(page.capture)
    if isinstance(found, Rejection):
        return None
    told = [block.text for block in found.blocks if block.kind == "paragraph"]
    size = sum(_HAN_WORTH if "\u4e00" <= char <= "\u9fff" else 1 for text in told for char in text)
    return found if len(told) >= LEAST_PARAGRAPHS and size >= LEAST_TEXT else None
