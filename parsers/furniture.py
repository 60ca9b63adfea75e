"""What pages print around a release that is no part of it: buttons, banners, decorations, end marks, labels.

Whole lines only, as seen on info.gov.hk, news.gov.hk, wb.beijing.gov.cn and their kin; nothing is removed
from inside a line of text. Some words are furniture anywhere (`Back to top`), others only above the first
and below the last paragraph (`Share`).
"""

import re
from typing import Literal

LabelMeaning = Literal["title", "published", "updated", "source", "office", "ignored"]

LONGEST_FURNITURE = 60  # characters

_ANYWHERE = frozenset(
    {
        "back to top", "go to top", "return to top", "回到頁首", "返回頁首", "回到页首", "返回页首", "回頁首",
        "返回顶部", "回到顶部", "返回頂部", "回到頂部", "go to main content", "skip to main content",
        "跳至主要內容", "跳至主要内容", "跳到主要內容", "跳到主要内容",
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
        "related news", "相關新聞", "相关新闻", "扫一扫在手机打开当前页", "扫一扫在手机打开当前页面", "相关稿件",
        "相关链接", "相關連結", "sign up for mail updates", "pdf version", "back to index page",
    }
)  # fmt: skip
_BANNERS = frozenset(
    {
        "press release", "press releases", "news release", "media release", "for immediate release",
        "media statement", "新聞公報", "新闻公报", "新聞稿", "新闻稿", "新聞發布", "新闻发布",
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
_BREADCRUMBS = re.compile(r"[^。.!?>›»]{1,40}(?:\s(?:>|>>|›|»)\s[^。.!?>›»]{1,40}){1,6}")  # Home > News > Speeches
_FONT_SIZE = re.compile(r"(?:font\s?size|字号|字號|字体|字體|字体大小|字體大小)\s?[:：].{0,30}", re.IGNORECASE)

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
            "編輯", "责任编辑", "責任編輯", "浏览次数", "点击数", "阅读次数", "分享", "分享到", "keywords",
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
        folded in _AT_THE_EDGES
        or folded in _BANNERS
        or is_decoration(line)
        or _FONT_SIZE.fullmatch(line) is not None
        or _BREADCRUMBS.fullmatch(line) is not None
    )


def is_decoration(line: str) -> bool:
    """A row of stars or rules, as below the headlines of info.gov.hk."""
    return _DECORATION.fullmatch(line) is not None


def is_end_mark(line: str) -> bool:
    """`NNNN`, `Ends`, `完` and kin, alone on their line."""
    return len(line) <= LONGEST_FURNITURE and line.casefold() in _END_MARKS


def labels(line: str) -> tuple[str, list[tuple[LabelMeaning, str, str]]]:
    """The labelled facts of a line, (meaning, label, value) each, and what stands before the first of them.

    Several may share a line: `日期：2024-06-13 来源：北京外办 字号：大 中 小`.
    """
    found = list(_LABEL.finditer(line))
    if not found:
        return line, []
    ends = [match.start() for match in found[1:]] + [len(line)]
    facts = [
        (_LABELS[" ".join(match[1].casefold().split())], match[1], line[match.end() : end].strip(_AROUND_VALUES))
        for match, end in zip(found, ends, strict=True)
    ]
    return line[: found[0].start()].strip(_AROUND_VALUES), facts
