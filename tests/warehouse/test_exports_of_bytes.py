"""Bytes taken away: the WARC holds the sealed records and replays, WACZ and bag are what their specifications say."""

import json
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import feedparser
import pytest
from warcio.archiveiterator import ArchiveIterator

from sources.capture import digest
from sources.errors import ArchiveError, VaultError
from tests.desk import Desk, WarmReaders
from tests.press_site import PressSite, configure, page, told_of, visit
from tests.samples import ORCHARD, news
from tests.warehouse.visits import warcio_says
from warehouse.connection import attached, opened_read_only
from warehouse.exporting.citations import cited
from warehouse.exporting.exports import Kind, export
from warehouse.exporting.selection import Selection
from warehouse.exporting.wacz import surt
from warehouse.vault.members import Record, walk

PDF, PNG = "Content-Type: application/pdf", "Content-Type: image/png"
LINKS = '<p><a href="/files/annex.pdf">Annex</a></p><img src="/files/quay.png" alt="The quay" width="600" height="400">'
SAVED = "https://www.news.gov.hk/eng/2025/06/saved.html"
TITLE = "Fund & <b>fees</b> {of} 100% \x1b"


@pytest.fixture(scope="module")
def site() -> Iterator[PressSite]:
    made = PressSite()
    made.issue("one", "two")
    made.put("one.html", page("Notice about one", told_of("one"), more=LINKS))
    made.put("files/annex.pdf", b"%PDF-1.7 the first annex", PDF)
    made.put("files/quay.png", b"\x89PNG the quay", PNG)
    yield made
    made.server.close()


@pytest.fixture(scope="module")
def archive(readers: WarmReaders, tmp_path_factory: pytest.TempPathFactory, site: PressSite) -> Desk:
    """Two releases of the web, one edited and with files, and one of the inbox whose address is known."""
    desk = Desk(tmp_path_factory.mktemp("bytes"))
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("flows.direct.Readers", readers)
        configure(desk, site, images=True)
        visit(desk)
        site.put("one.html", page("Notice about one", told_of("one, which was edited"), more=LINKS))
        assert visit(desk, revisit=True) == {"revised": 1, "unchanged": 1}
        desk.drop("saved.txt", news("Saved", paragraphs=ORCHARD), {"url": SAVED, "title": TITLE})
        assert desk.ingest() == {"new": 1}
    return desk


def taken(desk: Desk, kind: Kind, where: str | None = None) -> Path:
    return export(desk.home, kind, Selection(where=where)).place


def replayed(path: Path) -> dict[str, list[tuple[str, bytes]]]:
    """What stands at each address, as warcio plays it."""
    told: dict[str, list[tuple[str, bytes]]] = {}
    with path.open("rb") as file:
        for record in ArchiveIterator(file, check_digests="raise"):
            body = record.content_stream().read()
            if record.rec_type in ("response", "resource"):
                told.setdefault(record.rec_headers.get_header("WARC-Target-URI"), []).append((record.rec_type, body))
    return told


def test_a_warc_replays_every_version_and_file_of_what_is_selected(archive: Desk, site: PressSite) -> None:
    path = taken(archive, "warc", "title LIKE '%one'") / "releases.warc.gz"
    assert warcio_says("check", path) == (0, "")
    told = replayed(path)
    assert sorted(told) == sorted(map(site.server.url, ("/one.html", "/files/annex.pdf", "/files/quay.png")))
    bodies = [body for _, body in told[site.server.url("/one.html")]]
    assert [b"which was edited" in body for body in sorted(bodies, key=len)] == [False, True]
    assert told[site.server.url("/files/annex.pdf")] == [("response", b"%PDF-1.7 the first annex")]


def test_records_are_those_that_were_sealed_byte_for_byte(archive: Desk) -> None:
    whole = (taken(archive, "warc") / "releases.warc.gz").read_bytes()
    sealed = [path for path in archive.home.raw.rglob("*.warc.gz") if "journal" not in path.parts]
    copied = 0
    for path in sealed:
        for record in walk(path):
            assert isinstance(record, Record)
            copied += path.read_bytes()[record.offset : record.end] in whole
    records = [
        record for record in walk(archive.home.root / "exports/warc/releases.warc.gz") if isinstance(record, Record)
    ]
    assert len(records) == copied + 2  # its own head, and the saved page under its address
    ids = {record.id for record in records}
    assert len(ids) == len(records)
    assert {record.headers["warc-warcinfo-id"] for record in records if record.kind != "warcinfo"} <= ids


def test_a_saved_page_replays_where_it_was_saved_from(archive: Desk) -> None:
    told = replayed(taken(archive, "warc", f"url = '{SAVED}'") / "releases.warc.gz")
    assert sorted(told) == ["file:///inbox/saved.txt", SAVED]
    assert told[SAVED] == told["file:///inbox/saved.txt"]


def test_wacz_finds_each_record_by_its_index(archive: Desk, site: PressSite) -> None:
    with zipfile.ZipFile(taken(archive, "wacz") / "releases.wacz") as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
        assert {one.compress_type for one in packed.infolist()} == {zipfile.ZIP_STORED}
    package = json.loads(parts["datapackage.json"])
    assert package["wacz_version"] == "1.1.1"
    assert {one["path"]: one["hash"] for one in package["resources"]} == {
        name: f"sha256:{digest(part)}" for name, part in parts.items() if not name.startswith("datapackage")
    }
    assert json.loads(parts["datapackage-digest.json"])["hash"] == f"sha256:{digest(parts['datapackage.json'])}"
    lines = parts["indexes/index.cdx"].decode().splitlines()
    assert lines == sorted(lines)
    assert f"{surt(site.server.url('/two.html'))} 20260131120000" in "\n".join(lines)
    for line in lines:
        told = json.loads(line.split(" ", 2)[2])
        at, length = int(told["offset"]), int(told["length"])
        assert f"sha256:{digest(payload_of(parts['archive/data.warc.gz'][at : at + length]))}" == told["digest"]
    head, *pages = map(json.loads, parts["pages/pages.jsonl"].decode().splitlines())
    assert head["format"] == "json-pages-1.0"
    assert {one["url"] for one in pages} == {SAVED, *map(site.server.url, ("/one.html", "/two.html"))}


def payload_of(member: bytes) -> bytes:
    record = next(ArchiveIterator(BytesIO(member)))
    body: bytes = record.raw_stream.read()
    return body


def test_a_bag_is_whole(archive: Desk) -> None:
    place = taken(archive, "bag")
    assert (place / "bagit.txt").read_text() == "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
    for listing, inside in (("manifest-sha256.txt", True), ("tagmanifest-sha256.txt", False)):
        told = dict(line.split("  ", 1)[::-1] for line in (place / listing).read_text().splitlines())
        there = {
            path.relative_to(place).as_posix(): digest(path.read_bytes()) for path in place.rglob("*") if path.is_file()
        }
        wanted = {name: sha for name, sha in there.items() if name.startswith("data/") == inside}
        assert told == {name: sha for name, sha in wanted.items() if name != "tagmanifest-sha256.txt"}
    assert "Payload-Oxum: " in (place / "bag-info.txt").read_text()
    records = [json.loads(line) for line in (place / "data/versions.jsonl").read_text().splitlines()]
    assert sorted(record["version"] for record in records) == [1, 1, 1, 2]
    assert export(archive.home, "bag", Selection()).place == place


def test_a_page_that_also_brought_what_is_withheld_stays_in(archive: Desk, tmp_path: Path) -> None:
    """A release that readers are not shown takes its captures along, those too that it shares."""
    with attached(_copy(archive, tmp_path)) as con:
        con.execute("DELETE FROM kept.readings WHERE title LIKE '%two'")
        con.execute(
            "INSERT INTO kept.outcomes BY NAME SELECT o.* REPLACE (s.input_sha256 AS input_sha256)"
            " FROM kept.outcomes AS o, kept.readings AS s"
            " WHERE o.name LIKE '%two' AND s.title LIKE '%one' AND s.version = 1"
        )
    desk = Desk(tmp_path)
    done = export(desk.home, "warc", Selection())
    assert done.counts["captures_left_out"] == 1
    bodies = b"".join(body for those in replayed(done.place / "releases.warc.gz").values() for _, body in those)
    assert b"about two" not in bodies
    assert b"which was edited" in bodies


def test_while_something_is_withheld_no_box_of_several_releases_goes_out(archive: Desk, tmp_path: Path) -> None:
    with attached(_copy(archive, tmp_path)) as con:
        con.execute("UPDATE kept.outcomes SET rendition = 'feed_item' WHERE name LIKE '%one'")
        con.execute("CREATE OR REPLACE VIEW withheld AS SELECT 'some release' AS release_id")
    done = export(Desk(tmp_path).home, "warc", Selection())
    assert done.counts["captures_left_out"] == 2
    told = replayed(done.place / "releases.warc.gz")
    assert SAVED in told
    assert not [address for address in told if address.endswith("one.html")]


def _copy(archive: Desk, root: Path) -> Path:
    """The archive in another home, where it may be changed."""
    desk = Desk(root)
    desk.home.root.mkdir()
    (desk.home.raw).symlink_to(archive.home.raw)
    desk.home.archive.write_bytes(archive.home.archive.read_bytes())
    return desk.home.archive


def test_bytes_that_are_missing_are_named_and_nothing_is_left_half(archive: Desk, tmp_path: Path) -> None:
    _copy(archive, tmp_path)
    desk = Desk(tmp_path)
    desk.home.raw.unlink()
    desk.home.raw.mkdir()
    with pytest.raises(VaultError, match="restore it from a copy"):
        export(desk.home, "wacz", Selection())
    assert list((desk.home.root / "exports").iterdir()) == []


def test_feeds_are_read_by_a_feed_reader(archive: Desk) -> None:
    place = taken(archive, "atom")
    releases, edits = (feedparser.parse((place / name).read_bytes()) for name in ("releases.atom", "edits.atom"))
    assert (releases.bozo, edits.bozo) == (False, False)
    assert len(releases.entries) == 3
    (edit,) = edits.entries
    assert "which was edited" in edit.summary
    (saved,) = (entry for entry in releases.entries if entry.get("link") == SAVED)
    assert "&lt;b&gt;" in (place / "releases.atom").read_text() and "\x1b" not in saved.title
    assert len({entry.id for entry in (*releases.entries, *edits.entries)}) == 4


def citation(desk: Desk, form: Any, version: int | None = None) -> str:
    (name,) = desk.column(f"SELECT release_id FROM releases WHERE url = '{SAVED}'")
    with opened_read_only(desk.home.archive) as con:
        return cited(con, name, version, form)


def test_a_citation_has_key_address_time_and_digest(archive: Desk) -> None:
    ((name, sha256),) = (
        tuple(row.values())
        for row in archive.rows(f"SELECT release_id, content_sha256 FROM releases WHERE url = '{SAVED}'")
    )
    for form in ("bibtex", "csl", "text"):
        told = citation(archive, form)
        assert all(part in told for part in (name, SAVED, sha256, "2026-01-31T12:00:00Z", "version 1")), form
    (item,) = json.loads(citation(archive, "csl"))
    assert (item["type"], item["issued"]) == ("webpage", {"date-parts": [[2025, 6, 25]]})
    bibtex = citation(archive, "bibtex")
    assert r"Fund \& <b>fees</b> \{of\} 100\%" in bibtex
    assert bibtex.count("{") == bibtex.count("}")
    with pytest.raises(ArchiveError, match="no version 7"):
        citation(archive, "text", 7)


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("https://www.Example.org/A?b=2&a=1#x", "org,example)/a?a=1&b=2"),
        ("http://example.org:8080", "org,example:8080)/"),
        ("https://example.org:443/", "org,example)/"),
        ("file:///inbox/a.txt", "file:///inbox/a.txt"),
    ],
)
def test_addresses_are_sorted_as_replay_tools_sort_them(url: str, told: str) -> None:
    assert surt(url) == told
