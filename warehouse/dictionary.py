"""What stands in a published archive and what it means, from the comments that the archive itself carries.

DuckDB comments no columns of macros: what these mean comes from the files they are made of, as the rest does.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

import duckdb

from warehouse.answering import MACROS
from warehouse.commenting import column_comments, inherited_comments
from warehouse.connection import sql

Kind = Literal["view", "macro", "table", "function"]
SIGNATURE = re.compile(r"^CREATE MACRO (?P<name>\w+)\((?P<parameters>.*)\) AS TABLE$", re.M)


@dataclass(frozen=True, slots=True)
class Column:
    """One column; `always` is true where it is declared to be never null."""

    name: str
    type: str
    comment: str
    always: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """One thing that can be asked. Views and macros lie in the schema `main`; `parameters` stand as declared."""

    kind: Kind
    schema: str
    name: str
    comment: str
    columns: tuple[Column, ...] = ()
    parameters: str = ""


def described(con: duckdb.DuckDBPyConnection) -> list[Part]:
    """Everything of the open database but DuckDB's own, by schema and name; comments are empty where there are none."""
    found = [_part(*row) for row in con.execute(sql("described")).fetchall()]
    said = {_relation(part): {column.name: column.comment for column in part.columns} for part in found}
    return [_with_answer(con, part, said) if part.kind == "macro" else part for part in found]


def _relation(part: Part) -> str:
    return part.name if part.schema == "main" else f"{part.schema}.{part.name}"


def _part(
    kind: Kind, schema: str, name: str, comment: str, parameters: list[str] | None, columns: list[dict[str, Any]] | None
) -> Part:
    told = tuple(Column(**column) for column in columns or ())
    return Part(kind, schema, name, comment, told, ", ".join(parameters or ()))


def _with_answer(con: duckdb.DuckDBPyConnection, macro: Part, said: Mapping[str, Mapping[str, str]]) -> Part:
    """The macro with the columns it answers with, told by asking it nothing."""
    text = (MACROS / f"{macro.name}.sql").read_text(encoding="utf-8")
    declared = SIGNATURE.search(text)
    parameters = declared["parameters"] if declared else macro.parameters
    blanks = ", ".join("NULL" for one in parameters.split(", ") if ":=" not in one)
    answer = con.execute(f'DESCRIBE FROM "{macro.name}"({blanks})').fetchall()
    comments = {**inherited_comments(text, said), **column_comments(text)}
    columns = tuple(Column(str(name), str(kind), comments.get(str(name), "")) for name, kind, *_ in answer)
    return replace(macro, columns=columns, parameters=parameters)


def unexplained(parts: Iterable[Part]) -> Iterator[str]:
    """Names of what carries no comment, columns as `view.column`."""
    for part in parts:
        if not part.comment.strip():
            yield part.name
        yield from (f"{part.name}.{column.name}" for column in part.columns if not column.comment.strip())
