"""The vocabulary of the whole system: everything that can happen, one frozen struct each, in the past tense.

A module a subject; what a module has, the whole vocabulary has.
"""

from engine.events.base import *
from engine.events.conversation import *
from engine.events.forgetting import *
from engine.events.house import *
from engine.events.identity import *
from engine.events.invitation import *
from engine.events.left_message import *
from engine.events.parts import *
from engine.events.presence import *
from engine.events.record import *
