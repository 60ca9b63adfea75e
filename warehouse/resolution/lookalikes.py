"""Which earlier texts a new one may resemble: found by bands, in the archive and earlier in the batch alike.

Of a band that thousands share, such as the daily notice, only the newest few count; so work does not grow with a
flood. Whatever was issued within a day in nearly the same words is looked up by itself, so that a copy of one issue
among thousands finds that issue. How a run is cut into batches changes nothing.
"""

from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import chain
from operator import itemgetter, xor
from zlib import crc32

import duckdb
import pyarrow as pa

from warehouse.connection import sql
from warehouse.resolution.known import with_table
from warehouse.resolution.sketches import BANDS, Sketch, from_columns

NEWEST = 4  # texts taken of each band
SHORTLIST = 8  # texts compared with a new one
NEIGHBOURS = (-1, 0, 1)  # days
LAST = 2**63 - 1  # beyond any reading
Keys = tuple[list[int], list[int]]  # what a sketch is found under, and what others of nearly its day are
_OF_BAND = tuple(crc32(b"band %d" % number) for number in range(BANDS + 2))


def lookalikes(
    con: duckdb.DuckDBPyConnection, fresh: Sequence[Sketch], *, before: int | None = None
) -> Iterator[tuple[Sketch, list[Sketch]]]:
    """Each of `fresh` in its order, with the texts before it that it is worth comparing with.

    :param before: of the archive, only readings with a lower number count, as when these were met.
    """
    keys = [(found_under(one), _days(one, NEIGHBOURS)) for one in fresh]
    lists = list(_shortlists(fresh, keys, _in_archive(con, keys, before or LAST)))
    own = {one.reading_no: one for one in fresh}
    held = _held(con, set(chain.from_iterable(lists)) - own.keys()) | own
    for sketch, numbers in zip(fresh, lists, strict=True):
        yield sketch, [held[number] for number in numbers if held[number].release_id != sketch.release_id]


def add_bands(con: duckdb.DuckDBPyConnection, sketched: Iterable[Sketch]) -> None:
    """Makes sketches findable; called whenever rows of `sketches` are loaded."""
    keys, numbers = array("I"), array("q")
    for sketch in sketched:
        found_by = found_under(sketch)
        keys.extend(found_by)
        numbers.extend([sketch.reading_no] * len(found_by))
    with_table(con, "incoming_bands", pa.table({"key": _uint32(keys), "reading_no": _int64(numbers)}))
    con.execute("INSERT INTO lookup.bands SELECT key, reading_no FROM incoming_bands")
    con.unregister("incoming_bands")


def _shortlists(fresh: Iterable[Sketch], keys: Sequence[Keys], found: dict[int, list[int]]) -> Iterator[list[int]]:
    shared = found.keys() | _shared(keys)
    for sketch, (stored, days) in zip(fresh, keys, strict=True):
        near = [number for key in days if key in found for number in found[key][:NEWEST]]
        telling = [key for key in stored if key in shared]
        hits = Counter(chain(near, *[found[key][:NEWEST] for key in telling if key in found]))
        ranked = sorted(hits.items(), key=itemgetter(1), reverse=True)[:SHORTLIST]  # at par, as they came
        yield list(dict.fromkeys(chain(near, map(itemgetter(0), ranked))))
        for key in telling:
            found.setdefault(key, []).insert(0, sketch.reading_no)


def _shared(keys: Iterable[Keys]) -> set[int]:
    """The keys that more than one text of a batch is found or looked up under; most texts have none of them."""
    met: set[int] = set()
    again: set[int] = set()
    for stored, days in keys:
        own = {*stored, *days}
        again |= met & own
        met |= own
    return again


def found_under(sketch: Sketch) -> list[int]:
    """The keys a sketch is found under; equal values of different bands have different keys."""
    return [*map(xor, sketch.bands(), _OF_BAND), *_days(sketch, (0,))]


def _days(sketch: Sketch, offsets: Iterable[int]) -> list[int]:
    if not sketch.issued_on:
        return []
    day = date.fromisoformat(sketch.issued_on).toordinal()
    return [crc32(sketch.minima[:8] + (day + offset).to_bytes(4, "little")) for offset in offsets]


def _in_archive(con: duckdb.DuckDBPyConnection, keys: Iterable[Keys], before: int) -> dict[int, list[int]]:
    """The newest texts of the archive under each wanted key, newest first."""
    wanted = set(chain.from_iterable(chain(*pair) for pair in keys))
    with_table(con, "wanted_bands", pa.table({"key": _uint32(array("I", wanted))}))
    return dict(con.execute(sql("resolution/newest_alike"), {"kept": NEWEST, "before": before}).fetchall())


def _uint32(values: "array[int]") -> pa.UInt32Array:
    return pa.Array.from_buffers(pa.uint32(), len(values), [None, pa.py_buffer(values)])


def _int64(values: "array[int]") -> pa.Int64Array:
    return pa.Array.from_buffers(pa.int64(), len(values), [None, pa.py_buffer(values)])


def _held(con: duckdb.DuckDBPyConnection, numbers: set[int]) -> dict[int, Sketch]:
    if not numbers:
        return {}
    with_table(con, "wanted_sketches", pa.table({"reading_no": sorted(numbers)}))
    held = (from_columns(*row) for row in con.execute(sql("resolution/sketches_held")).fetchall())
    return {one.reading_no: one for one in held}
