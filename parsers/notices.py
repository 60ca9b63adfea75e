"""What a text says of itself: that it corrects or replaces another, or that it is withdrawn.

A bill that is amended or an offer that is withdrawn says nothing of the text, so the text has to be named, or the
notice has to open a line or a bracket. The patterns read a text as `simplified` leaves it: one script, marks half
width, every character where it was.
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import Literal

from parsers.chineseforms import simplified

Notice = Literal["correction", "withdrawal"]

LOOKED_AT = 300  # characters from either end of a text; notices stand above it or below
MARKED_TITLE = re.compile(
    r"\b(?:amended|amendment|correction|corrected|corrigendum|erratum|replaces|revised|updated|reissued?)\b"
    "|更正|修订|修正|重发|勘误",
    re.IGNORECASE,
)
_HINTS = (
    *("correct", "corrig", "amend", "replac", "supersed", "errat", "updated", "revised", "reissue", "clarif"),
    *("earlier version", "editor"),
)
_HINTS_ZH = (
    *("更正", "勘误", "订正", "修订", "修正", "替代", "取代", "重发", "补发", "更新", "有误", "为准"),
    *("勘誤", "訂正", "修訂", "重發", "補發", "有誤", "為准", "为準", "為準"),
)

_OPENS = r"(?:^|(?<=\n)|(?<=[(\[*\u3010\u3014]))[ *_#>]{0,9}"
_STARTS = rf"(?:{_OPENS}|(?<=[.!?)] ))"
_CLOSES = r"(?=\s?(?:[:)\]\u3011\u3015\u2013\u2014-]|\n|$))"
_ITSELF = (
    "(?:press |news |media )?(?:release|statement|notice|article|page|document|publication|announcement|advisory"
    "|version|bulletin)"
)
_THIS = (
    rf"\b(?:this|the above|the following) {_ITSELF}"
    r"(?:\s?[(,][^.()\n]{0,60}[),]| (?:issued|published|released|dated|of|from|on)\b[^.,\n]{0,40}?)?"
)
_BEEN = r" (?:is|are|was|has been|have been|being|stands)(?: (?:now|hereby|since|being|formally|subsequently|later))?"
_EARLIER = rf"(?:the|our|its|an|this|any)(?: (?:above|earlier|previous|original|first))? (?:one\b|{_ITSELF}\b)"

_PAPER = "新闻稿|新闻公报|公告|公报|通告|声明"
_THIS_ZH = (
    rf"(?:[本此](?:{_PAPER}|文章|稿件?|消息|文|版本)|该(?:新闻稿|新闻公报|稿件?|文章|文)"
    rf"|(?:上述|以上|较早前|早前|先前)(?:发[出布表]的?|的)?(?:{_PAPER}|稿件?)|{_OPENS}(?:新闻稿|新闻公报))"
)
_WHEN = (
    r"(?:[已现亦曾于在经再作由以的今日晨早晚天年月时分上下午\d\u3007零一二三四五六七八九十:,被予即须应起]"
    r"|版本|较早前?|正式|全文){0,16}?"
)
_BEFORE = "(?:较早|早前|先前|此前|之前|今早)"

_CORRECTION = (
    rf"{_OPENS}(?:correction|erratum|errata|corrigend(?:um|a)|clarification|editor['\u2019]s note)(?: notice)?"
    rf"{_CLOSES}",
    rf"{_OPENS}correction (?:to|of) (?:the|our|a|an|this) (?:[a-z]+ )?{_ITSELF}\b",
    rf"{_OPENS}(?:corrected|amended|updated|revised|reissued|re-issued)"
    rf"(?: (?:version|release|text|copy)\b|{_CLOSES}| (?:on|at|as of) [^)\]\n]{{1,40}}[)\]])",
    rf"{_STARTS}(?:corrected|amended|updated|revised) (?:on|at) [^.\n]{{1,40}}? to (?:correct|amend|clarify|fix)\b",
    rf"{_THIS}(?:{_BEEN} (?:corrected|amended|revised|updated|reissued)"
    r"| (?:corrects|amends|replaces|supersedes))\b",
    rf"\b(?:replac(?:es?|ing)|supersed(?:es?|ing)) {_EARLIER}|\ban earlier version of this\b",
    r"\b(?:correct|amend)(?:s|ed|ing|ion)\b[^.\n]{0,60}\b(?:earlier|previous)(?:ly)?\b[^.\n]{0,30}?"
    r"\b(?:release|version|statement|notice|issued|published)\b",
    r"\b(?:earlier|previous) (?:press )?(?:release|version|statement|notice)\b[^.\n]{0,60}?"
    r"\b(?:correct|amend)(?:s|ed|ion)\b",
)
_CORRECTION_ZH = (
    rf"{_OPENS}(?:勘误|更正(?=[稿版启声公说第上\s]|新闻)"
    rf"|[经已]?(?:更正|订正|修订|修正|更新|重发|补发)(?:稿|版本?|新闻稿|新闻公报)?{_CLOSES})",
    r"[特谨现]此?更正|更正如下|更正稿|重发[^\u3002\n]{0,30}更正|以[本此](?:稿|文|版本?|新闻稿|新闻公报)为准",
    rf"{_THIS_ZH}(?:{_WHEN}(?:更正|订正|修[订正]|更新|取代|替代)|[^\u3002\n]{{0,20}}?有误)",
    rf"(?:取代|替代|更正|修正)[^\u3002\n]{{0,8}}?{_BEFORE}前?[^\u3002\n]{{0,6}}?(?:{_PAPER}|版本|稿)",
)
_GONE = "(?:withdrawn|retracted|rescinded|recalled|revoked|cancelled|canceled|removed|taken down)"
_TAKE_BACK = "(?:withdr(?:aws?|awing|awn|ew)|retract(?:s|ed|ing)?|rescind(?:s|ed|ing)?|recall(?:s|ed|ing)?)"
_TAKE_BACK_ZH = "(?:撤回|撤销|收回|取消|作废|撤下|删除)"
_WITHDRAWAL = "|".join(
    (
        rf"{_OPENS}(?:withdrawn|retracted|retraction|recalled|withdrawal(?: notice)?|kill)(?: notice)?{_CLOSES}",
        rf"{_THIS}{_BEEN} {_GONE}\b",
        rf"\bthe (?:press |news |media )(?:release|statement) (?:issued|published|released|dated|of|from|on|sent)\b"
        rf"(?:(?!\bnot\b|\bthat\b)[^.\n]){{0,60}}?{_BEEN} {_GONE}\b",
        rf"\b(?:has|have|hereby|now|is|are)(?: (?:now|hereby|also|today|formally))? {_TAKE_BACK}"
        rf" (?:this|the above|(?:its|our|the|an) (?:above|earlier|previous)) {_ITSELF}\b",
        rf"\bdisregard (?:this|the above|(?:its|our|the|an) (?:above|earlier|previous)) {_ITSELF}\b",
        rf"{_OPENS}(?:撤[回销稿]|作废)(?:新闻稿|新闻公报|启事|通知)?{_CLOSES}",
        rf"(?:{_THIS_ZH}|原稿件?){_WHEN}{_TAKE_BACK_ZH}(?=[\u3002,;!)\u3011\u3015\]\s]|$)",
        r"(?:[现兹]|[特谨]此|即时|政府|当局|[本我](?:局|署|处|部|会|院|司|府|台|馆|行|公司))(?:(?![不无未没拒否非])[^\u3002,\n]){0,8}?"
        rf"{_TAKE_BACK_ZH}了?(?:[本此]|上述|以上|今?[日天早]?{_BEFORE})[^\u3002,\n]{{0,12}}?(?:{_PAPER}|稿)",
        rf"请各?(?:新闻)?(?:传媒|媒体|机构|编辑)[^\u3002\n]{{0,8}}?(?:{_TAKE_BACK_ZH}|停用|勿再?[采引使]用)"
        rf"[^\u3002\n]{{0,16}}?(?:{_PAPER}|稿)",
    )
)


@cache
def _patterns() -> dict[Notice, re.Pattern[str]]:
    """Compiled when first needed; most commands meet no text."""
    return {
        "correction": re.compile("|".join((*_CORRECTION, *_CORRECTION_ZH)), re.IGNORECASE),
        "withdrawal": re.compile(_WITHDRAWAL, re.IGNORECASE),
    }


def notices_in(text: str) -> Iterator[tuple[Notice, int, int]]:
    """Each notice of a text on itself: its kind, where it starts and where it ends."""
    folded = simplified(text)
    for kind, pattern in _patterns().items():
        for found in pattern.finditer(folded):
            yield kind, found.start(), found.end()


def says_it_corrects(title: str, body: str) -> bool:
    """Whether a text says, in its headline, above or below, that it corrects or replaces another."""
    ends = (body,) if len(body) <= 2 * LOOKED_AT else (body[:LOOKED_AT], body[-LOOKED_AT:])
    return bool(MARKED_TITLE.search(simplified(title))) or _corrects("\n".join((title, *ends)))


def _corrects(text: str) -> bool:
    # The patterns are slow and stay within a line; few lines have a word of correction.
    lower = text.casefold()
    for hints, patterns in _of_corrections():
        hinted = [hint for hint in hints if hint in lower]
        for line in lower.split("\n") if hinted else ():
            if any(hint in line for hint in hinted) and _has_any(simplified(line), patterns):
                return True
    return False


def _has_any(line: str, patterns: tuple[re.Pattern[str], ...]) -> bool:
    return any(pattern.search(line) for pattern in patterns)


@cache
def _of_corrections() -> tuple[tuple[tuple[str, ...], tuple[re.Pattern[str], ...]], ...]:
    # One by one they take a third of the time of all in one.
    told = ((_HINTS, _CORRECTION, re.IGNORECASE), (_HINTS_ZH, _CORRECTION_ZH, 0))
    return tuple((hints, tuple(re.compile(one, flags) for one in patterns)) for hints, patterns, flags in told)
