"""Lines that belong to the page around a release by where they stand: menus above it, lists of links below it.

Text copied from a browser brings the whole page along. A word such as `Photo` or `Search` says nothing by itself;
above a headline underlined with stars, or at the head of a closing run of short lines, it does.
"""

import re
from collections.abc import Callable, Sequence

from parsers.furniture import is_end_mark, is_furniture, opens_section
from parsers.layout import ends_sentence, tidy

HIGHEST_MENU = 60  # lines above a row of stars that may be a menu
LONGEST_SECTION = 40  # lines of links below a release
LONGEST_LINK = 160  # characters

_STARS = re.compile(r"[*\uff0a][*\uff0a ]{4,}")
_CLOSING = re.compile(r"(?:ends?\s?/|issued at|\u9999\u6e2f[\u6642\u65f6])", re.IGNORECASE)


def within_page(lines: Sequence[str], body: Sequence[int]) -> list[int]:
    """What is left of `body`, the indices of filled lines, without the menu above and the links below the release.

    Closing lines below the links (`Ends/...`, `NNNN`) are kept: they are the release's own.
    """
    return _without_links(lines, body[_menu_end(lines, body) :])


def _menu_end(lines: Sequence[str], body: Sequence[int]) -> int:
    """How many lines stand above the headline that a row of stars underlines; none where there is no menu."""
    stars = _first(body, HIGHEST_MENU, lambda index: len(lines[index]) < 400 and _is_row_of_stars(lines[index]))
    if stars is None or any(_is_text(lines[index]) for index in body[:stars]):
        return 0
    menu = [place for place in range(stars - 1) if is_furniture(tidy(lines[body[place]]), at_edge=True)]
    return menu[-1] + 1 if menu else 0


def _is_row_of_stars(line: str) -> bool:
    return ("*" in line or "\uff0a" in line) and _STARS.fullmatch(tidy(line)) is not None


def _without_links(lines: Sequence[str], body: Sequence[int]) -> list[int]:
    """The body without a section of links or captions that nothing but short lines and the closing lines follow."""
    start = max(1, len(body) - LONGEST_SECTION)
    at = end = len(body)
    while end > start and not _is_text(lines[body[end - 1]]):
        end -= 1
        if opens_section(tidy(lines[body[end]])):
            at = end
    if at == len(body):
        return list(body)
    closing = (place for place in range(at, len(body)) if _is_closing(tidy(lines[body[place]])))
    return [*body[:at], *body[next(closing, len(body)) :]]


def _is_text(line: str) -> bool:
    """Whether a line is more than a link or a caption of a few words."""
    return len(line) > LONGEST_LINK or line.startswith("\x00") or (ends_sentence(line) and not _is_closing(tidy(line)))


def _is_closing(line: str) -> bool:
    return is_end_mark(line) or _CLOSING.match(line) is not None


def _first(body: Sequence[int], most: int, fits: Callable[[int], object]) -> int | None:
    return next((place for place, index in enumerate(body[:most]) if fits(index)), None)
