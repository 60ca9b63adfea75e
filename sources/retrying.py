"""What is worth another try, and after how long.

A connection that failed or broke and an overloaded server may do better the next moment; a refusal, a missing page,
a bad certificate or a server too slow for the deadline will not.
"""

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from sources.exchange import Exchange

STATUSES = frozenset({408, 425, 429, 500, 502, 503, 504, 522, 524})
FAULTS = frozenset({"dns", "connect", "disconnected", "truncated"})

BASE, CAP = 1.0, 30.0  # seconds
OVERLOADED = frozenset({429, 503})
_SECONDS = re.compile(r"[0-9]{1,12}")


def backoff(attempt: int, draw: float) -> float:
    """Seconds before the attempt after `attempt` (from 1): exponential, with full jitter by `draw` in [0, 1)."""
    return draw * min(CAP, BASE * 2.0 ** (attempt - 1))


def retry_after(exchange: Exchange, now: datetime) -> float | None:
    """Seconds that Retry-After asks for, in either form (RFC 9110, 10.2.3); None where it asks for nothing to come.

    A date is compared with the server's own clock too, and the longer wait holds.
    """
    value = (exchange.header("retry-after") or "").strip()
    if _SECONDS.fullmatch(value):
        return float(value) or None
    until = _date(value)
    if until is None:
        return None
    clocks = [now, _date(exchange.header("date") or "") or now]
    seconds = max((until - clock).total_seconds() for clock in clocks)
    return seconds if seconds > 0 else None


def pause_after(exchange: Exchange, now: datetime, otherwise: float) -> float:
    """Seconds to leave the whole host alone after this answer; `otherwise` when it is overloaded and says no more."""
    if exchange.status < 400:
        return 0.0
    return retry_after(exchange, now) or (otherwise if exchange.status in OVERLOADED else 0.0)


def _date(value: str) -> datetime | None:
    try:
        found = parsedate_to_datetime(value)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
