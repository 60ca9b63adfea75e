"""Traditional or Simplified: told by the characters that only one of the two writes.

Traditional are those in ordinary use by Big5 without a place in GB 2312, Simplified the reverse. Only the first
level of each standard counts: what the second holds is often missing from the other table by age, not by form.
"""

import re
from typing import Literal

Script = Literal["zh-Hant", "zh-Hans"]

# Hong Kong's own forms of everyday characters (its List of Graphemes), which Big5 writes otherwise.
_HONG_KONG_FORMS = frozenset("説閲鋭藴裏衞羣峯綫啓滙鈎鷄牀銹")
# Printed in Hong Kong as in the mainland, though one of the tables has only the other form.
_BOTH = frozenset("税脱悦蜕兑内户着温恒厦琼珏卧烟粮泪灶叠猪猫凉决况冲减凑群床峰硷叁酶葱媪氲腽磙愠璟玥祐琍堉妳牠屘")
# Both tables have these, and Traditional text has next to no use for them: 機, 適, 價, 與 and so on stand there.
_HARDLY_TRADITIONAL = frozenset("万与么价优体儿党凄吨听圣坏岭并怀怜惊愿扑扰机极气洁痒确离种筑篱网胜荐虫蚕触适")
_HARDLY_SIMPLIFIED = frozenset("後於徵摺捱")
# The same within words: 皇后, 茶几 and 拮据 are written so in both.
_HARDLY_TRADITIONAL_WORDS = re.compile(
    "[之最然以今随此背事日会]后|几[乎年个天次十百千位]|[好十]几|[根数依证]据|据[悉称]"
)


_SURE_LEAD = 2
_HEADLINE = 40  # characters: in so short a text one character of a script is beyond doubt when none speaks against it


def characters(codec: str, leads: range, trails: range) -> frozenset[str]:
    """The letters and ideographs in some rows of a two-byte table."""
    pairs = (bytes((lead, trail)) for lead in leads for trail in trails)
    return frozenset(char for pair in pairs for char in pair.decode(codec, "ignore") if char > "\u33ff")


def _without(chars: frozenset[str], codec: str) -> frozenset[str]:
    return frozenset(char for char in chars if not char.encode(codec, "ignore")) - _BOTH


BIG5_IN_USE = characters("big5", range(0xA4, 0xC7), range(0x40, 0xFF))
GB2312_IN_USE = characters("gb2312", range(0xB0, 0xD8), range(0xA1, 0xFF))
_GB2312_RARER = characters("gb2312", range(0xD8, 0xF8), range(0xA1, 0xFF))
_TRADITIONAL = _without(BIG5_IN_USE, "gb2312") | _HONG_KONG_FORMS
_SIMPLIFIED = _without(GB2312_IN_USE, "big5hkscs")
_ANY_TRADITIONAL = re.compile(f"[{''.join(sorted(_TRADITIONAL))}]")
_ANY_SIMPLIFIED = re.compile(f"[{''.join(sorted(_SIMPLIFIED))}]")
# HKSCS holds many of the mainland's forms, for names: a sign in Hong Kong too, but a weaker one.
_RATHER_SIMPLIFIED = (
    (_without(GB2312_IN_USE, "big5") - _SIMPLIFIED) | _without(_GB2312_RARER, "big5hkscs") | _HARDLY_TRADITIONAL
)


def script_of(text: str) -> tuple[Script | None, bool, str]:
    """The script, whether it is beyond doubt, and some of the characters that decided; None for a tie."""
    traditional = _ANY_TRADITIONAL.findall(text)
    simplified = _ANY_SIMPLIFIED.findall(text)
    sure = abs(len(traditional) - len(simplified)) >= _SURE_LEAD or (
        min(len(traditional), len(simplified)) == 0 and len(text) <= _HEADLINE
    )
    if len(traditional) == len(simplified):
        traditional += [char for char in text if char in _HARDLY_SIMPLIFIED]
        simplified += [char for char in text if char in _RATHER_SIMPLIFIED]
        simplified += _HARDLY_TRADITIONAL_WORDS.findall(text)
        sure = abs(len(traditional) - len(simplified)) >= _SURE_LEAD
    if len(traditional) == len(simplified):
        return None, False, ""
    hant = len(traditional) > len(simplified)
    winners, losers = (traditional, simplified) if hant else (simplified, traditional)
    seen = "".join(dict.fromkeys(winners))[:12]
    told = f"{len(winners)} {'Traditional' if hant else 'Simplified'} against {len(losers)}: {seen}"
    return ("zh-Hant" if hant else "zh-Hans"), sure, told
