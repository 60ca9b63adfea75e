"""What a picture or document is called, whatever serves it: the name its publisher gave the file.

A proxy has that name within its query, a service that shrinks pictures puts a size behind it or a folder after it.
None of these is another file, nor is the same picture in another format. Where an address names no file at all, the
number that asks for one does.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from urllib.parse import SplitResult, unquote, urlsplit

_PICTURE = r"(?:jpe?g|png|gif|webp|avif|tiff?|bmp|svg|heic|jfif)"
_PICTURE_FILE = re.compile(rf".+?\.{_PICTURE}(?=$|[!@;:.])", re.IGNORECASE)  # what stands behind is told to a server
_FILE = re.compile(r".+\.(?!(?:php\d?|aspx?|ashx|axd|jspx?|do|cgi|html?|htm|action)$)[a-z][a-z0-9]{1,4}", re.IGNORECASE)
_ENDING = re.compile(r"(?<=.)\.([a-z0-9]+)$", re.IGNORECASE)

_SMALLER = re.compile(
    r"(?<=.)(?:[-_]\d{1,4}x\d{1,4}|@[1-4]x|-scaled|(?:[-_][wh]_?\d{2,4}){1,2}|[-_]\d{2,4}(?:w|px)|[-_]thumb(?:nail)?)$",
    re.IGNORECASE,
)
# Sizes by a word or a letter, which may as well be part of a name: one picture beside another may have them.
_PERHAPS_SMALLER = re.compile(
    r"(?<=.)[-_](?:xs|s|m|l|xl|sm|md|lg|small|medium|large|big|full|orig|original|preview)$", re.IGNORECASE
)
_WIDTH_BEFORE = re.compile(r"^\d{2,4}px-(?=.)")
_SERVED_SMALLER = re.compile(
    r"/(?:cdn-cgi|unsafe|styles|thumbs?|thumbnails?|resized?|fit-in|renditions|[^/]*(?:[wh](?:idth|eight)?[_=]\d+"
    r"|\b\d{2,4}x\d{1,4}\b)[^/]*)/",
    re.IGNORECASE,
)

# Parameters in which proxies are told what to fetch come before all others, such as a picture for when there is none.
_WANTED = ("url", "src", "image", "img", "file", "filename", "path", "source", "uri", "u", "q")
_NUMBER = re.compile(r"(?:(?:file|image|img|media|photo|pic|picture|attachment|attach|doc|document)_?)?u?u?id", re.I)
DEEPEST = 3  # proxies behind proxies


@lru_cache(maxsize=4_096)
def file_name(url: str) -> str:
    """The name of the file itself, in one spelling; what the address says for one that has none."""
    named = _named(url, DEEPEST)
    return _plain(named) if named else _asked_for(url)


def picture_name(url: str) -> str:
    """The name of a picture in whatever format it is served."""
    name = file_name(url)
    ending = _ENDING.search(name)
    return name[: ending.start()] if ending and re.fullmatch(_PICTURE, ending[1]) else name


def without_perhaps_size(name: str) -> str:
    """The name of a picture without what may tell its size, for one that has come where another has gone."""
    return _PERHAPS_SMALLER.sub("", name)


def is_served_as_it_is(url: str) -> bool:
    """Whether what an address serves are the publisher's own bytes, as far as it tells."""
    parts = urlsplit(url)
    path = unquote(parts.path)
    is_whole = _in_one_spelling(path.rpartition("/")[2]) == file_name(url)
    return is_whole and not parts.query and not _SERVED_SMALLER.search(path)


def _named(url: str, depth: int) -> str | None:
    """The file that an address names: in its path, else within its query."""
    parts = urlsplit(url)
    if name := _in_path(parts.path):
        return name
    for written in _values(parts) if depth else ():
        if name := _named(written, depth - 1):
            return name
    return None


def _in_path(path: str) -> str | None:
    """The first picture, behind which only its sizes may stand; else a last part that is no program."""
    names = [name for name in re.split(r"[/\\]", _decoded(path)) if name]
    pictures = (found[0] for name in names if (found := _PICTURE_FILE.match(name)))
    return next(pictures, None) or (names[-1] if names and _FILE.fullmatch(names[-1]) else None)


def _values(parts: SplitResult) -> Iterator[str]:
    told = [pair.partition("=") for pair in parts.query.split("&") if "=" in pair]
    told.sort(key=lambda one: _WANTED.index(one[0].lower()) if one[0].lower() in _WANTED else len(_WANTED))
    return (_address(_decoded(value)) for _, _, value in told)


def _address(written: str) -> str:
    """An address that names its host without a scheme, as a path: its host is no file."""
    return written.partition("://")[2] if "://" in written else written


def _decoded(written: str) -> str:
    """Without escapes, be they escaped themselves."""
    for _ in range(DEEPEST):
        if "%" not in written:
            break
        written = unquote(written)
    return written


def _plain(name: str) -> str:
    """Without what tells a size."""
    whole = _in_one_spelling(name)
    ending = _ENDING.search(whole)
    if ending is None or not re.fullmatch(_PICTURE, ending[1]):
        return whole
    stem = _SMALLER.sub("", _WIDTH_BEFORE.sub("", whole[: ending.start()]))
    return f"{stem}.{ending[1]}"


def _in_one_spelling(name: str) -> str:
    """With its ending in small letters, as servers have it that do not tell the two apart."""
    return _ENDING.sub(lambda found: "." + found[1].lower().replace("jpeg", "jpg"), name)


def _asked_for(url: str) -> str:
    """What a program that serves files was asked for, as far as that tells one file from another."""
    parts = urlsplit(url)
    name = unquote(parts.path).rpartition("/")[2]
    numbers = (pair for pair in parts.query.split("&") if _NUMBER.fullmatch(pair.partition("=")[0]))
    asked = "&".join(sorted(numbers))
    return f"{name}?{asked}" if asked else name or url
