"""The site of a probe: addresses asked politely, each once and few in all, or a page saved from it."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from ipaddress import ip_address
from pathlib import Path

from parsers import urls
from sources.capture import Capture
from sources.discovery.page import NoPage, Page
from sources.errors import ConfigError
from sources.media_types import by_name
from sources.suspicion import impostor
from sources.web import Failure, Web, WebRequest, fetch_web

MOST_REQUESTS = 20
PACE, SLOW_PACE = 2.0, 3.0  # seconds; the sites of TRS are slow
_HEAD = 4_096  # bytes in which a browser leaves its note
A_FILE = "not asked for, because the page was read from a file"

# What Internet Explorer and its heirs, and the extension SingleFile, write into a page they save.
_SAVED_FROM = re.compile(
    rb"<!--\s*(?:saved from url=\(\d+\)|Page saved with SingleFile\s+url:)\s*(https?://[^\s<>]{1,2000})\s",
    re.IGNORECASE,
)
_OWN_ADDRESS = re.compile(
    rb"<link\b[^<>]{0,200}\brel=[\"'](?:canonical|self)[\"'][^<>]{0,200}\bhref=[\"'](https?://[^\"'<>]{1,2000})"
)


@dataclass(slots=True)
class Site:
    """The site as a probe sees it: every address asked once, no more than `MOST_REQUESTS`; without `web`, none.

    `pace` is in seconds, None the default; `tell` is told each address before it is asked for.
    """

    web: Web | None = None
    pace: float | None = None
    tell: Callable[[str], object] = field(default=lambda _: None)
    pages: dict[str, Page | NoPage] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def get(self, url: str) -> Page | NoPage:
        """A page, or why there is none."""
        if url not in self.pages:
            answer = self.fetch(url)
            if isinstance(answer, Capture):
                told = (answer.final_url or url, answer.status or 0, answer.body, answer.media_type, answer.charset)
                self.pages[url] = Page(*told)
            else:
                self.pages[url] = NoPage(url, answer)
        return self.pages[url]

    def fetch(self, url: str) -> Capture | str:
        """A capture, or why there is none.

        :raises ConfigError: nobody is told who asks.
        """
        if self.web is None:
            return A_FILE
        if len(self.asked) >= MOST_REQUESTS:
            return f"a probe asks for {MOST_REQUESTS} pages at most"
        self.asked.append(url)
        self.tell(url)
        answer = fetch_web(WebRequest(url, "probe", ref=url, name=url, pace=self.pace), self.web)
        if isinstance(answer, Capture):
            return impostor(answer) or answer
        return answer.reason if isinstance(answer, Failure) else "not modified, though we hold nothing of it"


def open_saved(path: Path, url: str | None, *, limit: int) -> Page:
    """A page from a file, at the address it came from: given, noted by the browser that saved it, or its own word.

    :raises ConfigError: no such file, or nothing tells its address.
    """
    try:
        body = path.read_bytes()[: limit + 1]
    except OSError as error:
        raise ConfigError(f"{path}: {error.strerror}; give an address with http:// or a file that is there") from None
    noted = _SAVED_FROM.search(body, 0, _HEAD) or _OWN_ADDRESS.search(body)
    address = urls.canonical(url or (noted[1].decode("utf-8", "replace") if noted else ""))
    if address is None:
        raise ConfigError(f"{path}: nothing in it tells its address; say it with --url")
    return Page(address, 200, body, by_name(path.name))


def pace_for(url: str, family: str | None = None) -> float:
    """Seconds between two requests that suit a site: none for this machine."""
    host = urls.host_of(url) or ""
    try:
        if ip_address(host.strip("[]")).is_loopback:
            return 0.0
    except ValueError:
        if host == "localhost":
            return 0.0
    return SLOW_PACE if family == "trs_cms" else PACE
