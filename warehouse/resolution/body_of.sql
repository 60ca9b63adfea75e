-- What is the text of this reading?
SELECT body FROM kept.readings WHERE reading_no = $reading_no
