"""robots.txt by RFC 9309: what a site lets a crawler fetch, read from the text alone.

Written out here because the parser at hand (protego 0.7) answers ten of the 71 RFC cases of Google's public table
otherwise: it lets unknown lines split a group, takes the whole of `User-agent: Foo Bar` for a name, and undoes
escapes in rules. Where two readings are possible, the one that fetches less is taken.
"""

import re
from dataclasses import dataclass, field
from urllib.parse import quote

LIMIT = 512_000
"""Bytes that are read; RFC 9309 (2.5) demands at least 500 KiB."""

_LINE = re.compile(r"[ \t]*([^:#]*?)[ \t]*(?:[:][ \t]*|[ \t]+)([^#]*)")
_PRODUCT = re.compile(r"[A-Za-z_-]*")
_ESCAPE = re.compile(r"%[0-9A-Fa-f]{2}")
_UNRESERVED = re.compile(r"[A-Za-z0-9._~-]")
_AUTHORITY = re.compile(r"(?:[A-Za-z][A-Za-z0-9+.-]*:)?//[^/?#;]*")
_NAMES = {
    "user-agent": "user-agent",
    "useragent": "user-agent",
    "user agent": "user-agent",
    "allow": "allow",
    "disallow": "disallow",
    "dissallow": "disallow",
    "dissalow": "disallow",
    "disalow": "disallow",
    "diasllow": "disallow",
    "disallaw": "disallow",
    "crawl-delay": "crawl-delay",
    "sitemap": "sitemap",
    "site-map": "sitemap",
}
"""Directives, with the misspellings that everybody obeys."""


@dataclass(frozen=True, slots=True)
class _Pattern:
    """A rule's path: pieces between its `*`, and whether `$` nails it to the end of the address."""

    pieces: tuple[str, ...]
    ends: bool

    @classmethod
    def of(cls, path: str) -> "_Pattern":
        ends = path.endswith("$")
        return cls(tuple(path.removesuffix("$").split("*")), ends)

    def matches(self, path: str) -> bool:
        """Leftmost match of each piece in turn: linear, where a regular expression with many `*` is not."""
        first, *rest = self.pieces
        if not path.startswith(first):
            return False
        if not rest:
            return not self.ends or path == first
        *middle, last = rest
        at = len(first)
        for piece in middle:
            found = path.find(piece, at)
            if found < 0:
                return False
            at = found + len(piece)
        return path.endswith(last) and len(path) - len(last) >= at if self.ends else path.find(last, at) >= 0


@dataclass(frozen=True, slots=True)
class _Rule:
    allow: bool
    weight: int
    pattern: _Pattern
    decoded: _Pattern

    def matches(self, path: str, decoded: str) -> bool:
        """An escaped letter forbids what the plain one does, and permits only what is spelled like it."""
        return self.pattern.matches(path) or (not self.allow and self.decoded.matches(decoded))


@dataclass(frozen=True, slots=True)
class Rules:
    """What holds for one crawler. `crawl_delay` is seconds between requests; `sitemaps` are addresses as written."""

    rules: tuple[_Rule, ...] = ()
    crawl_delay: float | None = None
    sitemaps: tuple[str, ...] = ()

    def allow(self, url: str) -> bool:
        """Whether an address, percent-encoded, may be fetched: the longest rule decides, `allow` wins a tie."""
        path = _capitals(path_of(url))
        if path == "/robots.txt":
            return True
        decoded = _decoded(_escaped(path))
        found = [(rule.weight, rule.allow) for rule in self.rules if rule.matches(path, decoded)]
        return max(found)[1] if found else True


@dataclass(slots=True)
class _Group:
    agents: list[str]
    rules: list[tuple[bool, str]] = field(default_factory=list)
    delays: list[float] = field(default_factory=list)


def parse(text: str, product: str) -> Rules:
    """The rules for the crawler that calls itself `product`: of its own groups, else of the groups for `*`."""
    groups, sitemaps = _groups(text)
    name = product.lower()
    mine = [group for group in groups if name in group.agents] or [group for group in groups if "*" in group.agents]
    rules = tuple(
        _Rule(allow, len(escaped := _escaped(path)), _Pattern.of(escaped), _Pattern.of(_decoded(escaped)))
        for group in mine
        for allow, path in group.rules
        if path
    )
    delays = [delay for group in mine for delay in group.delays]
    return Rules(rules, max(delays) if delays else None, tuple(sitemaps))


def text_of(body: bytes) -> str | None:
    """The text of a robots.txt, cut after `LIMIT` bytes at the end of a line; None for what is none.

    A page of HTML or a text in another encoding than UTF-8 gives no rules (RFC 9309, 2.3: only parseable lines count).
    """
    if len(body) > LIMIT:
        body = body[:LIMIT]
        body = body[: max(body.rfind(b"\n"), body.rfind(b"\r")) + 1]
    if body.startswith((b"\xff\xfe", b"\xfe\xff")) or body.count(0) * 10 > len(body):
        return None
    text = body.decode("utf-8", "replace").removeprefix("\ufeff")
    return None if text.lstrip().startswith("<") else text


def path_of(url: str) -> str:
    """Path, parameters and query of an address, from the first slash on; the fragment left out."""
    match = _AUTHORITY.match(url)
    path = url[match.end() if match else 0 :].partition("#")[0]
    return path if path.startswith("/") else f"/{path}"


def _groups(text: str) -> tuple[list[_Group], list[str]]:
    """Groups in their order. Only allow and disallow end the list of names that a group begins with."""
    groups: list[_Group] = []
    sitemaps: list[str] = []
    open_for_names = False
    for line in re.split(r"\r\n|\n|\r", text):
        match = _LINE.match(line)
        key = _NAMES.get(match[1].lower()) if match else None
        value = match[2].strip() if match else ""
        if key == "user-agent":
            if not open_for_names:
                groups.append(_Group([]))
                open_for_names = True
            groups[-1].agents.append(_product(value))
        elif key in ("allow", "disallow"):
            open_for_names = False
            if groups:
                groups[-1].rules.append((key == "allow", value))
        elif key == "crawl-delay" and groups:
            groups[-1].delays += _seconds(value)
        elif key == "sitemap":
            sitemaps.append(value)
    return groups, sitemaps


def _product(value: str) -> str:
    """The name a group is for: `*`, or the letters, `_` and `-` that the value begins with."""
    if value == "*" or value.startswith(("* ", "*\t")):
        return "*"
    match = _PRODUCT.match(value)
    return match[0].lower() if match else ""


def _seconds(value: str) -> list[float]:
    try:
        seconds = float(value)
    except ValueError:
        return []
    return [seconds] if 0 <= seconds < float("inf") else []


def _escaped(path: str) -> str:
    """Bytes beyond ASCII as escapes, escapes in capitals: the form in which addresses are compared."""
    plain = quote(path, safe="".join(map(chr, range(0x21, 0x7F))))
    return _capitals(plain)


def _capitals(path: str) -> str:
    return _ESCAPE.sub(lambda match: match[0].upper(), path)


def _decoded(path: str) -> str:
    """Escapes of letters, digits and `-._~` undone; they never had to be there (RFC 3986, 2.3)."""

    def plain(match: re.Match[str]) -> str:
        char = chr(int(match[0][1:], 16))
        return char if _UNRESERVED.fullmatch(char) else match[0]

    return _ESCAPE.sub(plain, path)
