"""Web addresses by the WHATWG URL standard: one parser for what is checked and what is connected to.

Two parsers that read one address differently are how a check is walked around (`http://127.0.0.1\\@a.example/`), so
the parts below, and nothing else, reach the socket, the Host field and the certificate check.
"""

from dataclasses import dataclass

from ada_url import URL

DEFAULT_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True)
class Address:
    """An http or https address, taken apart. `host` has no brackets, `target` is path and query as they are sent."""

    href: str
    scheme: str
    host: str
    port: int
    target: str

    @property
    def authority(self) -> str:
        """Host and port as the Host field has them, the default port left out."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == DEFAULT_PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def origin(self) -> str:
        """Scheme and authority (RFC 6454)."""
        return f"{self.scheme}://{self.authority}"


def whatwg(text: str, base: str | None = None) -> URL:
    """Any address, read as browsers do, relative to `base` if given.

    :raises ValueError: what the standard calls a failure.
    """
    return URL(text, base=base) if base is not None else URL(text)


def address_of(url: URL) -> Address:
    """The parts of an http or https address, its fragment dropped.

    :raises ValueError: another scheme.
    """
    scheme = url.protocol.removesuffix(":")
    if scheme not in DEFAULT_PORTS:
        raise ValueError(f"scheme {scheme!a} is neither http nor https")
    host = url.hostname.removeprefix("[").removesuffix("]")
    port = int(url.port) if url.port else DEFAULT_PORTS[scheme]
    return Address(url.href.partition("#")[0], scheme, host, port, f"{url.pathname}{url.search}")
