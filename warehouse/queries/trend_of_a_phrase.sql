-- What share of each week's releases has a phrase, and what was usual before?
SET VARIABLE phrase = 'sea wall'; -- as it stands; case does not matter

SELECT week, issued, mentioning, share, usual
FROM trend(getvariable('phrase'));
