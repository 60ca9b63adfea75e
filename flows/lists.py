"""Batches of candidates as files, so that only their names pass between Prefect tasks."""

import json
import shutil
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from flows.arrivals import Again, Listed
from flows.run import Run
from sources.candidate import Refusal, candidate_from_json, candidate_to_json
from warehouse.home import write_whole


def write_lists(run: Run, batches: Iterable[Sequence[Listed]]) -> list[str]:
    """One file a batch, below staging; returns their names in order. Those of a dead run of the source go."""
    shutil.rmtree(_folder(run), ignore_errors=True)
    names = []
    for place, batch in enumerate(batches, 1):
        names.append(f"{place:05d}")
        # ASCII JSON carries names that are no UTF-8 as lone surrogates, which a stricter writer refuses.
        write_whole(_folder(run) / names[-1], json.dumps([_told(one) for one in batch]).encode())
    return names


def read_list(run: Run, name: str) -> tuple[int, list[Listed]]:
    """The place of a batch in its run, from 1, and its candidates."""
    return int(name), [_listed(told) for told in json.loads((_folder(run) / name).read_bytes())]


def drop_lists(run: Run) -> None:
    """Removes the lists of a finished run."""
    shutil.rmtree(_folder(run), ignore_errors=True)


def _folder(run: Run) -> Path:
    return run.home.staging / "lists" / run.source


def _told(one: Listed) -> dict[str, Any]:
    if isinstance(one.candidate, Refusal):
        refusal = {"outcome": one.candidate.outcome, "reason": one.candidate.reason}
        return {"candidate": candidate_to_json(one.candidate.candidate), "refusal": refusal, "last": one.last}
    told = {"candidate": candidate_to_json(one.candidate), "refusal": None, "last": one.last}
    return told | {"again": asdict(one.again)} if one.again else told


def _listed(told: dict[str, Any]) -> Listed:
    candidate = candidate_from_json(told["candidate"])
    again = Again(**told["again"]) if "again" in told else None
    return Listed(Refusal(candidate, **told["refusal"]) if told["refusal"] else candidate, told["last"], again)
