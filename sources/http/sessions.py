"""One `requests` session per origin, kept alive, and one GET over it.

What `requests` would do by itself and we do not let it: follow redirects (it reads a redirect's body, decoded and
without a cap, even when told not to follow), take proxies and passwords from the environment, keep cookies, choose
headers, retry, spell the address anew, decode.
"""

import ssl
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from http.cookiejar import DefaultCookiePolicy
from typing import Any

import certifi
import requests
from requests.adapters import HTTPAdapter
from requests.structures import CaseInsensitiveDict
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

from sources.exchange import Exchange, Fields
from sources.guard import Guard
from sources.http.address import Address
from sources.http.connection import Line, PinnedConnection, PinnedTLSConnection
from sources.http.limits import Limits
from sources.http.reading import read_answer
from sources.http.watchdog import Meter, Watchdog

_KEPT = 64  # idle sessions


class _Session(requests.Session):
    """A session that sends one prepared request and leaves its answer alone."""

    def __init__(self, line: Line, tls: Callable[[], ssl.SSLContext]) -> None:
        super().__init__()
        self.line = line
        self.trust_env = False
        self.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
        self.mount(f"{line.address.scheme}://", _Adapter(line, tls))

    def get_redirect_target(self, resp: requests.Response) -> str | None:
        """None: redirects are walked by hand."""
        return None


class _Adapter(HTTPAdapter):
    """Sends everything to the one pool of its origin, whatever an address is spelled like."""

    def __init__(self, line: Line, tls: Callable[[], ssl.SSLContext]) -> None:
        super().__init__(max_retries=0)
        self._line = line
        address = line.address
        if address.scheme == "https":
            self._pool: HTTPConnectionPool = HTTPSConnectionPool(
                address.host, address.port, maxsize=1, line=line, ssl_context=tls()
            )
            self._pool.ConnectionCls = PinnedTLSConnection
        else:
            self._pool = HTTPConnectionPool(address.host, address.port, maxsize=1, line=line)
            self._pool.ConnectionCls = PinnedConnection

    def get_connection_with_tls_context(self, *args: Any, **options: Any) -> Any:
        return self._pool

    def cert_verify(self, *args: Any, **options: Any) -> None:
        """The pool has its context; there is no switch that turns verification off."""

    def request_url(self, request: requests.PreparedRequest, proxies: Any) -> str:
        return request.target if isinstance(request, _Request) else str(request.path_url)

    def close(self) -> None:
        self._pool.close()
        super().close()


class _Request(requests.PreparedRequest):
    """A GET whose path is the one that was checked."""

    def __init__(self, address: Address, headers: Fields) -> None:
        super().__init__()
        self.method = "GET"
        self.url = address.href
        self.headers = CaseInsensitiveDict(headers)
        self.hooks = {"response": []}
        self.target = address.target


class Sessions:
    """The open sessions of a process. Safe between threads: a session is lent to one of them at a time."""

    def __init__(
        self, guard: Guard, limits: Limits, *, now: Callable[[], datetime], ca_file: str | None = None
    ) -> None:
        """:param ca_file: PEM with the authorities to trust in place of certifi's."""
        self._guard = guard
        self._limits = limits
        self._now = now
        self._ca_file = ca_file
        self._context: ssl.SSLContext | None = None
        self._idle: OrderedDict[str, _Session] = OrderedDict()
        self._lock = threading.Lock()
        self._watchdog = Watchdog()

    def get(
        self, address: Address, headers: Fields, *, secret: Fields = (), seconds: float, cut_at: int | None = None
    ) -> Exchange:
        """One GET, its body read to the end or to a cap.

        :param secret: fields that are sent and appear in no result.
        :param seconds: until the deadline of this exchange.
        :param cut_at: bytes after which the body may be cut without that being a fault.
        :raises Fault: no whole answer; what there is of it is in `partial`.
        :raises Refused: the host's addresses are not for us.
        """
        meter = Meter(self._limits, seconds)
        with self._lent(address, meter) as session:
            started = self._now()
            request = _Request(address, headers + secret)
            timeout = (min(self._limits.connect, seconds), seconds)
            with self._watchdog.watching(meter):
                return read_answer(
                    lambda: session.send(request, stream=True, allow_redirects=False, timeout=timeout),
                    session.line,
                    headers=headers,
                    started_at=started,
                    limits=self._limits,
                    cut_at=cut_at,
                )

    def close(self) -> None:
        """Closes what is idle."""
        with self._lock:
            sessions, self._idle = list(self._idle.values()), OrderedDict()
        for session in sessions:
            session.close()

    @contextmanager
    def _lent(self, address: Address, meter: Meter) -> Iterator[_Session]:
        with self._lock:
            session = self._idle.pop(address.origin, None)
        if session is None:
            session = _Session(Line(address, self._guard, self._limits, meter), self._tls)
        session.line.start(address, meter)
        try:
            yield session
        finally:
            with self._lock:
                surplus = [self._idle.pop(address.origin, None)]
                self._idle[address.origin] = session
                if len(self._idle) > _KEPT:
                    surplus.append(self._idle.popitem(last=False)[1])
            for old in filter(None, surplus):
                old.close()

    def _tls(self) -> ssl.SSLContext:
        with self._lock:
            if self._context is None:
                self._context = ssl.create_default_context(cafile=self._ca_file or certifi.where())
            return self._context
