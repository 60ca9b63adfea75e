"""What is known while the editions of a batch are tied: of the archive what may matter, then its own readings."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import duckdb
import pyarrow as pa

from warehouse.connection import sql
from warehouse.resolution.edition_evidence import Text, digits_of, may_agree, text_of
from warehouse.resolution.edition_names import (
    NEWEST,
    Named,
    asked_for,
    day_of,
    meant,
    named_alike,
    names_of,
    other_language,
    sought,
    tongue,
)
from warehouse.resolution.known import rows, with_table

READABLE = frozenset(("en", "zh"))  # languages whose figures are read

Row = Mapping[str, Any]
Fact = dict[str, Any]


@dataclass(slots=True)
class Gathering:
    """Releases by name, how they read now, and what ties them; grows by each reading that is gone through."""

    con: duckdb.DuckDBPyConnection
    named: Named
    owner: dict[int, str] = field(default_factory=dict)  # reading -> release
    current: dict[str, Row] = field(default_factory=dict)  # release -> how it reads now
    digits: dict[int, frozenset[str]] = field(default_factory=dict)  # reading -> of the figures in its text
    bodies: dict[int, str] = field(default_factory=dict)
    texts: dict[int, Text] = field(default_factory=dict)
    tied: dict[str, dict[str, Fact]] = field(default_factory=dict)  # release -> other -> the fact that holds

    def under(self, name: str | None, language: str) -> list[Row]:
        """Releases found under a name, but for those in `language`, oldest first."""
        readings = [
            number
            for tongue_of, numbers in (self.named.get(meant(name or "")) or {}).items()
            for number in numbers[:NEWEST]
            if tongue_of != tongue(language) or tongue_of == "zh"
        ]
        found = {release: self.current[release] for number in sorted(readings) if (release := self.owner.get(number))}
        return [row for row in found.values() if other_language(row["language"], language)]

    def take(self, row: Row) -> None:
        """A reading of the batch is known from now on."""
        self.owner[row["reading_no"]] = row["release_id"]
        self.current[row["release_id"]] = row
        self.bodies[row["reading_no"]] = row["body"]
        for name in {meant(name) for name in names_of(row)}:
            self.named.setdefault(name, {}).setdefault(tongue(row["language"]), []).insert(0, row["reading_no"])

    def assert_(self, fact: Fact) -> None:
        """A fact holds, or is retired, from now on."""
        for one, other in ((fact["release_a"], fact["release_b"]), (fact["release_b"], fact["release_a"])):
            if fact["state"] == "asserted":
                self.tied.setdefault(one, {})[other] = fact
            else:
                self.tied.get(one, {}).pop(other, None)

    def may_agree(self, row: Row, other: Row) -> bool:
        """Whether the figures of two readings are worth comparing; what is not known may be."""
        one, two = self.digits.get(row["reading_no"]), self.digits.get(other["reading_no"])
        return one is None or two is None or may_agree(one, two)

    def text(self, row: Row) -> Text:
        """A reading's figures, made once."""
        number = row["reading_no"]
        if number not in self.texts:
            self.texts[number] = text_of({**row, "body": self.body(number)})
        return self.texts[number]

    def body(self, number: int) -> str:
        """A reading's text."""
        if number not in self.bodies:
            self.fetch_bodies([number])
        return self.bodies[number]

    def fetch_bodies(self, numbers: Sequence[int]) -> None:
        """Texts of the archive that are not here yet."""
        wanted = sorted(set(numbers) - self.bodies.keys())
        if wanted:
            with_table(self.con, "wanted_readings", pa.table({"reading_no": wanted}))
            self.bodies.update(self.con.execute(sql("resolution/bodies_of")).fetchall())


def gather(
    con: duckdb.DuckDBPyConnection, readings: Sequence[Row], sketched: Sequence[Row] = (), *, again: bool = False
) -> Gathering:
    """Looks up, all at once, whatever of the archive the batch may be tied to.

    :param sketched: rows of `sketches` that the batch adds.
    :param again: these readings are in the archive already, with all that ties them.
    """
    gathered = Gathering(con, named_alike(con, (name for row in readings for name in asked_for(row))))
    wanted = {number for row in readings for number in _hits(gathered.named, row)}
    if wanted:
        with_table(con, "wanted_readings", pa.table({"reading_no": sorted(wanted)}))
        gathered.owner = dict(con.execute(sql("resolution/releases_of")).fetchall())
        figures = con.execute(sql("resolution/figures_of")).fetchall()
        gathered.digits = {number: digits_of(told) for number, told in figures}
    gathered.digits |= {row["reading_no"]: digits_of(row["numbers"]) for row in sketched}
    met_before = {row["release_id"] for row in readings if again or not row["version"] == row["reading"] == 1}
    _recall(gathered, set(gathered.owner.values()) | met_before)
    return gathered


def _recall(gathered: Gathering, releases: set[str]) -> None:
    """How these releases read and what ties them; then the same of what they are tied to."""
    for _ in range(2):
        wanted = sorted(releases - gathered.current.keys())
        if not wanted:
            return
        with_table(gathered.con, "wanted_releases", pa.table({"release_id": wanted}))
        for row in rows(gathered.con, sql("resolution/edition_rows")):
            gathered.current[row["release_id"]] = row
        for fact in rows(gathered.con, sql("resolution/relations_held")):
            if fact["kind"] in ("edition", "script_variant") and fact["state"] == "asserted":
                gathered.assert_(fact)
        releases = {other for tied in gathered.tied.values() for other in tied}


def _hits(named: Named, row: Row) -> Iterator[int]:
    """Readings in other languages or scripts under the names of this; of its day only where it needs them."""
    own, day = tongue(row["language"]), day_of(row)
    for name in sought(row):
        if name == day and (row["editions"] or own not in READABLE):
            continue
        for language, numbers in named.get(name, {}).items():
            if language != own or (own == "zh" and name != day):
                yield from numbers
