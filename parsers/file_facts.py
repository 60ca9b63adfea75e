"""What a file says of itself beside its text, as the weakest opinion: the title in its properties, the day it was made.

Properties are inherited from the document somebody began with, so neither ever beats what the text says, and the day
alone is never taken for the publication.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from parsers import dates
from parsers.datelines import Dated
from parsers.document import Document, notes_evidence, provenance
from parsers.draft import Draft, complete
from parsers.frame import Fact
from parsers.layout import tidy
from parsers.links import linked
from parsers.pieces import Piece, settle
from parsers.records import Evidence, Image, Release, clip
from parsers.text import gate
from sources.capture import Capture

LONGEST_TITLE = 400  # characters

_MADE = re.compile(r"(?:D:)?(\d{4})-?(\d\d)-?(\d\d)")
_NO_TITLE = re.compile(
    r"microsoft word|untitled|^\s*$|[\\/]|\.(?:docx?|pdf|indd|rtf|odt|qxd|pages)$|^\W*\d*\W*$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class FileFacts:
    """The properties of a file as written, empty where absent; `place` names where they stand (`PDF metadata`)."""

    place: str
    title: str = ""
    made: str = ""

    def evidence(self) -> dict[str, Evidence]:
        """The day the file was made, beside the fields of the record."""
        if not self.made:
            return {}
        return {"created": Evidence(rule=f"{self.place}, created", text=clip(gate(self.made).text), basis="stated")}


def beside(draft: Draft, facts: FileFacts) -> Draft:
    """The draft, with the facts of the file behind all that the text says."""
    title = tidy(gate(facts.title[:LONGEST_TITLE]).text)
    titles = draft.titles if _NO_TITLE.search(title) else [*draft.titles, Fact(title, f"{facts.place}, title", title)]
    made = _MADE.match(facts.made)
    day = dates.read("-".join(made.groups()), zone="Etc/UTC") if made and draft.published else None
    published = [*draft.published, Dated(day, "file made", made[0])] if day and made else draft.published
    return replace(draft, titles=titles, published=published)


def release_of(
    capture: Capture,
    pieces: Sequence[Piece],
    facts: FileFacts,
    parser: str,
    *,
    headline: Fact | None = None,
    links: Iterable[tuple[str, str]] = (),
    images: tuple[Image, ...] = (),
) -> Release:
    """The release of a word processor's file from its parts.

    `headline` is the one it marks as such, `links` are the addresses it links to and the words they stand on,
    `images` the pictures that lie in it.
    """
    text = "\n".join(line for piece in pieces for line in (piece.lines or (piece.block.text if piece.block else "",)))
    notes = gate(text).notes
    evidence = {"encoding": Evidence(rule="text of the file", text=facts.place, basis="stated")} | facts.evidence()
    document = Document(capture, text, evidence | ({"text": notes_evidence(notes)} if notes else {}))
    whose = provenance(document)
    known = headline.value if headline else None
    frame, blocks = settle(pieces, zone=whose.zone, day_first=whose.day_first, title=known)
    draft = Draft(
        parser=parser,
        rendition="file",
        blocks=blocks,
        body_at=f"{len(blocks)} blocks of {len(pieces)}",
        titles=[fact for fact in (headline, frame.title) if fact],
        published=frame.published,
        updated=frame.updated,
        source=frame.source,
        office=frame.office,
        links=linked(links, whose.url),
        images=images,
        places={"images": "pictures in the file"},
    )
    return complete(document, whose, beside(draft, facts))
