"""The types one room hands to the next: what a source listed, and what came back.

A `Candidate` is a reference to one release as a source listed it. A `Capture` is what came back:
exact bytes with their circumstances, never changed afterwards. A `Refusal` is a candidate that gave
no bytes, with the reason a person reads.
"""

import hashlib
import json
from dataclasses import asdict, dataclass, field, fields
from datetime import UTC, datetime
from typing import Any, Literal

Outcome = Literal["new", "revised", "unchanged", "duplicate", "quarantined", "failed", "skipped"]
OUTCOMES: tuple[Outcome, ...] = ("new", "revised", "unchanged", "duplicate", "quarantined", "failed", "skipped")

Completeness = Literal["whole", "unverifiable", "partial"]


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
        return {f.name: value for f in fields(self) if (value := getattr(self, f.name)) is not None}


STATED_KEYS = tuple(f.name for f in fields(Stated))
NOTHING_STATED = Stated()


@dataclass(frozen=True, slots=True)
class Candidate:
    """One release as a source listed it.

    `ref` names it within the source, the same in every run, ASCII (`file:///inbox/a%20b.txt`);
    `name` is what a person calls it, exactly as the file system or the list has it;
    `path` is the absolute file path (file systems' bytes, surrogate-escaped) for sources made of files;
    `sidecar` the path of the file with its stated facts; `signature` is (device, inode, size, mtime_ns)
    when it was listed, to notice files that still grow.
    """

    source: str
    ref: str
    name: str
    position: int
    path: str | None = None
    sidecar: str | None = None
    signature: tuple[int, int, int, int] | None = None
    stated: Stated = NOTHING_STATED


@dataclass(frozen=True, slots=True)
class Capture:
    """What came back for one candidate. Times are UTC; digests are lower-case hex SHA-256.

    `payload_sha256` covers the body as sent, `content_sha256` the decoded bytes (the same for files);
    `facts_sha256` covers what the operator stated, so that a changed sidecar is noticed.
    `target_uri` is its WARC-Target-URI. `fault` is why this capture is kept but must not be read as a release.
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

    @property
    def input_sha256(self) -> str:
        """Names bytes and stated facts together: the same input always gives the same reading."""
        return hashlib.sha256(f"{self.content_sha256} {self.facts_sha256}".encode()).hexdigest()

    def circumstances(self) -> dict[str, Any]:
        """All but the bytes, as JSON values: what the vault keeps beside the body."""
        told = {f.name: getattr(self, f.name) for f in fields(self) if f.name not in ("body", "stated", "captured_at")}
        return told | {"captured_at": rfc3339(self.captured_at), "stated": self.stated.given()}

    @classmethod
    def from_circumstances(cls, told: dict[str, Any], body: bytes) -> "Capture":
        """The inverse of `circumstances`, given the bytes."""
        values = told | {
            "captured_at": datetime.fromisoformat(told["captured_at"]),
            "stated": Stated(**told["stated"]),
        }
        return cls(body=body, **values)


@dataclass(frozen=True, slots=True)
class Refusal:
    """A candidate that gave no capture: which outcome, and the reason a person understands."""

    candidate: Candidate
    outcome: Outcome
    reason: str


def digest(data: bytes) -> str:
    """Lower-case hex SHA-256."""
    return hashlib.sha256(data).hexdigest()


def facts_digest(stated: Stated, fault: str | None = None) -> str:
    """Digest of the stated facts; `fault` stands for a sidecar that could not be read.

    Without `seen_at`: the time of a visit says nothing about what was read.
    """
    facts = {name: value for name, value in stated.given().items() if name != "seen_at"}
    return digest(json.dumps([facts, fault], ensure_ascii=True, sort_keys=True).encode())


def candidate_to_json(candidate: Candidate) -> dict[str, Any]:
    """A candidate as JSON values. Paths keep their exact bytes through surrogate escapes."""
    return asdict(candidate) | {"stated": candidate.stated.given()}


def candidate_from_json(told: dict[str, Any]) -> Candidate:
    """The inverse of `candidate_to_json`."""
    signature = tuple(told["signature"]) if told["signature"] else None
    return Candidate(**(told | {"stated": Stated(**told["stated"]), "signature": signature}))


def rfc3339(instant: datetime) -> str:
    """`2025-06-25T11:29:22Z`, with microseconds only when there are any (RFC 3339)."""
    return instant.astimezone(UTC).isoformat().replace("+00:00", "Z")
