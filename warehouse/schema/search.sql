-- The index behind the macro `search`: only the published copy has it, and `warehouse/search_index.py` fills it.

-- Where words stand: sorted runs one after the other, each by term and reading.
CREATE TABLE published.postings (
    term UBIGINT NOT NULL, -- a word or two Chinese characters, as published.term_of counts them
    reading_no UINTEGER NOT NULL, -- the reading it stands in
    weight UTINYINT NOT NULL -- what it adds to the score of that reading, before its rarity; 255 is most
);

-- The same of the newest batches, each sorted by itself until a run is made of them.
CREATE TABLE published.newest_postings (
    term UBIGINT NOT NULL, -- a word or two Chinese characters, as published.term_of counts them
    reading_no UINTEGER NOT NULL, -- the reading it stands in
    weight UTINYINT NOT NULL -- what it adds to the score of that reading, before its rarity; 255 is most
);

-- What the index has taken up, portion by portion.
CREATE TABLE published.indexed (
    readings BIGINT NOT NULL, -- how many readings
    postings BIGINT NOT NULL -- how many postings they had
);

-- Characters that are sought in the form of another: Traditional ones in the Simplified.
CREATE TABLE published.chinese_forms (
    code INTEGER NOT NULL, -- code point of the character
    folded INTEGER NOT NULL -- code point of the form it is sought in
);

-- Text as it is compared: in small letters, without accents, full-width letters and figures as ordinary ones.
CREATE MACRO published.compared(told) AS lower(strip_accents(CASE
    WHEN regexp_matches(told, '[\x{FF10}-\x{FF5A}]') THEN translate(told,
        '０１２３４５６７８９ＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳＴＵＶＷＸＹＺａｂｃｄｅｆｇｈｉｊｋｌｍｎｏｐｑｒｓｔｕｖｗｘｙｚ',
        '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz')
    ELSE told END));

-- Runs of Chinese or Japanese characters in compared text.
CREATE MACRO published.runs_in(compared) AS regexp_extract_all(compared, '[\p{Han}\p{Hiragana}\p{Katakana}]+');

-- Words of every other script, and numbers whole, in compared text.
CREATE MACRO published.words_in(compared) AS regexp_extract_all(compared, '\p{Nd}+(?:[.,]\p{Nd}+)+|(?:[^\p{Han}\p{Hiragana}\p{Katakana}\P{L}]|\p{N}|\p{M})+(?:[''’](?:[^\p{Han}\p{Hiragana}\p{Katakana}\P{L}])+)*');

-- What is sought of a run: every two characters that follow each other; of a single character itself.
CREATE MACRO published.pairs_in(run) AS list_transform(range(1, greatest(2, length(run))), lambda i: run[i:i + 1]);

-- Everything in compared text that can be sought.
CREATE MACRO published.tokens_in(compared) AS list_concat(
    published.words_in(compared),
    flatten(list_transform(published.runs_in(compared), lambda run: published.pairs_in(run))));

-- A word without English endings: plural, -ed, -ing, a last e and a doubled last letter; 1,000 is 1000.
CREATE MACRO published.stem(word) AS list_transform([
    regexp_replace(regexp_replace(regexp_replace(regexp_replace(regexp_replace(regexp_replace(regexp_replace(
    regexp_replace(regexp_replace(word,
    '[''’]s$|[''’]|,', '', 'g'),
    '^news$', 'newss'),
    '^([a-z]{2,})(?:ies|ied)$', '\1y'),
    '^([a-z]+(?:ss|x|ch|sh|zz))es$', '\1'),
    '^([a-z]{2,}[a-hj-rtv-z])s$', '\1'),
    '^([a-z]+[rt]ee)d$', '\1'),
    '^([a-z]{2,}[a-df-z])ed$', '\1'),
    '^([a-z]*[aeiouy][a-z]{2,}|[a-z]+[aeiouy][a-z]+|[a-z]{2,}[aeiouy])ing$', '\1'),
    '^([a-z]{3,})e$', '\1')],
    lambda s: CASE WHEN length(s) > 3 AND s[-1] = s[-2] AND s[-1] BETWEEN 'b' AND 'z' THEN s[:-2] ELSE s END)[1];

-- The number of a token: of Chinese characters from their folded code points, of a word from its digest.
CREATE MACRO published.term_of(token, folded, folded_next) AS CAST(CASE
    WHEN regexp_matches(token, '^[\p{Han}\p{Hiragana}\p{Katakana}]') THEN CAST(folded AS BIGINT) * 2097152 + folded_next
    ELSE md5_number_lower(published.stem(token)) | 9223372036854775808::UBIGINT END AS UBIGINT);

-- What was asked for, part by part: words, quoted phrases, OR, and either with a - before it. The first 1,000 characters.
CREATE MACRO published.parts_of(words) AS regexp_extract_all(left(words, 1000), '-?"[^"]*"?|[^\s"]+');

-- The words and single Chinese characters of compared text, in their order.
CREATE MACRO published.pieces_of(compared) AS regexp_extract_all(compared, '[\p{Han}\p{Hiragana}\p{Katakana}]|\p{Nd}+(?:[.,]\p{Nd}+)+|(?:[^\p{Han}\p{Hiragana}\p{Katakana}\P{L}]|\p{N}|\p{M})+(?:[''’](?:[^\p{Han}\p{Hiragana}\p{Katakana}\P{L}])+)*');

-- The pattern of a word as it stands.
CREATE MACRO published.as_printed(word) AS CASE
    WHEN regexp_full_match(word, '[a-z0-9]+') THEN '\b' || word || '\b'
    ELSE regexp_escape(word) END;

-- The pattern of a word in every form that has its stem.
CREATE MACRO published.any_form(stem) AS CASE
    WHEN regexp_full_match(stem, '[a-z]{2,}y') THEN '\b' || stem[:-2] || '(?:y|ie)(?:s|d|ed|ing)?\b'
    WHEN regexp_full_match(stem, '[a-z]{3,}') THEN '\b' || stem || stem[-1] || '?(?:e|es|s|ed|d|ing|ings)?\b'
    ELSE published.as_printed(stem) END;

-- Whether the words found, as bits, have one choice of every list of choices and nothing that is barred.
CREATE MACRO published.matches(bits, wanted, barred) AS
    list_bool_and(list_transform(wanted,
        lambda choices: list_bool_or(list_transform(choices, lambda choice: bits & choice = choice))))
    AND NOT coalesce(list_bool_or(list_transform(barred, lambda one: bits & one = one)), false);

-- The words of compared text with one space around each, so that a phrase is found as text.
CREATE MACRO published.spaced(compared) AS ' ' || trim(regexp_replace(compared, '[^\p{L}\p{N}]+', ' ', 'g')) || ' ';
