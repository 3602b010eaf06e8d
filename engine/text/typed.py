"""What both clients are told of the texts that people type, so that a form takes what the server takes."""

import msgspec

from engine.text.addresses import EMAIL
from engine.text.limits import EMAIL_LIMIT, MESSAGE_LIMIT, NAME_LIMIT, SUBJECT_LIMIT


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """How long they may be, in characters, and the `address` that an e-mail goes to, as a regular expression."""

    message: int = MESSAGE_LIMIT
    name: int = NAME_LIMIT
    email: int = EMAIL_LIMIT
    subject: int = SUBJECT_LIMIT
    address: str = EMAIL
