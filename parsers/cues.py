"""Cues by which a bare text gives its publisher away: phrases, patterns, and how its first or last lines begin.

`publishers.toml` holds some three hundred of them. They are looked for together, by what stands in the text, since
most texts hold only a few.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any, Literal, TypeVar

SAMPLE_HEAD, SAMPLE_TAIL = 12_000, 3_000  # characters: openings and closings hold the cues
EDGE_LINES = 12  # lines at either end that line cues are looked for in
EDGE_WIDTH = 120  # characters of each

T = TypeVar("T")
_HAN = re.compile("[\u4e00-\u9fff]")
_BLANKS = " \r"
_MOST_BLANKS = 8  # behind a line that goes on in the next one
_NOTHING = re.compile(r"(?!)")

Script = Literal["han", "other"]


@dataclass(frozen=True, slots=True)
class Sample:
    """What one text has to tell: itself, the phrases of any cue that it holds, the edge lines that begin like any.

    `script` is the only one worth looking for, None for any.
    """

    text: str
    phrases: frozenset[str]
    lines: tuple[str, ...]
    script: Script | None
    _searched: dict[re.Pattern[str], str | None] = field(default_factory=dict)

    def first(self, pattern: re.Pattern[str]) -> str | None:
        """What a pattern finds first; looked for once, though it may speak for one publisher and against another."""
        if pattern not in self._searched:
            match = pattern.search(self.text)
            self._searched[pattern] = match[0].strip() if match else None
        return self._searched[pattern]


@dataclass(frozen=True, slots=True)
class Cue:
    """One kind of clue: phrases, patterns and line patterns, by script, that speak for a publisher with one weight.

    One of the phrases `beside` stands in whatever the patterns find, where any is given.
    """

    rule: str
    weight: int
    phrases: dict[Script | None, tuple[str, ...]]
    beside: dict[Script | None, tuple[str, ...]]
    patterns: dict[Script | None, tuple[re.Pattern[str], ...]]
    lines: dict[Script | None, tuple[re.Pattern[str], ...]]

    def is_written_in(self, script: Script | None) -> bool:
        """Whether any of its clues can stand in a text of this script."""
        return bool(self.phrases[script] or self.patterns[script] or self.lines[script])

    def seen_in(self, sample: Sample) -> str | None:
        """The words that gave it away, or None."""
        script = sample.script
        if not sample.phrases.isdisjoint(self.phrases[script]):
            return next(phrase for phrase in self.phrases[script] if phrase in sample.phrases)
        if not self.beside[None] or not sample.phrases.isdisjoint(self.beside[script]):
            for pattern in self.patterns[script]:
                if (words := sample.first(pattern)) is not None:
                    return words
        for pattern in self.lines[script] if sample.lines else ():
            for line in sample.lines:
                if match := pattern.match(line):
                    return match[0]
        return None


class CueIndex:
    """The phrases and line patterns of many cues in one script (None for all), to be looked for in one go."""

    def __init__(self, cues: Iterable[Cue], script: Script | None) -> None:
        self._script = script
        cues = tuple(cues)
        phrases = {phrase for cue in cues for phrase in (*cue.phrases[script], *cue.beside[script])}
        # A search for small letters and blanks would stop at every other character: these are faster one by one.
        self._single = tuple(sorted(phrase for phrase in phrases if _is_common(phrase[0])))
        together = sorted(phrases.difference(self._single))
        self._together = re.compile(_any_of(together)) if together else _NOTHING
        self._within = {phrase: tuple(filter(phrase.startswith, together)) for phrase in together}
        lines = {pattern.pattern for cue in cues for pattern in cue.lines[script]}
        self._line = re.compile("|".join(f"(?:{line})" for line in sorted(lines))) if lines else _NOTHING

    def sample(self, text: str) -> Sample:
        """What a text has to tell; of a long one its head and its tail."""
        if len(text) > SAMPLE_HEAD + SAMPLE_TAIL:
            text = text[:SAMPLE_HEAD] + "\n" + text[-SAMPLE_TAIL:]
        lines = text.split("\n")
        filled = [line for line in lines if line and not line.isspace()]
        edges = filled if len(filled) <= 2 * EDGE_LINES else filled[:EDGE_LINES] + filled[-EDGE_LINES:]
        told = (line[:EDGE_WIDTH].strip() for line in edges)
        return Sample(text, self._found(_joined(lines)), tuple(filter(self._line.match, told)), self._script)

    def _found(self, text: str) -> frozenset[str]:
        """Every phrase that stands in a text; one may begin inside another, or be the beginning of it."""
        found = {phrase for phrase in self._single if phrase in text}
        match = self._together.search(text)
        while match:
            found.update(self._within[match[0]])
            match = self._together.search(text, match.start() + 1)
        return frozenset(found)


def cue_from(told: dict[str, Any]) -> Cue:
    """A cue as `publishers.toml` writes it."""
    return Cue(
        rule=told["rule"],
        weight=told["weight"],
        phrases=_by_script(told.get("phrases", ()), str),
        beside=_by_script(told.get("beside", ()), str),
        patterns=_by_script(told.get("patterns", ()), re.compile),
        lines=_by_script(told.get("lines", ()), re.compile),
    )


def _by_script(cues: Iterable[str], made: Callable[[str], T]) -> dict[Script | None, tuple[T, ...]]:
    """Cues under the script they are written in: English ones are not looked for in Chinese, nor the reverse."""
    scripts: dict[Script | None, list[T]] = {"han": [], "other": [], None: []}
    for cue in cues:
        ready = made(cue)
        scripts["han" if _HAN.search(cue) else "other"].append(ready)
        scripts[None].append(ready)
    return {script: tuple(ready) for script, ready in scripts.items()}


def _is_common(char: str) -> bool:
    return not (char.isupper() or _HAN.match(char))


def _any_of(phrases: Sequence[str]) -> str:
    """A pattern for the longest of some sorted phrases, as a tree of their letters: each is looked at once."""
    branches = []
    for first, group in groupby(phrases, key=lambda phrase: phrase[:1]):
        rest = [phrase[1:] for phrase in group]
        branches.append(re.escape(first) + (_any_of(rest) if first and any(rest) else ""))
    branches.sort(key=bool, reverse=True)  # the end of a phrase last: longer ones go before it
    return branches[0] if len(branches) == 1 else f"(?:{'|'.join(branches)})"


def _joined(lines: Sequence[str]) -> str:
    """A text whose names may run over the end of a wrapped line, each on one line."""
    pieces: list[str] = []
    before = ""
    for line in lines:
        end = before[-1 - _MOST_BLANKS :].rstrip(_BLANKS)
        if end and line and not line[0].isspace():
            pieces[-1] = before.rstrip(_BLANKS)
            pieces.append("" if _HAN.match(end[-1]) and _HAN.match(line[0]) else " ")
        else:
            pieces.append("\n")
        pieces.append(line)
        before = line
    return "".join(pieces)
