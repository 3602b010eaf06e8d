"""The command line: `parlour serve|demo|notebooks|user|site|department|set|story|backup|restore|doctor|bench`.

Exit codes: 0 done, 1 the house refused, 2 bad use or no start; each with one sentence on standard error. Heavy parts
are loaded only by the commands that need them.
"""

import argparse
import asyncio
import getpass
import os
import sys
from collections.abc import Awaitable, Callable, Sequence
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn, get_args

from msgspec.structs import replace

from engine.door.interface import Door, DoorError
from engine.events import Role
from parlour import administer, opening_hours
from parlour.data_dir import CannotStart, holder
from parlour.options import DATA_DIR, DEMO_DATA_DIR, DemoOptions, Kind, Options, read

Lines = Awaitable[list[str]]


class _Parser(argparse.ArgumentParser):
    """Says what is wrong in one sentence, without the usage before it."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.prog}: {message} (see {self.prog} --help).\n")


def main(arguments: Sequence[str] | None = None) -> None:
    """Do what the command line says."""
    given = _parser().parse_args(arguments)
    try:
        given.run(given)
    except CannotStart as reason:
        sys.exit(_complain(str(reason), 2))
    except KeyboardInterrupt:
        sys.exit(130)


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="parlour", description="Self-hosted live help.", allow_abbrev=False)
    commands = parser.add_subparsers(metavar="COMMAND", required=True)
    _add_serve(commands)
    _add_demo(commands)
    _add_notebooks(commands)
    _add_user(commands)
    _add_site(commands)
    _add_department(commands)
    _add_set(commands)
    _add_story(commands)
    _add_backup(commands)
    _add_restore(commands)
    _add_doctor(commands)
    _command(commands, "bench", _bench, "measure").add_argument("rest", nargs=argparse.REMAINDER)
    return parser


# --- the servers -----------------------------------------------------------------------------------------------------

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[_Parser]


def _add_serve(commands: "Commands") -> None:
    parser = _command(commands, "serve", _serve, "run a server")
    _add_process_options(parser)


def _add_demo(commands: "Commands") -> None:
    parser = _command(commands, "demo", _demo, "run a server with a shop, people and believable visitors")
    _add_process_options(parser)
    parser.add_argument("--visitors", type=int, metavar="N", help="how many are on the site at a time; 0: none (12)")
    parser.add_argument("--seed", type=int, help="what the visitors are drawn from (1)")
    parser.add_argument("--no-robot", dest="robot", action="store_const", const=False, help="no robot operator")


def _add_process_options(parser: argparse.ArgumentParser) -> None:
    _add_data_dir(parser)
    parser.add_argument("--host", help="address to listen on (127.0.0.1)")
    parser.add_argument("--port", type=int, metavar="P", help="first of the ports: widget P, dashboard P+1 … (8700)")
    parser.add_argument(
        "--origin", dest="origins", action="append", metavar="URL", help="address the dashboard is opened under"
    )


def _serve(given: argparse.Namespace) -> None:
    from parlour.serve import serve, until_signal

    options = _options(Options, given)
    asyncio.run(until_signal(serve(options)))


def _demo(given: argparse.Namespace) -> None:
    from parlour.demo.run import demo
    from parlour.serve import until_signal

    options = _options(DemoOptions, given)
    asyncio.run(until_signal(demo(options)))


def _add_notebooks(commands: "Commands") -> None:
    parser = _command(commands, "notebooks", _notebooks, "start JupyterLab, connected to the running server")
    _add_data_dir(parser)
    parser.add_argument("--port", dest="lab_port", type=int, default=8888, metavar="N", help="JupyterLab's port (8888)")
    parser.add_argument("--no-browser", action="store_true", help="only print the address")


def _notebooks(given: argparse.Namespace) -> None:
    from parlour import notebooks

    said = given.data_dir or os.environ.get("PARLOUR_DATA_DIR")
    folders = (Path(said),) if said else (DATA_DIR, DEMO_DATA_DIR)
    notebooks.start(folders, port=given.lab_port, browser=not given.no_browser)


def _add_doctor(commands: "Commands") -> None:
    parser = _command(commands, "doctor", _doctor, "say how a house and its processes are")
    _add_data_dir(parser)
    parser.add_argument("--json", action="store_true", help="one object on one line, for programs")


def _doctor(given: argparse.Namespace) -> None:
    from parlour import doctor, doctor_words

    if not (given.data_dir or os.environ.get("PARLOUR_DATA_DIR")):
        there = [folder for folder in (DATA_DIR, DEMO_DATA_DIR) if folder.is_dir()]
        given.data_dir = next((str(folder) for folder in there if holder(folder)), str((*there, DATA_DIR)[0]))
    report = doctor.examine(_options(Options, given))
    print(doctor.as_json(report) if given.json else doctor_words.words(report))
    sys.exit(0 if report.well else 1)


def _bench(given: argparse.Namespace) -> None:
    import_module("bench").main(given.rest)  # by name: the bench may import us, and we know nothing of it


# --- the house -------------------------------------------------------------------------------------------------------


def _add_user(commands: "Commands") -> None:
    add, listed = _deeds(commands, "user", "operators and their logins", "add", "list")
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
    add, listed, secret = _deeds(commands, "site", "sites that may embed the widget", "add", "list", "secret")
    add.set_defaults(run=_site_add)
    add.add_argument("name")
    add.add_argument("--origin", dest="site_origins", action="append", required=True, metavar="URL")
    add.add_argument("--key", help="the public key of the site's tag; default: drawn")
    listed.set_defaults(run=_listing(administer.list_sites))
    secret.set_defaults(run=_site_secret)
    secret.add_argument("name", help="the site's name or key")


def _add_department(commands: "Commands") -> None:
    add, change, listed = _deeds(
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
    parser = _command(commands, "story", _story, "say why a conversation is as it is")
    _add_data_dir(parser)
    parser.add_argument("conversation", metavar="ID")


def _add_set(commands: "Commands") -> None:
    parser = _command(commands, "set", _set, "change a setting of the desk, or list all of them")
    _add_data_dir(parser)
    parser.add_argument("setting", nargs="?", metavar="NAME")
    parser.add_argument("value", nargs="?", type=int, metavar="VALUE")
    parser.set_defaults(parser=parser)


def _user_add(given: argparse.Namespace) -> None:
    password = sys.stdin.readline().rstrip("\r\n") if given.password_stdin else _ask_password()
    more = {"name": given.name, "role": given.role, "departments": given.departments}
    _over_door(given, lambda door, _: administer.add_user(door, given.login, password, **more))


def _site_add(given: argparse.Namespace) -> None:
    more = {"origins": given.site_origins, "key": given.key}

    def add(door: Door, options: Options) -> Lines:
        running = holder(options.data_dir)  # it knows its port, whatever this command's options say
        where = replace(options, port=running.port) if running and running.port else options
        return administer.add_site(door, given.name, gateway=where.gateway_url, **more)

    _over_door(given, add)


def _department_add(given: argparse.Namespace) -> None:
    _over_door(given, lambda door, _: administer.add_department(door, given.name, hidden=given.hidden))


def _department_change(given: argparse.Namespace) -> None:
    if given.hours is not None:
        opening_hours.parse(given.hours, given.zone or "UTC")  # before any house is asked
    names = ("new_name", "takes_part", "hours", "zone")
    more = {name: getattr(given, name) for name in names if getattr(given, name) is not None}
    _over_door(given, lambda door, _: administer.change_department(door, given.name, **more), make=False)


def _site_secret(given: argparse.Namespace) -> None:
    _over_door(given, lambda door, _: administer.site_secret(door, given.name), make=False)


def _story(given: argparse.Namespace) -> None:
    _over_door(given, lambda door, _: administer.tell_story(door, given.conversation), make=False)


def _set(given: argparse.Namespace) -> None:
    if given.setting is None:
        _listing(administer.list_settings)(given)
    elif given.value is None:
        given.parser.error("a value is missing")
    else:
        _over_door(given, lambda door, _: administer.change_setting(door, given.setting, given.value))


def _listing(lines: Callable[[Door], Lines]) -> Callable[[argparse.Namespace], None]:
    return lambda given: _over_door(given, lambda door, _: lines(door), make=False)


def _over_door(given: argparse.Namespace, work: Callable[[Door, Options], Lines], *, make: bool = True) -> None:
    """Do `work` with the house's door and print its lines."""
    from parlour.reach import reach

    options = _options(Options, given)

    async def run() -> list[str]:
        async with reach(options.data_dir, make=make) as door:
            return await work(door, options)

    try:
        for line in asyncio.run(run()):
            print(line)
    except administer.Declined as reason:
        sys.exit(_complain(str(reason), 1))
    except DoorError as error:
        sys.exit(_complain(f"The server does not answer ({error.reason}).", 1))


# --- copies ----------------------------------------------------------------------------------------------------------


def _add_backup(commands: "Commands") -> None:
    parser = _command(commands, "backup", _backup, "copy a house, running or not, into a new folder")
    _add_data_dir(parser)
    parser.add_argument("target", metavar="TARGET", help="the folder to make")


def _add_restore(commands: "Commands") -> None:
    parser = _command(commands, "restore", _restore, "make a house from a backup, while no server runs on it")
    _add_data_dir(parser)
    parser.add_argument("source", metavar="SOURCE", help="the folder that a backup made")
    parser.add_argument("--force", action="store_true", help="put a house that is there aside")


def _backup(given: argparse.Namespace) -> None:
    from parlour.backup import back_up

    made = back_up(_options(Options, given).data_dir, Path(given.target))
    size = sum(file.size for file in made.files.values()) / 1e6
    print(f"Backed up {made.position:,} events ({size:,.1f} MB) into {given.target}.")


def _restore(given: argparse.Namespace) -> None:
    from parlour.restore import restore

    data_dir = _options(Options, given).data_dir
    made, aside = restore(Path(given.source), data_dir, force=given.force)
    print(f"Restored {made.position:,} events, backed up {made.made:%Y-%m-%d %H:%M:%S} UTC, into {data_dir}.")
    if aside is not None:
        print(f"What was there is in {aside}.")


# --- small parts -----------------------------------------------------------------------------------------------------


def _command(commands: "Commands", name: str, run: Callable[..., None], about: str) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = commands.add_parser(name, help=about, description=about, allow_abbrev=False)
    parser.set_defaults(run=run)
    return parser


def _deeds(commands: "Commands", name: str, about: str, *deeds: str) -> list[argparse.ArgumentParser]:
    parser = commands.add_parser(name, help=about, description=about, allow_abbrev=False)
    parsers = parser.add_subparsers(metavar="|".join(deeds), required=True)
    made: list[argparse.ArgumentParser] = [parsers.add_parser(deed, allow_abbrev=False) for deed in deeds]
    for one in made:
        _add_data_dir(one)
    return made


def _add_data_dir(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--data-dir", metavar="FOLDER", help="where everything is kept")


def _options(kind: type[Kind], given: argparse.Namespace) -> Kind:
    said = {name: value for name, value in vars(given).items() if name in kind.__struct_fields__}
    return read(kind, said, os.environ)


def _ask_password() -> str:
    try:
        first = getpass.getpass("Password: ")
        second = getpass.getpass("Again: ")
    except EOFError:
        raise CannotStart("No password was given.") from None
    if first != second:
        raise CannotStart("The two passwords are not the same.")
    return first


def _complain(sentence: str, code: int) -> int:
    print(sentence, file=sys.stderr, flush=True)
    return code
