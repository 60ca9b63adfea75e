"""Revisit: the pages of a source that are due to be asked again, without its lists."""

from typing import Any

from prefect import flow

from flows.due import ALL_DUE
from flows.ingest import visit


@flow(name="revisit", retries=0)
def revisit(
    source: str,
    home: str | None = None,
    config: str | None = None,
    budget: int | None = None,
    all_due: bool = False,
) -> Any:
    """Asks again for the pages that are due: the youngest releases first, then what was gone, then the oldest due.

    `budget` is how many pages of each host are asked at most, else what the source's file or the settings say;
    `all_due` asks for all of them, as slowly as ever.
    """
    place = {"home": home, "config": config}
    return visit({"source": source, "flow": "revisit", "budget": ALL_DUE if all_due else budget} | place)
