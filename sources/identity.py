"""Who we say we are: an honest User-Agent with somebody to write to (RFC 9110, 10.1.5), and no visits without one."""

import re
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version

from sources.errors import ConfigError
from sources.guard import Guard
from sources.http.address import Address

PRODUCT = "Communique"
"""The name that robots.txt files know us by."""

_CONTACT = re.compile(r"(?:mailto:)?[^\s@()<>\"]+@[^\s@()<>\"]+\.[^\s@()<>\"]+|https?://[^\s()<>\"]+", re.ASCII)


@cache
def _version() -> str:
    """Read once: finding a distribution's metadata costs as much as a request."""
    return version("communique")


@dataclass(frozen=True, slots=True)
class Identity:
    """`contact` is a mail address, or the address of a page that says how to reach whoever runs this."""

    contact: str = ""

    def __post_init__(self) -> None:
        """:raises ConfigError: a contact that nobody could be reached by."""
        if self.contact and not (_CONTACT.fullmatch(self.contact) and self.contact.isascii()):
            raise ConfigError(
                f"contact: {self.contact!a} is neither a mail address nor a web address; set one in communique.toml"
            )

    @property
    def user_agent(self) -> str:
        """`Communique/0.1.0 (+press@archive.example)`."""
        return f"{PRODUCT}/{_version()}" + (f" (+{self.contact})" if self.contact else "")

    def must_be_known(self, address: Address, guard: Guard) -> None:
        """Nobody is visited anonymously, except this machine itself.

        :raises ConfigError: there is no contact.
        """
        if not self.contact and not guard.is_loopback(address):
            raise ConfigError(
                f'{address.origin} is not visited without a contact: set contact = "you@your.example" in '
                "communique.toml, so that its operator can write to you"
            )
