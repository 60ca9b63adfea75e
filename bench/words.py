"""The words that generated releases are made of; all bodies, people and programmes are invented."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    """Word lists of one language. `sentences` are patterns over the lists, `{n}` is a number."""

    offices: tuple[str, ...]
    people: tuple[str, ...]
    acts: tuple[str, ...]
    things: tuple[str, ...]
    places: tuple[str, ...]
    aims: tuple[str, ...]
    sentences: tuple[str, ...]
    titles: tuple[str, ...]
    headings: tuple[str, ...]


ENGLISH = Words(
    offices=(
        "the Harbour Works Department",
        "the Bureau of Tidal Affairs",
        "the Lighthouse Authority",
        "the Office for Orchard Safety",
        "the Ferry Pilots Commission",
        "the Department of Public Clocks",
        "the Weather Balloon Service",
        "the Reservoirs Agency",
        "the Council on Night Markets",
    ),
    people=(
        "Commissioner Ada Quill",
        "Director Tam Wing-sum",
        "Secretary Jonas Peel",
        "Under Secretary Mei Larkin",
        "Chief Engineer Ho Pak-lam",
        "Controller Vera Stone",
        "Deputy Director Lin Zhouyun",
    ),
    acts=(
        "announced",
        "confirmed",
        "published",
        "opened consultation on",
        "extended",
        "completed a review of",
        "signed an agreement on",
        "inspected progress of",
        "awarded the contract for",
        "released figures on",
    ),
    things=(
        "the seawall renewal programme",
        "a register of small vessels",
        "the licensing of street clocks",
        "new rules for rooftop gardens",
        "the winter timetable of inner ferries",
        "a fund for village libraries",
        "the third stage of the footbridge works",
        "an inventory of public wells",
        "a trial of quiet road surfaces",
        "the joint rescue exercise",
        "a scholarship for apprentice pilots",
        "the survey of coastal birds",
    ),
    places=(
        "at Cormorant Bay",
        "in the eastern districts",
        "along the old canal",
        "on Lantern Island",
        "across the outer wards",
        "near the Ninth Pier",
        "in the upper valley",
        "at the Granary Hall",
    ),
    aims=(
        "to shorten waiting times",
        "to keep costs within the approved estimate",
        "to protect residents from flooding",
        "to give small firms fairer access",
        "to answer concerns raised by schools",
        "to prepare for the wet season",
        "to improve access for older people",
        "to meet the standard adopted last spring",
    ),
    sentences=(
        "{Office} {act} {thing} {place}, with {n} applications received by the close of the second week.",
        "{person} said that {thing} would be carried out {place} {aim}, at a cost of about ${n} thousand.",
        "About {n} residents {place} took part, and {person} thanked {office} for its help {aim}.",
        "Under the arrangement, {office} will report on {thing} every quarter {aim}.",
        "{Office} received {n} enquiries about {thing}, of which a third came from households {place}.",
        "Members of the public may inspect the plans {place} for {n} days; {person} encouraged them to comment.",
        "In reply to questions, {person} explained how {thing} had been changed {aim}.",
        "The number of inspections {place} rose to {n}, the highest since {office} began to publish {thing}.",
    ),
    titles=(
        "{Office} {act} {thing}",
        "{person} visits works {place}",
        "Progress of {thing} {place}",
        "{Office} acts {aim}",
        "Transcript of remarks by {person} on {thing}",
    ),
    headings=("Results of the first stage", "What happens next", "Points raised by residents", "Background"),
)

TRADITIONAL = Words(
    offices=("海港工程署", "潮汐事務局", "燈塔管理處", "果園安全辦公室", "渡輪領航委員會", "公共時鐘署", "水塘管理局"),
    people=("署長譚詠森", "局長貝逸朗", "副局長林美琪", "總工程師何柏霖", "專員石慧雅", "副署長連舟雲"),
    acts=("公布", "確認", "開展諮詢", "延長", "完成檢討", "簽署協議推行", "視察", "批出合約進行"),
    things=(
        "海堤更新計劃",
        "小型船隻登記冊",
        "街道時鐘發牌安排",
        "天台花園新規定",
        "內港渡輪冬季班次",
        "鄉村圖書館基金",
        "第三期行人天橋工程",
        "公共水井名錄",
        "低噪音路面試驗",
        "聯合救援演習",
        "見習領航員獎學金",
        "沿岸雀鳥普查",
    ),
    places=(
        "在鸕鶿灣",
        "於東部各區",
        "沿舊運河一帶",
        "在燈籠島",
        "於外圍選區",
        "在第九號碼頭附近",
        "於上游山谷",
        "在糧倉會堂",
    ),
    aims=(
        "縮短市民輪候時間",
        "把開支控制在核准預算之內",
        "保障居民免受水浸影響",
        "讓小型商戶有公平參與機會",
        "回應學校提出的關注",
        "為雨季作好準備",
        "方便長者使用",
        "達到去年春季採納的標準",
    ),
    sentences=(
        "{office}{place}{act}{thing}，截至第二個星期結束時共收到{n}宗申請，負責人員會逐一跟進。",
        "{person}表示，{thing}將{place}分階段推行，以{aim}，預計開支約為{n}千元。",
        "約{n}名居民{place}參與有關活動，{person}感謝{office}協助{aim}。",
        "根據有關安排，{office}每季會就{thing}提交報告，務求{aim}。",
        "{office}就{thing}接獲{n}宗查詢，其中三分之一來自{place}居住的家庭。",
        "市民可{place}查閱有關圖則，為期{n}天；{person}鼓勵各界提出意見。",
        "{person}回應提問時解釋，{thing}經修訂後能更有效地{aim}。",
    ),
    titles=("{office}{act}{thing}", "{person}{place}視察工程", "{thing}進展順利", "{office}採取措施{aim}"),
    headings=("首階段成果", "下一步工作", "居民提出的意見", "背景資料"),
)

SIMPLIFIED = Words(
    offices=(
        "海港工程局",
        "潮汐事务局",
        "灯塔管理处",
        "果园安全办公室",
        "渡轮领航委员会",
        "公共时钟中心",
        "水库管理局",
    ),
    people=("主任谭咏森", "局长贝逸朗", "副局长林美琪", "总工程师何柏霖", "专员石慧雅", "副主任连舟云"),
    acts=("发布", "确认", "启动征求意见", "延长", "完成评估", "签署协议推进", "调研", "启动招标实施"),
    things=(
        "海堤更新计划",
        "小型船舶登记册",
        "街道时钟许可办法",
        "屋顶花园新规定",
        "内港渡轮冬季班次",
        "乡村图书馆基金",
        "第三期人行天桥工程",
        "公共水井名录",
        "低噪音路面试点",
        "联合救援演练",
        "见习领航员奖学金",
        "沿岸鸟类普查",
    ),
    places=(
        "在鸬鹚湾",
        "在东部各区",
        "沿旧运河一带",
        "在灯笼岛",
        "在外围街道",
        "在第九码头附近",
        "在上游山谷",
        "在粮仓会堂",
    ),
    aims=(
        "缩短市民等候时间",
        "把支出控制在批准预算之内",
        "保障居民免受内涝影响",
        "让小微企业公平参与",
        "回应学校提出的关切",
        "为汛期做好准备",
        "方便老年人使用",
        "达到去年春季通过的标准",
    ),
    sentences=(
        "{office}{place}{act}{thing}，截至第二周结束时共收到{n}份申请，工作人员将逐一跟进。",
        "{person}表示，{thing}将{place}分阶段推进，以{aim}，预计支出约为{n}千元。",
        "约{n}名居民{place}参加有关活动，{person}感谢{office}协助{aim}。",
        "根据有关安排，{office}每季度就{thing}提交报告，力求{aim}。",
        "{office}就{thing}接到{n}次咨询，其中三分之一来自{place}居住的家庭。",
        "会议强调，要围绕{thing}压实责任，{place}先行先试，{aim}。",
        "{person}回答提问时介绍，{thing}经修订后能够更有效地{aim}。",
    ),
    titles=("{office}{act}{thing}", "{person}{place}调研", "{thing}取得新进展", "{office}多措并举{aim}"),
    headings=("首阶段成果", "下一步工作", "居民反映的意见", "背景情况"),
)
