"""Invented releases in the shapes of the publishers, to be edited, copied and saved in other forms by tests."""

QUAY_TITLE = "Harbour office opens ninth quay"
QUAY = (
    "The Harbour Office today opened a ninth quay at Lantern Bay for ferries that serve the outlying islands.",
    "The quay takes vessels of up to 60 metres and has shelters, lifts and a ticket hall that stays open all night.",
    "A spokesman for the office said about 4,000 passengers are expected on a working day, twice that on holidays.",
    "Works on a tenth quay will begin in spring, and residents may comment on the drawings until the end of March.",
)
READING_TITLE = "公共圖書館延長開放時間"
READING = (
    "康樂署今日公布，十二間公共圖書館由下月起延長開放時間，方便市民在下班後借閱書籍和使用自修室。",
    "首階段涵蓋港島、九龍和新界各四間圖書館，平日開放至晚上十時，周末則維持現有安排不變。",
    "署方發言人表示，當局會在半年後檢視使用情況，並就是否擴展至其他圖書館徵詢各區居民的意見。",
)
ORCHARD = (
    "Growers who lost fruit trees in the September storm may ask for seedlings at any of the five district nurseries.",
    "Each holding receives at most two hundred plants, and the cost of carriage is met from the relief purse.",
    "Requests are answered in the order they arrive, provided that a map of the damaged rows is enclosed.",
)


def news(title: str = QUAY_TITLE, day: str = "June 25, 2025", paragraphs: tuple[str, ...] = QUAY) -> str:
    """A release as news.gov.hk prints it, saved as bare text: blank paragraphs are a no-break space."""
    return f"{title}\n\n{day}\n\n" + "\n\n\u00a0\n\n".join(paragraphs) + "\n\nBack to top\n"


def news_tc(title: str = READING_TITLE, day: str = "2025年9月8日", paragraphs: tuple[str, ...] = READING) -> str:
    """The same publisher's Traditional Chinese shape."""
    return f"{title}\n\n{day}\n\n" + "\n\n".join(paragraphs) + "\n\n回到頁首\n"


def edited(paragraphs: tuple[str, ...], old: str, new: str) -> tuple[str, ...]:
    """The paragraphs with one wording changed, as a publisher would."""
    changed = tuple(paragraph.replace(old, new) for paragraph in paragraphs)
    assert changed != paragraphs, f"{old!r} is not in the text"
    return changed
