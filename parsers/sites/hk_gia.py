"""What the layouts of info.gov.hk have in common: whose release it is, and the lines that close it.

A release ends with its own day and time: `Ends/Thursday, November 27, 2025`, `Issued at HKT 15:55`, `NNNN`; in
Chinese `完`, `2025年11月29日（星期六）`, `香港時間9時00分`. They count: folder and number of its address may
name another day. sc.isd.gov.hk converts Chinese pages to simplified script: a rendition of the same release.
"""

import re
from collections.abc import Sequence
from urllib.parse import unquote

from parsers import dates, urls
from parsers.article import Part, opening
from parsers.datelines import Dated
from parsers.document import Provenance, provenance
from parsers.layout import tidy
from parsers.page import Page, known_address, own_address
from parsers.records import Rendition
from sources.capture import Capture

PUBLISHER = "info.gov.hk"
BASE = "https://www.info.gov.hk/"
ZONE = "Asia/Hong_Kong"
SHARE = "a.icon_mailto[href]"

_TIME = re.compile(r"Issued\sat\sHKT\s?\d{1,2}[:.]?\d\d|香港[時时][間间]\s?\d{1,2}[時时]\d{1,2}分")
_DAY = re.compile(r"Ends?\s?/\s?[A-Z][a-z]+day,?\s.{8,20}|\d{4}年\d{1,2}月\d{1,2}日[（(]星期.[)）]")
_END_MARK = re.compile(r"完|Ends?/?", re.IGNORECASE)
_BELOW = 200  # characters of furniture that may stand below closing lines without a time
_SHARED = re.compile(r"[?&]body=([^&]+)")
_SAMPLE = 800  # characters that tell the language


def is_release(capture: Capture) -> bool:
    """Whether the address is one of a release, or unknown while the page says whose it is."""
    address = known_address(capture)
    if address is None:
        return b"info.gov.hk/gia/" in capture.body and b"pressrelease" in capture.body
    owner = urls.publisher_of(address)
    return owner is not None and owner.key == PUBLISHER and urls.native_id(address) is not None


def whose(page: Page, title: str, story: Sequence[Part], closing: str, language: str | None) -> Provenance:
    """Publisher, language and address; `language` is what the page declares."""
    address, place = own_address(page) or share_address(page) or (None, "")
    sample = f"{title}\n{opening(story, _SAMPLE)}\n{closing}"
    return provenance(page.document(), page_url=address, page_url_at=place, page_language=language, sample=sample)


def rendition(page: Page, language: str = "") -> Rendition:
    """Page, print twin or gateway, by the address it was read from; without one, simplified script is the gateway's."""
    address = known_address(page.capture)
    if address is None and language == "zh-Hans":
        return "gateway"
    return urls.rendition_of(address or BASE)


def closing_lines(parts: Sequence[Part]) -> tuple[int, str]:
    """Where the closing lines begin, and the day and time they state; the end where there are none."""
    lines = [tidy(part) if isinstance(part, str) else part.text for part in parts]
    last = _last_of(_TIME, lines)
    if not last:
        last = _last_of(_DAY, lines)
        if not last or sum(map(len, lines[last:])) > _BELOW:
            return len(lines), ""
    start = last
    while start and (not lines[start - 1] or _is_issue(lines[start - 1])):
        start -= 1
    if start and _END_MARK.fullmatch(lines[start - 1]):
        start -= 1
    return start, " ".join(filter(_is_issue, lines[start:last]))


def _last_of(pattern: re.Pattern[str], lines: Sequence[str]) -> int:
    """One more than the index of the last line of this kind; 0 where there is none."""
    return next((index for index in range(len(lines), 0, -1) if pattern.fullmatch(lines[index - 1])), 0)


def _is_issue(line: str) -> bool:
    return bool(_DAY.fullmatch(line) or _TIME.fullmatch(line))


def issued(closing: str) -> list[Dated]:
    """Day and minute of issue."""
    found = dates.read(closing, zone=ZONE)
    return [Dated(found, "closing lines", closing)] if found and found.on and found.year_given else []


def share_address(page: Page) -> tuple[str, str] | None:
    """The address of the page in its link for sharing it by mail."""
    node = page.first(SHARE)
    shared = _SHARED.search(node.attributes.get("href") or "") if node is not None else None
    return (unquote(shared[1]), SHARE) if shared else None
