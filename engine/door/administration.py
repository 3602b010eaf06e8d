"""Changing the house, and what is told of it: who may ask is checked before."""

import logging
from collections.abc import Sequence

import msgspec

from engine.accounts import StoredSession
from engine.commands import (
    ChangeSetting,
    Done,
    ForgetEntry,
    ForgetVisitor,
    HouseCommand,
    Outcome,
    Refused,
    RemovePart,
    SetPart,
)
from engine.counters import Counters
from engine.door.answers import House
from engine.door.doorstep import signed_out
from engine.door.forgetting import forget
from engine.door.house import house_of
from engine.door.inside import Inside
from engine.door.interface import DoorError
from engine.door.requests import (
    AddPerson,
    Administer,
    AskCounters,
    AskHouse,
    AskSecret,
    AskSiteSecret,
    AskUnset,
    EndSessions,
    SetFirstPassword,
    SetPassword,
    TellCounters,
)
from engine.door.rights import HOUSE, Caller, WorkerCaller, actor_of, sender_of
from engine.events import DepartmentId, OperatorId
from engine.events.parts import Department, Operator
from engine.ids import draw_id, is_id
from engine.text import NAME_LIMIT, TextRefused, required

log = logging.getLogger(__name__)
FIRST_DEPARTMENT = "Support"


async def administer(inside: Inside, request: Administer, caller: Caller) -> Outcome:
    """Change the house, in the name of who asks."""
    command = request.command
    if isinstance(command, SetPart | RemovePart | ChangeSetting):
        command = msgspec.structs.replace(command, by=actor_of(caller))
    return await change(inside, command, sender=sender_of(caller), client_id=request.client_id)


async def change(inside: Inside, command: HouseCommand, *, sender: str, client_id: str) -> Outcome:
    """Change the house, with its names cleaned; kept once for each (sender, client_id)."""
    if isinstance(command, ForgetVisitor | ForgetEntry):
        return await forget(inside.core, command, sender=sender, client_id=client_id)
    if isinstance(command, SetPart):
        cleaned = _cleaned(command)
        if isinstance(cleaned, Refused):
            return cleaned
        command = cleaned
    said = await inside.core.send(command, sender=sender, client_id=client_id)
    match command:
        case SetPart(part=Operator(id=operator)) | RemovePart(part="operator", id=operator) if isinstance(said, Done):
            await _let_in_or_out(inside, OperatorId(operator))
    return said


async def _let_in_or_out(inside: Inside, one: OperatorId) -> None:
    """Login, sessions and tabs follow what is published of an operator: an old request once more undoes nothing."""
    operator = inside.views.directory.operators.get(one)
    if operator is None:
        if one in inside.views.directory.names:  # was removed
            await inside.accounts.remove(one)
    elif operator.disabled:
        await inside.accounts.disable(one)
    else:
        await inside.accounts.enable(one)
    if operator is None or not operator.serves:
        inside.tabs.close_all_of(one)


async def add_person(inside: Inside, request: AddPerson, caller: Caller) -> Outcome:
    """The operator first, then the login: without one nobody signs in, and the same request once more mends it."""
    part = Operator(id=request.operator, role=request.role, departments=request.departments)
    added = _cleaned(SetPart(part=part, name=request.name, by=actor_of(caller)))
    if isinstance(added, Refused):
        return added
    await _free(inside, request.login)
    if inside.accounts.logins.get(request.login.casefold()) == request.operator:
        return Done()  # asked once more
    if refused := inside.accounts.check(request.login, request.password):
        return refused
    said = await inside.core.send(added, sender=sender_of(caller), client_id=request.operator)
    if isinstance(said, Refused):
        return said
    return await inside.accounts.add(request.login, request.password, request.operator) or said


async def set_password(inside: Inside, request: SetPassword, caller: Caller) -> Outcome:
    """Another password: who is signed in with the one before must sign in anew."""
    ended = await inside.accounts.set_password(request.operator, request.password)
    if isinstance(ended, Refused):
        return ended
    log.info("the password of operator %s was set by %s", request.operator, sender_of(caller))
    return await _end(inside, request.operator, ended)


async def end_sessions(inside: Inside, request: EndSessions, _caller: Caller) -> Outcome:
    """Every session of somebody's is over."""
    if request.operator not in inside.views.directory.operators:
        return Refused(reason="unknown-operator")
    return await _end(inside, request.operator, await inside.accounts.end_sessions(request.operator))


async def _end(inside: Inside, operator: OperatorId, ended: Sequence[StoredSession]) -> Done:
    inside.tabs.close_all_of(operator)
    await signed_out(inside, ended)
    return Done()


async def _free(inside: Inside, login: str) -> None:
    """A login is free whose person was removed, where the house ended before it was forgotten."""
    whose = inside.accounts.logins.get(login.casefold())
    if whose is not None and whose in inside.views.directory.names and whose not in inside.views.directory.operators:
        await inside.accounts.remove(whose)


async def set_first_password(inside: Inside, request: SetFirstPassword, caller: Caller) -> Refused | None:
    """The first administrator, who serves every department there is, or a first one."""
    if refused := _unnamed(request.name) or inside.accounts.check(request.login, request.password):
        return refused
    if not await inside.accounts.use_setup_code(request.code):
        return Refused(reason="bad-code")
    if not inside.views.directory.order:
        first = SetPart(part=Department(id=DepartmentId(draw_id()), name=FIRST_DEPARTMENT))
        await change(inside, first, sender=HOUSE, client_id=draw_id())
    first_person = AddPerson(
        login=request.login,
        password=request.password,
        name=request.name,
        role="administrator",
        departments=inside.views.directory.order,
    )
    said = await add_person(inside, first_person, caller)
    return said if isinstance(said, Refused) else None


async def unset(inside: Inside, _request: AskUnset, _caller: Caller) -> bool:
    """Whether nobody has a login yet."""
    return not inside.accounts.logins


async def site_secret(inside: Inside, request: AskSiteSecret, _caller: Caller) -> str:
    """The secret of one of the sites."""
    if request.site not in inside.views.directory.sites:
        raise DoorError("unknown-site")
    return inside.accounts.identity_secret(request.site).decode()


async def house(inside: Inside, _request: AskHouse, _caller: Caller) -> House:
    """What there is, as it is published."""
    return house_of(inside.views.directory, inside.accounts.logins)


async def counters(inside: Inside, _request: AskCounters, _caller: Caller) -> Counters:
    """What was counted since the start."""
    return inside.counters()


async def told(inside: Inside, request: TellCounters, caller: Caller) -> None:
    """Keep what a worker says of itself, in the place of what it said before."""
    if isinstance(caller, WorkerCaller):
        inside.told[caller.process] = request.counted


async def secret(inside: Inside, request: AskSecret, caller: Caller) -> str:
    """A secret that stands in the row of the process that asks."""
    own = inside.secrets.get(caller.process, {}) if isinstance(caller, WorkerCaller) else {}
    if request.name not in own:
        log.warning("%s may not be told a secret that is not its own", sender_of(caller))
        raise DoorError("forbidden")
    return own[request.name]


def _unnamed(name: str) -> Refused | None:
    """Why nobody can be called so, or None."""
    try:
        required(name, NAME_LIMIT, lines=False)
    except TextRefused as fault:
        return Refused(reason=fault.reason, limit=fault.limit, detail="name")
    return None


def _cleaned(command: SetPart) -> SetPart | Refused:
    """The command with its part's name as it is kept; an id that a client has drawn is one."""
    part = command.part
    if not is_id(part.id):
        return Refused(reason="bad-value", detail="an id is a UUID, in lower case")
    try:
        if not isinstance(part, Operator):
            named = msgspec.structs.replace(part, name=required(part.name, NAME_LIMIT, lines=False))
            return msgspec.structs.replace(command, part=named)
        name = None if command.name is None else required(command.name, NAME_LIMIT, lines=False)
    except TextRefused as fault:
        return Refused(reason=fault.reason, limit=fault.limit, detail="name")
    return msgspec.structs.replace(command, name=name)
