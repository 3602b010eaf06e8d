"""Foreign text: its limits, how it is cleaned, and the spans both clients render and never parse.

Everything a visitor, a page or a browser says of itself is hostile. It is cleaned here once, on its way in, and cut
into spans here once, on its way out. This room knows nothing of the engine, and never makes markup.
"""

from engine.text.addresses import valid_email, web_address
from engine.text.cleaning import Fault, TextRefused, clean, fit, gist, is_blank, required, whole_characters
from engine.text.folding import folded, words
from engine.text.limits import (
    ADDRESS_LIMIT,
    EMAIL_LIMIT,
    MESSAGE_LIMIT,
    NAME_LIMIT,
    SUBJECT_LIMIT,
    TITLE_LIMIT,
    VALUE_LIMIT,
)
from engine.text.pages import CLICK_IDS, UTM, PageAddress, page_address
from engine.text.spans import Span, spans
from engine.text.typed import Limits

__all__ = [
    "ADDRESS_LIMIT",
    "CLICK_IDS",
    "EMAIL_LIMIT",
    "MESSAGE_LIMIT",
    "NAME_LIMIT",
    "SUBJECT_LIMIT",
    "TITLE_LIMIT",
    "UTM",
    "VALUE_LIMIT",
    "Fault",
    "Limits",
    "PageAddress",
    "Span",
    "TextRefused",
    "clean",
    "fit",
    "folded",
    "gist",
    "is_blank",
    "page_address",
    "required",
    "spans",
    "valid_email",
    "web_address",
    "whole_characters",
    "words",
]
