"""`run`, `serve`: picking releases up."""

import signal
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from flows import orchestrator
from flows.asking import rows_of
from flows.console import err, out, outcome_table, printable, write_json
from flows.direct import ingest_directly
from flows.enabling import enabled
from flows.progress import progress
from flows.run import Run, open_run
from flows.settings import Settings, clock
from flows.work_pool import prefect_yaml
from sources.capture import OUTCOMES, Outcome
from sources.errors import ConfigError

Json = Annotated[bool, typer.Option("--json", help="Print the result as JSON on stdout, and nothing else there.")]
Direct = Annotated[
    bool, typer.Option("--direct", help="Take the same steps without Prefect: for cron, containers, tests.")
]


def add_to(app: typer.Typer) -> None:
    """Registers the commands."""
    app.command()(run)
    app.command()(serve)
    app.command()(deployments)


def run(
    context: typer.Context,
    sources: Annotated[list[str] | None, typer.Argument(help="Sources to visit; else all that are enabled.")] = None,
    inbox: Annotated[Path | None, typer.Option(help="Read this folder in place of the source's own.")] = None,
    manifest: Annotated[Path | None, typer.Option(help="Load the files of a TSV, with the facts in its rows.")] = None,
    revisit: Annotated[
        bool, typer.Option(help="Ask again for all that is listed on the web, read before or not: edits are noticed.")
    ] = False,
    direct: Direct = False,
    as_json: Json = False,
) -> None:
    """Pick up what is new, archive it, and publish the file people query."""
    settings: Settings = context.obj
    if inbox and manifest:
        raise ConfigError("--inbox and --manifest name two different inputs: give one of them")
    outcomes: Counter[Outcome] = Counter()
    run_id, runs = "", list[str]()
    for source in _chosen(settings, sources, has_input=bool(inbox or manifest)):
        place = {"inbox": _absolute(inbox), "manifest": _absolute(manifest)}
        order: dict[str, Any] = {"source": source, "revisit": revisit} | place
        if direct:
            run_id, found = _directly(settings, order)
        else:
            run_id, found = _by_prefect(settings, order)
        outcomes.update(found)
        runs.append(run_id)
    tell(settings, run_id, outcomes, as_json, runs)


def serve(
    context: typer.Context,
    port: Annotated[int, typer.Option(help="Port for Prefect's server, if PREFECT_API_URL names none.")] = 4200,
    host: Annotated[
        str, typer.Option(help="Address it listens on; beyond loopback only with a password, see README.")
    ] = "127.0.0.1",
) -> None:
    """Run every source on its schedule, and offer the rest in Prefect's UI, until stopped."""
    settings: Settings = context.obj
    orchestrator.prepare(settings)
    signal.signal(signal.SIGTERM, _leave)
    with orchestrator.server(port, _say, host=host) as address:
        from flows.serve import serve as serve_until_stopped  # noqa: PLC0415  -- Prefect reads its environment on import

        _say(f"serving; look at {address.removesuffix('/api')}, stop with Ctrl-C")
        serve_until_stopped(settings, _say)


def deployments(
    context: typer.Context,
    watch: Annotated[
        bool, typer.Option(help="Have the server in PREFECT_API_URL mark dead runs, as `serve` does; print nothing.")
    ] = False,
) -> None:
    """Print `prefect.yaml`: the same deployments for workers of a Prefect work pool."""
    if not watch:
        sys.stdout.write(prefect_yaml(context.obj))
        return
    address = orchestrator.named_server()
    if address is None:
        raise ConfigError("PREFECT_API_URL names no server: set it to that of your workers")
    orchestrator.prepare(context.obj)
    from flows.dead_runs import WATCH, have_watched  # noqa: PLC0415  -- Prefect reads its environment on import

    have_watched()
    _say(f"{address} has the automation {WATCH!r}")


def _leave(_signal: int, _frame: object) -> None:
    """Leaves in good order: the default would leave Prefect's server behind."""
    raise SystemExit(0)


def _say(text: str) -> None:
    err.print(text, markup=False)


def _chosen(settings: Settings, named: list[str] | None, *, has_input: bool) -> list[str]:
    """The sources named, else the folder when an input is given, else all that are enabled."""
    if named:
        return named
    return ["folder"] if has_input else list(enabled(settings))


def _directly(settings: Settings, order: dict[str, Any]) -> tuple[str, Counter[Outcome]]:
    run = _opened(settings, order)
    with progress(f"run {run.source}") as advance:
        return run.run_id, ingest_directly(run, seen=advance)


def _by_prefect(settings: Settings, order: dict[str, Any]) -> tuple[str, Counter[Outcome]]:
    _opened(settings, order)  # what is wrong with the order is said before Prefect is waited for
    orchestrator.prepare(settings)
    address = orchestrator.named_server()
    err.print(f"Prefect: {address or 'starting its embedded server, which takes 6 to 20 seconds'}")
    from flows.ingest import ingest  # noqa: PLC0415  -- Prefect reads its environment on import

    made = ingest(**order, home=str(settings.home), config=settings.config)
    return made["run_id"], Counter(made["outcomes"])


def _opened(settings: Settings, order: dict[str, Any]) -> Run:
    inbox, manifest = _path(order["inbox"]), _path(order["manifest"])
    return open_run(
        settings,
        order["source"],
        flow="ingest",
        now=clock,
        inbox=inbox,
        manifest=manifest,
        revisit=order["revisit"],
    )


def tell(
    settings: Settings, run_id: str, outcomes: Counter[Outcome], as_json: bool, runs: Sequence[str] | None = None
) -> None:
    """:param runs: all runs that were made, where `run_id` is the last of several."""
    if as_json:
        told = {"run_id": run_id, "outcomes": {name: outcomes[name] for name in OUTCOMES}}
        write_json(told | {"alarms": _alarms_of(settings, runs or [run_id])})
        return
    out.print(outcome_table(run_id, outcomes))
    alarms = _alarms(settings)
    if not outcomes["new"] and not outcomes["revised"]:
        is_all_held = not (alarms or outcomes["failed"] or outcomes["skipped"])
        out.print("\nnothing new: the archive holds all of it" if is_all_held else "\nnothing new")
    if outcomes["quarantined"]:
        out.print("\nput aside: `communique quarantine` lists what and why")
    for alarm in alarms:
        out.print(f"\nalarm    {printable(alarm['source'])}: {printable(alarm['reason'])}", markup=False)
    out.print(f"\narchive  {settings.place.archive}")
    out.print('try      communique query "SELECT day, publisher, title FROM releases ORDER BY day DESC LIMIT 10"')


def _alarms_of(settings: Settings, runs: Sequence[str]) -> list[dict[str, Any]]:
    """What these runs raised and cleared."""
    if not settings.place.archive.exists():
        return []
    named = ", ".join(f"'{one}'" for one in runs)
    asked = f"SELECT source, cause, state, reason FROM kept.alarms WHERE run_id IN ({named}) ORDER BY batch_no, rowid"
    return rows_of(settings.place, asked)


def _alarms(settings: Settings) -> list[dict[str, Any]]:
    if not settings.place.archive.exists():
        return []
    return rows_of(settings.place, "SELECT source, reason FROM alarms_open ORDER BY source, cause")


def _absolute(path: Path | None) -> str | None:
    return str(path.absolute()) if path else None


def _path(told: str | None) -> Path | None:
    return Path(told) if told else None
