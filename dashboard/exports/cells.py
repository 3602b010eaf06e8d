"""What a text is where a spreadsheet opens it: one that would be run as a formula is led by a '. Pure.

A spreadsheet may split a text where its country, or whoever opens it, says: at a semicolon, a tab, a line's end. It may
pass over blanks and quotes at the beginning of what it has then, and take signs of full width for signs. So the rule
looks at each place where a cell could begin.
"""

import re

_SIGNS = "=+@" + "＝﹦⁼₌" + "＋﹢⁺₊" + "－﹣−⁻₋" + "＠﹫" + r"\-"
_SPLITS = r",;|\t\n\r\v\f\x1c-\x1f\x85\u2028\u2029"
# Blanks of all kinds, what shows nothing (directions of writing among it), quotes.
_PASSED_OVER = r"\s\x00-\x1f\x7f\xad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\"“”„«»"
_RUN = re.compile(rf"((?:^|[{_SPLITS}])[{_PASSED_OVER}]*)(?=[{_SIGNS}])")
_LED = ("\t", "\r", "\n")  # a spreadsheet may drop it, and look at what follows as its own


def inert(text: str) -> str:
    """The text as nothing runs it; other text as it is."""
    made = _RUN.sub(r"\1'", text)
    return f"'{made}" if made.startswith(_LED) else made
