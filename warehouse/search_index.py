"""The search index of the published copy: it grows by batch, and is made anew from the readings at any time.

Postings are kept in sorted runs, so that the few row groups that have a word are told by their least and greatest
term. A batch goes into a small table of the newest; once that has grown it becomes one more run.
"""

import hashlib

import duckdb

from parsers.chineseforms import forms
from warehouse.commenting import table_comments
from warehouse.connection import sql

AT_ONCE = 3_000_000  # bytes of text; twice as much no longer fits 128 MB
RUN_FROM = 2_000_000  # postings of the newest; looking through them takes a hundredth of a second
SLICE = 2_000_000  # postings sorted at a time when those of a whole archive become one run
SAMPLED = 100_000  # postings that tell where to cut
GREATEST = 2**64 - 1
Connection = duckdb.DuckDBPyConnection


def version() -> str:
    """Changes whenever words are told, numbered or weighed otherwise: an index must be asked as it was made."""
    made = (sql("schema/search"), sql("postings_of"), str(sorted(forms().items())))
    return hashlib.sha256("\n".join(made).encode()).hexdigest()[:12]


def begin(con: Connection) -> None:
    """Makes an empty index, and the macros that tell words."""
    told = sql("schema/search")
    con.execute(";".join([told, *table_comments(told)]))
    characters, folded = ("".join(map(chr, side)) for side in zip(*sorted(forms().items()), strict=True))
    con.execute(  # as text: lists of thousands are bound one by one
        "INSERT INTO published.chinese_forms"
        " SELECT unicode(unnest(string_split($1, ''))), unicode(unnest(string_split($2, '')))",
        [characters, folded],
    )


def extend(con: Connection, after: int) -> None:
    """Takes up the readings of every batch above `after`; from 0 on, all of it becomes one run."""
    for first, last in con.execute(sql("portions_of_texts"), {"after": after, "bytes": AT_ONCE}).fetchall():
        before = _postings(con)
        con.execute(sql("postings_of"), {"first": first, "last": last})
        con.execute(
            "INSERT INTO published.indexed SELECT count(*), $1 FROM kept.readings WHERE reading_no BETWEEN $2 AND $3",
            [_postings(con) - before, first, last],
        )
        if after and _newest(con) >= RUN_FROM:
            _run_of_the_newest(con)
    if not after:
        _one_run(con)


def agrees(con: Connection) -> bool:
    """Whether the index has as many readings as the copy, and all their postings."""
    readings, held = _numbers(con, "SELECT sum(readings), sum(postings) FROM published.indexed")
    (kept,) = _numbers(con, "SELECT count(*) FROM kept.readings")
    return (readings or 0, held or 0) == (kept, _postings(con))


def _run_of_the_newest(con: Connection) -> None:
    con.execute("INSERT INTO published.postings FROM published.newest_postings ORDER BY term, reading_no")
    con.execute("TRUNCATE published.newest_postings")


def _one_run(con: Connection) -> None:
    """Sorts a whole archive's postings slice by slice of terms, which needs the memory of one slice."""
    parts = (_newest(con) + SLICE - 1) // SLICE
    cuts = con.execute(
        f"SELECT DISTINCT unnest(quantile_disc(term, {[part / parts for part in range(1, parts)]}::DOUBLE[])) AS cut"
        f" FROM (SELECT term FROM published.newest_postings USING SAMPLE reservoir({SAMPLED} ROWS) REPEATABLE (1))"
        " ORDER BY cut"
    ).fetchall()
    least = [0, *(term for (term,) in cuts)]
    for low, high in zip(least, [*least[1:], GREATEST + 1], strict=True):
        con.execute(
            "INSERT INTO published.postings FROM published.newest_postings"
            f" WHERE term BETWEEN {low} AND {high - 1} ORDER BY term, reading_no"
        )
    con.execute("TRUNCATE published.newest_postings")


def _newest(con: Connection) -> int:
    return _numbers(con, "SELECT count(*) FROM published.newest_postings")[0] or 0


def _postings(con: Connection) -> int:
    counted = "SELECT (SELECT count(*) FROM published.postings) + (SELECT count(*) FROM published.newest_postings)"
    return _numbers(con, counted)[0] or 0


def _numbers(con: Connection, query: str) -> tuple[int | None, ...]:
    ((*found,),) = con.execute(query).fetchall()
    return tuple(None if one is None else int(one) for one in found)
