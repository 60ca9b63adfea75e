"""Views and macros: the questions the published archive answers, one file each, the first line the question.

A view lies in `views/`, a macro (a question with a blank to fill in) in `macros/`. Either may stand on the
others, in any order of files.
"""

import hashlib
from collections.abc import Mapping
from pathlib import Path

import duckdb

from sources.errors import ArchiveError
from warehouse.commenting import column_comments, inherited_comments, question, quoted

Comments = dict[str, dict[str, str]]  # by relation (tables with their schema) and column
VIEWS = Path(__file__).parent / "views"
MACROS = Path(__file__).parent / "macros"
MADE = """SELECT 'VIEW', view_name FROM duckdb_views() WHERE NOT internal AND database_name = current_database()
UNION ALL SELECT DISTINCT 'MACRO TABLE', function_name FROM duckdb_functions()
WHERE function_type = 'table_macro' AND NOT internal AND database_name = current_database()"""


def create_views(con: duckdb.DuckDBPyConnection, *folders: Path) -> None:
    """Creates every view and macro with its comments.

    :param folders: where the files lie; those of this program when none is named.
    :raises ArchiveError: naming the file that stands on something that is not there.
    """
    files = [path for folder in folders or (VIEWS, MACROS) for path in sorted(folder.glob("*.sql"))]
    waiting = {path: path.read_text(encoding="utf-8") for path in files}
    told: dict[str, str] = {}
    while waiting:
        made = [path for path, text in waiting.items() if _created(con, text)]
        if not made:
            path, text = next(iter(waiting.items()))
            raise ArchiveError(f"{path.name}: {_complaint(con, text)}")
        told |= {path.stem: waiting.pop(path) for path in made}
    _comment(con, told)


def drop_views(con: duckdb.DuckDBPyConnection) -> None:
    """Removes every view and macro of the open database, those included that this program no longer has."""
    for kind, name in con.execute(MADE).fetchall():
        con.execute(f'DROP {kind} IF EXISTS "{name}"')


def digest_of_answers() -> str:
    """Changes whenever the text of a view or macro does, or of the comments its columns inherit."""
    rooms = (VIEWS, MACROS, VIEWS.parent / "schema")
    whole = hashlib.sha256(Path(__file__).read_bytes())
    for path in (path for room in rooms for path in sorted(room.glob("*.sql"))):
        whole.update(f"{path.name}\n".encode() + path.read_bytes())
    return whole.hexdigest()


def _created(con: duckdb.DuckDBPyConnection, text: str) -> bool:
    return _complaint(con, text) is None


def _complaint(con: duckdb.DuckDBPyConnection, text: str) -> duckdb.Error | None:
    try:
        con.execute(text)
    except duckdb.CatalogException as error:
        return error
    return None


def _column_comments(con: duckdb.DuckDBPyConnection) -> Comments:
    """What the tables say of their columns; a view that passes a column on says the same."""
    found = con.execute(
        "SELECT schema_name || '.' || table_name, map_from_entries(list((column_name, comment))) FROM duckdb_columns()"
        " WHERE schema_name != 'main' AND comment IS NOT NULL AND database_name = current_database() GROUP BY ALL"
    )
    return dict(found.fetchall())


def _comment(con: duckdb.DuckDBPyConnection, told: Mapping[str, str]) -> None:
    """Comments views and macros, by the text of each in the order in which they stand on each other.

    All columns are asked for at once: DuckDB looks at every view there is each time.
    """
    found = con.execute(
        "SELECT table_name, list(column_name) FROM duckdb_columns() WHERE schema_name = 'main'"
        " AND database_name = current_database() GROUP BY table_name"
    )
    columns: dict[str, list[str]] = dict(found.fetchall())
    said, comments = _column_comments(con), []
    for name, text in told.items():
        meant = {**inherited_comments(text, said), **column_comments(text)}
        said[name] = {column: meant[column] for column in columns.get(name, ()) if column in meant}
        comments.append(f"{'VIEW' if name in columns else 'MACRO TABLE'} {name} IS {quoted(question(text))}")
        comments += [f'COLUMN {name}."{column}" IS {quoted(comment)}' for column, comment in said[name].items()]
    con.execute(";".join(f"COMMENT ON {comment}" for comment in comments))
