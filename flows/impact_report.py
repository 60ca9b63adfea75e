"""The report of a reparse for people: a table, and Markdown that stands alone."""

from collections.abc import Iterable

from rich.table import Table

from flows.console import printable, table
from flows.impact import Impact, Told

COLUMNS = ("parser", "today", "field", "change", "n", "release", "before", "after")


def as_table(impact: Impact, title: str) -> Table:
    """One row for each kind of change, with its first sample."""
    shown = table(title, COLUMNS)
    for row in impact.rows():
        shown.add_row(*(printable(row[name]) for name in COLUMNS))
    return shown


def as_markdown(impact: Impact, title: str) -> str:
    """Totals, then what changes by parser version, then every sample."""
    lines = [f"# {title}", ""]
    lines += [f"- {name.replace('_', ' ')}: {count:,}" for name, count in impact.totals().items()]
    lines += ["", "## By parser version", "", "| read by | today | readings | that change |", "|---|---|---|---|"]
    for (was, now), n in sorted(impact.compared.items()):
        lines.append(f"| {was} | {now} | {n:,} | {impact.changed[was, now]:,} |")
    lines += ["", "## By field", "", "| read by | today | field | change | readings |", "|---|---|---|---|---|"]
    for row in impact.rows():
        lines.append("| " + " | ".join(_cell(row[name]) for name in COLUMNS[:5]) + " |")
    lines += [
        "",
        "## Samples",
        "",
        "| field | change | release | as it stands | as it would read |",
        "|---|---|---|---|---|",
    ]
    for (_, name, how), told in impact.fields.items():
        lines += _samples(name, how, told)
    for (_, why), told in impact.rejected.items():
        lines += _samples("", why, told)
    lines += [*_samples("", "key of another release", impact.conflicts)]
    lines += [*_samples("", "readable by replay", impact.readable)]
    lines += [f"\nDamaged, not read: {_cell(one)}" for one in impact.damaged]
    return "\n".join(lines) + "\n"


def _samples(name: str, how: str, told: Told) -> Iterable[str]:
    for one in told.samples:
        release = f"{one.release_id} v{one.version}" if one.version else one.release_id
        yield "| " + " | ".join(_cell(cell) for cell in (name, how, release, one.before, one.after)) + " |"


def _cell(value: object) -> str:
    return printable(value).replace("|", "\\|")
