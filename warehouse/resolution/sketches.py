"""Sketches: what is kept of every text to tell later whether another is nearly the same, in 192 bytes.

MinHash (Broder 1997) over word 5-shingles, character 5-shingles for Chinese with its script folded: 128 minima, of
each the low 8 bits (b-bit MinHash, Li and König 2010). Four together are one band: texts that agree in any of the 32
bands are candidates, and the share of equal bytes estimates Jaccard's coefficient with an error of 0.04 at one half.
A second sketch of 64 minima stands for the masked text (3-shingles), in which two issues of a notice read alike.
"""

import base64
import struct
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from types import MappingProxyType
from typing import Any
from zlib import crc32

import pyarrow as pa
import pyarrow.compute as pc
import rensa

from parsers.chineseforms import forms
from parsers.particulars import SIGNS
from parsers.text_units import MASK, Wording, kept_numbers, masked_title, masking, unpacked, wording
from sources.capture import rfc3339

TOGETHER, MASKED_TOGETHER = 5, 3
MINIMA, MASKED_MINIMA = 128, 64
BANDS = 32
SEED = 1997
_MIXERS = (0xBF58476D1CE4E5B9, 0x94D049BB133111EB)  # of splitmix64, whose finish is used here
_FACTORS = tuple(pow(0x9E3779B97F4A7C15, power, 2**64) for power in range(1, TOGETHER + 1))
_U64 = pa.uint64()
_CHANCE = 1 / 256  # that two different minima agree in 8 bits

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Sketch:
    """One text, as it is compared. `minima` has 128 bytes of the text, then 4 of its headline, 4 of its beginning.

    `figures` are in a row, with blanks between them; particulars among them, which earlier sketches have none of.
    """

    reading_no: int
    release_id: str
    publisher: str
    language: str
    title: str
    text_sha256: str
    issued_on: str | None
    issued_at: str | None
    minima: bytes
    masked: bytes
    shingles: int
    figures: str
    is_marked: bool

    @property
    def numbers(self) -> frozenset[str]:
        """The figures and days it names; of most texts that are looked up nobody asks."""
        return frozenset(number for number in self.figures.split() if number[0] not in SIGNS)

    @property
    def particulars(self) -> frozenset[str]:
        """Its numbers in words with their surroundings, and the people it names with their age."""
        return frozenset(number for number in self.figures.split() if number[0] in SIGNS)

    def likeness(self, other: "Sketch") -> float:
        """Estimated Jaccard coefficient of the texts: 0.0 to 1.0."""
        return next(self.likenesses((other,)))

    def masked_likeness(self, other: "Sketch") -> float:
        """The same of the masked texts."""
        return next(self.masked_likenesses((other,)))

    def likenesses(self, others: Iterable["Sketch"]) -> Iterator[float]:
        """The likeness of each of `others`; cheaper than one by one."""
        return _shares_equal(self.minima[:MINIMA], (other.minima[:MINIMA] for other in others))

    def masked_likenesses(self, others: Iterable["Sketch"]) -> Iterator[float]:
        """The same of the masked texts."""
        return _shares_equal(self.masked, (other.masked for other in others))

    def bands(self) -> tuple[int, ...]:
        """The 32 bands of the text, then its headline, then its beginning; 0 for none."""
        return struct.unpack(f"<{BANDS + 2}I", self.minima)

    def row(self) -> dict[str, Any]:
        """As a row of `sketches`."""
        told = {name: getattr(self, name) for name in PLAIN}
        parts = {"minima": self.minima, "masked": self.masked}
        coded = {name: base64.b64encode(part).decode() for name, part in parts.items()}
        return told | coded | {"numbers": self.figures}


PLAIN = (
    "reading_no",
    "release_id",
    "publisher",
    "language",
    "title",
    "text_sha256",
    "issued_on",
    "issued_at",
    "shingles",
    "is_marked",
)


def from_columns(issued_on: date | None, issued_at: datetime | None, *told: Any) -> Sketch:
    """A sketch from the columns of `sketches_held.sql`: the days, then all other fields in their order."""
    day = issued_on.isoformat() if issued_on else None
    minute = rfc3339(issued_at) if issued_at else None
    fields: tuple[Any, ...] = (*told[:6], day, minute, *told[6:])
    return Sketch(*fields)


def from_row(row: Row) -> Sketch:
    """The inverse of `Sketch.row`."""
    return Sketch(
        **{name: row[name] for name in PLAIN},
        minima=base64.b64decode(row["minima"]),
        masked=base64.b64decode(row["masked"]),
        figures=row["numbers"],
    )


Worded = Mapping[tuple[str, int], bytes]


def sketches(readings: Sequence[Row], told_before: Worded = MappingProxyType({})) -> list[Sketch]:
    """One sketch for each reading that has a text, in their order.

    `told_before` are packed wordings by digest of the input and number of the item, for readings that have one.
    """
    told = [row for row in readings if row["body"]]
    worded = [_wording(row, told_before) for row in told]
    plain, sizes = _minima([one.units for one in worded], TOGETHER, MINIMA)
    masked, _ = _minima(_masked(worded), MASKED_TOGETHER, MASKED_MINIMA)
    return [
        _sketch(row, one, low, size, masked_low)
        for row, one, low, size, masked_low in zip(told, worded, plain, sizes, masked, strict=True)
    ]


def _wording(row: Row, told_before: Worded) -> Wording:
    told = told_before.get((row["input_sha256"], row["item"])) if told_before else None
    if told:
        with suppress(ValueError):  # a reading process may say anything
            return unpacked(told)
    return wording(row["title"], row["body"], row["language"])


def _sketch(row: Row, one: Wording, low: bytes, size: int, masked: bytes) -> Sketch:
    title = masked_title(row["title"])
    return Sketch(
        reading_no=row["reading_no"],
        release_id=row["release_id"],
        publisher=row["publisher"],
        language=row["language"],
        title=row["title"],
        text_sha256=row["text_sha256"],
        issued_on=row["published_on"] or row["address_on"],
        issued_at=row["published_at"],
        minima=low + struct.pack("<II", crc32(title.encode()) if title else 0, one.lead),
        masked=masked,
        shingles=size,
        figures=" ".join(sorted(kept_numbers(one.numbers))),
        is_marked=one.marked,
    )


def _masked(worded: Sequence[Wording]) -> list["array[int]"]:
    """The units of each text with figures and the calendar alike."""
    plain = [one for one in worded if one.masked is None]
    alike = masking(frozenset().union(*(one.numbers for one in plain)))
    units = _uint32(b"".join(one.units.tobytes() for one in plain))
    is_alike = pc.is_in(units, value_set=pa.array(sorted(alike), pa.uint32()))
    data = memoryview(pc.if_else(is_alike, pa.scalar(MASK, pa.uint32()), units).buffers()[1]).cast("I")
    told, start = [], 0
    for one in worded:
        if one.masked is not None:
            told.append(one.masked)
            continue
        told.append(array("I", data[start : start + len(one.units)].tobytes()))
        start += len(one.units)
    return told


def _uint32(data: bytes) -> pa.UInt32Array:
    return pa.Array.from_buffers(pa.uint32(), len(data) // 4, [None, pa.py_buffer(data)])


def _minima(texts: Sequence["array[int]"], together: int, count: int) -> tuple[list[bytes], list[int]]:
    """The low bytes of each text's minima, and how many shingles it has, repeated ones included."""
    if not texts:
        return [], []
    padded = [text if len(text) >= together else text + array("I", [0] * (together - len(text))) for text in texts]
    hashes = _shingle_hashes(padded, together)
    starts = array("Q", [0])
    for text in padded:
        starts.append(starts[-1] + len(text) - together + 1)
    matrix = rensa.RMinHash.digest_matrix_from_flat_token_hashes(hashes, starts, count, SEED)
    return [array("I", row).tobytes()[::4] for row in matrix.to_rows()], [len(text) - together + 1 for text in padded]


def _shingle_hashes(texts: Sequence["array[int]"], together: int) -> memoryview:
    """A 64-bit hash of every `together` units in a row within each text, all texts one after another."""
    data = b"".join(text.tobytes() for text in texts)
    units = _folded(_uint32(data)).cast(_U64)
    count = len(units) - together + 1
    hashes = pc.multiply(units.slice(0, count), _u64(_FACTORS[0]))
    for place in range(1, together):
        hashes = pc.add(hashes, pc.multiply(units.slice(place, count), _u64(_FACTORS[place])))
    for shift, mixer in zip((30, 27), _MIXERS, strict=True):
        hashes = pc.multiply(pc.bit_wise_xor(hashes, pc.shift_right(hashes, _u64(shift))), _u64(mixer))
    within = b"".join(b"\1" * (len(text) - together + 1) + bytes(together - 1) for text in texts)[:count]
    kept = pc.equal(pa.Array.from_buffers(pa.uint8(), count, [None, pa.py_buffer(within)]), pa.scalar(1, pa.uint8()))
    found = hashes.filter(kept)
    whole = memoryview(found.buffers()[1]).cast("Q")
    return whole[found.offset : found.offset + len(found)]


def _folded(units: pa.UInt32Array) -> pa.UInt32Array:
    """Characters in their Simplified forms; what is no ideograph stays."""
    table = _table_of_forms()
    within = pc.less(units, pa.scalar(len(table), pa.uint32()))
    return pc.if_else(within, pc.take(table, pc.min_element_wise(units, pa.scalar(len(table) - 1, pa.uint32()))), units)


@cache
def _table_of_forms() -> pa.UInt32Array:
    return pa.array([forms().get(code, code) for code in range(0xA000)], pa.uint32())


def _u64(value: int) -> pa.Scalar:
    return pa.scalar(value, _U64)


def _shares_equal(one: bytes, others: Iterable[bytes]) -> Iterator[float]:
    mine, size = int.from_bytes(one, "little"), len(one)
    for other in others:
        equal = (mine ^ int.from_bytes(other, "little")).to_bytes(size, "little").count(0) / size
        yield max(0.0, (equal - _CHANCE) / (1 - _CHANCE))
