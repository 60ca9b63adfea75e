"""What weighs in a text: figures, dates and times, names of people and bodies, quotations, notices on the text itself.

Found by their shapes in English and Chinese, for comparing two wordings of one release; good enough to sort
edits by weight, not to say who is meant.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from parsers.chineseforms import simplified
from parsers.dates.words import number_of
from parsers.notices import notices_in
from parsers.particulars import NUMBER_WORDS, NUMERALS, in_fixed_word
from parsers.people.chinese_words import by_first
from warehouse.resolution.word_diff import HAN, NUMBER

MarkKind = Literal["figure", "date", "name", "quotation", "correction", "withdrawal"]


@dataclass(frozen=True, slots=True)
class Mark:
    """One of them, at `start` up to `end`; `said` leaves out mere writing (1,000 and 1000, 12 and twelve)."""

    kind: MarkKind
    start: int
    end: int
    said: str
    bare: bool = False  # a numeral by itself, which may count nothing; it does where another stands in its place


_NUM = "[0-9\u3007\u25cb零一二三四五六七八九十廿卅]"
_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?"
    r"|Nov(?:ember)?|Dec(?:ember)?)\b\.?"
)
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
DATE = "|".join(
    (
        rf"\b{_DAY}\s+(?:of\s+)?{_MONTH}(?:,?\s+\d{{4}})?",
        rf"\b{_MONTH}\s+(?:{_DAY}\b(?:,?\s+\d{{4}})?|\d{{4}})",
        r"(?<![\d-])\d{4}-\d{2}-\d{2}(?![\d-])|(?<![\d/])\d{1,2}/\d{1,2}/\d{2,4}(?![\d/])",
        r"(?<![\d.:])\d{1,2}(?:[:.]\d{2})?\s?(?:[ap]m\b|[ap]\.m\.)|(?<![\d.:])(?:[01]?\d|2[0-3]):[0-5]\d(?!\d)",
        r"\b(?i:next|last|this|coming|previous|following)\s+(?:week(?:end)?|fortnight|month|quarter|year|spring|summer"
        r"|autumn|winter|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\b",
        r"\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b|\b(?:January|February|April|June|July|August|September"
        r"|October|November|December)\b|\b(?:today|yesterday|tomorrow|tonight|noon|midnight)\b",
        r"\b(?:(?<=in )|(?<=by )|(?<=of )|(?<=since )|(?<=until ))(?:19|20)\d\d\b(?![,.]\d)",
        rf"(?:[12]\d{{3}}|[\u3007\u25cb零一二三四五六七八九]{{4}}|[今去明前上])年(?:{_NUM}{{1,3}}月(?:{_NUM}{{1,3}}[日號号])?)?",
        rf"{_NUM}{{1,3}}月(?:{_NUM}{{1,3}}[日號号])?|(?<![第\d{NUMERALS}]){_NUM}{{1,3}}[日號号](?!\d)",
        r"(?:[本上下今][個个]?)?(?:星期|(?<!金)周|週|禮拜|礼拜)[一二三四五六日天末]|[今昨明][晚早晨]|[今昨明前][日天]",
        r"[本上下今][個个]?(?:月(?![台臺])|星期|周(?!年)|週(?!年)|禮拜|礼拜|季度?|學年|学年|財年|财年|年度)",
        rf"{_NUM}{{1,3}}[時时](?:{_NUM}{{1,3}}分|半)?",
        rf"(?:(?<=[午晚晨])|(?<=早上)){_NUM}{{1,3}}[點点](?:{_NUM}{{1,3}}分|半)?",
        r"初[一二三四五六七八九十]",
    )
)
_WORDS = "|".join((*NUMBER_WORDS, "hundreds", "thousands", "millions", "dozens", "doubled", "tripled", "trebled"))
_CURRENCIES = "$\u20ac\u00a3\u00a5"
_HAN_FIGURE = "[\u3007\u25cb零一二三四五六七八九十百千萬万億亿兆兩两半廿卅]"
_UNITS = "個个名人位宗間间家元年歲岁項项次倍成所條条份班場场座樓楼層层艘輛辆架隻只種种類类天周週秒米里呎噸吨"
FIGURE = "|".join(
    (
        rf"(?:[{_CURRENCIES}] ?)?{NUMBER}(?:[萬万億亿兆]| (?:million|billion|trillion|per ?cent)\b)?",
        rf"\b(?:(?i:{_WORDS}))(?:[ -](?i:{_WORDS}|quarters?|thirds?|fifths?))*\b",
        rf"{_HAN_FIGURE}{{1,12}}分之{_HAN_FIGURE}{{1,12}}(?:[點点]{_HAN_FIGURE}{{1,6}})?",
        rf"{_HAN_FIGURE}{{1,12}}[點点]{_HAN_FIGURE}{{1,6}}|(?<=第){_HAN_FIGURE}{{1,12}}",
        rf"{_HAN_FIGURE}{{1,12}}(?=[{_UNITS}])|{_HAN_FIGURE}{{2,12}}|(?P<bare>{_HAN_FIGURE})",
    )
)
_SURNAMES = (
    "陳陈李張张王黃黄林劉刘吳吴楊杨何鄭郑梁周趙赵鄧邓馮冯曾蔡羅罗葉叶許许麥麦盧卢蘇苏潘曹甘孫孙謝谢霍區区鍾钟黎譚谭關关"
    "馬马郭韓韩徐胡高朱余葛呂吕姚汪宋唐方石崔龔龚范彭魏蕭萧侯白江邱史袁湯汤丁董程蔣蒋杜沈田賴赖施任傅卓莫歐欧柯聶聂"
    "習习溫温賈贾俞孔邵毛尹駱骆翁車车容詹童阮游龍龙嚴严金夏鄒邹陸陆饒饶利鮑鲍符"
)
_TWO_SURNAMES = "歐陽|欧阳|司徒|司馬|司马|上官|諸葛|诸葛|皇甫|端木|慕容"
_PLAINLY_SURNAMES = "".join(
    sorted(set(_SURNAMES) - set("黃黄何周曾許许麥麦甘區区關关馬马高方石白江程田施任溫温毛車车容游龍龙金夏利"))
)
_OFFICES = (
    "局長|局长|署長|署长|司長|司长|處長|处长|部長|部长|主席|主任|總理|总理|總統|总统|校長|校长|院長|院长|館長|馆长|專員|专员|總監|总监"
    "|秘書|秘书|會長|会长|議員|议员|發言|发言|省長|省长|市長|市长|長官|长官|總裁|总裁|委員|委员|代表|大使|書記|书记|教授|醫生|医生"
)
_MANNERS = (
    "先生|女士|小姐|太太|博士|教授|醫生|医生|同志|說|说|表示|指出|強調|强调|稱|称|認為|认为|會見|会见|出席|主持"
    "|致辭|致辞|透露|補充|补充"
)
_BODIES = (
    "委員會|委员会|大學|大学|醫院|医院|公司|協會|协会|基金會|基金会|議會|议会|學校|学校|中學|中学|小學|小学|學院|学院|法院|銀行"
    "|银行|聯會|联会|商會|商会|總署|总署|總局|总局|機場|机场|局|署|司"
)
_NO_NAME = (
    rf"(?!(?:{_MONTH}|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|On|In|At|By|For|From|The|A|An|This|That|These|Those|It|He"
    r"|She|They|We|You|I|However|But|And|As|If|To|With|When|While|After|Before|Since|Until|Under|Its|His|Her|Their|Our"
    r"|There|Here|Not|No|All|Some|Most|Both|Each|Today|Also|Meanwhile|Or|Of|So|Then|Now|More|Many)\b)"
)
_BEFORE_NAME = r"\A|(?<=[與与和及跟同對对是為为由向給给、，。：:「（(\n])"
_AFTER_NAME = (
    rf"\Z|[和與与及、，。；：,.;「」！!（）()\n]|等|會[面談晤]|会[面谈晤]|見面|见面|通話|通话|一[同起]|{_MANNERS}"
)
_NO_BODY = rf"{_HAN_FIGURE}{{1,4}}[間间所家個个名]|所有|大?部[分份]|任何|其他|其餘|其余|全部|多[間间所家個个]"
_JOINTS = "每各該该這这那某與与和及的在於于由向對对是有為为了也曾將将被把從从到並并或等讓让使以就經经至"
_CAPITAL = rf"{_NO_NAME}(?:[A-Z][\w'\u2019-]+|[A-Z]\.)"
_RUN = rf"{_CAPITAL}(?: (?:(?:of|the|for|and|de|la|van|von|bin|al|da|dos) )?{_CAPITAL})"
NAME = "|".join(
    (
        rf"\b(?:Mr|Mrs|Ms|Miss|Dr|Prof|Sir|Dame|Lord|Lady)\.? {_CAPITAL}(?: {_CAPITAL})*",
        rf"\b{_RUN}+",
        rf"(?<=[^\n.!?:\u201c\"] ){_CAPITAL}",
        rf"[{HAN}]{{1,8}}(?:[\u00b7\u2022\u2027\u30fb\uff0e][{HAN}]{{1,8}})+",
        rf"(?:{_TWO_SURNAMES})[{HAN}]{{1,2}}|(?:(?<={_OFFICES}))[{_SURNAMES}][{HAN}]{{2}}",
        rf"[{_SURNAMES}][{HAN}]{{1,2}}(?={_MANNERS})",
        rf"(?:{_BEFORE_NAME})[{_PLAINLY_SURNAMES}][{HAN}]{{2}}(?={_AFTER_NAME})",
        rf"(?:(?![{_JOINTS}])(?!{_NO_BODY})[{HAN}]){{2,6}}?(?:{_BODIES})(?![長长])",
    )
)
_QUOTATION = (
    r"[\u201c\u201f][^\u201c\u201d\n]{16,4000}(?:\u201d|\Z|(?=\n))|(?<![\w\"])\"[^\"\n]{16,4000}\""
    r"|[\u300c\u300e][^\u300c\u300d\u300e\u300f\n]{10,2000}[\u300d\u300f]"
)
_MARKS = rf"(?P<date>{DATE})|(?P<name>{NAME})|(?P<figure>{FIGURE})"
_WRITING = re.compile(r"[\W_]")


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Compiled at the first edit; most commands meet none and would wait for nothing."""
    return re.compile(_MARKS), re.compile(_QUOTATION)


def marks_in(text: str, *, headline: bool = False) -> Iterator[Mark]:
    """Figures, dates and names of a text in reading order, then places in Chinese, its quotations and notices.

    In a `headline` whose words all begin with a capital no name can be told.
    """
    words = re.findall(r"\b[A-Za-z]\w{3,}", text) if headline else []
    capitals = bool(words) and sum(word[0].isupper() for word in words) * 5 > len(words) * 3
    marks, quotations = _patterns()
    folded = simplified(text)
    covered: list[tuple[int, int]] = []
    for found in marks.finditer(text):
        kind: MarkKind = "date" if found["date"] else "name" if found["name"] else "figure"
        idle = capitals if kind == "name" else kind == "figure" and in_fixed_word(folded, found.start(), found.end())
        if not idle:
            yield Mark(kind, found.start(), found.end(), _SAID[kind](found[0]), bool(found["bare"]))
            covered.append(found.span())
    yield from _places(folded, covered)
    for found in quotations.finditer(text):
        yield Mark("quotation", found.start(), found.end(), _words(found[0]))
    for notice, start, end in notices_in(text):
        yield Mark(notice, start, end, _words(text[start:end]))


def _places(folded: str, covered: Sequence[tuple[int, int]]) -> Iterator[Mark]:
    """Places in a text of Simplified characters that no other mark has in it."""
    lists = [by_first(name) for name in ("home", "districts", "abroad")]
    end = 0
    for start, char in enumerate(folded):
        told = next((word for of in lists for word in of.get(char, ()) if folded.startswith(word, start)), "")
        if told and start >= end and not any(one < start + len(told) and start < other for one, other in covered):
            end = start + len(told)
            yield Mark("name", start, end, told)


def _words(text: str) -> str:
    return _WRITING.sub("", simplified(text)).casefold()


def _amount(text: str) -> str:
    plain = re.sub(r" ?per ?cent", "%", simplified(text).replace(",", "").casefold()).replace("两", "二")
    share = plain.removeprefix("百分之")
    whole, point, rest = share.partition("点")
    told = f"{_number(whole)}.{''.join(map(_number, rest))}" if point else _number(_SMALL.get(share, share))
    return told if share == plain else f"{told}%"


def _day(text: str) -> str:
    """24 June and June 24th alike, 六月 and 6月."""
    plain = text.casefold().replace(".m.", "m")
    parts = re.findall(r"\d+|[a-z]{2,}|[\u3007\u25cb零一二三四五六七八九十百廿卅]+|[^\W\d_]", plain)
    told = [_number(part) if not part.isascii() else part[:3] if part.isalpha() else part for part in parts]
    return " ".join(sorted(part for part in told if part not in _ORDINALS) if plain.isascii() else told)


def _number(numeral: str) -> str:
    return str(number_of(numeral)) if re.fullmatch("[\u3007\u25cb零一二三四五六七八九十百廿卅]+", numeral) else numeral


_SMALL = {word: str(number) for number, word in enumerate(NUMBER_WORDS[:20], 1)}
_ORDINALS = frozenset({"st", "nd", "rd", "th", "of"})
_SAID: dict[MarkKind, Callable[[str], str]] = {"figure": _amount, "date": _day, "name": _words}
