"""Charts as SVG without scripts or colours of their own: pygal draws them, the page's style sheet paints them."""

import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import count
from typing import Any

from markupsafe import Markup, escape
from pygal import Config, PluginImportFixer, StackedBar

# pygal leaves a finder of the old kind among the importer's, for extensions of which we have none: Python 3.11 warns
# of it at every import that fails, anywhere in the process.
sys.meta_path[:] = [finder for finder in sys.meta_path if not isinstance(finder, PluginImportFixer)]

SVG = "{http://www.w3.org/2000/svg}"
WIDTH, HEIGHT = 860, 260
SPARK_WIDTH, SPARK_HEIGHT = 180, 28
KEPT = {
    "svg": ("viewBox",),
    "g": ("class", "transform"),
    "rect": ("x", "y", "width", "height", "class"),
    "path": ("d", "class"),
    "text": ("x", "y", "class"),
}
NOT_DRAWN = ("background", "plot overlay", "plot text-overlay", "plot tooltip-overlay", "titles")
COLUMN = "rect reactive tooltip-trigger"
LONG = re.compile(r"-?\d+\.\d+")
LABELS = {"day": "%-d %b", "week": "%-d %b", "month": "%b %Y", "year": "%Y"}
MOST_LABELS = 8
STEPS = 4


def columns_of(series: Mapping[str, Sequence[int]], columns: Sequence[date], step: str) -> Markup:
    """Stacked columns, one for each day, week, month or year; each tells its numbers when pointed at."""
    chart = StackedBar(_plain(width=WIDTH, height=HEIGHT, margin=4, margin_bottom=8, spacing=6, show_x_guides=False))
    every = -(-len(columns) // MOST_LABELS)
    chart.x_labels = [column.strftime(LABELS[step]) if n % every == 0 else "" for n, column in enumerate(columns)]
    chart.y_labels = whole_steps(max(map(sum, zip(*series.values(), strict=True))))
    for name, values in series.items():
        chart.add(name, list(values))
    told = [f"{column:%-d %B %Y}" for column in columns]
    return _bare(
        chart, (f"{day}: {n:,} {name}" for name, values in series.items() for day, n in zip(told, values, strict=True))
    )


def spark(values: Sequence[int]) -> Markup:
    """A line of small columns without axes, for a row of a table that has the numbers."""
    chart = StackedBar(
        _plain(
            width=SPARK_WIDTH,
            height=SPARK_HEIGHT,
            margin=0,
            spacing=0,
            show_x_labels=False,
            show_y_labels=False,
            show_y_guides=False,
            show_x_guides=False,
        )
    )
    chart.add("", list(values))
    return _bare(chart)


def whole_steps(most: int) -> list[int]:
    """Round numbers from nothing up to `most` or a little more, about four of them."""
    step = next(n * 10**power for power in count() for n in (1, 2, 5) if n * 10**power * STEPS >= most)
    return list(range(0, -(-most // step) * step + 1, step))


def _plain(**told: object) -> Config:
    return Config(
        js=[],
        css=[],
        show_legend=False,
        explicit_size=False,
        truncate_label=-1,
        formatter="{:,.0f}".format,
        zero=0,
        **told,
    )


def _bare(chart: StackedBar, titles: Iterable[str] = ()) -> Markup:
    """The shapes alone: no script, no style, no name that pygal makes up anew each time."""
    return Markup("".join(_shapes(chart.render_tree(), iter(titles))))  # noqa: S704  -- every text is escaped there


def _shapes(node: Any, titles: Iterator[str]) -> Iterator[str]:
    name = str(node.tag).removeprefix(SVG)
    kind = node.get("class", "")
    if name not in KEPT or kind in NOT_DRAWN:
        return
    title = next(titles, None) if kind == COLUMN else None
    if kind == COLUMN and float(node.get("height")) == 0:
        return
    yield f"<{name}"
    for attribute in KEPT[name]:
        if told := node.get(attribute):
            shown = _class(told) if attribute == "class" else LONG.sub(_rounded, told)
            yield f' {attribute}="{escape(shown)}"'
    yield ">"
    yield f"<title>{escape(title)}</title>" if title else escape(node.text or "")
    for child in node:
        yield from _shapes(child, titles)
    yield f"</{name}>"


def _class(told: str) -> str:
    return "rect" if told == COLUMN else told.replace(" always_show", "")


def _rounded(number: re.Match[str]) -> str:
    return f"{float(number[0]):.1f}".removesuffix(".0")
