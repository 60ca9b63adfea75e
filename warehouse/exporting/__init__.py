"""Taking data away: a selection of the published archive as files that other tools read.

    selection.py        which releases, as SQL that is also told in the manifest
    package.py          the folder an export is: written under another name, listed with digests, renamed
    exports.py          the one door: `export`
    parquet.py  comma_separated.py  json_lines.py  atom.py     rows
    web_archive.py  wacz.py  bag.py                            bytes
    citations.py        one release, to be cited

Everything is read from `archive.duckdb`, and raw files only where its rows point: what is not published is not
exported. No clock and no random number goes into an export, so the same archive gives the same bytes.
"""
