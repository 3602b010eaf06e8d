"""What stands behind the door: all that handlers of requests and makers of views work with. It decides nothing."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from engine.accounts import Accounts
from engine.core import Core
from engine.counters import Browsers, Counters, Ports, Sockets, VisitorSockets
from engine.door.callers import Callers
from engine.door.rights import Caller, HouseCaller, SessionCaller, may, may_read
from engine.door.tabs import Tabs
from engine.events import ConversationId
from engine.streams.live import LiveViews

Secrets = Mapping[str, Mapping[str, str]]  # by process, then by name


@dataclass(frozen=True, kw_only=True)
class Inside:
    """The house behind the door.

    Attributes:
        epoch: the journal's; tokens are of it.
        secrets: what each worker may be told.
        visitors: what became of the visitors' sockets; `processes` likewise, of those at this door.
        told: what each worker has last told of what it has counted itself.
        ports: what became of connections before they were heard.

    """

    core: Core
    views: LiveViews
    accounts: Accounts
    epoch: str
    callers: Callers
    tabs: Tabs
    secrets: Secrets
    visitors: VisitorSockets
    processes: Sockets
    told: dict[str, Browsers] = field(default_factory=dict)
    ports: Ports = field(default_factory=Ports)

    def counters(self) -> Counters:
        """What was counted since the start, here and by the workers."""
        dead = {name: count for name, count in self.views.dead_letters.items() if count}
        return Counters(
            visitors=self.visitors,
            door=self.processes,
            busy=self.core.busy,
            shed=dict(self.core.shed),
            dead_letters=dead,
            workers=self.told,
            ports=self.ports,
        )

    def may_read(self, caller: Caller, conversation: ConversationId) -> bool:
        """Whether a caller may read a conversation; one that is not there is no secret.

        What is published says yes to who has it or is of its department, without a look into the journal.
        """
        if not isinstance(caller, SessionCaller):
            return isinstance(caller, HouseCaller)
        person, known = caller.person, self.views.conversations.by_id.get(conversation)
        own = known is not None and (person.operator == known.operator or known.department in person.departments)
        if own and may(caller, "operate"):
            return True
        events = self.core.kept(conversation)
        return not events or may_read(person, events)
