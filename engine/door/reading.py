"""What was, for who may read it: stories, found texts, leave to ask the history.

Who may ask at all is checked before.
"""

import time

from engine.door.answers import Permit
from engine.door.inside import Inside
from engine.door.interface import DoorError
from engine.door.requests import AskHistory, AskStory, FindMessages
from engine.door.rights import Caller, SessionCaller
from engine.events import ConversationId
from engine.found import Found
from engine.journal.search import SearchTooSlow
from engine.story import Step, story

FOUND_AT_ONCE = 50
LONGEST = 10.0  # seconds of all the searches of one question


async def tell_story(inside: Inside, request: AskStory, _caller: Caller) -> tuple[Step, ...]:
    """The story, as far as it is kept."""
    records = inside.core.records_behind(request.conversation)
    if not records:
        raise DoorError("unknown-conversation")
    return story(request.conversation, records, inside.views.directory)


async def find_messages(inside: Inside, request: FindMessages, caller: Caller) -> tuple[Found, ...]:
    """What the caller may read of what is found; it goes on until that is enough, or all that there is."""
    may = _Readable(inside, caller)
    found: list[Found] = []
    before, deadline = request.before, time.monotonic() + LONGEST
    while len(found) < FOUND_AT_ONCE:
        if time.monotonic() > deadline:
            raise DoorError("too-slow")
        try:
            some = await inside.core.search(request.text, before=before, limit=FOUND_AT_ONCE)
        except SearchTooSlow:
            raise DoorError("too-slow") from None
        found += [one for one in some if may.read(one.conversation)]
        if len(some) < FOUND_AT_ONCE:
            break
        before = some[-1].position
    return tuple(found[:FOUND_AT_ONCE])


async def permit(_inside: Inside, request: AskHistory, caller: Caller) -> Permit:
    """Leave: the caller has the right, or they would not be here."""
    operator = caller.person.operator if isinstance(caller, SessionCaller) else None
    return Permit(question=request.question, operator=operator)


class _Readable:
    """What one caller may read, each conversation looked at once."""

    def __init__(self, inside: Inside, caller: Caller) -> None:
        self._inside, self._caller = inside, caller
        self._known: dict[ConversationId, bool] = {}

    def read(self, conversation: ConversationId) -> bool:
        """Whether they may read this one."""
        if conversation not in self._known:
            self._known[conversation] = self._inside.may_read(self._caller, conversation)
        return self._known[conversation]
