"""The command line: `parlour serve|demo|notebooks|doctor|bench|user|site|department|set|story|forget|backup|restore`.

Exit codes: 0 done, 1 the house refused, 2 bad use or no start; each with one sentence on standard error.
"""

import sys
from collections.abc import Sequence

from engine.room import NoRoom
from parlour.command_line import copies, forget, house, parts, servers
from parlour.command_line.parser import Parser, Version, complain
from parlour.data_dir import CannotStart

ABOUT = (
    "Self-hosted live help. A house is what one data folder holds: its sites, departments and people, and all that"
    " happened there."
)


def main(arguments: Sequence[str] | None = None) -> None:
    """Do what the command line says."""
    given = _parser().parse_args(arguments)
    try:
        given.run(given)
    except CannotStart as reason:
        sys.exit(complain(str(reason), 2))
    except NoRoom:
        sys.exit(complain("The disk of the data folder is full; make room.", 2))
    except KeyboardInterrupt:
        sys.exit(130)


def _parser() -> Parser:
    parser = Parser(prog="parlour", description=ABOUT, allow_abbrev=False)
    parser.add_argument("--version", action=Version, nargs=0, help="which Parlour this is")
    commands = parser.add_subparsers(metavar="COMMAND", required=True)
    servers.add_all(commands)
    parts.add_all(commands)
    house.add_all(commands)
    forget.add_all(commands)
    copies.add_all(commands)
    return parser
