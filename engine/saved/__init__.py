"""What the engine knows at one position of the journal, as bytes and back, so that a start need not read everything."""

from engine.known import Knowledge
from engine.saved.house import Unreadable, decode, encode, form
from engine.saved.recover import Recovered, SnapshotAhead, recover

__all__ = ["Knowledge", "Recovered", "SnapshotAhead", "Unreadable", "decode", "encode", "form", "recover"]
