"""Pictures and documents by the name of the file itself: what serves them may change, and no edit comes of it."""

import pytest

from warehouse.resolution.versions import changed_fields

NOTHING_ELSE = {
    "title": "",
    "title_basis": "stated",
    "subtitle": "",
    "body_sha256": "",
    "published_basis": "",
    "updated_basis": "",
}
LAMP = "https://www.harbour.example/2026/03/lamp.jpg"
PROXIED = "https%3A%2F%2Fwww.harbour.example%2F2026%2F03%2Flamp.jpg"


def is_edit(kind: str, before: str, after: str, digests: tuple[str | None, str | None] = (None, None)) -> bool:
    rows = [
        {"attachments": [], "images": [], **NOTHING_ELSE, kind: [{"url": url, "sha256": digest}]}
        for url, digest in zip((before, after), digests, strict=True)
    ]
    return changed_fields(rows[0], rows[1]) == (kind,)


SERVED = [
    f"https://images.proxy.example/?n=-1&url={PROXIED}",
    f"https://images.proxy.example/?default=https://harbour.example/none.png&url={PROXIED}&w=640",
    f"https://images.proxy.example/?url={PROXIED.replace('%', '%25')}",
    "https://images.proxy.example/?url=www.harbour.example/2026/03/lamp.jpg",
    f"https://outer.example/get?src=https%3A%2F%2Finner.example%2F%3Furl%3D{PROXIED.replace('%', '%25')}",
    "https://www.harbour.example/_next/image?url=%2F2026%2F03%2Flamp.jpg&w=640&q=75",
    "https://i0.photos.example/www.harbour.example/2026/03/lamp.jpg?resize=300%2C200",
    "https://www.harbour.example/cdn-cgi/image/width=300/https://www.harbour.example/2026/03/lamp.jpg",
    f"https://thumbs.example/unsafe/300x200/{PROXIED}",
    "https://www.harbour.example/thumb/a/ab/lamp.jpg/220px-lamp.jpg",
    "https://www.harbour.example/lamp.jpg/renditions/thumbnail.319.319.png",
    "https://www.harbour.example/2026/03/lamp.jpg!w640",
    "https://www.harbour.example/2026/03/lamp.JPG",
    "https://www.harbour.example/2026/03/lamp.jpeg",
    "https://www.harbour.example/2026/03/lamp_600x400.jpg",
    "https://www.harbour.example/2026/03/lamp-300x200.jpg",
    "https://www.harbour.example/2026/03/lamp@2x.jpg",
    "https://www.harbour.example/2026/03/lamp-scaled.jpg",
    "https://www.harbour.example/2026/03/l%61mp.jpg?v=2",
    "https://www.harbour.example/2026/03/lamp_w600.jpg",
    "https://www.harbour.example/2026/03/lamp_thumb.jpg",
    "https://www.harbour.example/2026/03/lamp-640w.jpg",
    "https://www.harbour.example/2026/03/lamp_s.jpg",
    "https://www.harbour.example/2026/03/lamp-large.jpg",
    "https://www.harbour.example/2026/03/lamp.webp",
    "https://www.harbour.example/2026/03/lamp_m.avif",
]


@pytest.mark.parametrize("address", SERVED)
def test_a_picture_is_itself_whatever_serves_it(address: str) -> None:
    assert not is_edit("images", LAMP, address)
    assert not is_edit("images", address, LAMP)
    assert is_edit("images", address, address.replace("lamp", "buoy").replace("l%61mp", "buoy"))


OTHERS = [
    (LAMP, "https://www.harbour.example/2026/03/lamp-2.jpg"),
    (LAMP, "https://www.harbour.example/2026/03/Lamp.jpg"),
    ("https://www.harbour.example/600x400.jpg", "https://www.harbour.example/300x200.jpg"),
    ("https://www.harbour.example/show.ashx?id=12&w=3", "https://www.harbour.example/show.ashx?id=13&w=3"),
    ("https://www.harbour.example/picture?mediaId=a", "https://www.harbour.example/picture?mediaId=b"),
]


@pytest.mark.parametrize(("before", "after"), OTHERS)
def test_another_name_or_number_is_another_picture(before: str, after: str) -> None:
    assert is_edit("images", before, after)


def are_edited(before: str, after: str) -> bool:
    rows = [
        {**NOTHING_ELSE, "attachments": [], "images": [{"url": f"/{name}", "sha256": None} for name in names.split()]}
        for names in (before, after)
    ]
    return changed_fields(rows[0], rows[1]) == ("images",)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("P1_s.jpg P1_m.jpg", "P1_m.jpg"),
        ("P1_s.jpg P1_m.jpg", "P1.jpg"),
        ("P1.jpg", "P1.jpg P1_s.jpg"),
        ("photo_1.jpg", "photo_2.jpg"),
        ("lamp.jpg buoy.jpg", "lamp.jpg"),
        ("lamp.jpg", ""),
    ],
)
def test_pictures_side_by_side_stay_apart(before: str, after: str) -> None:
    assert are_edited(before, after)
    assert are_edited(after, before)


@pytest.mark.parametrize(
    "after",
    ["buoy.jpg lamp.jpg", "lamp_s.jpg buoy.webp", "lamp.jpg lamp-300x200.jpg buoy.jpg", "lamp.webp lamp.jpg buoy.png"],
)
def test_order_sizes_and_formats_of_pictures_are_no_edit(after: str) -> None:
    assert not are_edited("lamp.jpg buoy.jpg", after)


def test_documents_keep_what_looks_like_a_size() -> None:
    plan = "https://www.harbour.example/plan_600x400.pdf"
    assert is_edit("attachments", plan, plan.replace("_600x400", ""))
    assert not is_edit("attachments", plan, "https://www.harbour.example/download.php?file=/docs/plan_600x400.PDF")


def test_other_bytes_count_only_where_no_machine_made_them_smaller() -> None:
    both = ("a" * 64, "b" * 64)
    assert is_edit("images", LAMP, LAMP, both)
    assert is_edit("images", LAMP, LAMP.replace("www", "static"), both)
    assert is_edit("images", SERVED[0], SERVED[0], both)
    for address in (*SERVED[:12], LAMP.replace("lamp.", "lamp_s."), LAMP.replace("jpg", "webp")):
        assert not is_edit("images", LAMP, address, both), address
