"""Whether visitors asked for what they had to: what a list named and was not read yet, and what was due once more.

Without this, an archive that never looked twice would hold exactly what it had seen.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from bench.simulated_year.living import Lived
from bench.simulated_year.witness import Seen
from bench.simulated_year.world import Page

LADDER = tuple(timedelta(hours=hours) for hours in (0.25, 1, 3, 12, 72, 168, 720, 2_160))
"""Ages at which a page is due, as the README says."""
YOUNG = timedelta(days=3)
LISTED = timedelta(days=5)  # what is younger stands within every visit's reach
SILENT = 3  # requests that failed, from which on a host may have been left alone for the rest of a visit

_Key = tuple[str, str]  # source and path


def unasked(lived: Lived, visits: Sequence[Seen]) -> Iterator[str]:
    """What should have been asked for and was not, visit by visit."""
    first: dict[_Key, datetime] = {}
    last: dict[_Key, tuple[datetime, bool]] = {}
    unsure: set[_Key] = set()
    for seen in visits:
        fails = sum(saw.startswith("fault") for saw in seen.pages.values())
        if seen.is_certain and fails < SILENT and seen.site.kinds[seen.source] != "notes":
            yield from _new_and_unasked(lived, seen, first)
            yield from _due_and_unasked(lived, seen, first, last, unsure)
        for path, saw in seen.pages.items():
            key = (seen.source, path)
            if saw.isdigit():
                first.setdefault(key, seen.at)
            last[key] = (seen.at, saw.isdigit())
            if not seen.is_certain:
                unsure.add(key)


def _new_and_unasked(lived: Lived, seen: Seen, first: dict[_Key, datetime]) -> Iterator[str]:
    if not seen.lists_came:
        return
    for page, text in lived.world.listed(seen.site, seen.at):
        is_read = (seen.source, page.path) in first
        if seen.at - text.issued < LISTED and not is_read and page.path not in seen.pages:
            yield f"{page.path}: listed when {seen.source} was visited at {seen.at}, not read yet and not asked for"


def _due_and_unasked(
    lived: Lived,
    seen: Seen,
    first: dict[_Key, datetime],
    last: dict[_Key, tuple[datetime, bool]],
    unsure: set[_Key],
) -> Iterator[str]:
    for key, began in first.items():
        source, path = key
        if source != seen.source or path in seen.pages or key in unsure or not last[key][1]:
            continue
        page = lived.world.pages[seen.site.host, path]
        if page.elder or _leads(page, source, first) != source:
            continue
        found_late = began - page.issued > YOUNG - timedelta(days=1)
        steps = [step for step in LADDER if step > YOUNG or not found_late]
        if due := [step for step in steps if last[key][0] < began + step <= seen.at]:
            yield f"{path}: due at the age of {due[-1]} when {source} was visited at {seen.at}, and not asked for"


def _leads(page: Page, source: str, first: dict[_Key, datetime]) -> str:
    """Which source of a site met a page first, and so asks for it again."""
    met = [(first[other, page.path], other) for other in page.site.kinds if (other, page.path) in first]
    return min(met)[1] if met else source
