"""What languages are called where pages offer them, and the letters that stand for them in addresses."""

import re

_CALLED = {
    "en": "english eng en 英文 英語 英语 英文版 anglais",
    "zh": "中文 chinese 中文版 漢語 汉语",
    "zh-Hant": "繁體 繁體中文 繁體版 中文（繁體） 中文(繁體) 正體中文 繁 繁中 tc 繁体 繁体中文 繁体版",
    "zh-Hans": "简体 简体中文 简体版 中文（简体） 中文(简体) 簡體 簡體中文 簡體版 简 简中 sc",
    "fr": "français francais french fra fr 法文 法语",
    "de": "deutsch german deu de 德文 德语",
    "it": "italiano italian ita it",
    "rm": "rumantsch romansh rm",
    "es": "español espanol spanish spa es 西文 西班牙语 castellano",
    "pt": "português portugues portuguese por pt",
    "ja": "日本語 japanese jpn ja 日文 日语",
    "ko": "한국어 korean kor ko 韓文 韩文",
    "ru": "русский russian rus ru 俄文 俄语",
    "ar": "العربية عربي arabic ara ar 阿文 阿拉伯语",
    "nl": "nederlands dutch nl",
    "pl": "polski polish pl",
    "sv": "svenska swedish sv",
    "da": "dansk danish da",
    "nb": "norsk bokmål nb",
    "fi": "suomi finnish fi",
    "cs": "čeština czech cs",
    "sk": "slovenčina sk",
    "sl": "slovenščina sl",
    "hu": "magyar hu",
    "ro": "română ro",
    "bg": "български bg",
    "el": "ελληνικά greek el",
    "hr": "hrvatski hr",
    "et": "eesti et",
    "lv": "latviešu lv",
    "lt": "lietuvių lt",
    "mt": "malti mt",
    "ga": "gaeilge irish ga",
    "cy": "cymraeg welsh cy",
    "uk": "українська ukrainian uk",
    "tr": "türkçe turkish tr",
    "vi": "việt vietnamese vi",
    "th": "ไทย thai th",
    "id": "indonesia id",
    "ms": "melayu malay ms",
    "hi": "हिन्दी hi",
    "ta": "தமிழ் ta",
    "ca": "català ca",
    "eu": "euskara eu",
    "gl": "galego gl",
}
_BY_NAME = {name: language for language, names in _CALLED.items() for name in names.split()}
_PARTS = re.compile(
    rf"(?:{'|'.join(sorted(_CALLED))}|eng|english|fra|francais|deu|ita|spa|tc|sc|chi|tchi|schi|chs|cht|cn|chinese|big5|gb"
    r"|jp|jpn|kr|kor|rus|ara)(?:[-_][a-z]{2,4})?",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"[\s|/·,()（）\[\]]+")
LONGEST = 40  # characters that a language is called by, with whatever stands beside it for narrow screens


def named(words: str) -> str | None:
    """The language that words call and nothing else, be it twice (`Français FR`); None for any other words."""
    told = words.strip().casefold()
    if not told or len(told) > LONGEST:
        return None
    if language := _BY_NAME.get(told):
        return language
    called = {_BY_NAME.get(word) for word in _BETWEEN.split(told) if word not in ("", "bahasa", "tiếng")}
    return called.pop() if len(called) == 1 else None


def is_part(part: str) -> bool:
    """Whether a part of an address says in which language the page is, and not which page it is."""
    return _PARTS.fullmatch(part) is not None
