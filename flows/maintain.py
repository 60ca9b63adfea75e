"""Maintain: upkeep as a flow, once a day under `serve` and workers, or by hand from Prefect's pages."""

from pathlib import Path
from typing import Any

from prefect import flow
from prefect.artifacts import create_table_artifact

from flows.events import tell_alarms
from flows.notifying import notify
from flows.settings import clock, load_settings
from flows.upkeep import maintain as maintain_once
from sources.errors import DiskFull


@flow(name="maintain", retries=0)
def maintain(home: str | None = None, config: str | None = None) -> Any:
    """Loads what waits, clears away, compacts, publishes and looks again at a part of what is preserved."""
    settings = load_settings(home=Path(home) if home else None, config=Path(config) if config else None)
    made = maintain_once(settings, clock)
    notify(settings, made.alarms)
    tell_alarms(made.alarms)
    told = f"Upkeep {made.run_id}. In the archive: `FROM upkeep LIMIT 1`"
    create_table_artifact(key="upkeep", table=[made.row], description=told)
    if made.full:
        raise DiskFull(made.full)
    return made.as_json()
