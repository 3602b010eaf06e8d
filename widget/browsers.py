"""What a browser says it is, in a word: the kind of device and the browser's name. A guess for people, never a rule."""

from functools import lru_cache

from engine.events import Device

# The first that occurs names the browser: those that pretend to be another stand before it.
BROWSERS = (
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("Chrome", "Chrome"),
    ("CriOS", "Chrome"),
    ("Safari", "Safari"),
)
KNOWN = 1_000  # browsers that are not looked at again with each page


@lru_cache(maxsize=KNOWN)
def browser(user_agent: str) -> str | None:
    """The browser's name, or None."""
    return next((name for mark, name in BROWSERS if mark in user_agent), None)


@lru_cache(maxsize=KNOWN)
def device(user_agent: str) -> Device:
    """The kind of device."""
    if "iPad" in user_agent or "Tablet" in user_agent or ("Android" in user_agent and "Mobile" not in user_agent):
        return "tablet"
    if "Mobi" in user_agent or "iPhone" in user_agent:
        return "phone"
    return "desktop" if browser(user_agent) else "unknown"
