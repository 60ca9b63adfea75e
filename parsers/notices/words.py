"""The pieces that notices are made of, as patterns: where they stand, how they name a text, and the laws they are not.

All patterns read a text as `simplified` leaves it: one script, marks half width, every character where it was.
"""

LINE = r"(?:^|(?<=\n))[ *_#>]{0,9}"
HEADS = r"(?:^|(?<=\n))[ *_#>(\[\u3010\u3014]{0,9}"
OPENS = r"(?:^|(?<=\n)|(?<=[(\[*\u3010\u3014]))[ *_#>]{0,9}"
STARTS = rf"(?:{OPENS}|(?<=[.!?)\]] ))"
_LAWS = (
    r"\s?(?:\([^)\n]{0,40}\)\s?){0,3}(?:no\.? ?\d+ )?"
    r"(?:bills?|ordinances?|regulations?|rules?|orders?|acts?|by-?laws?|codes?|schedules?|directives?|notices?)\b"
    r"|(?:\([^)\n]{0,40}\)|第?[\d一二三四五六七八九十]{1,4}号){0,3}"
    "(?:条例|规例|草案|规则|附例|法案|法|令|办法|规定|公告|决议|议案|守则|章程|通则|细则|条文|公约|议定书)"
)
NO_LAW = rf"(?![)\]\u3011\u3015](?:{_LAWS})|[^\n\u300a]{{0,80}}\u300b)"  # Fish Markets (Amendment) Bill
CLOSES = rf"(?=\s?[:)\]\u3011\u3015*\u2013\u2014]|\s?--|\s?-\s|\s?\n|\s?$){NO_LAW}"

_PRESS = "(?:press |news |media )"
ITSELF = (
    rf"{_PRESS}?(?:release|statement|notice|article|page|document|publication|announcement|advisory|version|bulletin)"
)
RELEASE = rf"(?:{_PRESS}(?:release|statement|notice|advisory|announcement|item)|release|communiqu[e\u00e9])"
_ISSUED = r"(?:issued|published|released|dated|sent|distributed|posted|of|from|on)"
_WHICH = rf"(?:\s?[(,][^.()\n]{{0,60}}[),]| {_ISSUED}\b(?:[^.,\n]|\.(?=\d)){{0,40}}?)?"
THIS = rf"\b(?:this|the above|the following) {ITSELF}{_WHICH}"
THIS_RELEASE = rf"\b(?:this|the above|the following) (?:{RELEASE}|(?:statement|article|version|story)){_WHICH}"
ISSUED = rf"(?:(?:that|which) was )?{_ISSUED}"
BEEN = r" (?:is|are|was|has been|have been|being|stands)(?: (?:now|hereby|since|being|formally|subsequently|later))?"
SENT = "(?:issued|published|released|sent|posted|distributed|circulated|uploaded)"
_MONTHS = "(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
TIME = (
    rf"(?:(?:on|at|as of|as at) )?(?:\d{{1,2}}(?:st|nd|rd|th)?,? {_MONTHS}|{_MONTHS}\.? \d|\d{{1,4}}[/.:-]\d"
    r"|\d{1,4} ?(?:[ap]\.?m\b|hours|hrs)|(?:mon|tues|wednes|thurs|fri|satur|sun)day|today|noon|midnight)"
)
OFFICES = (
    "bureau|department|office|ministry|government|council|commission|agency|authority|board|services?|secretariat"
    "|embassy|consulate|mission|court|police|administration|directorate|institute|cent(?:re|er)|hospital|university"
    "|committee|inspectorate|registry|treasury|parliament|cabinet|city|county|state|division|unit|branch"
)

PAPER = "新闻稿|新闻公报|公告|公报|通告|声明"
RELEASE_ZH = "(?:新闻稿|新闻公报|新闻发布稿|新闻通稿|消息稿|通稿|稿件)"
DATED = r"[\d\u3007零一二三四五六七八九十年月日时分:点上下午今晨早晚天昨当]"
SAYING_WHEN = (
    r"(?:[已现亦曾于在经再作由以的今日晨早晚天年月时分上下午\d\u3007零一二三四五六七八九十:,被予即须应起业获]"
    r"|版本|较早前?|正式|全文){0,16}?"
)
BEFORE = "(?:较早|早前|先前|此前|之前|今早)"
THIS_ZH = (
    rf"(?:[本此][则篇份条]?(?:{PAPER}|文章|稿件?|消息|文|版本)|该(?:新闻稿|新闻公报|稿件)|(?<![^\n\u3002])该(?:稿"
    rf"|文章|文)"
    rf"|(?:上述|以上|较早前|早前|先前)(?:发[出布表]?的?|的)?(?:{PAPER}|稿件?)|(?<![^\n(\[*\u3010\u3014 _#>])新闻"
    rf"(?:稿|公报))"
)
PLACE_ZH = r"第?[一二三四五六七八九十\d首末尾]{1,3}[段行句]"
