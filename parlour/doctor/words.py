"""A doctor's report in words, as aligned plain text. It must not look at anything itself."""

from collections.abc import Iterator, Mapping

from engine.counters import Browsers, Counters, Ports, Queries, Sockets
from parlour.doctor.report import JournalState, Process, Report

Facts = list[tuple[str, str]]


def words(report: Report) -> str:
    """The whole report; the verdict last, where one looks first."""
    parts = [_aligned(_house(report))]
    parts += [f"{one.name}\n{_aligned(_process(one), indent=2)}" for one in report.processes]
    if report.counters is not None:
        parts.append("since main's start\n" + _aligned(list(_counted(report.counters)), indent=2))
        parts += [
            f"since {name}'s start\n{_aligned(_told(told), indent=2)}" for name, told in _workers(report.counters)
        ]
    if report.analytics is not None and report.analytics.counted is not None:
        parts.append("since analytics' start\n" + _aligned(_asked(report.analytics.counted), indent=2))
    parts.append(_aligned(list(report.versions.items())))
    return "\n\n".join([*parts, _verdict(report)])


def _house(report: Report) -> Facts:
    journal, analytics = report.journal, report.analytics
    server = f"process {report.server}, port {report.port}" if report.server else "none runs on this folder"
    facts = [("data folder", report.data_dir), ("server", server)]
    if report.free_bytes is not None:
        facts.append(("disk", f"{report.free_bytes / 2**30:.1f} GB left"))
    if journal:
        facts.append(("journal", f"{journal.bytes / 2**20:.1f} MB, last position {journal.last_position}"))
        facts.append(("looked through", f"{report.checked:%Y-%m-%d %H:%M} UTC" if report.checked else "not yet"))
        facts.append(("snapshot", _snapshot(journal)))
    if analytics:
        behind = "" if analytics.behind is None else f", {analytics.behind} events behind the journal"
        health = analytics.health
        said = "does not answer" if health is None else "ready" if health.get("ready") else "not ready"
        facts.append(("analytics", f"mark {analytics.mark if analytics.mark is not None else '–'}{behind}; {said}"))
    return facts


def _process(one: Process) -> Facts:
    port = "none" if one.port is None else f"{one.port}, {'answers' if one.answers else 'does not answer'}"
    return [
        ("process", f"{one.pid}, {'ready' if one.ready else 'not ready'}: {one.sign}" if one.pid else "does not run"),
        ("command", one.command or "–"),
        ("port", port),
        ("open", _open(one)),
        ("log", f"{one.log}, {one.log_bytes / 2**20:.1f} MB with those put aside"),
        ("last error", one.last_error or "none"),
        ("without it", one.without),
    ]


def _open(one: Process) -> str:
    if one.descriptors is None:
        return "–"
    number, most = one.descriptors
    return f"{number:,} files and connections, of at most {most:,}"


def _snapshot(journal: JournalState) -> str:
    if journal.snapshot is None:
        return "none yet"
    upto, made = journal.snapshot
    return f"of position {upto}, {made:%Y-%m-%d %H:%M} UTC; {journal.last_position - upto:,} events since"


def _counted(counters: Counters) -> Iterator[tuple[str, str]]:
    yield "visitors", f"{_sockets(counters.visitors)}, {counters.visitors.crawlers} crawlers passed over"
    yield "limits", _refused(counters.visitors.refused)
    yield "door", _sockets(counters.door)
    yield "commands", f"{counters.busy} refused as busy"
    yield "views", ", ".join(f"{name} {count} failed" for name, count in counters.dead_letters.items()) or "none failed"
    yield "disk", ", ".join(f"{count} refused for want of room: {name}" for name, count in counters.shed.items()) or "–"
    yield "port", _port(counters.ports)


def _workers(counters: Counters) -> list[tuple[str, Browsers]]:
    return sorted(counters.workers.items())


def _told(browsers: Browsers) -> Facts:
    tabs = f"{_sockets(browsers.tabs)}, {browsers.not_let_in} not let in"
    return [
        ("tabs", tabs),
        ("sign-ins", f"{browsers.sign_ins} refused"),
        ("limits", _refused(browsers.refused)),
        ("port", _port(browsers.ports)),
    ]


def _asked(queries: Queries) -> Facts:
    refused = ", ".join(f"{count} refused as {name}" for name, count in sorted(queries.refused.items()))
    answers = f"{queries.too_slow} too slow"
    return [("questions", refused or "none refused"), ("answers", answers), ("port", _port(queries.ports))]


def _port(ports: Ports) -> str:
    return f"no connections taken for {ports.pauses} s" if ports.pauses else "took all connections"


def _sockets(sockets: Sockets) -> str:
    return f"{sockets.bad_frames} bad frames, {sockets.too_slow} too slow, {sockets.silent} silent"


def _refused(by_limit: Mapping[str, int]) -> str:
    """By the names that the protocol document has the limits under."""
    return ", ".join(f"{count} beyond {name}" for name, count in sorted(by_limit.items())) or "none passed"


def _verdict(report: Report) -> str:
    return "All is well." if report.well else "\n".join(("Something is wrong:", *_listed(report.problems)))


def _listed(sentences: tuple[str, ...]) -> Iterator[str]:
    for sentence in sentences:
        yield f"  - {sentence}"


def _aligned(facts: Facts, *, indent: int = 0) -> str:
    width = max(len(name) for name, _ in facts)
    return "\n".join(f"{' ' * indent}{name.ljust(width)}  {fact}".rstrip() for name, fact in facts)
