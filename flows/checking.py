"""CHECK: one polite pass over a source, nothing stored: what it lists, what its pages give, and the first record."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flows.arrivals import Listed
from flows.demands import as_demanded
from flows.holdings import Holdings
from flows.last_time import LastTime
from flows.picking import Picked, Picker, Piece
from flows.run import Run
from flows.visits import read_lists, the_web, veiled
from parsers.readings import Reading
from parsers.workers import Readers
from sources.candidate import Refusal
from sources.capture import Capture
from sources.discovery.discovered import Discovered, ListedPage


@dataclass(frozen=True, slots=True)
class Checked:
    """What a pass found, as JSON values. `lists` are pages of lists with the items and days on them, `trouble` reasons
    a person understands; `pages` were asked for, `fetched` came, `records` could be read, `first` the first of them."""

    source: str
    lists: tuple[dict[str, Any], ...]
    listed: int
    pages: int
    fetched: int
    records: int
    trouble: tuple[str, ...]
    first: dict[str, Any] | None

    @property
    def works(self) -> bool:
        """Whether the source gives what it should: lists that can be read to the end, and a record for each page."""
        return self.records > 0 and not self.trouble


def check(run: Run, readers: Readers, *, pages: int) -> Checked:
    """Visits a source of the web as if for the first time. Only what courtesy needs is remembered, in `hosts/`.

    :param pages: how many releases to fetch at most.
    :raises ConfigError: there is no contact, and the source is not on this machine.
    """
    source = run.settings.sources()[run.source]
    with the_web(run) as web:
        lists, found = read_lists(run, LastTime(), web)
        chosen = [veiled(one, lists.veil) for one in found.candidates[:pages]]
        picker = Picker(run, source, web, Holdings({}, {}), {})
        picked = [picker.pick(Piece(place, Listed(one), one)) for place, one in enumerate(chosen)]
    captures = [one.result for one in picked if isinstance(one.result, Capture)]
    readings = [as_demanded(source, items) for items in readers.submit(captures).result()] if captures else []
    records = [one.record for items in readings for one in items if one.record is not None]
    trouble = [lists.veil.text(reason) for reason in _of_lists(found)]
    trouble += [*_of_pages(picked), *_of_readings(captures, readings)]
    return Checked(
        source=run.source,
        lists=tuple(_page(page, lists.veil.text(page.url)) for page in found.pages),
        listed=found.listed,
        pages=len(picked),
        fetched=len(captures),
        records=len(records),
        trouble=tuple(trouble),
        first=records[0] if records else None,
    )


def _page(page: ListedPage, url: str) -> dict[str, Any]:
    days = {"newest": page.newest, "oldest": page.oldest}
    return {"url": url, "items": page.items} | {name: day.isoformat() if day else None for name, day in days.items()}


def _of_lists(found: Discovered) -> list[str]:
    return [*([found.failure] if found.failure else []), *found.alarms]


def _of_pages(picked: Sequence[Picked]) -> list[str]:
    return [f"{one.piece.candidate.ref}: {one.result.reason}" for one in picked if isinstance(one.result, Refusal)]


def _of_readings(captures: Sequence[Capture], readings: Sequence[Sequence[Reading]]) -> list[str]:
    refused: list[tuple[Capture, Mapping[str, str]]] = [
        (capture, one.rejection)
        for capture, items in zip(captures, readings, strict=True)
        for one in items
        if one.rejection
    ]
    return [f"{capture.ref}: {told['reason']}" for capture, told in refused]
