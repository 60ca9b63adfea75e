"""Chinese characters that say much by themselves: one for another turns what is said, as no slip of the pen does.

In Simplified characters, as texts are compared. A character that is neither here nor sounds like one here may be put
in another's place by a keyboard or an ear (一直, 一值).
"""

_GROUPS = (
    "升跌涨落降增减加扣添删扩缩长短延提攀滑飙挫盈亏赚蚀赢输胜负败",  # more and less
    "上下东西南北左右前后内外里中间旁顶底侧边高低深浅远近进出入退返往来去回离到",  # places and ways
    "大小多少众寡轻重厚薄宽窄粗细快慢早晚迟先强弱优劣好坏良佳差新旧老幼青冷热寒暖凉干湿晴雨阴明暗",  # qualities
    "男女父母子儿夫妻婆公爷奶兄弟姐妹姊叔姨孙童婴妇",  # people
    "死伤亡病生活存殁愈患残孕产",  # life and health
    "可须需应必要准禁许勿莫能会将已曾未不没无非否别有免",  # what may, must and must not be, what was and will be
    "是真假对错正误实虚公私官民合违守犯",  # right and wrong
    "买卖购售租借贷还付收支取给予交领缴退欠赔捐赠",  # give and take
    "开关停止启闭始终起复断通封堵放拆建设撤立废弃换改修毁",  # begin and end
    "赞反支抗同异拒否批驳斥认承辞任免罢选委聘雇解捕释囚控罪",  # for and against
    "全半部各每某任整单双仅只均皆共总唯独几数余逾超约近满足缺达至最更较甚很太颇稍略再又仍亦也都",  # how many, how much
    "年月日时分秒周季旬天夜晨午今昨翌春夏秋冬",  # time
    "人户名员个家间宗次件项条所座层岁届级等倍成折元角万亿千百吨斤克米里尺呎吋寸升度点号",  # what is counted
    "港美日欧英中法德俄韩泰澳台加印越星马",  # currencies and countries
    "甲乙丙丁戊一二三四五六七八九十两零首次末尾主副正代署",  # order and rank
    "东线站桥路街道巷村镇县市省区州国岛湾河湖海山",  # parts of a country
    "水电火油气煤车船机飞校院局署处司厅科课组股会党团队军警法",  # things and bodies
    "我你他她它们咱其自谁何哪这那此该彼",  # who is meant
    "因为但虽若如或与和及而且则故由从向被把让使令令以按依除",  # how sentences hang together
    "红黄蓝绿黑白紫橙",  # warnings are in colours
    "药毒酒烟枪刀弹毙杀打击炸烧爆撞坠溺劫盗骗贪贿",  # crimes and accidents
    "安危险急紧缓严松密疏稳乱和战攻防",  # safe and not
    "肯愿拟欲试敢求请促命准嘱告知悉疑信",  # what is wanted and asked
    "头手足眼耳口心肝肺肾脑血骨",  # parts of the body
    "农工商学兵医教师生",  # callings
)
WEIGHTY = frozenset("".join(_GROUPS))
# Written for each other by the sound; what is meant shows in the sentence.
_ALIKE = "在再|以已己|须需|份分|里理|只止|部步|到倒|至致|由尤|于与|座坐|度渡|长常|交缴|合和|公工|工功|气汽|它牠|提题"
_PAIRS = frozenset(frozenset((one, other)) for group in _ALIKE.split("|") for one in group for other in group)


def weighs(one: str, other: str) -> bool:
    """Whether the meaning turns where one of the two stands in the other's place."""
    return bool(WEIGHTY & {one, other}) and frozenset((one, other)) not in _PAIRS
