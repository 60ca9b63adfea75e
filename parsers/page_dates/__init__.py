"""The publication date of a page nobody has seen before, from all places that give one.

`declared` reads what the markup says (meta tags and JSON-LD come from `parsers.page_facts`), `printed` what stands
beside the headline, and `agreement` decides: a day that two independent places give is taken, one place alone where
nothing contradicts it, and no day at all where they contradict each other without a reason we know.
"""
