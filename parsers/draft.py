"""From what a family read to the validated record: stated facts put first, gaps filled by rule, evidence kept."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from parsers import publication, urls
from parsers.blocks import plain_parts
from parsers.datelines import Dated
from parsers.document import Document, Provenance
from parsers.events import Event, event_in
from parsers.frame import Fact
from parsers.layout import tidy
from parsers.publishers import by_key
from parsers.records import (
    Attachment,
    Block,
    Edition,
    Evidence,
    Image,
    Link,
    Other,
    Release,
    Rendition,
    Rights,
    Stamp,
    Video,
    body_of,
    clip,
)
from parsers.text import first_sentence, fold_title, gate

TITLE_LIMIT = 120  # characters of a title made from the first sentence
OPENING = 4_000  # characters of a body that a derived title is looked for in


@dataclass(frozen=True, slots=True)
class Draft:
    """What one family read from one document. Titles and dates are readings, the strongest title first.

    `preferred` is the date of publication that is taken whatever its rule, `withheld` why none of them is.
    `places` tells where images, attachments, videos, editions and related addresses were found: a selector each.
    `links` are those of the text, and found where it is.
    """

    parser: str
    rendition: Rendition
    blocks: tuple[Block, ...]
    body_at: str
    titles: Sequence[Fact] = ()
    subtitle: Fact | None = None
    published: Sequence[Dated] = ()
    preferred: Dated | None = None
    withheld: str = ""
    updated: Sequence[Dated] = ()
    source: Fact | None = None
    office: Fact | None = None
    images: tuple[Image, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    videos: tuple[Video, ...] = ()
    editions: tuple[Edition, ...] = ()
    related: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()
    places: Mapping[str, str] = field(default_factory=dict)


def stated_title(document: Document) -> str:
    """The title an operator states, fit for a record; empty when none is stated."""
    return tidy(gate(document.capture.stated.title or "").text)


def complete(document: Document, whose: Provenance, draft: Draft) -> Release:
    """The record. A stated fact that cannot be understood raises ValueError, a record that says nothing too."""
    if not (draft.blocks or draft.attachments or draft.videos):
        what = "there is no text in it beside headlines, dates, labels, menus and buttons"
        raise ValueError(f"body: {what} ({draft.body_at})")
    evidence = document.evidence | whose.evidence
    if whose.known and whose.known.updated_issues and draft.updated and not (draft.published or draft.withheld):
        draft = replace(draft, published=[_as_issue(date) for date in draft.updated], updated=())
    title = _title(document, draft, evidence)
    native_id = urls.native_id(whose.url) if whose.url else None
    published = _published(document, whose, draft, native_id, evidence)
    event = _event(whose, draft, published)
    if event:
        evidence["event"] = Evidence(rule=event.stamp.rule, text=event.text, basis=event.stamp.basis)
    updated = _kept(publication.chosen(draft.updated), "updated", evidence)
    for name, fact in (("subtitle", draft.subtitle), ("source_label", draft.source), ("office", draft.office)):
        if fact:
            evidence[name] = Evidence(rule=fact.rule, text=clip(fact.text), basis="stated")
    if draft.blocks:
        evidence["body"] = Evidence(rule=draft.body_at, basis="stated")
    evidence.update(_found_at(draft))
    return Release(
        publisher=whose.publisher,
        native_id=native_id,
        language=whose.language,
        url=whose.url,
        title=title,
        subtitle=draft.subtitle.value if draft.subtitle else None,
        body=body_of(draft.blocks),
        blocks=draft.blocks,
        published=published,
        updated=updated,
        event=event.stamp if event else None,
        address_on=urls.address_day(whose.url) if whose.url else None,
        editions=draft.editions,
        related=draft.related,
        links=draft.links,
        rendition=draft.rendition,
        images=draft.images,
        attachments=draft.attachments,
        videos=draft.videos,
        source_label=draft.source.value if draft.source else None,
        office=draft.office.value if draft.office else None,
        rights=_rights(whose, evidence),
        parser=draft.parser,
        completeness=document.capture.completeness,
        evidence=evidence,
    )


def _as_issue(date: Dated) -> Dated:
    """A day of update that stands alone, at a publisher whose system prints under that label when it put a text up."""
    return replace(date, rule=f"{date.rule}, the only date, by which this publisher means the day of issue")


def _found_at(draft: Draft) -> Iterator[tuple[str, Evidence]]:
    """Evidence of the parts that stand beside the text: the place, and the first address found there."""
    told = {
        "images": [part.url for part in draft.images],
        "attachments": [part.url for part in draft.attachments],
        "videos": [part.url for part in draft.videos],
        "editions": [part.url for part in draft.editions],
        "related": list(draft.related),
        "links": [part.url for part in draft.links],
    }
    places = {"links": draft.body_at, **draft.places}
    for name, addresses in told.items():
        if addresses and name in places:
            yield name, Evidence(rule=places[name], text=clip(addresses[0]), basis="stated")


def _title(document: Document, draft: Draft, evidence: dict[str, Evidence]) -> str:
    """Stated, else read, else made from the first sentence."""
    readings = list(draft.titles)
    if stated := stated_title(document):
        readings.insert(0, Fact(stated, "stated", stated))
    if not readings:
        derived = _derived_title(draft)
        evidence["title"] = Evidence(rule="first sentence", text=clip(derived), basis="inferred")
        return derived
    first = readings[0]
    others = tuple(
        Other(rule=fact.rule, text=clip(fact.text), value=clip(fact.value), why_not=f"{first.rule} comes first")
        for fact in readings[1:]
        if fold_title(fact.value) != fold_title(first.value)
    )
    evidence["title"] = Evidence(rule=first.rule, text=clip(first.text), basis="stated", others=others[:5])
    return first.value


def _derived_title(draft: Draft) -> str:
    """The first sentence of the first paragraph; of the first block where no paragraph says anything."""
    in_order = [block for block in draft.blocks[:50] if block.kind == "paragraph"] + list(draft.blocks[:1])
    for block in in_order:
        opening = "\n".join(plain_parts([block.model_copy(update={"text": block.text[:OPENING]})]))
        if title := first_sentence(opening, TITLE_LIMIT):
            return title
    raise ValueError("title: none is stated and the text has no words to make one from")


def _published(
    document: Document, whose: Provenance, draft: Draft, native_id: str | None, evidence: dict[str, Evidence]
) -> Stamp | None:
    withheld = draft.withheld or ("" if draft.preferred else _unsure(whose, draft.published))
    read = None if withheld else publication.chosen(draft.published, draft.preferred)
    if withheld:
        evidence["published"] = publication.withheld(draft.published, withheld)
    stated = document.capture.stated.published
    if not stated:
        if read:
            read = publication.with_address_time(*read, publisher=whose.publisher, native_id=native_id)
            read = publication.beside_address(*read, address=whose.url, native_id=native_id)
        return _kept(read, "published", evidence)
    stamp = publication.from_operator(gate(stated).text, zone=whose.zone, day_first=whose.day_first)
    others: tuple[Other, ...] = ()
    if read and (read[0].on, read[0].at) != (stamp.on, stamp.at):
        value = read[0].at or read[0].on
        others = (Other(rule=read[0].rule, text=read[0].text, value=str(value), why_not="stated otherwise"),)
    evidence["published"] = Evidence(rule="stated", text=stamp.text, basis="stated", others=others)
    return stamp


def _unsure(whose: Provenance, readings: Sequence[Dated]) -> str:
    """Why no date is taken: its figures may name two days, and nobody knows the habit of who wrote them."""
    english = whose.language == "und" or whose.language.partition("-")[0] == "en"  # elsewhere the day stands first
    if whose.known is not None or not english or not publication.unsure(readings):
        return ""
    return "day and month could change places, and nothing else tells"


def _kept(read: tuple[Stamp, Evidence] | None, name: str, evidence: dict[str, Evidence]) -> Stamp | None:
    if read is None:
        return None
    stamp, evidence[name] = read
    return stamp


def _event(whose: Provenance, draft: Draft, published: Stamp | None) -> Event | None:
    first = next((block.text for block in draft.blocks[:5] if block.kind == "paragraph"), None)
    if first is None:
        return None
    body = body_of(draft.blocks[:200])
    return event_in(
        first,
        body,
        zone=whose.zone,
        day_first=whose.day_first,
        published_on=published.on if published else None,
    )


def _rights(whose: Provenance, evidence: dict[str, Evidence]) -> Rights | None:
    """The publisher's terms, as far as we know who it is."""
    known = whose.known
    if known is None or known.rights is None or by_key(whose.publisher) is not known:
        return None
    evidence["rights"] = Evidence(
        rule="terms of the publisher", text=clip(known.key), basis=whose.evidence["publisher"].basis
    )
    return known.rights
