"""A range of days divided into windows, by how a source can be asked for them."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from sources.config import Source
from sources.discovery.dividing import divided, is_read_at_once
from sources.discovery.window import Window
from sources.tables import Items

TODAY = date(2026, 1, 31)
DAYS, MONTHS = "https://a.example/{yyyy}/{mm}/{dd}.html", "https://a.example/{yyyy}-{mm}.html"
BY_RANGE, BY_PAGE = "https://a.example/?from={since}&page={page}", "https://a.example/?page={page}"


def of(kind: str, *urls: str) -> Source:
    told = {"title": "t", "publisher": "a.example", "language": "en", "zone": "Etc/UTC", "rights": "ours"}
    items = Items(each="a[*]", link="url") if kind == "api" else Items(each="li", link="a@href")
    return Source.model_validate({"name": "a", "kind": kind, "urls": urls, "items": items} | told)


def test_each_kind_has_windows_of_its_own_size() -> None:
    whole = Window(date(2025, 11, 20), date(2026, 1, 10))
    sizes = {
        "days": len(divided(of("calendar", DAYS), whole, today=TODAY)),
        "months": len(divided(of("calendar", MONTHS), whole, today=TODAY)),
        "days and months": len(divided(of("calendar", DAYS, MONTHS), whole, today=TODAY)),
        "range": len(divided(of("api", BY_RANGE), whole, today=TODAY)),
        "pages": len(divided(of("api", BY_PAGE), whole, today=TODAY)),
        "listing": len(divided(of("listing", "https://a.example/"), whole, today=TODAY)),
        "feed": len(divided(of("feed", "https://a.example/"), whole, today=TODAY)),
    }
    assert sizes == {"days": 51, "months": 3, "days and months": 3, "range": 3, "pages": 1, "listing": 1, "feed": 1}
    assert is_read_at_once(of("api", BY_PAGE))
    assert not is_read_at_once(of("api", BY_RANGE))


def test_months_are_cut_at_the_ends_of_the_range() -> None:
    found = divided(of("calendar", MONTHS), Window(date(2025, 11, 20), date(2026, 1, 10)), today=TODAY)
    assert [(one.start, one.end) for one in found] == [
        (date(2026, 1, 1), date(2026, 1, 10)),
        (date(2025, 12, 1), date(2026, 1, 1)),
        (date(2025, 11, 20), date(2025, 12, 1)),
    ]


def test_days_to_come_are_not_asked_for() -> None:
    assert divided(of("calendar", DAYS), Window(date(2026, 2, 1), date(2026, 3, 1)), today=TODAY) == ()
    (today,) = divided(of("calendar", DAYS), Window(TODAY, date(2026, 3, 1)), today=TODAY)
    assert today == Window(TODAY, date(2026, 2, 1))


@given(
    st.sampled_from(
        [of("calendar", DAYS), of("calendar", MONTHS), of("api", BY_RANGE), of("feed", "https://a.example/")]
    ),
    st.dates(date(2020, 1, 1), TODAY),
    st.integers(1, 900),
)
def test_windows_follow_each_other_and_make_up_the_range(source: Source, start: date, length: int) -> None:
    whole = Window(start, start + timedelta(days=length))
    found = divided(source, whole, today=TODAY)
    assert found[-1].start == whole.start
    assert found[0].end == min(whole.end, TODAY + timedelta(days=1))
    assert all(later.start == earlier.end for later, earlier in zip(found, found[1:], strict=False))
