"""A file of records as one stream of bytes, unpacked member by member where it is packed, with places to return to."""

import zlib
from collections import deque
from typing import BinaryIO, NamedTuple

GZIP = b"\x1f\x8b"
GZIP_FORMAT = 31  # window bits, plus 16 for a gzip wrapper
STEP = 1 << 20
PACKED_STEP = 1 << 13  # small, because what lies behind a member is copied when it ends
LEAST_BOUND = 300_000_000  # bytes that any file may unpack to
MOST_RATIO = 100  # times its size, beyond that; recorded pages stay far below


class Place(NamedTuple):
    """Where a record can be reached: an offset in the file, and how many unpacked bytes lie before it from there.

    Nothing lies before it in a file that is not packed, or packed record by record as ISO 28500 asks for.
    """

    offset: int
    behind: int = 0


def bound_of(size: int) -> int:
    """How many bytes a file of that size may unpack to."""
    return max(LEAST_BOUND, MOST_RATIO * size)


class Unpacked:
    """What `file` holds from `start` on. `fault` says why the stream ended before its end, if it did.

    `tell` counts the bytes handed out. Nothing is raised for damaged data; the stream ends there.
    """

    def __init__(self, file: BinaryIO, start: int = 0, *, bound: int = LEAST_BOUND) -> None:
        self.fault = ""
        self.member_at = start  # where the member begins that is being unpacked
        self._file = file
        self._bound = bound
        self._start = start
        self._read = start  # of the file
        self._made = self._told = 0
        self._left = b""  # made, and not handed out yet
        self._members: deque[Place] = deque([Place(start, 0)])
        file.seek(start)
        packed = self._more()
        self._member = zlib.decompressobj(GZIP_FORMAT) if packed.startswith(GZIP) else None
        self._packed = packed

    def tell(self) -> int:
        return self._told

    def read(self, size: int = -1) -> bytes:
        size = min(size, STEP) if size >= 0 else STEP
        data = self._left or self._make()
        data, self._left = data[:size], data[size:]
        self._told += len(data)
        return data

    def readline(self, size: int = STEP) -> bytes:
        """Up to and with the next line feed, at most `size` bytes."""
        while b"\n" not in self._left and len(self._left) < size and (made := self._make()):
            self._left += made
        end = self._left.find(b"\n") + 1 or len(self._left)
        return self.read(min(end, size)) if self._left else b""

    def skip(self, count: int) -> bool:
        """Passes `count` bytes over; False when there are fewer."""
        while count > 0 and (passed := len(self.read(min(count, STEP)))):
            count -= passed
        return count <= 0

    def place(self, told: int) -> Place:
        """The place of what stands `told` bytes into the stream; asked for in order."""
        if self._member is None:
            return Place(self._start + told)
        while len(self._members) > 1 and self._members[1].behind <= told:
            self._members.popleft()
        offset, made = self._members[0]
        return Place(offset, told - made)

    def _more(self) -> bytes:
        data = self._file.read(PACKED_STEP)
        self._read += len(data)
        return data

    def _make(self) -> bytes:
        if self._made > self._bound:
            self.fault = f"it unpacks to more than {self._bound:,} bytes"
            return b""
        if self._member is None:
            made, self._packed = self._packed or self._more(), b""
        else:
            made = self._unpack(self._member)
        self._made += len(made)
        return made

    def _unpack(self, member: "zlib._Decompress") -> bytes:
        while not self.fault:
            if member.eof:
                following = self._following(member.unused_data)
                if following is None:
                    return b""
                self._member = member = following
            packed = self._packed or member.unconsumed_tail or self._more()
            self._packed = b""
            try:
                if made := member.decompress(packed, STEP // 4):
                    return made
            except zlib.error as error:
                self.fault = f"its gzip data are damaged ({error})"
            if not packed:
                self.fault = "it is cut off inside a gzip member"
        return b""

    def _following(self, rest: bytes) -> "zlib._Decompress | None":
        """The next member; None at the end of the file, or of what is packed in it."""
        rest = rest if len(rest) > 1 else rest + self._more()
        self.member_at = self._read - len(rest)
        if not rest.startswith(GZIP):
            if rest.strip(b"\0"):
                self.fault = "what follows is no gzip member"
            return None
        self._members.append(Place(self.member_at, self._made))
        self._packed = rest
        return zlib.decompressobj(GZIP_FORMAT)
