"""What a reparse changes: counted by parser version and field, with a few samples of each."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Literal

from pydantic_core import to_json

from warehouse.resolution.rereading import Compared, Found

SAMPLES = 3  # of each change; more would be read by nobody
CLIP = 80  # characters of a value, around the first place that differs
BEFORE = 20  # of these, those that stand before it

How = Literal["appears", "disappears", "differs"]
Move = tuple[str, str]  # parser that read it, parser that reads it today
Body = Callable[[int], str]  # text of a reading by its number


@dataclass(frozen=True, slots=True)
class Sample:
    """One change as an example."""

    release_id: str
    version: int
    before: str
    after: str


@dataclass(slots=True)
class Told:
    """How often something happened, and the first times it did."""

    n: int = 0
    samples: list[Sample] = field(default_factory=list)

    def add(self, make: Callable[[], Sample]) -> None:
        """Counts it; `make` is asked only while there is room."""
        self.n += 1
        if len(self.samples) < SAMPLES:
            self.samples.append(make())


@dataclass(slots=True)
class Impact:
    """The sum of a reparse; its size goes with what is different, not with how much was read."""

    files: int = 0
    pages: int = 0
    compared: Counter[Move] = field(default_factory=Counter)
    changed: Counter[Move] = field(default_factory=Counter)
    fields: dict[tuple[Move, str, How], Told] = field(default_factory=dict)
    rejected: dict[tuple[str, str], Told] = field(default_factory=dict)  # parser that read it, why not today
    conflicts: Told = field(default_factory=Told)
    readable: Told = field(default_factory=Told)
    damaged: list[str] = field(default_factory=list)

    def take(self, found: Found, body: Body) -> None:
        """Adds what came of one batch."""
        self.compared.update(found.same)
        for one in found.compared:
            self._compared(one, body)
        for held, why in found.rejected:
            told = self.rejected.setdefault((held["parser"], why), Told())
            told.add(partial(Sample, held["release_id"], held["version"], held["title"][:CLIP], why))
        for ref, item in found.readable:
            self.readable.add(partial(Sample, "", 0, f"{ref} item {item}", "gives a record today"))

    def take_conflicts(self, conflicts: Iterable[tuple[str, tuple[str, str], str]]) -> None:
        """Adds keys that name another release: whose they would be, kind and value, and whose they are."""
        for release, (kind, value), owner in conflicts:
            self.conflicts.add(partial(Sample, release, 0, f"{kind} {value}", f"names {owner}"))

    def _compared(self, one: Compared, body: Body) -> None:
        move = (one.held["parser"], one.new["parser"])
        self.compared[move] += 1
        self.changed[move] += bool(one.fields)
        for name in one.fields:
            key = (move, name, _how(one, name))
            self.fields.setdefault(key, Told()).add(partial(_sample, one, name, body))

    def rows(self) -> Iterator[dict[str, Any]]:
        """One row for each kind of change, the most frequent first."""
        ranked = sorted(self.fields.items(), key=lambda told: (told[0][0], -told[1].n, told[0][1:]))
        for ((was, now), name, how), told in ranked:
            yield {"parser": was, "today": now, "field": name, "change": how, "n": told.n} | _first(told)
        for (was, why), told in sorted(self.rejected.items(), key=lambda told: -told[1].n):
            yield {"parser": was, "today": why, "field": "", "change": "no record", "n": told.n} | _first(told)
        for change, told in (("key of another release", self.conflicts), ("readable by replay", self.readable)):
            if told.n:
                yield {"parser": "", "today": "", "field": "", "change": change, "n": told.n} | _first(told)

    def totals(self) -> dict[str, int]:
        """The figures of the whole."""
        return {
            "files": self.files,
            "pages": self.pages,
            "readings_compared": self.compared.total(),
            "readings_changed": self.changed.total(),
            "rejected_today": sum(told.n for told in self.rejected.values()),
            "key_conflicts": self.conflicts.n,
            "readable_by_replay": self.readable.n,
            "damaged_files": len(self.damaged),
        }


def _first(told: Told) -> dict[str, str]:
    one = told.samples[0]
    return {"release": one.release_id, "before": one.before, "after": one.after}


def _how(one: Compared, name: str) -> How:
    if not one.held[name]:
        return "appears"
    return "differs" if one.new[name] else "disappears"


def _sample(one: Compared, name: str, body: Body) -> Sample:
    before = body(one.held["reading_no"]) if name == "body" else _written(one.held[name])
    return Sample(one.held["release_id"], one.held["version"], *_around(before, _written(one.new[name])))


def _written(value: Any) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else to_json(value).decode()


def _around(before: str, after: str) -> tuple[str, str]:
    """Both texts from shortly before the first character in which they differ."""
    same = next(
        (at for at, (a, b) in enumerate(zip(before, after, strict=False)) if a != b), min(len(before), len(after))
    )
    start = max(same - BEFORE, 0) if max(len(before), len(after)) > CLIP else 0
    return before[start : start + CLIP], after[start : start + CLIP]
