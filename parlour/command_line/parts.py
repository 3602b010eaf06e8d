"""The commands about the parts of a house: user, site, department.

They work beside a running server and without one. They must not know how a house is reached.
"""

import argparse
import getpass
import sys
from typing import TYPE_CHECKING, get_args

from msgspec.structs import replace

from engine.door.interface import Door
from engine.events import Role
from parlour import opening_hours
from parlour.command_line.over_door import Lines, listing, over_door, with_one
from parlour.command_line.parser import deeds
from parlour.data_dir import CannotStart, holder
from parlour.doctor.processes import started_with
from parlour.options import Options
from parlour.parts import departments, sites, users

if TYPE_CHECKING:
    from parlour.command_line.parser import Commands

LOGIN, DEPARTMENT = "what they sign in with", "the department's name"


def add_all(commands: "Commands") -> None:
    """Add the commands."""
    _add_user(commands)
    _add_site(commands)
    _add_department(commands)


def _add_user(commands: "Commands") -> None:
    add, change, password, end, disable, enable, remove, listed = deeds(
        commands,
        "user",
        "operators and their logins",
        {
            "add": "add somebody with a login; asks for the password",
            "change": "change a name, role, departments or number of chats; what is not named stays",
            "password": "give somebody another password, and sign them out everywhere",
            "end-sessions": "sign somebody out everywhere; they may sign in again",
            "disable": "sign somebody out at once, and let them in no more",
            "enable": "let somebody in again who was disabled",
            "remove": "sign somebody out, and forget their login; what they did stays",
            "list": "say who there is, with roles and departments",
        },
    )
    add.set_defaults(run=_user_add)
    add.add_argument("login", help=LOGIN)
    add.add_argument("--name", required=True, help="as visitors see it")
    add.add_argument("--role", choices=get_args(Role), default="operator", help="default: operator")
    add.add_argument(
        "--department", dest="departments", action="append", default=[], metavar="NAME", help="default: all"
    )
    password.set_defaults(run=_user_password)
    password.add_argument("login", help=LOGIN)
    for parser in (add, password):
        parser.add_argument("--password-stdin", action="store_true", help="read the password from standard input")
    change.set_defaults(run=with_one(users.change_user, "login", "name", "role", "departments", "max_chats"))
    change.add_argument("login", help=LOGIN)
    change.add_argument("--name", help="another name, as visitors see it")
    change.add_argument("--role", choices=get_args(Role), help="another role")
    change.add_argument(
        "--department", dest="departments", action="append", default=[], metavar="NAME", help="in place of all others"
    )
    change.add_argument("--max-chats", type=maximum, metavar="N", help="at once; 0: as the setting says")
    for parser, deed in (
        (end, users.end_sessions),
        (disable, users.disable_user),
        (enable, users.enable_user),
        (remove, users.remove_user),
    ):
        parser.set_defaults(run=with_one(deed, "login"))
        parser.add_argument("login", help=LOGIN)
    listed.set_defaults(run=listing(users.list_users))


def _add_site(commands: "Commands") -> None:
    add, change, remove, listed, secret = deeds(
        commands,
        "site",
        "sites that may embed the widget",
        {
            "add": "let a site embed the widget, and print the tag for its pages",
            "change": "change a site's name or origins; what is not named stays",
            "remove": "let a site embed the widget no more",
            "list": "say which sites there are, with keys and origins",
            "secret": "print what a site's server signs its users' ids with",
        },
    )
    add.set_defaults(run=_site_add)
    add.add_argument("name", help="as operators see it")
    add.add_argument(
        "--origin",
        dest="site_origins",
        action="append",
        required=True,
        metavar="URL",
        help="of its pages; more than once for more",
    )
    add.add_argument("--key", help="the public key of the site's tag; default: drawn")
    change.set_defaults(run=_site_change)
    change.add_argument("name", help="the site's name or key")
    change.add_argument("--name", dest="new_name", metavar="NEW", help="another name")
    change.add_argument("--origin", dest="site_origins", action="append", metavar="URL", help="in place of all others")
    change.add_argument("--add-origin", dest="more_origins", action="append", metavar="URL", help="beside those it has")
    for parser, deed in ((remove, sites.remove_site), (secret, sites.site_secret)):
        parser.set_defaults(run=with_one(deed, "name"))
        parser.add_argument("name", help="the site's name or key")
    listed.set_defaults(run=listing(sites.list_sites))


def _add_department(commands: "Commands") -> None:
    add, change, remove, listed = deeds(
        commands,
        "department",
        "departments; the first is preselected",
        {
            "add": "add a department",
            "change": "change a department's name, hours or part in communication; what is not named stays",
            "remove": "remove a department that nobody serves and nobody waits for",
            "list": "say which departments there are, who serves them and when",
        },
    )
    add.set_defaults(run=_department_add)
    add.add_argument("name", help="as visitors see it")
    add.add_argument("--hidden", action="store_true", help="takes no part in communication")
    change.set_defaults(run=_department_change)
    change.add_argument("name", help=DEPARTMENT)
    change.add_argument("--name", dest="new_name", metavar="NEW", help="another name")
    change.add_argument("--hours", metavar="TEXT", help="“Mon-Fri 09:00-17:00; Sat 10:00-14:00”, or “always”")
    change.add_argument("--zone", metavar="ZONE", help="by whose clock, like Europe/Berlin")
    change.add_argument("--takes-part", action=argparse.BooleanOptionalAction, help="in communication")
    remove.set_defaults(run=with_one(departments.remove_department, "name"))
    remove.add_argument("name", help=DEPARTMENT)
    listed.set_defaults(run=listing(departments.list_departments))


def _user_add(given: argparse.Namespace) -> None:
    password = _password(given)
    more = {"name": given.name, "role": given.role, "departments": given.departments}
    over_door(given, lambda door, _: users.add_user(door, given.login, password, **more))


def _user_password(given: argparse.Namespace) -> None:
    password = _password(given)
    over_door(given, lambda door, _: users.set_password(door, given.login, password), make=False)


def _site_add(given: argparse.Namespace) -> None:
    more = {"origins": given.site_origins, "key": given.key}

    def add(door: Door, options: Options) -> Lines:
        running = holder(options.data_dir)  # it knows where it is, whatever this command's options say
        where = (started_with(running) if running else None) or options
        where = replace(where, port=running.port) if running and running.port else where
        return sites.add_site(door, given.name, gateway=where.gateway_url, **more)

    over_door(given, add)


def _site_change(given: argparse.Namespace) -> None:
    more = {"new_name": given.new_name, "origins": given.site_origins or (), "more": given.more_origins or ()}
    over_door(given, lambda door, _: sites.change_site(door, given.name, **more), make=False)


def _department_add(given: argparse.Namespace) -> None:
    over_door(given, lambda door, _: departments.add_department(door, given.name, hidden=given.hidden))


def _department_change(given: argparse.Namespace) -> None:
    if given.hours is not None:
        opening_hours.parse(given.hours, given.zone or "UTC")  # before any house is asked
    with_one(departments.change_department, "name", "new_name", "takes_part", "hours", "zone")(given)


def maximum(text: str) -> int:
    """A number of chats. Raises `ValueError` for none."""
    number = int(text)
    if number < 0:
        raise ValueError(text)
    return number


def _password(given: argparse.Namespace) -> str:
    return sys.stdin.readline().rstrip("\r\n") if given.password_stdin else _ask_password()


def _ask_password() -> str:
    try:
        first = getpass.getpass("Password: ")
        second = getpass.getpass("Again: ")
    except EOFError:
        raise CannotStart("No password was given.") from None
    if first != second:
        raise CannotStart("The two passwords are not the same.")
    return first
