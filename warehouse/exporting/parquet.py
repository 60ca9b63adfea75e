"""Parquet, a file for each publisher and year: `releases/publisher=…/year=…/part-0.parquet`, packed with zstd.

The folders are Hive partitions, so that DuckDB, Arrow, Spark and R read only what is asked for. Every file has all
columns of the view, publisher included, and can be taken alone. In a file, rows stand in the order they were loaded.
The archive is read once, in portions that are cut by what is in them: memory goes with a portion and with the files
that are written at once, and no byte depends on how quickly the rows came.
"""

import re
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from warehouse.commenting import quoted
from warehouse.connection import sql
from warehouse.exporting.columns import columns_told
from warehouse.exporting.job import Job

PIECE = 2_000  # rows; portions are made of pieces of just so many
PORTION = 50_000  # rows sorted into their files at a time
PORTION_BYTES = 64_000_000  # of text in the same
OPEN_FILES = 200  # partitions written at once; a system allows a process as few as 256 files
ZSTD_LEVEL = 1  # a tenth more bytes than the usual 3, in two thirds of the time
MEMORY = pa.system_memory_pool()  # of portions; Arrow's own gives large pieces back, and the system clears them
SEGMENT_BYTES = 240  # file systems take 255

_ESCAPED = re.compile(r"""[\x00-\x20\x7f"#%'*/:=?\\{}\[\]^<>|$&;]""")  # what Hive escapes, and what shells trip over

Partition = tuple[int, str]  # year and publisher
Parts = list[tuple[Partition, pa.Table]]


def write(job: Job) -> None:
    """Writes the wanted rows, a folder for each publisher and in it one for each year of `day`."""
    found = job.con.execute(sql("exporting/partitions")).fetchall()
    job.package.counts["rows"] = sum(rows for *_, rows in found)
    schema = _schema(job)
    if not found:
        pq.write_table(schema.empty_table(), job.package.path(f"{job.selection.view}/part-0.parquet"))
    by_year = sorted((year, publisher) for publisher, year, _ in found)
    for first in range(0, len(by_year), OPEN_FILES):
        _write_some(job, schema, by_year[first : first + OPEN_FILES], is_all=len(by_year) <= OPEN_FILES)


def segment(name: str, value: str) -> str:
    """One folder of a partition, as Hive names it; a value too long for a file system is cut and told apart."""
    told = f"{name}=" + _escaped(value)
    if len(told.encode()) <= SEGMENT_BYTES:
        return told
    ends = f"~{sha256(value.encode()).hexdigest()[:16]}"
    while len((told := f"{name}=" + _escaped(value) + ends).encode()) > SEGMENT_BYTES:
        value = value[:-1]
    return told


def _escaped(value: str) -> str:
    return _ESCAPED.sub(lambda found: f"%{ord(found[0]):02X}", value)


def _schema(job: Job) -> pa.Schema:
    """That of the view, with what it says of its columns."""
    read = job.con.execute("FROM rows_wanted LIMIT 0").to_arrow_reader(1).schema
    comments = {column.name: column.comment for column in columns_told(job.con, job.selection.view)}
    return pa.schema([_commented(field, comments.get(field.name)) for field in read])


def _commented(field: pa.Field, comment: str | None) -> pa.Field:
    return field.with_metadata({"comment": comment} if comment else None)


def _write_some(job: Job, schema: pa.Schema, some: list[Partition], *, is_all: bool) -> None:
    reader = job.con.execute(f"FROM rows_wanted WHERE {'true' if is_all else _condition(some)}").to_arrow_reader(PIECE)
    files: dict[Partition, pq.ParquetWriter] = {}
    try:
        for parts in _read_ahead(_parted(portion) for portion in portions(reader)):
            for partition, rows in parts:
                if partition not in files:
                    files[partition] = _opened(job, schema, partition)
                files[partition].write_table(rows.cast(schema))
    finally:
        for writer in files.values():
            writer.close()


def _condition(some: list[Partition]) -> str:
    """What tells the rows of some partitions; by its days, most of the archive is passed over unread."""
    days = f"DATE '{some[0][0]:04d}-01-01' AND DATE '{some[-1][0]:04d}-12-31'"
    wanted = ", ".join(f"({year}, {quoted(publisher)})" for year, publisher in some)
    return f'"day" BETWEEN {days} AND (year("day"), publisher) IN ({wanted})'


def portions(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.Table]:
    """The same rows in larger tables, cut where their number and their text say so, not where batches end."""
    waiting: list[pa.Table] = []
    text = 0
    for piece in _pieces(batches):
        waiting.append(piece)
        text += pc.sum(pc.binary_length(piece["body"])).as_py() or 0
        if len(waiting) * PIECE >= PORTION or text >= PORTION_BYTES:
            yield _one(waiting)
            text = 0
    if waiting:
        yield _one(waiting)


def _one(pieces: list[pa.Table]) -> pa.Table:
    """The pieces as one, which is sorted in a quarter of the time; they are gone from the list and from memory."""
    whole = pa.concat_tables(pieces)
    pieces.clear()
    return whole.combine_chunks(memory_pool=MEMORY)


def _pieces(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.Table]:
    """The same rows in tables of exactly `PIECE`, but for the last."""
    waiting: list[pa.RecordBatch] = []
    count = 0
    for batch in batches:
        waiting.append(batch)
        count += len(batch)
        while count >= PIECE:
            whole = pa.Table.from_batches(waiting)
            yield whole.slice(0, PIECE)
            waiting = whole.slice(PIECE).to_batches()
            count -= PIECE
    if count:
        yield pa.Table.from_batches(waiting)


def _read_ahead(portions_parted: Iterator[Parts]) -> Iterator[Parts]:
    """The same; while one is written, the next is read and sorted."""
    with ThreadPoolExecutor(1) as reading:
        coming = reading.submit(next, portions_parted, None)
        while (parts := coming.result()) is not None:
            coming = reading.submit(next, portions_parted, None)
            yield parts


def _parted(portion: pa.Table) -> Parts:
    """The rows of each partition, in their order."""
    keys = pa.table({"year": pc.year(portion["day"]), "publisher": portion["publisher"]})
    order = pc.sort_indices(keys, sort_keys=[("year", "ascending"), ("publisher", "ascending")])  # stable
    counted = keys.group_by(["year", "publisher"]).aggregate([([], "count_all")]).to_pylist()
    rows = pc.take(portion, order, memory_pool=MEMORY)
    parts: Parts = []
    first = 0
    for year, publisher, count in sorted((one["year"], one["publisher"], one["count_all"]) for one in counted):
        parts.append(((year, publisher), rows.slice(first, count)))
        first += count
    return parts


def _opened(job: Job, schema: pa.Schema, partition: Partition) -> pq.ParquetWriter:
    year, publisher = partition
    name = f"{job.selection.view}/{segment('publisher', publisher)}/year={year}/part-0.parquet"
    # Without dictionaries, as zstd finds what repeats: the same size in a fifth less time.
    return pq.ParquetWriter(
        job.package.path(name), schema, compression="zstd", compression_level=ZSTD_LEVEL, use_dictionary=False
    )
