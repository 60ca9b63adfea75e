"""What pages print around a release that is no part of it: buttons, banners, decorations, end marks, labels.

Whole lines only, as seen on info.gov.hk, news.gov.hk, wb.beijing.gov.cn and their kin; nothing is removed
from inside a line of text. Some words are furniture anywhere (`Back to top`), others only above the first
and below the last paragraph (`Share`).
"""

import re
from typing import Literal

from parsers.clicks import counts_readers, invites_to_read_on
from parsers.publishers import is_named

LabelMeaning = Literal["title", "published", "updated", "source", "office", "ignored"]
Labelled = tuple[LabelMeaning, str, str]  # what kind of fact, the label, the value

LONGEST_FURNITURE = 60  # characters

_ANYWHERE = frozenset(
    {
        "back to top", "go to top", "return to top", "回到頁首", "返回頁首", "回到页首", "返回页首", "回頁首",
        "返回顶部", "回到顶部", "返回頂部", "回到頂部", "go to main content", "skip to main content",
        "跳至主要內容", "跳至主要内容", "跳到主要內容", "跳到主要内容", "扫一扫在手机打开当前页",
        "扫一扫在手机打开当前页面", "top", "頁首", "页首",
    }
)  # fmt: skip
_AT_THE_EDGES = frozenset(
    {
        "print", "print this page", "printer friendly", "share", "share this", "share this page", "email", "e-mail",
        "bookmark", "close", "close window", "home", "chinese", "english", "中文", "中文版", "英文", "简体", "繁體",
        "繁体", "简体中文", "繁體中文", "email article", "facebook", "twitter", "x", "linkedin", "whatsapp",
        "weibo", "wechat", "share - wechat", "sina weibo", "a a a", "aaa", "打印", "列印", "打印本页", "列印本頁",
        "打印页面", "分享", "分享到", "关闭", "關閉", "关闭窗口", "【关闭窗口】", "【打印】",
        "【关闭】", "收藏", "字體大小", "字体大小", "大 中 小", "大中小", "topics",
        "fontsize: big middle small", "big middle small", "today's press releases", "today’s press releases",
        "即日新聞", "即日新闻", "archives", "yesterday", "主頁", "首页", "首頁", "分享此页", "分享本頁", "分享本页",
        "sign up for mail updates", "pdf version", "back to index page", "yesterday's press releases",
        "yesterday’s press releases", "新聞資料庫", "新闻资料库", "昨日新聞", "昨日新闻", "返回新聞列表",
        "返回新闻列表", "brand hong kong", "brand hk", "香港品牌", "govhk", "govhk 香港政府一站通",
        "香港政府一站通", "sitemap", "site map", "網頁指南", "网页指南", "網站指南", "网站导航", "网站地图", "search",
        "搜尋", "搜索", "contact us", "聯絡我們", "联系我们", "about us", "menu", "font size", "text size",
        "字型大小", "大", "中", "小", "eng", "en", "簡", "繁", "简", "big", "middle", "small", "電郵", "电邮",
        "微博",
        "微信", "tweet", "print article", "email this page", "列印此頁", "列印此页", "打印此頁", "打印此页", "友善列印",
        "share this article", "important notices", "privacy policy", "重要告示", "私隱政策", "私隐政策",
        "無障礙", "无障碍", "rss", "instagram", "youtube", "telegram", "line", "上一篇", "下一篇", "打印本文",
        "share on facebook", "share on x", "share on twitter", "share this on facebook", "share this on twitter",
        "printer friendly version", "print version", "copy link", "複製連結", "复制链接",
    }
)  # fmt: skip
_LETTER_SIZES = frozenset({"A", "A-", "A+", "Aa"})
_BANNERS = frozenset(
    {
        "press release", "press releases", "news release", "media release", "for immediate release",
        "media statement", "新聞公報", "新闻公报", "新聞稿", "新闻稿", "新聞發布", "新闻发布",
    }
)  # fmt: skip
_SECTIONS = frozenset(
    {
        "related news", "related links", "related link", "related information", "related articles", "related stories",
        "related", "相關新聞", "相关新闻", "相關連結", "相關鏈結", "相关链接", "相关连结", "相关稿件", "相关阅读",
        "相关报道",
        "延伸閱讀", "延伸阅读", "photo", "photos", "audio / video", "audio/video", "webcast", "圖片", "图片",
        "網上廣播", "网上广播", "latest news", "more news", "最新消息", "熱門新聞",
    }
)  # fmt: skip
_MASTHEADS = frozenset(
    {
        "the government of the hong kong special administrative region", "the government of the hksar",
        "the government of the hong kong special administrative region of the people's republic of china",
        "香港特別行政區政府", "香港特别行政区政府", "中華人民共和國香港特別行政區政府",
        "news.gov.hk - hong kong government news",
        "hong kong government news", "香港政府新聞", "香港政府新闻", "政府新聞公報", "政府新闻公报",
        "govhk", "govhk 香港政府一站通", "hksar government press releases",
        "香港特別行政區政府新聞處", "香港特别行政区政府新闻处", "information services department",
        "hong kong's information services department", "hong kong’s information services department",
    }
)  # fmt: skip
_END_MARKS = frozenset(
    {
        "nnnn", "ends", "end", "- ends -", "-ends-", "– ends –", "- end -", "-end-", "###", "# # #", "-30-", "***",
        "完", "（完）", "(完)", "（完毕）", "－完－", "-完-", "- 完 -", "*完*",
    }
)  # fmt: skip
_DECORATION = re.compile(r"[*＊#=_~·•．.\-–—─━☆★◆◇■□ \u200b]+")
_IMAGE_FILE = re.compile(r"[\w ()-]{1,48}\.(?:png|jpe?g|gif|bmp|webp)", re.IGNORECASE)
_CRUMB_MARKS = frozenset(">›»")
_BREADCRUMBS = re.compile(r"[^。.!?>›»]{1,40}(?:\s?(?:>|>>|›|»)\s?[^。.!?>›»]{1,40}){1,6}")  # Home > News > Speeches
_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s\u4e00-\u9fff]{4,400}")
_IMPRINT = re.compile(
    r"(?:©|\(c\)\s?(?:19|20)\d\d|copyright\b|(?:19|20)\d\d\s?©|all rights reserved|版[權权]所有"
    r"|(?:page\s\d{1,3}\sof|第)\s?\d{1,3}\s?[頁页]?$|\d{1,3}\s?/\s?\d{1,3}$"
    r"|[\u4e00-\u9fff]icp[备備证證]|(?:[\u4e00-\u9fff]{1,2}公网安备|网站标识码|主[办辦][:：]|主办单位[:：]|承办[:：]|承办单位[:：])"
    r"|(?:last\s)?(?:revision|review)\s?date|last\srevised|修訂日期|修订日期|覆檢日期|复检日期).{0,120}",
    re.IGNORECASE,
)
_LETTERHEAD = re.compile(
    r"(?:.{2,80}\s)?(?:press|news|media)\sreleases?|.{0,20}(?:新聞稿|新闻稿|新聞公報|新闻公报)", re.IGNORECASE
)
_WITH_PICTURES = re.compile(
    r"\(\s?with\s[^()]{0,40}(?:photo|video|picture|image|audio|clip)[^()]{0,40}\)|[(（][附有][^()（）]{0,20}(?:圖|图|片|相|照|影|音)[^()（）]{0,20}[)）]",
    re.IGNORECASE,
)
_BETWEEN_BUTTONS = re.compile(r"[\s|｜/・·•,，、【】\[\]()（）:：]+")
_FONT_SIZE = re.compile(
    r"(?:(?:font|text)\s?size|字型大小|字号|字號|字体|字體|字体大小|字體大小)\s?[:：].{0,30}", re.IGNORECASE
)

_LABELS: dict[str, LabelMeaning] = {
    **dict.fromkeys(("title", "headline", "标题", "標題", "题目", "信息名称"), "title"),
    **dict.fromkeys(
        (
            "date", "published", "published on", "publication date", "published date", "date published",
            "release date", "released", "date of release", "issued", "issued on", "date issued", "issue date",
            "date of issue", "posted", "posted on", "publish time", "release time", "time", "pubdate", "日期",
            "发布日期", "發布日期", "發佈日期", "发布时间", "發布時間", "發佈時間", "时间", "時間", "刊登日期",
            "发文日期", "成文日期", "发表时间",
        ),
        "published",
    ),
    **dict.fromkeys(
        (
            "updated", "updated on", "last updated", "last update", "last modified", "date modified", "update time",
            "更新时间", "更新時間", "更新日期", "最后更新", "最後更新", "最近更新", "修改时间",
        ),
        "updated",
    ),
    **dict.fromkeys(
        ("source", "from", "来源", "來源", "信息来源", "消息來源", "文章来源", "稿件来源", "来源单位"), "source"
    ),
    **dict.fromkeys(
        ("issued by", "issuing office", "issuing body", "发布机构", "發布機構", "发文机关", "发布单位"), "office"
    ),
    **dict.fromkeys(
        (
            "topics", "fontsize", "font size", "字号", "字號", "字体", "字體", "字体大小", "author", "作者", "编辑",
            "編輯", "责任编辑", "責任編輯", "浏览次数", "点击数", "阅读次数", "瀏覽次數",
            "瀏覽人次", "浏览量", "瀏覽量", "阅读量", "閱讀量", "閱讀次數", "點擊次數",
            "点击次数", "点击量", "访问量", "分享", "分享到", "keywords",
            "关键词", "關鍵詞", "索引号", "文号", "主题分类", "打印", "收藏", "校对", "审核",
        ),
        "ignored",
    ),
}  # fmt: skip
_LABEL = re.compile(
    r"(?:(?<=\s)|(?<=^)|(?<=[|｜\[【(（]))("
    + "|".join(re.escape(label).replace(r"\ ", r"\s") for label in sorted(_LABELS, key=len, reverse=True))
    + r")\s?[:：]",
    re.IGNORECASE,
)
_AROUND_VALUES = " \t|｜[]【】()（）;；"


def is_furniture(line: str, *, at_edge: bool) -> bool:
    """Whether a tidy line is a button, a link or a file name of the page; more counts as such at the edges."""
    if len(line) > LONGEST_FURNITURE:
        return False
    folded = line.casefold().rstrip(" :：")
    if folded in _ANYWHERE or _IMAGE_FILE.fullmatch(line):
        return True
    return at_edge and (
        line in _LETTER_SIZES
        or folded in _AT_THE_EDGES
        or folded in _BANNERS
        or is_decoration(line)
        or _FONT_SIZE.fullmatch(line) is not None
        or (not _CRUMB_MARKS.isdisjoint(line) and _BREADCRUMBS.fullmatch(line) is not None)
        or is_picture_note(line)
        or _is_row_of_buttons(folded)
        or counts_readers(line)
        or invites_to_read_on(line)
    )


def is_imprint(line: str) -> bool:
    """An address, a page number, a copyright or licence line of the site: no part of a release at either end."""
    return _ADDRESS.fullmatch(line) is not None or _IMPRINT.fullmatch(line) is not None


def is_masthead(line: str) -> bool:
    """The name of a publisher or of its site, or a banner, as it stands above a headline."""
    folded = line.casefold().strip(" :：")
    if len(line) > LONGEST_FURNITURE * 2:
        return False
    return folded in _MASTHEADS or folded in _BANNERS or is_named(line)


def is_letterhead(line: str) -> bool:
    """What says of itself that a release stands below: `Ministry of Ports News Release`, `交通部新聞稿`."""
    return _LETTERHEAD.fullmatch(line) is not None


def is_picture_note(line: str) -> bool:
    """What info.gov.hk writes behind a headline: `(with photos/video)`, `（附圖／短片）`."""
    return _WITH_PICTURES.fullmatch(line) is not None


def opens_section(line: str) -> bool:
    """Whether a tidy line heads links, photographs or films beside the release."""
    return len(line) <= LONGEST_FURNITURE and line.casefold().strip(" :：") in _SECTIONS


def _is_row_of_buttons(folded: str) -> bool:
    words = [word for word in _BETWEEN_BUTTONS.split(folded) if word]
    return len(words) > 1 and all(word in _AT_THE_EDGES for word in words)


def is_decoration(line: str) -> bool:
    """A row of stars or rules, as below the headlines of info.gov.hk."""
    return _DECORATION.fullmatch(line) is not None


def is_end_mark(line: str) -> bool:
    """`NNNN`, `Ends`, `完` and kin, alone on their line."""
    return len(line) <= LONGEST_FURNITURE and line.casefold() in _END_MARKS


def labels(line: str) -> tuple[str, list[Labelled]]:
    """The labelled facts of a line, (meaning, label, value) each, and what stands before the first of them.

    Several may share a line: `日期：2024-06-13 来源：北京外办 字号：大 中 小`.
    """
    found = list(_LABEL.finditer(line))
    if not found:
        return line, []
    ends = [match.start() for match in found[1:]] + [len(line)]
    facts = [
        (_LABELS[" ".join(match[1].casefold().split())], match[1], _value(line[match.end() : end]))
        for match, end in zip(found, ends, strict=True)
    ]
    return line[: found[0].start()].strip(_AROUND_VALUES), facts


def _value(text: str) -> str:
    """A value without the marks between labels; a bracket that it opened itself stays closed."""
    value = text.strip(_AROUND_VALUES)
    for opening, closing in ("()", "（）", "[]", "【】"):
        if value.count(opening) > value.count(closing):
            value += closing
    return value
