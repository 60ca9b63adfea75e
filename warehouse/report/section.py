"""What every section of the report is made of."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import duckdb

from warehouse.report.asking import Answer, ask
from warehouse.report.period import Period


@dataclass(frozen=True, slots=True)
class Section:
    """One section: `name` is its place in the page and its template, `label` stands in the list of sections,
    `facts` are what the template tells."""

    name: str
    label: str
    title: str
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Desk:
    """Where sections ask: an open archive, and the period that is told of."""

    con: duckdb.DuckDBPyConnection
    period: Period

    def ask(self, name: str, most: int = 0) -> Answer:
        """Asks `<name>.sql`, for at most so many rows where the question has a bound."""
        return ask(self.con, name, {**self.period.values, "most": str(most)})
