"""Pages with status 200 that say of themselves, in a sentence or two, that they are gone.

What is told of is the page, its content or article, in the words of a site that speaks to its reader. A release that
tells of a removal says more than that, and one that its publisher withdrew is named as a release: neither is meant.
"""

import re

FEW, SOME = 320, 1_500
"""Bytes of visible text, its title aside: of a page under any title, of one whose title tells nothing else."""

_SITE_OPENS = r"(?:(?:we are |we['’]re )?(?:very )?(?:sorry|oops|error|notice|unfortunately)\b\W{0,3}(?:but )?)?"
_THING = r"(?:web ?page|page|content|article|item|story|post|link)"
_ASKED = (
    r"(?: (?:that |which )?you(?: are|['’]re| were|['’]ve| have)? (?:currently )?(?:looking for|requested|asked for"
    r"|trying to (?:access|reach|view)|tried to (?:access|reach|view|open)|want(?:ed)?))"
)
_GONE = (
    r"(?:(?:has|have|was|were|may have|might have)(?: already)?(?: been)? (?:removed|deleted|archived|unpublished"
    r"|taken down|taken offline)|(?:is|was) (?:no longer (?:available|here|online|accessible)|unavailable|not available"
    r"|not found|gone)|no longer exists|(?:does not|doesn['’]t|did not) exist|(?:cannot|can['’]t|could not) be found)"
)
_WHERE = (
    r"(?: (?:from|on|at|in) (?:this|our|the) (?:web ?site|site|server|address|page|portal)| here| any ?more"
    r"| by (?:the|its) (?:publisher|author|owner|editor))?"
)
_ENGLISH = re.compile(
    rf"(?:^|[.!?\n] ?){_SITE_OPENS}(?:this {_THING}|the {_THING}{_ASKED}?|{_THING} {_ASKED}) {_GONE}{_WHERE}"
    rf"(?:,? (?:and|or) (?:{_GONE}|moved|renamed|deleted|removed|is no longer available){_WHERE})?"
    r"(?=\s?(?:[.!?;\n]|$))",
    re.IGNORECASE,
)
_CHINESE = re.compile(
    r"(?:^|[。！!？?\n\s])(?:(?:温馨|溫馨|系统|系統)?提示[：:]\s?)?(?:(?:很|非常)?抱歉|对不起|對不起|您好)?[，,！!\s]{0,2}"
    r"(?:您|你|所|要|想)*(?:正在)?(?:访问|訪問|浏览|瀏覽|查看|寻找|尋找|查找|找|请求|請求|要求|要)?的?"
    r"(?:该|該|此|本|这个|這個|这篇|這篇)?(?:页面|頁面|网页|網頁|内容|內容|文章|信息|資訊|资讯|链接|連結|鏈接)"
    r"(?:可能|或许|或許)?(?:已经|已經|已|现已|現已)?(?:被|遭)?"
    r"(?:不存在|不复存在|删除|刪除|移除|下线|下線|下架|撤下|失效|过期|過期|归档|歸檔|无法找到|無法找到|找不到)"
    r"(?:(?:、|或|或者|或已|，或)(?:已经|已經|已|被)*(?:不存在|删除|刪除|移除|移动|移動|更改名稱|更改名称|下线|下線|失效|过期|過期"
    r"|[暂暫][时時](?:无法使用|無法使用|不可用))){0,3}(?=[。！!；;，,\n\s]|$)",
)
_TITLES = re.compile(
    r"(?:error|sorry|oops|notice|message|information|archived|gone|removed|deleted|unavailable|(?:page|content|article)"
    r" (?:removed|deleted|archived|unavailable|not available|no longer available|expired)|提示(?:信息)?"
    r"|系统提示|系統提示"
    r"|温馨提示|溫馨提示|友情提示|错误(?:提示|页面|信息)?|錯誤(?:提示|頁面|訊息)?|出错了|抱歉|对不起|對不起|访问出错"
    r"|(?:页面|頁面|网页|網頁|内容|內容|文章)(?:已|已被|已经|已經)?(?:删除|刪除|移除|下线|下線|不存在|失效))\W*"
)
_WITHDRAWN = re.compile(r"withdrawn|retract|rescind|recall|撤回|撤稿|撤销|撤銷|作废|作廢|收回", re.IGNORECASE)


def says_it_is_gone(title: str, shown: str) -> bool:
    """Whether a page is a notice that what was asked for is gone.

    :param title: in lower case, without the name of the site.
    :param shown: its visible text but for the title, a line for each element.
    """
    size = len(shown.encode())
    if size > SOME or _WITHDRAWN.search(shown) or _WITHDRAWN.search(title):
        return False
    if size > FEW and not _TITLES.fullmatch(title):
        return False
    return _ENGLISH.search(shown) is not None or _CHINESE.search(shown) is not None
