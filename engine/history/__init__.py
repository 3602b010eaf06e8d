"""The analysts' way in: rows by SQL, and events as an Observable, of a running server, over HTTP, read-only.

It knows the address of the analytics process and the vocabulary of events, and no other part of the engine: it runs in
notebooks, wherever they are.
"""

from engine.events import Record
from engine.history.errors import BadSQL, Busy, HistoryError, NoServer, NotReady, TooBig, TooSlow, WrongToken
from engine.history.history import History, connect
from engine.history.result import Result
from engine.history.tables import Tables

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
