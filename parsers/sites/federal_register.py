"""Federal Register of the United States: an entry of its interface, which has everything but the text.

https://www.federalregister.gov/api/v1/documents/2026-00711.json

- `abstract` is the summary; the text stands in files of its own (`raw_text_url`, `body_html_url`, `pdf_url`), so that
  a release read from an entry is a part of one.
- `publication_date` is a day; the day in `html_url` is the same.
- `agencies` lists departments and their offices side by side; `name` may be missing where `raw_name` stands.
"""

from parsers.blocks import from_paragraphs
from parsers.draft import Draft, complete
from parsers.frame import Fact
from parsers.item import Item, dated, open_items, whose
from parsers.layout import paragraphs
from parsers.page import media_type
from parsers.records import Attachment, Evidence, Rejection, Release
from parsers.urls import canonical
from sources.capture import Capture

PARSER = "federal_register/2"
ZONE = "America/New_York"

NUMBER = "document_number"
TITLE = "title"
DATE = "publication_date"
SUMMARY = "abstract"
ADDRESS = "html_url"
FILE = "pdf_url"
AGENCIES = "agencies"
KIND = "type"


def recognises(capture: Capture) -> bool:
    """Whether this is one entry of the interface, by its members."""
    named = all(f'"{name}"'.encode() in capture.body for name in (NUMBER, DATE, ADDRESS))
    return named and b'"results"' not in capture.body


def read(capture: Capture) -> list[Release | Rejection]:
    """The one release of an entry."""
    items = open_items(capture, PARSER)
    return [items] if isinstance(items, Rejection) else [release(items[0])]


def release(item: Item) -> Release | Rejection:
    """The release of an entry, or why it is none."""
    title, summary = item.fact(TITLE), item.words(SUMMARY)
    if title is None:
        return Rejection("parse", f"{TITLE}: the entry has none", PARSER)
    owner = whose(item, (item.text(ADDRESS), ADDRESS), "en", f"{title.value}\n{summary}")
    draft = Draft(
        parser=PARSER,
        rendition="api",
        blocks=from_paragraphs(paragraphs([summary], None)),
        body_at=SUMMARY,
        titles=[title],
        published=dated(item, DATE, ZONE),
        office=office(item),
        attachments=attachments(item),
        places={"attachments": FILE},
    )
    found = complete(item.document(), owner, draft)
    evidence = dict(found.evidence)
    evidence["completeness"] = Evidence(rule=f"{SUMMARY} alone, the text is in a file of its own", basis="stated")
    if kind := item.words(KIND):
        evidence["kind"] = Evidence(rule=KIND, text=kind, basis="stated")
    return found.model_copy(update={"completeness": "partial", "evidence": evidence})


def office(item: Item) -> Fact | None:
    """The agencies that issued it."""
    named = (one.words("name") or one.words("raw_name") for one in item.members(AGENCIES))
    told = "; ".join(dict.fromkeys(filter(None, named)))
    return Fact(told, AGENCIES, told) if told else None


def attachments(item: Item) -> tuple[Attachment, ...]:
    """The document as printed."""
    url = canonical(item.text(FILE))
    return (Attachment(url=url, media_type=media_type(url), position=0),) if url else ()
