"""What a doctor finds of a house. It must not know how it was found, nor look at anything."""

from datetime import datetime

import msgspec

from engine.counters import Counters, Queries


class Process(msgspec.Struct, frozen=True, kw_only=True):
    """A process of the house.

    Attributes:
        command: as it was started; None where it does not run.
        answers: whether its port takes connections; None where it has no port.
        ready: whether its sign of readiness is there.
        log_bytes: of its log and those put aside.
        last_error: the last error in its log, with its time.
        descriptors: how many files and connections it has open, of how many it may have at most; None where that
            cannot be seen.

    """

    name: str
    pid: int | None
    command: str | None
    sign: str
    ready: bool
    port: int | None
    answers: bool | None
    log: str
    log_bytes: int
    last_error: str | None
    without: str
    descriptors: tuple[int, int] | None


class JournalState(msgspec.Struct, frozen=True, kw_only=True):
    """How much the journal holds; `bytes` with its write-ahead log.

    Attributes:
        last_at: when the last event happened; None where there is none.
        snapshot: the position of the last event in the latest snapshot, and when that was made; None without one.

    """

    bytes: int
    last_position: int
    last_at: datetime | None
    snapshot: tuple[int, datetime] | None


class AnalyticsState(msgspec.Struct, frozen=True, kw_only=True):
    """How far the tables are: `mark` as the file says, `behind` in events, the rest as the process says."""

    mark: int | None
    behind: int | None
    health: dict[str, object] | None
    counted: Queries | None


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """How a house is; `problems` are sentences, none where all is well; `counters` None where main does not tell.

    Attributes:
        checked: when the journal was looked through last; None where it never was.

    """

    data_dir: str
    server: int | None
    port: int
    problems: tuple[str, ...]
    processes: tuple[Process, ...]
    free_bytes: int | None
    checked: datetime | None
    journal: JournalState | None
    analytics: AnalyticsState | None
    counters: Counters | None
    versions: dict[str, str]

    @property
    def well(self) -> bool:
        """Whether nothing is wrong."""
        return not self.problems


def as_json(report: Report) -> str:
    """The report as one object on one line."""
    return msgspec.json.encode({"well": report.well, **msgspec.to_builtins(report)}).decode()
