"""RTF files, read as bare text: paragraphs on lines, cells of tables set apart by tabs.

The format has no headlines; the first line may be one, as in a bare text.
"""

from dataclasses import replace

from parsers.document import Document, notes_evidence, provenance
from parsers.draft import complete
from parsers.families.text import draft_of
from parsers.links import linked
from parsers.records import Evidence, Rejection, Release
from parsers.rtf_text import NoRtf, read_rtf
from parsers.text import gate
from sources.capture import Capture

PARSER = "rtf/1"


def read(capture: Capture) -> list[Release | Rejection]:
    """The one release of an RTF file."""
    try:
        text, links = read_rtf(capture.body)
    except NoRtf as reason:
        return [Rejection("parse", str(reason), PARSER)]
    gated = gate(text)
    evidence = {"encoding": Evidence(rule="text of the file", text="RTF", basis="stated")}
    if gated.notes:
        evidence["text"] = notes_evidence(gated.notes)
    document = Document(capture, gated.text, evidence)
    whose = provenance(document)
    lines = [line for paragraph in gated.text.split("\n") for line in (paragraph, "")]
    draft = draft_of(lines, document, whose, PARSER)
    return [complete(document, whose, replace(draft, links=linked(links, whose.url)))]
