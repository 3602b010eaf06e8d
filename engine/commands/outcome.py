"""What becomes of a command."""

from typing import Literal

import msgspec

from engine.events.base import ConversationId

Reason = Literal[
    "another-user",
    "bad-code",
    "bad-frame",
    "bad-login",
    "bad-text",
    "bad-value",
    "busy",
    "changed",
    "ended",
    "empty",
    "forbidden",
    "not-offered",
    "not-yours",
    "signed-out",
    "taken",
    "too-fast",
    "too-long",
    "too-slow",
    "unknown-conversation",
    "unknown-department",
    "unknown-operator",
    "unknown-setting",
    "unknown-site",
    "exists",
    "in-chat",
    "in-use",
    "invited",
    "no-room",
    "not-active",
    "not-here",
    "not-invited",
    "on-hold",
    "disconnected",
]


class Done(msgspec.Struct, frozen=True, kw_only=True, tag_field="outcome", tag="done", omit_defaults=True):
    """It happened and is kept. `conversation` and `number` say where, for what belongs to a conversation."""

    conversation: ConversationId | None = None
    number: int | None = None


class Refused(msgspec.Struct, frozen=True, kw_only=True, tag_field="outcome", tag="refused", omit_defaults=True):
    """It did not happen and nothing changed.

    `limit` is the number that was passed (characters, or seconds to wait for `too-fast`), `by` the name of the
    operator who has it for `taken`, who serves the visitor for `in-chat`, who invited them for `invited`, who changed
    it for `changed` (None: the house itself, by its command line).
    """

    reason: Reason
    detail: str | None = None
    limit: int | None = None
    by: str | None = None


Outcome = Done | Refused
