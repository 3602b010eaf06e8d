"""The desk's settings: names, defaults and bounds. Seconds unless the name says otherwise."""

from typing import NamedTuple


class Setting(NamedTuple):
    """A whole number with its default and inclusive bounds."""

    default: int
    least: int
    most: int


SETTINGS: dict[str, Setting] = {
    "visitor_grace": Setting(60, 1, 3_600),  # from a visitor's last connection to the end of the visit
    "operator_grace": Setting(60, 1, 3_600),  # from an operator's last tab to being gone
    "response_timeout": Setting(30, 1, 3_600),  # how long a request rings
    "invitation_timeout": Setting(120, 1, 86_400),  # how long an invitation is open
    "wrap_up": Setting(0, 0, 3_600),  # after a chat, until the next is offered; 0: none
    "sleep_timeout": Setting(600, 1, 86_400),  # without an action on any page, until a visitor sleeps
    "max_chats": Setting(4, 1, 100),  # conversations at once, where the operator has no number of their own
}
DEFAULTS: dict[str, int] = {name: setting.default for name, setting in SETTINGS.items()}
