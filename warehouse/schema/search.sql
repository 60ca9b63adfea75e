-- The index behind the macro `search`: only the published copy has it, and `warehouse/search_index.py` fills it.

-- Where words stand: runs sorted by term one after the other, and the newest batches, each sorted by itself.
CREATE TABLE published.postings (
    term UBIGINT NOT NULL, -- a word or two Chinese characters, as published.term_of counts them
    reading_no UINTEGER NOT NULL, -- the reading it stands in
    weight UTINYINT NOT NULL -- what it adds to the score of that reading, before its rarity; 255 is most
);

-- Terms that some run has often, counted ready-made: a question counts the places of all others itself.
CREATE TABLE published.common_terms (
    term UBIGINT NOT NULL, -- the term
    found BIGINT NOT NULL, -- in how many readings it stands
    foremost UTINYINT NOT NULL DEFAULT 0, -- as many of them as are looked at first weigh this or more; 0 until that is told
    weighed BIGINT NOT NULL DEFAULT 0 -- in how many it stood when that was told
);

-- How many readings that have the rarest word of a question are looked at before all others: those where it weighs most.
CREATE MACRO published.looked_at_first() AS 3000;

-- What the index has taken up, portion by portion.
CREATE TABLE published.indexed (
    last_reading BIGINT NOT NULL, -- the last reading of the portion
    readings BIGINT NOT NULL, -- how many readings
    postings BIGINT NOT NULL, -- how many postings they had
    in_a_run BOOLEAN NOT NULL -- they lie in a sorted run
);

-- Text as it is compared: in small letters, without accents, full-width letters and figures as ordinary ones.
CREATE MACRO published.compared(told) AS lower(strip_accents(CASE
    WHEN regexp_matches(told, '[\x{FF10}-\x{FF5A}]') THEN translate(told,
        '０１２３４５６７８９ＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳＴＵＶＷＸＹＺａｂｃｄｅｆｇｈｉｊｋｌｍｎｏｐｑｒｓｔｕｖｗｘｙｚ',
        '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz')
    ELSE told END));

-- Letters, marks and numbers of all scripts but Chinese and Japanese, as ranges: \p{L} takes long to be made ready.
CREATE MACRO published.in_words() AS '0-9A-Za-z\x{AA}\x{B2}\x{B3}\x{B5}\x{B9}\x{BA}\x{BC}-\x{BE}\x{C0}-\x{D6}\x{D8}-\x{F6}\x{F8}-\x{2C1}\x{2C6}-\x{2D1}\x{2E0}-\x{2E4}\x{300}-\x{374}\x{376}-\x{37D}\x{37F}\x{386}\x{388}-\x{481}\x{483}-\x{559}\x{560}-\x{588}\x{591}-\x{5BD}\x{5BF}\x{5C1}-\x{5F2}\x{610}-\x{61A}\x{620}-\x{669}\x{66E}-\x{6D3}\x{6D5}-\x{963}\x{966}-\x{96F}\x{971}-\x{1FFF}\x{2070}-\x{209C}\x{2150}-\x{2189}\x{2460}-\x{249B}\x{24EA}-\x{24FF}\x{2C00}-\x{2DFF}\x{3105}-\x{318E}\x{31A0}-\x{31BF}\x{3220}-\x{3229}\x{A000}-\x{D7FB}\x{FB00}-\x{FDFB}\x{FE20}-\x{FE2F}\x{FE70}-\x{FEFC}\x{FFA0}-\x{FFDC}\x{10000}-\x{1AFFF}\x{1C000}-\x{1CFFF}\x{1D400}-\x{1D7FF}\x{1E000}-\x{1EFFF}';

-- Characters of Chinese and Japanese, for patterns.
CREATE MACRO published.in_runs() AS '\p{Han}\p{Hiragana}\p{Katakana}';

-- Runs of Chinese or Japanese characters in compared text.
CREATE MACRO published.runs_in(compared) AS regexp_extract_all(compared, '[' || published.in_runs() || ']+');

-- Words of every other script, and numbers whole, in compared text.
CREATE MACRO published.words_in(compared) AS regexp_extract_all(compared,
    '[0-9]+(?:[.,][0-9]+)+|[' || published.in_words() || ']+(?:[''’][' || published.in_words() || ']+)*');

-- Whether a piece is a Chinese or Japanese character.
CREATE MACRO published.is_character(piece) AS length(piece) = 1 AND piece >= '⺀';

-- What is sought of a run: every two characters that follow each other; of a single character itself.
CREATE MACRO published.pairs_in(run) AS list_transform(range(1, greatest(2, length(run))), lambda i: run[i:i + 1]);

-- Where Chinese and words or numbers touch, a blank between them or not: of 第57屆 the tokens 第57 and 57屆.
CREATE MACRO published.edges_in(compared) AS list_transform(list_concat(
    regexp_extract_all(compared, '[' || published.in_runs() || '] ?(?:[0-9]+(?:[.,][0-9]+)+|[' || published.in_words() || ']+)'),
    regexp_extract_all(compared, '(?:[0-9]+(?:[.,][0-9]+)+|[' || published.in_words() || ']+) ?[' || published.in_runs() || ']')),
    lambda edge: replace(edge, ' ', ''));

-- Everything in compared text that can be sought.
CREATE MACRO published.tokens_in(compared) AS list_concat(
    published.words_in(compared),
    flatten(list_transform(published.runs_in(compared), lambda run: published.pairs_in(run))),
    published.edges_in(compared));

-- What is sought of a part of a question: a single character only where nothing is known of what it touches.
CREATE MACRO published.tokens_of(told) AS CASE WHEN len(published.edges_in(told)) > 0
    THEN list_filter(published.tokens_in(told), lambda token: NOT published.is_character(token))
    ELSE published.tokens_in(told) END;

-- A word without English endings: plural, -ed, -ing, a last e and a doubled last letter; 1,000 is 1000.
CREATE MACRO published.stem(word) AS list_reduce(
    CASE WHEN regexp_full_match(word, '[a-z''’]+') AND word != 'news' THEN ['ies', 'es', 's', 'eed', 'ed', 'ing', 'e', ''] ELSE [''] END,
    lambda stem, ending: CASE
        WHEN NOT suffix(stem, ending) AND (ending != 'ies' OR NOT suffix(stem, 'ied')) THEN stem
        WHEN ending = 'ies' AND length(stem) > 4 THEN stem[:-4] || 'y'
        WHEN ending = 'es' AND length(stem) > 3 AND (stem[-3] = 'x' OR length(stem) > 4 AND stem[-4:-3] IN ('ss', 'ch', 'sh', 'zz')) THEN stem[:-3]
        WHEN ending = 's' AND length(stem) > 3 AND stem[-2] NOT IN ('i', 's', 'u') THEN stem[:-2]
        WHEN ending = 'eed' AND length(stem) > 4 AND stem[-4] IN ('r', 't') THEN stem[:-2]
        WHEN ending = 'ed' AND length(stem) > 4 AND stem[-3] != 'e' THEN stem[:-3]
        WHEN ending = 'ing' AND length(stem) > 5 AND translate(stem[:-4], 'aeiouy', '') != stem[:-4] THEN stem[:-4]
        WHEN ending = 'e' AND length(stem) > 3 THEN stem[:-2]
        WHEN ending = '' AND length(stem) > 3 AND stem[-1] = stem[-2] AND stem[-1] BETWEEN 'b' AND 'z' THEN stem[:-2]
        ELSE stem END,
    replace(replace(replace(
        CASE WHEN suffix(word, '''s') OR suffix(word, '’s') THEN word[:-3] ELSE word END, '''', ''), '’', ''), ',', ''));

-- The number of a token in Simplified characters: of Chinese its code points, of a word its digest.
CREATE MACRO published.term_of(token) AS CAST(CASE
    WHEN regexp_full_match(token, '[' || published.in_runs() || ']{1,2}')
        THEN CAST(unicode(token) AS BIGINT) * 2097152 + greatest(0, unicode(token[2:]))
    ELSE md5_number_lower(published.stem(token)) | 9223372036854775808::UBIGINT END AS UBIGINT);

-- A question as it was meant: any quotation marks are ", and what has no width was not typed.
CREATE MACRO published.typed(words) AS translate(words, '“”„‟＂「」『』​‌‍⁠﻿­', '"""""""""');

-- What was asked for, as clauses of which one part each is wanted: the first 1,000 characters.
CREATE MACRO published.clauses_of(words) AS
    regexp_extract_all(left(published.typed(words), 1000), '(?:-?"[^"]*"?|[^\s"]+)(?:\s+OR\s+(?:-?"[^"]*"?|[^\s"]+))*');

-- The parts of a clause: words, quoted phrases, and either with a - before it.
CREATE MACRO published.parts_of(clause) AS
    list_filter(regexp_extract_all(left(published.typed(clause), 1000), '-?"[^"]*"?|[^\s"]+'), lambda part: part != 'OR');

-- The terms of every part of a question, clause by clause.
CREATE MACRO published.asked(words) AS list_transform(published.clauses_of(words),
    lambda clause: list_transform(
        list_transform(published.parts_of(clause), lambda part: {
            'is_barred': part LIKE '-_%', 'told': published.simplified(published.compared(part))}),
        lambda part: {
            'is_barred': part.is_barred,
            'terms': list_transform(published.tokens_of(part.told), lambda token: published.term_of(token))}));

-- The words and single Chinese characters of compared text, in their order.
CREATE MACRO published.pieces_of(compared) AS regexp_extract_all(compared, '[' || published.in_runs() || ']'
    || '|[0-9]+(?:[.,][0-9]+)+|[' || published.in_words() || ']+(?:[''’][' || published.in_words() || ']+)*');

-- The pattern of a word as it stands, of a number with commas or none.
CREATE MACRO published.as_printed(word) AS CASE
    WHEN regexp_full_match(word, '[0-9][0-9.,]*')
        THEN '\b' || regexp_replace(regexp_escape(replace(word, ',', '')), '([0-9])', '\1,?', 'g')[:-3] || '\b'
    WHEN regexp_full_match(word, '[a-z0-9]+') THEN '\b' || word || '\b'
    ELSE replace(regexp_escape(replace(word, '’', '''')), '\''', '[''’]') END;

-- The pattern of a word in every form that has its stem.
CREATE MACRO published.any_form(stem) AS CASE
    WHEN regexp_full_match(stem, '[a-z]{2,}y') THEN '\b' || stem[:-2] || '(?:y|ie)(?:s|d|ed|ing)?\b'
    WHEN regexp_full_match(stem, '[a-z]{3,}') THEN '\b' || stem || stem[-1] || '?(?:e|es|s|ed|d|ing|ings)?\b'
    ELSE published.as_printed(stem) END;

-- The different terms of a question, in order; sixty at most, as each is one bit of a number.
CREATE MACRO published.terms_of(asked) AS
    list_sort(list_distinct(flatten(list_transform(flatten(asked), lambda part: part.terms))))[:60];

-- Where the terms of a part stand among those of the question.
CREATE MACRO published.places_of(part, terms) AS list_filter(
    list_transform(list_distinct(part.terms), lambda term: list_position(terms, term)), lambda nth: nth IS NOT NULL);

-- Clause by clause the parts of which one is wanted, each as places of its terms.
CREATE MACRO published.wanted_of(asked, terms) AS list_filter(list_transform(asked,
    lambda clause: list_filter(list_transform(list_filter(clause, lambda part: NOT part.is_barred),
        lambda part: published.places_of(part, terms)), lambda places: len(places) > 0)), lambda clause: len(clause) > 0);

-- The parts that nothing found may have, each as places of its terms.
CREATE MACRO published.barred_of(asked, terms) AS list_filter(
    list_transform(list_filter(flatten(asked), lambda part: part.is_barred), lambda part: published.places_of(part, terms)),
    lambda places: len(places) > 0);

-- Parts as bits of their terms.
CREATE MACRO published.bits_of(parts) AS list_transform(parts,
    lambda places: list_aggregate(list_transform(places, lambda nth: 1::BIGINT << (nth - 1)), 'bit_or'));

-- Whether the words found have a part of every clause and none that is barred, all as bits.
CREATE MACRO published.matches(bits, wanted, barred) AS
    list_bool_and(list_transform(wanted, lambda clause: list_bool_or(list_transform(clause, lambda part: bits & part = part))))
    AND NOT coalesce(list_bool_or(list_transform(barred, lambda part: bits & part = part)), false);

-- The rarest term of every part of the clause that the fewest readings can meet: where they are looked for.
CREATE MACRO published.rarest_of(wanted, found) AS list_transform(
    list_min(list_transform(
        list_transform(wanted, lambda clause: list_transform(clause,
            lambda part: list_min(list_transform(part, lambda nth: {'found': found[nth], 'nth': nth})))),
        lambda rarest: {'found': list_sum(list_transform(rarest, lambda one: one.found)), 'rarest': rarest})).rarest,
    lambda one: one.nth);

-- The words of compared text with one space around each, so that a phrase is found as text.
CREATE MACRO published.spaced(compared) AS
    ' ' || trim(regexp_replace(compared, '[^' || published.in_words() || published.in_runs() || ']+', ' ', 'g')) || ' ';

-- The pattern of a character in either script.
CREATE MACRO published.either_form(piece) AS '[' || published.forms_of(piece) || ']';

-- The pattern of pieces as they are printed: of a phrase with the signs between its words, else one or the other.
CREATE MACRO published.pattern_of(pieces, stems, is_phrase) AS array_to_string(list_transform(pieces, lambda piece, nth:
    CASE WHEN nth = 1 OR published.is_character(piece) AND published.is_character(pieces[nth - 1]) THEN ''
        WHEN is_phrase THEN '\W{0,4}'
        WHEN published.is_character(piece) OR published.is_character(pieces[nth - 1]) THEN ' ?'
        ELSE '|' END
    || CASE WHEN published.is_character(piece) THEN published.either_form(piece)
        WHEN is_phrase THEN published.as_printed(piece)
        ELSE published.any_form(stems[nth]) END), '');

-- The pattern of every two characters that follow each other, for texts that have them apart; null where there are none.
CREATE MACRO published.pattern_of_pairs(pieces) AS nullif(array_to_string(list_filter(list_transform(
    list_distinct(list_transform(range(1, len(pieces)), lambda nth: pieces[nth:nth + 1])),
    lambda pair: CASE WHEN published.is_character(pair[1]) AND published.is_character(pair[2])
        THEN published.either_form(pair[1]) || published.either_form(pair[2]) END), lambda pattern: pattern IS NOT NULL), '|'), '');

-- Text with what a pattern finds in it as compared between « and »; as it is, where the two are not equally long.
CREATE MACRO published.with_marks(told, compared, marked) AS CASE WHEN length(told) = length(compared) THEN
    list_transform(
        [string_split(replace(regexp_replace(compared, marked, '\1', 'g'), '', ''), '')],
        lambda pieces: array_to_string(list_transform(pieces, lambda piece, nth:
            CASE WHEN nth % 2 = 0 THEN '«' ELSE '' END
            || substring(told, 1 + CAST(coalesce(list_sum(list_transform(pieces[:nth - 1], lambda one: length(one))), 0) AS BIGINT), length(piece))
            || CASE WHEN nth % 2 = 0 THEN '»' ELSE '' END), ''))[1]
    ELSE regexp_replace(told, marked, '«\1»', 'g') END;

-- What stands between headline and text where both are looked through, so that no phrase goes across: a word of no
-- language. It is plain, or every text would have to be looked at for accents.
CREATE MACRO published.between() AS e'\nqzqzqz\n';

-- Whether compared text has every phrase: of words as text, of Chinese as a pattern in either script.
CREATE MACRO published.has_phrases(compared, phrases, runs) AS
    coalesce(list_bool_and(list_transform(phrases, lambda phrase: contains(published.spaced(compared), phrase))), true)
    AND coalesce(list_bool_and(list_transform(runs, lambda run: regexp_matches(compared, run))), true);

-- The pattern of words with Chinese in them as they stand, in either script; null for all others.
CREATE MACRO published.in_either_script(words) AS CASE WHEN regexp_matches(words, '\p{Han}') THEN '(?i)' || array_to_string(
    list_transform(string_split(words, ''), lambda one: CASE
        WHEN published.is_character(one) THEN published.either_form(one) ELSE regexp_escape(one) END), '') END;

-- Where in a text the words stand first, as they are but for large letters and script; 0 where they do not.
CREATE MACRO published.place_in(told, words) AS CASE WHEN published.in_either_script(words) IS NULL
    THEN strpos(lower(told), lower(words))
    ELSE strpos(told, nullif(regexp_extract(told, published.in_either_script(words)), '')) END;

-- How often the words stand in a text.
CREATE MACRO published.times_in(told, words) AS CASE WHEN published.in_either_script(words) IS NULL
    THEN (length(told) - length(replace(lower(told), lower(words), ''))) // length(words)
    ELSE len(regexp_extract_all(told, published.in_either_script(words))) END;

-- Terms of every text in which these words stand: of what is between their spaces, and of all pairs of Chinese characters.
CREATE MACRO published.sure_terms(words) AS CASE WHEN regexp_full_match(words, '[ -~\p{Han}、。，]*') THEN
    list_transform(
        list_transform([string_split(published.simplified(published.compared(words)), ' ')], lambda pieces: list_concat(
            published.tokens_in(array_to_string(pieces[2:-2], ' ')),
            flatten(list_transform(
                list_filter(published.runs_in(pieces[1] || ' ' || pieces[-1]), lambda run: length(run) > 1),
                lambda run: published.pairs_in(run)))))[1],
        lambda token: published.term_of(token))
    ELSE [] END;
