"""Alarms and all-clears as Prefect events that automations can wait for: `communique.alarm.raised` and `.cleared`."""

from collections.abc import Iterable, Mapping
from typing import Any

from prefect.events import emit_event


def tell_alarms(alarms: Iterable[Mapping[str, Any]]) -> None:
    """One event each, about the resource `communique.source.NAME`, with cause and reason."""
    for one in alarms:
        emit_event(
            event=f"communique.alarm.{one['state']}",
            resource={
                "prefect.resource.id": f"communique.source.{one['source']}",
                "prefect.resource.name": one["source"],
            },
            payload={name: one[name] for name in ("source", "cause", "state", "reason")},
        )
