"""The validated record of one release, and the answer when there is none.

Field names are what `communique parse` prints and what stands, flattened, in the archive. Every key is
always present, null or empty when absent.
"""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal, Self

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints, model_validator

Basis = Literal["stated", "inferred"]
Precision = Literal["second", "minute", "day", "month"]
Rendition = Literal["page", "feed_item", "api", "print", "gateway", "file"]
BlockKind = Literal["paragraph", "heading", "list", "table", "quote"]

EVIDENCE_TEXT_LIMIT = 200  # characters of the source text kept beside each field

Filled = Annotated[str, StringConstraints(min_length=1)]


class Part(BaseModel):
    """Frozen, and strict about names: a misspelt field is an error here, not a hole in the archive."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Block(Part):
    """One block of the body. `text` is its Markdown: lists with markers, tables as pipe tables.

    `level` is 1..6 for headings and None otherwise.
    """

    kind: BlockKind
    text: Filled
    level: int | None = Field(default=None, ge=1, le=6)


class Stamp(Part):
    """One date of a release: the instant if it is known to the minute, the local day, and how we know.

    `at` is UTC; `on` is the day in `zone` (None at precision month); `text` is what was written.
    """

    at: AwareDatetime | None
    on: date | None
    precision: Precision
    zone: Filled
    text: str = Field(max_length=EVIDENCE_TEXT_LIMIT)
    rule: Filled
    basis: Basis

    @model_validator(mode="after")
    def an_instant_needs_a_time_of_day(self) -> Self:
        if (self.at is not None) != (self.precision in ("second", "minute")):
            raise ValueError(f"precision {self.precision} and instant {self.at} contradict each other")
        return self


class Other(Part):
    """A reading that was not chosen, and why not."""

    rule: Filled
    text: str = Field(max_length=EVIDENCE_TEXT_LIMIT)
    value: str | None = None
    why_not: Filled


class Evidence(Part):
    """Where one field came from: the rule, the text it was read from (for the body its locator)."""

    rule: Filled
    text: str = Field(default="", max_length=EVIDENCE_TEXT_LIMIT)
    basis: Basis
    others: tuple[Other, ...] = ()


class Edition(Part):
    """The same release in another language, as this one points to it."""

    language: Filled
    url: Filled
    rule: Filled


class Image(Part):
    url: Filled
    caption: str | None = None
    position: int
    sha256: str | None = None


class Attachment(Part):
    url: Filled
    label: str | None = None
    media_type: str | None = None
    position: int
    sha256: str | None = None


class Video(Part):
    url: Filled
    label: str | None = None
    position: int


class Link(Part):
    """One link of the text: where it leads, and the words it stands on, clipped like evidence."""

    url: Filled
    label: str | None = Field(default=None, max_length=EVIDENCE_TEXT_LIMIT)


class Rights(Part):
    label: Filled
    url: str | None = None
    note: str | None = None


class Release(Part):
    """One official press release, read from one capture."""

    publisher: Filled
    native_id: str | None = None
    language: Filled
    url: str | None = None
    title: Filled
    subtitle: str | None = None
    body: str = ""
    blocks: tuple[Block, ...] = ()
    published: Stamp | None = None
    updated: Stamp | None = None
    event: Stamp | None = None
    address_on: date | None = None
    listed_at: AwareDatetime | None = None
    editions: tuple[Edition, ...] = ()
    related: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()
    rendition: Rendition
    images: tuple[Image, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    videos: tuple[Video, ...] = ()
    source_label: str | None = None
    office: str | None = None
    rights: Rights | None = None
    parser: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*/[1-9][0-9]*$")]
    completeness: Literal["whole", "unverifiable", "partial"] = "whole"
    evidence: dict[str, Evidence]

    @model_validator(mode="after")
    def says_something(self) -> Self:
        if not (self.body or self.attachments or self.videos):
            raise ValueError("neither body nor attachment nor video")
        return self

    @model_validator(mode="after")
    def body_is_its_blocks(self) -> Self:
        if self.body != body_of(self.blocks):
            raise ValueError("body differs from its blocks")
        return self


@dataclass(frozen=True, slots=True)
class Rejection:
    """Why a capture gave no record: the stage that refused it, the reason a person understands, the parser."""

    stage: Literal["decode", "parse", "validate"]
    reason: str
    parser: str


def body_of(blocks: tuple[Block, ...]) -> str:
    """Plain text of a body: its blocks joined by a blank line."""
    return "\n\n".join(block.text for block in blocks)


def clip(text: str) -> str:
    """The part of a source text that evidence keeps."""
    return text if len(text) <= EVIDENCE_TEXT_LIMIT else text[: EVIDENCE_TEXT_LIMIT - 1] + "…"
