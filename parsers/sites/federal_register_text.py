"""Federal Register of the United States: the printed text of a document, as the Government Publishing Office sets it.

https://www.federalregister.gov/documents/full_text/text/2026/01/15/2026-00711.txt

- Lines in square brackets open it: volume with the day of publication, section, pages, number of the document.
- The headline is the paragraph before `AGENCY:`; in presidential documents it follows the kind and number.
- Paragraphs are indented and wrapped; rules of dashes and `[[Page 137]]` stand between and within them.
- The number of the document and a billing code close it. Some copies are wrapped in `html` and `pre`.
- The form in HTML (`full_text/html`) lacks the headline.
"""

import html
import re

from parsers import dates
from parsers.blocks import from_paragraphs
from parsers.datelines import Dated
from parsers.document import Document, open_document, provenance
from parsers.draft import Draft, complete
from parsers.frame import Fact
from parsers.layout import join_wrapped, paragraphs, tidy, wrap_of
from parsers.records import Evidence, Rejection, Release
from sources.capture import Capture

PARSER = "federal_register_text/1"
ZONE = "America/New_York"
SITE = "https://www.federalregister.gov/"

VOLUME = re.compile(r"^\[Federal Register Volume \d{1,3}, (?:Number|No\.) \d{1,3} \(([^()\n]{10,40})\)\]", re.MULTILINE)
NUMBER = re.compile(r"^\[FR Doc\.? No: ([0-9A-Z]{1,6}-\d{1,6})\]", re.MULTILINE)
AGENCY = re.compile(r"^AGENCY:", re.MULTILINE)
PRESIDENTIAL = re.compile(
    r"^[ ]{0,40}(?:Executive Order|Proclamation|Memorandum|Notice|Presidential Determination)[^\n]{0,40} of "
    r"[A-Z][a-z]{2,8} \d{1,2}, \d{4}[ ]{0,9}$",
    re.MULTILINE,
)
END = re.compile(r"^\[FR Doc\. [0-9A-Z]{1,6}-\d{1,6} Filed ", re.MULTILINE)

_OPENS = b"[Federal Register Volume "
_WRAPPED = re.compile(r"<pre>", re.IGNORECASE)
_TAG = re.compile(r"</?[a-z][^<>\n]{0,300}>", re.IGNORECASE)
_RULE = re.compile(r"^[ ]{0,9}[-=_]{20,}[ ]{0,9}$", re.MULTILINE)
_PAGE = re.compile(r"\n{0,3}\[\[Page \w{1,9}\]\]\n{0,3}")
_BLANK = re.compile(r"\n[ \t]*\n")
_LONGEST_HEADLINE = 2_000  # characters
_SAMPLE = 800  # characters that tell the language


def recognises(capture: Capture) -> bool:
    """Whether this is the printed text of one document, by the line that opens it."""
    return _OPENS in capture.body[:2_000] and b"[FR Doc" in capture.body


def read(capture: Capture) -> list[Release | Rejection]:
    """The one document of a file."""
    document = open_document(capture, PARSER)
    return [document if isinstance(document, Rejection) else release(document)]


def release(document: Document) -> Release | Rejection:
    """The release of a text, or why it is none."""
    text = printed(document.text)
    found, number = headline(text), NUMBER.search(text)
    if found is None or number is None:
        missing = "title: no paragraph before AGENCY:, and no presidential document"
        return Rejection("parse", "number: there is no line [FR Doc No: ...]" if found else missing, PARSER)
    title, start = found
    closing = END.search(text, start)
    lines = text[start : closing.start() if closing else len(text)].split("\n")
    sample = text[start : start + _SAMPLE]
    owner = provenance(document, page_url=f"{SITE}d/{number[1]}", page_url_at="[FR Doc No:]", sample=sample)
    draft = Draft(
        parser=PARSER,
        rendition="page",
        blocks=from_paragraphs(paragraphs(lines, wrap_of(lines))),
        body_at="text below the headline",
        titles=[title],
        published=issue_day(text),
        office=agency(text),
    )
    return numbered(complete(document, owner, draft), number)


def printed(text: str) -> str:
    """The text as printed, out of its wrapping, without page marks and rules."""
    if opening := _WRAPPED.search(text[:2_000]):
        text = html.unescape(_TAG.sub("", text[opening.end() :].partition("</pre>")[0]))
    return _RULE.sub("", _PAGE.sub("\n", text))


def headline(text: str) -> tuple[Fact, int] | None:
    """The headline, and where the text below it begins."""
    if agency := AGENCY.search(text):
        above = [part for part in _BLANK.split(text[: agency.start()]) if part.strip()]
        words = join_wrapped([tidy(line) for line in above[-1].split("\n")]) if above else ""
        return (Fact(words, "paragraph before AGENCY:", words), agency.start()) if words else None
    if order := PRESIDENTIAL.search(text):
        words, end = paragraph_below(text, order.end())
        return (Fact(words, "paragraph below the kind and number", words), end) if words else None
    return None


def paragraph_below(text: str, start: int) -> tuple[str, int]:
    """The first paragraph behind a place on one line, and where it ends."""
    lines: list[str] = []
    for line in text[start : start + _LONGEST_HEADLINE].splitlines(keepends=True):
        start += len(line)
        if line.strip():
            lines.append(tidy(line))
        elif lines:
            break
    return join_wrapped(lines), start


def issue_day(text: str) -> list[Dated]:
    """The day of the issue it stands in."""
    volume = VOLUME.search(text)
    found = dates.read(volume[1], zone=ZONE) if volume else None
    return [Dated(found, "label Federal Register Volume", volume[0])] if volume and found and found.on else []


def agency(text: str) -> Fact | None:
    """Who issued it, as the text says."""
    opening = AGENCY.search(text)
    if opening is None:
        return None
    words = join_wrapped([tidy(line) for line in _BLANK.split(text[opening.end() :], maxsplit=1)[0].split("\n")])
    return Fact(words.rstrip("."), "label AGENCY", words) if words else None


def numbered(release: Release, number: re.Match[str]) -> Release:
    """The release with the number of the document."""
    evidence = release.evidence | {"native_id": Evidence(rule="[FR Doc No:]", text=number[0], basis="stated")}
    return release.model_copy(update={"native_id": number[1], "evidence": evidence})
