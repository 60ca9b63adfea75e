"""Mails (`.eml`) and boxes of them (`.mbox`): press offices send releases as text, as HTML, or as an enclosed file.

- The subject is the headline; a headline in the text that says something else stays in the text.
- A day printed in the text is the publication; the mail's own date gives the time of that day, or the day where
  none is printed. Of a forwarded mail it says nothing.
- The sender's host names the publisher where it is one of ours.
- A mail that holds nothing but another mail is read as that one.
- Enclosed files are attachments named by their content (RFC 6920): their bytes stay in the mail.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from email.utils import parseaddr
from itertools import islice
from zoneinfo import ZoneInfo

from parsers import dates, urls
from parsers.article import blocks_of, parts_of
from parsers.datelines import Dated
from parsers.document import Document, Provenance, notes_evidence, provenance
from parsers.draft import Draft, complete
from parsers.embedded import name_of
from parsers.families.text import draft_of
from parsers.frame import Fact
from parsers.layout import tidy
from parsers.mail_parts import Enclosed, Mail, taken_apart, without_signature
from parsers.media import links
from parsers.page import planted
from parsers.publishers import UNKNOWN_ZONE
from parsers.records import Attachment, Evidence, Image, Rejection, Release, clip
from parsers.story import story_of
from parsers.text import fold_title, gate
from sources.capture import Capture, Stated, digest

PARSER = "email/1"
MOST_MAILS = 200  # of a box; its items are read together, within the time one capture has
FORWARDED = "message/rfc822"
MORE_IN_HTML = 3  # times the text; then the plain part only says where to look

# What programs put before the subject of an answer or a forwarded mail, once for each time.
_BEFORE_SUBJECT = re.compile(r"(?:(re|aw|回复|回覆|答复)|(fwd?|wg|tr|转发|轉寄|轉發))\s?[:：]\s?", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]{1,4000}>")
_COMMENT = re.compile(r"\s?\([^()]{0,60}\)$")
_POSTMARK = re.compile(rb"^From [^\r\n]{0,200}\d\d:\d\d[^\r\n]{0,80}\r?\n", re.MULTILINE)
_STUFFED = re.compile(rb"^>(>*From )", re.MULTILINE)


def read(capture: Capture) -> list[Release | Rejection]:
    """The one release of a mail."""
    return [_release(capture)]


def read_box(capture: Capture) -> list[Release | Rejection]:
    """The releases of a box of mails (RFC 4155), in its order; a mail that is broken has its reason in its place."""
    found: list[Release | Rejection] = []
    of_all = Stated(publisher=capture.stated.publisher, language=capture.stated.language)  # the rest is of one mail
    for body in islice(_mails(capture.body), MOST_MAILS):
        try:
            found.append(_release(replace(capture, body=body, stated=of_all)))
        except ValueError as error:
            found.append(Rejection("validate", str(error), PARSER))
    if not found:
        return [Rejection("parse", "no mail in it: no line such as `From name Wed Jun 25 17:30:00 2025`", PARSER)]
    count = sum(1 for _ in _mails(capture.body))
    if count > MOST_MAILS:
        reason = f"{count:,} mails, of which the first {MOST_MAILS} were read; split the box and drop it again"
        found.append(Rejection("parse", reason, PARSER))
    return found


def _mails(body: bytes) -> Iterator[bytes]:
    marks = [match.span() for match in _POSTMARK.finditer(body)]
    for number, (_, start) in enumerate(marks):
        end = marks[number + 1][0] if number + 1 < len(marks) else len(body)
        yield _STUFFED.sub(rb"\1", body[start:end])


def _release(capture: Capture) -> Release | Rejection:
    mail = taken_apart(capture.body)
    if (inner := _only_mail(mail)) is not None:
        return _release(replace(capture, body=inner))
    subject = mail.headers.get("subject", "")
    title, is_forwarded = _bare_subject(subject)
    fact = Fact(title, "mail Subject", subject) if title else None
    read_from = _from_html if mail.html and _says_more(mail) else _from_plain
    told = read_from(capture, mail, fact)
    if isinstance(told, Rejection):
        return told
    document, whose, draft = told
    sent = None if is_forwarded else _sent(mail.headers.get("date", ""), whose)
    name, address = parseaddr(mail.headers.get("from", ""))
    sender = Fact(tidy(name) or address, "mail From", mail.headers["from"]) if name or address else None
    draft = replace(
        draft,
        published=[*draft.published, *([sent] if sent else [])],
        source=draft.source or sender,
        images=_images(mail.enclosed),
        attachments=_attachments(mail.enclosed),
        places={"images": "parts of the mail", "attachments": "parts of the mail"},
    )
    return complete(document, whose, draft)


def _only_mail(mail: Mail) -> bytes | None:
    """The mail that is all another one holds, as some programs forward it: it has its own date and sender."""
    if mail.plain.strip() or mail.html.strip() or [one.media_type for one in mail.enclosed] != [FORWARDED]:
        return None
    return mail.enclosed[0].data


def _bare_subject(subject: str) -> tuple[str, bool]:
    """The subject without `Re:` and `Fwd:`, and whether the mail was forwarded."""
    is_forwarded = False
    while mark := _BEFORE_SUBJECT.match(subject):
        is_forwarded = is_forwarded or mark[2] is not None
        subject = subject[mark.end() :]
    return tidy(subject), is_forwarded


def _says_more(mail: Mail) -> bool:
    """Whether the HTML is the mail, and the plain text at most a note that points to it."""
    if not mail.plain.strip():
        return True
    words = len(_TAG.sub(" ", mail.html).split())
    return words > MORE_IN_HTML * len(mail.plain.split()) + 20


def _from_plain(capture: Capture, mail: Mail, title: Fact | None) -> tuple[Document, Provenance, Draft]:
    document = _document(capture, mail, without_signature(mail.plain))
    whose = _whose(document, mail)
    return document, whose, draft_of(document.text.split("\n"), document, whose, PARSER, title=title)


def _from_html(capture: Capture, mail: Mail, title: Fact | None) -> tuple[Document, Provenance, Draft] | Rejection:
    page = planted(capture, mail.html, Evidence(rule="mail", text=mail.encoding, basis="stated"), PARSER)
    if isinstance(page, Rejection):
        return page
    named = fold_title(title.value) if title else None
    parts = [
        part
        for part in (parts_of(page, page.tree.body) if page.tree.body is not None else [])
        if isinstance(part, str) or part.kind != "heading" or fold_title(part.text) != named
    ]
    document = _document(capture, mail, "\n".join(part if isinstance(part, str) else part.text for part in parts))
    whose = _whose(document, mail)
    frame, story = story_of(parts, title.value if title else "", whose)
    draft = Draft(
        parser=PARSER,
        rendition="file",
        blocks=blocks_of(story),
        body_at="HTML part of the mail",
        titles=[fact for fact in (title, frame.title) if fact],
        published=frame.published,
        updated=frame.updated,
        source=frame.source,
        office=frame.office,
        links=links(page, page.all("body"), whose.url or "", whose.url),
    )
    return document, whose, draft


def _document(capture: Capture, mail: Mail, text: str) -> Document:
    gated = gate(text)
    evidence = {"encoding": Evidence(rule="mail", text=mail.encoding, basis="stated")}
    if gated.notes:
        evidence["text"] = notes_evidence(gated.notes)
    if number := mail.headers.get("message-id"):
        evidence["message"] = Evidence(rule="mail Message-ID", text=clip(number), basis="stated")
    return Document(capture, gated.text, evidence)


def _whose(document: Document, mail: Mail) -> Provenance:
    """Whose mail it is: as stated, else by the host of its sender, else by its words."""
    whose = provenance(document)
    sender = mail.headers.get("from", "")
    owner = urls.publisher_of(f"https://{parseaddr(sender)[1].rpartition('@')[2]}/")
    if owner is None or whose.evidence["publisher"].rule in ("stated", "host of the address"):
        return whose
    told = Evidence(rule="host of the sender", text=clip(sender), basis="stated")
    return replace(
        whose,
        publisher=owner.key,
        known=owner,
        zone=owner.zone,
        day_first=owner.day_first,
        evidence=whose.evidence | {"publisher": told},
    )


def _sent(written: str, whose: Provenance) -> Dated | None:
    """When the mail was sent, on the day it then was at its publisher's."""
    text = _COMMENT.sub("", written)
    found = dates.read(text, zone=whose.zone, day_first=whose.day_first)
    if found is None or found.on is None or not found.year_given:
        return None
    if found.at and whose.zone != UNKNOWN_ZONE:
        local = found.at.astimezone(ZoneInfo(whose.zone)).date()
        found = replace(found, on=local, zone=whose.zone)
    return Dated(found, "mail Date", written)


def _images(enclosed: tuple[Enclosed, ...]) -> tuple[Image, ...]:
    pictures = [one for one in enclosed if one.inline and one.media_type.startswith("image/")]
    return tuple(
        Image(url=name_of(digest(one.data)), caption=None, position=at, sha256=digest(one.data))
        for at, one in enumerate(pictures)
    )


def _attachments(enclosed: tuple[Enclosed, ...]) -> tuple[Attachment, ...]:
    files = [one for one in enclosed if not (one.inline and one.media_type.startswith("image/"))]
    return tuple(
        Attachment(
            url=name_of(digest(one.data)),
            label=one.name or None,
            media_type=one.media_type,
            position=at,
            sha256=digest(one.data),
        )
        for at, one in enumerate(files)
    )
