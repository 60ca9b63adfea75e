"""Runs that died or were missed, told to Prefect: it believes a run for as long as nobody says otherwise."""

import asyncio
from collections import defaultdict
from collections.abc import Collection
from datetime import UTC, datetime, timedelta
from uuid import UUID

from prefect.automations import Automation
from prefect.client.orchestration import PrefectClient, get_client
from prefect.client.schemas.filters import (
    DeploymentFilter,
    DeploymentFilterId,
    FlowRunFilter,
    FlowRunFilterState,
    FlowRunFilterStateType,
)
from prefect.client.schemas.objects import FlowRun, StateType
from prefect.client.schemas.sorting import FlowRunSort
from prefect.events.actions import ChangeFlowRunState
from prefect.events.schemas.automations import EventTrigger, Posture
from prefect.events.schemas.events import ResourceSpecification
from prefect.states import Cancelled, Crashed

SILENT_SECONDS = 75  # two heartbeats and a half; with what noticing takes, a dead run is marked within two minutes
HEARTBEAT = "prefect.flow-run.heartbeat"
ENDS = ("Completed", "Failed", "Cancelled", "Crashed", "Paused", "Suspended")
UNFINISHED = (StateType.RUNNING, StateType.PENDING, StateType.CANCELLING)
AT_MOST = 200  # flow runs that Prefect gives in one answer

WATCH = "Communiqué: mark runs without heartbeat as crashed"


def watch() -> Automation:
    """Marks a run as crashed that neither ended nor gave a sign of life in time."""
    return Automation(
        name=WATCH,
        description=f"A run whose process died without a word is marked after {SILENT_SECONDS} s; the next takes over.",
        trigger=EventTrigger(
            after={HEARTBEAT},
            expect={HEARTBEAT, *(f"prefect.flow-run.{state}" for state in ENDS)},
            match=ResourceSpecification({"prefect.resource.id": ["prefect.flow-run.*"]}),
            for_each={"prefect.resource.id"},
            posture=Posture.Proactive,
            threshold=1,
            within=timedelta(seconds=SILENT_SECONDS),
        ),
        actions=[
            ChangeFlowRunState(
                name=None,
                state=StateType.CRASHED,
                force=False,
                message=f"no sign of life for {SILENT_SECONDS} s: its process is gone",
            )
        ],
    )


async def keep_watch(client: PrefectClient) -> None:
    """Sets the automation up, or renews the one that is there."""
    wanted = watch()
    there = await client.read_automations_by_name(WATCH)
    for spare in there[1:]:
        await client.delete_automation(spare.id)
    if there:
        wanted.id = there[0].id
        await wanted.aupdate()
    else:
        await wanted.acreate()


def have_watched() -> None:
    """Sets the automation up at the server that is named, for workers that no `serve` goes with."""

    async def ask() -> None:
        async with get_client() as client:
            await keep_watch(client)

    asyncio.run(ask())


async def bury(client: PrefectClient, deployments: Collection[UUID]) -> int:
    """Marks the unfinished runs of these deployments as crashed, for whoever knows that nobody runs them."""
    found = await _runs(client, deployments, UNFINISHED)
    for run in found:
        message = "its process ended with the `serve` that had started it"
        await client.set_flow_run_state(run.id, Crashed(message=message), force=True)
    return len(found)


async def collapse(client: PrefectClient, deployments: Collection[UUID]) -> int:
    """Cancels all but the newest of the runs that each deployment's schedule missed; returns how many."""
    missed: dict[UUID, list[FlowRun]] = defaultdict(list)
    now = datetime.now(UTC)
    for run in await _runs(client, deployments, (StateType.SCHEDULED,)):
        if run.auto_scheduled and run.deployment_id and run.expected_start_time and run.expected_start_time < now:
            missed[run.deployment_id].append(run)
    made_up_for = [run for found in missed.values() for run in found[:-1]]
    for run in made_up_for:
        await client.set_flow_run_state(run.id, Cancelled(message="missed; one later run makes up for all"), force=True)
    return len(made_up_for)


async def _runs(client: PrefectClient, deployments: Collection[UUID], states: Collection[StateType]) -> list[FlowRun]:
    """Runs in one of these states, the one that was due first at the front."""
    if not deployments:
        return []
    return await client.read_flow_runs(
        flow_run_filter=FlowRunFilter(state=FlowRunFilterState(type=FlowRunFilterStateType(any_=list(states)))),
        deployment_filter=DeploymentFilter(id=DeploymentFilterId(any_=list(deployments))),
        sort=FlowRunSort.EXPECTED_START_TIME_ASC,
        limit=AT_MOST,
    )
