"""Comments in the database from comments in the SQL, so that each is written once.

In a schema file the line above a CREATE TABLE describes the table and what stands behind a column
describes the column. In a view file the first line is the question the view answers.
"""

import re
from collections.abc import Iterator, Mapping

TABLE = re.compile(
    r"^-- (?P<comment>[^\n]+)\nCREATE TABLE (?P<table>(?:kept|lookup|named|published)\.\w+) \(\n(?P<body>.*?)\n\);",
    re.M | re.S,
)
COLUMN = re.compile(r'^\s+"?(?P<column>\w+)"? .*? -- (?P<comment>.+)$', re.M)
MACRO = re.compile(r"^-- (?P<comment>[^\n]+)\nCREATE MACRO (?P<macro>published\.\w+)\(", re.M)
SELECTED = re.compile(r'(?:^|[\s.("])"?(?P<column>\w+)"?,? -- (?P<comment>.+)$', re.M)
RELATION = re.compile(r"\b(?:FROM|JOIN) (?P<name>\w+(?:\.\w+)?)")


def table_comments(schema: str) -> Iterator[str]:
    """COMMENT statements for every table, column and macro that a schema file creates."""
    for table in TABLE.finditer(schema):
        yield f"COMMENT ON TABLE {table['table']} IS {quoted(table['comment'])}"
        for column in COLUMN.finditer(table["body"]):
            yield f'COMMENT ON COLUMN {table["table"]}."{column["column"]}" IS {quoted(column["comment"])}'
    for macro in MACRO.finditer(schema):
        yield f"COMMENT ON MACRO {macro['macro']} IS {quoted(macro['comment'])}"


def question(view: str) -> str:
    """The first line of a view file, without its dashes."""
    return view.partition("\n")[0].removeprefix("--").strip()


def column_comments(view: str) -> dict[str, str]:
    """What a view file says of the columns it makes itself."""
    return {found["column"]: found["comment"] for found in SELECTED.finditer(view)}


def inherited_comments(view: str, said: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
    """What columns mean that a view file passes on: the same as in the first of the relations it reads.

    :param said: comments by relation (`kept.readings`, or a view's bare name) and column.
    """
    found: dict[str, str] = {}
    for relation in RELATION.finditer(view):
        found = {**said.get(relation["name"], {}), **found}
    return found


def quoted(text: str) -> str:
    """A SQL string literal."""
    return "'" + text.replace("'", "''") + "'"
