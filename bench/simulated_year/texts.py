"""Words for releases that nobody issued: every text its own, by a seed, in English and Chinese."""

from random import Random

_WORDS = """
    harbour lantern ferry office minister budget school island report season river station market council bridge road
    library museum engine meadow orchard valley signal notice survey programme service visitor resident farmer sailor
    teacher driver nurse builder contract permit licence tariff refund grant inquiry project shelter garden channel
    tower reservoir pipeline turbine workshop archive hearing summit delegation agreement tender campaign festival
""".split()  # noqa: SIM905  -- reads better than sixty quoted words
_VERBS = ("opens", "extends", "reviews", "publishes", "repairs", "measures", "funds", "inspects", "replaces", "renews")
_PLACES = ("Gull Point", "Lantern Bay", "the old quay", "North Ferry", "the upper town", "Plover Strand")
_HANZI = """
    港口 渡轮 部长 预算 学校 岛屿 报告 季度 河流 车站 市场 桥梁 道路 图书馆 博物馆 山谷
    信号 通知 调查 项目 服务 居民 农民 教师 司机 合同 许可 补贴 庇护 花园 航道 灯塔 水库 管道 车间 档案 听证
    代表团 协议 招标 节日 工程 码头 电站 医院 气象 渔船 货物 仓库 铁路
""".split()  # noqa: SIM905  -- as above
_ACTS = ("扩建", "审查", "公布", "修复", "测量", "资助", "检查", "更换", "支持", "更新")


def title_of(rng: Random, language: str) -> str:
    """A headline that hardly any other release has."""
    if language == "zh":
        return f"{_pick(rng, _HANZI, 1)}部门{rng.choice(_ACTS)}{_pick(rng, _HANZI, 3)}"
    return f"{_pick(rng, _WORDS, 2).capitalize()} {rng.choice(_VERBS)} {_pick(rng, _WORDS, 3)} at {rng.choice(_PLACES)}"


def paragraphs_of(rng: Random, language: str) -> tuple[str, ...]:
    """Three to five paragraphs of two or three sentences."""
    return tuple(" ".join(sentence(rng, language) for _ in range(rng.randint(2, 3))) for _ in range(rng.randint(3, 5)))


def sentence(rng: Random, language: str) -> str:
    """One sentence with a figure in it."""
    figure = f"{rng.randint(11, 9_999):,}"
    if language == "zh":
        words = [rng.choice(_HANZI) for _ in range(14)]
        return f"{''.join(words[:7])}{rng.choice(_ACTS)}了{figure}处{''.join(words[7:])}。"
    words = [rng.choice(_WORDS) for _ in range(14)]
    return f"The {' '.join(words[:5])} {rng.choice(_VERBS)} {figure} {' '.join(words[5:])} near {rng.choice(_PLACES)}."


def _pick(rng: Random, words: list[str], count: int) -> str:
    return ("" if words is _HANZI else " ").join(rng.choice(words) for _ in range(count))
