"""How an exchange can fail before there is an answer to judge."""

from typing import Literal

from sources.errors import CommuniqueError
from sources.exchange import Exchange

FaultKind = Literal["dns", "connect", "tls", "disconnected", "truncated", "slow", "malformed", "too_large"]


class Fault(CommuniqueError):
    """The transport's own failures; `partial` is what was received of an answer whose header was complete."""

    def __init__(self, kind: FaultKind, reason: str, partial: Exchange | None = None) -> None:
        super().__init__(reason)
        self.kind: FaultKind = kind
        self.reason = reason
        self.partial = partial
