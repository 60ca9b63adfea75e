"""The body of a response, read to its end, a cap or a fault, and put together with all that is known about it."""

import http.client
import time
from collections.abc import Callable
from datetime import datetime
from typing import Any

import requests
from urllib3.exceptions import HTTPError

from sources.exchange import Exchange, Fields, Truncated
from sources.http.connection import Line
from sources.http.faults import Fault
from sources.http.limits import Limits

_PIECE = 65_536
_TRUNCATED: dict[str, Truncated] = {"slow": "time", "too_large": "length"}


def read_answer(
    send: Callable[[], requests.Response],
    line: Line,
    *,
    headers: Fields,
    started_at: datetime,
    limits: Limits,
    cut_at: int | None,
) -> Exchange:
    """Sends a request over a line and reads what answers it; afterwards the connection is reused or closed.

    :param headers: what of the request may be shown.
    :param cut_at: bytes after which the body may be cut without that being a fault.
    :raises Fault: no whole answer; what there is of it is in `partial`.
    """
    body = _Body(cut_at if cut_at is not None else limits.wire, may_cut=cut_at is not None)
    fault = None
    try:
        body.read(send().raw, line)
    except Fault as found:
        fault = found
    except (requests.RequestException, HTTPError, http.client.HTTPException, OSError) as error:
        fault = _framing_fault(error)
    exchange = _exchange(line, headers, started_at, body, fault)
    if fault or exchange is None or exchange.truncated or _more_than_one_answer(line, exchange):
        _hang_up(line, body)
    if fault or exchange is None:
        raise Fault(fault.kind if fault else "disconnected", fault.reason if fault else "no answer", exchange)
    return exchange


class _Body:
    """What has been read of a body, and whether it was cut at the cap."""

    def __init__(self, cap: int, *, may_cut: bool) -> None:
        self.pieces: list[bytes] = []
        self.cut = False
        self.raw: Any = None
        self._cap = cap
        self._may_cut = may_cut

    def read(self, raw: Any, line: Line) -> None:
        """Piece by piece as they arrive, so that what came before a fault is kept."""
        self.raw = raw
        announced = line.head.length if line.head else None
        if announced is not None and announced > self._cap and not self._may_cut:
            self._too_large(f"{announced:,} bytes")
        size = 0
        while piece := raw.read1(_PIECE, decode_content=False):
            self.pieces.append(piece)
            size += len(piece)
            if size > self._cap:
                self._too_large("it does not end")
                return

    def _too_large(self, size: str) -> None:
        self.cut = True
        if not self._may_cut:
            raise Fault("too_large", f"too large: {size}, the cap is {self._cap:,} bytes")


def _exchange(line: Line, headers: Fields, started_at: datetime, body: _Body, fault: Fault | None) -> Exchange | None:
    head, meter = line.head, line.meter
    if head is None:
        return None
    return Exchange(
        url=line.address.href,
        request_target=line.target,
        request_headers=headers,
        status=head.status,
        reason=head.reason,
        version=head.version,
        headers=head.fields,
        head=head.raw,
        payload=b"".join(body.pieces),
        started_at=started_at,
        seconds=time.monotonic() - (meter.sent_at or meter.started),
        peer=line.peer,
        wire_bytes=meter.received,
        framing=head.framing,
        truncated="length" if body.cut else _TRUNCATED.get(fault.kind, "disconnect") if fault else None,
    )


def _more_than_one_answer(line: Line, exchange: Exchange) -> bool:
    """Whether more came than the answer: what lies behind it would be taken for the answer to the next request."""
    head = line.head
    if head is None or head.announced or head.status == 101:
        return True
    return head.framing in ("length", "none") and exchange.wire_bytes > head.taken + len(exchange.payload)


def _hang_up(line: Line, body: _Body) -> None:
    """Closes the answer's end of the socket too: a connection that closes by itself has let go of it already."""
    if body.raw is not None:
        body.raw.close()
    if line.connection is not None:
        line.connection.close()


def _framing_fault(error: BaseException) -> Fault:
    """What the libraries found wrong with a body whose head was in order, in our terms."""
    found: list[BaseException] = []
    walk: BaseException | None = error
    while walk is not None and walk not in found:
        found.append(walk)
        walk = walk.__cause__ or walk.__context__ or next((a for a in walk.args if isinstance(a, BaseException)), None)
    root = found[-1]
    if any(isinstance(one, http.client.LineTooLong) for one in found):
        return Fault("malformed", "a line of the chunked coding of more than 65,536 bytes")
    return Fault("truncated", f"the body ends early or its chunks are damaged ({type(root).__name__})")
