"""How much one visit may cost: bytes, seconds, hops and attempts."""

from dataclasses import dataclass

MB = 1_000_000


@dataclass(frozen=True, slots=True)
class Limits:
    """Caps of one visit. Bytes are bytes, times are seconds, `rate` is bytes per second.

    `total` covers every exchange of a visit together: robots.txt, redirects, retries; waiting our turn is not in it.
    The minimum rate counts from the end of the header, and only after `rate_after`. `decoded` and `ratio` bound what
    a content coding may unfold to; the ratio counts beyond `ratio_from` decoded bytes. `patience` is the longest
    wait for a turn at a host that is not its own pace.
    """

    wire: int = 20 * MB
    decoded: int = 50 * MB
    ratio: int = 200
    ratio_from: int = MB
    line: int = 16_384
    head: int = 131_072
    fields: int = 100
    interim: int = 10
    total: float = 60.0
    header: float = 15.0
    connect: float = 10.0
    rate: float = 1_000.0
    rate_after: float = 10.0
    hops: int = 5
    attempts: int = 3
    patience: float = 60.0
