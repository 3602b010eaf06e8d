"""Every command: what a visitor, an operator, an administrator or the clock asks for, in the imperative.

A command brings the ids of what it would make (drawn by its sender), so that the same commands always give the same
events. Text in a command is cleaned already (`engine.text`); whether the thing may happen is for the desk to say. A
module a subject; what a module has, the whole has.
"""

from engine.commands.base import *
from engine.commands.both import *
from engine.commands.callers import *
from engine.commands.clock import *
from engine.commands.forgetting import *
from engine.commands.house import *
from engine.commands.operator import *
from engine.commands.outcome import *
from engine.commands.visitor import *
