"""Serve: one deployment per scheduled source, and a backfill that a person can trigger, until stopped."""

from prefect import serve as serve_deployments
from prefect.deployments.runner import RunnerDeployment
from prefect.schedules import Cron
from prefect.types.entrypoint import EntrypointType

from flows.backfill import backfill
from flows.enabling import enabled
from flows.ingest import ingest
from flows.settings import Settings
from sources.errors import ConfigError


def deployments(settings: Settings) -> list[RunnerDeployment]:
    """What `serve` runs: cron lines in each source's zone, one run of a source at a time.

    :raises ConfigError: when no source has a schedule.
    """
    place = {"home": str(settings.home), "config": settings.config}
    planned = [
        RunnerDeployment.from_flow(
            ingest,
            source.name,
            parameters={"source": source.name, **place},
            schedules=[Cron(source.schedule, timezone=source.zone or settings.zone)],
            concurrency_limit=1,
            entrypoint_type=EntrypointType.MODULE_PATH,
            description=source.title,
        )
        for source in enabled(settings).values()
        if source.schedule
    ]
    if not planned:
        raise ConfigError(f"no source has a schedule: add one to a file in {settings.place.sources}")
    by_hand = RunnerDeployment.from_flow(
        backfill,
        "backfill",
        parameters={"source": "folder", **place},
        concurrency_limit=1,
        entrypoint_type=EntrypointType.MODULE_PATH,
        description="Releases of a range of days: since (included) until (not included)",
    )
    return [*planned, by_hand]


def serve(settings: Settings) -> None:
    """Runs the deployments until interrupted."""
    serve_deployments(*deployments(settings), pause_on_shutdown=False)
