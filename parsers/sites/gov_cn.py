"""www.gov.cn: the portal of the Chinese central government, and the gazette of the State Council.

https://www.gov.cn/yaowen/liebiao/202405/content_6949001.htm

- Of the family of TRS, with metas of its own; in `firstpublishedtime` a dash stands before the time of day.
- Date, time and source stand on one line above the text; gazettes print the headline only within the text.
"""

from parsers import urls
from parsers.families.trs_cms import Layout, article
from parsers.page import known_address, open_page
from parsers.records import Rejection, Release
from sources.capture import Capture

PARSER = "govcn/2"
LAYOUT = Layout(
    parser=PARSER,
    boxes=("#UCAP-CONTENT", ".pages_content"),
    published=("firstpublishedtime",),
    updated=("lastmodifiedtime",),
    site="www.gov.cn",
)


def recognises(capture: Capture) -> bool:
    """Whether this is an article in this layout, by its address or, without one, by its metas."""
    address = known_address(capture)
    owner = urls.publisher_of(address) if address else None
    ours = owner is not None and owner.key == LAYOUT.site
    named = address is None and b"firstpublishedtime" in capture.body
    return (ours or named) and (b"UCAP-CONTENT" in capture.body or b"pages_content" in capture.body)


def read(capture: Capture) -> list[Release | Rejection]:
    """The one article of a page."""
    page = open_page(capture, PARSER)
    return [page if isinstance(page, Rejection) else article(page, LAYOUT)]
