"""Volume: how much was issued over time, by language and by publisher."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date

from warehouse.report.asking import Row
from warehouse.report.charts import columns_of, spark
from warehouse.report.section import Desk, Section

PUBLISHERS, LANGUAGES = 16, 4
OTHERS = "others"


def tell(desk: Desk) -> Section:
    """A chart by language with its table, and a line of columns for each publisher."""
    spoken, issued = desk.ask("languages"), desk.ask("publishers", PUBLISHERS)
    columns = desk.period.columns
    series = by_language(spoken.rows, columns)
    sparks = [_spark(row, columns) for row in issued.rows]
    facts = {
        "spoken": spoken,
        "series": series,
        "totals": [sum(values[n] for values in series.values()) for n in range(len(columns))],
        "columns": columns,
        "chart": columns_of(series, columns, desk.period.step) if spoken.rows else None,
        "answer": issued,
        "publishers": list(zip(issued.rows, sparks, strict=True)),
    }
    return Section("volume", "Volume", "How much was issued", facts)


def by_language(rows: Sequence[Row], columns: Sequence[date]) -> Mapping[str, list[int]]:
    """How many in each column, for the languages with most releases; the rest are one."""
    sums: Counter[str] = Counter()
    for row in rows:
        sums[row["language"]] += row["releases"]
    leading = sorted(sums, key=lambda language: (-sums[language], language))
    names = leading if len(leading) <= LANGUAGES + 1 else [*leading[:LANGUAGES], OTHERS]
    series = {name: [0] * len(columns) for name in names}
    places = {column: place for place, column in enumerate(columns)}
    for row in rows:
        name = row["language"] if row["language"] in series else OTHERS
        series[name][places[row["starts"]]] += row["releases"]
    return series


def _spark(row: Row, columns: Sequence[date]) -> str:
    counted: Counter[date] = Counter()
    for one in row["columns"]:
        counted[one["starts"]] += one["releases"]
    return spark([counted[column] for column in columns])
