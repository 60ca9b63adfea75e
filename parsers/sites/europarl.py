"""European Parliament, press room: press releases in up to 24 languages under one number.

https://www.europarl.europa.eu/news/en/press-room/20241212IPR25960/ep-paves-way-for-the-use-of-eu-funds

- The headline of the page may differ from the one in its metas and its address.
- Key points, the opening paragraph and the text stand in boxes of their own, in this order.
- The minute below the headline is that of Brussels, its `datetime` adds seconds that nobody knows; the meta `available`
  has its day, `last-modified` often the same.
- Contacts, links to share and further information stand below the text; the page links to itself as a PDF.
"""

from parsers import urls
from parsers.families.press_page import Layout, article
from parsers.page import known_address, open_page
from parsers.records import Rejection, Release
from sources.capture import Capture

PARSER = "europarl/1"
PUBLISHER = "europarl.europa.eu"
LAYOUT = Layout(
    parser=PARSER,
    titles=("h1.ep_title", 'meta[property="og:title"]'),
    bodies=(".ep-a_facts, .ep-a_text",),
    several=True,
    published=(".ep-layout_date", 'meta[name="available"]'),
    updated=('meta[http-equiv="last-modified"]',),
    chrome=".ep_hidden, .ep-a_share",
    pictures=".ep-a_media figure",
    beside=".ep-a_links, .ep-layout_pdf",
    editions="a[lang][hreflang][href*='/press-room/']",
)


def recognises(capture: Capture) -> bool:
    """Whether this is a press release, by the number in its address or, without an address, by its parts."""
    address = known_address(capture)
    if address is None:
        return b"//www.europarl.europa.eu/news/" in capture.body and b"ep-a_text" in capture.body
    owner = urls.publisher_of(address)
    return owner is not None and owner.key == PUBLISHER and urls.native_id(address) is not None


def read(capture: Capture) -> list[Release | Rejection]:
    """The one release of a page."""
    page = open_page(capture, PARSER)
    return [page if isinstance(page, Rejection) else article(page, LAYOUT)]
