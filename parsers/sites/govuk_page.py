"""GOV.UK: news and speeches as pages for people; `families/govuk.py` reads the same from the content API.

https://www.gov.uk/government/news/new-frank-adverts-mark-tenth-anniversary--2

- The metas `govuk:first-published-at` and `govuk:public-updated-at` have the instants, what is printed the days.
- `govuk:content-id` is the number that interface and page share, and all translations.
- The list of the other languages names this one too, without a link.
- The history of changes stands in the page, folded away.
"""

from parsers.article import blocks_of, opening, parts_of
from parsers.datelines import Dated
from parsers.document import provenance
from parsers.draft import Draft, complete
from parsers.families.govuk import RELEASES, SITE, ZONE, is_later
from parsers.frame import Fact
from parsers.instants import system_date
from parsers.media import attachments, images, links, videos
from parsers.page import Page, distinct_links, open_page, own_address
from parsers.publication import chosen
from parsers.records import Edition, Evidence, Other, Rejection, Release, clip
from parsers.urls import canonical
from sources.capture import Capture

PARSER = "govuk_page/1"

KIND = 'meta[name="govuk:format"]'
NUMBER = 'meta[name="govuk:content-id"]'
FIRST = 'meta[name="govuk:first-published-at"]'
CHANGED = 'meta[name="govuk:public-updated-at"]'
TITLE = "main h1"
LEAD = ".gem-c-lead-paragraph"
BODY = ".gem-c-govspeak, main .govspeak"
FILES = ".gem-c-attachment, section.attachment"
FIGURE = ".gem-c-figure"
TRANSLATIONS = ".gem-c-translation-nav a[hreflang]"
OFFICES = '.gem-c-metadata__definition a[href*="/government/organisations/"]'
SPEAKER = '.gem-c-metadata__definition a[href*="/government/people/"]'
DELIVERED = ".gem-c-important-metadata time[datetime]"
HISTORY = ".gem-c-published-dates__change-item"

_SAMPLE = 800  # characters that tell the language


def recognises(capture: Capture) -> bool:
    """Whether this is a page of GOV.UK that names its content item."""
    return b"govuk:content-id" in capture.body


def read(capture: Capture) -> list[Release | Rejection]:
    """The one release of a page."""
    page = open_page(capture, PARSER)
    return [page if isinstance(page, Rejection) else release(page)]


def release(page: Page) -> Release | Rejection:
    """The release of a page, or why it is none."""
    kind, title, body = meta(page, KIND), page.words(page.first(TITLE)), page.first(BODY)
    if kind and kind not in RELEASES:
        return Rejection("parse", f"{KIND}: {kind} is not a release of GOV.UK", PARSER)
    if not title or body is None:
        missing = f"body: the page has no {BODY}" if title else f"title: there is no text at {TITLE}"
        return Rejection("parse", missing, PARSER)
    story = parts_of(page, body)
    root, (address, place) = page.first("html[lang]"), own_address(page) or (None, "")
    owner = provenance(
        page.document(),
        page_url=address,
        page_url_at=place,
        page_language=(page.attribute(root, "lang") if root is not None else "") or None,
        sample=f"{title}\n{opening(story, _SAMPLE)}",
    )
    roots = [*page.all(FIGURE)[:1], body]
    lead = page.words(page.first(LEAD))
    draft = Draft(
        parser=PARSER,
        rendition="page",
        blocks=blocks_of(story),
        body_at=BODY,
        titles=[Fact(title, TITLE, title)],
        subtitle=Fact(lead, LEAD, lead) if lead else None,
        published=stated(page, FIRST),
        updated=updated(page),
        source=names(page, SPEAKER),
        office=names(page, OFFICES),
        images=images(page, roots, owner.url or SITE),
        attachments=attachments(page, [*page.all(FILES), body], owner.url or SITE),
        videos=videos(page, [body], owner.url or SITE),
        editions=editions(page, owner.url),
        links=links(page, [body], owner.url or SITE, owner.url),
        places={"images": f"{FIGURE}, {BODY} img", "attachments": f"{FILES}, {BODY} a", "videos": BODY}
        | {"editions": TRANSLATIONS},
    )
    return described(page, complete(page.document(), owner, draft))


def meta(page: Page, selector: str) -> str:
    """What a meta says; empty where it is absent."""
    node = page.first(selector)
    return page.attribute(node, "content") if node is not None else ""


def stated(page: Page, selector: str) -> list[Dated]:
    """The date of a meta."""
    return system_date(meta(page, selector), f"metadata {selector}", ZONE)


def updated(page: Page) -> list[Dated]:
    """The last major change, where there was one after the publication."""
    first = stated(page, FIRST)
    return [change for change in stated(page, CHANGED) if all(is_later(change.found, one.found) for one in first)]


def names(page: Page, selector: str) -> Fact | None:
    """The names of linked organisations or persons, each once."""
    told = "; ".join(dict.fromkeys(filter(None, map(page.words, page.all(selector)))))
    return Fact(told, selector, told) if told else None


def editions(page: Page, own: str | None) -> tuple[Edition, ...]:
    """The same release in other languages."""
    return tuple(
        Edition(language=language, url=url, rule=TRANSLATIONS)
        for url, node in distinct_links(page, TRANSLATIONS, own or SITE).items()
        if (language := page.attribute(node, "hreflang")) and url != canonical(own or SITE)
    )


def described(page: Page, release: Release) -> Release:
    """The release with its number, the day a speech was given, and the history the page tells."""
    evidence, changes = dict(release.evidence), dict[str, object]()
    if number := meta(page, NUMBER):
        changes["native_id"] = number
        evidence["native_id"] = Evidence(rule=NUMBER, text=clip(number), basis="stated")
    given = page.first(DELIVERED)
    written = page.attribute(given, "datetime") if given is not None else ""
    if delivered := chosen(system_date(written, f"metadata {DELIVERED}", ZONE)):
        changes["event"], evidence["event"] = delivered
    told = [page.words(node) for node in page.all(HISTORY)]
    if told:
        others = [Other(rule=HISTORY, text=clip(one), why_not="an earlier change") for one in told[1:21]]
        evidence["change_history"] = Evidence(rule=HISTORY, text=clip(told[0]), basis="stated", others=tuple(others))
    return release.model_copy(update=changes | {"evidence": evidence})
