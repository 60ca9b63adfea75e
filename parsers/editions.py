"""The same page in other languages, as any page may say: by `link rel=alternate hreflang`, or by a switch in print.

- What stands in the head is the publisher's word for it; whether the other page says so too is asked elsewhere. Links
  to home pages stand there for many an article that was never translated, and say nothing.
- A switch is a link called by the name of a language. It counts where its address is that of this very page but for
  the language, or ends in the same number or headline: menus lead to home pages under the same names.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from parsers.language import normalised
from parsers.language_names import LONGEST, named
from parsers.page import Page, absolute
from parsers.records import Edition
from parsers.spellings import same_page
from parsers.translations import is_home, is_translation

IN_HEAD = 'link[rel="alternate"][hreflang][href]'
SWITCH = "a[href] called by a language"
PLACES = f"{IN_HEAD}, {SWITCH}"
MOST = 2_000  # links of one page that are looked at

_MOST_TOLD = 60


@dataclass(frozen=True, slots=True)
class Offer:
    """A link that may lead to the page in another language: `hreflang` or `lang`, and its words if it is a switch."""

    href: str
    tag: str
    words: str = ""


def offers_of(page: Page) -> Iterator[Offer]:
    """The links of a page that may lead to its editions."""
    for node in page.all('link[rel~="alternate"][hreflang][href]')[:MOST]:
        yield Offer(page.attribute(node, "href"), page.attribute(node, "hreflang"))
    for node in page.all("a[href]")[:MOST]:
        if len((node.text() or "").strip()) <= LONGEST and named(words := page.words(node)):
            tag = page.attribute(node, "hreflang") or page.attribute(node, "lang")
            yield Offer(page.attribute(node, "href"), tag, words)


def editions_of(offers: Iterable[Offer], base: str, own: str | None, language: str) -> tuple[Edition, ...]:
    """What a page in `language` at `own` offers in others: of each language the first."""
    told: dict[str, Edition] = {}
    for offer in offers:
        offered = named(offer.words)
        if offered in (None, "zh"):  # the tag knows in which script 中文 is
            offered = normalised(offer.tag) or offered
        url = absolute(base, offer.href) if offered and offered != language else None
        if not (offered and url) or offered in told or len(told) == _MOST_TOLD:
            continue
        if is_translation(url, own) if offer.words else not (is_home(url) or same_page(url, own)):
            told[offered] = Edition(language=offered, url=url, rule=SWITCH if offer.words else IN_HEAD)
    return tuple(told.values())
