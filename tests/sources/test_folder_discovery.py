"""Listing an inbox: everything in it, in one order, each entry under a name that never means another."""

import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sources.candidate import Refusal
from sources.capture import Capture
from sources.discovery.folder import candidate_at, discover, relative_path
from sources.errors import ConfigError
from sources.fetching import Settling, fetch_all
from tests.effort import bounded

NOW = datetime(2026, 1, 31, 12, 0, tzinfo=UTC)
Drop = Callable[..., Path]

COMPONENT = st.binary(min_size=1, max_size=30).filter(
    lambda b: b"/" not in b and b"\0" not in b and b not in (b".", b"..")
)


def refs(inbox: Path) -> list[str]:
    return [candidate.ref for candidate in discover(inbox)]


def test_every_file_below_the_inbox_is_a_candidate(inbox: Path, drop: Drop) -> None:
    for name in ("b.txt", "README.md", "2025/11/a b.html", ".hidden", "x.html/inner.txt"):
        drop(name)
    (inbox / "empty folder").mkdir()
    found = list(discover(inbox, source="tray"))
    assert [one.name for one in found] == [".hidden", "2025/11/a b.html", "README.md", "b.txt", "x.html/inner.txt"]
    assert [one.position for one in found] == list(range(5))
    assert {one.source for one in found} == {"tray"}
    assert found[1].ref == "file:///inbox/2025/11/a%20b.html"
    assert found[1].path == str(inbox / "2025/11/a b.html")


def test_an_empty_inbox_holds_no_candidates(inbox: Path) -> None:
    assert list(discover(inbox)) == []


def test_order_is_that_of_whole_paths_in_bytes(inbox: Path, drop: Drop) -> None:
    for name in ("a/z.txt", "a-b/x.txt", "a.txt", "B.txt", "ü.txt", "a/b/c.txt", "a/b.txt", "a0.txt"):
        drop(name)
    paths = [relative_path(ref) for ref in refs(inbox)]
    assert len(paths) == 8
    assert paths == sorted(paths)


def test_signature_tells_when_a_file_changed(inbox: Path, drop: Drop) -> None:
    path = drop("a.txt", b"12345")
    (candidate,) = discover(inbox)
    seen = path.stat()
    assert candidate.signature == (seen.st_dev, seen.st_ino, 5, seen.st_mtime_ns)


def test_a_name_that_is_not_utf8_keeps_its_bytes(inbox: Path, drop: Drop) -> None:
    drop(b"n\xff.txt")
    drop("n\u00ff.txt")
    drop("line\nbreak.txt")
    drop("50%.txt")
    assert [(one.ref, one.name) for one in discover(inbox)] == [
        ("file:///inbox/50%25.txt", "50%.txt"),
        ("file:///inbox/line%0Abreak.txt", "line\nbreak.txt"),
        ("file:///inbox/n%C3%BF.txt", "nÿ.txt"),
        ("file:///inbox/n%FF.txt", "n\\xff.txt"),
    ]


def test_composed_and_decomposed_twins_are_two_candidates(inbox: Path, drop: Drop) -> None:
    drop("café.txt", b"composed")
    drop("cafe\u0301.txt", b"decomposed")
    if len(list(inbox.iterdir())) == 1:
        pytest.skip("this file system takes both spellings for one name")
    assert len(set(refs(inbox))) == 2


@given(COMPONENT, COMPONENT)
def test_ref_stands_for_exactly_one_name(one: bytes, other: bytes) -> None:
    made = [candidate_at(Path(os.fsdecode(b"/nowhere/" + name))).ref for name in (one, other)]
    assert [relative_path(ref) for ref in made] == [one, other]
    assert (made[0] == made[1]) == (one == other)
    assert all(ref.isascii() and ref.isprintable() and " " not in ref for ref in made)


@settings(deadline=None, max_examples=50)  # makes files
@given(st.sets(st.lists(COMPONENT, min_size=1, max_size=3).map(b"/".join), min_size=1, max_size=5))
def test_listed_refs_give_back_the_bytes_on_disk(tmp_path_factory: pytest.TempPathFactory, paths: set[bytes]) -> None:
    root = tmp_path_factory.mktemp("tray")
    made = set()
    for relative in paths:
        path = os.fsencode(root) + b"/" + relative
        try:
            Path(os.fsdecode(path)).parent.mkdir(parents=True, exist_ok=True)
            Path(os.fsdecode(path)).write_bytes(b"x")
        except OSError:
            continue  # a path that runs through a file, or a name this file system does not take
        made.add(relative)
    names = {name for name in made if not name.endswith(b".meta.toml")}
    listed = {relative_path(ref) for ref in refs(root)}
    assert names <= listed <= made


def test_a_linked_inbox_is_the_inbox(tmp_path: Path, inbox: Path, drop: Drop) -> None:
    drop("a.txt")
    link = tmp_path / "link"
    link.symlink_to(inbox)
    assert refs(link) == ["file:///inbox/a.txt"]


@pytest.mark.parametrize("name", ["missing", "a.txt"])
def test_no_inbox_says_what_to_do(inbox: Path, drop: Drop, name: str) -> None:
    drop("a.txt")
    with pytest.raises(ConfigError, match=f"{name} cannot be listed.*make the folder, or name another with --inbox"):
        discover(inbox / name)


def test_linked_folders_are_listed_but_not_entered(tmp_path: Path, inbox: Path) -> None:
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "secret.txt").write_text("not ours")
    (inbox / "out").symlink_to(tmp_path / "outside")
    (inbox / "loop").symlink_to(inbox)
    assert refs(inbox) == ["file:///inbox/loop", "file:///inbox/out"]


def test_a_folder_too_deep_to_list_is_a_candidate(inbox: Path) -> None:
    descriptor = os.open(inbox, os.O_RDONLY)
    for _ in range(30):  # 30 x 200 bytes is past PATH_MAX
        os.mkdir("d" * 200, dir_fd=descriptor)
        inner = os.open("d" * 200, os.O_RDONLY, dir_fd=descriptor)
        os.close(descriptor)
        descriptor = inner
    os.close(descriptor)
    found = list(discover(inbox))
    assert len(found) == 1
    assert found[0].name.startswith("d" * 200 + "/")
    (refusal,) = fetch_all(found, limit=100, now=NOW, settle=Settling(0.0))
    assert isinstance(refusal, Refusal)
    assert (refusal.outcome, refusal.reason.partition(";")[0]) == ("failed", "folder that cannot be listed")


def test_sidecars_travel_with_their_files(inbox: Path, drop: Drop) -> None:
    for name in ("a.txt", "a.txt.meta.toml", "b.txt", "b.html", "b.meta.toml", "c.txt", "c.txt.meta.toml"):
        drop(name)
    for name in ("c.meta.toml", "lost.meta.toml", ".meta.toml", "sub/a.meta.toml", "a.meta.toml.meta.toml"):
        drop(name)
    sidecars = {one.name: Path(one.sidecar).name if one.sidecar else None for one in discover(inbox)}
    assert sidecars == {
        "a.txt": "a.txt.meta.toml",
        "b.txt": "b.meta.toml",
        "b.html": "b.meta.toml",
        "c.txt": "c.txt.meta.toml",
        "c.meta.toml": None,
        "lost.meta.toml": None,
        ".meta.toml": None,
        "sub/a.meta.toml": None,
        "a.meta.toml.meta.toml": None,
    }


def test_a_folder_has_no_sidecar(inbox: Path, drop: Drop) -> None:
    drop("sub/x.txt")
    drop("sub.meta.toml")
    assert [one.name for one in discover(inbox)] == ["sub.meta.toml", "sub/x.txt"]


def test_one_file_by_hand_has_the_same_facts(inbox: Path, drop: Drop) -> None:
    path, sidecar = drop("a.txt"), drop("a.meta.toml")
    listed = next(discover(inbox))
    by_hand = candidate_at(path, position=3)
    assert (by_hand.signature, by_hand.sidecar, by_hand.position) == (listed.signature, str(sidecar), 3)
    assert candidate_at(inbox / "none").signature is None


def test_ten_thousand_files_are_picked_up_quickly(inbox: Path) -> None:
    for number in range(10_000):
        (inbox / f"{number:05d}.txt").write_bytes(b"%d" % number)
    with bounded():
        found = list(discover(inbox))
        read = list(fetch_all(found, limit=100, now=NOW, settle=Settling(0.0)))
    assert [one.name for one in found] == [f"{number:05d}.txt" for number in range(10_000)]
    assert [one.body for one in read if isinstance(one, Capture)] == [b"%d" % number for number in range(10_000)]
