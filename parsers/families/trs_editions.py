"""Pages that TRS made: the same article in other languages.

- Sites link to it by the name of the language, in that language or in Chinese; where a script draws the link, the name
  is noted beside it (`data-desc`) and the link has no words.
- Each language has numbers of its own, so the addresses have nothing in common: a link to any article is believed.
"""

from parsers import urls
from parsers.editions import PLACES as ANYWHERE
from parsers.editions import editions_of, offers_of
from parsers.language_names import named
from parsers.page import Page, link
from parsers.records import Edition

ARTICLES = 'a[href*="/t2"]'
PLACES = f"{ARTICLES}, {ANYWHERE}"


def editions(page: Page, base: str, language: str) -> tuple[Edition, ...]:
    """The same article in other languages: links named after them, by their words or by a note for a script."""
    told: dict[str, Edition] = {}
    for node in page.all(ARTICLES):
        noted = page.attribute(node.parent, "data-desc") if node.parent is not None else ""
        offered = named(noted or page.label(node))
        offered = "zh-Hans" if offered == "zh" else offered
        url = link(base, node) if offered else None
        if url and offered and urls.native_id(url) and url != base:
            told.setdefault(offered, Edition(language=offered, url=url, rule=ARTICLES))
    general = editions_of(offers_of(page), base, base or None, language)
    return tuple({one.language: one for one in (*general, *told.values())}.values())
