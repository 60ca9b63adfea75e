"""Invented press releases as text files, the same for the same number: what the speed entries read.

Half are English, a third Traditional and the rest Simplified Chinese, in the shapes that bare texts of
news.gov.hk, info.gov.hk and wb.beijing.gov.cn have; bodies of about 3 kB. No two are alike, because the
number of a release stands in its headline.
"""

import random
from collections.abc import Callable
from datetime import date, datetime, timedelta
from datetime import time as clock
from pathlib import Path

from bench.words import ENGLISH, SIMPLIFIED, TRADITIONAL, Words

BODY_BYTES = 3_000
PER_FOLDER = 1_000
FIRST_DAY = date(2015, 1, 5)
DAYS = 3_900
WEEKDAYS = "一二三四五六日"
NO_BREAK_LINE = "\n\n\u00a0\n\n"

Shape = Callable[[str, list[str], datetime, Words], str]


def write_releases(folder: Path, count: int) -> int:
    """Writes releases 0 to `count` - 1 below `folder`, a thousand to a sub-folder; returns their bytes."""
    size = 0
    for number in range(count):
        path = folder / f"{number // PER_FOLDER:04d}" / f"{number:07d}.txt"
        if number % PER_FOLDER == 0:
            path.parent.mkdir(parents=True, exist_ok=True)
        text = release(number).encode()
        path.write_bytes(text)
        size += len(text)
    return size


def release(number: int) -> str:
    """The text of one release."""
    chance = random.Random(number)
    words, shape = SHAPES[number % len(SHAPES)]
    day = FIRST_DAY + timedelta(days=chance.randrange(DAYS))
    issued = datetime.combine(day, clock(chance.randrange(8, 22), chance.randrange(60)))
    title = f"{filled(chance, words, words.titles)} ({number})"
    return shape(title, body_of(chance, words), issued, words)


def body_of(chance: random.Random, words: Words) -> list[str]:
    paragraphs = []
    left = BODY_BYTES
    while left > 0:
        sentences = [filled(chance, words, words.sentences) for _ in range(chance.randrange(2, 5))]
        paragraphs.append((" " if words is ENGLISH else "").join(sentences))
        left -= len(paragraphs[-1].encode())
    return paragraphs


def filled(chance: random.Random, words: Words, patterns: tuple[str, ...]) -> str:
    office = chance.choice(words.offices)
    return chance.choice(patterns).format(
        office=office,
        Office=office[0].upper() + office[1:],
        person=chance.choice(words.people),
        act=chance.choice(words.acts),
        thing=chance.choice(words.things),
        place=chance.choice(words.places),
        aim=chance.choice(words.aims),
        n=chance.randrange(20, 90_000),
    )


def _news_hk_english(title: str, body: list[str], issued: datetime, _: Words) -> str:
    text = NO_BREAK_LINE.join(body)
    return f"{title}\n\n{issued:%B} {issued.day}, {issued.year}\n\n{text}\n\nBack to top\n"


def _news_hk_chinese(title: str, body: list[str], issued: datetime, _: Words) -> str:
    text = NO_BREAK_LINE.join(body)
    return f"{title}\n\n{issued.year}年{issued.month}月{issued.day}日\n\n{text}\n\n回到頁首\n"


def _info_hk_english(title: str, body: list[str], issued: datetime, _: Words) -> str:
    text = "\n\n".join(f"     {paragraph}" for paragraph in body)
    foot = f"Ends/{issued:%A}, {issued:%B} {issued.day}, {issued.year}\nIssued at HKT {issued.hour}:{issued.minute:02d}"
    return f"{title}\n{'*' * 30}\n\n{text}\n\n{foot}\n\nNNNN\n"


def _info_hk_chinese(title: str, body: list[str], issued: datetime, _: Words) -> str:
    text = "\n\n".join(f"\u3000\u3000{paragraph}" for paragraph in body)
    day = f"{issued.year}年{issued.month}月{issued.day}日（星期{WEEKDAYS[issued.weekday()]}）"
    return f"{title}\n＊＊＊＊＊＊＊＊\n\n{text}\n\n完\n\n{day}\n香港時間{issued.hour}時{issued.minute:02d}分\n"


def _beijing(title: str, body: list[str], issued: datetime, words: Words) -> str:
    heading = words.headings[issued.day % len(words.headings)]
    text = "\n".join([*body[:2], heading, *body[2:]])
    date_label, source_label = ("Date", "Source") if words is ENGLISH else ("日期", "来源")
    return f"{title}\n{date_label}: {issued:%Y-%m-%d}\n{source_label}: wb.beijing.gov.cn\n{text}\n"


SHAPES: tuple[tuple[Words, Shape], ...] = (
    (ENGLISH, _news_hk_english),
    (TRADITIONAL, _info_hk_chinese),
    (ENGLISH, _info_hk_english),
    (SIMPLIFIED, _beijing),
    (ENGLISH, _beijing),
    (TRADITIONAL, _news_hk_chinese),
)
