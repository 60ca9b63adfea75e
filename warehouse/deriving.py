"""What only the published copy has: tables and columns made from the kept ones, at any time again.

Whatever readers need ready-made (an index, the last state of something) belongs here: one entry in `DERIVED`,
which says what it adds to a copy of the writer's database and how it takes up what came after a batch.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import duckdb

from parsers.people.mention import RULES
from warehouse import search_index
from warehouse.commenting import table_comments
from warehouse.connection import sql

Connection = duckdb.DuckDBPyConnection
SEARCH = "search"


def _none(con: Connection) -> None:
    del con


def _nothing(con: Connection, after: int) -> None:
    del con, after


def _always(con: Connection) -> bool:
    del con
    return True


@dataclass(frozen=True, slots=True)
class Derived:
    """One derived thing.

    :param name: with a version that changes when it is made otherwise; older copies are then made anew.
    :param begin: adds it, empty, to a copy of the writer's database.
    :param extend: takes up every batch above the number it is given; the kept rows are there already, and the temporary
        table `touched` has all readings of the releases of which something came.
    :param agrees: whether it can be right; cheap, as every publishing asks it.
    """

    name: str
    begin: Callable[[Connection], None]
    extend: Callable[[Connection, int], None] = _nothing
    agrees: Callable[[Connection], bool] = _always


def _columns_of_readings(con: Connection) -> None:
    con.execute(sql("schema/current"))


def _told_of_readings(con: Connection, after: int) -> None:
    con.execute(sql("superseded"), {"after": after})
    con.execute(sql("days"), {"after": after})
    con.execute(sql("twins"))


def _as_many_current_as_releases(con: Connection) -> bool:
    counted = (
        'SELECT count_if(is_current) = count_if(supersedes IS NULL) AND count("day") = count(*) FROM kept.readings'
    )
    return con.execute(counted).fetchall() == [(True,)]


def _published_tables(con: Connection) -> None:
    told = sql("schema/published")
    con.execute(";".join([told, *table_comments(told)]))


def _edits_told(con: Connection, after: int) -> None:
    con.execute(sql("edits_told"), {"after": after})


def _as_many_edits(con: Connection) -> bool:
    counted = "SELECT (SELECT count(*) FROM published.edits) = count_if(version > 1 AND reading = 1) FROM kept.readings"
    return con.execute(counted).fetchall() == [(True,)]


def _named_counted(con: Connection, after: int) -> None:
    anew = f"SELECT reading_no FROM named.mentions WHERE batch_no > {after}"
    first = f"SELECT min(reading_no) FROM ({anew} UNION ALL SELECT reading_no FROM touched WHERE was_current)"
    ((oldest,),) = con.execute(first).fetchall()
    con.execute(sql("named_changed"), {"after": after, "first": oldest or 0})
    con.execute(sql("named_counted"))
    told = "SELECT DISTINCT name_key FROM named.subjects WHERE kind = 'person' AND"
    joined = f"SELECT subject_no FROM named.also_held WHERE batch_no > {after}"
    new = f"{told} (batch_no > {after} OR subject_no IN ({joined}))"
    con.execute(f"CREATE OR REPLACE TEMP TABLE touched_names AS {new}")
    _told_again(con, "resolved")  # what others are called bears on it, how often they are named does not
    changed = f"{told} subject_no IN (SELECT subject_no FROM named_changed) UNION FROM touched_names"
    con.execute(f"CREATE OR REPLACE TEMP TABLE touched_names AS {changed}")
    _told_again(con, "people")
    for name in ("named_changed", "days_gone", "touched_names"):
        con.execute(f"DROP TABLE temp.{name}")


def _told_again(con: Connection, table: str) -> None:
    con.execute(f"DELETE FROM published.{table} WHERE name_key IN (FROM touched_names)")
    con.execute(sql(f"{table}_told"))


def _listed_told(con: Connection) -> None:
    ((since,),) = con.execute("SELECT coalesce(min(batch_no), 0) FROM touched").fetchall()
    theirs = "published.listed_in WHERE reading_no IN (SELECT reading_no FROM touched)"
    con.execute(f"CREATE OR REPLACE TEMP TABLE unlisted AS SELECT publisher, source, shape, is_first FROM {theirs}")
    con.execute(f"DELETE FROM {theirs}")
    con.execute(sql("listed_by"), {"since": since})
    con.execute(sql("listed_told"))
    con.execute(sql("shapes_counted"))


def _links_told(con: Connection, after: int) -> None:
    con.execute(sql("addresses_new"), {"after": after})
    met = "SELECT address FROM published.addresses_met WHERE address IN (FROM new_addresses)"
    con.execute(f"DELETE FROM new_addresses WHERE address IN ({met})")
    con.execute("INSERT INTO published.addresses_met FROM new_addresses")
    con.execute(sql("links_of_touched"))
    con.execute("DELETE FROM published.links_unmet WHERE release_id IN (SELECT release_id FROM touched)")
    con.execute("DELETE FROM published.links_unmet WHERE md5_number_lower(bare) IN (FROM new_addresses)")
    con.execute(sql("links_told"))


def _addresses_told(con: Connection, after: int) -> None:
    _listed_told(con)
    _links_told(con, after)
    for name in ("unlisted", "read_now", "listed_by", "links_of_touched", "new_addresses"):
        con.execute(f"DROP TABLE temp.{name}")


def _editions_grouped(con: Connection, after: int) -> None:
    con.execute(sql("regrouped"), {"after": after})
    first = "SELECT min(first_reading) FROM regrouped"
    ((since,),) = con.execute(f"SELECT max(batch_no) FROM kept.readings WHERE reading_no = ({first})").fetchall()
    con.execute(sql("editions_tied"), {"since": since or 0})
    known = "SELECT one AS first_reading, least(one, min(other)) AS eldest FROM ties GROUP BY one"
    con.execute(f"CREATE OR REPLACE TEMP TABLE eldest_met AS {known}")
    while con.execute(sql("eldest_of_ties")).fetchall() != [(0,)]:
        pass
    con.execute(sql("editions_grouped"))
    for name in ("regrouped", "ties", "eldest_met"):
        con.execute(f"DROP TABLE temp.{name}")


def _without_lookup(con: Connection) -> None:
    con.execute("DROP SCHEMA IF EXISTS lookup CASCADE")


DERIVED = (
    Derived("readings 2", _columns_of_readings, _told_of_readings, _as_many_current_as_releases),
    Derived("edits and blocks 1", _published_tables, _edits_told, _as_many_edits),
    Derived(f"named 3 by {RULES}", _none, _named_counted),
    Derived("addresses 2", _none, _addresses_told),
    Derived("editions 1", _none, _editions_grouped),
    Derived(f"{SEARCH} {search_index.version()}", search_index.begin, search_index.extend, search_index.agrees),
    Derived("no lookup 1", _without_lookup),
)


def parts(*, searchable: bool) -> tuple[Derived, ...]:
    """Everything there is to derive; the index of words stays empty where it is not wanted yet."""
    return DERIVED if searchable else tuple(map(_without_words, DERIVED))


def _without_words(one: Derived) -> Derived:
    if not one.name.startswith(SEARCH):
        return one
    return replace(one, name=f"{one.name}, empty", extend=_nothing, agrees=_always)


def derive(con: Connection, wanted: Sequence[Derived] = DERIVED) -> None:
    """Makes everything in a fresh copy of the writer's database."""
    for one in wanted:
        one.begin(con)
    extend(con, 0, wanted)


def extend(con: Connection, after: int, wanted: Sequence[Derived] = DERIVED) -> None:
    """Takes up what came after batch number `after`."""
    con.execute(sql("touched"), {"after": after})
    for one in wanted:
        one.extend(con, after)
    con.execute("DROP TABLE temp.touched")


def agrees(con: Connection, wanted: Sequence[Derived] = DERIVED) -> bool:
    """Whether everything derived can be right."""
    return all(one.agrees(con) for one in wanted)
