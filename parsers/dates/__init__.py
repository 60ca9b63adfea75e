"""Dates in running text, English and Chinese: `find` all of them, `read` a string that is one, `infer_year`.

A date is found with what was written, how exact it is and what speaks for or against it; nothing is guessed in
silence. A year that is not written is not supplied unless the caller gives a reference day.
"""

from parsers.dates.finding import Found, Precision, find, read
from parsers.dates.inference import infer_year

__all__ = ["Found", "Precision", "find", "infer_year", "read"]
