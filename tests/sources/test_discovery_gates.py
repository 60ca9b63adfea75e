"""What strangers send is checked before it is read: JSON, XML and HTML lists, and paths and templates of our own."""

import json
import tarfile
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sources.discovery.html_gate import NotHtml, read_html
from sources.discovery.json_gate import MOST_DEPTH, NotJson, compact, read_json
from sources.discovery.paths import compile_path, text_at, values_at
from sources.discovery.prolog import first_element
from sources.discovery.templates import fill, of_day, placeholders, resolve
from sources.discovery.window import Window
from sources.discovery.xml_gate import Passed, Refused, pass_xml
from tests.effort import bounded
from tests.sources.listed import CORPORA

HOSTILE = CORPORA / "hostile"


def members(archive: str) -> Iterator[tuple[str, bytes]]:
    path = HOSTILE / f"{archive}.tar.gz"
    if not path.exists():
        pytest.skip(f"no test set at {path}")
    with tarfile.open(path) as opened:
        for info in opened:
            held = opened.extractfile(info)
            if held is not None:
                yield info.name, held.read()


def test_every_text_of_the_json_test_suite_gets_its_verdict() -> None:
    wrong = []
    counted = 0
    for name, body in members("JSONTestSuite"):
        kind, counted = name.rpartition("/")[2][:2], counted + name.startswith("test_parsing/")
        taken = not isinstance(read_json(body), NotJson)
        expected_twice = "duplicated_key" in name  # y_ there; I-JSON forbids them
        if name.startswith("test_parsing/") and (
            (kind == "y_" and not taken and not expected_twice) or (kind == "n_" and taken)
        ):
            wrong.append(name)
    assert not wrong
    assert counted > 300


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b'{"a": 1, "a": 2}', "the key 'a' twice"),
        (b'{"a": NaN}', "NaN is no JSON number"),
        (b"[-Infinity]", "-Infinity is no JSON number"),
        (b"1e999", "too large for a double"),
        (b"1" * 401, "401 digits"),
        (b'["\\ud800"]', "half of a surrogate pair"),
        (b'["\xff"]', "not UTF-8 at byte 2"),
        (b"[" * 101 + b"]" * 101, "nested 101 deep"),
        (b'{"a":' * 100_000, "nested 100000 deep"),
        (b"", "not JSON"),
        (b"[1,]", "not JSON"),
    ],
)
def test_json_that_is_refused_says_why(body: bytes, reason: str) -> None:
    found = read_json(body)
    assert isinstance(found, NotJson)
    assert reason in found.reason


def test_brackets_inside_strings_are_not_depth() -> None:
    assert read_json(json.dumps(["[{" * 500, '\\"[' * 200]).encode()) == ["[{" * 500, '\\"[' * 200]
    assert not isinstance(read_json(b"[" * MOST_DEPTH + b"]" * MOST_DEPTH), NotJson)


def test_json_over_the_limit_is_not_read() -> None:
    assert read_json(b"[1, 2]", most_bytes=5) == NotJson("6 bytes of JSON, over the limit of 5")


def test_the_depth_of_json_is_measured_in_linear_time() -> None:
    with bounded():
        read_json(b'["' + b'\\"' * 1_000_000)
        read_json(b"[" * 300 + b'"\\"' * 500_000)


Json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)


@settings(max_examples=50)
@given(Json)
def test_what_json_writes_is_read_as_it_was(value: Any) -> None:
    text = json.dumps(value)
    found = read_json(text.encode())
    assert found == value
    assert compact(found) == compact(value)


@pytest.mark.parametrize("archive", ["libxml2-bad", "defusedxml"])
def test_hostile_xml_never_expands_and_never_takes_long(archive: str) -> None:
    for name, body in members(archive):
        with bounded():
            passed = pass_xml(body)
        if isinstance(passed, Passed):
            assert len(passed.utf8) <= 4 * len(body) + 100, name
            assert b"<!ENTITY" not in passed.utf8, name


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ('<!DOCTYPE r [<!ENTITY a "b">]><r>&a;</r>', "declares the entity 'a'"),
        ('<!DOCTYPE r [<!ENTITY % a SYSTEM "http://127.0.0.1/x">%a;]><r/>', "declares the entity 'a'"),
        ('<!DOCTYPE r [<!ENTITY a SYSTEM "file:///etc/hostname">]><r>&a;</r>', "declares the entity 'a'"),
        ('< <!DOCTYPE r [<!ENTITY a "bbbbbbbb">]><r>&a;</r>', "with declarations of entities"),
        ("<a>" * 201, "nested more than 200 deep"),
    ],
)
def test_declarations_and_depth_are_refused(body: str, reason: str) -> None:
    for encoding in ("utf-8", "utf-16"):
        passed = pass_xml(body.encode(encoding))
        assert isinstance(passed, Refused)
        assert reason in passed.reason


@pytest.mark.parametrize(
    "doctype",
    [
        "<!DOCTYPE rss>",
        '<!DOCTYPE rss SYSTEM "http://127.0.0.1:9/rss.dtd">',
        '<!DOCTYPE rss PUBLIC "-//X//EN" "x.dtd">',
    ],
)
def test_a_doctype_without_a_subset_passes_and_is_not_loaded(doctype: str) -> None:
    passed = pass_xml(f"<?xml version='1.0'?>{doctype}<rss/>".encode())
    assert isinstance(passed, Passed)
    assert passed.fault is None
    assert passed.root is not None


@pytest.mark.parametrize(
    ("encoding", "declared", "charset"),
    [
        ("utf-8", "", None),
        ("utf-8-sig", "", None),
        ("utf-16", "utf-16", None),
        ("utf-16-le", "", None),
        ("utf-32-be", "", None),
        ("big5", "big5", None),
        ("gb18030", "gb2312", None),
        ("big5", "", "big5"),
        ("utf-8", "iso-8859-1", "utf-8"),
        ("utf-8", "", "iso-8859-1"),
        ("utf-8", "", "us-ascii"),
        ("utf-8-sig", "", "iso-8859-1"),
        ("utf-8", "utf-7", "no-such-charset"),
    ],
)
def test_the_encoding_of_xml(encoding: str, declared: str, charset: str | None) -> None:
    declaration = f'<?xml version="1.0" encoding="{declared}"?>' if declared else ""
    passed = pass_xml(f"{declaration}<r>碼頭重開</r>".encode(encoding), charset)
    assert isinstance(passed, Passed)
    assert passed.root is not None
    assert passed.root.text == "碼頭重開"


def test_xml_over_the_limit_or_in_no_encoding_is_refused() -> None:
    assert isinstance(pass_xml(b"<r/>" * 10, most_bytes=39), Refused)
    assert isinstance(pass_xml(b"<r>" + b"\xff\xfe\xfd" * 50 + b"</r>", "utf-8"), Refused)


@pytest.mark.parametrize(
    "body",
    [
        b"<div>" * 20_000,
        b"<b>" * 401,
        b"<a href=x>y</a>" * 100_001,
        b"plain words",
        b"http://x",
        b'<?xml version="1.0"?><rss/>',
    ],
)
def test_html_that_is_no_list_is_refused_in_no_time(body: bytes) -> None:
    with bounded():
        assert isinstance(read_html(body), NotHtml)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("<?xml version='1.0'?><!-- <rss> --><!DOCTYPE feed>\n<a:feed xmlns:a='x'>", "feed"),
        ("Warning: <b>no database</b>", "b"),
        ("1 < 2 <p>", "p"),
        ("<!-- never closed <rss>", ""),
        ("<!--" * 100_000, ""),
        ("< " * 100_000, ""),
        ("", ""),
    ],
)
def test_the_first_element_of_a_document(text: str, name: str) -> None:
    with bounded():
        assert first_element(text) == name


def test_many_flat_tags_left_open_are_not_depth() -> None:
    soup = read_html(b"<ul>" + b"<li><p>x<br>" * 5_000 + b"</ul>")
    assert not isinstance(soup, NotHtml)
    assert len(soup.select("li")) == 5_000


@pytest.mark.parametrize(
    ("encoding", "charset"),
    [("big5", "big5"), ("gb18030", "gb2312"), ("utf-8", "utf-7"), ("utf-8", "x"), ("utf-8", "latin-1")],
)
def test_the_header_says_the_encoding_of_html(encoding: str, charset: str) -> None:
    soup = read_html('<meta charset="utf-8"><p>碼頭重開</p>'.encode(encoding), charset)
    assert not isinstance(soup, NotHtml)
    assert soup.get_text().strip() == "碼頭重開"


def test_paths_lead_to_values() -> None:
    value = {"result": {"records": [{"a.b": 1, "t": " x "}, {"t": None}, {"t": 2.5}]}, "@id": "k", "on": True}
    assert values_at(value, "result.records[*].t") == [" x ", 2.5]
    assert values_at(value, "$.result.records[0]") == [{"a.b": 1, "t": " x "}]
    assert text_at(value, 'result.records[0]["a.b"]') == "1"
    assert text_at(value, "result.records[*].t") == "x"
    assert text_at(value, "@id") == "k"
    assert text_at(value, "on") is None
    assert text_at(value, "result.nothing[7].there") is None
    assert values_at(value, "$") == [value]


@pytest.mark.parametrize("path", ["a..b", "a[", "a[-1]", "a[?(@.x)]", "a b", "a[*]x", "x" * 201, "a."])
def test_a_path_that_means_nothing_is_refused(path: str) -> None:
    with pytest.raises(ValueError, match="path"):
        compile_path(path)


def test_templates_take_a_day() -> None:
    template = "/gia/{yyyy}{mm}/{dd}.htm?y={yy}&m={m}&d={d}&x={other}"
    assert fill(template, of_day(date(2026, 1, 5))) == "/gia/202601/05.htm?y=26&m=1&d=5&x={other}"
    assert placeholders(template) == ["yyyy", "mm", "dd", "yy", "m", "d", "other"]


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        ("./202601/t1.html", "https://a.example/col/202601/t1.html"),
        ("../x y.html", "https://a.example/x%20y.html"),
        ("//b.example/z", "https://b.example/z"),
        (" \n/碼頭 ", "https://a.example/%E7%A2%BC%E9%A0%AD"),
        ("?page=2", "https://a.example/col/index.html?page=2"),
        ("javascript:void(0)", None),
        ("mailto:a@b.example", None),
        ("http://[::1", None),
        ("http://user@c.example/", None),
        ("", None),
        (None, None),
    ],
)
def test_links_are_made_whole(link: str | None, expected: str | None) -> None:
    assert resolve("https://a.example/col/index.html", link) == expected


def test_a_window_gives_its_days_and_months_the_newest_first() -> None:
    window = Window(date(2025, 12, 30), date(2026, 2, 1))
    assert list(window.days())[:2] == [date(2026, 1, 31), date(2026, 1, 30)]
    assert len(list(window.days())) == 33
    assert list(window.months()) == [date(2026, 1, 1), date(2025, 12, 1)]
    assert date(2026, 2, 1) not in window
    with pytest.raises(ValueError, match="forward"):
        Window(date(2026, 1, 1), date(2026, 1, 1))
