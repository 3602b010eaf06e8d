"""Which text is an e-mail address, and which a web address that may be a link."""

import re
from functools import lru_cache
from urllib.parse import urlsplit

from engine.text.bidi import BIDI
from engine.text.limits import ADDRESS_LIMIT, EMAIL_LIMIT

_LABEL = rf"[^\s\x00-\x1f\x7f-\x9f\ud800-\udfff{BIDI}@<>()\[\],;:\\\"./?#%]"
_LOCAL = rf"[^\s\x00-\x1f\x7f-\x9f\ud800-\udfff{BIDI}@<>()\[\],;:\\\"]"
_EMAIL = re.compile(rf"{_LOCAL}{{1,64}}@(?:{_LABEL}{{1,63}}\.)+{_LABEL}{{2,63}}")
_UNFIT_IN_ADDRESS = re.compile(rf'[\s\x00-\x20\x7f-\x9f\\<>"\ud800-\udfff{BIDI}]')


def valid_email(text: str) -> bool:
    """Whether `text` looks like one e-mail address (no display name, no list, nothing that ends a mail's header)."""
    return len(text) <= EMAIL_LIMIT and _EMAIL.fullmatch(text) is not None


@lru_cache(maxsize=512)  # a page is viewed by many
def web_address(text: str) -> str | None:
    """Return `text` where it is a whole http or https address that may be a link, else None."""
    if len(text) > ADDRESS_LIMIT or _UNFIT_IN_ADDRESS.search(text):
        return None
    try:
        parts = urlsplit(text)
        _ = parts.port
    except ValueError:
        return None
    return text if parts.scheme in ("http", "https") and parts.hostname else None
