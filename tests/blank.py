"""An archive in which nothing is kept yet, made once and copied: making one takes longer than most tests do with it."""

import atexit
import shutil
import tempfile
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from warehouse.connection import LOADING, attached
from warehouse.home import Home
from warehouse.publishing import publish
from warehouse.writing import writing

MADE_AT = datetime(2026, 1, 1, tzinfo=UTC)


def lay_out(home: Home) -> None:
    """Puts both databases where no archive has begun; whoever has journals or a database has begun."""
    if home.raw.exists() or home.warehouse.exists() or home.archive.exists():
        return
    home.root.mkdir(parents=True, exist_ok=True)
    made = _made()
    shutil.copyfile(made.warehouse, home.warehouse)
    shutil.copyfile(made.archive, home.archive)
    with attached(home.archive, memory_limit=LOADING) as con:  # a published copy knows the file it was made from
        told = [made.warehouse.stat().st_ino, home.warehouse.stat().st_ino]
        con.execute("UPDATE published.made SET writer = replace(writer, 'file ' || ?, 'file ' || ?)", told)
        con.execute("CHECKPOINT archive")
    home.archive.chmod(0o444)


@cache
def _made() -> Home:
    home = Home(Path(tempfile.mkdtemp(prefix="communique-blank-")))
    atexit.register(shutil.rmtree, home.root, ignore_errors=True)
    with writing(home, now=lambda: MADE_AT, wait=60, then=publish):
        pass
    return home
