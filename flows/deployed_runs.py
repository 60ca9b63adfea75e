"""Runs that `serve` or a worker started, as against those that a person waits for."""

import logging
import time
from datetime import UTC, datetime, timedelta

from prefect.deployments import run_deployment
from prefect.exceptions import ObjectNotFound
from prefect.runtime import deployment

from flows.run import Run

PUBLISH = "publish/archive"

logger = logging.getLogger(__name__)


def is_deployed() -> bool:
    """Whether this process runs a deployment."""
    return deployment.id is not None


def publish_later(run: Run, seconds: float) -> None:
    """Asks for one run that publishes, however many runs ask for it until then."""
    at = datetime.now(UTC) + timedelta(seconds=seconds)
    once = f"publish-{run.home.root}-{int(time.time() + seconds) // max(1, int(run.settings.publish_every_seconds))}"
    try:
        run_deployment(PUBLISH, scheduled_time=at, timeout=0, as_subflow=False, idempotency_key=once)
    except ObjectNotFound:
        logger.warning("no deployment %s: what is new is published by the next run", PUBLISH)
