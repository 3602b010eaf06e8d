"""The process's options: on the command line, over `PARLOUR_*` in the environment, over `<data>/parlour.toml`.

Ports and folders only: how the desk works is settings, which are events (`parlour set`).
"""

import tomllib
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any, TypeVar
from urllib.parse import urlsplit

import msgspec

from engine.room import LEAST
from engine.wire.hosts import Hosts, known_by
from engine.wire.origins import NoOrigin, normal
from engine.wire.proxies import network
from parlour.data_dir import CannotStart
from parlour.processes import MACHINE, PROCESSES

HOST, PORT = MACHINE, 8700
DATA_DIR, DEMO_DATA_DIR = Path("parlour-data"), Path(".parlour-demo")
LOOPBACK = {"0.0.0.0": HOST, "::": "::1", "": HOST}  # noqa: S104 - by what reaches it: compared with, not listened on
HOST_OPTION = "--allowed-host {name} (or allowed_hosts in parlour.toml)"
NO_OPTIONS = {"PARLOUR_URL", "PARLOUR_TOKEN"}  # what notebooks read


class Options(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where the processes listen and where they keep their data.

    Attributes:
        data_dir: the folder, which exists and is locked while a server runs on it.
        host: the address to listen on.
        port: P; the gateway and the door. The others' ports follow it: `parlour.processes`.
        origins: the addresses the dashboard is opened under, where it is not its own (behind a proxy).
        allowed_hosts: the names under which it is asked beside its own and the origins': the widget's, behind a proxy.
        proxies: the addresses, or networks, of the proxies whose word on where somebody comes from is believed.
        least_room: the megabytes of the disk below which there is no start, and a server that runs gives things up.

    """

    data_dir: Path = DATA_DIR
    host: str = HOST
    port: Annotated[int, msgspec.Meta(ge=1, le=65_532)] = PORT
    origins: tuple[str, ...] = ()
    proxies: tuple[str, ...] = ()
    least_room: Annotated[int, msgspec.Meta(ge=1, le=1_000_000_000)] = LEAST
    allowed_hosts: tuple[str, ...] = ()

    @property
    def address(self) -> str:
        """The host as it stands in an address people open."""
        host = LOOPBACK.get(self.host, self.host)
        return f"[{host}]" if ":" in host else host

    @property
    def gateway_url(self) -> str:
        """Where the widget comes from."""
        return f"http://{self.address}:{self.port}"

    @property
    def door_url(self) -> str:
        """Where main answers its other processes, on this machine only."""
        return f"ws://127.0.0.1:{self.port}/door"

    @property
    def listens(self) -> tuple[str, ...]:
        """Where all ports listen. A socket of all IPv6 addresses takes no IPv4, so that it has one beside it."""
        return (self.host, "0.0.0.0") if self.host == "::" else (self.host,)  # noqa: S104 - the same for IPv4

    @property
    def known_hosts(self) -> Hosts:
        """Under which names the house may be asked. Where it listens on all addresses it knows none of them."""
        named = (urlsplit(one).netloc for one in self.origins)
        return Hosts((self.address, *named, *self.allowed_hosts), addresses=self.host in LOOPBACK)

    @property
    def hosts(self) -> tuple[str, ...]:
        """Where to listen, so that this machine's own processes get through too."""
        return self.listens if self.host in {*LOOPBACK, HOST, "localhost"} else (*self.listens, HOST)

    def ports(self, names: Iterable[str]) -> tuple[int, ...]:
        """The ports of the named processes, of those that have one."""
        return tuple(self.port + offset for name in names if (offset := PROCESSES[name].offset) is not None)

    def port_of(self, name: str) -> int:
        """The port of a process that has one."""
        (port,) = self.ports((name,))
        return port

    @property
    def analytics_port(self) -> int:
        """Where analysts are answered."""
        return self.port_of("analytics")

    @property
    def analytics_url(self) -> str:
        """The base of the analysts' address."""
        return f"http://{self.address}:{self.analytics_port}"

    @property
    def dashboard_port(self) -> int:
        """Where the dashboard answers."""
        return self.port_of("dashboard")

    @property
    def dashboard_url(self) -> str:
        """The dashboard's first page, as people open it."""
        return f"{self.origins[0] if self.origins else f'http://{self.address}:{self.dashboard_port}'}/app"

    @property
    def dashboard_origins(self) -> tuple[str, ...]:
        """The addresses a dashboard's browser may call itself from."""
        names = dict.fromkeys((self.address, HOST, "localhost", "[::1]"))
        return self.origins or tuple(f"http://{name}:{self.dashboard_port}" for name in names)


class DemoOptions(Options, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The demo's options: also how many believable visitors, and the seed they are drawn from.

    `robot`: whether a robot operator serves beside people.
    """

    data_dir: Path = DEMO_DATA_DIR
    visitors: Annotated[int, msgspec.Meta(ge=0, le=2_000)] = 12
    seed: int = 1
    robot: bool = True

    @property
    def shop_port(self) -> int:
        """Where the demo's shop is."""
        return self.port_of("demo-site")

    def wants(self, name: str) -> bool:
        """Whether a process is to be started."""
        wanted = PROCESSES[name].wanted
        return wanted is None or bool(getattr(self, wanted))

    @property
    def shop_url(self) -> str:
        """The shop, under another name than the server's, so that embedding is truly cross-site."""
        return f"http://localhost:{self.shop_port}"

    @property
    def shop_listens(self) -> tuple[str, ...]:
        """Where the shop does: always under its name too, which is often both 127.0.0.1 and ::1."""
        if self.host in LOOPBACK:
            return self.listens
        return ("localhost",) if self.host in {HOST, "::1", "localhost"} else (*self.listens, "localhost")


Kind = TypeVar("Kind", bound=Options)


def read(kind: type[Kind], given: Mapping[str, Any], environment: Mapping[str, str]) -> Kind:
    """The options of `kind`: `given` (what the command line said), over `PARLOUR_*`, over the folder's parlour.toml.

    Raises `CannotStart` with one sentence.
    """
    spoken = {name: value for name, value in given.items() if value is not None}
    named = _from_environment(kind, environment)
    place = _convert(kind, {k: v for k, v in (named | spoken).items() if k == "data_dir"}, "the options")
    kept = _from_file(kind, place.data_dir / "parlour.toml")
    _convert(kind, kept, str(place.data_dir / "parlour.toml"))
    options = _convert(kind, kept | named | spoken, "the options")
    return msgspec.structs.replace(
        options,
        data_dir=place.data_dir.absolute(),
        origins=tuple(map(origin, options.origins)),
        proxies=tuple(map(proxy, options.proxies)),
        allowed_hosts=tuple(map(allowed_host, options.allowed_hosts)),
    )


def encode(options: Options) -> str:
    """The options as one text, for a child's command line."""
    return msgspec.json.encode(options, enc_hook=str).decode()


def decode(text: str) -> DemoOptions:
    """The options that `encode` wrote; a server's get the demo's defaults beside them, which nobody asks for."""
    return msgspec.json.decode(text, type=DemoOptions, dec_hook=_path)


def _path(kind: type, value: object) -> Path:
    if kind is not Path or not isinstance(value, str):
        raise NotImplementedError(kind)
    return Path(value)


def origin(text: str, *, below: bool = False) -> str:
    """`text` as an origin, as browsers say it; with `below`, or as all below a name. Raises `CannotStart`."""
    try:
        return normal(text, below=below)
    except NoOrigin as why:
        raise CannotStart(str(why)) from None


def allowed_host(text: str) -> str:
    """`text` as the name of a host, or as all below one. Raises `CannotStart` where it is none."""
    try:
        return known_by(text)
    except NoOrigin:
        raise CannotStart(f"“{text}” is not the name of a host like help.example.org, or *.example.org.") from None


def proxy(text: str) -> str:
    """`text` as an address or a network. Raises `CannotStart` where it is none."""
    try:
        return str(network(text))
    except ValueError:
        raise CannotStart(
            f"“{text}” is not the address of a proxy like 127.0.0.1, or a network like 10.0.0.0/8."
        ) from None


def _from_environment(kind: type[Options], environment: Mapping[str, str]) -> dict[str, Any]:
    names = {f"PARLOUR_{name.upper()}": name for name in DemoOptions.__struct_fields__}
    for given in environment:
        if given.startswith("PARLOUR_") and given not in names.keys() | NO_OPTIONS:
            raise CannotStart(
                f"There is no option {given} in the environment{_nearest(given, names.keys() | NO_OPTIONS)}."
            )
    found = {name: environment.get(given, "") for given, name in names.items() if name in kind.__struct_fields__}
    named: dict[str, Any] = {name: value for name, value in found.items() if value}
    for several in ("origins", "proxies", "allowed_hosts"):
        if several in named:
            named[several] = named[several].replace(",", " ").split()
    return named


def _nearest(given: str, known: Iterable[str]) -> str:
    """A hint at the one that was meant."""
    near = get_close_matches(given, known, n=1)
    return f"; did you mean {near[0]}?" if near else ""


def _from_file(kind: type[Options], path: Path) -> dict[str, Any]:
    """What the file says; what is there for a demo alone is nothing to others, who may look at its folder."""
    try:
        kept = tomllib.loads(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise CannotStart(f"{path} cannot be read: {error}.") from None
    if "data_dir" in kept:
        raise CannotStart(f"{path} cannot say where its own folder is: take data_dir out.")
    known = set(DemoOptions.__struct_fields__) - {"data_dir"}
    for given in sorted(kept.keys() - known):
        raise CannotStart(f"There is no option {given} for {path}{_nearest(given, known)}.")
    return {name: value for name, value in kept.items() if name in kind.__struct_fields__}


def _plainly(error: str) -> str:
    """Msgspec's "Expected … - at `$.port`" with the option's name before it."""
    what, _, where = error.partition(" - at `$.")
    return f"{where.rstrip('`')}: {what}" if where else what


def _convert(kind: type[Kind], values: Mapping[str, Any], source: str) -> Kind:
    try:
        # Not strict: what the environment says is text.
        return msgspec.convert(dict(values), type=kind, strict=False, dec_hook=_path)
    except msgspec.ValidationError as error:
        raise CannotStart(f"Bad option in {source}: {_plainly(str(error))}.") from None
