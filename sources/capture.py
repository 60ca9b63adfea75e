"""What came back for a candidate: a `Capture`, exact bytes with their circumstances, never changed afterwards."""

import hashlib
import json
from dataclasses import asdict, dataclass, field, fields
from datetime import UTC, datetime
from functools import lru_cache
from operator import attrgetter
from typing import Any, Literal

from sources.exchange import Exchange, Fields

Outcome = Literal["new", "revised", "unchanged", "duplicate", "quarantined", "failed", "skipped"]
OUTCOMES: tuple[Outcome, ...] = ("new", "revised", "unchanged", "duplicate", "quarantined", "failed", "skipped")

Completeness = Literal["whole", "unverifiable", "partial"]
Rendition = Literal["page", "feed_item", "api", "print", "gateway", "file"]


@dataclass(frozen=True, slots=True)
class Stated:
    """What an operator states about a file, in `NAME.meta.toml` or a manifest row; None is not stated.

    `published` is the operator's own text (a day or an RFC 3339 instant); `seen_at` is RFC 3339 and
    stands for the time of fetching.
    """

    url: str | None = None
    publisher: str | None = None
    title: str | None = None
    published: str | None = None
    language: str | None = None
    media_type: str | None = None
    charset: str | None = None
    seen_at: str | None = None

    def given(self) -> dict[str, str]:
        """Only what was stated, in the order of the fields."""
        return {name: value for name in STATED_KEYS if (value := getattr(self, name)) is not None}


@dataclass(frozen=True, slots=True)
class Usual:
    """What a source's file says of all it brings: a publisher's key, a language (BCP 47) and a zone (IANA).

    It counts where a document says nothing of itself.
    """

    publisher: str | None = None
    language: str | None = None
    zone: str | None = None


NOTHING_USUAL = Usual()
STATED_KEYS = tuple(f.name for f in fields(Stated))
NOTHING_STATED = Stated()


@dataclass(frozen=True, slots=True)
class Capture:
    """What came back for one candidate. Times are UTC; digests are lower-case hex SHA-256.

    `payload_sha256` covers the body as sent, `content_sha256` the decoded bytes (the same for files);
    `facts_sha256` covers what the operator stated, so that a changed sidecar is noticed; `input_sha256` names bytes
    and stated facts together: the same input always gives the same reading.
    `target_uri` is its WARC-Target-URI. `fault` is why this capture is kept but must not be read as a release.

    Of a visit to the web: `url` is the address asked for, `final_url` the one that answered, `hops` those that led
    there; `headers` the answer's fields, `proof` how `completeness` is known (length, chunked, gzip, deflate);
    `exchanges` everything that was sent and received on the way, robots.txt and failed attempts too, the answer last;
    `usual` is what its source's file says of all it brings.
    """

    source: str
    ref: str
    name: str
    target_uri: str
    captured_at: datetime
    media_type: str
    body: bytes = field(repr=False)
    payload_sha256: str
    content_sha256: str
    facts_sha256: str
    stated: Stated = NOTHING_STATED
    sidecar_text: str | None = None
    charset: str | None = None
    url: str | None = None
    status: int | None = None
    completeness: Completeness = "whole"
    fault: str | None = None
    final_url: str | None = None
    hops: tuple[str, ...] = ()
    headers: Fields = ()
    proof: str | None = None
    listed_at: datetime | None = None
    usual: Usual = NOTHING_USUAL
    exchanges: tuple[Exchange, ...] = field(default=(), repr=False)
    input_sha256: str = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        together = f"{self.content_sha256} {self.facts_sha256}".encode()
        object.__setattr__(self, "input_sha256", hashlib.sha256(together).hexdigest())

    def circumstances(self) -> dict[str, Any]:
        """All but the bytes, as JSON values: what the vault keeps beside the body. A file's has no web fields."""
        told = dict(zip(_CIRCUMSTANCES, _circumstances_of(self), strict=True))
        told |= {name: value for name in _WEB_FIELDS if (value := getattr(self, name))}
        told |= {name: rfc3339(told[name]) for name in ("captured_at", "listed_at") if name in told}
        if self.usual != NOTHING_USUAL:
            told["usual"] = asdict(self.usual)
        told["stated"] = self.stated.given()
        return told

    @classmethod
    def from_circumstances(cls, told: dict[str, Any], body: bytes) -> "Capture":
        """The inverse of `circumstances`, given the bytes; the exchanges are records of their own."""
        values = told | {"stated": Stated(**told["stated"])}
        values |= {name: datetime.fromisoformat(told[name]) for name in ("captured_at", "listed_at") if name in told}
        if "usual" in told:
            values["usual"] = Usual(**told["usual"])
        if "hops" in told:
            values["hops"] = tuple(told["hops"])
        if "headers" in told:
            values["headers"] = tuple((name, value) for name, value in told["headers"])
        return cls(body=body, **values)


_WEB_FIELDS = ("final_url", "hops", "headers", "proof", "listed_at")
_CIRCUMSTANCES = tuple(
    f.name for f in fields(Capture) if f.name not in ("body", "exchanges", "input_sha256", "usual", *_WEB_FIELDS)
)
_circumstances_of = attrgetter(*_CIRCUMSTANCES)


def digest(data: bytes) -> str:
    """Lower-case hex SHA-256."""
    return hashlib.sha256(data).hexdigest()


def facts_digest(stated: Stated, fault: str | None = None) -> str:
    """Digest of the stated facts; `fault` stands for a sidecar that could not be read.

    Without `seen_at`: the time of a visit says nothing about what was read.
    """
    facts = {name: value for name, value in stated.given().items() if name != "seen_at"}
    return digest(json.dumps([facts, fault], ensure_ascii=True, sort_keys=True).encode())


@lru_cache(maxsize=64)
def rfc3339(instant: datetime) -> str:
    """`2025-06-25T11:29:22Z`, with microseconds only when there are any (RFC 3339)."""
    return instant.astimezone(UTC).isoformat().replace("+00:00", "Z")
