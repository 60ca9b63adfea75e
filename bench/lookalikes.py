"""Sketching and resolving near-duplicates in batches of 2,000, with 100,000 and with a million texts in the archive.

The archive is filled with generated sketches, a tenth of them a flood: one notice that comes again and again. The
texts that are sketched are those of the other entries. A second process cuts the texts into words, as those that read
captures do in a run. datasketch, where it is installed, does the same beside it.
`python -m bench.lookalikes 100000` measures one size alone.
"""

import base64
import importlib.util
import resource
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime
from itertools import chain, islice
from pathlib import Path
from typing import Any

import duckdb

from bench.figures import MEGABYTE, Figure, report
from bench.generator import release
from bench.planted import base_issue, chance_of
from bench.planted_series import OPEN, issues_of
from bench.sameness import reading
from parsers.text_units import packed, wording
from warehouse.connection import WHOLE, attached
from warehouse.loading import load
from warehouse.migrations import migrate
from warehouse.resolution.containment import shingles
from warehouse.resolution.lookalikes import KEY, found_under
from warehouse.resolution.relating import relate
from warehouse.resolution.sketches import BANDS, sketches
from warehouse.vault.journal import Journal

SIZES = (100_000, 1_000_000)
BATCH, BATCHES = 2_000, 3
SMALL_BATCH = 5
SMALL_BATCH_SECONDS = 1.0
TEXTS_PER_SECOND = 3_000
GROWTH = 2.0
PEAK_BYTES = 2_000 * MEGABYTE
TIMES_FASTER = 4.0
NOW = datetime(2026, 1, 31, 12, 0, tzinfo=UTC)
Row = dict[str, Any]


def main(sizes: tuple[int, ...] = SIZES) -> int:
    """Measures and prints; 1 when a bar was missed."""
    figures: list[Figure] = []
    each: list[float] = []
    for size in sizes:
        with tempfile.TemporaryDirectory(prefix="communique-bench-") as told:
            measured, seconds = _at(Path(told), size, is_first=not each)
        figures += measured
        each.append(seconds)
    if len(each) > 1:
        growth = each[-1] / each[0]
        name = f"time per text, {sizes[-1]:,} to {sizes[0]:,}"
        figures.append(Figure(name, f"{growth:.2f}", f"<= {GROWTH:g}", growth <= GROWTH))
    figures += _beside(list(islice(_fresh(0), BATCH)))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    figures.append(Figure("peak memory", f"{peak / MEGABYTE:.0f} MB", "< 2000 MB", peak < PEAK_BYTES))
    return report("near-duplicates", figures)


def _at(place: Path, size: int, *, is_first: bool) -> tuple[list[Figure], float]:
    (place / "staging").mkdir()
    with attached(place / "warehouse.duckdb", memory_limit=WHOLE) as con:
        migrate(con, now=NOW)
        _fill(con, size)
        con.execute("CHECKPOINT archive")
        batches = [_numbered(size + number * BATCH, islice(_fresh(number), BATCH)) for number in range(BATCHES)]
        small = _numbered(2 * size, islice(_fresh(BATCHES), SMALL_BATCH))
        with ProcessPoolExecutor(1) as reader:  # in a run the processes that read captures do this
            reader.submit(_worded, small).result()
            start = time.perf_counter()
            worded = [reader.submit(_worded, rows) for rows in batches]
            for rows, told in zip(batches, worded, strict=True):
                _resolve(con, rows, told.result())
            seconds = time.perf_counter() - start
        start = time.perf_counter()
        _resolve(con, small, _worded(small))
        for_five = time.perf_counter() - start
    speed = BATCH * BATCHES / seconds
    bar = (f">= {TEXTS_PER_SECOND:,}/s", speed >= TEXTS_PER_SECOND) if is_first else ("", None)
    return [
        Figure(f"sketched, resolved and loaded with {size:,} held", f"{speed:,.0f}/s", *bar),
        Figure(
            f"  {SMALL_BATCH} texts",
            f"{for_five:.2f} s",
            f"< {SMALL_BATCH_SECONDS:g} s",
            for_five < SMALL_BATCH_SECONDS,
        ),
    ], seconds / (BATCH * BATCHES)


def _worded(rows: list[Row]) -> dict[tuple[str, int], bytes]:
    """The wordings of a batch, as reading processes tell them."""
    return {
        (row["input_sha256"], row["item"]): packed(wording(row["title"], row["body"], row["language"])) for row in rows
    }


def _numbered(first: int, rows: Iterable[Row]) -> list[Row]:
    return [row | {"reading_no": first + at} for at, row in enumerate(rows)]


def _resolve(con: duckdb.DuckDBPyConnection, rows: list[Row], worded: Mapping[tuple[str, int], bytes]) -> None:
    """Sketches and facts of a batch into the archive."""
    sketched, facts = relate(con, rows, worded)
    name = f"batch-{rows[0]['reading_no']}"
    journal = Journal(name, name, "bench", NOW, {"sketches": sketched, "relations": facts})
    load(con, journal, batch_no=rows[0]["reading_no"], path=name)


def _fresh(number: int) -> Iterator[Row]:
    """Readings as a batch has them: generated releases, a tenth of them issues of one notice."""
    notices = issues_of("open", OPEN[0], BATCH // 10)
    texts = (release(number * BATCH + at) for at in range(BATCH * 9 // 10))
    told = ({**_EMPTY, "title": text.partition("\n")[0], "body": text, "language": _language(text)} for text in texts)
    for at, row in enumerate(chain(map(reading, notices), told)):
        name = f"r{number}-{at}"
        known = {"release_id": name, "text_sha256": name, "input_sha256": name, "item": 0}
        yield row | known | {"version": 1, "reading": 1, "changed_fields": []}


_EMPTY = reading(base_issue(chance_of("open", "bench", 0), "en", 0))


def _language(text: str) -> str:
    return "en" if len(text.encode()) < 2 * len(text) else "zh-Hant"


def _fill(con: duckdb.DuckDBPyConnection, size: int) -> None:
    """Sketches of texts that are not there: of one in ten the bands are the notice's, else they are random.

    The flood's texts are alike in nine bands of ten, as issues are.
    """
    notice = sketches([reading(issue) for issue in islice(issues_of("open", OPEN[0], 1), 1)])[0]
    minima, masked = base64.b64encode(notice.minima).decode(), base64.b64encode(notice.masked).decode()
    con.execute(sql_of("fill_sketches"), {"size": size, "minima": minima, "masked": masked})
    for band, key in enumerate(found_under(notice)[: BANDS + 2]):
        con.execute(sql_of("fill_bands"), {"size": size, "band": band, "key": key & KEY})


def sql_of(name: str) -> str:
    """The text of `bench/<name>.sql`."""
    return (Path(__file__).parent / f"{name}.sql").read_text(encoding="utf-8")


def _beside(rows: list[Row]) -> list[Figure]:
    """The same texts sketched and looked up by datasketch, where it is installed."""
    if importlib.util.find_spec("datasketch") is None:
        return [Figure("datasketch beside it", "not installed", "pip install datasketch")]
    from datasketch import MinHash, MinHashLSH  # noqa: PLC0415  -- a peer, not a dependency

    start = time.perf_counter()
    made = sketches(rows)
    ours: dict[int, int] = {}
    alike: dict[int, list[int]] = {}
    for one in made:
        for key in found_under(one):
            if (first := ours.setdefault(key, one.reading_no)) != one.reading_no:  # most keys are met once
                alike.setdefault(key, [first]).append(one.reading_no)
    between = time.perf_counter()
    index = MinHashLSH(num_perm=128, params=(32, 4))
    for number, row in enumerate(rows):
        theirs = MinHash(num_perm=128)
        theirs.update_batch([shingle.encode() for shingle in shingles(row["body"])])
        index.query(theirs)
        index.insert(str(number), theirs)
    factor = (time.perf_counter() - between) / (between - start)
    return [Figure("faster than datasketch by", f"{factor:.1f}", f">= {TIMES_FASTER:g}", factor >= TIMES_FASTER)]


if __name__ == "__main__":
    sys.exit(main(tuple(int(size) for size in sys.argv[1:]) or SIZES))
