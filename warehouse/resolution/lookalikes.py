"""Which earlier texts a new one may resemble: found by bands, in the archive and earlier in the batch alike.

Of a band that thousands share, such as the daily notice, only the newest few count; so work does not grow with a
flood. Whatever was issued within a day in nearly the same words is looked up by itself, so that a copy of one issue
among thousands finds that issue. How a run is cut into batches changes nothing.
"""

from array import array
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from itertools import chain
from operator import itemgetter, or_
from zlib import crc32

import duckdb
import pyarrow as pa

from warehouse.connection import sql
from warehouse.resolution.known import rows, with_table
from warehouse.resolution.sketches import BANDS, Sketch, from_columns, from_row

NEWEST = 4  # texts taken of each band
SHORTLIST = 8  # texts compared with a new one
NEIGHBOURS = (-1, 0, 1)  # days
LAST = 2**63 - 1  # beyond any reading
Keys = tuple[list[int], list[int]]  # what a sketch is found under, and what others of nearly its day are
DAY = BANDS + 2  # the band of the first minima with a day; those before it are `Sketch.bands`
KEY_BITS = 32
KEY = 2**KEY_BITS - 1
_PLACES = tuple(band << KEY_BITS for band in range(DAY))
AT_ONCE = 20_000  # sketches held in memory
FAR = 20_000  # readings that take longer to read through than another question takes


def lookalikes(
    con: duckdb.DuckDBPyConnection, fresh: Sequence[Sketch], *, before: int | None = None
) -> Iterator[tuple[Sketch, list[Sketch]]]:
    """Each of `fresh` in its order, with the texts before it that it is worth comparing with.

    :param before: of the archive, only readings with a lower number count, as when these were met.
    """
    keys = [(found_under(one), _days(one, NEIGHBOURS)) for one in fresh]
    lists = list(_shortlists(fresh, keys, _in_archive(con, keys, before or LAST)))
    own = {one.reading_no: one for one in fresh}
    held = sketches_of(con, set(chain.from_iterable(lists)) - own.keys()) | own
    for sketch, numbers in zip(fresh, lists, strict=True):
        yield sketch, [held[number] for number in numbers if held[number].release_id != sketch.release_id]


def add_bands(con: duckdb.DuckDBPyConnection, sketched: Iterable[Sketch]) -> None:
    """Makes sketches findable; called whenever rows of `sketches` are loaded.

    Band by band, so that a band's number takes no room and the readings under it follow each other.
    """
    by_band: list[tuple[array[int], array[int]]] = [(array("I"), array("q")) for _ in range(DAY + 1)]
    for sketch in sketched:
        for place in found_under(sketch):
            keys, numbers = by_band[place >> KEY_BITS]
            keys.append(place & KEY)
            numbers.append(sketch.reading_no)
    bands, all_keys, all_numbers = bytearray(), array("I"), array("q")
    for band, (keys, numbers) in enumerate(by_band):
        bands += bytes([band]) * len(keys)
        all_keys += keys
        all_numbers += numbers
    numbered = pa.Array.from_buffers(pa.uint8(), len(bands), [None, pa.py_buffer(bands)])
    told = {"band": numbered, "key": _uint32(all_keys), "reading_no": _int64(all_numbers)}
    with_table(con, "incoming_bands", pa.table(told))
    con.execute("INSERT INTO lookup.bands SELECT band, key, reading_no FROM incoming_bands")
    con.unregister("incoming_bands")


def refill_bands(con: duckdb.DuckDBPyConnection) -> None:
    """Makes all sketches findable again where a newer schema has emptied the bands; else costs nothing."""
    first, last = con.execute(sql("resolution/bands_wanting")).fetchone() or (None, None)
    if first is None:
        return
    con.execute("BEGIN")
    for start in range(first, last + 1, AT_ONCE):
        add_bands(con, sketches_of(con, range(start, start + AT_ONCE)).values())
    con.execute("COMMIT")


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
    """The places a sketch is found under: the number of a band, then in 32 bits what the sketch has there."""
    return [*map(or_, sketch.bands(), _PLACES), *_days(sketch, (0,))]


def _days(sketch: Sketch, offsets: Iterable[int]) -> list[int]:
    if not sketch.issued_on:
        return []
    day = date.fromisoformat(sketch.issued_on).toordinal()
    return [DAY << KEY_BITS | crc32(sketch.minima[:8] + (day + offset).to_bytes(4, "little")) for offset in offsets]


def _in_archive(con: duckdb.DuckDBPyConnection, keys: Iterable[Keys], before: int) -> dict[int, list[int]]:
    """The newest texts of the archive in each wanted place, newest first, and in places of other bands with its key."""
    wanted = {place & KEY for place in chain.from_iterable(chain(*pair) for pair in keys)}
    with_table(con, "wanted_bands", pa.table({"key": _uint32(array("I", wanted))}))
    return dict(con.execute(sql("resolution/newest_alike"), {"kept": NEWEST, "before": before}).fetchall())


def _uint32(values: "array[int]") -> pa.UInt32Array:
    return pa.Array.from_buffers(pa.uint32(), len(values), [None, pa.py_buffer(values)])


def _int64(values: "array[int]") -> pa.Int64Array:
    return pa.Array.from_buffers(pa.int64(), len(values), [None, pa.py_buffer(values)])


def sketches_of(con: duckdb.DuckDBPyConnection, numbers: Collection[int]) -> dict[int, Sketch]:
    """Sketches of the archive by the number of their reading, in no order."""
    with_table(con, "wanted_sketches", pa.table({"reading_no": pa.array(numbers, pa.int64())}))
    held: dict[int, Sketch] = {}
    for first, last in _stretches(sorted(numbers)):
        found = con.execute(sql("resolution/sketches_held"), {"first": first, "last": last}).fetchall()
        held |= {one.reading_no: one for one in (from_columns(*row) for row in found)}
    return held


def newest_of(con: duckdb.DuckDBPyConnection, releases: Iterable[str]) -> dict[str, Sketch]:
    """How releases read now, as far as they are sketched."""
    wanted = sorted(releases)
    if not wanted:
        return {}
    with_table(con, "wanted_releases", pa.table({"release_id": wanted}))
    return {row["release_id"]: from_row(row) for row in rows(con, sql("resolution/newest_sketches"))}


def _stretches(numbers: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Where the numbers lie, as first and last of each stretch; what lies far between two is not read."""
    first = last = None
    for number in numbers:
        if last is None or number - last > FAR:
            if first is not None and last is not None:
                yield first, last
            first = number
        last = number
    if first is not None and last is not None:
        yield first, last
