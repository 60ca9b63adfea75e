"""What a figure says with its sign, its currency and its unit: 300萬港元 and HK$3 million alike, -3 and 3 not.

A figure is found by its digits or its number words; what belongs to it stands right before or behind them. Texts
are read as `simplified` leaves them.
"""

import re
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from parsers.particulars import NUMBER_WORDS
from warehouse.resolution.quantities import plainly, value_of

_CURRENCIES = (
    ("HK$", "hk$ hkd 港元 港币"),
    ("US$", "us$ usd 美元 美金 us-dollars"),
    ("NT$", "nt$ twd 新台币 台币"),
    ("RMB", "rmb cny 人民币 yuan renminbi"),
    ("EUR", "eur € 欧元 euro euros"),
    ("GBP", "gbp £ 英镑"),
    ("JPY", "jpy 日元 日圆 yen"),
    ("MOP", "mop 澳门元 澳门币"),
    ("AUD", "aud a$ au$ 澳元"),
    ("CAD", "cad c$ ca$ 加元"),
    ("SGD", "sgd s$ 新加坡元 坡元"),
    ("$", "$ 元 圆 块 dollar dollars"),
    ("¥", "¥"),
    ("pound", "pounds"),
    ("cent", "cent cents"),
    ("角", "角"),
)
_UNITS = (
    ("%", "% percent per-cent"),
    ("‰", "‰"),
    ("point", "percentage-point percentage-points 百分点 个百分点 pp"),
    ("basis point", "basis-point basis-points 基点"),
    ("second", "second seconds 秒 秒钟"),
    ("minute", "minute minutes 分钟"),
    ("hour", "hour hours 小时 个小时 个钟头 钟头"),
    ("day", "day days 天"),
    ("week", "week weeks 星期 个星期 礼拜 个礼拜 周"),
    ("fortnight", "fortnight fortnights"),
    ("month", "month months 个月"),
    ("quarter", "个季度 季度"),
    ("year", "year years 年"),
    ("decade", "decade decades"),
    ("century", "century centuries 世纪 个世纪"),
    ("km", "km kilometre kilometres kilometer kilometers 公里 千米"),
    ("m", "m metre metres meter meters 米 公尺"),
    ("cm", "cm centimetre centimetres centimeter centimeters 厘米 公分"),
    ("mm", "mm millimetre millimetres millimeter millimeters 毫米"),
    ("mile", "mile miles 英里"),
    ("sea mile", "nautical-mile nautical-miles 海里"),
    ("foot", "ft foot feet 呎 尺 英尺 英呎"),
    ("inch", "inch inches 吋 寸 英寸 英吋"),
    ("square km", "sq-km square-kilometres square-kilometers 平方公里"),
    ("square m", "sq-m square-metres square-meters 平方米"),
    ("square foot", "sq-ft square-feet 平方呎 平方尺"),
    ("cubic m", "cubic-metres cubic-meters 立方米"),
    ("hectare", "hectare hectares 公顷"),
    ("acre", "acre acres 英亩"),
    ("mu", "mu 亩"),
    ("kg", "kg kilogram kilograms kilogramme kilogrammes 公斤 千克"),
    ("g", "g gram grams gramme grammes 克"),
    ("mg", "mg milligram milligrams 毫克"),
    ("microgram", "microgram micrograms 微克"),
    ("ton", "t ton tons tonne tonnes 吨 公吨"),
    ("斤", "斤"),
    ("lb", "lb lbs 磅"),
    ("litre", "litre litres liter liters 升 公升"),
    ("ml", "ml millilitre millilitres 毫升"),
    ("kW", "kw 千瓦"),
    ("MW", "mw 兆瓦"),
    ("GW", "gw"),
    ("kWh", "kwh 千瓦时"),
    ("degree", "° degree degrees 度"),
    ("°C", "°c ℃ degrees-celsius"),
    ("°F", "°f ℉ degrees-fahrenheit"),
    ("km/h", "km/h kph"),
    ("mph", "mph"),
    ("tenths", "成"),
    ("fold", "倍"),
    ("off", "折"),
)
_SCALES = {"thousand": 3, "k": 3, "m": 6, "mn": 6, "million": 6, "bn": 9, "billion": 9, "tn": 12, "trillion": 12}
_SAID = {word.replace("-", " "): unit for unit, words in (*_CURRENCIES, *_UNITS) for word in words.split()}
_MONEY = frozenset(unit for unit, _ in _CURRENCIES)
_SIGNS = r"[-\u2212\u2013]"
_BEFORE = re.compile(
    rf"(?:(?P<minus>(?<![^\s(:]){_SIGNS}|零下|(?<![欺抱自])负)|第 ?)?"
    r"(?P<money>\b(?:HK|US|NT|AU|CA|[ACS])\$ ?|[$\u20ac\u00a3\u00a5] ?"
    r"|\b(?:HKD|USD|TWD|RMB|CNY|EUR|GBP|JPY|MOP|AUD|CAD|SGD) ?|人民币|港币|(?:新?台|澳门)币|美金)?\Z"
)
_ENDS_BEFORE = frozenset("$\u20ac\u00a3\u00a5-\u2212\u2013DBYRP币金下负第 ")
_NOT_UNITS = (
    "年(?=[级代底初末龄])|周年|天[主堂然]|角[度形色落洲]|成[功立员为绩分果本效]|[元圆块][朗旦素老帅]|度假|米[埔芝高]"
)


def _either(words: list[str]) -> str:
    return "|".join(re.escape(word).replace("\\ ", "[ -]") for word in sorted(words, key=len, reverse=True))


_LATIN = _either([word for word in _SAID if word[0].isascii() and word[0].isalpha()])
_OTHER = _either([word for word in _SAID if not (word[0].isascii() and word[0].isalpha())])
_BEHIND = re.compile(
    rf"(?P<ordinal>(?:st|nd|rd|th)\b)|(?:[ -]?(?P<scale>{'|'.join(sorted(_SCALES, key=len, reverse=True))})\b(?!/))?"
    r"(?P<myriads>[百千万亿兆]{1,3})?"
    rf"(?P<unit>(?! ?(?:{_NOT_UNITS}))(?:[ -]?(?:us[ -]dollars|{_LATIN})\b| ?(?:{_OTHER})))?",
    re.IGNORECASE,
)
_SMALL = {word: number for number, word in enumerate(NUMBER_WORDS[:20], 1)}
_TENS = {word: 10 * number for number, word in enumerate(NUMBER_WORDS[19:27], 2)}
_ORDINALS = {word: number for number, word in enumerate(NUMBER_WORDS[37:57], 1)}
_POWERS = {"hundred": 2} | _SCALES


def amount_at(folded: str, start: int, end: int) -> tuple[int, int, str]:
    """Where a figure begins and ends with all that belongs to it, and what it says, however it is written."""
    core = folded[start:end].rstrip("%")
    behind = _BEHIND.match(folded, start + len(core))
    assert behind, "every part of it may be absent"
    before = None
    if folded[start - 1 : start] in _ENDS_BEFORE and start:
        before = _BEFORE.search(folded, max(0, start - 9), start)
    first = before.start() if before else start
    return (
        first,
        behind.end(),
        _said(core, before[0] if before else "", *behind.group("ordinal", "scale", "myriads", "unit")),
    )


@lru_cache(2048)
def _said(core: str, before: str, ordinal: str | None, scale: str | None, myriads: str | None, unit: str | None) -> str:
    head = before.strip()
    minus = "-" if head[:1] in ("-", "\u2212", "\u2013", "负") or head.startswith("零下") else ""
    money = _SAID.get(head.removeprefix("零下").lstrip("-\u2212\u2013负 第").casefold().strip(), "")
    named = _SAID.get(" ".join(unit.casefold().replace("-", " ").split()), "") if unit else ""
    if scale and scale.casefold() == "m" and not money:
        scale, named = None, "m"
    power = _SCALES[scale.casefold()] if scale else 0
    whole = core + (myriads or "")
    value, sign = _valued(whole.casefold(), power)
    if named == "tenths":
        value, named = _plain_value(whole, 1), "%"
    if ordinal or head.endswith("第"):
        value += "th"
    unit_said = money + (f" {named}" if named and named not in _MONEY else "") if money else named
    return f"{minus}{value}{sign or ''} {unit_said}".rstrip()


def _valued(written: str, power: int) -> tuple[str, str]:
    """A value in plain digits, as far as it can be told, and the sign of a share that is written before it."""
    for words, sign in (("百分之", " %"), ("千分之", " \u2030")):
        if written.startswith(words):
            return _plain_value(written.removeprefix(words), power), sign
    parts = written.split("分之")
    return "/".join(_plain_value(part, power) for part in reversed(parts)), ""


def _plain_value(written: str, power: int) -> str:
    try:
        if written[:1].isdigit() and written.isascii():
            plain = written.replace(",", "")
            return plain if plain[0] == "0" and plain.isdigit() else plainly(Decimal(plain).scaleb(power))
        if not written.isascii():
            return plainly(value_of(written.replace("廿", "二十").replace("卅", "三十")).scaleb(power))
    except (InvalidOperation, ValueError):
        return written
    return _worded(written.replace("-", " ").split(), power)


def _worded(words: list[str], power: int) -> str:
    total = 0
    for word in words:
        if word in _POWERS:
            total = max(1, total) * 10 ** _POWERS[word]
        elif word in _SMALL or word in _TENS:
            total += _SMALL.get(word) or _TENS[word]
        elif word in _ORDINALS and word == words[-1]:
            return f"{total + _ORDINALS[word]}th"
        else:
            return " ".join(words)
    return str(total * 10**power)
