"""Coverage: a calendar of each source with what it issued, and with what the archive lacks."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from warehouse.report.asking import Row
from warehouse.report.period import Period
from warehouse.report.section import Desk, Section

SOURCES, LISTED, MARKED = 40, 20, 2_000
DATED = frozenset({"days", "window"})  # gaps that are whole days; others lie somewhere between two
SHADES = 4
HEADS = {"day": "%-d", "week": "%-d", "month": "%b", "year": "%Y"}
BEGINS: Mapping[str, Callable[[date], bool]] = {
    "day": lambda column: column.day == 1,
    "week": lambda column: column.day < 8,
    "month": lambda column: column.month == 1,
    "year": lambda column: column.year % 10 == 0,
}
APART = 3  # columns that a label takes


@dataclass(frozen=True, slots=True)
class Cell:
    """One column of a source: how many releases, how dark (0 to 4, against its own fullest), and why it is a gap."""

    column: date
    releases: int
    shade: int
    gap: str | None


@dataclass(frozen=True, slots=True)
class Line:
    """One source of the calendar."""

    source: str
    releases: int
    cells: tuple[Cell, ...]


def tell(desk: Desk) -> Section:
    """The calendar, the gaps in words, and what waits for another language."""
    known, lacking = desk.ask("coverage", SOURCES), desk.ask("gaps", MARKED)
    of_source: defaultdict[str, list[Row]] = defaultdict(list)
    for gap in lacking.rows:
        of_source[gap["source"]].append(gap)
    listed = lacking.rows[:LISTED]
    facts = {
        "answer": known,
        "lines": [_line(row, desk.period, of_source[row["source"]]) for row in known.rows],
        "heads": heads(desk.period),
        "head": HEADS[desk.period.step],
        "gaps": lacking,
        "listed": listed,
        "unlisted": lacking.of_all - len(listed),
        "untranslated": desk.ask("untranslated", LISTED),
    }
    return Section("coverage", "Coverage and gaps", "What the archive holds, and lacks", facts)


def heads(period: Period) -> list[tuple[date, str | None]]:
    """Each column with the month, or year, that begins in it; also the first, unless the next one is near."""
    begins = BEGINS[period.step]
    named = "%Y" if period.step in ("month", "year") else "%b"
    columns = period.columns
    found = [(column, column.strftime(named) if begins(column) else None) for column in columns]
    if not any(label for _, label in found[:APART]):
        found[0] = (columns[0], columns[0].strftime(named))
    return found


def _line(row: Row, period: Period, gaps: Sequence[Row]) -> Line:
    counted = {one["starts"]: one["releases"] for one in row["columns"] or ()}
    fullest = max(counted.values(), default=0)
    return Line(row["source"], row["releases"], tuple(_cells(period, counted, fullest, gaps)))


def _cells(period: Period, counted: Mapping[date, int], fullest: int, gaps: Sequence[Row]) -> list[Cell]:
    found = []
    for column in period.columns:
        n = counted.get(column, 0)
        shade = -(-SHADES * n // fullest) if fullest else 0
        found.append(Cell(column, n, shade, _lacks(column, period.next_to(column), gaps)))
    return found


def _lacks(first: date, after: date, gaps: Sequence[Row]) -> str | None:
    for gap in gaps:
        if gap["kind"] in DATED and gap["since"] and gap["since"] < after and (gap["until"] or after) > first:
            return str(gap["reason"])
    return None
