"""The data dictionary as a page of Markdown: what can be asked, the question first, then every column and table."""

from collections.abc import Iterable, Iterator, Sequence

from warehouse.dictionary import Column, Part

GROUPS = {
    "What was issued": ("releases", "versions", "coverage_daily", "volume_daily", "delays", "as_of"),
    "Words": ("search", "hits", "may_have", "timeline", "first_mention", "trend"),
    "What was changed": ("edits", "silent_edits", "diff"),
    "What went, and what is lacking": ("vanished", "list_changes", "gaps", "missing_editions", "windows"),
    "What belongs together": (
        "editions",
        "edition_differences",
        "syndication",
        "series",
        "clusters",
        "relations",
        "duplicates",
    ),
    "Who is named": ("people", "offices", "mentions", "appears_with", "who_met_whom", "people_resolved"),
    "How we know": ("evidence", "files", "rereadings", "reparses", "field_fill", "quarantine_open", "withheld"),
    "How the archive fares": (
        "runs_recent",
        "outcomes_by_run",
        "source_health",
        "alarms_open",
        "courtesy",
        "upkeep",
    ),
}
"""Views and macros in the order in which a reader comes to want them; those not named here follow at the end."""

REST = "More"
SCHEMAS = {
    "kept": "Everything that was ever decided, in the order it was loaded; rows are added and never changed. Views and"
    " macros read these tables.",
    "named": "Who and what is named; it follows from the readings and is made again when the rules change.",
    "published": "What only this copy has, so that views and macros answer fast: it is made anew or added to whenever"
    " the archive is published, and may change from one version of the program to the next.",
    "main": "Beside the views and macros.",
}
HEAD = """\
# Data dictionary

Everything in `archive.duckdb`, from the comments that it carries itself; made by `communique dictionary`. Each view and
macro answers the question below its name. A view is asked like a table (`FROM releases`), a macro like a table with a
blank to fill in (`FROM search('ferry')`; parameters with `:=` may be left out). Times are instants in UTC, days are
local to the publisher, lists start at 1.

[Ready queries](queries.md) show them at work, [opening the file](opening.md) says from where they can be asked, and
[the archive](archive.md) explains the words.
"""


def dictionary_page(parts: Sequence[Part]) -> str:
    """The whole page; the same parts give the same text."""
    asked = {part.name: part for part in parts if part.kind in ("view", "macro")}
    grouped = {name for names in GROUPS.values() for name in names}
    groups = {**GROUPS, REST: tuple(name for name in asked if name not in grouped)}
    found = {title: [asked[name] for name in names if name in asked] for title, names in groups.items()}
    lines = [HEAD, *_contents(found)]
    told: dict[tuple[Column, ...], str] = {}
    for title, group in found.items():
        if group:
            lines += [f"## {title}", "", *(line for part in group for line in _asked(part, told))]
    lines += ["## Tables", "", *(line for schema in SCHEMAS for line in _schema(schema, parts))]
    return "\n".join(lines).rstrip() + "\n"


def _contents(found: dict[str, list[Part]]) -> Iterator[str]:
    yield from ("| question | ask |", "|---|---|")
    for title, group in found.items():
        if group:
            yield f"| **{title}** | |"
        for part in group:
            yield f"| {_cell(part.comment)} | [`{part.name}`](#{part.name}) |"
    yield ""


def _asked(part: Part, told: dict[tuple[Column, ...], str]) -> Iterator[str]:
    yield from (f"### {part.name}", "", part.comment, "")
    if part.kind == "macro":
        yield from ("```sql", f"FROM {part.name}({part.parameters})", "```", "")
    if part.columns in told:
        other = told[part.columns]
        yield from (f"The columns of [`{other}`](#{other}).", "")
    else:
        told[part.columns] = part.name
        yield from _columns(part.columns)


def _schema(schema: str, parts: Iterable[Part]) -> Iterator[str]:
    within = [part for part in parts if part.schema == schema]
    yield from (f"### Schema {schema}", "", SCHEMAS[schema], "")
    for part in within:
        if part.kind == "table":
            yield from (f"#### {schema}.{part.name}", "", part.comment, "", *_columns(part.columns))
    if functions := [part for part in within if part.kind == "function"]:
        yield from ("| function | what it gives |", "|---|---|")
        yield from (f"| `{schema}.{one.name}({one.parameters})` | {_cell(one.comment)} |" for one in functions)
        yield ""


def _columns(columns: Iterable[Column]) -> Iterator[str]:
    yield from ("| column | type | meaning |", "|---|---|---|")
    for one in columns:
        never_null = " not null" if one.always else ""
        yield f"| `{one.name}` | `{_cell(one.type)}`{never_null} | {_cell(one.comment)} |"
    yield ""


def _cell(text: str) -> str:
    """A text that stays within its cell."""
    return text.replace("|", "\\|").replace("\n", " ")
