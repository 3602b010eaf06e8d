"""What anybody may ask of us, and how often: every limit there is, in one table, and the one way to count by it.

The table (`table.py`) is what the protocol document, the clients and the tests read. This room is pure: time is passed
in, and who somebody is, too. It must not know a frame, a socket or a person.
"""

from engine.limits.budgets import Budgets, Open
from engine.limits.meter import Meter
from engine.limits.row import Bound, Limit, Rate
from engine.limits.table import TABLE

__all__ = ["TABLE", "Bound", "Budgets", "Limit", "Meter", "Open", "Rate"]
