"""Drupal: press pages of governments in its versions 7 to 11, by the names it gives the fields of a node.

https://obamawhitehouse.archives.gov/blog/2017/01/17/obama-administration-digital-transition-moving-forward

- Version 7 writes `field-name-body`, later ones `field--name-body`; sites add fields of their own with `body` in the
  name.
- `article:published_time` is there where a site has the module for metas; else a date stands in a field or a line
  below the headline, before or after an author.
- Shared panes, teasers of persons and links to share stand beside the text.
"""

import re

from parsers.families.press_page import Layout, article, is_official
from parsers.page import open_page
from parsers.records import Rejection, Release
from sources.capture import Capture

PARSER = "drupal/2"
LAYOUT = Layout(
    parser=PARSER,
    titles=("h1.page-title, h1#page-title, .pane-node-title h1", ".field--name-title h1, h1 .field--name-title", "h1")
    + ('meta[property="og:title"], meta[name="og:title"]',),
    bodies=(
        ".field--name-body, .field-name-body",
        "[class*='field--name-field-body'], [class*='field-name-field-'][class*='-body']",
        ".node__content, .node-content",
    ),
    published=(
        'meta[property="article:published_time"], meta[name="article:published_time"]',
        'meta[name="dcterms.date"], meta[name="dcterms.issued"], meta[name="dcterms.created"]',
        ".field--name-field-date time[datetime], .field--name-created time[datetime], .date-display-single[content]",
        ".field--name-field-date, .date-display-single, .submitted, .node__submitted, [class*='author-pane']",
        ".node__meta time[datetime]",
    ),
    updated=(
        'meta[property="article:modified_time"], meta[name="article:modified_time"]',
        'meta[property="og:updated_time"], meta[name="og:updated_time"]',
    ),
    subtitles=(
        ".field--name-field-subtitle, .field-name-field-subtitle",
        ".field--name-field-summary, [class*='field-name-field-'][class*='-summary'] .field-item",
    ),
    chrome=".social-share, .share-links, .links, .field-label, .field__label, nav, [class*='breadcrumb']",
    beside="[class*='field-name-field-video'], [class*='field--name-field-media'], [class*='field--name-field-file']",
    pictures=".field--name-field-image, .field-name-field-image",
)

_MADE_BY = (b'"Drupal ', b"'Drupal ", b"data-drupal-", b"Drupal.settings", b"/sites/default/files/")
_BODY = re.compile(rb"field-?-name-(?:field-[\w-]{0,40})?body|node__content|node-content")


def recognises(capture: Capture) -> bool:
    """Whether this is a page of a government's site that Drupal made."""
    made = is_official(capture) and any(sign in capture.body for sign in _MADE_BY)
    return made and _BODY.search(capture.body) is not None


def read(capture: Capture) -> list[Release | Rejection]:
    """The one release of a page."""
    page = open_page(capture, PARSER)
    return [page if isinstance(page, Rejection) else article(page, LAYOUT)]
