"""Who may do what, said once more by hand: a case for each row of the door's registry, and all who may get in by it.

A new row fails `tests/engine/door/test_rights.py` until its case stands here; then it is tried inside, and over the
sockets.
"""

from collections.abc import Callable
from typing import Any, NamedTuple, get_args

from engine import views
from engine.commands import ChangeSetting
from engine.commands.filling import brought_by
from engine.counters import Browsers
from engine.door import requests as asked
from engine.door.registry import ACTS
from engine.door.requests import Request
from engine.events import ConversationId, OperatorId, Role, SiteId, VisitorId
from engine.ids import draw_id

ROLES: tuple[Role, ...] = get_args(Role)
PROCESSES = ("house", "dashboard", "robot")
EVERYBODY = frozenset(ROLES)
OPERATE = EVERYBODY - {"analyst"}
SUPERVISE = frozenset({"supervisor", "administrator"})
NOBODYS = OperatorId("nobody")
DOORSTEP = frozenset(PROCESSES)
ADMINISTER = frozenset({"administrator", "house"})


class Case(NamedTuple):
    """A row's case: what is asked, of a conversation where it is about one, and who may."""

    make: Callable[[ConversationId], Any]
    may: frozenset[str]
    about: bool = False  # a conversation: an operator may only where they may read it

    def lets_in(self, who: str, department: str) -> bool:
        """Whether somebody gets in, about a conversation of a department; people there serve Support."""
        return who in self.may and not (self.about and department == "Sales" and who == "operator")


def new_person(_talk: ConversationId) -> Request[Any]:
    login = f"new-{draw_id()}"
    return asked.AddPerson(login=login, password="a long password", name="New", role="operator", departments=())


def setting(_talk: ConversationId) -> Request[Any]:
    return asked.Administer(command=ChangeSetting(name="max_chats", value=5))


ASKED: dict[type[Request[Any]], Case] = {
    asked.SignIn: Case(lambda _: asked.SignIn(login="nobody", password="x", address=draw_id()), DOORSTEP),
    asked.SignOut: Case(lambda _: asked.SignOut(session="nobody's"), DOORSTEP),
    asked.Who: Case(lambda _: asked.Who(session="nobody's"), DOORSTEP),
    asked.SetFirstPassword: Case(
        lambda _: asked.SetFirstPassword(code="no", name="X", login="x", password="y" * 9), DOORSTEP
    ),
    asked.AskUnset: Case(lambda _: asked.AskUnset(), DOORSTEP),
    asked.AskStory: Case(lambda talk: asked.AskStory(conversation=talk), OPERATE | {"house"}, about=True),
    asked.FindMessages: Case(lambda _: asked.FindMessages(text="tent"), OPERATE | {"house"}),
    asked.AskHistory: Case(lambda _: asked.AskHistory(question="report"), EVERYBODY | {"house"}),
    asked.AskHouse: Case(lambda _: asked.AskHouse(), ADMINISTER),
    asked.AskCounters: Case(lambda _: asked.AskCounters(), ADMINISTER),
    asked.Administer: Case(setting, ADMINISTER),
    asked.AddPerson: Case(new_person, ADMINISTER),
    asked.SetPassword: Case(lambda _: asked.SetPassword(operator=NOBODYS, password="a long password"), ADMINISTER),
    asked.EndSessions: Case(lambda _: asked.EndSessions(operator=NOBODYS), ADMINISTER),
    asked.AskSiteSecret: Case(lambda _: asked.AskSiteSecret(site=SiteId("nowhere")), ADMINISTER),
    asked.AskSecret: Case(lambda _: asked.AskSecret(name="analyst"), frozenset({"dashboard"})),  # by its name alone
    asked.TellCounters: Case(lambda _: asked.TellCounters(counted=Browsers()), frozenset({"dashboard", "robot"})),
}

WATCHED: dict[type[views.View], Case] = {
    views.Visit: Case(lambda _: views.Visit(visitor=VisitorId(draw_id())), EVERYBODY),
    views.ConversationEntries: Case(lambda talk: views.ConversationEntries(conversation=talk), OPERATE, about=True),
    **{
        view: Case(lambda _, view=view: view(), may)  # type: ignore[misc] # bound at once
        for may, of_them in (
            (EVERYBODY, (views.Visitors, views.VisitsAMinute, views.WaitingTimes, views.FirstResponses)),
            (EVERYBODY, (views.TopPages, views.Overview, views.Operators, views.HouseCondition, views.HouseSteps)),
            (OPERATE, (views.Rings, views.Mine, views.OwnAbsence, views.Queue, views.LeftMessages)),
        )
        for view in of_them
    },
}

FIELDS: dict[str, Any] = {
    "text": "Hello", "on": True, "visitor": VisitorId(draw_id()), "upto": 1, "state": "open", "department": None,
}  # fmt: skip
# What an act is made of; those of a conversation are about it, and all are of who operates.
DONE: dict[type[Any], Case] = {
    act: Case(
        lambda talk, act=act: act(  # type: ignore[misc] # bound at once
            **{field: talk if field == "conversation" else FIELDS[field] for field in brought_by(act)}
        ),
        OPERATE,
        about="conversation" in brought_by(act),
    )
    for act in ACTS
}
