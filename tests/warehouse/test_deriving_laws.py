"""Laws of what is made ready for readers: taken up batch by batch it is what is made of the whole archive at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import duckdb
from hypothesis import given, settings
from hypothesis import strategies as st

from warehouse.deriving import DERIVED, extend

TABLES = """
CREATE SCHEMA kept;
CREATE SCHEMA named;
CREATE TABLE kept.readings (
    batch_no BIGINT, journal_at TIMESTAMPTZ, reading_no BIGINT, supersedes BIGINT, release_id VARCHAR, version INTEGER,
    reading INTEGER, publisher VARCHAR, native_id VARCHAR, url VARCHAR, published_basis VARCHAR, published_on DATE,
    address_on DATE, listed_at TIMESTAMPTZ, release_seen_at TIMESTAMPTZ, related VARCHAR[],
    editions STRUCT("language" VARCHAR, url VARCHAR, rule VARCHAR)[], links STRUCT(url VARCHAR, "label" VARCHAR)[]);
CREATE TABLE kept.outcomes (batch_no BIGINT, source VARCHAR, "ref" VARCHAR, release_id VARCHAR);
CREATE TABLE kept.release_keys (batch_no BIGINT, release_id VARCHAR, kind VARCHAR, "value" VARCHAR);
CREATE TABLE kept.relations (
    batch_no BIGINT, journal_at TIMESTAMPTZ, kind VARCHAR, release_a VARCHAR, release_b VARCHAR, state VARCHAR);
CREATE TABLE named.subjects (
    batch_no BIGINT, subject_no BIGINT, kind VARCHAR, name VARCHAR, role VARCHAR, name_key VARCHAR, role_key VARCHAR);
CREATE TABLE named.mentions (batch_no BIGINT, reading_no BIGINT, subject_no BIGINT, is_first BOOLEAN);
CREATE TABLE named.also_held (batch_no BIGINT, subject_no BIGINT, role VARCHAR, role_key VARCHAR);
"""
MADE = (
    "named_in",
    "resolved",
    "people",
    "listed_in",
    "address_shapes",
    "addresses_met",
    "links_unmet",
    "edition_groups",
)
NAMES = ("quill, director", "quill, deputy director", "quill", "marsh")  # numbered from 1; one name in three offices
TAKEN_UP = tuple(one for one in DERIVED if one.name.startswith(("readings", "named", "addresses", "editions ")))


@dataclass(frozen=True, slots=True)
class Read:
    """A new reading of a release, and what is said of it: the same as the first, an edition of another, or no more."""

    release: int
    day: int | None = None
    names: frozenset[int] = frozenset()
    source: str = "a"
    link: int = 0
    same: str = ""
    named_late: bool = False
    tied: tuple[int, str] = (0, "")


READS = st.builds(
    Read,
    st.integers(1, 4),
    st.sampled_from([None, 3, 4, 5]),
    st.frozensets(st.integers(1, len(NAMES)), max_size=3),
    st.sampled_from("ab"),
    st.integers(1, 6),
    st.sampled_from(["", "", "asserted", "retired"]),
    st.booleans(),
    st.tuples(st.integers(1, 4), st.sampled_from(["", "asserted", "asserted", "retired"])),
)
BATCHES = st.lists(st.lists(READS, max_size=4), min_size=2, max_size=3)


def address(number: int) -> str:
    return f"https://press.example/{number}.htm"


def taken_up(batches: Sequence[Sequence[Read]], *, at_once: bool) -> list[dict[str, list[tuple[Any, ...]]]]:
    """What is made ready after each batch, or after the last alone."""
    made = []
    with duckdb.connect() as con:
        con.execute("SET TimeZone = 'UTC'")
        con.execute(TABLES)
        for one in DERIVED[:3]:
            one.begin(con)
        told: dict[int, int] = {}  # by release its last reading
        late: list[tuple[int, int]] = []
        for batch_no, batch in enumerate(batches, start=1):
            named, late = late, []
            for read in batch:
                number = con.execute("SELECT count(*) + 1 FROM kept.readings").fetchall()[0][0]
                write(con, batch_no, number, read, told.get(read.release))
                told[read.release] = number
                (late if read.named_late else named).extend((number, name) for name in sorted(read.names))
            name(con, batch_no, named)
            if not at_once:
                extend(con, batch_no - 1, TAKEN_UP)
                made.append(made_ready(con))
        if at_once:
            extend(con, 0, TAKEN_UP)
            made.append(made_ready(con))
    return made


def made_ready(con: duckdb.DuckDBPyConnection) -> dict[str, list[tuple[Any, ...]]]:
    """All rows of all tables that are made ready."""
    return {table: con.execute(f"FROM published.{table} ORDER BY ALL").fetchall() for table in MADE}


def write(con: duckdb.DuckDBPyConnection, batch_no: int, number: int, read: Read, before: int | None) -> None:
    """The rows that a reading leaves, as the archive keeps them."""
    given = {"batch": batch_no, "number": number, "release": str(read.release), "before": before}
    con.execute(
        """INSERT INTO kept.readings SELECT *, true, NULL, NULL, NULL, NULL FROM (SELECT
            $batch, TIMESTAMPTZ '2025-06-01 00:00:00+00' + to_days($batch::INTEGER), $number, $before, $release,
            $number, 1, 'p', NULL, $url, CASE WHEN $day IS NOT NULL THEN 'stated' END,
            DATE '2025-06-01' + $day::INTEGER, NULL, NULL, TIMESTAMPTZ '2025-06-09 00:00:00+00', [$link], [], NULL)""",
        given | {"url": address(read.release), "day": read.day, "link": address(read.link)},
    )
    con.execute(
        "INSERT INTO kept.outcomes VALUES ($1, $2, $3, $4)",
        [batch_no, read.source, address(read.release), str(read.release)],
    )
    if before is None:
        key = [batch_no, str(read.release), address(read.release)]
        con.execute("INSERT INTO kept.release_keys VALUES ($1, $2, 'canonical_url', $3)", key)
    facts = [("same_as", 1, read.same)] if read.release > 1 else []
    for kind, other, state in [*facts, ("edition", *read.tied)]:
        con.execute(
            "INSERT INTO kept.relations SELECT"
            " $1, TIMESTAMPTZ '2025-06-01 00:00:00+00' + to_days($1::INTEGER), $2, $3, $4, $5"
            " WHERE $5 != '' AND $3 != $4 AND $4 IN (SELECT release_id FROM kept.readings)",
            [batch_no, kind, str(read.release), str(other), state],
        )


def name(con: duckdb.DuckDBPyConnection, batch_no: int, named: Sequence[tuple[int, int]]) -> None:
    """Mentions, some of them found a batch later than their reading, with subjects that were not known."""
    for number, subject in named:
        called, _, role = NAMES[subject - 1].partition(", ")
        con.execute(
            "INSERT INTO named.subjects SELECT $1, $2, 'person', $3, $4, $3, $4"
            " WHERE $2 NOT IN (SELECT subject_no FROM named.subjects)",
            [batch_no, subject, called, role or None],
        )
        con.execute("INSERT INTO named.mentions VALUES ($1, $2, $3, true)", [batch_no, number, subject])
        if subject == 1 and (number, 2) in named:
            role = NAMES[1].partition(", ")[2]
            con.execute("INSERT INTO named.also_held VALUES ($1, 1, $2, $2)", [batch_no, role])


@settings(max_examples=3, deadline=None)
@given(batches=BATCHES)
def test_taken_up_by_batch_it_is_what_is_made_at_once(batches: list[list[Read]]) -> None:
    assert taken_up(batches, at_once=False)[-1:] == taken_up(batches, at_once=True)


def test_the_first_and_last_day_of_somebody_follow_the_releases_that_are_left() -> None:
    quill, marsh = frozenset({1}), frozenset({4})
    first = [Read(1, 3, quill), Read(2, 4, quill), Read(3, 5, quill)]
    later = [[Read(1, 3, marsh)], [Read(3, 5, marsh)], [Read(1, 3, quill)], [Read(1, 3), Read(2, 4, marsh), Read(3, 5)]]
    made = taken_up([first, *later], at_once=False)
    days = [[(row[1], row[2].day, row[3].day) for row in told["named_in"] if row[0] == 1] for told in made]
    assert days == [[(3, 4, 6)], [(2, 5, 6)], [(1, 5, 5)], [(2, 4, 5)], []]


def test_editions_are_grouped_by_what_ties_them_now_and_twins_do_not_count() -> None:
    single = [Read(number, 3) for number in (1, 2, 3, 4)]
    later = [
        [Read(2, 3, tied=(1, "asserted")), Read(4, 3, tied=(3, "asserted"))],
        [Read(3, 3, tied=(2, "asserted"))],
        [Read(4, 3, same="asserted")],
        [Read(3, 3, tied=(2, "retired"))],
    ]
    made = taken_up([single, *later], at_once=False)
    groups = [["".join(str(part) for part in row[2:]) for row in told["edition_groups"]] for told in made]
    assert groups == [
        [],
        ["112", "212", "332", "432"],  # the release, its group, and how many belong to that
        ["114", "214", "314", "414"],
        ["113", "213", "313", "413"],
        ["112", "212", "331", "431"],
    ]
