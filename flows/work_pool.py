"""The same deployments for a work pool: the text of `prefect.yaml`, made from the catalog and the table of flows.

Only the archive's own settings say where it lies, so the file names no folder: a worker finds `communique.toml` from
where it was deployed, or is told by `COMMUNIQUE_HOME`.
"""

import json
from collections.abc import Iterator

from flows.deployed import TAG, Deployed, upkeep, visits
from flows.enabling import enabled
from flows.orchestrator import QUIET
from flows.settings import Settings

POOL = "communique"
HEAD = f"""\
# Deployments for a work pool of type `process`, with any number of workers on the machine that has the data folder:
#   prefect work-pool create {POOL} --type process
#   prefect --no-prompt deploy --all
#   communique deployments --watch
#   prefect worker start --pool {POOL}
# Made by `communique deployments`; make it again when sources were added, enabled or changed.
name: communique
definitions:
  pool: &pool
    name: {POOL}
    job_variables:
      env:
"""


def prefect_yaml(settings: Settings) -> str:
    """Every source of the catalog, the schedules of those that are not enabled switched off, and every flow."""
    on = enabled(settings)
    found = [*visits(settings.sources().values(), settings.zone, {}), *upkeep(settings, {})]
    env = "".join(f"        {name}: {json.dumps(value)}\n" for name, value in QUIET.items())
    told = "".join("".join(_told(one, is_on=one.parameters.get("source", one.name) in on)) for one in found)
    return f"{HEAD}{env}deployments:\n{told}"


def _told(one: Deployed, *, is_on: bool) -> Iterator[str]:
    """One deployment. Strings are JSON, which is YAML too."""
    yield f"- name: {json.dumps(one.name)}\n"
    yield f"  description: {json.dumps(one.description, ensure_ascii=False)}\n"
    yield f"  entrypoint: {json.dumps(one.entrypoint.replace('.', '/', 1).replace('.', '.py:'))}\n"
    yield f"  tags: [{TAG}]\n"
    if one.parameters:
        yield f"  parameters: {json.dumps(dict(one.parameters))}\n"
    yield f"  concurrency_limit: {{limit: 1, collision_strategy: {'ENQUEUE' if one.queues else 'CANCEL_NEW'}}}\n"
    if when := one.cadence:
        often = {"cron": when.cron} if when.cron else _interval(one)
        active = is_on or "source" not in one.parameters
        yield f"  schedules: [{json.dumps(often | {'timezone': when.zone, 'active': active})}]\n"
    yield "  work_pool: *pool\n"


def _interval(one: Deployed) -> dict[str, str | float]:
    assert one.cadence
    assert one.cadence.interval
    return {"interval": one.cadence.interval.total_seconds(), "anchor_date": one.cadence.anchor.isoformat()}
