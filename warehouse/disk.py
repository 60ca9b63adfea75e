"""Room on the disk: a run that would end in the middle for lack of it is not begun."""

import shutil

from sources.errors import DiskFull
from warehouse.home import Home


def free_bytes(home: Home) -> int:
    """Bytes left where the archive lies, or will lie."""
    place = home.root
    while not place.exists():
        place = place.parent
    return shutil.disk_usage(place).free


def check_room(home: Home, floor: int) -> None:
    """:param floor: bytes that have to be free.

    :raises DiskFull: when there are fewer.
    """
    free = free_bytes(home)
    if free < floor:
        raise DiskFull(
            f"{home.root}: {free / 1e6:,.0f} MB are free on its disk, disk_floor_mb wants {floor / 1e6:,.0f}; "
            "make room and run again, nothing is lost"
        )
