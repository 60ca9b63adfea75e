"""The search index of the published copy: it grows by batch, and is made anew from the readings at any time.

Postings are kept in sorted runs, so that the few row groups that have a word are told by their least and greatest
term. A batch is added behind the runs; once enough of them lie there they become one more run.
"""

import hashlib

import duckdb

from parsers.chineseforms import forms
from warehouse.commenting import quoted, table_comments
from warehouse.connection import sql

AT_ONCE = 3_000_000  # bytes of text; twice as much no longer fits 128 MB
RUN_FROM = 2_000_000  # postings behind the runs; looking through them takes a hundredth of a second
WHOLE_RUN = 12_000_000  # the same while a whole archive is taken up: the fewer runs, the sooner the answers
SLICE = 2_000_000  # postings sorted at a time, which needs the memory of one slice; all are passed over for each
SAMPLED = 100_000  # postings, at most, that tell where to cut
OFTEN = 1_000  # places in one slice from which on a term is counted ready-made
GREATEST = 2**64 - 1
NEWEST = "CREATE OR REPLACE TEMP TABLE newest AS FROM published.postings LIMIT 0"
Connection = duckdb.DuckDBPyConnection


def version() -> str:
    """Changes whenever words are told, numbered or weighed otherwise: an index must be asked as it was made."""
    made = (sql("schema/search"), sql("postings_of"), _same_characters())
    return hashlib.sha256("\n".join(made).encode()).hexdigest()[:12]


def begin(con: Connection) -> None:
    """Makes an empty index, and the macros that tell words."""
    told = _same_characters() + sql("schema/search")
    con.execute(";".join([told, *table_comments(told)]))


def extend(con: Connection, after: int) -> None:
    """Takes up the readings of every batch above `after`; 0 takes up a whole archive."""
    if after:
        _grow(con, after)
    else:
        _take_up_all(con)


def agrees(con: Connection) -> bool:
    """Whether the index has as many readings as the copy, and all their postings."""
    readings, held = _numbers(con, "SELECT sum(readings), sum(postings) FROM published.indexed")
    (kept,) = _numbers(con, "SELECT count(*) FROM kept.readings")
    return (readings or 0, held or 0) == (kept, _rows(con, "published.postings"))


def _same_characters() -> str:
    """Macros that know the forms of a character: as text in the macro they are at hand, a table would be joined."""
    traditional, simple = ("".join(map(chr, side)) for side in zip(*sorted(forms().items()), strict=True))
    others: dict[str, str] = {}
    for one, folded in zip(traditional, simple, strict=True):
        if min(one, folded) > "\u3000":
            others[folded] = others.get(folded, folded) + one
    groups = quoted(" ".join(others.values()))
    return (
        "-- Text with Traditional characters in their Simplified forms.\n"
        f"CREATE MACRO published.simplified(told) AS translate(told, {quoted(traditional)}, {quoted(simple)});\n"
        "-- A character with all that are sought as the same.\n"
        "CREATE MACRO published.forms_of(one) AS"
        f" coalesce(nullif(regexp_extract({groups}, '[^ ]*' || one || '[^ ]*'), ''), one);\n"
    )


def _grow(con: Connection, after: int) -> None:
    for first, last in _portions(con, after):
        _take_up(con, first, last, into="published.postings")
        _count_again(con, f"(FROM published.postings WHERE reading_no BETWEEN {first} AND {last})")
    ((behind, since),) = con.execute(
        "SELECT coalesce(sum(postings) FILTER (WHERE NOT in_a_run), 0),"
        " coalesce(max(last_reading) FILTER (WHERE in_a_run), 0) FROM published.indexed"
    ).fetchall()
    if behind >= RUN_FROM:
        _sort(con, f"published.postings WHERE reading_no > {since}")
        con.execute("DELETE FROM published.postings WHERE reading_no > $1", [since])
        con.execute("INSERT INTO published.postings FROM slice")
        con.execute("UPDATE published.indexed SET in_a_run = true WHERE NOT in_a_run")
        _count_the_common(con)
        con.execute(sql("foremost_told"))


def _take_up_all(con: Connection) -> None:
    con.execute(NEWEST)
    for first, last in _portions(con, 0):
        _take_up(con, first, last, into="newest")
        if _rows(con, "newest") >= WHOLE_RUN:
            _run_of_the_newest(con)
    _run_of_the_newest(con)
    con.execute("UPDATE published.indexed SET in_a_run = true")
    con.execute("DROP TABLE newest")


def _portions(con: Connection, after: int) -> list[tuple[int, int]]:
    return con.execute(sql("portions_of_texts"), {"after": after, "bytes": AT_ONCE}).fetchall()


def _take_up(con: Connection, first: int, last: int, *, into: str) -> None:
    taken = con.execute(f"INSERT INTO {into} {sql('postings_of')}", {"first": first, "last": last}).fetchall()
    con.execute(
        "INSERT INTO published.indexed SELECT $1, count(*), $2, false FROM kept.readings"
        " WHERE reading_no BETWEEN $3 AND $1",
        [last, taken[0][0], first],
    )


def _run_of_the_newest(con: Connection) -> None:
    """Sorts what was taken up slice by slice of terms."""
    parts = _rows(con, "newest") // SLICE + 1
    cuts = con.execute(
        f"SELECT DISTINCT unnest(quantile_disc(term, {[part / parts for part in range(1, parts)]}::DOUBLE[])) AS cut"
        f" FROM (SELECT term FROM newest USING SAMPLE reservoir({SAMPLED} ROWS) REPEATABLE (1))"
        " ORDER BY cut"
    ).fetchall()
    least = [0, *(term for (term,) in cuts)]
    for low, high in zip(least, [*least[1:], GREATEST + 1], strict=True):
        _sort(con, f"newest WHERE term BETWEEN {low} AND {high - 1}")
        _count_again(con, "slice")
        con.execute("INSERT INTO published.postings FROM slice")
        _count_the_common(con)
    con.execute(sql("foremost_told"))
    con.execute(NEWEST)  # it may lie on the disk by now, and to truncate it would take all of it back


def _sort(con: Connection, postings: str) -> None:
    con.execute(f"CREATE OR REPLACE TEMP TABLE slice AS FROM {postings} ORDER BY term, reading_no")


def _count_again(con: Connection, postings: str) -> None:
    """Adds what came to the terms that are counted already."""
    con.execute(
        "UPDATE published.common_terms AS c SET found = c.found + n.found"
        f" FROM (SELECT term, count(*) AS found FROM {postings}"
        " WHERE term IN (SELECT term FROM published.common_terms) GROUP BY term) AS n WHERE n.term = c.term"
    )


def _count_the_common(con: Connection) -> None:
    """Counts the terms that the sorted slice has often: of such a term, one in so many rows has it."""
    con.execute(
        "INSERT INTO published.common_terms (term, found) SELECT term, count(*) FROM published.postings WHERE term IN ("
        " SELECT term FROM slice WHERE term IN (SELECT term FROM slice WHERE rowid % $1 = 0)"
        " GROUP BY term HAVING count(*) >= $1 EXCEPT SELECT term FROM published.common_terms) GROUP BY term",
        [OFTEN],
    )
    con.execute("DROP TABLE slice")


def _rows(con: Connection, table: str) -> int:
    return _numbers(con, f"SELECT count(*) FROM {table}")[0] or 0


def _numbers(con: Connection, query: str) -> tuple[int | None, ...]:
    ((*found,),) = con.execute(query).fetchall()
    return tuple(None if one is None else int(one) for one in found)
