-- Sentences that bodies and headlines are put together from.
CREATE OR REPLACE TEMP MACRO chance(a, b, n) AS 1 + CAST(hash(a, b) % n AS INTEGER);

CREATE OR REPLACE TEMP TABLE pool AS
WITH words AS (
    SELECT ['minister', 'office', 'said', 'the', 'of', 'harbour', 'new', 'measures', 'public', 'health', 'services',
        'meeting', 'and', 'for', 'with', 'visit', 'agreement', 'water', 'schools', 'trade', 'climate', 'report',
        'today', 'will', 'be', 'held', 'foreign', 'affairs', 'security', 'cooperation', 'budget', 'scheme'] AS en,
    ['政府', '今日', '公布', '新', '措施', '醫院', '市民', '衞生署', '發言人', '表示', '合作', '會議', '外交部', '北京', '香港', '代表團',
        '訪問', '舉行', '教育', '局長', '安全', '環境', '運輸', '報告', '的', '和', '在', '將', '於', '一帶一路', '經濟', '發展'] AS zh
)
SELECT
    list(array_to_string(list_transform(range(18), lambda k: en[chance(s, k, 32)]), ' ') || '. ' ORDER BY s) AS en,
    list(array_to_string(list_transform(range(20), lambda k: zh[chance(s, k, 32)]), '') || '。' ORDER BY s) AS zh
FROM words, range(2048) AS r(s)
GROUP BY words.en, words.zh
