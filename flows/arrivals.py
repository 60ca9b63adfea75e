"""What was listed, what came back for it, and what of that is worth keeping.

What reads as it did last time is only counted; input that we hold already is known by its digest.
"""

from collections import Counter
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from flows.run import Run
from sources.candidate import Candidate, Refusal
from sources.capture import Capture, Outcome
from warehouse.resolution.known import led_to

BATCH_BYTES = 16 * 1024 * 1024  # bodies held in memory at once
SETTLED: Set[Outcome] = frozenset({"new", "revised", "duplicate", "unchanged"})

Counts = Counter[Outcome]


Answer = Literal["same", "changed", "absent", "failed"]


@dataclass(frozen=True, slots=True)
class Again:
    """A page that was read before: the step at which it is due to be asked again, and how it answered last.

    Without a step it is not due; if it was absent then, or failed, it is left alone until it is.
    """

    step: str | None
    answer: Answer


@dataclass(frozen=True, slots=True)
class Listed:
    """A candidate, or one refused on sight, with its last outcome if it was ever met.

    `again` is there for pages that are due to be asked again, or wait for another try.
    """

    candidate: Candidate | Refusal
    last: Mapping[str, Any] | None = None
    again: Again | None = None

    @property
    def is_due(self) -> bool:
        """Whether its page is to be asked for again now."""
        return self.again is not None and self.again.step is not None

    @property
    def waits(self) -> bool:
        """Whether its page was read once, did not come the last time, and is not due for another try."""
        return self.again is not None and self.again.step is None and self.again.answer in ("absent", "failed")


@dataclass(frozen=True, slots=True)
class Arrival:
    """What fetching gave for one candidate; `known` when we hold the same input already."""

    result: Capture | Refusal
    known: bool = False


@dataclass(frozen=True, slots=True)
class Files:
    """The digests that the files of a page which is as before have now, by field and address."""

    page: Capture
    digests: Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Fetched:
    """What came back for a batch, in the order listed; `counts` are those that read as they did last time.

    `evidence` is kept beside it and never read: answers that were no documents. `files` are those of pages that are
    as before, `visits` rows for pages that were asked for again.
    """

    arrivals: tuple[Arrival, ...]
    counts: Counts
    evidence: tuple[Capture, ...] = ()
    files: tuple[Files, ...] = ()
    visits: tuple[Mapping[str, Any], ...] = ()

    def fresh(self) -> list[Capture]:
        """The captures worth reading: input we have never held."""
        return [one.result for one in self.arrivals if isinstance(one.result, Capture) and not one.known]

    def to_keep(self) -> list[Capture]:
        """The captures worth keeping."""
        return [*self.fresh(), *self.evidence]


@dataclass(slots=True)
class Portion:
    """Results on their way to be kept together. `evidence` are captures that are kept and never read as a release."""

    results: list[Capture | Refusal] = field(default_factory=list)
    counts: Counts = field(default_factory=Counter)
    evidence: list[Capture] = field(default_factory=list)
    files: list[Files] = field(default_factory=list)
    visits: list[Mapping[str, Any]] = field(default_factory=list)
    size: int = 0

    def take(self, result: Capture | Refusal, last: Mapping[str, Any] | None) -> None:
        """Counts what is as it was last time; holds the rest."""
        if outcome := _as_last_time(result, last):
            self.counts[outcome] += 1
            return
        self.results.append(result)
        self.size += len(result.body) if isinstance(result, Capture) else 0

    def is_empty(self) -> bool:
        return not (self.results or self.counts or self.evidence or self.files or self.visits)


def fetched_of(run: Run, portion: Portion, in_flight: Set[str]) -> Fetched:
    """A portion, with what of it we hold already told apart. `in_flight` are inputs of batches not loaded yet."""
    arrivals = _arrivals(run, portion.results, in_flight)
    kept = (tuple(portion.evidence), tuple(portion.files), tuple(portion.visits))
    return Fetched(arrivals, portion.counts, *kept)


def is_settled(one: Listed) -> bool:
    """Whether a candidate led to a release the last time."""
    return one.last is not None and one.last["outcome"] in SETTLED


def _as_last_time(result: Capture | Refusal, last: Mapping[str, Any] | None) -> Outcome | None:
    if last is None:
        return None
    if isinstance(result, Refusal):
        same = (last["outcome"], last["reason"], last["input_sha256"]) == (result.outcome, result.reason, None)
        return result.outcome if same else None
    if last["input_sha256"] != result.input_sha256:
        return None
    if last["outcome"] in SETTLED:
        return "unchanged"
    return "quarantined" if last["outcome"] == "quarantined" else None


def _arrivals(run: Run, results: Sequence[Capture | Refusal], in_flight: Set[str]) -> tuple[Arrival, ...]:
    inputs = {one.input_sha256 for one in results if isinstance(one, Capture)}
    held: set[str] = set(in_flight)
    if inputs:
        with run.writing() as writer:
            held |= {digest for digest, _ in led_to(writer.con, inputs)}
    arrivals = []
    for one in results:
        if isinstance(one, Capture) and one.input_sha256 in held:
            arrivals.append(Arrival(replace(one, body=b""), known=True))
            continue
        arrivals.append(Arrival(one))
        if isinstance(one, Capture):
            held.add(one.input_sha256)
    return tuple(arrivals)
