"""The deployments as Prefect's server has them, brought in line with what the catalog says now.

What a person switched off in the UI stays off: a deployment's pause and its schedule's are carried over.
"""

from collections.abc import Iterable, Mapping
from uuid import UUID

from prefect.client.orchestration import PrefectClient
from prefect.client.schemas.filters import DeploymentFilter, DeploymentFilterTags
from prefect.client.schemas.objects import ConcurrencyLimitConfig, ConcurrencyLimitStrategy
from prefect.client.schemas.responses import DeploymentResponse
from prefect.deployments.runner import RunnerDeployment
from prefect.exceptions import ObjectNotFound
from prefect.runner import Runner
from prefect.schedules import Schedule
from prefect.types.entrypoint import EntrypointType

from flows.cadence import Cadence
from flows.deployed import TAG, Deployed
from sources.errors import ConfigError


async def register(runner: Runner, client: PrefectClient, wanted: Deployed) -> UUID:
    """Makes or renews one deployment and has the runner look for its runs; returns its id.

    :raises ConfigError: for a cron line that Prefect does not take, or a deployment of another data folder.
    """
    known = await _known(client, wanted.full_name)
    if known and not _is_ours(known, wanted.parameters):
        raise ConfigError(
            f"{wanted.full_name}: this Prefect server has it for {known.parameters['home']}; "
            "one server serves one data folder: start another with --port, or name another in PREFECT_API_URL"
        )
    if known and not wanted.cadence:
        for one in known.schedules:
            await client.delete_deployment_schedule(known.id, one.id)
    return await runner.aadd_deployment(_deployment(wanted, known))


async def unregister(client: PrefectClient, names: Iterable[str]) -> None:
    """Removes deployments; what their runs left stays."""
    for name in names:
        if known := await _known(client, name):
            await client.delete_deployment(known.id)


async def left_over(client: PrefectClient, wanted: Mapping[str, Deployed], home: str) -> list[str]:
    """Deployments of this data folder that an earlier `serve` made and that nobody wants any more."""
    tagged = await client.read_deployments(deployment_filter=DeploymentFilter(tags=DeploymentFilterTags(all_=[TAG])))
    ours = [one for one in tagged if one.parameters.get("home") == home and not one.work_pool_name]
    kept = {(one.name, one.entrypoint) for one in wanted.values()}
    gone = [one for one in ours if (one.name, one.entrypoint) not in kept]
    return [f"{(one.entrypoint or '').rpartition('.')[2]}/{one.name}" for one in gone]


async def _known(client: PrefectClient, name: str) -> DeploymentResponse | None:
    try:
        return await client.read_deployment_by_name(name)
    except ObjectNotFound:
        return None


def _is_ours(known: DeploymentResponse, parameters: Mapping[str, object]) -> bool:
    return known.parameters.get("home") in (None, parameters["home"])


def _deployment(wanted: Deployed, known: DeploymentResponse | None) -> RunnerDeployment:
    strategy = ConcurrencyLimitStrategy.ENQUEUE if wanted.queues else ConcurrencyLimitStrategy.CANCEL_NEW
    is_active = not (known and known.schedules) or any(one.active for one in known.schedules)
    try:
        schedules = [_schedule(wanted.cadence, is_active=is_active)] if wanted.cadence else []
    except ValueError as error:
        raise ConfigError(f"{wanted.full_name}: {error}; mend `schedule` in the source's file") from error
    made = RunnerDeployment.from_flow(
        wanted.flow(),
        wanted.name,
        parameters=dict(wanted.parameters),
        schedules=schedules,
        paused=known.paused if known else False,
        concurrency_limit=ConcurrencyLimitConfig(limit=1, collision_strategy=strategy),
        entrypoint_type=EntrypointType.MODULE_PATH,
        description=wanted.description,
        tags=[TAG],
    )
    made.work_pool_name = made.work_queue_name = None  # set, so that one that was in a pool leaves it
    return made


def _schedule(cadence: Cadence, *, is_active: bool) -> Schedule:
    """Prefect's word for a cadence.

    :raises ValueError: for a cron line that is none.
    """
    return Schedule(
        interval=cadence.interval,
        cron=cadence.cron,
        anchor_date=cadence.anchor,
        timezone=cadence.zone,
        active=is_active,
    )
