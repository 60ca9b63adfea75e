"""A year of daily notices in two languages, nothing pointing to anything: which are tied, and to what.

Six series come every day, some twice, with figures that change and figures that never do; one day in ten an edition
is missing. `python -m bench.editions` counts ties that are right, wrong and not found, and the time they take.
"""

import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from bench.figures import Figure, report
from warehouse.connection import attached
from warehouse.migrations import migrate
from warehouse.resolution.edition_names import add_names
from warehouse.resolution.editions import tie

DAYS = 365
AT_ONCE = 50
FOUND = 0.95
WORDS_ALONE = " 5 0"  # the series that has no figures, so that nothing can tie it

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Notice:
    """One series: its English and its Chinese, `{n}`, `{m}`, `{d}`, `{b}` and `{c}` filled; issues a day."""

    english: str
    chinese: str
    per_day: int = 1


SERIES = (
    Notice(
        "At {h}.10pm the index of air quality stood at {n} in the outer wards and at {m} in the harbour. People with"
        " heart trouble should stay indoors when it passes 150. Call 2765 4321.",
        "下午{h}時十分，外圍各區的空氣質素指數為{n}，海港則為{m}。指數超過一百五十時，心臟病患者應留在室內。"
        "請致電二七六五 四三二一。",
        2,
    ),
    Notice(
        "The balance was ${b}.{c} billion, {d} million more than before. The overnight rate was {m}.{c} per cent.",
        "結餘為{b}{c}億元，較之前增加{d}00萬元。隔夜利率為百分之{m}.{c}。",
    ),
    Notice(
        "One harbour dollar bought {m}.{d} at noon. The average of the month is {b}.{n}. The board meets on 15 March.",
        "中午每元兌{m}.{d}，本月平均為{b}.{n}。委員會於三月十五日開會。",
        2,
    ),
    Notice(
        "The reservoirs hold {d},{n} thousand cubic metres, {m} per cent of what they can. In all 17 gauges work.",
        "各水塘存水量為{d},{n}千立方米，佔總容量百分之{m}。十七個雨量計全部運作正常。",
    ),
    Notice(
        "Influenza: {n} new cases, {m} people in hospital, {d} in all since autumn.",
        "流感：新增{n}宗，{m}人住院，入秋以來共{d}宗。",
    ),
    Notice(
        "The swing bridge opens as usual today; drivers should expect delays.",
        "旋轉橋今日如常開放，駕駛人士請預留時間。",
    ),
)


def issues(days: int) -> Iterator[tuple[str, Row]]:
    """Every issue in the order of issue, as rows of `readings` with the name that both editions share."""
    number = 0
    for day in range(days):
        on = (date(2025, 1, 1) + timedelta(days=day)).isoformat()
        for place, notice in enumerate(SERIES):
            for issue in range(notice.per_day):
                chance = Random(f"{day} {place} {issue}")
                told = {"n": chance.randrange(101, 999), "m": chance.randrange(11, 99), "h": 3 + 3 * issue}
                told |= {
                    "d": chance.randrange(1_013, 9_999),
                    "b": chance.randrange(11, 99),
                    "c": chance.randrange(1, 9),
                }
                texts = {"en": notice.english, "zh-Hant": notice.chinese}
                if chance.random() < 0.1:
                    texts.pop(chance.choice(["en", "zh-Hant"]))
                for language, text in texts.items():
                    number += 1
                    yield f"{on} {place} {issue}", _row(number, on, language, text.format(**told))


def _row(number: int, on: str, language: str, body: str) -> Row:
    plain = {"reading_no": number, "release_id": f"r{number}", "version": 1, "reading": 1, "changed_fields": []}
    place = {"publisher": "planted.example", "native_id": f"P{number}", "url": f"https://planted.example/{number}"}
    dates = {"published_on": on, "published_at": None, "address_on": None}
    return plain | place | dates | {"language": language, "title": "Notice", "body": body, "editions": [], "images": []}


def figures(days: int) -> list[Figure]:
    """Ties that are right and wrong, and time."""
    told = list(issues(days))
    name = {row["release_id"]: shared for shared, row in told}
    rows = [row for _, row in told]
    pairs = sum(count == 2 for shared, count in Counter(name.values()).items() if not shared.endswith(WORDS_ALONE))
    right = wrong = 0
    with tempfile.TemporaryDirectory() as folder, attached(Path(folder) / "planted.duckdb") as con:
        migrate(con, now=datetime(2026, 1, 1, tzinfo=UTC))
        started = time.process_time()
        for start in range(0, len(rows), AT_ONCE):
            facts, _ = tie(con, rows[start : start + AT_ONCE], [])
            add_names(con, rows[start : start + AT_ONCE])
            fine = [name[fact["release_a"]] == name[fact["release_b"]] for fact in facts]
            right, wrong = right + sum(fine), wrong + len(fine) - sum(fine)
        spent = (time.process_time() - started) / len(rows) * 1_000
    share = right / pairs
    return [
        Figure("ties of different notices", str(wrong), "0", wrong == 0),
        Figure(f"editions found, of {pairs:,} with figures", f"{share:.1%}", f">= {FOUND:.0%}", share >= FOUND),
        Figure("time a notice, all by their figures", f"{spent:.2f} ms"),
    ]


def main() -> int:
    """Measures and prints; 1 when a bar was missed."""
    return report(f"editions of {DAYS} days of notices", figures(DAYS))


if __name__ == "__main__":
    sys.exit(main())
