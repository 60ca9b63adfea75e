"""Reading one file: what comes back is one state of it, or the word that it would not hold still."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from sources.files import GONE, GROWING, Contents, Folders, read_file

BODY = b"The whole text.\n" * 100


@pytest.fixture
def meddle(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[], object]], None]:
    """Lets something happen to the file between the opening and the last look at it."""
    real = os.read

    def arrange(deed: Callable[[], object]) -> None:
        def read(descriptor: int, size: int) -> bytes:
            data = real(descriptor, size)
            deed()
            return data

        monkeypatch.setattr(os, "read", read)

    return arrange


def append(path: Path) -> None:
    with path.open("ab") as out:
        out.write(b"more")


def rewrite(path: Path) -> None:
    path.write_bytes(BODY.swapcase())
    os.utime(path, (1, 1))


@pytest.mark.parametrize("deed", [append, rewrite, lambda path: os.truncate(path, 5)])
def test_a_file_that_changes_while_it_is_read_is_not_taken(
    tmp_path: Path, meddle: Callable[..., None], deed: Callable[[Path], object]
) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(BODY)
    meddle(lambda: deed(path))
    assert read_file(os.fsencode(path), limit=10_000) is GROWING


@pytest.mark.parametrize("deed", [lambda path: path.unlink(), lambda path: path.rename(path.with_name("b"))])
def test_a_file_that_loses_its_name_while_it_is_read_is_whole(
    tmp_path: Path, meddle: Callable[..., None], deed: Callable[[Path], object]
) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(BODY)
    meddle(lambda: deed(path))
    found = read_file(os.fsencode(path), limit=10_000)
    assert isinstance(found, Contents)
    assert found.body == BODY


def test_reads_that_come_in_pieces_are_put_together(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(BODY)
    real = os.read
    monkeypatch.setattr(os, "read", lambda descriptor, size: real(descriptor, min(size, 7)))
    found = read_file(os.fsencode(path), limit=len(BODY))
    assert isinstance(found, Contents)
    assert found.body == BODY


def test_folders_are_opened_once_and_never_through_a_link(tmp_path: Path) -> None:
    (tmp_path / "real" / "deep").mkdir(parents=True)
    (tmp_path / "real" / "deep" / "a.txt").write_bytes(BODY)
    (tmp_path / "link").symlink_to("real")
    root = os.fsencode(tmp_path)
    with Folders() as folders:
        descriptor = folders.open(root, b"real/deep")
        assert folders.open(root, b"real/deep") == descriptor
        assert isinstance(read_file(b"a.txt", limit=10_000, folder=descriptor), Contents)
        assert read_file(b"b.txt", limit=10_000, folder=descriptor) is GONE
        with pytest.raises(OSError, match="link"):
            folders.open(root, b"link/deep")
        assert folders.open(root + b"/link", b"deep") >= 0
    with pytest.raises(OSError, match="Bad file descriptor"):
        os.fstat(descriptor)


def test_no_descriptor_is_left_open(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(BODY)
    (tmp_path / "empty").touch()
    (tmp_path / "link").symlink_to("a.txt")
    (tmp_path / "sub").mkdir()

    def lowest_free() -> int:
        descriptor = os.open("/", os.O_RDONLY)
        os.close(descriptor)
        return descriptor

    before = lowest_free()
    for name in ("a.txt", "empty", "link", "sub", "none"):
        read_file(os.fsencode(tmp_path / name), limit=10)
        with Folders() as folders, pytest.raises(OSError, match="irectory"):
            folders.open(os.fsencode(tmp_path), os.fsencode(f"sub/{name}"))
    assert lowest_free() == before
