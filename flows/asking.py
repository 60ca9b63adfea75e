"""A question in SQL to the published archive, and its answer as JSON values."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import count
from math import isfinite
from typing import Any

import duckdb
from pydantic_core import from_json

from sources.capture import rfc3339
from sources.errors import ArchiveError
from warehouse.connection import opened_read_only
from warehouse.home import Home

ROWS_AT_ONCE = 1_000


@dataclass(frozen=True, slots=True)
class Answer:
    """Column names, and all rows in portions; instants as RFC 3339 in UTC, days as ISO, blobs as hex."""

    columns: tuple[str, ...]
    rows: Iterator[list[tuple[Any, ...]]]


def ask(con: duckdb.DuckDBPyConnection, question: str) -> Answer:
    """Runs SQL on an open archive.

    :raises ArchiveError: with DuckDB's own words when it cannot be answered.
    """
    try:
        found = con.execute(question)
        if found is None:
            raise ArchiveError('nothing was asked; try "FROM releases LIMIT 5"')
        description = found.description or []
        reader = found.to_arrow_reader(ROWS_AT_ONCE) if description else None
    except duckdb.Error as error:
        raise ArchiveError(str(error)) from error
    json_columns = {place for place, column in enumerate(description) if str(column[1]) == "JSON"}
    return Answer(_told_apart(column[0] for column in description), _portions(reader, json_columns))


def rows_of(home: Home, question: str) -> list[dict[str, Any]]:
    """All rows of a short answer."""
    with opened_read_only(home.archive) as con:
        answer = ask(con, question)
        return [dict(zip(answer.columns, row, strict=True)) for portion in answer.rows for row in portion]


def _told_apart(names: Iterable[str]) -> tuple[str, ...]:
    """Columns of one name are numbered from the second on, or one would hide the other in an object."""
    taken: list[str] = []
    for name in names:
        free = (f"{name}_{number}" if number else name for number in count())
        taken.append(next(one for one in free if one not in taken))
    return tuple(taken)


def _portions(reader: Any, json_columns: set[int]) -> Iterator[list[tuple[Any, ...]]]:
    if reader is None:
        return
    try:
        for batch in reader:
            columns = [
                [
                    _parsed(value) if place in json_columns else told(value)
                    for value in column.to_pylist(maps_as_pydicts="lossy")
                ]
                for place, column in enumerate(batch.columns)
            ]
            yield list(zip(*columns, strict=True))
    except (duckdb.Error, OSError) as error:
        raise ArchiveError(str(error)) from error
    except (OverflowError, ValueError) as error:
        raise ArchiveError(f"{error}; cast that column to VARCHAR to see it") from error


def _parsed(value: Any) -> Any:
    return None if value is None else from_json(value)


def told(value: Any) -> Any:
    """One value as JSON has it."""
    match value:
        case datetime():
            return rfc3339(value) if value.tzinfo else value.isoformat()
        case date() | time():
            return value.isoformat()
        case bytes():
            return value.hex()
        case Decimal():
            return int(value) if value == value.to_integral_value() else float(value)
        case float() if not isfinite(value):
            return None
        case tuple():  # an interval, as Arrow gives it
            return dict(zip(("months", "days", "nanoseconds"), value, strict=True))
        case list():
            return [told(part) for part in value]
        case dict():
            return {str(name): told(part) for name, part in value.items()}
        case timedelta():
            return value.total_seconds()
        case None | bool() | int() | float() | str():
            return value
        case _:
            return str(value)
