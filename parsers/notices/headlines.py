"""Headlines that carry the mark of a correction, set apart from what they tell: in brackets or behind a colon or dash.

"Correction: fares" and "Fares (amended)" are marked; "Revised fares take effect" and "Fares (Amendment) Bill" are not.
"""

import re
from functools import cache

from parsers.notices.words import NO_LAW, TIME

_HINTS = ("amend", "correct", "corrig", "errat", "replac", "revis", "updat", "issue", "resen")
_HINTS_ANY = (*_HINTS, "更正", "修订", "修正", "重发", "补发", "勘误", "订正", "更新")

_OPEN, _SHUT = r"[(\[\u3010\u3014*]{1,4}\s?", r"\s?[)\]\u3011\u3015*]{1,4}"
_NAMED = "(?: (?:version|copy|text|release|(?:press|news|media) (?:release|statement|advisory))(?: \\d)?)?"
_MARK = (
    r"(?:(?:second |further )?(?:correction|amendment|re-?issue)|corrected|corrects|amended|revised|updated"
    r"|re-?issued|re-?sent"
    r"|resend|corrigend(?:um|a)|errat(?:um|a)|replace(?:s|ment))"
)
_TAIL = (
    rf"(?:{_NAMED}|:? (?:{TIME}|with (?!effect)|to (?:correct|add|include|reflect|amend|clarify)|earlier|the earlier)"
    r"[^)\]\u3011\n]{0,60})"
)
_DATED_ZH = r"(?:[于在]?[\d\u3007零一二三四五六七八九十月日时分:点上下午今晨早晚]{1,16}[已再经]?)?"
_MARK_ZH = (
    rf"(?:{_DATED_ZH}[已经]?(?:更正|修订|修正|重发|补发|勘误|订正|更新)(?:稿|版本?|新闻稿|新闻公报|公告|启事|通知)?"
    "|重发新闻(?:稿|公报)[^)\u3011\n]{0,40})"
)
_PICTURES = r"(?:\s?[(\[](?:with|附|有|图)[^)\]\n]{0,40}[)\]])*\s*\Z"
_ENACTED = "(?<![法例则定程令\u300b])"  # （修订） behind a law is its own

_FIGURES = r"(?:updated|revised|更新|修订|修正)\s?[:\u2013\u2014-]\s?[$\d二]"  # Updated: 5 March; Revised: 3.2 per cent

_MARKED = (
    rf"\A[\s#>_]{{0,9}}(?!{_FIGURES})(?:{_OPEN}(?:{_MARK}{_TAIL}|{_MARK_ZH}){NO_LAW}{_SHUT}|{_MARK}{_NAMED}"
    rf"(?:\s?[:\u2013\u2014]|\s?--|\s?-\s|\s*\Z)"
    rf"|(?:corrected|amended) (?:notice|advisory|statement)(?:\s?[:\u2013\u2014]|\s-\s)|{_MARK_ZH}"
    rf"(?:\s?[:\u2013\u2014]|\s-\s|\s*\Z))",
    rf"(?:{_OPEN}{_MARK}{_TAIL}{_SHUT}|{_ENACTED}{_OPEN}{_MARK_ZH}{_SHUT}"
    rf"|(?:\s[\u2013\u2014-]{{1,2}}|[\u2013\u2014])\s?(?:(?!amendment|replacement){_MARK}{_NAMED}|{_MARK_ZH})"
    rf"|:\s?(?:correction|corrected|amended|corrigendum|erratum|更正|勘误|重发)){_PICTURES}",
)


def mark_of(headline: str) -> tuple[int, int] | None:
    """Where the mark of a correction stands in a headline that was folded with `simplified`."""
    if not _may_have_one(headline):
        return None
    found = next((found for one in _patterns() if (found := one.search(headline))), None)
    return found.span() if found else None


def unmarked(headline: str) -> str:
    """A folded headline without the marks of a correction."""
    if _may_have_one(headline):
        for one in _patterns():
            headline = one.sub("", headline)
    return headline


def _may_have_one(headline: str) -> bool:
    lower = headline.lower()
    return any(hint in lower for hint in (_HINTS if headline.isascii() else _HINTS_ANY))


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(one, re.IGNORECASE) for one in _MARKED)
