"""Who fills a command's fields: the caller, the engine's draw, or the client, whose text is cleaned and limited.

These stand in the fields' annotations; `engine.commands.filling` reads them. It must not know any command.
"""

from collections.abc import Callable
from functools import partial
from typing import Annotated, Any, NamedTuple

import msgspec

from engine.events import ConversationId, OperatorId, Party, SiteId, VisitorId
from engine.text import (
    ADDRESS_LIMIT,
    EMAIL_LIMIT,
    MESSAGE_LIMIT,
    NAME_LIMIT,
    SUBJECT_LIMIT,
    TITLE_LIMIT,
    PageAddress,
    TextRefused,
    clean,
    fit,
    page_address,
    required,
    valid_email,
)


class Caller(NamedTuple):
    """Filled with what the caller is known to be, by this name of it; never by the client."""

    what: str


class Drawn(NamedTuple):
    """Filled with a new id; never by the client."""


class FromJournal(NamedTuple):
    """Filled by the core, with what the journal knows; never by the client."""


class ClientId(NamedTuple):
    """Filled with the frame's own id."""


class OrCaller(NamedTuple):
    """The client's; where it is left out, the caller's."""

    what: str


class Cleaned(NamedTuple):
    """The client's, cleaned: `how` raises `TextRefused`; `sent` is the type of what the client sends, if another."""

    how: Callable[[Any], Any]
    sent: Any = None


class OfFrame(NamedTuple):
    """Made of the whole of what the client sent; `sent` is the type of what they send under this name, if anything."""

    how: Callable[[Any], Any]
    sent: Any = None


def _optional(text: str | None, limit: int) -> str | None:
    return clean(text or "", limit, lines=False) or None


def _words(text: str | None) -> str | None:
    return clean(text or "", MESSAGE_LIMIT, lines=True) or None


def _email(text: str | None) -> str | None:
    email = _optional(text, EMAIL_LIMIT)
    if email is not None and not valid_email(email):
        raise TextRefused("bad-text")
    return email


def _needed_email(text: str) -> str:
    return _email(required(text, EMAIL_LIMIT, lines=False)) or ""


def _page(viewed: Any) -> PageAddress:
    page = page_address(viewed.address, routes=viewed.hash_routes)
    if page is None:
        raise msgspec.ValidationError("not a web address")
    return page


def _as_fits(text: str | None, limit: int) -> str | None:
    return fit(text or "", limit) or None


ByVisitorId = Annotated[VisitorId, Caller("visitor")]
ByOperatorId = Annotated[OperatorId, Caller("operator")]
ByParty = Annotated[Party, Caller("party")]
OnSite = Annotated[SiteId, Caller("site")]
ThisConversation = Annotated[ConversationId, msgspec.Meta(min_length=1, max_length=64)]
ThisVisitor = Annotated[VisitorId, msgspec.Meta(min_length=1, max_length=64)]
OneOfTheirs = Annotated[ConversationId, OrCaller("shown")]

Message = Annotated[str, Cleaned(partial(required, limit=MESSAGE_LIMIT, lines=True))]
FirstWords = Annotated[str | None, Cleaned(_words)]
Name = Annotated[str | None, Cleaned(partial(_optional, limit=NAME_LIMIT))]
Subject = Annotated[str | None, Cleaned(partial(_optional, limit=SUBJECT_LIMIT))]
Email = Annotated[str | None, Cleaned(_email)]
NeededEmail = Annotated[str, Cleaned(_needed_email)]
Address = Annotated[str, OfFrame(lambda viewed: _page(viewed).address, sent=str)]
Campaign = Annotated[tuple[tuple[str, str], ...], OfFrame(lambda viewed: _page(viewed).campaign)]
Title = Annotated[str | None, Cleaned(partial(_as_fits, limit=TITLE_LIMIT))]
Referrer = Annotated[str | None, Cleaned(partial(_as_fits, limit=ADDRESS_LIMIT))]
