"""Which text is an e-mail address, and which a web address that may be a link."""

import re
from functools import lru_cache
from urllib.parse import urlsplit

from engine.text.bidi import BIDI
from engine.text.limits import ADDRESS_LIMIT, EMAIL_LIMIT

# One e-mail address, in words that Python and browsers (with the flag "u") read alike: their spaces differ by U+FEFF.
_NOWHERE = rf"\s\x00-\x1f\x7f-\x9f\ufeff\ud800-\udfff{BIDI}@<>()\[\],;:\\" + '"'
EMAIL = rf"[^{_NOWHERE}]{{1,64}}@(?:[^{_NOWHERE}./?#%]{{1,63}}\.)+[^{_NOWHERE}./?#%]{{2,63}}"
_EMAIL = re.compile(EMAIL)
UNFIT = rf'[\s\x00-\x20\x7f-\x9f\\<>"\ud800-\udfff{BIDI}]'  # within a web address
_UNFIT = re.compile(UNFIT)


def valid_email(text: str) -> bool:
    """Whether `text` looks like one e-mail address (no display name, no list, nothing that ends a mail's header)."""
    return len(text) <= EMAIL_LIMIT and _EMAIL.fullmatch(text) is not None


@lru_cache(maxsize=512)  # a page is viewed by many
def web_address(text: str) -> str | None:
    """Return `text` where it is a whole http or https address that may be a link, else None."""
    if len(text) > ADDRESS_LIMIT or _UNFIT.search(text):
        return None
    try:
        parts = urlsplit(text)
        _ = parts.port
    except ValueError:
        return None
    return text if parts.scheme in ("http", "https") and parts.hostname else None
