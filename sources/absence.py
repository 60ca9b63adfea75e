"""What a host answers for an address that cannot exist: asked once, remembered, so that soft 404s are known by it.

A page that says "not found" with status 200 shows the same for every address; the probe shows it once. Remembered in
`hosts/absent/<host>.json`, for all processes and later runs.
"""

import json
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from urllib.parse import quote, urlsplit, urlunsplit

from sources.capture import Capture, digest
from sources.exchange import Exchange
from sources.suspicion import fingerprint, impostor, may_mean_absence, title_of
from sources.web import Failure, NotModified, Web, WebRequest, fetch_web

FRESH = 30 * 24 * 3600.0
"""Seconds that what was learned holds."""


@dataclass(frozen=True, slots=True)
class Absent:
    """What a host answered, at `at` (seconds since the epoch): the fingerprint of a page with status 200, else None."""

    at: float
    shows: str | None
    title: str = ""

    def is_shown_by(self, capture: Capture) -> bool:
        """Whether a page is what the host shows for what it has not."""
        if self.shows is None or self.title != title_of(capture):
            return False
        return self.shows == fingerprint(capture, numbers=False)


def probe_address(url: str) -> str:
    """An address beside `url` that nobody would ever give to a page; always the same for one host."""
    parts = urlsplit(url)
    folder, _, name = parts.path.rpartition("/")
    ending = name[name.rfind(".") :] if "." in name else ""
    made = f"no-such-page-{digest(parts.netloc.encode())[:12]}{ending}"
    return urlunsplit((parts.scheme, parts.netloc, f"{folder}/{made}", "", ""))


def learn_absence(folder: Path, web: Web, request: WebRequest) -> tuple[Absent | None, tuple[Exchange, ...]]:
    """What the host of a request is known to answer for what it has not; asks it when nothing is known, or not lately.

    An error, a challenge or a notice says nothing of that: what was known before holds on, and the next run asks again.

    :param folder: the folder of per-host state.
    :returns: None where nothing is known; and what was exchanged for it.
    """
    host = urlsplit(request.url).netloc.lower()
    path, now = folder / "absent" / f"{quote(host, safe='')[:180]}.json", web.visitor.now().timestamp()
    known = _read(path)
    if known is not None and 0 <= now - known.at < FRESH:
        return known, ()
    url = probe_address(request.url)
    answer = fetch_web(replace(request, url=url, etag=None, last_modified=None, held=False), web)
    found = _told(answer, now)
    if found is None:
        return known, answer.exchanges
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(asdict(found)), encoding="utf-8")
    return found, answer.exchanges


def _told(answer: Capture | NotModified | Failure, now: float) -> Absent | None:
    """What the answer to the probe says; None where it is no answer to it."""
    if isinstance(answer, Capture):
        reason = answer.fault or impostor(answer)
        if reason and not may_mean_absence(reason):
            return None
        return Absent(now, fingerprint(answer, numbers=False), title_of(answer))
    status = None if isinstance(answer, NotModified) else answer.status
    return Absent(now, None) if status is not None and 300 <= status < 500 and status != 429 else None


def _read(path: Path) -> Absent | None:
    try:
        told = json.loads(path.read_bytes())
        return Absent(float(told["at"]), told["shows"], str(told["title"]))
    except (OSError, ValueError, TypeError, KeyError):
        return None
