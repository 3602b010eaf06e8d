"""The rules: pure state machines over events and commands; no I/O, no clock, no randomness, no asyncio, no Rx."""

from engine.desk.desk import Consequence, Desk
from engine.desk.state import DeskState
from engine.desk.validate import Invalid

__all__ = ["Consequence", "Desk", "DeskState", "Invalid"]
