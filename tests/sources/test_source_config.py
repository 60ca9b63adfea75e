"""Source files: what is shipped loads, and a wrong one is named with file, line and the likely word."""

from datetime import date
from pathlib import Path

import pytest
from pydantic import ValidationError

from sources.config import CATALOG, load_source, load_sources
from sources.discovery.watermark import NEVER_VISITED, Watermark
from sources.errors import ConfigError

GOOD = 'title = "Drop box"\nkind = "folder"\npath = "tray"\n'


def write(folder: Path, name: str, text: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_text(text)
    return path


def complaint(path: Path) -> str:
    with pytest.raises(ConfigError) as caught:
        load_source(path)
    return str(caught.value)


def test_the_shipped_catalog_loads() -> None:
    folder = load_sources(CATALOG)["folder"]
    assert (folder.name, folder.kind, folder.path) == ("folder", "folder", "seeds")


def test_a_users_file_takes_the_place_of_the_shipped_one(tmp_path: Path) -> None:
    write(tmp_path / "mine", "folder.toml", GOOD)
    write(tmp_path / "mine", "tray_2.toml", GOOD + 'zone = "Asia/Hong_Kong"\nschedule = "0 6 * * 1-5"\n')
    sources = load_sources(CATALOG, tmp_path / "none", tmp_path / "mine")
    assert sources["folder"].title == "Drop box"
    assert sources["tray_2"].zone == "Asia/Hong_Kong"
    assert list(sources) == sorted(sources)
    assert set(load_sources(tmp_path / "mine", CATALOG)) == set(sources)


def test_a_source_never_changes() -> None:
    with pytest.raises(ValidationError):
        load_sources(CATALOG)["folder"].title = "other"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (GOOD + '# a note\npth = "x"\n', ":5: unknown key 'pth' (did you mean 'path'?)"),
        (GOOD + 'colour = "x"\n', ":4: unknown key 'colour' (known are title, kind, path, "),
        (
            'title = "x"\nkind = "foldr"\npath = "x"\n',
            ":2: kind: input should be 'folder', 'feed', 'sitemap', 'listing', 'calendar' or 'api', found 'foldr'",
        ),
        ('kind = "folder"\npath = "x"\n', ":1: the key 'title' is missing"),
        ('title = "x"\nkind = "folder"\n', ":1: a source of kind 'folder' needs the key 'path'"),
        ('title = "x"\nkind = "folder"\npath = 5\n', ":3: path: input should be a valid string, found 5"),
        ('title = ""\nkind = "folder"\npath = "x"\n', ":1: title: "),
        (GOOD + 'zone = "Asia/Hongkong"\n', ":4: zone: 'Asia/Hongkong' is not an IANA time zone"),
        (GOOD + 'zone = "../etc/passwd"\n', ":4: zone: '../etc/passwd' is not an IANA time zone"),
        (GOOD + 'zone = ""\n', ":4: zone: '' is not an IANA time zone"),
        (GOOD + 'schedule = "hourly"\n', ":4: schedule: 'hourly' is not a cron line of five fields"),
        (GOOD + 'every = "15"\n', ":4: every: '15' is not a time between visits such as '15 min'"),
        (GOOD + 'every = "0 h"\n', ":4: every: '0 h' is not a time between visits"),
        (GOOD + 'every = "1 h"\nschedule = "* * * * *"\n', ":4: every: says when to visit, as 'schedule' does"),
        (GOOD + 'name = "other"\n', ":4: a source is named by its file"),
        (GOOD + "path = \n", ":4: not TOML: "),
        (GOOD + "[path]\nx = 1\n", ":4: not TOML: "),
    ],
)
def test_a_wrong_file_is_named_with_its_line(tmp_path: Path, text: str, expected: str) -> None:
    path = write(tmp_path, "tray.toml", text)
    assert complaint(path).startswith(f"{path}{expected}")


def test_all_complaints_come_at_once_in_the_order_of_lines(tmp_path: Path) -> None:
    path = write(tmp_path, "tray.toml", 'titel = "x"\nkind = "folder"\nzone = "Mars"\nschedule = 5\n')
    lines = complaint(path).splitlines()
    assert [line.removeprefix(f"{path}:").partition(":")[0] for line in lines] == ["1", "1", "3", "4"]


@pytest.mark.parametrize("name", ["Tray.toml", "1tray.toml", "my-tray.toml", "x" * 64 + ".toml", "é.toml"])
def test_a_name_is_small_letters_digits_and_underscores(tmp_path: Path, name: str) -> None:
    path = write(tmp_path, name, GOOD)
    assert complaint(path).startswith(f"{path}:1: a source's file is named by small letters")


def test_bytes_that_are_no_text_are_named(tmp_path: Path) -> None:
    path = tmp_path / "tray.toml"
    path.write_bytes(b'title = "x"\nkind = "\xff"')
    assert complaint(path) == f"{path}:2: not UTF-8 (byte 0xff)"


WEB = """title = "Harbour Board"
kind = "listing"
urls = ["https://harbour.example/news/"]
publisher = "harbour.example"
language = "en"
zone = "Asia/Hong_Kong"
rights = "free"

[items]
each = "li"
link = "a@href"
"""


def test_a_source_of_the_web_has_defaults_that_are_polite(tmp_path: Path) -> None:
    source = load_source(write(tmp_path, "harbour.toml", WEB))
    assert (source.pace, source.rendition, source.attachments, source.images) == (2.0, "page", True, False)
    assert source.hosts == ("harbour.example",)
    assert source.verified


def test_the_hosts_of_templates_are_known(tmp_path: Path) -> None:
    text = WEB.replace('"listing"', '"calendar"').replace("/news/", ":8080/{yyyy}/{mm}/?q={dd}")
    assert load_source(write(tmp_path, "harbour.toml", text)).hosts == ("harbour.example",)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ('link = "a@href"', 'lnk = "a@href"', ":11: unknown key 'lnk' (did you mean 'link'?)"),
        ('each = "li"', 'each = "li:has("', ":10: items.each: 'li:has(' is no CSS selector"),
        ('each = "li"', f'each = "{"a" * 501}"', ":10: items.each: string should have at most 500 characters"),
        ('link = "a@href"', 'title = "a"', ":9: items: needs 'link', or 'id'"),
        ("https://harbour.example", "ftp://harbour.example", ":3: urls: 'ftp://harbour.example/news/' is no http"),
        ("/news/", "/{page}/", ":3: urls: {page} means nothing in the address of a source of kind 'listing'"),
        ('"listing"', '"calendar"', ":3: urls: 'https://harbour.example/news/' has no {yyyy}"),
        ('publisher = "harbour.example"\n', "", ":1: a source of kind 'listing' needs the key 'publisher'"),
        ('kind = "listing"', 'kind = "listing"\npath = "x"', ":3: path: only a folder has one"),
        ('rights = "free"', "pace = -1", ":7: pace: input should be greater than or equal to 0, found -1"),
        ('link = "a@href"', 'link = "a@href"\n[pages]\nnext = "a[@href"', ":13: pages.next: "),
        ('link = "a@href"', 'link = "a@href"\n[pages]\nmost = 0', ":13: pages.most: "),
        (
            'link = "a@href"',
            'link = "a@href"\n[expects]\nitems_per_day = 3\nitems_per_week = 9',
            ":14: expects.items_per_week: beside items_per_day",
        ),
        (
            'kind = "listing"\nurls = ["https://harbour.example/news/"]',
            'kind = "calendar"\nfull_pass_days = 9\nurls = ["https://harbour.example/{yyyy}/"]',
            ":3: full_pass_days: a calendar has no end",
        ),
    ],
)
def test_a_wrong_source_of_the_web_is_named_with_its_line(tmp_path: Path, old: str, new: str, expected: str) -> None:
    assert old in WEB
    path = write(tmp_path, "harbour.toml", WEB.replace(old, new))
    assert complaint(path).startswith(f"{path}{expected}")


def test_a_path_that_means_nothing_is_named_with_its_line(tmp_path: Path) -> None:
    text = WEB.replace('"listing"', '"api"').replace('each = "li"', 'each = "results[first]"')
    assert ":10: items.each: 'results[first]' cannot be understood from '[first]' on" in complaint(
        write(tmp_path, "harbour.toml", text)
    )


def test_a_watermark_travels_as_json() -> None:
    mark = Watermark({"https://b.example/": date(2026, 1, 2), "https://a.example/": date(2026, 1, 1)}, date(2026, 1, 3))
    assert Watermark.from_json(mark.to_json()) == mark
    assert list(mark.to_json()["newest"]) == ["https://a.example/", "https://b.example/"]
    assert Watermark.from_json({}) == NEVER_VISITED
