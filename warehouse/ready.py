"""Ready questions: `queries/*.sql`, one each, to be asked as they stand or with other values in their blanks.

The first line of a file is its question. A blank is a line `SET VARIABLE name = value; -- what it takes`; behind the
blanks stands one query.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import duckdb

from sources.errors import ArchiveError, ConfigError
from warehouse.commenting import question

QUERIES = Path(__file__).parent / "queries"
BLANK = re.compile(r"^SET VARIABLE (?P<name>\w+) = (?P<value>.+); -- (?P<takes>.+)$", re.M)


@dataclass(frozen=True, slots=True)
class Blank:
    """A value that may be given; `value` is the SQL that stands for it otherwise."""

    name: str
    value: str
    takes: str


@dataclass(frozen=True, slots=True)
class Ready:
    """One ready question; `sql` is the whole file."""

    name: str
    question: str
    sql: str
    blanks: tuple[Blank, ...]


def ready_queries() -> dict[str, Ready]:
    """All of them by name, which is that of the file."""
    return {path.stem: _read(path) for path in sorted(QUERIES.glob("*.sql"))}


def fill_in(con: duckdb.DuckDBPyConnection, asked: Ready, given: Mapping[str, str]) -> str:
    """Sets the blanks as variables of the connection; gives the query to be asked.

    :param given: values by blank; an empty one stands for NULL.
    :raises ConfigError: for a blank that the question does not have.
    :raises ArchiveError: when the archive cannot say what stands in a blank.
    """
    for name in given:
        if name not in {blank.name for blank in asked.blanks}:
            there = ", ".join(blank.name for blank in asked.blanks) or "none"
            raise ConfigError(f"{asked.name} has no blank {name!r}; it has: {there}")
    try:
        for blank in asked.blanks:
            if blank.name in given:
                con.execute(f"SET VARIABLE {blank.name} = $1", [given[blank.name] or None])
            else:
                con.execute(f"SET VARIABLE {blank.name} = {blank.value}")
    except duckdb.Error as error:
        raise ArchiveError(str(error)) from error
    return BLANK.sub("", asked.sql)


def _read(path: Path) -> Ready:
    text = path.read_text(encoding="utf-8")
    blanks = tuple(Blank(found["name"], found["value"], found["takes"]) for found in BLANK.finditer(text))
    return Ready(path.stem, question(text), text, blanks)
