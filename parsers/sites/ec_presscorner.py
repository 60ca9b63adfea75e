"""European Commission, press corner: documents as its interface gives them; the pages for people are an empty shell.

https://ec.europa.eu/commission/presscorner/api/documents?reference=IP/26/301&language=en

- One reference (`refCd`) names a document in all its `languages`; `originalLanguage` says which came first.
- `eventDate` is the day the document is filed under, `publishDate` the instant (UTC) it went out.
- `docuLanguageResource` holds title, subtitle and text of the language asked for; without it there is no text.
- What `attachmentResources` and the entries of `languages` hold was not seen: addresses and codes are taken, no more.
"""

import re
from urllib.parse import urljoin

from parsers.article import blocks_of, opening, parts_of
from parsers.draft import Draft, complete
from parsers.frame import Fact
from parsers.item import Item, dated, open_items, whose
from parsers.media import attachments as linked_documents
from parsers.media import images, links, videos
from parsers.page import Page, media_type
from parsers.records import Attachment, Edition, Evidence, Rejection, Release, clip
from parsers.urls import canonical
from sources.capture import Capture

PARSER = "ec_presscorner/2"
SITE = "https://ec.europa.eu/commission/presscorner/"
ZONE = "Europe/Brussels"

REFERENCE = "refCd"
TITLE = "docuLanguageResource.title"
SUBTITLE = "docuLanguageResource.subtitle"
BODY = "docuLanguageResource.htmlContent"
LANGUAGE = "docuLanguageResource.language"
FILES = "docuLanguageResource.attachmentResources"
LANGUAGES = "languages"
KIND = "docutypeResource.description"
PLACE = "placeResource.description"

_REFERENCE = re.compile(r"[A-Za-z]{1,12}/\d{2,4}/\d{1,6}")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}")
_SAMPLE = 800  # characters that tell the language


def recognises(capture: Capture) -> bool:
    """Whether this is a document of the press corner, by its members."""
    return b'"docuLanguageResource"' in capture.body and b'"refCd"' in capture.body


def read(capture: Capture) -> list[Release | Rejection]:
    """The one document of an answer."""
    items = open_items(capture, PARSER)
    return [items] if isinstance(items, Rejection) else [release(items[0])]


def release(item: Item) -> Release | Rejection:
    """The release of an answer, or why it is none."""
    title, reference = item.fact(TITLE), item.text(REFERENCE)
    if title is None or not _REFERENCE.fullmatch(reference):
        missing = f"title: the answer has no {TITLE}" if title is None else f"{REFERENCE}: {reference!r} is none"
        return Rejection("parse", missing, PARSER)
    page = item.page(item.markup(BODY), PARSER)
    if isinstance(page, Rejection):
        return page
    roots = [page.tree.body] if page.tree.body is not None else []
    story = [part for root in roots for part in parts_of(page, root)]
    language = item.text(LANGUAGE).lower() or "en"
    address = page_address(reference, language)
    owner = whose(item, (address, REFERENCE), language, f"{title.value}\n{opening(story, _SAMPLE)}")
    draft = Draft(
        parser=PARSER,
        rendition="api",
        blocks=blocks_of(story),
        body_at=BODY,
        titles=[title],
        subtitle=item.fact(SUBTITLE),
        published=[*dated(item, "publishDate", ZONE), *dated(item, "eventDate", ZONE)],
        office=commissioners(item),
        images=images(page, roots, SITE),
        attachments=attachments(item, page, reference, language),
        videos=videos(page, roots, SITE),
        editions=editions(item, reference, language),
        links=links(page, roots, SITE, owner.url),
        places={"images": BODY, "attachments": f"{FILES}, {BODY}", "videos": BODY, "editions": LANGUAGES},
    )
    return described(item, complete(item.document(), owner, draft))


def page_address(reference: str, language: str) -> str:
    """The page for people of a document in one language: `detail/en/ip_26_301`."""
    return f"{SITE}detail/{language}/{reference.lower().replace('/', '_')}"


def commissioners(item: Item) -> Fact | None:
    """The members of the Commission that the document names as its own."""
    told = "; ".join(filter(None, (one.words("shortDescription") for one in item.members("commissionerResource"))))
    return Fact(told, "commissionerResource", told) if told else None


def editions(item: Item, reference: str, language: str) -> tuple[Edition, ...]:
    """The same document in its other languages; codes as they stand or as objects with a `code`."""
    value = item.raw(LANGUAGES)
    codes = [one for one in value if isinstance(one, str)] if isinstance(value, list) else []
    codes += [one.text("code") for one in item.members(LANGUAGES)]
    told = [code.lower() for code in codes if _LANGUAGE.fullmatch(code)]
    return tuple(
        Edition(language=code, url=page_address(reference, code), rule=LANGUAGES)
        for code in dict.fromkeys(told)
        if code != language
    )


def attachments(item: Item, page: Page, reference: str, language: str) -> tuple[Attachment, ...]:
    """The files the answer lists by their addresses, then those only its text links to."""
    listed = {
        url: (one.words("title") or one.words("name") or None, media_type(url))
        for one in item.members(FILES)
        if (written := one.text("url")) and (url := canonical(urljoin(page_address(reference, language), written)))
    }
    inside = linked_documents(page, [page.tree.body] if page.tree.body is not None else [], SITE)
    listed |= {file.url: (file.label, file.media_type) for file in inside if file.url not in listed}
    return tuple(
        Attachment(url=url, label=label, media_type=kind, position=at)
        for at, (url, (label, kind)) in enumerate(listed.items())
    )


def described(item: Item, release: Release) -> Release:
    """The release with what has no field of its own in the evidence: its kind, its place, its original language."""
    told = {"kind": KIND, "place": PLACE, "original_language": "originalLanguage"}
    found = {
        name: Evidence(rule=path, text=clip(words), basis="stated")
        for name, path in told.items()
        if (words := item.words(path))
    }
    return release.model_copy(update={"evidence": release.evidence | found})
