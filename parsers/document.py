"""A capture opened for reading: its text, and who, where and in what language by what is known of it.

What an operator states beats what the address says, and that beats what the text suggests; every choice
carries its evidence and the readings it displaced.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from parsers import language, urls
from parsers.decoding import Decoded, Undecodable, decode
from parsers.layout import tidy
from parsers.publishers import UNKNOWN, UNKNOWN_ZONE, Publisher, by_key, infer
from parsers.records import Evidence, Other, Rejection, clip
from parsers.text import gate
from sources.capture import Capture

LARGEST_TEXT = 8_000_000  # bytes; far above any release, and what still fits the memory of every process it passes
OF_SOURCE = "file of the source"  # the rule of what a source's file says of all it brings
LANGUAGE_SAMPLE = 1_500  # characters; a longer look costs time and changes nothing

_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")
_SAME_LANGUAGE = {
    "zh-hk": "zh-Hant", "zh-tw": "zh-Hant", "zh-mo": "zh-Hant", "zh-hant": "zh-Hant", "tc": "zh-Hant",
    "zh-cn": "zh-Hans", "zh-sg": "zh-Hans", "zh-hans": "zh-Hans", "sc": "zh-Hans", "eng": "en", "chi": "zh",
}  # fmt: skip
_ZONES = {
    ".gov.cn": "Asia/Shanghai",
    ".gov.hk": "Asia/Hong_Kong",
    ".gov.mo": "Asia/Macau",
    ".gov.tw": "Asia/Taipei",
    ".gov.sg": "Asia/Singapore",
    ".gov.uk": "Europe/London",
    ".govt.nz": "Pacific/Auckland",
}


@dataclass(frozen=True, slots=True)
class Document:
    """A capture as gated text, with the evidence of how its bytes were read."""

    capture: Capture
    text: str
    evidence: dict[str, Evidence]


@dataclass(frozen=True, slots=True)
class Provenance:
    """Whose document it is. `publisher` is its key, `known` its entry if we have one; `url` is canonical."""

    publisher: str
    known: Publisher | None
    zone: str
    day_first: bool
    language: str
    url: str | None
    evidence: dict[str, Evidence] = field(default_factory=dict)


def open_document(capture: Capture, parser: str, *, markup: bool = False) -> Document | Rejection:
    """The text of a capture, decoded and gated; a Rejection when its bytes are no text or hold none."""
    decoded = decode(capture.body, declared=capture.stated.charset or capture.charset, markup=markup)
    if isinstance(decoded, Undecodable):
        return Rejection("decode", decoded.reason, parser)
    gated = gate(decoded.text)
    if not gated.text or gated.text.isspace():
        return Rejection("parse", "there is no text in it: nothing but blanks", parser)
    evidence = {"encoding": encoding_evidence(decoded)}
    if gated.notes:
        evidence["text"] = notes_evidence(gated.notes)
    return Document(capture, gated.text, evidence)


def too_large(capture: Capture, parser: str) -> Rejection | None:
    """Why a file of text is not read: it has more bytes than a release may have."""
    size = len(capture.body)
    if size <= LARGEST_TEXT:
        return None
    told = f"text of {size / 1e6:.1f} MB is longer than the {LARGEST_TEXT / 1e6:.0f} MB a release may have; split it"
    return Rejection("parse", told, parser)


def encoding_evidence(decoded: Decoded) -> Evidence:
    """Which encoding the bytes were read with, by which rule, and what was lost."""
    stated: Literal["stated", "inferred"] = "stated" if decoded.rule in ("bom", "declared", "meta") else "inferred"
    lost = f", {decoded.replaced} characters lost" if decoded.replaced else ""
    return Evidence(rule=decoded.rule, text=f"{decoded.encoding}{lost}", basis=stated)


def notes_evidence(notes: Mapping[str, int]) -> Evidence:
    """What the text gate found or removed, by kind."""
    found = ", ".join(f"{kind} {count}" for kind, count in sorted(notes.items()))
    return Evidence(rule="characters noted", text=found, basis="stated")


def provenance(
    document: Document,
    *,
    page_url: str | None = None,
    page_url_at: str = "link rel=canonical",
    page_language: str | None = None,
    sample: str | None = None,
) -> Provenance:
    """Publisher, language and address of a document.

    `page_url` and `page_language` are what a page says of itself, `page_url_at` the place where it says so; `sample`
    is its readable text, where that is not the document's own. A stated address that is none raises ValueError with
    the words for a person.
    """
    text = document.text if sample is None else sample
    evidence: dict[str, Evidence] = {}
    url = _address(document.capture, (page_url_at, page_url), evidence)
    tongue = _language(document.capture, text, page_language, evidence)
    key, known = _publisher(document.capture, text, tongue, url, evidence)
    return Provenance(
        publisher=key,
        known=known,
        zone=known.zone if known else _zone_of(url) or document.capture.usual.zone or UNKNOWN_ZONE,
        day_first=known.day_first if known else True,
        language=tongue,
        url=url,
        evidence=evidence,
    )


def _zone_of(url: str | None) -> str | None:
    """The zone of a government's own domain."""
    host = (urls.host_of(url) if url else None) or ""
    return next((zone for domain, zone in _ZONES.items() if host.endswith(domain)), None)


def _address(capture: Capture, page_url: tuple[str, str | None], evidence: dict[str, Evidence]) -> str | None:
    given = [("stated", capture.stated.url), ("address fetched", capture.url), page_url]
    readings = [(rule, written, urls.canonical(written)) for rule, written in given if written]
    for rule, written, address in readings:
        if address is None and rule == "stated":
            raise ValueError(f"url: {clip(written)!r} is no http or https address")
    usable = [(rule, written, address) for rule, written, address in readings if address]
    if not usable:
        return None
    rule, written, address = usable[0]
    others = [
        Other(rule=other_rule, text=clip(other), value=value, why_not=f"{rule} comes first")
        for other_rule, other, value in usable[1:]
        if value != address
    ]
    evidence["url"] = Evidence(rule=rule, text=clip(written), basis="stated", others=tuple(others))
    if urls.native_id(address):
        evidence["native_id"] = Evidence(rule="address", text=clip(written), basis="stated")
    if urls.address_day(address):
        evidence["address_on"] = Evidence(rule="address", text=clip(written), basis="stated")
    return address


def _language(capture: Capture, text: str, page_language: str | None, evidence: dict[str, Evidence]) -> str:
    verdict = language.detect(text[:LANGUAGE_SAMPLE], page_language)
    others: tuple[Other, ...] = ()
    if capture.stated.language:
        stated = _normal_language(capture.stated.language)
        if verdict.language != stated:
            others = (
                Other(rule=verdict.rule, text=clip(verdict.text), value=verdict.language, why_not="stated otherwise"),
            )
        evidence["language"] = Evidence(
            rule="stated", text=clip(capture.stated.language), basis="stated", others=others
        )
        return stated
    if verdict.language == "und" and capture.usual.language:
        evidence["language"] = Evidence(rule=OF_SOURCE, text=clip(capture.usual.language), basis="stated")
        return _normal_language(capture.usual.language)
    if verdict.note and page_language:
        others = (Other(rule="declared", text=clip(page_language), value=clip(page_language), why_not=verdict.note),)
    evidence["language"] = Evidence(rule=verdict.rule, text=clip(verdict.text), basis=verdict.basis, others=others)
    return verdict.language


def _normal_language(tag: str) -> str:
    tag = tag.strip().replace("_", "-")
    if not _LANGUAGE.fullmatch(tag):
        raise ValueError(f"language: {clip(tag)!r} is no language tag such as en or zh-Hant (BCP 47)")
    head, *rest = tag.split("-")
    return _SAME_LANGUAGE.get(tag.lower(), "-".join([head.lower(), *rest]))


def _publisher(
    capture: Capture, text: str, tongue: str, url: str | None, evidence: dict[str, Evidence]
) -> tuple[str, Publisher | None]:
    """The strongest of what is stated, the host of the address, the source and the cues in the text."""
    readings: list[tuple[str, Publisher | None, Evidence]] = []
    if stated := tidy(gate(capture.stated.publisher or "").text):
        named = by_key(stated)
        reading = Evidence(rule="stated", text=clip(stated), basis="stated")
        readings.append((named.key if named else stated, named, reading))
    owner = urls.publisher_of(url) if url else None
    if owner:
        reading = Evidence(rule="host of the address", text=clip(urls.host_of(url or "") or ""), basis="stated")
        readings.append((owner.key, owner, reading))
    if usual := capture.usual.publisher:
        named = by_key(usual)
        reading = Evidence(rule=OF_SOURCE, text=clip(usual), basis="stated")
        readings.append((named.key if named else usual, named, reading))
    guess = infer(text, tongue) if not readings else None
    if guess:
        weaker = tuple(
            Other(rule=rule, text=clip(words), value=key, why_not="weaker cues") for key, rule, words in guess.weaker
        )
        reading = Evidence(rule=f"cue: {guess.rule}", text=clip(guess.cue), basis="inferred", others=weaker)
        readings.append((guess.publisher.key, guess.publisher, reading))
    if not readings:
        evidence["publisher"] = Evidence(rule="no cue", basis="inferred")
        return UNKNOWN, None
    key, known, chosen = readings[0]
    displaced = tuple(
        Other(rule=other.rule, text=other.text, value=other_key, why_not=f"{chosen.rule} comes first")
        for other_key, _, other in readings[1:]
        if other_key != key
    )
    evidence["publisher"] = chosen.model_copy(update={"others": chosen.others + displaced}) if displaced else chosen
    return key, known
