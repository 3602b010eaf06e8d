"""Who visits: names, browsers, and where they came from; all invented."""

import random
from dataclasses import dataclass

FIRST_NAMES = (
    "Mira", "Jonas", "Aïcha", "Luca", "Freya", "Tomás", "Ingrid", "Kwame", "Sofia", "Yuki", "Noor", "Elias", "Hanna",
    "Priya", "Mateo", "Olga", "Ben", "Zoë", "Marek", "Leïla", "Anton", "Carmen", "Davide", "Eun-ji", "שרה", "ليلى",
)  # fmt: skip
LAST_NAMES = ("Keller", "Novák", "Okonkwo", "Rossi", "Lindgren", "Silva", "Tanaka", "Haas", "Moreau", "Petrov", "Byrne")
MAIL_HOSTS = ("example.com", "example.org", "example.net")

USER_AGENTS = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:145.0) Gecko/20100101 Firefox/145.0",
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0"
    " Safari/605.1.15",
    "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36"
    " Edg/142.0.0.0",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0"
    " Mobile/15E148 Safari/604.1",
    "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Mobile Safari/537.36",
    "Mozilla/5.0 (iPad; CPU OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0"
    " Mobile/15E148 Safari/604.1",
)
REFERRERS = (
    ("", 35),
    ("https://www.google.com/", 30),
    ("https://duckduckgo.com/", 8),
    ("https://www.bing.com/", 6),
    ("https://www.instagram.com/", 6),
    ("https://trailnotes.example/best-rucksacks-this-year", 5),
    ("https://forum.example.org/t/what-do-you-pack-for-a-week/4182", 4),
    ("https://newsletter.example.net/autumn?utm_source=mail&utm_campaign=autumn", 6),
)


@dataclass(frozen=True, kw_only=True)
class Persona:
    """A visitor as a browser shows them; the name is told only by who asks for help, and not by all of them."""

    name: str
    email: str
    user_agent: str
    referrer: str
    tells_name: bool


def draw_persona(dice: random.Random) -> Persona:
    """Somebody."""
    first, last = dice.choice(FIRST_NAMES), dice.choice(LAST_NAMES)
    short = "".join(c for c in f"{first}.{last}".lower() if c.isascii() and (c.isalnum() or c == "."))
    return Persona(
        name=first if dice.random() < 0.6 else f"{first} {last}",
        email=f"{short.strip('.')}@{dice.choice(MAIL_HOSTS)}",
        user_agent=dice.choice(USER_AGENTS),
        referrer=dice.choices([r for r, _ in REFERRERS], [weight for _, weight in REFERRERS])[0],
        tells_name=dice.random() < 0.75,
    )
