"""Days as options of commands: how they are written, and what they come to."""

from datetime import date, datetime

WRITTEN = ["%Y-%m-%d"]


def day_of(told: datetime | None) -> date | None:
    """The day of an option, which Typer reads as an instant."""
    return told.date() if told else None
