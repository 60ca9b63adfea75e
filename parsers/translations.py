"""Whether two addresses are those of one page in two languages, by the addresses alone."""

import re

from parsers.language_names import is_part
from parsers.spellings import page_of
from parsers.urls import native_id

_ENDING = re.compile(r"\.[a-z]{3,5}$", re.IGNORECASE)
_LAST = re.compile(r"[-_.]([^-_.]+)$")  # the language may stand at the end of the last part: `notice_e`, `v.fr`
_ONE_LETTER = frozenset("ecsfd")
_ASKED_FOR = re.compile(r"(?:lang|language|locale|lng|hl|l)=[\w-]{1,12}", re.IGNORECASE)
# Numbers and headlines at the end of an address, which no two articles share.
PECULIAR = re.compile(r"(?!index|default|list)(?:(?=(?:\D*\d){3}).{6,}|[^-]+(?:-[^-]+){3,})")


def is_translation(url: str, own: str | None) -> bool:
    """Whether `url` is that of the page at `own` but for the language, or has its number or headline at the end."""
    one, other = page_of(url), page_of(own or "")
    if one is None or other is None or one == other or is_home(url):
        return False
    if (number := native_id(url)) and number == native_id(own or ""):
        return True
    (host, path, query), (own_host, own_path, own_query) = _taken_apart(one), _taken_apart(other)
    if host != own_host or query != own_query:
        return False
    return _differ_in_language(path, own_path) or (path[-1:] == own_path[-1:] and bool(PECULIAR.match(path[-1])))


def is_home(url: str) -> bool:
    """Whether an address names no page but a site or its part in one language."""
    _, path, query = _taken_apart(page_of(url) or "//")
    return not query and all(map(is_part, path))


def _taken_apart(page: str) -> tuple[str, list[str], list[str]]:
    """Host, path and query without the language that stands in the first and the last."""
    place, _, query = page[2:].partition("?")
    host, *path = place.split("/")
    first, _, others = host.partition(".")
    asked = [one for one in query.split("&") if one and not _ASKED_FOR.fullmatch(one)]
    return others if is_part(first) and "." in others else host, path, asked


def _differ_in_language(path: list[str], own: list[str]) -> bool:
    if len(path) == len(own):
        *above, last = zip(path, own, strict=True)
        return all(one == other or (is_part(one) and is_part(other)) for one, other in above) and _last_agree(*last)
    longer, shorter = (path, own) if len(path) > len(own) else (own, path)
    return any(is_part(part) and longer[:at] + longer[at + 1 :] == shorter for at, part in enumerate(longer))


def _last_agree(one: str, other: str) -> bool:
    """Whether the last parts of two paths are one but for a language at their ends, which one of them may lack."""
    if one == other:
        return True
    if _ENDING.findall(one) != _ENDING.findall(other):
        return False
    stems = [_without_language(_ENDING.sub("", part)) for part in (one, other)]
    return bool(stems[0]) and stems[0] == stems[1]


def _without_language(stem: str) -> str:
    last = _LAST.search(stem)
    is_language = last and (is_part(last[1]) or last[1].lower() in _ONE_LETTER)
    return stem[: last.start()] if last and is_language else stem
