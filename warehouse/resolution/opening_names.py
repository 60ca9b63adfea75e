"""Names with which a sentence opens, where a capital says nothing: told by what follows or by other sentences."""

import re
from collections.abc import Iterator

from warehouse.resolution.mark_patterns import NO_NAME
from warehouse.resolution.marks import Mark
from warehouse.resolution.misspellings import known_words

_SAYING = (
    r"(?=,? (?:also |later |then |has |had |will |would )?(?:said|says|say|agree[ds]?|add(?:s|ed)?|told|tells"
    r"|announce[ds]?|note[ds]?|stress(?:ed|es)|ask(?:s|ed)|urge[ds]?|declined?|denie[ds]|refuse[ds]?|repl(?:y|ied|ies)|argue[ds]?"
    r"|claim(?:s|ed)|call(?:s|ed)|warn(?:s|ed)|explain(?:s|ed)|met|meets|visit(?:s|ed)|attend(?:s|ed)|thank(?:s|ed))\b)"
)
_OPENING = re.compile(
    rf"(?:\A|(?<=[.!?:\u201c\"\n] )|(?<=[\u201c\"\n])){NO_NAME}[A-Z][a-z]+(?:['\u2019-]?[A-Z][a-z]+)?\b"
)
_NOT_NAMED = (
    "officials officers police staff residents ministers members councillors government spokesman spokeswoman"
    " spokesperson management experts critics sources authorities everyone everybody nobody someone people"
    " patients passengers parents others many several few representatives participants delegates visitors"
    " students teachers workers"
)


def opening_names(text: str, start: int, length: int) -> Iterator[Mark]:
    """Of a stretch of a text, the names that open a sentence."""
    for found in _OPENING.finditer(text, start, start + length):
        word = found[0]
        if word.casefold() in _NOT_NAMED.split() or word.casefold() in known_words():
            continue
        follows = re.compile(_SAYING).match(text, found.end())
        if follows or re.search(rf"(?<=[a-z,] ){re.escape(word)}\b", text):
            yield Mark("name", found.start(), found.end(), word.casefold())
