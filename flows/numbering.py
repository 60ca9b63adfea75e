"""What a source's file says of its numbers, kept whenever that changed: the view `gaps` goes by it."""

from typing import Any

from flows.run import Run
from warehouse.connection import sql
from warehouse.writing import Writer


def numbering_changed(run: Run, writer: Writer) -> dict[str, list[dict[str, Any]]]:
    """The row to be written, by table; nothing when it is as the archive has it."""
    table = run.settings.sources()[run.source].numbering
    now = (table.pattern, table.why) if table else (None, None)
    known = writer.con.execute(sql("numbering_of"), {"source": run.source}).fetchone() or (None, None)
    if tuple(known) == now:
        return {}
    return {"numberings": [{"run_id": run.run_id, "source": run.source, "pattern": now[0], "why": now[1]}]}
