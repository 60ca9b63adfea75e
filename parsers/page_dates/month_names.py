"""Dates with month names of other European languages and years of Japanese eras, rewritten so that they are read.

`16. Oktober 2019`, `le 3 février 2020`, `15 de enero de 2021`, `7 марта 2022`, `令和8年5月18日`. Only a name
between a day and a year, or before both, is rewritten; what the page wrote stays in the evidence.
"""

import re

_ENGLISH = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
# German, French, Spanish, Italian, Portuguese, Dutch, Danish, Norwegian, Swedish, Polish, Czech, Russian, Turkish
_NAMES = (
    "januar jänner janvier enero gennaio janeiro januari stycznia ledna января ocak jän janv ene gen",
    "februar feber février fevrier febrero febbraio fevereiro februari lutego února февраля şubat févr fév fev",
    "märz maerz mars marzo março maart marts marca března марта mart mär mrz mrt",
    "avril abril aprile kwietnia dubna апреля nisan avr abr",
    "mai mayo maggio maio mei maj maja května мая mayıs mag",
    "juni juin junio giugno junho czerwca června июня haziran giu",
    "juli juillet julio luglio julho lipca července июля temmuz juil lug",
    "août aout agosto augustus augusti sierpnia srpna августа ağustos ago",
    "septembre septiembre settembre setembro września září сентября eylül set",
    "oktober octobre octubre ottobre outubro października října октября ekim okt ott out",
    "novembre noviembre novembro listopada listopadu ноября kasım",
    "dezember décembre decembre diciembre dicembre dezembro december grudnia prosince декабря aralık dez déc dic",
)
_MONTHS = {name: _ENGLISH[month] for month, names in enumerate(_NAMES) for name in names.split()}
_MONTHS |= {name.lower(): name for name in _ENGLISH} | {name[:3].lower(): name for name in _ENGLISH}
_NAME = "|".join(sorted(_MONTHS, key=len, reverse=True))
_DAY_FIRST = re.compile(
    rf"(?<![\d.])(\d{{1,2}})(?:\.|er|º|°)?\s?(?:de\s|di\s)?({_NAME})\b\.?,?\s?(?:de\s|del\s)?((?:19|20)\d\d)(?!\d)",
    re.IGNORECASE,
)
_MONTH_FIRST = re.compile(rf"\b({_NAME})\b\.?\s(\d{{1,2}})(?:\.|,)?\s((?:19|20)\d\d)(?!\d)", re.IGNORECASE)
_ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925}  # the year before the first of each
_ERA = re.compile(rf"({'|'.join(_ERAS)})\s?(\d{{1,2}}|元)\s?年")
_SHORT_YEAR = re.compile(r"(?<![\d.])(\d{1,2})\.\s?(\d{1,2})\.(\d\d)(?![\d.])")


def in_english(text: str) -> str:
    """The same text with such dates as an English one would write them; `16.10.19` as `16.10.2019`."""
    text = _DAY_FIRST.sub(lambda found: f"{found[1]} {_MONTHS[found[2].lower()]} {found[3]}", text)
    text = _MONTH_FIRST.sub(lambda found: f"{_MONTHS[found[1].lower()]} {found[2]}, {found[3]}", text)
    text = _ERA.sub(lambda found: f"{_ERAS[found[1]] + (1 if found[2] == '元' else int(found[2]))}年", text)
    return _SHORT_YEAR.sub(r"\1.\2.20\3", text)
