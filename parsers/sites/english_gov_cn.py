"""english.www.gov.cn: news and policies of China's State Council in English.

https://english.www.gov.cn/news/202402/23/content_WS65d85f47c6d0868f4e8e44a7.html

- `Updated:` above the text is the time of publication; the source follows it without a label.
- The number in the address begins with the second of publication (Unix time in hexadecimal figures): it completes a
  stated day that it agrees with.
"""

import re
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from parsers import urls
from parsers.families.trs_cms import Layout, article
from parsers.page import known_address, open_page
from parsers.records import Evidence, Other, Rejection, Release, Stamp, clip
from sources.capture import Capture

PARSER = "govcn_english/2"
LAYOUT = Layout(
    parser=PARSER,
    boxes=(".Artical_Content", ".article-content", "#Content", "#UCAP-CONTENT", ".pages_content"),
    published=("firstpublishedtime", "publishdate"),
    site="english.www.gov.cn",
)

_BOX = re.compile(rb"Artical_Content|article-content|pages_content|id=[\"'](?:Content|UCAP-CONTENT)[\"']")
_SECOND = re.compile(r"content_WS([0-9a-f]{8})")


def recognises(capture: Capture) -> bool:
    """Whether this is an article in this layout, by its address or, without one, by its parts."""
    address = known_address(capture)
    owner = urls.publisher_of(address) if address else None
    ours = owner is not None and owner.key == LAYOUT.site
    named = address is None and b"//english.www.gov.cn" in capture.body and b"Artical_" in capture.body
    return (ours or named) and _BOX.search(capture.body) is not None


def read(capture: Capture) -> list[Release | Rejection]:
    """The one article of a page."""
    page = open_page(capture, PARSER)
    if isinstance(page, Rejection):
        return [page]
    found = article(page, LAYOUT)
    return [found if isinstance(found, Rejection) else timed(found)]


def timed(release: Release) -> Release:
    """The release with its stated day completed by the time in its number, where both name the same day."""
    stamp, told = release.published, _SECOND.match(release.native_id or "")
    if stamp is None or stamp.precision != "day" or told is None:
        return release
    evidence = release.evidence["published"]
    instant = datetime.fromtimestamp(int(told[1], 16), UTC)
    on = instant.astimezone(ZoneInfo(stamp.zone)).date()
    if on != stamp.on:
        other = Other(rule="time in the number", text=told[0], value=str(on), why_not="another day than the one stated")
        return _with(release, stamp, evidence.model_copy(update={"others": (*evidence.others, other)}))
    rule, text = f"{evidence.rule}, time from the number", clip(f"{evidence.text}; {told[0]}")
    other = Other(rule=evidence.rule, text=evidence.text, value=str(on), why_not="lacks the time of day")
    added = {"at": instant, "precision": "second", "text": text, "rule": rule, "basis": "inferred"}
    shown = Evidence(rule=rule, text=text, basis="inferred", others=(*evidence.others, other))
    return _with(release, stamp.model_copy(update=added), shown)


def _with(release: Release, stamp: Stamp, shown: Evidence) -> Release:
    return release.model_copy(update={"published": stamp, "evidence": release.evidence | {"published": shown}})
