"""Finding the article on a page nobody has seen before.

`tree.plant` makes a tree of a page, `outline.outline_of` its units (paragraphs, headings, lists, tables in reading
order), and `decision.story_of` says which of them are the article: what trafilatura takes for the text
(`first_opinion`), between the first and the last unit that a scoring of the page's boxes (`second_opinion`) supports.
Deciding unit by unit is what pays: choosing one opinion for a whole page is no better than either alone.
"""
