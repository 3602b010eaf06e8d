"""Whether a browser says that it is a program: a crawler, a preview, a monitor, a headless browser.

By the `User-Agent` header alone, so that it holds for who says so. What people write into a header of their own is not
looked for: who says nothing is a person.
"""

import re
from functools import lru_cache

from crawleruseragents import is_crawler as is_listed

KNOWN = 4_096  # headers that are not looked at again with each page: the list takes 0.15 ms
# What crawlers call themselves beyond any list.
SAID = re.compile(
    r"\+https?://|\b(?:bot|crawler|spider)\b|[a-z]bot/|headless|phantomjs|lighthouse",
    re.IGNORECASE,
)


is_listed("")  # its patterns are made now, which takes 0.04 s, and not at the first visitor


@lru_cache(maxsize=KNOWN)
def is_crawler(user_agent: str) -> bool:
    """Whether the header is a program's; an empty one says nothing."""
    return bool(user_agent) and (SAID.search(user_agent) is not None or is_listed(user_agent))
