"""Passwords that are made of what anybody would try here first: the login, the program's name, a role. Pure.

It must not know which passwords are common elsewhere.
"""

import re
from itertools import chain

WORDS = ("parlour", "live help", "livehelp", "password", "admin", "administrator", "operator", "supervisor", "analyst")
REST = 4  # characters that a password has beside such words, and different ones that it has at all
_PARTS = re.compile(r"[._@-]+")
_SHORTEST = 3  # a shorter part of a login is no word


def is_obvious(password: str, login: str) -> bool:
    """Whether hardly anything of a password is left without these words, or it is few characters over again."""
    rest = password.casefold()
    own = (login.casefold(), *_PARTS.split(login.casefold()))
    for word in sorted({*chain(WORDS, own)}, key=len, reverse=True):
        if len(word) >= _SHORTEST:
            rest = rest.replace(word, "")
    return len(rest) < REST or len(set(password.casefold())) < REST
