"""When the house says that it asked a server, held against when the server was asked."""

import json
from itertools import pairwise
from pathlib import Path

from tests.sources.hostile_server import HostileServer


class Turns:
    """What a host's file says of the request under way, read by the server while that waits for its answer.

    Requests arrive late by as much as the machine is busy, so their distances at the server prove nothing; the moments
    noted by whoever asks are exact, and no request arrives before its own.
    """

    def __init__(self, server: HostileServer, hosts: Path) -> None:
        self._server = server
        self._hosts = hosts
        self.began: list[float] = []
        server.on_request = self._note

    def _note(self) -> None:
        (file,) = self._hosts.glob(f"*_{self._server.port}.json")
        self.began.append(float(json.loads(file.read_bytes().partition(b"\n")[0])["last_at"]))

    def keep(self, pace: float) -> bool:
        """Whether nobody asked before a pace had passed since the request before, nor before it was noted."""
        arrived = [hit.at for hit in self._server.hits]
        assert len(arrived) == len(self.began) > 1
        noted_first = all(began <= at for began, at in zip(self.began, arrived, strict=True))
        return noted_first and all(later - earlier >= pace for earlier, later in pairwise(self.began))
