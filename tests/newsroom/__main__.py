"""`make demo`: the story of the newsroom, seen by an archive. Needs nothing outside this machine."""

import subprocess
import sys
import tempfile
from pathlib import Path

from flows.console import out
from sources.capture import OUTCOMES
from tests.newsroom.server import open_newsroom
from tests.newsroom.visiting import Evening, evenings, settings_for, write_source

COLUMNS = ("new", "revised", "unchanged", "duplicate", "quarantined", "failed", "alarms")
FERRIES = "Ferry fares stay the same until autumn"
BARGE = "Statement on the grounding of the barge Plover"

QUESTIONS = (
    (
        "A sentence was changed on 5 March, and the page does not say so:",
        "SELECT version, first_seen_at, edit_kind, changed_fields, updated_on FROM versions"
        f" WHERE title = '{FERRIES}' ORDER BY version",
    ),
    (
        "The statement on the barge was there, was gone, and came back elsewhere:",
        f"SELECT observed_at, outcome, reason, regexp_extract(ref, '/en/.*') AS address FROM kept.outcomes"
        f" WHERE name = '{BARGE}' ORDER BY observed_at",
    ),
    (
        "The same text twice makes no second release:",
        "SELECT name, reason, regexp_extract(ref, '/en/.*') AS address FROM duplicates",
    ),
    (
        "Dated long before it was first seen:",
        "SELECT title, published_on, first_seen_at FROM releases WHERE published_on < first_seen_at::DATE - 7"
        " AND first_seen_at > '2026-03-03'",
    ),
    (
        "English and Chinese, as the pages tie them:",
        "SELECT language, title, editions[1].language AS edition FROM releases WHERE editions != [] ORDER BY language",
    ),
)


def main() -> None:
    """Tells the story in an archive of its own, and names it at the end."""
    home = Path(tempfile.mkdtemp(prefix="communique-demo-"))
    out.print("An invented ministry publishes for eight days; every evening its site is visited and archived.\n")
    out.print(_line("evening", *COLUMNS, "what the ministry did that day"), style="bold", markup=False)
    with open_newsroom() as newsroom:
        write_source(home, newsroom)
        for evening in evenings(settings_for(home, newsroom), newsroom):
            out.print(_row(evening), markup=False)
            for alarm in evening.alarms:
                out.print(f"{'':12}alarm: {alarm.replace(newsroom.origin, '')}", style="yellow", markup=False)
    for told, question in QUESTIONS:
        out.print(f"\n{told}", style="bold", markup=False)
        _show(home, "query", question)
    out.print("\nWhat exactly was changed about the fares:", style="bold")
    _show(home, "show", _release_id(home), "--diff")
    _show(home, "verify")
    out.print(f"\nThe archive of this demo, to ask more or to throw away:\n  {home}", markup=False)
    out.print(f"  .venv/bin/communique --home {home} status", markup=False)
    out.print(f"  .venv/bin/communique --home {home} report --open", markup=False)


def _row(evening: Evening) -> str:
    counts = {str(name): evening.outcomes[name] for name in OUTCOMES} | {"alarms": len(evening.alarms)}
    return _line(evening.day.on.isoformat(), *(str(counts[name] or "·") for name in COLUMNS), evening.day.told)


def _line(first: str, *cells: str) -> str:
    numbers = "".join(f"{cell:>{len(name) + 2}}" for name, cell in zip(COLUMNS, cells, strict=False))
    return f"{first:10}{numbers}   {cells[-1]}"


def _release_id(home: Path) -> str:
    question = f"SELECT release_id FROM releases WHERE title = '{FERRIES}'"
    told = subprocess.run(_command(home, "query", question), capture_output=True, text=True, check=True)
    return told.stdout.split()[-1]


def _show(home: Path, *words: str) -> None:
    """A command as a newcomer would type it, and what it says."""
    shown = " ".join(f'"{word}"' if " " in word else word for word in words)
    out.print(f"$ communique --home … {shown}", style="dim", markup=False)
    sys.stdout.flush()
    subprocess.run(_command(home, *words), check=True)


def _command(home: Path, *words: str) -> list[str]:
    return [sys.executable, "-m", "flows.cli", "--home", str(home), *words]


if __name__ == "__main__":
    main()
