"""The manifest: every line hangs on the one before, torn ends are cut, anything else is named."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest

from sources.capture import digest
from sources.errors import VaultError
from warehouse.home import Home
from warehouse.vault.manifest import append, audit, head, head_path, lines, since
from warehouse.vault.sealing import Sealed

NOW = datetime(2025, 7, 1, tzinfo=UTC)


def listed(home: Home, count: int) -> list[int]:
    """Lists files until there are `count`; gives the size of the manifest after each."""
    sizes = []
    for n in range(len(lines(home)) + 1, count + 1):
        append(home, sealed(n), "captures" if n % 2 else "journal", NOW)
        sizes.append(home.manifest.stat().st_size)
    return sizes


def sealed(n: int) -> Sealed:
    return Sealed(f"folder/2025/07/r-{n}.warc.gz", 1000 + n, digest(b"%d" % n), 3)


def test_an_empty_home_has_an_empty_list(home: Home) -> None:
    assert (lines(home), since(home, 0), head(home)) == ([], [], "0" * 64)
    assert not home.raw.exists() or list(home.raw.glob("*.jsonl")) == []


def test_each_line_names_the_digest_of_the_one_before(home: Home) -> None:
    listed(home, 4)
    raw = home.manifest.read_bytes().splitlines()
    told = [json.loads(line) for line in raw]
    assert [line["previous"] for line in told] == ["0" * 64, *(digest(line) for line in raw[:-1])]
    assert [(line["n"], line["path"], line["size"], line["kind"]) for line in told][1] == (
        2,
        "folder/2025/07/r-2.warc.gz",
        1002,
        "journal",
    )
    assert told[0]["sealed_at"] == "2025-07-01T00:00:00Z"
    assert head(home) == digest(raw[-1])
    assert json.loads(head_path(home).read_bytes()) == {"n": 4, "sha256": digest(raw[-1])}


def test_a_list_cut_anywhere_is_noticed(home: Home) -> None:
    sizes = listed(home, 6)
    whole = home.manifest.read_bytes()
    for length in {*range(0, len(whole), 37), *sizes[:-1], len(whole) - 1}:
        home.manifest.write_bytes(whole[:length])
        assert audit(home)[1] != []
        with pytest.raises(VaultError):
            lines(home)
        with pytest.raises(VaultError):
            append(home, sealed(7), "captures", NOW)
        with pytest.raises(VaultError):
            since(home, 5)
        assert home.manifest.read_bytes() == whole[:length], "damage is never repaired by cutting more"


def test_every_flipped_bit_is_noticed(home: Home) -> None:
    listed(home, 3)
    for path in (home.manifest, head_path(home)):
        whole = path.read_bytes()
        for position in range(len(whole)):
            flipped = bytearray(whole)
            flipped[position] ^= 1 << (position % 8)
            path.write_bytes(flipped)
            assert audit(home)[1] != [], f"{path.name} byte {position}"
        path.write_bytes(whole)
    assert audit(home)[1] == []


def test_a_changed_line_is_named(home: Home) -> None:
    listed(home, 5)
    home.manifest.write_bytes(home.manifest.read_bytes().replace(b"r-2.warc", b"r-9.warc"))
    with pytest.raises(VaultError, match="line 3: .*one of the two was changed"):
        lines(home)
    home.manifest.write_bytes(home.manifest.read_bytes().replace(b'"n":2', b'"n";2'))
    with pytest.raises(VaultError, match="line 2: the line cannot be read"):
        lines(home)


@pytest.mark.parametrize("change", ["drop", "repeat", "swap", "clear"])
def test_lines_removed_repeated_or_swapped_are_noticed(home: Home, change: str) -> None:
    listed(home, 5)
    raw = home.manifest.read_bytes().splitlines(keepends=True)
    changed = {
        "drop": raw[:2] + raw[3:],
        "repeat": [*raw, raw[-1]],
        "swap": [raw[0], raw[2], raw[1], *raw[3:]],
        "clear": [],
    }[change]
    home.manifest.write_bytes(b"".join(changed))
    assert audit(home)[1] != []
    with pytest.raises(VaultError):
        lines(home)


@pytest.mark.parametrize("extra", ["repeat", "forged"])
def test_nothing_is_appended_to_a_list_with_a_line_too_many(home: Home, extra: str) -> None:
    listed(home, 5)
    last = home.manifest.read_bytes().splitlines(keepends=True)[-1]
    with home.manifest.open("ab") as file:
        file.write(last if extra == "repeat" else last.replace(b'"n":5', b'"n":6'))
    assert audit(home)[1] != []
    with pytest.raises(VaultError, match="line"):
        append(home, sealed(6), "captures", NOW)


def test_a_torn_last_line_is_passed_over_and_cut(home: Home) -> None:
    listed(home, 4)
    before, copy = home.manifest.read_bytes(), head_path(home).read_bytes()
    listed(home, 5)
    after = home.manifest.read_bytes()
    head_path(home).write_bytes(copy)
    for length in range(len(before), len(after)):
        home.manifest.write_bytes(after[:length])
        assert [line.n for line in lines(home)] == [1, 2, 3, 4]
        assert since(home, 2) == lines(home)[2:]
    home.manifest.write_bytes(after[: len(before)] + b"\0" * 50 + b"\n")
    assert audit(home)[1] == []
    home.manifest.write_bytes(after[: len(before) + 60])
    listed(home, 6)
    assert home.manifest.read_bytes().startswith(after)
    assert audit(home)[1] == []


def test_a_torn_first_line_is_cut(home: Home) -> None:
    home.raw.mkdir(parents=True)
    home.manifest.write_bytes(b'{"n":1,"pa')
    assert lines(home) == []
    assert append(home, sealed(1), "captures", NOW).n == 1
    assert len(lines(home)) == 1


def test_a_crash_between_line_and_head_is_no_damage(home: Home) -> None:
    listed(home, 3)
    copy = head_path(home).read_bytes()
    listed(home, 4)
    head_path(home).write_bytes(copy)
    assert [line.n for line in lines(home)] == [1, 2, 3, 4]
    assert [line.n for line in since(home, 3)] == [4]
    listed(home, 5)
    assert audit(home)[1] == []


def test_an_old_or_missing_head_is_noticed_and_can_be_made_again(home: Home) -> None:
    listed(home, 2)
    copy = head_path(home).read_bytes()
    listed(home, 5)
    head_path(home).write_bytes(copy)
    assert [fault.what for fault in audit(home)[1]] == ["manifest.head is missing or out of date: it names line 2 of 5"]
    with pytest.raises(VaultError):
        append(home, sealed(6), "captures", NOW)
    head_path(home).unlink()
    assert audit(home)[1] != []
    listed_again = append(home, sealed(6), "captures", NOW)
    assert listed_again.n == 6
    assert audit(home)[1] == []


@pytest.mark.parametrize("path", ["../outside.warc.gz", "/etc/outside.warc.gz"])
def test_a_path_that_leaves_the_raw_folder_is_no_line(home: Home, path: str) -> None:
    listed(home, 1)
    with pytest.raises(VaultError, match="below the raw folder"):
        append(home, Sealed(path, 1, digest(b""), 1), "captures", NOW)
    assert len(lines(home)) == 1
    home.manifest.write_bytes(home.manifest.read_bytes().replace(sealed(1).path.encode(), path.encode()))
    assert audit(home)[0] == []
    assert audit(home)[1] != []


def test_lines_after_a_given_one_are_read_from_the_end(home: Home) -> None:
    listed(home, 300)
    assert home.manifest.stat().st_size > 1 << 16
    everything = lines(home)
    for n in (0, 1, 2, 150, 298, 299, 300):
        assert since(home, n) == everything[n:]
    with pytest.raises(VaultError, match="line 301 was read before"):
        since(home, 301)
    raw = home.manifest.read_bytes()
    home.manifest.write_bytes(raw.replace(b"r-220.warc", b"r-221.warc"))
    with pytest.raises(VaultError, match="line 220"):
        since(home, 215)
    assert since(home, 225) == everything[225:]


def test_many_may_append_at_once(home: Home) -> None:
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda n: append(home, sealed(n), "captures", NOW), range(1, 13)))
    assert [line.n for line in lines(home)] == list(range(1, 13))
    assert {line.path for line in lines(home)} == {sealed(n).path for n in range(1, 13)}
