"""How a text says that it corrects or replaces another, or was itself corrected: in English, and in Chinese folded.

Each pattern stays within a line. What is amended, updated or replaced all the time (bills, pages, quays) is told from
it by what the notice names: a release, a paragraph or headline of it, or nothing at all beside a day.
"""

from parsers.notices.words import (
    BEEN,
    BEFORE,
    CLOSES,
    DATED,
    HEADS,
    ISSUED,
    ITSELF,
    LINE,
    NO_LAW,
    OPENS,
    PAPER,
    PLACE_ZH,
    RELEASE,
    RELEASE_ZH,
    SAYING_WHEN,
    STARTS,
    THIS,
    THIS_RELEASE,
    THIS_ZH,
    TIME,
)

HINTS = (
    *("correct", "corrig", "amend", "replac", "supersed", "errat", "updated", "revised", "reissue", "clarif"),
    *("earlier version", "re-issue", "should read", "have read", "substitut"),
    *(" error", "disregard"),
)
HINTS_ZH = (
    *("更正", "勘误", "订正", "修订", "修正", "替代", "取代", "重发", "补发", "更新", "有误", "为准", "应为"),
    *("勘誤", "訂正", "修訂", "重發", "補發", "有誤", "為准", "为準", "為準", "應為"),
)

_DONE = "(?:corrected|amended|updated|revised|re-?issued|re-?sent)"
_FIX = r"(?:correct|amend|clarify|fix|add|include|reflect|remove|replace)\b"
_ORDINAL = r"(?:first|second|third|fourth|fifth|sixth|last|final|opening|penultimate|\d+(?:st|nd|rd|th))"
_NUMBER = r"(?:one|two|three|four|five|six|seven|eight|nine|ten|\d+)"
_PART = (
    rf"(?:(?:paragraph|para|line|sentence)s? {_NUMBER}(?! of (?:schedule|section|the (?!release))|\d)"
    rf"|the {_ORDINAL} (?:and {_ORDINAL} )?(?:paragraph|para|sentence|line)s?(?! of (?!(?:the|this|our) (?:press"
    rf"|release)))"
    r"|the (?:headline|caption))"
)
_WITHIN = rf"(?:{_PART}|the {RELEASE}|this {ITSELF})"
_SLIP = (
    "(?:errors?|mistakes?|typo(?:graphical errors?)?|figures?|numbers?|cost|sum|amount|date|day|time|name|spelling"
    "|title"
    "|venue|address|percentages?|information|wording|reference)"
)
_CHANGED = r"(?:corrected|amended|revised|updated|rectified|fixed)\b"
_OFTEN = (
    r"(?! (?:daily|weekly|monthly|quarterly|annually|yearly|hourly|regularly|periodically|every|each|once|when|as and"
    r"|frequently|continuously|automatically|from time|in (?:19|20)\d\d|in real|by (?:the|an?|section|article|act)\b))"
)
_NOTED = r"(?:(?:please )?note(?: to editors)?(?::| that)? ?|n\.?b\.?:? |media note: |update: )?"
_WRONG = (
    r"(?:error|mistake|mistakenly|incorrect(?:ly)?|wrong(?:ly)?|erroneous(?:ly)?|inaccura\w+|misstated|misspel\w+)\b"
)
_ADJECTIVE = "(?:above |earlier |previous |original |first |previously issued |earlier issued )"

CORRECTION = (
    rf"\bthis is (?:a|the) (?:corrected|amended|revised|updated) version of (?:the|a|our) (?:{RELEASE}|statement)\b",
    rf"{HEADS}(?:correction|erratum|errata|corrigend(?:um|a)|clarification)(?: notice)?{CLOSES}"
    r"|(?<=[(\[])(?:correction|erratum|corrigendum)(?: notice)?(?=:)",
    r"[(\[](?:corrected|correction|re-?issued)(?: (?:version|copy))?[)\]](?=\s*(?:\n|$))",
    rf"{OPENS}editor['\u2019]s note{CLOSES}[^\n]{{0,200}}?\b(?:correct|amend|updated|revised|error|inaccura|incorrect"
    r"|earlier version|misstat|misspel|replaces)",
    rf"{OPENS}correction (?:to|of|in|on) (?:(?:the|our|a|an|this|its) )?(?:[a-z'\u2019-]+ ){{0,2}}{ITSELF}\b",
    rf"{HEADS}{_DONE} (?:version|release|text|copy)(?:{CLOSES}|(?=[.,])|(?= (?:follows|below|issued)\b)"
    rf"|(?= of (?:this|our|the|a) (?:earlier |above )?{RELEASE}))",
    rf"{HEADS}(?:corrected|amended|re-?issued|re-?sent){CLOSES}(?!\s?[:\u2013\u2014-]+\s?[$\d])",
    rf"{HEADS}(?:updated|revised)(?=\s?[:)\]*\u2013\u2014]|\s?--|\s?-\s){NO_LAW}(?!\s?[:\u2013\u2014-]+\s?(?:[$\d]"
    rf"|{TIME}))",
    rf"(?:{LINE}|(?<=[.!?\"\u201d] ))[(\[\u3010*]{{1,4}} ?{_DONE}[,:]? (?:{TIME}|with (?!effect)|to {_FIX}|following"
    rf"|due to"
    r"|because|after)[^)\]\u3011\n]{0,80}[)\]\u3011*]",
    rf"{LINE}(?:corrected|amended|re-?issued|re-?sent),? {TIME}[^.:\n]{{0,30}}?(?:[:\u2013\u2014]|--|\s-\s|\.?\s*"
    rf"(?:\n|$))"
    rf"|{LINE}(?:revised|updated),? {TIME}[^.:\n]{{0,20}}?: ?(?=[a-z])",
    rf"{LINE}re-?issued,? (?:with (?:an? |the )?(?:correct|amend|revised)|to (?:correct|amend|clarify|fix|replace)\b)",
    rf"{HEADS}corrects (?:the )?(?:spelling|name|date|day|time|year|figure|number|amount|title|headline|typo|error"
    r"|attribution|garble|paragraph|\d+(?:st|nd|rd|th) (?:paragraph|para|graf)|to\b|in\b|that\b|style\b)",
    rf"{STARTS}{_DONE} (?:on|at) [^.\n]{{1,40}}? to (?:correct|amend|clarify|fix)\b",
    rf"{THIS}{BEEN} (?:(?:corrected|amended|reissued|re-issued)|(?:revised|updated)(?!\s*[:\d])){_OFTEN}\b",
    rf"{THIS} corrects\b|{THIS_RELEASE} (?:amends|replaces|supersedes)\b",
    rf"\bthe {RELEASE} {ISSUED}\b(?:(?!\bnot\b|\bthat\b)(?:[^.\n]|\.(?=\d))){{0,60}}?{BEEN} (?:corrected|amended"
    rf"|reissued)\b",
    rf"\b(?:replac(?:es?|ing)|supersed(?:es?|ing)) (?:the|our|its|an|this|any|all) (?:{_ADJECTIVE}(?:{RELEASE}"
    rf"|statement)"
    rf"|(?:{RELEASE}|statement|version|one) (?:{ISSUED}|that was {ISSUED}|earlier))\b",
    rf"\b(?:this|the (?:following|above|present|attached))\b[^.\n]{{0,40}}? (?:replac|supersed)(?:es?|ing)"
    rf" (?:the|our|its|an|any|all) {_ADJECTIVE}(?:one\b|{ITSELF}s?\b)",
    rf"\ban (?:earlier|previous) version of this (?:{ITSELF}|story|text|post|item)\b",
    rf"{STARTS}{_NOTED}an (?:earlier|previous) (?:version|{RELEASE})\b[^.\n]{{0,60}}?\b{_WRONG}",
    rf"\bthe {RELEASE} {ISSUED}\b(?:[^.\n]|\.(?=\d)){{0,60}}?\b(?:contain|had|has|gave|stated|was"
    rf"|includ)\w*\b[^.\n]{{0,20}}?\b{_WRONG}",
    r"\bcorrect(?:s|ing|ion)\b[^.\n]{0,60}\b(?:earlier|previous)(?:ly)?\b[^.\n]{0,30}?"
    r"\b(?:release|version|statement|notice|issued|published)\b",
    rf"\b(?:correct|amend)(?:s|ed|ing|ion|ment)\b[^.\n]{{0,60}}\b(?:earlier|previous)"
    rf"(?:ly)?\b[^.\n]{{0,30}}?\b{RELEASE}\b",
    rf"\b(?:earlier|previous) {RELEASE}\b[^.\n]{{0,60}}?\b(?:correct|amend)(?:s|ed|ion)\b",
    rf"{STARTS}{_NOTED}(?:an?|the|this|some) (?:[a-z]+ )?{_SLIP} (?:in|of) {_WITHIN}[^.,;\n]{{0,40}}?"
    rf" (?:has|have|was|were|had)(?: now| since)?(?: been)? {_CHANGED}",
    rf"{STARTS}{_NOTED}{_PART} (?:has|have|was|were)(?: now| since)?(?: been)? {_CHANGED}",
    rf"\bwe(?:['\u2019]ve| have)(?: now| since)? (?:corrected|amended|updated) (?:[^.,\n]{{1,50}}? (?:in|of)"
    rf" )?{_WITHIN}",
    r"\b(?:paragraph|para|sentence|line|headline|title)\b[^.\n]{0,60}?\bshould (?:have )?read(?: as follows\b|:|,?"
    r" [\"'\u201c\u2018$\d])",
    rf"\bsubstitut(?:es?|e the following|ed) for (?:the|our|an) {_ADJECTIVE}?(?:{RELEASE}|version)\b",
    rf"\bdisregard (?:the|our|any) (?:{_ADJECTIVE}(?:{RELEASE}|version)|{RELEASE} {ISSUED}\b)[^\n]{{0,120}}?"
    r"\b(?:use this|the (?:following|attached|corrected)|replac\w+|instead|correct(?:ed)? version)",
)
_MENDED = "(?:更正|订正|修[订正改]|改正|更新)"
_EDITION = "(?:稿|版本?|新闻稿|新闻公报|公告|启事|通知)"
_OF_IT_ZH = (
    rf"的?(?:{PLACE_ZH}|标题|数字|日期|人名|姓名|地址|图表|附件|内容|资料|数据|[的中有关错误之及和与、]){{1,6}}"
    rf"[已现业经](?:[已经予被作获行出由于]|{DATED}|适当){{0,12}}?{_MENDED}"
)
CORRECTION_ZH = (
    rf"[(\[\u3010\u3014]{PLACE_ZH}[^()\u3002\n]{{0,10}}更正[)\]\u3011\u3015]",
    rf"{HEADS}(?:勘误|更正(?=[稿版启声公说第上\s]|新闻))"
    rf"|{HEADS}[经已]?(?:更正|订正|重发|补发|更正重发){_EDITION}?{CLOSES}"
    rf"|{HEADS}[经已]?(?:修订|修正|更新){_EDITION}?{CLOSES}(?!\s?:\s?[\d二])",
    r"[(\[\u3010\u3014](?:更正|勘误|重发|补发)[稿版]?[)\]\u3011\u3015](?=\s*(?:\n|$))",
    rf"[(\[\u3010\u3014*](?:[于在已经],?)?(?:{DATED}{{1,24}}|\d[\d/.: -]{{2,20}})(?:[已再经])?(?:更新|更正|重发"
    rf"|补发)[稿版]?[)\]\u3011\u3015]",
    rf"[(\[\u3010\u3014*][于在]?(?:(?!年){DATED}){{1,24}}[已再经]?(?:修订|修正)[稿版]?[)\]\u3011\u3015]",
    r"[特谨现]此?更正|更正如下|更正稿|重发[^\u3002\n]{0,30}更正",
    r"以[本此](?:稿|文|新闻稿|新闻公报)为准|请[^\u3002\n]{0,14}?以[本此](?:版本?|公告|声明)?为准"
    r"|发稿有误[^\n]{0,12}?为准",
    rf"{THIS_ZH}(?:{SAYING_WHEN}(?:更正|订正|修[订正]|更新(?!至)|取代|替代)|[^\u3002\n]{{0,20}}?有误|{_OF_IT_ZH})",
    rf"(?:上文|前文|文中|稿中|内文){_OF_IT_ZH}",
    rf"(?:{THIS_ZH}|{RELEASE_ZH}|上文|前文|文中|稿中)[^\u3002\n]{{0,10}}?{PLACE_ZH}[^\u3002\n]{{0,40}}?应(?:为|作"
    rf"|改为)",
    rf"(?:取代|替代|更正|修正)[^\u3002\n]{{0,8}}?{BEFORE}前?[^\u3002\n]{{0,6}}?(?:{PAPER}|版本|稿)",
    rf"(?:取代|替代|更正)(?:[^\u3002,\n]{{0,12}}?日|[今昨]日|上述)[^\u3002,\n]{{0,12}}?{RELEASE_ZH}",
    rf"编者按{CLOSES}[^\n]{{0,60}}?(?:{THIS_ZH}[^\u3002\n]{{0,20}}?{_MENDED}|更正|有误|替代|取代|应为)",
)
