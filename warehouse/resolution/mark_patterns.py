"""The shapes of dates, names, figures and quotations, in English and Chinese of either script."""

from parsers.particulars import NUMBER_WORDS, NUMERALS
from warehouse.resolution.word_diff import HAN, NUMBER

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
        r"|October|November|December)\b|\b(?:today|yesterday|tomorrow|tonight|noon|midnight|mornings?|afternoons?|evenings?)\b",
        r"\b(?:(?<=in )|(?<=by )|(?<=of )|(?<=since )|(?<=until ))(?:19|20)\d\d\b(?![,.]\d)",
        rf"(?:[12]\d{{3}}|[\u3007\u25cb零一二三四五六七八九]{{4}}|[今去明前上])年(?:{_NUM}{{1,3}}月(?:{_NUM}{{1,3}}[日號号])?)?",
        rf"{_NUM}{{1,3}}月(?:{_NUM}{{1,3}}[日號号])?|(?<![第\d{NUMERALS}]){_NUM}{{1,3}}[日號号](?!\d)",
        r"(?:[本上下今][個个]?)?(?:星期|(?<!金)周|週|禮拜|礼拜)[一二三四五六日天末]|[今昨明][晚早晨]|[今昨明前][日天]|翌日|[後后]天",
        r"[本上下今][個个]?(?:月(?![台臺])|星期|周(?!年)|週(?!年)|禮拜|礼拜|季度?|學年|学年|財年|财年|年度)",
        rf"{_NUM}{{1,3}}[時时](?:{_NUM}{{1,3}}分|半)?",
        rf"(?:(?<=[午晚晨])|(?<=早上)){_NUM}{{1,3}}[點点](?:{_NUM}{{1,3}}分|半)?",
        r"初[一二三四五六七八九十]|[上中下]午|[早晚]上|凌晨|傍晚|[清早]晨|[午深]夜|[上中下]旬|[上下]半[年月]|[春夏秋冬][季天]|(?<=[年月])[初底末]",
    )
)
_MANY = ("hundreds", "thousands", "millions", "billions", "trillions", "dozens")
_ONCE = r"once(?= (?:an?|per|every|each|or)\b)"  # else it is when, not how often
_WORDS = "|".join((*(word for word in NUMBER_WORDS if word != "once"), _ONCE, *_MANY, "doubled", "tripled", "trebled"))
_HAN_FIGURE = "[\u3007\u25cb零一二三四五六七八九十百千萬万億亿兆兩两半廿卅]"
_UNITS = "個个名人位宗間间家元年歲岁項项次倍成所條条份班場场座樓楼層层艘輛辆架隻只種种類类天周週秒米里呎噸吨"
FIGURE = "|".join(
    (
        NUMBER,
        rf"\b(?:(?i:{_WORDS}))(?:[ -](?i:{_WORDS}|quarters?|thirds?|fifths?))*\b",
        rf"{_HAN_FIGURE}{{1,12}}分之{_HAN_FIGURE}{{1,12}}(?:[點点]{_HAN_FIGURE}{{1,6}})?",
        rf"{_HAN_FIGURE}{{1,12}}[點点]{_HAN_FIGURE}{{1,6}}|(?<=第){_HAN_FIGURE}{{1,12}}",
        rf"{_HAN_FIGURE}{{1,12}}(?=[{_UNITS}])|{_HAN_FIGURE}{{2,12}}|(?P<bare>(?!零下){_HAN_FIGURE})",
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
    "|银行|聯會|联会|商會|商会|總署|总署|總局|总局|機場|机场|(?<![格結结佈布僵])局(?![限部面勢势])|(?<!部)署|(?<!上)司(?![機机法])"
)
NO_NAME = (
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
_CURRENCY = r"(?![A-Z]{1,3}\$|(?:RMB|HKD|USD|CNY|EUR|GBP|JPY|TWD|MOP|AUD|CAD|SGD) ?\d)"
_CAPITAL = rf"{NO_NAME}{_CURRENCY}(?:[A-Z][\w'\u2019-]+|[A-Z]\.)"
_RUN = rf"{_CAPITAL}(?: (?:(?:of|the|for|and|de|la|van|von|bin|al|da|dos) )?{_CAPITAL})"
_CALLED = rf"\b(?:Mr|Mrs|Ms|Miss|Dr|Prof|Sir|Dame|Lord|Lady)\.? {_CAPITAL}"
NAME = "|".join(
    (
        rf"{_CALLED}(?: {_CAPITAL})*",
        rf"\b{_RUN}+",
        rf"(?<=[^\n.!?:\u201c\"] ){_CAPITAL}",
        rf"[{HAN}]{{1,8}}(?:[\u00b7\u2022\u2027\u30fb\uff0e][{HAN}]{{1,8}})+",
        rf"(?:{_TWO_SURNAMES})[{HAN}]{{1,2}}|(?:(?<={_OFFICES}))[{_SURNAMES}][{HAN}]{{2}}",
        rf"[{_SURNAMES}][{HAN}]{{1,2}}(?={_MANNERS})",
        rf"(?:{_BEFORE_NAME})[{_PLAINLY_SURNAMES}][{HAN}]{{2}}(?={_AFTER_NAME})",
        rf"(?:(?![{_JOINTS}])(?!{_NO_BODY})[{HAN}]){{2,6}}?(?:{_BODIES})(?![長长])",
    )
)
QUOTATION = (
    r"[\u201c\u201f][^\u201c\u201d\n]{16,4000}(?:\u201d|\Z|(?=\n))|(?<![\w\"])\"[^\"\n]{16,4000}\""
    r"|[\u300c\u300e][^\u300c\u300d\u300e\u300f\n]{10,2000}[\u300d\u300f]"
)
MARKS = rf"(?P<date>{DATE})|(?P<name>{NAME})|(?P<figure>{FIGURE})"
MARKS_AMONG_CAPITALS = rf"(?P<date>{DATE})|(?P<name>{_CALLED})|(?P<figure>{FIGURE})"  # where all words look like names
