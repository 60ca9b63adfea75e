"""Lines at the head of a story that say nothing but when it was published or changed: facts, and no part of the text.

`Publié le 18 mai 2026 à 9h30, mis à jour le 19 mai 2026`, `Stand: 18.05.2026, 9:30 Uhr`, `令和8年5月18日`.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from parsers import dates
from parsers.extraction.decision import Story
from parsers.extraction.outline import Unit
from parsers.layout import tidy
from parsers.page_dates.month_names import in_english
from parsers.text import gate

HEAD = 3  # units of a story among which they are looked for
LONGEST = 150  # characters

_TOLD = re.compile(
    r"\b(?:publi(?:shed|é|ée|cado|cada|cato)|posted|last|on|updated|zuletzt|aktualisiert|veröffentlicht|erschienen"
    "|stand|datum|date|fecha|data|mis(?:e)? à jour|actualizado|aggiornato|bijgewerkt|gepubliceerd|uhr|am|um|vom|le|à|el"
    r"|il|op|at|de|公開日|掲載日|更新日|\d{1,2}[h:.]\d\d|[ap]\.?m)\b",
    re.IGNORECASE,
)
_LETTER = re.compile(r"[^\W_]")


def below_date_lines(story: Story, units: Sequence[Unit]) -> Story:
    """The story without such lines at its head; all of it where nothing else would be left."""
    head = [at for at in story.units[:HEAD] if units[at].whole is None and is_date_line(units[at].text)]
    kept = tuple(at for at in story.units if at not in head)
    return replace(story, units=kept) if head and kept else story


def is_date_line(text: str) -> bool:
    """Whether a text is dates with their years, and beside them nothing but words that introduce dates."""
    if len(text) > LONGEST:
        return False
    left = in_english(tidy(gate(text).text))
    found = [date for date in dates.find(left, zone="UTC", day_first=True) if date.year_given and date.on]
    for date in found:
        left = left.replace(date.text, " ")
    return bool(found) and _LETTER.search(_TOLD.sub(" ", left)) is None
