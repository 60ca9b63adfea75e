"""`revisit`: pages that were read before, asked for again when that is due."""

from collections import Counter
from typing import Annotated, Any

import typer

from flows import orchestrator
from flows.commands.running import Direct, Json, tell
from flows.console import err
from flows.direct import ingest_directly
from flows.due import ALL_DUE
from flows.enabling import enabled
from flows.progress import progress
from flows.run import Run, open_run
from flows.settings import Settings, clock
from sources.capture import Outcome
from sources.errors import ConfigError


def add_to(app: typer.Typer) -> None:
    """Registers the command."""
    app.command()(revisit)


def revisit(
    context: typer.Context,
    sources: Annotated[
        list[str] | None, typer.Argument(help="Sources of the web; else all of them that are enabled.")
    ] = None,
    budget: Annotated[
        int | None, typer.Option(min=0, help="Pages of each host at most; else as the source or the settings say.")
    ] = None,
    all_due: Annotated[bool, typer.Option("--all-due", help="All that are due, however many.")] = False,
    direct: Direct = False,
    as_json: Json = False,
) -> None:
    """Ask again for pages that are due, on a list or not, and so notice edits and what is gone."""
    settings: Settings = context.obj
    if all_due and budget is not None:
        raise ConfigError("--all-due and --budget say two different things: give one of them")
    known = settings.sources()
    chosen = sources or [name for name, source in enabled(settings).items() if source.kind != "folder"]
    if folders := [name for name in chosen if name in known and known[name].kind == "folder"]:
        raise ConfigError(f"{folders[0]} is a folder: its files are looked at by every run")
    outcomes: Counter[Outcome] = Counter()
    run_id = ""
    for source in chosen:
        limit = ALL_DUE if all_due else budget
        run = open_run(settings, source, flow="revisit", now=clock, budget=limit)
        run_id, found = _directly(run) if direct else _by_prefect(run)
        outcomes.update(found)
    tell(settings, run_id, outcomes, as_json)


def _directly(run: Run) -> tuple[str, Counter[Outcome]]:
    with progress(f"revisit {run.source}") as advance:
        return run.run_id, ingest_directly(run, seen=advance)


def _by_prefect(run: Run) -> tuple[str, Counter[Outcome]]:
    settings = run.settings
    orchestrator.prepare(settings)
    address = orchestrator.named_server()
    err.print(f"Prefect: {address or 'starting its embedded server, which takes 6 to 20 seconds'}")
    from flows.revisit import revisit as revisit_flow  # noqa: PLC0415  -- Prefect reads its environment on import

    made: Any = revisit_flow(run.source, home=str(settings.home), config=settings.config, budget=run.budget)
    return made["run_id"], Counter(made["outcomes"])
