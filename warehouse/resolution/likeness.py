"""What is measured of two texts before anything is said of them: how alike they are, in words, figures and days."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from math import sqrt
from typing import Any

from parsers.particulars import NUMERALS, SIGNS, others_named, replaced
from warehouse.resolution.headlines import headlines_alike, shared_subject, shared_topic
from warehouse.resolution.sketches import MINIMA, Sketch

SAME_MASKED = 0.75  # masked texts of two issues of one notice
RELATED = 0.5
TELLING = 2  # figures in both that are no small number, day or year, where hardly a word was kept
LOPSIDED = 1.5  # times as long: from here on a share of the shorter text is told the less surely
_TENS, _ONES = ("", "十", "二十", "三十"), ("", *"一二三四五六七八九")
SURELY = 1.5  # deviations of the estimate that are allowed for


@dataclass(frozen=True, slots=True)
class Likeness:
    """What was measured of two texts, the later one first. Shares are 0 to 1, None where nothing can be said."""

    likeness: float
    contained: float
    doubt: float
    masked: float
    headline: float
    topic: float
    subject: float
    days: int | None
    figures_replaced: int
    figures: int
    figures_shared: float
    figures_telling: int
    words_replaced: int
    others_named: bool
    same_text: bool
    same_minute: bool | None
    marked: bool
    names_day: bool

    @property
    def contained_at_most(self) -> float:
        """What may be contained, since of a text much shorter than the other that is estimated roughly."""
        return min(1.0, self.contained + SURELY * self.doubt)

    def told(self) -> dict[str, Any]:
        """As JSON values, rounded."""
        values = {name: getattr(self, name) for name in self.__slots__}
        return {name: round(value, 3) if isinstance(value, float) else value for name, value in values.items()}


def compare(later: Sketch, earlier: Sketch) -> Likeness:
    """Everything the rule asks about."""
    likeness = later.likeness(earlier)
    one, other = later.numbers, earlier.numbers
    figures = min(len(one), len(other))
    days = _days(later.issued_on, earlier.issued_on)
    marked = later.is_marked and not earlier.is_marked
    return Likeness(
        likeness=likeness,
        contained=_contained(likeness, later, earlier),
        doubt=_doubt(likeness, later, earlier),
        masked=later.masked_likeness(earlier),
        headline=headlines_alike(later.title, earlier.title),
        topic=shared_topic(later.title, earlier.title),
        subject=shared_subject(later.title, earlier.title) if marked else 1.0,
        days=days,
        figures_replaced=min(len(one - other), len(other - one)),
        figures=figures,
        figures_shared=len(one & other) / figures if figures else 1.0,
        figures_telling=0 if days else sum(map(_is_telling, one & other)),
        words_replaced=replaced(later.particulars, earlier.particulars),
        others_named=others_named(later.particulars, earlier.particulars),
        same_text=later.text_sha256 == earlier.text_sha256,
        same_minute=_same_minute(later.issued_at, earlier.issued_at),
        marked=marked,
        names_day=marked and _names_day(later, earlier),
    )


def worth_comparing(one: Sketch, others: Sequence[Sketch]) -> list[Sketch]:
    """The texts of which there may be something to say; cheaper than to compare them."""
    found = {id(other) for other in (*alike(one, others), *_perhaps_rewritten(one, others))}
    return [other for other in others if id(other) in found]


def alike(one: Sketch, others: Sequence[Sketch]) -> list[Sketch]:
    """Those that have much of the text, or all of it once figures and days are masked."""
    measured = zip(others, one.likenesses(others), one.masked_likenesses(others), strict=True)
    return [
        other
        for other, likeness, masked in measured
        if masked >= SAME_MASKED or _contained(likeness, one, other) >= RELATED or one.text_sha256 == other.text_sha256
    ]


def _perhaps_rewritten(one: Sketch, others: Sequence[Sketch]) -> Iterator[Sketch]:
    """Those that its publisher issued on the day under the headline, with figures that chance hardly puts into both."""
    headline = one.minima[MINIMA : MINIMA + 4]
    if one.issued_on is None or headline == bytes(4):
        return
    for other in others:
        own = (other.publisher, other.issued_on) == (one.publisher, one.issued_on)
        if own and other.minima[MINIMA : MINIMA + 4] == headline:
            shared = {*one.figures.split()} & {*other.figures.split()}
            if len(shared) >= TELLING and sum(map(_is_telling, shared)) >= TELLING:
                yield other


def _contained(likeness: float, one: Sketch, other: Sketch) -> float:
    """The share of the smaller text that stands in the larger, from the likeness and the sizes of both."""
    shared = likeness * (one.shingles + other.shingles) / (1 + likeness)
    return min(1.0, shared / min(one.shingles, other.shingles))


def _doubt(likeness: float, one: Sketch, other: Sketch) -> float:
    """The standard deviation of that share, from that of the likeness; 0 where both are about as long."""
    short, long = sorted((one.shingles, other.shingles))
    if long < LOPSIDED * short:
        return 0.0
    return sqrt(likeness * (1 - likeness) / MINIMA) * (short + long) / short / (1 + likeness) ** 2


def _is_telling(figure: str) -> bool:
    """Whether it is hardly in two texts by chance: three digits, and neither a year nor a day."""
    if figure[0] in SIGNS:
        return False
    digits = [char for char in figure if char.isdecimal() or char in NUMERALS]
    is_year = len(digits) == 4 and figure.startswith(("19", "20"))
    return len(digits) >= 3 and not is_year and not any(char in figure for char in "年月日")


def _names_day(later: Sketch, earlier: Sketch) -> bool:
    """Whether a text names the day on which the other was issued, and not its own."""
    if not later.issued_on or not earlier.issued_on or later.issued_on == earlier.issued_on:
        return False
    own, others = (_spoken(date.fromisoformat(day)) for day in (later.issued_on, earlier.issued_on))
    figures = later.numbers
    return _any_ends(figures, others) and not _any_ends(figures, own)


def _spoken(day: date) -> tuple[str, str, str]:
    """A day as a text has it among its figures: the number alone in English."""
    month, number = (_in_chinese(part) for part in (day.month, day.day))
    return str(day.day), f"{day.month}月{day.day}日", f"{month}月{number}日"


def _in_chinese(number: int) -> str:
    tens, ones = divmod(number, 10)
    return f"{_TENS[tens]}{_ONES[ones]}"


def _any_ends(figures: frozenset[str], days: tuple[str, str, str]) -> bool:
    alone, *spelt = days
    return alone in figures or any(figure.endswith(tuple(spelt)) for figure in figures)


def _days(first: str | None, second: str | None) -> int | None:
    return abs((date.fromisoformat(first) - date.fromisoformat(second)).days) if first and second else None


def _same_minute(first: str | None, second: str | None) -> bool | None:
    if not first or not second:
        return None
    return datetime.fromisoformat(first).replace(second=0) == datetime.fromisoformat(second).replace(second=0)
