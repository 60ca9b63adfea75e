"""Notices to people: an alarm and its all-clear are sent once each, by mail or chat, through Apprise.

An address may carry a password. It is written to no log and no archive; where one fails, only its kind is told.
A message that cannot be sent fails nothing: the alarm is in the archive all the same.
"""

import logging
import os
import warnings
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from flows.settings import Settings
from sources.errors import ConfigError

logger = logging.getLogger(__name__)
ENV, FILE = "env:", "file:"


def notify(settings: Settings, alarms: Sequence[Mapping[str, Any]]) -> None:
    """Sends one message about what was raised and what is over; nothing where nobody is to be told."""
    if not alarms or not settings.notify:
        return
    try:
        places = list(addresses(settings.notify))
    except ConfigError as error:
        logger.warning("%s; nobody was told of %d alarms", error, len(alarms))
        return
    title, body = message(alarms)
    for place in places:
        if not _sent(place, title, body):
            logger.warning("notify: a message could not be sent by %s; see to `notify`", place.partition(":")[0])


def addresses(told: Iterable[str], env: Mapping[str, str] = os.environ) -> Iterator[str]:
    """The addresses that are meant: as they stand, or from `env:NAME` or `file:/path`, one a line or blank.

    :raises ConfigError: naming a variable or file that is not there, never what stands in it.
    """
    for one in told:
        if one.startswith(ENV):
            name = one.removeprefix(ENV)
            if name not in env:
                raise ConfigError(f"notify: {one}: there is no such variable")
            yield from env[name].split()
        elif one.startswith(FILE):
            try:
                yield from Path(one.removeprefix(FILE)).read_text(encoding="utf-8").split()
            except (OSError, UnicodeDecodeError) as error:
                raise ConfigError(f"notify: {one}: cannot be read ({type(error).__name__})") from None
        else:
            yield one


def message(alarms: Sequence[Mapping[str, Any]]) -> tuple[str, str]:
    """A headline and a line for each alarm, those that are over last."""
    raised = [one for one in alarms if one["state"] == "raised"]
    over = [one for one in alarms if one["state"] != "raised"]
    counts = [f"{len(raised)} raised"] * bool(raised) + [f"{len(over)} over"] * bool(over)
    lines = [f"{one['source']}: {one['cause']}\n    {one['reason']}" for one in raised]
    lines += [f"{one['source']}: over: {one['cause']}\n    {one['reason']}" for one in over]
    return f"Communiqué alarms: {', '.join(counts)}", "\n".join(lines)


def _sent(place: str, title: str, body: str) -> bool:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # it still looks for a module that Python 3.13 has no more
        from apprise import Apprise, NotifyFormat  # noqa: PLC0415  -- only who has something to tell waits for it: 1 s

        logging.getLogger("apprise").disabled = True  # it repeats addresses in its complaints
        told = Apprise()
        try:
            return bool(told.add(place) and told.notify(body=body, title=title, body_format=NotifyFormat.TEXT))
        except Exception:  # noqa: BLE001  -- some hundred services with errors of their own; none may fail a run
            return False
