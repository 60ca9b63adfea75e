"""What a run leaves in Prefect's UI."""

from collections.abc import Mapping

from prefect.artifacts import create_table_artifact

from flows.run import Run
from sources.capture import OUTCOMES, Outcome


def leave_outcomes(run: Run, outcomes: Mapping[Outcome, int]) -> None:
    """A table of the run's outcomes, with the query that gives the same numbers."""
    create_table_artifact(
        key=f"outcomes-{run.source.replace('_', '-')}",
        table=[{"outcome": name, "candidates": outcomes.get(name, 0)} for name in OUTCOMES],
        description=f"Run {run.run_id} over {run.source}. The same in SQL: "
        f"`SELECT outcome, n FROM outcomes_by_run WHERE run_id = '{run.run_id}'`",
    )
