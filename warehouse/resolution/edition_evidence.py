"""Whether two texts in different languages are one release, where the publisher does not say: by their figures.

Words differ, but amounts, days, times, pictures and names in Latin letters are the same. They must agree, hardly one
may stand in place of another, and together they must be too peculiar for chance: the telephone number of the office
proves nothing. One that differs takes all the more that agree. A release for which two candidates speak alike is left
alone. On pairs of info.gov.hk the two languages are issued up to
four and a half hours apart; `bench/editions.py` plants a year of notices that say nothing of each other.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from parsers.particulars import SIGNS
from warehouse.resolution.quantities import LONGEST, Quantities, quantities

AGREE = 0.6  # share of the peculiarity of all figures that both texts have
PECULIAR = 3.5  # about the digits in which both agree
REPLACED = 0.1  # figures of either that have another in their place, for each that both have
MISSTATED = 6.0  # what else must agree where one figure stands in place of another that is written much like it
OTHERWISE = 9.0  # the same where it is not
CLEAR_LEAD = 0.2  # over the next candidate
APART = 5 * 60  # minutes
SEVERAL = 2  # runs of digits in both texts
TELLING = 3  # digits in a row that are seldom the same by chance
_DIGITS = re.compile(r"[0-9]+")
_YEAR = re.compile(r"(?:19|20)[0-9][0-9]")
_PICTURE = re.compile(r"(\d{5,})(?:\.\w+)?$")
_CONTACTS = 1.0  # what addresses and numbers to call are worth, all together
_A_NAME, _NAMES = 0.75, 2.25  # what one name in Latin letters is worth, and all of them together
_LATIN = re.compile(r"[A-Za-z][A-Za-z0-9]*(?:[-'\u2019.][A-Za-z0-9]+)*")
_OF_DIGITS = (0.0, 0.5, 1.5, 2.5, 3.5)

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Text:
    """What is compared of one reading. `pictures` are the numbers that their file names end with.

    `names` are words in Latin letters: in Chinese, those with a capital; there they are names.
    """

    row: Row
    said: Quantities
    pictures: frozenset[str]
    names: frozenset[str]


@dataclass(frozen=True, slots=True)
class Agreement:
    """What was measured: `share` 0 to 1, `peculiarity` in digits, `shared` the figures in both."""

    share: float
    peculiarity: float
    shared: tuple[str, ...]
    pictures: tuple[str, ...]
    names: tuple[str, ...]
    replaced: int
    misstated: bool
    minutes: int | None

    @property
    def convinces(self) -> bool:
        """Whether this is more than chance."""
        near = self.minutes is None or self.minutes <= APART
        same_issue = self.replaced <= REPLACED * len(self.shared) or self._is_one_slip
        return near and same_issue and self.share >= AGREE and self.peculiarity >= PECULIAR

    @property
    def _is_one_slip(self) -> bool:
        """Whether one figure alone differs, and too much else agrees for another issue of a notice."""
        return self.replaced == 1 and self.peculiarity >= (MISSTATED if self.misstated else OTHERWISE)

    @property
    def score(self) -> float:
        """Confidence, 0 to 1; what a publisher says himself is worth more."""
        return round(min(0.9, 0.5 + 0.25 * self.share + 0.015 * self.peculiarity), 3)


def text_of(row: Row) -> Text:
    """A reading as it is compared."""
    pictures = (_PICTURE.search(part["url"].rpartition(".")[0]) for part in row["images"])
    numbers = frozenset(found[1] for found in pictures if found)
    text = f"{row['title']}\n{row['body']}"
    words = _LATIN.findall(text[:LONGEST])
    in_chinese = row["language"].startswith("zh")
    names = {word.casefold() for word in words if len(word) > 2 and not (in_chinese and word.islower())}
    return Text(row, quantities(text, row["language"]), numbers, frozenset(names))


def digits_of(numbers: str) -> frozenset[str]:
    """Runs of digits in the figures that a sketch keeps of a text, but for years; alike in all languages."""
    figures = (figure for figure in numbers.split() if figure[0] not in SIGNS)
    return frozenset(run for figure in figures for run in _runs(figure) if not _YEAR.fullmatch(run))


@lru_cache(maxsize=20_000)  # most figures are days, hours and small numbers, the same in every text
def _runs(figure: str) -> tuple[str, ...]:
    """Of one figure; a sketch knows 3.34 as one run, so the runs of a figure count joined, too."""
    told = [figure] if figure.isascii() else quantities(figure, "zh-Hans").possible
    parted = [_DIGITS.findall(one) for one in told]
    return tuple({*(run for runs in parted for run in runs), *("".join(runs) for runs in parted if runs)})


def may_agree(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two texts with these digits are worth reading closely: a guess takes more than two of a day and a month.

    Most texts of one publisher and day share hardly a figure, and to read all their figures takes a millisecond each.
    """
    shared = one & other
    return len(shared) >= SEVERAL or any(len(run) >= TELLING for run in shared)


def best_partner(text: Text, others: Iterable[Text]) -> tuple[Text, Agreement] | None:
    """The one of `others` that is the same release in another language, if one clearly is."""
    measured = [(other, agreement(text, other)) for other in others]
    ranked = sorted(measured, key=lambda pair: (-pair[1].share, -pair[1].peculiarity, pair[0].row["reading_no"]))
    found = [pair for pair in ranked if pair[1].convinces]
    if not found:
        return None
    best, measured_best = found[0]
    rivals = [
        one.share
        for other, one in ranked
        if other is not best and one.replaced <= measured_best.replaced and one.peculiarity > 1
    ]
    return None if rivals and measured_best.share - max(rivals) < CLEAR_LEAD else found[0]


def agreement(one: Text, other: Text) -> Agreement:
    """Everything that is asked of two texts."""
    of_issue = _issue_days(one.row) | _issue_days(other.row)
    only_one, only_other = differences(one, other)
    shared = ((one.said.stated & other.said.possible) | (other.said.stated & one.said.possible)) - of_issue
    pictures, names = one.pictures & other.pictures, one.names & other.names
    both = _worth(shared) + 3 * len(pictures) + min(_A_NAME * len(names), _NAMES)
    apart = _worth(only_one) + _worth(only_other)
    minutes = _minutes(one.row["published_at"], other.row["published_at"])
    return Agreement(
        share=round(both / (both + apart), 3) if both else 0.0,
        peculiarity=round(both + (1.0 if minutes == 0 else 0.0), 3) if both else 0.0,
        shared=tuple(sorted(shared)),
        pictures=tuple(sorted(pictures)),
        names=tuple(sorted(names)),
        replaced=min(len(only_one), len(only_other)),
        misstated=any(_is_slip(mine, theirs) for mine in only_one for theirs in only_other),
        minutes=minutes,
    )


def differences(one: Text, other: Text) -> tuple[frozenset[str], frozenset[str]]:
    """Figures that one text states and the other has in no form; the day of issue, told by every foot, is none."""
    of_issue = _issue_days(one.row) | _issue_days(other.row)
    only_one = one.said.stated - other.said.possible - of_issue
    only_other = other.said.stated - one.said.possible - of_issue
    parted = _parted(only_one, other) | _parted(only_other, one)
    return only_one - parted, only_other - parted


def _parted(figures: Iterable[str], text: Text) -> set[str]:
    """The figures that a text has in two pieces, such as 18 111 for 18111, and the pieces."""
    found: set[str] = set()
    for figure in figures:
        for cut in range(1, len(figure)) if figure.isdecimal() else ():
            pieces = figure[:cut], figure[cut:]
            if text.said.stated.issuperset(pieces) and _stand_together(pieces, text):
                found |= {figure, *pieces}
    return found


def _stand_together(pieces: tuple[str, str], text: Text) -> bool:
    pattern = r"(?<![0-9])" + r"[^0-9\w]{0,2}".join(pieces) + r"(?![0-9])"
    return re.search(pattern, f"{text.row['title']}\n{text.row['body']}") is not None


def _is_slip(one: str, other: str) -> bool:
    """Whether two figures are one with digits in another order, or one digit wrong, missing or too many."""
    if one.isdecimal() != other.isdecimal() or min(len(one), len(other)) < TELLING:
        return False
    if sorted(one) == sorted(other):
        return True
    short, long = sorted((one, other), key=len)
    if len(short) == len(long):
        return sum(mine != theirs for mine, theirs in zip(one, other, strict=True)) == 1
    return len(long) == len(short) + 1 and any(long[:at] + long[at + 1 :] == short for at in range(len(long)))


def _worth(figures: Iterable[str]) -> float:
    """How little it can be chance that two texts have these: about the digits that had to agree."""
    worth = contacts = 0.0
    for figure in figures:
        if ":" in figure:
            worth += 0.75 if figure[-2:] in ("00", "30") else 2.0
        elif "-" in figure and figure.replace("-", "").isdecimal():
            worth += 1.25
        elif not figure.replace(".", "").isdecimal() or _is_to_call(figure):
            contacts += 0.5
        else:
            digits = len(figure.replace(".", "").strip("0"))
            worth += 0.5 if figure in _SMALL else _OF_DIGITS[min(digits, 4)]
    return worth + min(contacts, _CONTACTS)


_SMALL = frozenset(map(str, range(13)))


def _is_to_call(figure: str) -> bool:
    return figure.isdecimal() and 7 <= len(figure) <= 8 and not figure.endswith("00")


def _issue_days(row: Row) -> frozenset[str]:
    days = (row["published_on"], row["address_on"])
    return frozenset(f"{int(day[5:7])}-{int(day[8:10])}" for day in days if day)


def _minutes(first: str | None, second: str | None) -> int | None:
    if not first or not second:
        return None
    return round(abs((datetime.fromisoformat(first) - datetime.fromisoformat(second)).total_seconds()) / 60)
