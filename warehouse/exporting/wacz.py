"""WACZ 1.1.1: the WARC of a selection with an index and a list of its pages, in one ZIP that replay tools open.

https://specs.webrecorder.net/wacz/1.1.1/. Everything is stored, not deflated, so that a tool can read a record by its
offset. The index is CDXJ, sorted by address (in SURT, as pywb and wabac.js write it) and time.
"""

import json
import re
from collections.abc import Iterable
from datetime import UTC
from pathlib import Path
from shutil import copyfileobj
from urllib.parse import parse_qsl, urlencode, urlsplit
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from sources.capture import Capture, digest, rfc3339
from warehouse.exporting import web_archive
from warehouse.exporting.job import Job
from warehouse.exporting.package import as_text, sha256_of
from warehouse.exporting.web_archive import WEB, Placed

VERSION = "1.1.1"
NAME = "releases.wacz"
WARC = "data.warc.gz"
PAGES_HEAD = {"format": "json-pages-1.0", "id": "pages", "title": "Releases"}
PORTS = {"http": 80, "https": 443}

_WWW = re.compile(r"^www\d*\.")
_BEFORE_ALL = (1980, 1, 1, 0, 0, 0)  # ZIP knows no earlier time; none is told


def write(job: Job) -> None:
    """Writes `releases.wacz`."""
    warc = job.package.path(WARC)
    placed = list(web_archive.copied(job, warc))
    index = "".join(sorted(_index_line(one) for one in placed)).encode()
    parts: dict[str, bytes | Path] = {
        f"archive/{WARC}": warc,
        "indexes/index.cdx": index,
        "pages/pages.jsonl": _pages(placed),
    }
    told = {
        "profile": "data-package",
        "wacz_version": VERSION,
        "title": "Official press releases",
        "description": str(job.package.about["query"]),
        "created": rfc3339(job.as_at),
        "software": job.package.about["software"],
        "resources": [_resource(name, part) for name, part in parts.items()],
    }
    parts["datapackage.json"] = datapackage = as_text(told).encode()
    its_digest = {"path": "datapackage.json", "hash": f"sha256:{digest(datapackage)}"}
    parts["datapackage-digest.json"] = as_text(its_digest).encode()
    _zip(job.package.path(NAME), parts)
    warc.unlink()


def surt(url: str) -> str:
    """An address with its host the other way round, as indexes sort it: `org,example)/a?b=1`.

    Without `www.`, fragment and a port that goes without saying, in lower case, its parameters sorted; what is no
    address of the web stays as it is.
    """
    if not url.startswith(WEB):
        return url
    parts = urlsplit(url.lower())
    host = ",".join(reversed(_WWW.sub("", parts.hostname or "").split(".")))
    try:
        port = f":{parts.port}" if parts.port not in (None, PORTS[parts.scheme]) else ""
    except ValueError:
        port = ""
    query = urlencode(sorted(parse_qsl(parts.query, keep_blank_values=True)))
    return f"{host}{port}){parts.path or '/'}{'?' + query if query else ''}"


def _index_line(one: Placed) -> str:
    told = {
        "url": one.url,
        "mime": one.capture.media_type,
        "status": str(one.capture.status or 200),
        "digest": one.digest,
        "length": str(one.length),
        "offset": str(one.offset),
        "filename": WARC,
    }
    return f"{surt(one.url)} {_stamp(one.capture)} {json.dumps(told)}\n"


def _pages(placed: Iterable[Placed]) -> bytes:
    """One line for each capture that was read as a release, under its address of the web where there is one."""
    pages = {one.wanted: one for one in placed if one.wanted.kind == "page"}
    lines = [PAGES_HEAD, *(_page(one) for one in pages.values())]
    return "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines).encode()


def _page(one: Placed) -> dict[str, str | int]:
    capture, wanted = one.capture, one.wanted
    return {
        "id": wanted.input_sha256[:16],
        "url": one.url,
        "ts": rfc3339(capture.captured_at),
        "title": wanted.title,
        "size": len(capture.body),
    }


def _resource(path: str, part: bytes | Path) -> dict[str, str | int]:
    size, sha256 = (len(part), digest(part)) if isinstance(part, bytes) else (part.stat().st_size, sha256_of(part))
    return {"name": path.rpartition("/")[2], "path": path, "hash": f"sha256:{sha256}", "bytes": size}


def _stamp(capture: Capture) -> str:
    return f"{capture.captured_at.astimezone(UTC):%Y%m%d%H%M%S}"


def _zip(path: Path, parts: dict[str, bytes | Path]) -> None:
    with ZipFile(path, "w", ZIP_STORED) as packed:
        for name, part in parts.items():
            info = ZipInfo(name, _BEFORE_ALL)
            info.create_system, info.external_attr = 3, 0o644 << 16
            with packed.open(info, "w", force_zip64=True) as out:
                if isinstance(part, bytes):
                    out.write(part)
                else:
                    with part.open("rb") as source:
                        copyfileobj(source, out)
