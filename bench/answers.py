"""What a person waits for an answer, and a run for its publishing, with a million releases in the archive.

`python -m bench.answers 200000` measures another size. Every question is asked of the published copy with two threads,
through a connection of its own as a person's would be: the median of five times, the first time, and the time that
both cores worked for it, which other work on the machine does not stretch.
"""

import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import duckdb

from bench.archive_of import BATCH, add_texts, make_archive
from bench.figures import MEGABYTE, Figure, report
from warehouse.connection import LOADING, attached, opened_read_only, sql
from warehouse.home import Home
from warehouse.publishing import publish

SIZE = 1_000_000
ANSWER, AS_OF, PUBLISHED = 0.3, 1.0, 2.0  # seconds
TIMES = 5
SOME_RELEASE = "md5('release4240')[:16]"
SOME_DAY = "TIMESTAMPTZ '2015-03-01 00:00:00+00'"
LAST_DAY = sql("last_day").replace("getvariable('since')", "TIMESTAMPTZ '2025-01-31 00:00:00+00'")


@dataclass(frozen=True, slots=True)
class Question:
    """A question, the view or macro it needs, and the seconds it may take; None where nothing is asked for."""

    name: str
    needs: str
    sql: str
    bar: float | None = ANSWER


QUESTIONS = (
    Question("releases: last 100, every column", "releases", "FROM releases ORDER BY published_at DESC LIMIT 100"),
    Question("releases: last 100 by day, every column", "releases", "FROM releases ORDER BY day DESC LIMIT 100"),
    Question("releases: one by id, every column", "releases", f"FROM releases WHERE release_id = {SOME_RELEASE}"),
    Question("versions: of one release", "versions", f"FROM versions WHERE release_id = {SOME_RELEASE}"),
    Question("versions: last 100", "versions", "FROM versions ORDER BY first_seen_at DESC LIMIT 100"),
    Question("edits: the 100 weightiest", "edits", "FROM edits LIMIT 100"),
    Question("edits: of one release", "edits", f"FROM edits WHERE release_id = {SOME_RELEASE}"),
    Question("silent_edits: the 100 weightiest", "silent_edits", "FROM silent_edits LIMIT 100"),
    Question("coverage_daily: all of it", "coverage_daily", "FROM coverage_daily"),
    Question(
        "coverage_daily: a month",
        "coverage_daily",
        "FROM coverage_daily WHERE day BETWEEN DATE '2015-02-01' AND DATE '2015-02-28'",
    ),
    Question("outcomes_by_run: the last 100", "outcomes_by_run", "FROM outcomes_by_run LIMIT 100"),
    Question("alarms_open", "alarms_open", "FROM alarms_open"),
    Question("source_health", "source_health", "FROM source_health"),
    Question("gaps", "gaps", "FROM gaps"),
    Question("people: the first 100", "people", "FROM people LIMIT 100"),
    Question("as_of: how many", "as_of", f"SELECT count(*) FROM as_of({SOME_DAY})", AS_OF),
    Question("as_of: last 100", "as_of", f"FROM as_of({SOME_DAY}) ORDER BY published_at DESC LIMIT 100", AS_OF),
    Question("as_of: one by id", "as_of", f"FROM as_of({SOME_DAY}) WHERE release_id = {SOME_RELEASE}", AS_OF),
    Question("diff: two versions of one", "diff", f"FROM diff({SOME_RELEASE}, 1, 2)"),
    Question("people: one by name", "people", "FROM people WHERE name = 'Person 77'", None),
    Question("offices: the first 100", "offices", "FROM offices LIMIT 100", None),
    Question("mentions: of one person", "mentions", "FROM mentions WHERE name = 'Person 77'", None),
    Question("appears_with: the first 100", "appears_with", "FROM appears_with LIMIT 100", None),
    Question("who_met_whom: the last 100", "who_met_whom", "FROM who_met_whom LIMIT 100", None),
    Question("missing_editions", "missing_editions", "FROM missing_editions", None),
    Question("editions: of one release", "editions", f"FROM editions WHERE release_id = {SOME_RELEASE}", None),
    Question("vanished", "vanished", "FROM vanished", None),
    Question("delays", "delays", "FROM delays", None),
    Question("volume_daily: all of it", "volume_daily", "FROM volume_daily", None),
    Question("windows", "windows", "FROM windows", None),
    Question("list_changes: the last 100", "list_changes", "FROM list_changes LIMIT 100", None),
    Question("status: what a day brought", "releases", LAST_DAY, None),
    Question("status: what needs a person", "releases", sql("queries/needs_a_person"), None),
    Question("status: totals", "releases", sql("queries/totals"), None),
    Question("runs_recent: the last 5", "runs_recent", "FROM runs_recent LIMIT 5", None),
    Question("timeline: of a phrase", "timeline", "FROM timeline('foreign affairs')", None),
    Question("first_mention: of a phrase", "first_mention", "FROM first_mention('外交部')", None),
    Question("trend: of a phrase", "trend", "FROM trend('harbour new')", None),
)


def main(size: int = SIZE, keep: Path | None = None) -> int:
    """Makes the archive, measures and prints; 1 when a bar was missed.

    :param keep: a folder for the archive, to ask it again afterwards; else it goes when all is measured.
    """
    with tempfile.TemporaryDirectory(prefix="communique-bench-") as told:
        home = Home(keep or Path(told))
        home.staging.mkdir(parents=True, exist_ok=True)
        figures = list(_making(home, size)) + list(_answers(home)) + list(_publishing(home, size))
    return report(f"answers of {size:,} releases", figures)


def _making(home: Home, size: int) -> Iterator[Figure]:
    start = time.perf_counter()
    if not home.warehouse.exists():
        make_archive(home, size)
        yield Figure("the archive is made in", f"{time.perf_counter() - start:.0f} s")
    yield Figure("the writer's file", f"{home.warehouse.stat().st_size / MEGABYTE:,.0f} MB")
    start = time.perf_counter()
    publish(home, whole=True)
    yield Figure("publishing a whole copy", f"{time.perf_counter() - start:.2f} s")


def _answers(home: Home) -> Iterator[Figure]:
    with opened_read_only(home.archive) as con:
        there = con.execute(
            "SELECT view_name FROM duckdb_views() WHERE NOT internal UNION SELECT function_name FROM duckdb_functions()"
        )
        names = {name for (name,) in there.fetchall()}
    for question in QUESTIONS:
        if question.needs in names:
            yield _asked(home, question)
        else:
            yield Figure(question.name, "no such view yet")


def _asked(home: Home, question: Question) -> Figure:
    with opened_read_only(home.archive) as con:
        con.execute("SET threads = 2")
        first = _seconds(con, question.sql)
        worked = time.process_time()
        usual = median(_seconds(con, question.sql) for _ in range(TIMES))
        worked = (time.process_time() - worked) / TIMES
    value = f"{usual * 1000:,.0f} ms (first {first * 1000:,.0f}, work {worked * 1000:,.0f})"
    if question.bar is None:
        return Figure(question.name, value)
    return Figure(question.name, value, f"< {question.bar * 1000:g} ms", usual < question.bar)


def _seconds(con: duckdb.DuckDBPyConnection, sql: str) -> float:
    start = time.perf_counter()
    con.execute(sql).to_arrow_table()
    return time.perf_counter() - start


def _publishing(home: Home, size: int) -> Iterator[Figure]:
    publish(home)
    one_by_one = [(f"a batch of 200, number {number} in a row", 1) for number in range(1, 6)]
    for name, batches in (*one_by_one, ("nothing new", 0), ("a 2,000", 10)):
        with attached(home.warehouse, memory_limit=LOADING) as con:
            ((held,),) = con.execute("SELECT count(*) FROM kept.readings").fetchall()
            if batches:
                add_texts(con, held, held + batches * BATCH)
                con.execute("CHECKPOINT archive")
        start, worked = time.perf_counter(), time.process_time()
        publish(home)
        took, worked = time.perf_counter() - start, time.process_time() - worked
        told = f"{took:.2f} s (work {worked:.2f})"
        yield Figure(f"publishing after {name}", told, f"< {PUBLISHED:g} s", took < PUBLISHED)
    with opened_read_only(home.archive):  # a reader holds what was published: it is copied, not written to
        publish(home)
        start = time.perf_counter()
        publish(home)
        yield Figure("publishing while somebody reads", f"{time.perf_counter() - start:.2f} s")


if __name__ == "__main__":
    told_size, told_folder = (*sys.argv[1:], None, None)[:2]
    sys.exit(main(int(told_size or SIZE), Path(told_folder) if told_folder else None))
