"""Edits that move what a release tells of: to another place, another week, another day of issue."""

import pytest

from tests.warehouse.test_changes import edit, row
from warehouse.resolution.changes import describe

ENGLISH = (
    "The clinic at Tsuen Wan will reopen next week, and last year's waiting list is carried over. Patients are asked to"
    " come this Friday if they can; the hall in Kennedy Town stays closed until the coming spring."
)
CHINESE = (
    "荃灣的診所將於下周重開，上年的輪候名單繼續有效。病人如可行，請在本星期五前來；堅尼地城的禮堂會關閉至下個月。"
    "代表團其後前往泰國，香港大學的學生亦會同行，社區中心的活動照常。"
)


@pytest.mark.parametrize(
    ("text", "old", "new", "kind"),
    [
        (ENGLISH, "Tsuen Wan", "Kwai Chung", "name"),
        (ENGLISH, "next week", "next month", "date"),
        (ENGLISH, "last year", "this year", "date"),
        (ENGLISH, "this Friday", "next Friday", "date"),
        (ENGLISH, "coming spring", "coming autumn", "date"),
        (CHINESE, "荃灣", "葵涌", "name"),
        (CHINESE, "堅尼地城", "上環", "name"),
        (CHINESE, "泰國", "越南", "name"),
        (CHINESE, "下周", "下月", "date"),
        (CHINESE, "上年", "去年", "date"),
        (CHINESE, "本星期五", "下星期五", "date"),
        (CHINESE, "下個月", "下星期", "date"),
        (CHINESE, "社區", "小區", "wording"),
        (CHINESE, "照常", "取消", "wording"),
    ],
)
def test_another_place_is_a_name_and_another_week_a_date(text: str, old: str, new: str, kind: str) -> None:
    found = edit(text, old, new)
    assert found.kinds == (kind,)
    assert found.names == int(kind == "name")


def test_a_day_moved_without_a_word_is_silent() -> None:
    stated = {"published_basis": "stated", "published_on": "2025-06-25", "published_at": None}
    moved = stated | {"published_on": "2025-06-27"}
    found = describe(row(ENGLISH, **stated), row(ENGLISH, **moved))
    assert (found.kinds, found.silent) == (("date",), True)
    first_stated = describe(row(ENGLISH), row(ENGLISH, **stated))
    assert (first_stated.kinds, first_stated.silent) == (("date",), False)


def test_a_document_exchanged_without_a_word_is_silent() -> None:
    one, two = ({"url": f"https://site.example/a/{name}", "sha256": None} for name in ("list.pdf", "list2.pdf"))
    found = describe(row(ENGLISH, attachments=[one]), row(ENGLISH, attachments=[two]))
    assert (found.kinds, found.silent) == (("attachment",), True)
    updated = {"updated_basis": "stated", "updated_on": "2025-06-25", "updated_at": None}
    assert not describe(row(ENGLISH, attachments=[one]), row(ENGLISH, attachments=[two], **updated)).silent
