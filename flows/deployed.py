"""What there is to run: a deployment for each source that is visited, and one for each flow beside them."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any

from flows.cadence import Cadence, cadences
from flows.enabling import enabled
from flows.settings import Settings
from sources.config import Source
from sources.errors import ConfigError

TAG = "communique"
INGEST = "flows.ingest.ingest"
UPKEEP, REPORT = "upkeep", "report"


@dataclass(frozen=True, slots=True)
class Standing:
    """A flow of its own: name of its deployment and the function. They run by hand; some also when the settings say."""

    name: str
    entrypoint: str
    description: str


FLOWS = (
    Standing("backfill", "flows.backfill.backfill", "Releases of a range of days: since (included), until (not)."),
    Standing("revisit", "flows.revisit.revisit", "Pages of a source that are due to be asked again; not its lists."),
    Standing("reparse", "flows.reparse.reparse", "Records made anew from what was preserved, by today's parsers."),
    Standing("archive", "flows.publish.publish", "Publishes what was loaded since the archive was last published."),
    Standing(
        UPKEEP,
        "flows.maintain.maintain",
        "Looks again at a part of what is preserved, compacts, clears away, publishes.",
    ),
    Standing(REPORT, "flows.report.report", "Writes the report of the last days as one page, or of those named."),
)
"""The flows beside the visits, one a line. Each takes `home` and `config`."""


@dataclass(frozen=True, slots=True)
class Deployed:
    """One deployment, whoever runs it: plain values, so that two can be compared."""

    name: str
    entrypoint: str
    description: str
    cadence: Cadence | None = None
    parameters: Mapping[str, Any] = field(default_factory=dict)

    @property
    def full_name(self) -> str:
        """`flow/deployment`, as Prefect addresses it."""
        return f"{self.entrypoint.rpartition('.')[2]}/{self.name}"

    @property
    def queues(self) -> bool:
        """Whether a second run waits for the first. One that a clock started is dropped: it would find nothing new."""
        return self.cadence is None

    def flow(self) -> Any:
        """The flow itself."""
        module, _, name = self.entrypoint.rpartition(".")
        return getattr(import_module(module), name)


def planned(settings: Settings, spoilt: Callable[[str, ConfigError], None] | None = None) -> dict[str, Deployed]:
    """All there is to run over this data folder, by full name.

    :param spoilt: told of source files that cannot be read, which are then left out; else they are raised.
    """
    place = {"home": str(settings.home), "config": settings.config}
    return _by_name([*visits(enabled(settings, spoilt).values(), settings.zone, place), *upkeep(settings, place)])


def visits(sources: Iterable[Source], zone: str, place: Mapping[str, Any]) -> list[Deployed]:
    """A deployment for each source; `place` are the parameters that say which archive is meant."""
    told = list(sources)
    when = cadences(told, zone=zone)
    return [
        Deployed(source.name, INGEST, source.title, when.get(source.name), {"source": source.name, **place})
        for source in told
    ]


def upkeep(settings: Settings, place: Mapping[str, Any]) -> list[Deployed]:
    """A deployment for each of `FLOWS`."""
    lines = {UPKEEP: settings.maintain_at, REPORT: settings.report_at}
    when = {name: Cadence(settings.zone, cron=line) for name, line in lines.items() if line}
    return [Deployed(one.name, one.entrypoint, one.description, when.get(one.name), place) for one in FLOWS]


def _by_name(found: Iterable[Deployed]) -> dict[str, Deployed]:
    return {one.full_name: one for one in found}
