"""Publish: a flow of its own, for what was loaded while the archive had been published a moment ago."""

from pathlib import Path

from prefect import flow

from flows.publication import publish_now
from flows.settings import clock, load_settings


@flow(name="publish", retries=0)
def publish(home: str | None = None, config: str | None = None) -> None:
    """Publishes what was loaded since the archive was last published."""
    publish_now(load_settings(home=Path(home) if home else None, config=Path(config) if config else None), clock)
