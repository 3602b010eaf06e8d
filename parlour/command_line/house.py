"""The commands that ask a house for something over its door: user, site, department, set, story.

They work beside a running server and without one. They must not know how a house is reached.
"""

import argparse
import asyncio
import getpass
import sys
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, get_args

from msgspec.structs import replace

from engine.door.interface import Door, DoorError
from engine.events import Role
from parlour import administer, opening_hours
from parlour.command_line.parser import add_data_dir, command, complain, deeds, options_of
from parlour.data_dir import CannotStart, holder
from parlour.options import Options

if TYPE_CHECKING:
    from parlour.command_line.parser import Commands

Lines = Awaitable[list[str]]


def add_all(commands: "Commands") -> None:
    """Add the commands."""
    _add_user(commands)
    _add_site(commands)
    _add_department(commands)
    _add_set(commands)
    _add_story(commands)


def _add_user(commands: "Commands") -> None:
    add, listed = deeds(commands, "user", "operators and their logins", "add", "list")
    add.set_defaults(run=_user_add)
    add.add_argument("login")
    add.add_argument("--name", required=True, help="as visitors see it")
    add.add_argument("--role", choices=get_args(Role), default="operator")
    add.add_argument(
        "--department", dest="departments", action="append", default=[], metavar="NAME", help="default: all"
    )
    add.add_argument("--password-stdin", action="store_true", help="read the password from standard input")
    listed.set_defaults(run=_listing(administer.list_users))


def _add_site(commands: "Commands") -> None:
    add, listed, secret = deeds(commands, "site", "sites that may embed the widget", "add", "list", "secret")
    add.set_defaults(run=_site_add)
    add.add_argument("name")
    add.add_argument("--origin", dest="site_origins", action="append", required=True, metavar="URL")
    add.add_argument("--key", help="the public key of the site's tag; default: drawn")
    listed.set_defaults(run=_listing(administer.list_sites))
    secret.set_defaults(run=_site_secret)
    secret.add_argument("name", help="the site's name or key")


def _add_department(commands: "Commands") -> None:
    add, change, listed = deeds(
        commands, "department", "departments; the first is preselected", "add", "change", "list"
    )
    add.set_defaults(run=_department_add)
    add.add_argument("name")
    add.add_argument("--hidden", action="store_true", help="takes no part in communication")
    change.set_defaults(run=_department_change)
    change.add_argument("name")
    change.add_argument("--name", dest="new_name", metavar="NEW", help="another name")
    change.add_argument("--hours", metavar="TEXT", help="“Mon-Fri 09:00-17:00; Sat 10:00-14:00”, or “always”")
    change.add_argument("--zone", metavar="ZONE", help="by whose clock, like Europe/Berlin")
    change.add_argument("--takes-part", action=argparse.BooleanOptionalAction, help="in communication")
    listed.set_defaults(run=_listing(administer.list_departments))


def _add_story(commands: "Commands") -> None:
    parser = command(commands, "story", _story, "say why a conversation is as it is")
    add_data_dir(parser)
    parser.add_argument("conversation", metavar="ID")


def _add_set(commands: "Commands") -> None:
    parser = command(commands, "set", _set, "change a setting of the desk, or list all of them")
    add_data_dir(parser)
    parser.add_argument("setting", nargs="?", metavar="NAME")
    parser.add_argument("value", nargs="?", type=int, metavar="VALUE")
    parser.set_defaults(parser=parser)


def _user_add(given: argparse.Namespace) -> None:
    password = sys.stdin.readline().rstrip("\r\n") if given.password_stdin else _ask_password()
    more = {"name": given.name, "role": given.role, "departments": given.departments}
    over_door(given, lambda door, _: administer.add_user(door, given.login, password, **more))


def _site_add(given: argparse.Namespace) -> None:
    more = {"origins": given.site_origins, "key": given.key}

    def add(door: Door, options: Options) -> Lines:
        running = holder(options.data_dir)  # it knows its port, whatever this command's options say
        where = replace(options, port=running.port) if running and running.port else options
        return administer.add_site(door, given.name, gateway=where.gateway_url, **more)

    over_door(given, add)


def _department_add(given: argparse.Namespace) -> None:
    over_door(given, lambda door, _: administer.add_department(door, given.name, hidden=given.hidden))


def _department_change(given: argparse.Namespace) -> None:
    if given.hours is not None:
        opening_hours.parse(given.hours, given.zone or "UTC")  # before any house is asked
    names = ("new_name", "takes_part", "hours", "zone")
    more = {name: getattr(given, name) for name in names if getattr(given, name) is not None}
    over_door(given, lambda door, _: administer.change_department(door, given.name, **more), make=False)


def _site_secret(given: argparse.Namespace) -> None:
    over_door(given, lambda door, _: administer.site_secret(door, given.name), make=False)


def _story(given: argparse.Namespace) -> None:
    over_door(given, lambda door, _: administer.tell_story(door, given.conversation), make=False)


def _set(given: argparse.Namespace) -> None:
    if given.setting is None:
        _listing(administer.list_settings)(given)
    elif given.value is None:
        given.parser.error("a value is missing")
    else:
        over_door(given, lambda door, _: administer.change_setting(door, given.setting, given.value))


def _listing(lines: Callable[[Door], Lines]) -> Callable[[argparse.Namespace], None]:
    return lambda given: over_door(given, lambda door, _: lines(door), make=False)


def over_door(given: argparse.Namespace, work: Callable[[Door, Options], Lines], *, make: bool = True) -> None:
    """Do `work` with the house's door and print its lines."""
    from parlour.reach import reach

    options = options_of(Options, given)

    async def run() -> list[str]:
        async with reach(options.data_dir, make=make) as door:
            return await work(door, options)

    try:
        for line in asyncio.run(run()):
            print(line)
    except administer.Declined as reason:
        sys.exit(complain(str(reason), 1))
    except DoorError as error:
        sys.exit(complain(f"The server does not answer ({error.reason}).", 1))


def _ask_password() -> str:
    try:
        first = getpass.getpass("Password: ")
        second = getpass.getpass("Again: ")
    except EOFError:
        raise CannotStart("No password was given.") from None
    if first != second:
        raise CannotStart("The two passwords are not the same.")
    return first
