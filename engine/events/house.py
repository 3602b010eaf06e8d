"""What happens to the house itself beside its parts: a setting changes, the engine starts."""

from typing import Any, ClassVar

from engine.events.base import Actor, Event


class SettingChanged(Event, frozen=True, kw_only=True):
    """A setting of `engine.settings` got a value: plain JSON of the setting's own type."""

    name: str
    value: Any
    by: Actor = None


class EngineStarted(Event, frozen=True, kw_only=True):
    """The engine read its journal and takes commands again: nobody is connected yet, grace times begin anew."""

    renames: ClassVar[bool] = True
