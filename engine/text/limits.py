"""How long foreign text may be, in characters (Unicode code points) of what was written, after trimming."""

import msgspec

MESSAGE_LIMIT = 10_000
NAME_LIMIT = 80
EMAIL_LIMIT = 254
SUBJECT_LIMIT = VALUE_LIMIT = 200
ADDRESS_LIMIT = 2_048
TITLE_LIMIT = 300


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """How long what people type may be, in characters, as both clients are told."""

    message: int = MESSAGE_LIMIT
    name: int = NAME_LIMIT
    email: int = EMAIL_LIMIT
    subject: int = SUBJECT_LIMIT
