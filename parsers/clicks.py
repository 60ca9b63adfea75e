"""Lines in which a page speaks of clicks: how often it was read, which counts on by itself, and where to read on."""

import re

_READ_ON = re.compile(
    r"\W*(?:(?:read|see|view|learn)\smore|continue\sreading|read\son|(?:read|view)\s(?:the\s)?(?:full|whole|rest|entire)"
    r"(?:\s(?:of\s)?(?:the\s|this\s)?(?:story|article|text|release|statement|post|item|entry))?"
    r"|[繼继][續续][閱阅][讀读]|[閱阅][讀读]更多|(?:[閱阅][讀读]|查看|[瀏浏][覽览])全文)"
    r"(?:\s(?:about|on)?\s?[\"“'‘].{1,200}[\"”'’])?\W*",
    re.IGNORECASE,
)
_COUNTER = re.compile(
    r"(?:(?:page\s)?(?:views?|hits|visits|reads)|(?:view|visit|hit|read)\scount|(?:number\sof|total)\s(?:views|visits|hits)"
    r"|[瀏浏][覽览](?:次[數数]|人次|人[數数]|量)?|[閱阅][讀读](?:次[數数]|人次|人[數数]|量)?|[點点][擊击](?:次[數数]|率|量|[數数])?"
    r"|[訪访][問问](?:次[數数]|人次|量)|人[氣气])\s?[:：]?\s?[\d,.，]{1,15}\s?[kK万萬]?\s?(?:人?次|times)?"
    r"|[\d,.]{1,15}\s?[kK]?\s(?:page\s)?(?:views?|hits|reads)|[\d,.]{1,15}\s?[万萬]?\s?次?(?:[瀏浏][覽览]|[閱阅][讀读]|[點点][擊击])",
    re.IGNORECASE,
)


def counts_readers(line: str) -> bool:
    """`Views: 1,234`, `98 reads`, `瀏覽次數：1,234`, alone on their line."""
    return _COUNTER.fullmatch(line) is not None


def invites_to_read_on(line: str) -> bool:
    """`Read more`, `Continue reading “...” →`, `繼續閱讀` and kin, alone on their line."""
    return _READ_ON.fullmatch(line) is not None
