"""`from parlour import history`: what analysts use, under the program's own name."""

from engine.history import (
    BadSQL,
    Busy,
    History,
    HistoryError,
    NoServer,
    NotReady,
    Record,
    Result,
    Tables,
    TooBig,
    TooSlow,
    WrongToken,
    connect,
)

__all__ = [
    "BadSQL",
    "Busy",
    "History",
    "HistoryError",
    "NoServer",
    "NotReady",
    "Record",
    "Result",
    "Tables",
    "TooBig",
    "TooSlow",
    "WrongToken",
    "connect",
]
