"""How much a text looks like a language: the measure by which encodings that nobody declared are told apart.

Bytes read with the wrong table still give characters, but rare ones, in places where no language puts them. The
common characters of a language make up more than half of any text in it and next to nothing of a misreading.
"""

import re

from parsers.chinesescript import BIG5_IN_USE, GB2312_IN_USE, characters
from parsers.languagewords import LETTERS

_CHINESE_MARKS = "，。、：；？！「」『』（）《》〈〉“”‘’—…·％０１２３４５６７８９"
_COMMON_SIMPLIFIED = (
    "的一是人不了有在我大这中为上会个时要到来以国就出他和对年也生法能可自成得地家们现用发说都之方于过多与然而业心那下行后学所经民好还公作"
    "当事定你看面进全等身体无最本道她新前但同只因起主很者天没政度动高手如分美其将机重间子开想实种被点及理入些内力里长小老部从性么工正明问去"
    "让关使场由次受意市头接月题利女并此化产外治更品应两或保十特制知师台式相常量情三己比合权打代建加目回员样真展表至提名话基教日务专未术却位"
    "水再果光已感立金直医先服程它东少把系形色解选统通安报需收资放望气越变活给向非司社命导各众求该食别平结神精区际书记局议省委党届"
)
_COMMON_TRADITIONAL = (
    "的一是人在有和不會國港了中為大年以我家政發上法行個地出時香要業來生這作展他全對到成與及動可長學也民能多方區日就經公用事新工過自們下務本"
    "市同安合特面進心機現主表力提局關得月資高定開化員府後而內體實等所重理分更之都者其外並好入建計保場部最加應度前至將間金利意立持今說產制才"
    "文相無推基明議活正于程如交由美或身期那天示教起目道指兩因通司代約位手小看次點權讓但還署續辦治子性已物供專創社題很去流數此護服你收第接品"
    "際向各共只受情設沒色管式解名量施三平濟參條從界強商團助被問項使環育些需報案常種水任知技想運醫處灣號說臺裡嗎吧她什麼給話"
)
_COMMON_KANJI = (
    "日一国人年大本中長出三時行見月分後前生五間上東四今金九入学高円子外八六下来気小七山話女北午百書先名川千水半男西電校語土木聞食車何南万毎"
    "白天母火右読友左休父雨会社新事者部内員場地方業定体動物目度用主合代手的理点表性法作問化成対最開題実明公立発同回通意心自力"
)
_COMMON_HANGUL = (
    "이다는에의을가를로하고은지기사한도인서리대시어자나아정일그해보수만제있스부라원주전조게구상여들과우장성니으세동것용오공선무내면연비트안생소당"
    "거중신드야위국경진요유말법화마방모미관까없저차회려교문식되던더러회업통바같했였습입하여데심실발단적물때작현재본개와"
)
_KANA = "".join(map(chr, (*range(0x3041, 0x3094), *range(0x30A1, 0x30F7), 0x30FC)))


_COMMON = {
    "zh-Hans": frozenset(_COMMON_SIMPLIFIED + _CHINESE_MARKS),
    "zh-Hant": frozenset(_COMMON_TRADITIONAL + _CHINESE_MARKS),
    "ja": frozenset(_KANA + _COMMON_KANJI + _CHINESE_MARKS),
    "ko": frozenset(_COMMON_HANGUL),
}
# The first level of each standard: the characters it holds to be in ordinary use.
_ORDINARY = {
    "zh-Hans": GB2312_IN_USE,
    "zh-Hant": BIG5_IN_USE,
    "ja": characters("euc_jp", range(0xB0, 0xD0), range(0xA1, 0xFF)),
    "ko": characters("euc_kr", range(0xB0, 0xC9), range(0xA1, 0xFF)),
}
_ORDINARY_WEIGHT = 0.4

_UNLIKELY = re.compile("[\ue000-\uf8ff\uff61-\uff9f\u0080-\u009f\ufffd\u3400-\u4dbf]")
_BEYOND_ASCII = re.compile("[^\x00-\x7f]")
_IN_CONTEXT = re.compile("(?=(.)([^\x00-\x7f])(.))", re.DOTALL)
_OUTSIDE_WORDS = frozenset("«»„“”‘…–—•°©®€£§·¡¿\u00a0")
_APOSTROPHE = "’"


def likeness_to(language: str, text: str) -> float:
    """Weighted share of common and ordinary characters among those beyond ASCII, less the impossible ones.

    About .8 for a real text, below .4 for a misreading.
    """
    beyond = _BEYOND_ASCII.findall(text)
    if not beyond:
        return 0.0
    common, ordinary = _COMMON[language], _ORDINARY[language]
    score = sum(map(common.__contains__, beyond)) * (1 - _ORDINARY_WEIGHT)
    score += sum(map((common | ordinary).__contains__, beyond)) * _ORDINARY_WEIGHT
    return (score - 2 * len(_UNLIKELY.findall(text))) / len(beyond)


def latin_likeness(text: str) -> float:
    """The best fit of the letters beyond ASCII to one language's alphabet, 1 when all of them belong to it.

    Signs inside words, capitals after small letters and control characters count against it.
    """
    letters: dict[str, int] = {}
    total = score = 0
    for before, char, behind in _IN_CONTEXT.findall(f" {text} "):
        total += 1
        if char.isalpha():
            if char.isupper() and before.islower():
                score -= 1
            else:
                letters[char] = letters.get(char, 0) + 1
        elif char == _APOSTROPHE or (char in _OUTSIDE_WORDS and not (before.isalpha() and behind.isalpha())):
            score += 1
        else:
            score -= 2
    if not total:
        return 0.0
    fits = (sum(count for char, count in letters.items() if char in alphabet) for alphabet in LETTERS.values())
    return (score + max(fits, default=0)) / total
