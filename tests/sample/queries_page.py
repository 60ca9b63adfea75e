"""`docs/queries.md`: every ready query with its SQL and what the sample archive answers."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb

from flows.asking import ask
from warehouse.connection import opened_read_only
from warehouse.ready import Ready, fill_in, ready_queries

GROUPS = {
    "How much was issued": (
        "totals",
        "releases_by_publisher",
        "releases_by_day",
        "releases_by_language",
        "releases_by_office",
        "issued_on",
        "time_to_be_seen",
    ),
    "Words": ("search_words", "who_speaks_of_it", "first_mentions", "trend_of_a_phrase"),
    "What was changed": (
        "edits_by_weight",
        "silent_edits_of_figures",
        "what_changed",
        "history_of_a_release",
        "as_it_read_then",
        "corrected_releases",
    ),
    "What went, and what is lacking": (
        "what_vanished",
        "missing_languages",
        "coverage_gaps",
        "put_aside",
        "needs_a_person",
    ),
    "Who is named": ("named_most", "offices_of_a_person", "where_is_named", "who_with_whom", "who_met_whom"),
    "What belongs together": ("copied_texts", "repeated_inputs", "recurring_notices", "languages_that_differ"),
    "How we know": ("evidence_of_a_field", "proof_of_a_release"),
}
DEPENDS = ("raw_offset",)
"""Columns that say something else on each machine: packed bytes differ in size."""

HEAD = """\
# Ready queries

Each is a file in `warehouse/queries/`. Copy one into whatever opens the archive ([how](opening.md)), or ask it by name:

```sh
communique ask                                              # lists them
communique ask first_mentions phrase="night boat"           # another value in a blank; --json for a program
communique ask what_changed --sql > mine.sql                # to be changed
```

What is yours to change stands at the top of each, as `SET VARIABLE`. Columns are explained in the
[dictionary](dictionary.md).

The answers below are those of the sample archive: two months of an invented Ministry of Tides and its neighbours, the
eight days of `make demo` among them. `python -m tests.sample FOLDER` makes it in a few seconds, and `make papers` this
page. Times are in UTC.
"""


def queries_page(archive: Path) -> str:
    """The whole page, as that archive answers."""
    known = ready_queries()
    lines = [HEAD, "| question | ask |", "|---|---|"]
    for title, names in GROUPS.items():
        lines.append(f"| **{title}** | |")
        lines += [f"| {known[name].question} | [`{name}`](#{name}) |" for name in names]
    for title, names in GROUPS.items():
        lines += ["", f"## {title}"]
        with opened_read_only(archive) as con:
            lines += [line for name in names for line in _told(known[name], con)]
    return "\n".join(lines) + "\n"


def _told(one: Ready, con: duckdb.DuckDBPyConnection) -> Iterator[str]:
    yield from ("", f"### {one.name}", "", "```sql", one.sql.rstrip(), "```", "")
    answer = ask(con, fill_in(con, one, {}))
    yield f"| {' | '.join(answer.columns)} |"
    yield "|" + "---|" * len(answer.columns)
    for portion in answer.rows:
        for row in portion:
            cells = (_cell(name, value) for name, value in zip(answer.columns, row, strict=True))
            yield f"| {' | '.join(cells)} |"


def _cell(column: str, value: Any) -> str:
    if column in DEPENDS:
        return "…"
    match value:
        case None:
            return ""
        case list():
            return ", ".join(map(str, value))
        case dict():
            return json.dumps(value, ensure_ascii=False)
    return str(value).replace("\\", "\\\\").replace("|", "\\|").replace("*", "\\*").replace("\n", " ")
