"""GOV.UK: content items as its content API gives them.

https://www.gov.uk/api/content/government/news/new-frank-adverts-mark-tenth-anniversary--2

- `content_id` is shared by the translations; `.ur` or `.ar` at the end of the path tells them apart.
- `public_updated_at` repeats `first_published_at` until there is a major change; it may be some seconds earlier.
  `updated_at` moves with every bookkeeping and says nothing.
- `delivered_on` of a speech may lie weeks before its publication; midnight stands for a day.
- Finders, collections, guides and what else the API serves are no releases.
"""

from datetime import timedelta
from urllib.parse import urljoin

from parsers.article import blocks_of, opening, parts_of
from parsers.datelines import Dated
from parsers.dates import Found
from parsers.draft import Draft, complete
from parsers.frame import Fact
from parsers.item import Item, dated, open_items, whose
from parsers.media import DOCUMENTS, IMAGES, VIDEOS, links
from parsers.media import attachments as linked_documents
from parsers.media import images as pictures
from parsers.media import videos as films
from parsers.page import Page, media_type
from parsers.publication import chosen
from parsers.records import Attachment, Edition, Evidence, Image, Other, Rejection, Release, clip
from parsers.urls import canonical
from sources.capture import Capture

PARSER = "govuk/2"
SITE = "https://www.gov.uk"
ZONE = "Europe/London"

RELEASES = frozenset(
    {"press_release", "news_story", "news_article", "government_response", "fatality_notice", "world_news_story"}
    | {"world_location_news_article", "speech", "written_statement", "oral_statement", "authored_article", "statement"}
)
BODY = "details.body"
PICTURE = "details.image"
FILES = "details.attachments"
TRANSLATIONS = "links.available_translations"
ORGANISATIONS = "links.organisations"
SPEAKER = "links.speaker"
HISTORY = "details.change_history"
DELIVERED = "details.delivered_on"

_NO_PICTURE = "placeholder"
_A_CHANGE = timedelta(minutes=1)
_MOST_CHANGES = 20
_SAMPLE = 800  # characters that tell the language


def recognises(capture: Capture) -> bool:
    """Whether this is a content item of GOV.UK, by its members."""
    return all(name in capture.body for name in (b'"content_id"', b'"document_type"', b'"base_path"'))


def read(capture: Capture) -> list[Release | Rejection]:
    """The one release of a content item."""
    items = open_items(capture, PARSER)
    return [items] if isinstance(items, Rejection) else [release(items[0])]


def release(item: Item) -> Release | Rejection:
    """The release of an item, or why it is none."""
    kind, title = item.text("document_type"), item.fact("title")
    if kind not in RELEASES:
        return Rejection("parse", f"document_type: {kind or 'nothing'} is not a release of GOV.UK", PARSER)
    if title is None:
        return Rejection("parse", "title: the item has none", PARSER)
    page = item.page(markup(item), PARSER)
    if isinstance(page, Rejection):
        return page
    root = page.tree.body
    roots = [root] if root is not None else []
    story = parts_of(page, root) if root is not None else []
    path = item.text("base_path")
    address = (f"{SITE}{path}", "base_path") if path.startswith("/") else ("", "")
    owner = whose(item, address, item.text("locale"), f"{title.value}\n{opening(story, _SAMPLE)}")
    draft = Draft(
        parser=PARSER,
        rendition="api",
        blocks=blocks_of(story),
        body_at=BODY,
        titles=[title],
        subtitle=item.fact("description"),
        published=[*dated(item, "first_published_at", ZONE), *dated(item, "details.first_public_at", ZONE)],
        updated=updated(item),
        source=names(item, SPEAKER),
        office=names(item, ORGANISATIONS),
        images=images(item, page),
        attachments=attachments(item, page),
        videos=films(page, roots, SITE),
        editions=editions(item),
        links=links(page, roots, SITE, owner.url),
        places={"images": f"{PICTURE}, {BODY} {IMAGES}", "attachments": f"{FILES}, {BODY} {DOCUMENTS}"}
        | {"videos": f"{BODY} {VIDEOS}", "editions": TRANSLATIONS},
    )
    return described(item, complete(item.document(), owner, draft))


def markup(item: Item) -> str:
    """The text, which may be there in several forms."""
    forms = (one.markup("content") for one in item.members(BODY) if one.text("content_type") == "text/html")
    return item.markup(BODY) or next(forms, "")


def updated(item: Item) -> list[Dated]:
    """The last major change, where there was one after the publication."""
    first = dated(item, "first_published_at", ZONE)
    return [
        change
        for change in dated(item, "public_updated_at", ZONE)
        if all(is_later(change.found, one.found) for one in first)
    ]


def is_later(one: Found, than: Found) -> bool:
    """Whether a date is a minute or, where a time of day is missing, a day after another."""
    if one.at and than.at:
        return one.at - than.at >= _A_CHANGE
    return bool(one.on and than.on and one.on > than.on)


def names(item: Item, path: str) -> Fact | None:
    """The titles of linked items: organisations, a speaker."""
    told = "; ".join(filter(None, (one.words("title") for one in item.members(path))))
    return Fact(told, path, told) if told else None


def images(item: Item, page: Page) -> tuple[Image, ...]:
    """The lead picture, then those in the text."""
    lead = {
        url: item.words(f"{PICTURE}.caption") or item.words(f"{PICTURE}.alt_text")
        for name in ("high_resolution_url", "url")
        if (url := canonical(urljoin(SITE, item.text(f"{PICTURE}.{name}")))) and item.text(f"{PICTURE}.{name}")
    }
    told = {url: None if words == _NO_PICTURE else words or None for url, words in list(lead.items())[:1]}
    inside = pictures(page, [page.tree.body] if page.tree.body is not None else [], SITE)
    told |= {image.url: image.caption for image in inside if image.url not in told}
    return tuple(Image(url=url, caption=caption, position=at) for at, (url, caption) in enumerate(told.items()))


def attachments(item: Item, page: Page) -> tuple[Attachment, ...]:
    """The files the item lists, then those only its text links to."""
    listed = {
        url: (one.words("title") or None, one.text("content_type") or media_type(url))
        for one in item.members(FILES)
        if one.text("url") and (url := canonical(urljoin(SITE, one.text("url"))))
    }
    inside = linked_documents(page, [page.tree.body] if page.tree.body is not None else [], SITE)
    listed |= {file.url: (file.label, file.media_type) for file in inside if file.url not in listed}
    return tuple(
        Attachment(url=url, label=label, media_type=kind, position=at)
        for at, (url, (label, kind)) in enumerate(listed.items())
    )


def editions(item: Item) -> tuple[Edition, ...]:
    """The other translations of the same item."""
    told = [
        (one.text("locale"), canonical(SITE + one.text("base_path")))
        for one in item.members(TRANSLATIONS)
        if one.text("base_path") != item.text("base_path")
    ]
    return tuple(Edition(language=language, url=url, rule=TRANSLATIONS) for language, url in told if language and url)


def described(item: Item, release: Release) -> Release:
    """The release with its number, the day a speech was given, and the history it states."""
    evidence = dict(release.evidence)
    changes: dict[str, object] = {}
    if number := item.text("content_id"):
        changes["native_id"] = number
        evidence["native_id"] = Evidence(rule="content_id", text=clip(number), basis="stated")
    if delivered := chosen(dated(item, DELIVERED, ZONE)):
        stamp, found = delivered
        where = "; ".join(filter(None, (stamp.text, item.words("details.location"))))
        changes["event"], evidence["event"] = stamp, found.model_copy(update={"text": clip(where)})
    evidence |= history(item)
    return release.model_copy(update=changes | {"evidence": evidence})


def history(item: Item) -> dict[str, Evidence]:
    """The changes the item tells of, the newest first, and that it was withdrawn."""
    told = [(one.text("public_timestamp"), one.words("note")) for one in item.members(HISTORY)]
    told.sort(key=lambda change: change[0], reverse=True)
    found: dict[str, Evidence] = {}
    if told:
        when, note = told[0]
        others = [Other(rule=HISTORY, text=clip(n), value=clip(at), why_not="an earlier change") for at, n in told[1:]]
        found["change_history"] = Evidence(
            rule=HISTORY, text=clip(f"{when}: {note}"), basis="stated", others=tuple(others[:_MOST_CHANGES])
        )
    if withdrawn := item.text("withdrawn_notice.withdrawn_at"):
        found["withdrawn"] = Evidence(rule="withdrawn_notice.withdrawn_at", text=clip(withdrawn), basis="stated")
    return found
