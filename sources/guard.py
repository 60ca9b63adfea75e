"""What we never connect to: anything that is not a public web server, whatever an address or a resolver says.

An address is parsed once and resolved once; every answer must pass, the connection goes to one of those answers,
and the peer of the connected socket is checked again. Ranges: IANA special-purpose address registries (RFC 6890).
"""

import re
import socket
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

from sources.errors import CommuniqueError
from sources.http.address import Address, address_of, whatwg

LONGEST = 4_096  # characters
WEB_PORTS = frozenset({80, 443})

Resolver = Callable[[str, int], Sequence[str]]
"""Host name and port in, numeric addresses out; OSError when there are none."""

_CLOSED_4 = tuple(
    IPv4Network(block)
    for block in (
        "0.0.0.0/8",  # this network
        "10.0.0.0/8",  # private
        "100.64.0.0/10",  # carriers' shared space, neither global nor private to the ipaddress module
        "127.0.0.0/8",  # loopback
        "169.254.0.0/16",  # link-local, where clouds keep their metadata
        "172.16.0.0/12",  # private
        "192.0.0.0/24",  # protocol assignments
        "192.0.2.0/24",  # documentation
        "192.88.99.0/24",  # 6to4 relays
        "192.168.0.0/16",  # private
        "198.18.0.0/15",  # benchmarks
        "198.51.100.0/24",  # documentation
        "203.0.113.0/24",  # documentation
        "224.0.0.0/4",  # multicast
        "240.0.0.0/4",  # reserved, broadcast
    )
)
_OPEN_6 = IPv6Network("2000::/3")
"""Global unicast; outside it lie loopback, mapped, NAT64, unique-local, link-local, site-local and multicast."""
_CLOSED_6 = tuple(
    IPv6Network(block)
    for block in (
        "2001::/23",  # protocol assignments, Teredo among them
        "2001:db8::/32",  # documentation
        "2002::/16",  # 6to4: an IPv4 address in disguise
        "3fff::/20",  # documentation
    )
)
_CONTROL = re.compile(r"[\x00-\x1f\x7f\\]")
_USER = re.compile(r"(?:[A-Za-z][A-Za-z0-9+.-]*:)?//[^/?#]*@")


class Refused(CommuniqueError):
    """An address that is not for us; the message says why."""


def system_resolver(host: str, port: int) -> Sequence[str]:
    """What the system's resolver answers, numeric, in its order."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys(str(answer[4][0]) for answer in found))


@dataclass(frozen=True, slots=True)
class Guard:
    """The rules of one operator.

    `ports` may be connected to at any public address; `allowed` lists (numeric address, port) that are excepted from
    every rule about addresses and ports, such as ("127.0.0.1", 8080) for a server of one's own.
    """

    ports: frozenset[int] = WEB_PORTS
    allowed: frozenset[tuple[str, int]] = frozenset()
    resolve: Resolver = system_resolver

    def check(self, text: str, base: str | None = None) -> Address:
        """The address that `text` means, relative to `base`, if its form and any literal IP in it may be visited.

        :raises Refused: no web address, user name, control character or backslash inside, closed port or range.
        """
        if len(text) > LONGEST:
            raise Refused(f"an address of {len(text):,} characters; the cap is {LONGEST:,}")
        if _CONTROL.search(text):
            raise Refused(f"{text[:200]!a}: a control character or backslash inside; readers disagree about those")
        try:
            url = whatwg(text, base)
            address = address_of(url)
        except ValueError as error:
            raise Refused(f"{text[:200]!a} is not a web address ({error})") from None
        if url.username or url.password or _USER.match(text):
            raise Refused(f"{address.origin}: the address carries a user name; credentials belong into settings")
        if address.port not in self.ports and address.port not in {port for _, port in self.allowed}:
            raise Refused(f"{address.origin}: port {address.port} is not open to us; list it to visit it")
        if (literal := _literal(address.host)) is not None:
            self._pass(str(literal), address)
        return address

    def addresses(self, address: Address) -> tuple[str, ...]:
        """The numeric addresses of a host, one look-up, every one of them allowed.

        :raises Refused: any answer lies in a closed range.
        :raises OSError: the name does not resolve.
        """
        if (literal := _literal(address.host)) is not None:
            found: Sequence[str] = (str(literal),)
        else:
            found = self.resolve(address.host, address.port)
        if not found:
            raise OSError("no address")
        for one in found:
            self._pass(one, address)
        return tuple(found)

    def check_peer(self, peer: str, address: Address) -> None:
        """Whether the other end of a connected socket is one we may talk to.

        :raises Refused: it is not.
        """
        self._pass(peer, address)

    def is_loopback(self, address: Address) -> bool:
        """Whether the address means this machine: a literal loopback address, or `localhost` (RFC 6761)."""
        literal = _literal(address.host)
        return literal.is_loopback if literal is not None else address.host in ("localhost", "localhost.")

    def _pass(self, numeric: str, address: Address) -> None:
        literal = _literal(numeric)
        if literal is not None and (str(literal), address.port) in self.allowed:
            return
        if literal is None or is_closed(literal) or address.port not in self.ports:
            raise Refused(
                f"{address.origin}: {numeric} port {address.port} is not a public web server; "
                "list address and port to visit it all the same"
            )


def is_closed(address: IPv4Address | IPv6Address) -> bool:
    """Whether an address lies outside the public internet, or hides another address inside."""
    if isinstance(address, IPv4Address):
        return any(address in block for block in _CLOSED_4)
    return address.scope_id is not None or address not in _OPEN_6 or any(address in block for block in _CLOSED_6)


def _literal(host: str) -> IPv4Address | IPv6Address | None:
    try:
        return ip_address(host)
    except ValueError:
        return None
