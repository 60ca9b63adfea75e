-- When did each publisher first use a phrase, and in which words?
SET VARIABLE phrase = 'sea wall'; -- as it stands; case does not matter

SELECT day, publisher, title, replace(context, e'\n', ' ') AS context, release_id
FROM first_mention(getvariable('phrase'));
