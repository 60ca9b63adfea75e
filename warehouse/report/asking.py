"""Questions of the report: what is shown beside a figure is the very text that was asked."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import duckdb

from sources.errors import ArchiveError
from warehouse.connection import sql

Row = Mapping[str, Any]
BLANK = re.compile(r"\$(\w+)")
OF_PUBLISHER = "$of_publisher"
ABSENT = (duckdb.CatalogException, duckdb.BinderException)


@dataclass(frozen=True, slots=True)
class Answer:
    """A question as it was asked, and its rows. `lacks` says why there are none where the archive cannot tell."""

    question: str
    rows: tuple[Row, ...] = ()
    lacks: str | None = None

    @property
    def of_all(self) -> int:
        """How many there are, shown or not, where the question counts them as `of_all`."""
        return int(self.rows[0]["of_all"]) if self.rows else 0

    @property
    def more(self) -> int:
        """How many are not shown."""
        return self.of_all - len(self.rows)


def ask(con: duckdb.DuckDBPyConnection, name: str, values: Mapping[str, str]) -> Answer:
    """Asks `warehouse/report/<name>.sql`.

    An archive that was published before a view was made has no answer to it, and says so.

    :param values: SQL for each blank of the question; see `filled`.
    :raises ArchiveError: when it fails otherwise.
    """
    question = filled(sql(f"report/{name}"), values)
    try:
        found = con.execute(question)
    except ABSENT as error:
        return Answer(question, lacks=str(error).partition("\n")[0])
    except duckdb.Error as error:
        raise ArchiveError(
            f"report/{name}.sql: {error}; `communique rebuild` makes the archive again from raw"
        ) from error
    names = [column[0] for column in found.description or []]
    return Answer(question, tuple(dict(zip(names, row, strict=True)) for row in found.fetchall()))


def filled(text: str, values: Mapping[str, str]) -> str:
    """A question with its blanks (`$since`) filled in, so that a person can ask it again word by word.

    Lines that hold what is asked to one publisher are left out where all are asked for.
    """
    kept = [line for line in text.strip().splitlines() if OF_PUBLISHER not in line or "of_publisher" in values]
    return BLANK.sub(lambda blank: values[blank[1]], "\n".join(kept))
