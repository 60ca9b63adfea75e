"""Planted series: notices that come again and again, differing by numbers, days or places, or by nothing at all.

Two issues of a series are never one text. Each half has series of its own.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from datetime import time as clock
from itertools import combinations
from random import Random

from bench.planted import FIRST_DAY, Half, Issue, Planted, chance_of, foot, spoken_day

APART = frozenset({"series", "related", "none"})
Slots = dict[str, str]


@dataclass(frozen=True, slots=True)
class Series:
    """A notice with slots. `per_day` issues come on every day; `{day}`, `{n}`, `{m}`, `{t}`, `{place}` are filled."""

    name: str
    language: str
    title: str
    paragraphs: tuple[str, ...]
    places: tuple[str, ...] = ("",)
    per_day: int = 1


OPEN = (
    Series(
        "rainfall",
        "en",
        "Rainfall bulletin",
        (
            "The rain gauge at {place} recorded {n} millimetres in the 24 hours ending at {t} on {day}.",
            "The highest hourly figure was {m} millimetres. The water level of the lower reservoir stands at {n} per"
            " cent of its capacity, and no restriction on the use of water is in force in any district.",
            "Farmers are reminded to clear ditches before the wet season and to report blocked culverts to the district"
            " office without delay. The next bulletin will be issued tomorrow at the usual hour.",
        ),
        ("Cormorant Bay", "the Granary Hall", "Lantern Island", "the Ninth Pier"),
    ),
    Series(
        "gate",
        "en",
        "Tide gate to be closed tonight",
        (
            "The tide gate will be closed tonight from eleven until five in the morning for the passage of the flood.",
            "Small craft should leave the inner basin before the gate is lowered; lights on both towers will turn red a"
            " quarter of an hour beforehand. Pedestrians may use the upper walkway as usual.",
        ),
    ),
    Series(
        "bills",
        "en",
        "Tender results of harbour bills",
        (
            "The Treasury of the Harbour announced the results of the tender of bills held on {day}.",
            "Amount applied for: ${n} million. Amount allotted: ${m} million. Average yield accepted: {m}.{n} per cent."
            " Highest yield accepted: {n}.{m} per cent. Pro rata ratio: about {m} per cent.",
            "The bills will be issued two working days after the tender. The next tender will be held a week from now.",
        ),
        per_day=2,
    ),
    Series(
        "潮位",
        "zh-Hant",
        "潮位通報",
        (
            "{place}於{day}{t}錄得潮位{n}厘米，較前一日同一時間上升{m}厘米。",
            "潮汐事務局提醒市民遠離堤岸，並留意局方稍後發出的最新消息。小型船隻應提早返回避風塘，並檢查纜繩是否穩固。",
            "如需查詢，請致電局方二十四小時熱線。",
        ),
        ("鸕鶿灣", "第九號碼頭", "燈籠島"),
        per_day=2,
    ),
    Series(
        "开闸",
        "zh-Hans",
        "水库开闸放水通告",
        (
            "水库管理局将于{day}{t}起开闸放水，预计流量为每秒{n}立方米，持续约{m}小时。",
            "请下游居民和船舶注意安全，不要在河道内停留、捕鱼或游泳。沿岸各街道已安排工作人员值守，并设置警示标志。",
        ),
    ),
    Series(
        "關閉",
        "zh-Hant",
        "潮閘今晚關閉",
        (
            "潮閘將於今晚十一時至翌晨五時關閉，以便洪峰通過。",
            "內灣小型船隻請於閘門降下前離開；兩座閘樓的燈號將於十五分鐘前轉為紅色，行人可如常使用上層通道。",
        ),
    ),
)

FINAL = (
    Series(
        "air",
        "en",
        "Air quality in the outer wards",
        (
            "On {day} the index of air quality in the outer wards stood at {n}, against {m} on the day before.",
            "The station at {place} reported the highest concentration of fine dust, {m} micrograms, at {t}.",
            "People with heart or breathing trouble should reduce outdoor exertion, and schools may keep pupils indoors"
            " during breaks. Windows facing main roads are best kept closed until the evening.",
        ),
        ("the old canal", "the upper valley", "the eastern districts"),
        per_day=2,
    ),
    Series(
        "missing",
        "en",
        "Public help sought for missing boat",
        (
            "The Lighthouse Authority appeals for information on a boat of {n} feet that left {place} on {day}.",
            "She carries the number {m} and was last seen at {t} heading west. Anybody with information is asked to"
            " call the duty officer or to visit the nearest station.",
        ),
        ("Cormorant Bay", "Lantern Island", "the Ninth Pier", "the Granary quay"),
        per_day=2,
    ),
    Series(
        "bridge",
        "en",
        "Swing bridge opens as usual",
        (
            "The swing bridge will open for vessels at the usual hours today. Drivers should expect short delays.",
            "Masters of vessels are asked to keep to the channel and to give way to the ferries. Waiting berths on the"
            " western side are available to all, free of charge, for as long as the bridge stands open.",
        ),
    ),
    Series(
        "匯率",
        "zh-Hant",
        "外匯基金每日結餘",
        (
            "結餘總額於{day}為{n}億元，較上一個工作天增加{m}億元。",
            "當日隔夜利率為{m}.{n}厘，一個月利率為{n}.{m}厘。有關數字於每個工作天{t}更新，並可於金融網頁查閱。",
        ),
    ),
    Series(
        "病例",
        "zh-Hans",
        "流感监测情况通报",
        (
            "{day}，{place}新增流感病例{n}例，住院{m}例，累计报告{n}{m}例。",
            "市民应注意个人卫生，勤洗手、常通风，出现发热、咳嗽等症状时应佩戴口罩并及时就诊。各学校继续实行晨午检制度，"
            "发现异常情况及时报告。",
        ),
        ("东部各区", "上游山谷", "外围街道"),
        per_day=2,
    ),
    Series(
        "吊橋",
        "zh-Hant",
        "旋轉橋今日如常開放",
        (
            "旋轉橋今日將按慣常時間為船隻開放，駕駛人士請預留額外時間。",
            "船長應沿航道行駛，並讓渡輪先行。西側泊位於橋身開啟期間免費供所有船隻輪候使用，毋須事先登記。",
        ),
    ),
)


def series_pairs(half: Half, days: int = 25) -> Iterator[Planted]:
    """Every pair of issues of every series over some days, the older first."""
    for series in FINAL if half == "final" else OPEN:
        issues = list(issues_of(half, series, days))
        for older, newer in combinations(issues, 2):
            yield Planted(f"series {series.name}", older, newer, APART)


def issues_of(half: Half, series: Series, days: int, *, publisher: str = "planted.example") -> Iterator[Issue]:
    """The issues in the order they come; each is the same for the same half, day and place on that day."""
    for number in range(days * series.per_day):
        chance = chance_of(half, series.name, number)
        on = FIRST_DAY + timedelta(days=number // series.per_day)
        hour = clock(8 + 6 * (number % series.per_day), chance.randrange(60))
        slots = _slots(chance, series, on, hour)
        story = tuple(part.format(**slots) for part in series.paragraphs)
        yield Issue(
            title=series.title,
            paragraphs=(*story, *foot(on, hour, series.language)),
            language=series.language,
            publisher=publisher,
            on=on,
            at=hour if series.per_day > 1 or number % 3 else None,
            url=f"https://{publisher}/{on:%Y%m}/{on:%d}/P{on:%Y%m%d}{80_000 + number:05d}.htm",
        )


def _slots(chance: Random, series: Series, on: date, hour: clock) -> Slots:
    oclock = {"en": " o'clock", "zh-Hant": "時", "zh-Hans": "时"}[series.language]
    return {
        "day": spoken_day(on, series.language),
        "n": str(chance.randrange(10, 990)),
        "m": str(chance.randrange(2, 99)),
        "t": f"{hour.hour}{oclock}",
        "place": chance.choice(series.places),
    }
