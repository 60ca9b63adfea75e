"""`sources probe`: a newcomer's way to a source file."""

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from flows.commands.catalog import sources
from flows.console import err, out, printable, table, write_json
from flows.settings import Settings, clock
from parsers.workers import Readers
from sources.config import CATALOG, load_source
from sources.errors import CommuniqueError, ConfigError
from sources.guard import Guard
from sources.probing.proposal import name_for
from warehouse.home import write_whole

if TYPE_CHECKING:  # trees and feeds are loaded when somebody probes, not for every command
    from flows.probe import Probed
    from sources.probing.ways import Kind

KINDS: dict[str, "Kind"] = {"listing": "listing", "calendar": "calendar", "feed": "feed", "sitemap": "sitemap"}
Json = Annotated[bool, typer.Option("--json", help="Print the result as JSON on stdout, and nothing else there.")]


def add_to(_app: typer.Typer) -> None:
    """Registers the command among those of `sources`."""
    sources.command("probe")(probe_site)


def probe_site(
    context: typer.Context,
    target: Annotated[str, typer.Argument(help="The address of a list of releases, or a page saved from one.")],
    url: Annotated[str | None, typer.Option(help="Where a saved page came from, if it does not say so.")] = None,
    kind: Annotated[str | None, typer.Option(help="Propose this kind: listing, calendar, feed or sitemap.")] = None,
    write: Annotated[str | None, typer.Option(metavar="NAME", help="Write the proposal to sources/NAME.toml.")] = None,
    as_json: Json = False,
) -> None:
    """Propose a source file for a publisher's site, with its first records; store nothing unless told to."""
    settings: Settings = context.obj
    if kind is not None and kind not in KINDS:
        raise ConfigError(f"--kind {kind}: a probe knows {', '.join(KINDS)}")
    path = _free_place(settings, write) if write else None
    found = _probed(settings, target, url, KINDS.get(kind or ""))
    if found.proposal is None:
        _tell_where_to_look(found)
        raise CommuniqueError(f"{found.url}: no list of releases found; probe the page that lists them")
    text = found.proposal.toml()
    name = write or name_for(*_host_and_language(found))
    _check(text, name)
    if path is not None:
        write_whole(path, text.encode())
    if as_json:
        write_json({"name": name, "toml": text, "asked": found.asked, "written": str(path) if path else None}
                   | {"records": [_told(one) for one in _rows(found)]})  # fmt: skip
        return
    out.print(text, markup=False)
    _show_records(found)
    _tell_next(found, name, path)


def _probed(settings: Settings, target: str, url: str | None, wanted: "Kind | None") -> "Probed":
    from flows.probe import probe  # noqa: PLC0415  -- see above
    from flows.probed_site import Site, open_saved, pace_for  # noqa: PLC0415  -- see above
    from sources.web import open_web  # noqa: PLC0415  -- see above

    with Readers(1) as readers:
        if not target.startswith(("http://", "https://")):
            page = open_saved(Path(target), url, limit=settings.size_limit)
            return probe(page.url, Site(pages={page.url: page}), readers, now=clock(), wanted=wanted)
        guard = Guard(allowed=settings.allowed())
        web = open_web(settings.place.root / "hosts", contact=settings.contact, guard=guard, now=clock)
        try:
            return probe(target, Site(web, pace_for(target), _tell), readers, now=clock(), wanted=wanted)
        finally:
            web.close()


def _tell(url: str) -> None:
    err.print(f"asking for {printable(url)}", markup=False)


def _free_place(settings: Settings, name: str) -> Path:
    """Where the file goes; nothing is overwritten, and a shipped source is not displaced unawares."""
    path = settings.place.sources / f"{name}.toml"
    if path.exists():
        raise ConfigError(f"{path} is there already: choose another name, or move it away first")
    if (CATALOG / path.name).exists():
        raise ConfigError(f"{name} is the name of a source that ships: choose another")
    return path


def _check(text: str, name: str) -> None:
    """Loads the proposal as it will be loaded from its file.

    :raises ConfigError: the name is none for a source.
    """
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{name}.toml"
        path.write_text(text, encoding="utf-8")
        load_source(path)


def _host_and_language(found: "Probed") -> tuple[str, str]:
    lines = {line.key: line.value for line in found.proposal.lines} if found.proposal else {}
    return found.host, str(lines.get("language", ""))


def _rows(found: "Probed") -> list[dict[str, Any]]:
    """The first records in short: as the list names them and as they were read."""
    return [
        {
            "listed": one.candidate.name,
            "day": one.candidate.hints.listed_on,
            "url": one.candidate.url,
            "record": one.record,
            "reason": one.reason,
        }
        for one in found.samples
    ]


def _told(row: dict[str, Any]) -> dict[str, Any]:
    return row | {"day": row["day"].isoformat() if row["day"] else None}


def _show_records(found: "Probed") -> None:
    shown = table("the first records", ("title", "published", "language", "parser", "text"))
    for row in _rows(found):
        record = row["record"]
        if record is None:
            listed = f"{row['day'] or 'no day'}, as listed"
            shown.add_row(printable(row["listed"]), listed, "", "", printable(row["reason"]))
            continue
        published = record["published"] or {}
        when = published.get("at") or published.get("on") or "none"
        shown.add_row(
            *(printable(value) for value in (record["title"], when, record["language"], record["parser"])),
            f"{len(record['body'])} characters",
        )
    out.print(shown)


def _tell_next(found: "Probed", name: str, path: Path | None) -> None:
    asked = len(found.asked)
    err.print(f"\n{asked} pages were asked for" if asked else "\nnothing was asked of the site", markup=False)
    if path is None:
        err.print(f"to keep it: the same command with --write {name}", markup=False)
    else:
        err.print(f"written to {path}; now: communique sources enable {name}, communique run {name}", markup=False)


def _tell_where_to_look(found: "Probed") -> None:
    for url, words in found.signs.lists:
        err.print(f"perhaps: communique sources probe {printable(url)}   # {printable(words)}", markup=False)
