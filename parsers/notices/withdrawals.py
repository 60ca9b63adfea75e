"""How a text says that it, or the release it stands in place of, is withdrawn: in English, and in Chinese folded.

Offers, bills, products and the statements of others are withdrawn and recalled every day, so a paper has to be what is
taken back, and its own publisher has to take it back.
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
    OFFICES,
    OPENS,
    PAPER,
    RELEASE,
    RELEASE_ZH,
    SAYING_WHEN,
    SENT,
    STARTS,
    THIS,
    THIS_RELEASE,
    THIS_ZH,
)

HINTS = (
    *("withdr", "retract", "recall", "rescind", "revoked", "cancel", "removed", "deleted", "taken down", "replaced by"),
    *("superseded", "kill", "disregard", "ignore", "discard", "do not", "in error", "by mistake", "by accident"),
    *("prematurely", "erroneously", "mistakenly", "inadvertently", "accidentally"),
)
HINTS_ZH = ("撤", "收回", "取消", "作废", "删除", "误发", "错发", "误刊", "勿", "有误", "停", "错误", "不要")

_GONE = "(?:withdrawn|retracted|rescinded|recalled|revoked|cancelled|canceled|removed|taken down)"
_TAKE_BACK = "(?:withdr(?:aws?|awing|awn|ew)|retract(?:s|ed|ing)?|rescind(?:s|ed|ing)?|recall(?:s|ed|ing)?)"
_HAS = r"(?: (?:has|have|hereby|now|is|are|today|also|formally|wish(?:es)? to|would like to|regrets? and|must)){0,4}"
_PUBLISHER = (
    rf"(?:\bwe|{STARTS}(?:the (?:[\w&'\u2019,-]+ ){{0,8}}?(?:{OFFICES})(?: (?:of|for) [\w&'\u2019 -]{{1,40}}?)?"
    r"|(?-i:[A-Z][A-Z&]{1,7})))"
)
_IN_ERROR = r"(?:in error|by mistake|by accident|prematurely|erroneously|mistakenly|inadvertently|accidentally)\b"
_CHAR = r"(?:[^.\n]|\.(?=\d))"
_CORRECTED = (
    r"(?![^\n]{0,120}\b(?:use this|the (?:following|attached|corrected)|replac\w+|instead|correct(?:ed)? version))"
)
_EMBARGOED = r"(?![^.\n]{0,60}\b(?:before|until|prior to|ahead of)\b)"
_EARLIER = "(?:above|earlier|previous|previously issued)"

ENGLISH = (
    rf"{HEADS}(?:press|news|media) release(?: of [^.\n]{{1,20}})? (?:withdrawn|retracted)(?=\s*(?:\n|$))",
    rf"\bthe (?:press|news|media) release (?:entitled|titled|headed) [^.\n]{{1,120}}? (?:is|has been)(?: now|"
    rf" hereby)? {_GONE}\b",
    rf"\bplease kill (?:the|our) (?:{_EARLIER} )?{RELEASE}\b",
    rf"{HEADS}(?:withdrawn|retracted|retraction)(?: notice)?{CLOSES}(?!\s?[:\u2013\u2014-]+\s?\d)"
    rf"|{HEADS}(?:(?:notice of )?(?:withdrawal|retraction)|(?:mandatory )?kill)(?: notice)?(?=\s?\n|\s?$|[)\]])"
    rf"|{HEADS}(?:withdrawal|retraction|kill) notice{CLOSES}",
    rf"{HEADS}(?:withdrawal|retraction|recall) of (?:(?:the|our|a|an|its) )?(?:{_EARLIER} )?{RELEASE}\b",
    rf"{LINE}[(\[\u3010]{{1,4}}(?:removed|deleted|taken down|recalled|withdrawn|rescinded)[)\]\u3011]",
    r"(?:\A|\n)[^.\n]{0,80}\b(?:release|statement|advisory|bulletin|announcement)s?\s?(?:[(\[]"
    r"|[\u2013\u2014-]\s?)(?:withdrawn|retracted)[)\]]?"
    r"(?=\s*(?:\n|$))",
    r"\A[^.\n]{1,200} [(\[](?:withdrawn|retracted)[)\]](?=\s*(?:\n|$))",
    rf"(?:{THIS}(?<!statement)|\b(?:the above|the following) statement|{LINE}this statement){BEEN} {_GONE}\b"
    rf"|{THIS_RELEASE} (?:is|has been)(?: now| hereby)? {_GONE}\b",
    rf"{THIS_RELEASE}{BEEN} (?:replaced|superseded) by\b",
    rf"\bthe {RELEASE} {ISSUED}\b(?:(?!\bnot\b|\bthat\b){_CHAR}){{0,60}}?{BEEN} {_GONE}\b",
    rf"{STARTS}the (?:statement|article|message|news) (?:issued|published|released|dated|sent)\b"
    rf"(?:(?!\bnot\b|\bthat\b|\bby\b|\bunder\b){_CHAR}){{0,60}}? (?:is|has been)(?: now| hereby)? {_GONE}\b",
    rf"{_PUBLISHER}{_HAS} {_TAKE_BACK} (?:this|the above|(?:its|our|the|an)(?: {_EARLIER})?) (?:{RELEASE}\b(?! by\b)"
    rf"|message\b)",
    rf"{_PUBLISHER}{_HAS} {_TAKE_BACK} (?:this|the above|(?:its|our|the|an) {_EARLIER}) {ITSELF}\b(?! by\b)",
    rf"\bwould like to recall the (?:message|e-?mail|{RELEASE})\b",
    rf"(?:{STARTS}(?:please note that )?this (?:{RELEASE}|item|article|page|post|story|version|announcement)"
    rf"|{OPENS}this (?:statement"
    rf"|message|text)"
    rf"|\bthe (?:above |earlier )?{RELEASE}(?: {ISSUED}\b{_CHAR}{{0,40}}?)?) (?:was|is|has been|had been)"
    rf"(?: {SENT}[^.\n]{{0,20}}? {_IN_ERROR}| {_IN_ERROR} {SENT}\b)",
    rf"\b(?:disregard|ignore|discard|do not (?:use|publish|run|broadcast|circulate)) (?:this|the above|(?:its|our"
    rf"|the|an)"
    rf" {_EARLIER}) {ITSELF}\b{_EMBARGOED}{_CORRECTED}",
    rf"\b(?:disregard|ignore|discard|do not (?:use|publish|run|broadcast)) (?:the|our|an) {RELEASE} {ISSUED}\b"
    rf"{_EMBARGOED}{_CORRECTED}",
)

_TAKE_BACK_ZH = "(?:撤回|撤销|收回|取消|作废|撤下|删除|撤稿)"
_ENDS_ZH = r"(?=[\u3002,;!)\u3011\u3015\]\s]|$)"
_DULY = r"(?:现|已|今|谨|兹|将|即|特|此|于|决定|宣布|正式|予以|较早前|全面|" + DATED + r"){0,12}?"
_OWN_BODY = (
    rf"(?:(?:{LINE}|(?<=\u3002)|(?<=,))(?:(?!要求|促请|敦促|呼吁|公司|集团|对方|美方|日方"
    rf"|报社)[^\u3002,\n]){{0,12}}?[局署处部会院司府厅委办馆台队]"
    r"|[现兹]|[特谨]此|即时|政府|当局|[本我](?:局|署|处|部|会|院|司|府|厅|委|台|馆|行|公司))"
)
_OBJECT = (
    r"(?:[本此该]|上述|以上|有关|关于|题为|就|所|其|一[份则篇]|[今昨当][日天早晨晚]|\u300a|\u300c|新闻"
    rf"|{BEFORE}|[\d\u3007零一二三四五六七八九十]{{1,4}}[年月日]|[于在]{DATED})"
)
_NOT_USED = "(?:请|切|敬希|务请)?(?:勿|不要|停止|停用|不得|不应)再?[采引使刊转发]?[用登载布]"
_OTHERS = "(?!虚假|假冒|伪造|冒充|网上|网传|公司|集团|机构|对方|网站|传媒|媒体|有人|该报)"

CHINESE = (
    rf"{HEADS}{RELEASE_ZH}撤[回销稿](?:通知|启事|公告)?{CLOSES}",
    rf"(?:{LINE}|(?<=\u3002))[本我]?[局署处部府会]?{DATED}{{0,10}}发[出布表]的?{RELEASE_ZH}有误,?[^\u3002\n]{{0,6}}?{_TAKE_BACK_ZH}{_ENDS_ZH}",
    rf"(?:上述|以上|[本此][则篇份条]?){RELEASE_ZH}[^\u3002\n]{{0,4}}?{_NOT_USED}",
    rf"请(?:勿再?|停止)[采引使刊]用(?:[本此]|上述|以上|{BEFORE}|[今昨]日)[^\u3002,\n]{{0,12}}?{RELEASE_ZH}(?!前)",
    rf"{HEADS}(?:撤[回销稿]|作废)(?:新闻稿|新闻公报|启事|通知|声明)?{CLOSES}",
    r"\A[^\u3002\n]{1,80}[(\[\u3010](?:撤[回销稿]|已撤[回销]|作废|已作废)[)\]\u3011](?=\s*(?:\n|$))",
    rf"(?:{THIS_ZH}|原稿件?){SAYING_WHEN}{_TAKE_BACK_ZH}{_ENDS_ZH}",
    rf"(?:{LINE}|(?<=\u3002))(?:{_OTHERS}[^\u3002,\n]){{0,40}}?{RELEASE_ZH}{SAYING_WHEN}{_TAKE_BACK_ZH}{_ENDS_ZH}",
    rf"{_OWN_BODY}{_DULY}{_TAKE_BACK_ZH}了?(?:[本此]|上述|以上|今?[日天早]?{BEFORE})[^\u3002,\n]{{0,12}}?(?:{PAPER}"
    rf"|稿)",
    rf"{_OWN_BODY}{_DULY}{_TAKE_BACK_ZH}了?(?={_OBJECT})(?:{_OTHERS}[^\u3002,;\n]){{0,30}}?{RELEASE_ZH}"
    rf"(?=[\u3002,;!)\s]|$|[并及])",
    rf"(?:请各?(?:新闻)?(?:传媒|媒体|机构|编辑|单位)|(?:传媒|媒体|机构|编辑"
    rf"|单位)[^\u3002\n]{{0,6}}?请)[^\u3002\n]{{0,8}}?(?:{_TAKE_BACK_ZH}|停用|勿再?[采引使]用)"
    rf"[^\u3002\n]{{0,16}}?(?:{PAPER}|稿)",
    rf"(?:发稿有误|发稿错误|{THIS_ZH}[^\u3002\n]{{0,12}}?(?:有误|误发|错发)|(?:误发|错发)[^\u3002,\n]{{0,8}}?稿件?)"
    rf"[^\n]{{0,10}}?(?:{_NOT_USED}|{_TAKE_BACK_ZH})",
    rf"{THIS_ZH}(?:[为是属乃系因][^\u3002,\n]{{0,10}})?(?:误发|错发|误刊){_ENDS_ZH}",
)
