"""Planted edits: a release, and what a publisher or an agency made of it under another address.

The hardest place for an edit: nothing but the text says that the two belong together.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import time as clock
from datetime import timedelta
from random import Random

from bench.planted import LANGUAGES, Half, Issue, Planted, base_issue, chance_of, elsewhere, foot, spoken_day

Edit = Callable[[Random, Issue], Issue]
CORRECTED = frozenset({"corrects", "duplicate"})
COPIED = frozenset({"syndicated", "duplicate"})
NOON = clock(12, 0)
FIGURE = re.compile(r"\d[\d,]*")


def edits(half: Half, each: int) -> Iterator[Planted]:
    """`each` pairs of every kind of edit and language."""
    for language in LANGUAGES:
        for kind, edit in EDITS.items():
            for number in range(each):
                chance = chance_of(half, f"{kind} {language}", number)
                older = base_issue(chance, language, number)
                newer = elsewhere(edit(chance, older), number + 50_000, later=0)
                right = CORRECTED | {"related"} if kind == "reworded" else CORRECTED  # much of a short text
                yield Planted(f"{kind} {language}", older, newer, right)
        for number in range(each):
            yield _reissued_later(chance_of(half, f"reissued {language}", number), language, number)
            yield _syndicated(chance_of(half, f"syndicated {language}", number), language, number)
            yield _cut_elsewhere(chance_of(half, f"cut elsewhere {language}", number), language, number)
            yield _unrelated(chance_of(half, f"unrelated {language}", number), language, number)


def _date_changed(chance: Random, issue: Issue) -> Issue:
    told = spoken_day(issue.on + timedelta(days=chance.randrange(41, 80)), issue.language)
    day = re.compile(r"\b\w+day, \w+ \d+\b" if issue.language == "en" else r"\d+月\d+日（.{2}）")
    return _with(issue, [day.sub(told, part) for part in _story(issue)])


def _name_corrected(chance: Random, issue: Issue) -> Issue:
    people = LANGUAGES[issue.language].people
    told = next(person for person in people if person in issue.body)
    other = chance.choice([person for person in people if person != told])
    return _with(issue, [part.replace(told, other) for part in _story(issue)])


def _number_corrected(chance: Random, issue: Issue) -> Issue:
    story = _story(issue)
    place = chance.choice([number for number, part in enumerate(story) if FIGURE.search(part)])
    story[place] = FIGURE.sub(str(chance.randrange(20, 90_000)), story[place], count=1)
    return _with(issue, story)


def _paragraph_added(chance: Random, issue: Issue) -> Issue:
    story = _story(issue)
    source = base_issue(chance, issue.language, 0)
    added = chance.choice(_story(source))
    place = chance.randrange(1, len(story) + 1)
    return _with(issue, [*story[:place], added, *story[place:]])


def _paragraph_dropped(chance: Random, issue: Issue) -> Issue:
    story = _story(issue)
    del story[chance.randrange(len(story))]
    return _with(issue, story)


def _footer_removed(_: Random, issue: Issue) -> Issue:
    return replace(issue, paragraphs=tuple(_story(issue)))


def _truncated(chance: Random, issue: Issue) -> Issue:
    words = issue.language == "en"
    whole = "\n\n".join(_story(issue))
    kept = int(len(whole) * chance.uniform(0.4, 0.6))
    cut = whole[:kept].rpartition(" ")[0] if words else whole[:kept]
    return replace(issue, paragraphs=tuple(f"{cut}…".split("\n\n")))


def _reworded(chance: Random, issue: Issue) -> Issue:
    """One paragraph is written anew, the others stay."""
    story = _story(issue)
    story[chance.randrange(len(story))] = chance.choice(_story(base_issue(chance, issue.language, 0)))
    return _with(issue, story)


def _typos(chance: Random, issue: Issue) -> Issue:
    story = _story(issue)
    for place in {chance.randrange(len(story)) for _ in range(2)}:
        cut = chance.choice([at for at, char in enumerate(story[place]) if char.isalpha()])
        story[place] = story[place][:cut] + story[place][cut + 1 :]
    return _with(issue, story)


EDITS: dict[str, Edit] = {
    "date": _date_changed,
    "name": _name_corrected,
    "number": _number_corrected,
    "added": _paragraph_added,
    "dropped": _paragraph_dropped,
    "footer": _footer_removed,
    "truncated": _truncated,
    "reworded": _reworded,
    "typos": _typos,
}

MARKERS = {
    "en": ("(Amended)", "Correction: ", "Note: this replaces the release issued earlier."),
    "zh-Hant": ("（更正）", "修訂：", "（重發新聞公報，以更正較早前發出的版本）"),
    "zh-Hans": ("（更正）", "修订：", "（本文为更正稿，替代此前发布的版本）"),
}


def _reissued_later(chance: Random, language: str, number: int) -> Planted:
    """A correction some days later, marked behind the headline, before it, or in a first paragraph of its own."""
    older = base_issue(chance, language, number)
    edit = chance.choice((_number_corrected, _name_corrected, _date_changed))
    newer = elsewhere(edit(chance, older), number + 60_000, later=chance.randrange(1, 4))
    behind, before, above = MARKERS[language]
    way = chance.randrange(3)
    if way == 2:
        newer = replace(newer, paragraphs=(above, *newer.paragraphs))
    else:
        newer = replace(newer, title=f"{newer.title} {behind}" if way == 0 else f"{before}{newer.title}")
    return Planted(f"reissued {language}", older, newer, CORRECTED)


def _syndicated(chance: Random, language: str, number: int) -> Planted:
    """An agency's copy: another headline, a credit, the publisher's foot gone."""
    older = base_issue(chance, language, number)
    credit = {"en": "Planted Wire, with agencies", "zh-Hant": "本社綜合報道", "zh-Hans": "本社综合报道"}[language]
    title = base_issue(chance, language, 0).title if chance.random() < 0.5 else older.title
    copy = replace(older, title=title, paragraphs=(credit, *_story(older)))
    newer = elsewhere(copy, number, later=chance.randrange(3), publisher="wire.example")
    return Planted(f"syndicated {language}", older, newer, COPIED)


def _cut_elsewhere(chance: Random, language: str, number: int) -> Planted:
    """The first half alone, by somebody else."""
    older = base_issue(chance, language, number)
    newer = elsewhere(_truncated(chance, older), number, later=chance.randrange(2), publisher="wire.example")
    return Planted(f"cut elsewhere {language}", older, newer, COPIED)


def _unrelated(chance: Random, language: str, number: int) -> Planted:
    """Another release of the same day with the same foot."""
    older = base_issue(chance, language, number)
    other = base_issue(chance, language, number + 1)
    newer = elsewhere(replace(other, on=older.on), number + 70_000, later=0)
    newer = replace(newer, paragraphs=(*_story(other), *foot(older.on, older.at or NOON, language)))
    return Planted(f"unrelated {language}", older, newer, frozenset({"none", "related"}))


def _story(issue: Issue) -> list[str]:
    """The paragraphs without the foot."""
    feet = {"en": 3, "zh-Hant": 4, "zh-Hans": 1}[issue.language]
    return list(issue.paragraphs[:-feet])


def _with(issue: Issue, story: list[str]) -> Issue:
    return replace(issue, paragraphs=(*story, *issue.paragraphs[len(_story(issue)) :]))
