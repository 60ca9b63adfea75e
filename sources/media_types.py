"""What a file calls itself: media types by file name ending (IANA media types), and those a person states."""

import re
from collections.abc import Collection

UNKNOWN = "application/octet-stream"

_PACKED_ARCHIVE = re.compile(r"[^/]\.w?arc\.gz$", re.IGNORECASE)  # packed record by record, so that gzip is no wrapper

_BY_ENDING = {
    "txt": "text/plain",
    "text": "text/plain",
    "md": "text/markdown",
    "markdown": "text/markdown",
    "html": "text/html",
    "htm": "text/html",
    "xhtml": "application/xhtml+xml",
    "pdf": "application/pdf",
    "doc": "application/msword",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xls": "application/vnd.ms-excel",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ppt": "application/vnd.ms-powerpoint",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "odt": "application/vnd.oasis.opendocument.text",
    "rtf": "application/rtf",
    "eml": "message/rfc822",
    "mbox": "application/mbox",
    "json": "application/json",
    "jsonl": "application/jsonl",
    "xml": "application/xml",
    "rss": "application/rss+xml",
    "atom": "application/atom+xml",
    "toml": "application/toml",
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
    "warc": "application/warc",
    "arc": "application/x-arc",
    "mht": "multipart/related",
    "mhtml": "multipart/related",
    "zip": "application/zip",
    "gz": "application/gzip",
    "tar": "application/x-tar",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "png": "image/png",
    "gif": "image/gif",
    "webp": "image/webp",
    "svg": "image/svg+xml",
    "tif": "image/tiff",
    "tiff": "image/tiff",
    "mp3": "audio/mpeg",
    "mp4": "video/mp4",
}


RECORDINGS = frozenset({"application/warc", "application/x-warc", "application/x-arc"})
"""Files of many records, each a capture of its own."""


def by_name(name: str) -> str:
    """The media type a file name's ending stands for, `application/octet-stream` where it stands for none."""
    stem, dot, ending = name.rpartition("/")[2].rpartition(".")
    found = _BY_ENDING.get(ending.lower(), UNKNOWN) if dot and stem else UNKNOWN
    return _BY_ENDING["warc"] if found == _BY_ENDING["gz"] and _PACKED_ARCHIVE.search(name) else found


def endings(media_types: Collection[str]) -> list[str]:
    """The endings of file names that stand for these media types: `.docx`."""
    return sorted(f".{ending}" for ending, media_type in _BY_ENDING.items() if media_type in media_types)


def split_media_type(stated: str) -> tuple[str, str | None]:
    """`Text/HTML; charset="big5"` as ("text/html", "big5"): the type, and the charset parameter if there is one."""
    kind, *parameters = (part.strip() for part in stated.split(";"))
    for parameter in parameters:
        key, _, value = parameter.partition("=")
        if key.strip().lower() == "charset":
            return kind.lower(), value.strip(' "') or None
    return kind.lower(), None
