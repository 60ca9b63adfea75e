"""`maintain`: what an archive needs once a day."""

from typing import Annotated, Any

import typer

from flows import orchestrator
from flows.commands.running import Direct
from flows.console import err, out, printable, write_json
from flows.notifying import notify
from flows.progress import progress
from flows.settings import Settings, clock
from flows.upkeep import Maintained
from flows.upkeep import maintain as maintain_once
from sources.errors import DiskFull

Json = Annotated[bool, typer.Option("--json", help="Print the result as JSON on stdout, and nothing else there.")]


def add_to(app: typer.Typer) -> None:
    """Registers the command."""
    app.command()(maintain)


def maintain(context: typer.Context, direct: Direct = False, as_json: Json = False) -> None:
    """Load what waits, clear away, compact, publish, look again at a part of raw. Exit code 1 when some is wrong."""
    settings: Settings = context.obj
    told = _directly(settings) if direct else _by_prefect(settings)
    if as_json:
        write_json(told)
    else:
        for line in _page(told):
            out.print(printable(line), markup=False)
    raise typer.Exit(1 if told["findings"] else 0)


def _directly(settings: Settings) -> dict[str, Any]:
    with progress("maintain: files looked at") as advance:
        made: Maintained = maintain_once(settings, clock, seen=advance)
    notify(settings, made.alarms)
    if made.full:
        raise DiskFull(made.full)
    return made.as_json()


def _by_prefect(settings: Settings) -> dict[str, Any]:
    orchestrator.prepare(settings)
    address = orchestrator.named_server()
    err.print(f"Prefect: {address or 'starting its embedded server, which takes 6 to 20 seconds'}")
    from flows.maintain import maintain as flow  # noqa: PLC0415  -- Prefect reads its environment on import

    made: Any = flow(home=str(settings.home), config=settings.config)
    return dict(made)


def _page(told: dict[str, Any]) -> list[str]:
    checked = f"{told['files']} files of raw looked at, {told['bytes'] / 1e6:,.1f} MB: lines {told['first_line']} to"
    return [
        f"{checked} {told['last_line']} of {told['head_line']}",
        *(f"WRONG  {one['file']}: {one['what']}; {one['next_step']}" for one in told["findings"]),
        f"{told['shrunk_bytes'] / 1e6:,.1f} MB given back, {told['removed']} left-over files removed, "
        f"{told['free_bytes'] / 1e9:,.1f} GB free",
    ]
