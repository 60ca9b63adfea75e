"""Search: how fast the index grows, and what three words cost, common ones too; DuckDB's `fts` beside it.

`python -m bench.searching 1000000` measures the size that is promised; the generated texts have few words, each of
them common, so nearly every question is the hard case. `fts` is measured where `duckdb-extension-fts` is installed,
and told to be missing elsewhere.
"""

import importlib.util
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median

import duckdb

from bench.archive_of import BATCH, add_texts, make_archive
from bench.figures import MEGABYTE, Figure, report
from warehouse.commenting import quoted
from warehouse.connection import LOADING, attached, opened_read_only
from warehouse.home import Home
from warehouse.publishing import publish

SIZE = 100_000
ANSWER, PUBLISHED = 0.1, 2.0  # seconds
GROWTH = 5_000  # readings a second
TIMES = 7
QUESTIONS = {
    "three common words": "the minister said",
    "three words": "foreign affairs harbour",
    "Chinese, other script than the text": "外交部发言人 医院 运输",
    "one release by the last word of its headline": "minister OR office {last}",
    "a word that nothing has": "minister outlandish",
    "a publisher's": "water schools trade', publisher := 'ministry7.example",
}
PHRASE = '"health services"'


def main(size: int = SIZE, keep: Path | None = None) -> int:
    """Makes the archive, measures and prints; 1 when a bar was missed.

    :param keep: a folder for the archive, to ask it again afterwards; else it goes when all is measured. One that has
        a published archive already is asked as it is.
    """
    with tempfile.TemporaryDirectory(prefix="communique-bench-") as told:
        home = Home(keep or Path(told))
        home.staging.mkdir(parents=True, exist_ok=True)
        if not home.warehouse.exists():
            make_archive(home, size)
        grown = [] if home.archive.exists() else list(_growth(home))
        ours = dict(_asked(home))
        figures = [*grown, *_told_of_ours(ours), *_fts(home, Path(told), ours), *_publishing(home)]
    return report(f"search in {size:,} releases", figures)


def _growth(home: Home) -> Iterator[Figure]:
    """What an archive with the index takes longer to publish than one without."""
    without, with_it = (_published_whole(home, searchable=searchable) for searchable in (False, True))
    took, worked = (after - before for before, after in zip(without, with_it, strict=True))
    with opened_read_only(home.archive) as con:
        ((readings, postings),) = con.execute("SELECT sum(readings), sum(postings) FROM published.indexed").fetchall()
    rate = readings / took
    told = f"{rate:,.0f} readings/s (work of one core {readings / worked:,.0f}/s)"
    yield Figure("the index grows, two threads", told, f"> {GROWTH:,}/s", rate > GROWTH)
    yield Figure("its postings", f"{postings:,}, {postings / readings:.0f} to a reading")
    yield Figure("the archive with the index", f"{home.archive.stat().st_size / MEGABYTE:,.0f} MB")


def _published_whole(home: Home, *, searchable: bool) -> tuple[float, float]:
    start, worked = time.perf_counter(), time.process_time()
    publish(home, whole=True, searchable=searchable)
    return time.perf_counter() - start, time.process_time() - worked


def _asked(home: Home) -> Iterator[tuple[str, tuple[float, float]]]:
    """The usual seconds of every question, and those of work."""
    with opened_read_only(home.archive) as con:
        con.execute("SET threads = 2")
        ((some,),) = con.execute("SELECT title FROM releases WHERE language = 'en' LIMIT 1 OFFSET 4000").fetchall()
        for name, words in QUESTIONS.items():
            yield name, _seconds(con, f"FROM search('{words.format(last=some.split()[-1])}')")
        yield f"a phrase of common words, {PHRASE}", _seconds(con, f"FROM search('{PHRASE}')")


def _told_of_ours(ours: dict[str, tuple[float, float]]) -> Iterator[Figure]:
    for name, (usual, worked) in ours.items():
        yield _told(name, usual, worked, bar=ANSWER if name in QUESTIONS else None)


def _told(name: str, usual: float, worked: float, bar: float | None = None) -> Figure:
    value = f"{usual * 1000:,.0f} ms (work {worked * 1000:,.0f})"
    return Figure(name, value, f"< {bar * 1000:g} ms", usual < bar) if bar else Figure(name, value)


def _seconds(con: duckdb.DuckDBPyConnection, question: str) -> tuple[float, float]:
    """The usual time of an answer, and the time both cores worked for it."""
    took = []
    con.execute(question).fetchall()
    worked = time.process_time()
    for _ in range(TIMES):
        start = time.perf_counter()
        con.execute(question).fetchall()
        took.append(time.perf_counter() - start)
    return median(took), (time.process_time() - worked) / TIMES


def _fts(home: Home, folder: Path, ours: dict[str, tuple[float, float]]) -> Iterator[Figure]:
    found = importlib.util.find_spec("duckdb_extension_fts")
    if found is None or not found.submodule_search_locations:
        yield Figure("DuckDB's fts beside it", "not measured: duckdb-extension-fts is not installed")
        return
    (library,) = Path(found.submodule_search_locations[0]).glob(f"extensions/v{duckdb.__version__}/*.duckdb_extension")
    with duckdb.connect(str(folder / "fts.duckdb"), config={"threads": 2, "memory_limit": "4GB"}) as con:
        con.execute(f"LOAD {quoted(str(library))}")
        con.execute(f"ATTACH {quoted(str(home.archive))} AS archive (READ_ONLY)")
        con.execute("CREATE TABLE texts AS SELECT reading_no, title, body FROM archive.kept.readings")
        yield _fts_index(con)
        for name in ("three common words", "three words", "Chinese, other script than the text"):
            yield _fts_asked(con, name, ours[name])


def _fts_index(con: duckdb.DuckDBPyConnection) -> Figure:
    ((texts,),) = con.execute("SELECT count(*) FROM texts").fetchall()
    start, worked = time.perf_counter(), time.process_time()
    con.execute("PRAGMA create_fts_index('texts', 'reading_no', 'title', 'body')")
    rate, of_work = texts / (time.perf_counter() - start), texts / (time.process_time() - worked)
    return Figure("fts: its index, which cannot grow", f"{rate:,.0f} texts/s (work of one core {of_work:,.0f}/s)")


def _fts_asked(con: duckdb.DuckDBPyConnection, name: str, ours: tuple[float, float]) -> Figure:
    """The same question; of common words they differ in ranking, in Chinese `fts` has no words at all."""
    words = QUESTIONS[name].replace("'", "''")
    asked = (
        f"FROM (SELECT *, fts_main_texts.match_bm25(reading_no, '{words}', conjunctive := 1) AS score FROM texts)"
        " WHERE score IS NOT NULL ORDER BY score DESC LIMIT 20"
    )
    usual, worked = _seconds(con, asked)
    found = len(con.execute(asked).fetchall())
    value = f"{usual * 1000:,.0f} ms (work {worked * 1000:,.0f}), {found} found"
    slower, harder = usual / ours[0], worked / ours[1]
    told = f"ours {slower:.1f} times as fast, with a {harder:.1f}th of the work"
    return Figure(f"fts: {name}; {told}", value, "slower, or finds none", slower > 1 or not found)


def _publishing(home: Home) -> Iterator[Figure]:
    publish(home)
    for name in ("a batch of 200", "another batch of 200"):
        with attached(home.warehouse, memory_limit=LOADING) as con:
            ((held,),) = con.execute("SELECT count(*) FROM kept.readings").fetchall()
            add_texts(con, held, held + BATCH)
            con.execute("CHECKPOINT archive")
        start = time.perf_counter()
        publish(home)
        took = time.perf_counter() - start
        yield Figure(f"publishing after {name}", f"{took:.2f} s", f"< {PUBLISHED:g} s", took < PUBLISHED)


if __name__ == "__main__":
    told_size, told_folder = (*sys.argv[1:], None, None)[:2]
    sys.exit(main(int(told_size or SIZE), Path(told_folder) if told_folder else None))
