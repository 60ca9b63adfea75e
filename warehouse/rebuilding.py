"""Rebuild: the writer's database again from nothing but what lies in raw/."""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial

from warehouse.connection import attached, set_aside, with_room
from warehouse.content_hash import content_hash
from warehouse.home import Home
from warehouse.loading import load
from warehouse.lock import held
from warehouse.migrations import migrate
from warehouse.naming import take_up
from warehouse.publishing import publish
from warehouse.vault.journal import read_journal
from warehouse.vault.manifest import Line, lines
from warehouse.vault.salvage import recover


def rebuild(home: Home, *, now: Callable[[], datetime], wait: float, seen: Callable[[int], None]) -> str:
    """Replays every journal in the order of the manifest and publishes; returns the content hash.

    The database that was there is moved aside, not deleted. `seen` is told of each journal replayed.
    """
    with held(home.lock, wait=wait):
        home.staging.mkdir(parents=True, exist_ok=True)
        recover(home, now=now())
        journals = [line for line in lines(home) if line.kind == "journal"]
        set_aside(home.warehouse, now())
        digest = with_room(partial(_replay, home, journals, now, seen))
        publish(home)
    return digest


def _replay(home: Home, journals: Sequence[Line], now: Callable[[], datetime], seen: Callable[[int], None]) -> str:
    """Loads what is not loaded yet; returns the content hash."""
    with attached(home.warehouse) as con:
        migrate(con, now=now())
        for line in journals:
            if load(con, read_journal(home, line.path), batch_no=line.n, path=line.path):
                seen(1)
        take_up(con, at_most=None)
        con.execute("CHECKPOINT archive")
        return content_hash(con)
