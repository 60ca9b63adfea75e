"""What a source listed: a `Candidate` is a reference to one release, a `Refusal` one that gave no bytes, and why."""

from dataclasses import asdict, dataclass, field, fields
from datetime import date, datetime
from typing import Any

from sources.capture import NOTHING_STATED, Outcome, Rendition, Stated, rfc3339


@dataclass(frozen=True, slots=True)
class Hints:
    """What a list says of a release before the release itself is seen; None is not said.

    `published` and `updated` are the list's own words, `..._at` the UTC instant where they give the time of day,
    `..._on` the local day. `page_url` is the address for people where the candidate's own is one for machines.
    `payload` is the list's whole entry as JSON text, `rendition` which form of the release it is.
    """

    title: str | None = None
    published: str | None = None
    published_at: datetime | None = None
    published_on: date | None = None
    updated: str | None = None
    updated_at: datetime | None = None
    updated_on: date | None = None
    language: str | None = None
    native_id: str | None = None
    page_url: str | None = None
    payload: str | None = field(default=None, repr=False)
    rendition: Rendition | None = None

    @property
    def listed_at(self) -> datetime | None:
        """The instant the list gives: that of publication, else that of the last update."""
        return self.published_at or self.updated_at

    @property
    def listed_on(self) -> date | None:
        """The day the list gives: that of publication, else that of the last update."""
        return self.published_on or self.updated_on

    def given(self) -> dict[str, str]:
        """Only what is said, as JSON values, in the order of the fields."""
        told = {f.name: getattr(self, f.name) for f in fields(self)}
        return {name: _hint_text(value) for name, value in told.items() if value is not None}

    @classmethod
    def from_given(cls, told: dict[str, Any]) -> "Hints":
        """The inverse of `given`."""
        instants = {name: datetime.fromisoformat(told[name]) for name in _INSTANTS if name in told}
        days = {name: date.fromisoformat(told[name]) for name in _DAYS if name in told}
        return cls(**(told | instants | days))


_INSTANTS = ("published_at", "updated_at")
_DAYS = ("published_on", "updated_on")
NO_HINTS = Hints()


def _hint_text(value: str | date) -> str:
    if isinstance(value, datetime):
        return rfc3339(value)
    return value.isoformat() if isinstance(value, date) else value


@dataclass(frozen=True, slots=True)
class Recorded:
    """Where a candidate stands that is one record of a file of many (WARC, ARC).

    `offset` is where reading begins, in bytes of the file, `behind` how many unpacked bytes lie before the record from
    there; for a revisit, they are those of the record with the body. `url` is its address on the web or empty, `date`
    its own time (RFC 3339) or empty. `known` tells that file and stated facts are as when the record was last read.
    """

    number: int
    offset: int
    behind: int
    url: str
    date: str
    known: bool = False


@dataclass(frozen=True, slots=True)
class Candidate:
    """One release as a source listed it.

    `ref` names it within the source, the same in every run, ASCII (`file:///inbox/a%20b.txt`);
    `name` is what a person calls it, exactly as the file system or the list has it;
    `path` is the absolute file path (file systems' bytes, surrogate-escaped) for sources made of files;
    `sidecar` the path of the file with its stated facts; `signature` is (device, inode, size, mtime_ns)
    when it was listed, to notice files that still grow. `url` is the address to fetch for sources of the web,
    None where the list's entry is all there is (`hints.payload`). `record` is set where it is one record of the file.
    """

    source: str
    ref: str
    name: str
    position: int
    path: str | None = None
    sidecar: str | None = None
    signature: tuple[int, int, int, int] | None = None
    stated: Stated = NOTHING_STATED
    url: str | None = None
    hints: Hints = NO_HINTS
    record: Recorded | None = None


@dataclass(frozen=True, slots=True)
class Refusal:
    """A candidate that gave no capture: which outcome, and the reason a person understands."""

    candidate: Candidate
    outcome: Outcome
    reason: str


def candidate_to_json(candidate: Candidate) -> dict[str, Any]:
    """A candidate as JSON values. Paths keep their exact bytes through surrogate escapes."""
    return asdict(candidate) | {"stated": candidate.stated.given(), "hints": candidate.hints.given()}


def candidate_from_json(told: dict[str, Any]) -> Candidate:
    """The inverse of `candidate_to_json`."""
    signature = tuple(told["signature"]) if told["signature"] else None
    hints = Hints.from_given(told.get("hints", {}))
    record = Recorded(**told["record"]) if told.get("record") else None
    values = {"stated": Stated(**told["stated"]), "signature": signature, "hints": hints, "record": record}
    return Candidate(**(told | values))
