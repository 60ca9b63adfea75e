"""WordPress: press pages of governments, by the classes that its themes and blocks share.

https://www.state.gov/releases/2026/01/ferry-pier-reopens/
https://www.whitehouse.gov/briefings-statements/2026/01/ferry-pier-reopens/

- Block themes put the text in `wp-block-post-content`, older ones in `entry-content`; two houses have their own names.
- `article:published_time` is in universal time, `time.entry-date` in that of the site.
- The whole site of the White House is replaced at each change of administration; addresses stay in its archives.
- A post may be a film with no text.
- In front of state.gov a wall may answer with a page named "Technical Difficulties" that has no post.
"""

from parsers import urls
from parsers.families.press_page import Layout, article, is_official
from parsers.page import known_address, open_page
from parsers.records import Rejection, Release
from sources.capture import Capture

PARSER = "wordpress/2"
LAYOUT = Layout(
    parser=PARSER,
    titles=("h1.wp-block-post-title, h1.entry-title", "h1[class*='headline'], h1[class*='title']", "h1")
    + ('meta[property="og:title"]',),
    bodies=(
        ".entry-content, .wp-block-post-content",
        ".page-content__content, .body-content",
        ".post-content",
        "article",
    ),
    published=(
        'meta[property="article:published_time"]',
        "time.entry-date.published[datetime], .wp-block-post-date time[datetime], time.entry-date[datetime]",
        ".article-meta__publish-date, .posted-on, .entry-date, .wp-block-post-date",
    ),
    updated=('meta[property="article:modified_time"]', "time.updated[datetime]"),
    subtitles=(".entry-subtitle, .article-subtitle, [class*='subheadline']",),
    offices=(".article-meta__author-bureau",),
    chrome=".sharedaddy, .jp-relatedposts, .addtoany_share_save_container, .post-navigation, .tags, .article-tags, "
    ".wp-block-button, .social-share, .related-articles, .screen-reader-text",
    pictures=".post-thumbnail, .wp-block-post-featured-image, .featured-image",
    beside=".entry-video, .featured-video, .wp-block-embed",
    lists="body.archive, body.blog, body.home, body.search, body.error404",
)

HOSTS = frozenset({"www.state.gov", "www.whitehouse.gov"})

_MADE_BY = (b'"WordPress ', b"'WordPress ", b"/wp-content/", b"/wp-json/", b"wp-block-")
_BODY = (b"entry-content", b"wp-block-post-content", b"page-content__content", b"body-content", b"post-content")


def recognises(capture: Capture) -> bool:
    """Whether this is a page of a government's site that WordPress made, or whatever else two of them answer."""
    made = is_official(capture) and any(sign in capture.body for sign in _MADE_BY)
    return (made and any(sign in capture.body for sign in _BODY)) or urls.host_of(known_address(capture) or "") in HOSTS


def read(capture: Capture) -> list[Release | Rejection]:
    """The one release of a page."""
    page = open_page(capture, PARSER)
    return [page if isinstance(page, Rejection) else article(page, LAYOUT)]
