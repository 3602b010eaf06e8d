"""Every reason for which something is refused: where it comes from, and what our clients do about it.

`docs.make_protocol` prints it; a test holds it complete. It must not know how it is printed.
"""

from dataclasses import dataclass

from engine.commands import Reason


@dataclass(frozen=True)
class NamedError:
    """A reason: what caused it, and what the client does. Both are sentences for who writes a client."""

    cause: str
    client: str


TO_THE_BOX = "Puts the text back into the box, says why, and sends nothing by itself."
SAYS = "Says so; nothing is sent again."
LISTS_KNOW = "Says so in the row or the dialog; the list shows by itself what is true now."
COMMAND_LINE = "The command line says so in a sentence and ends with exit code 1."

NAMED_ERRORS: dict[Reason, NamedError] = {
    "another-user": NamedError(
        "`identify` names a signed user, and another one was here with this visitor's key.",
        "No browser gets it: the gateway ends the first one's visit and welcomes the pages of this browser as a new "
        "visitor, of whom the page says again who it is.",
    ),
    "bad-code": NamedError(
        "The one-time code for the first password is wrong or used up.",
        "The sign-in page asks to start the server again, which prints a new one.",
    ),
    "bad-frame": NamedError(
        "Not a frame of this protocol: no JSON, an unknown type or field, a wrong type, a hello twice or none at all; "
        "over the door the connection is closed with 1003.",
        "A fault of the client. The widget writes it to the console; the dashboard asks to load the page again.",
    ),
    "bad-login": NamedError(
        "The login or the password is wrong; an unknown login looks the same and takes as long.",
        "The sign-in page says so and keeps the login.",
    ),
    "bad-text": NamedError(
        "The text has lone surrogates or control characters, an e-mail address is none, a password is too short, or a "
        "login has other signs than it may have.",
        TO_THE_BOX,
    ),
    "bad-value": NamedError(
        "A setting or opening hours out of bounds, an id that is none; `detail` says what is possible.",
        COMMAND_LINE,
    ),
    "busy": NamedError(
        "The journal has no room for more at the moment, or too many passwords are being checked, or a fault of the "
        "server, which is in its log. Nothing was kept. `detail` is `no-room` where the disk is full: what the server "
        "had begun to keep by then is kept as soon as there is room, once, and acked when it is sent again.",
        "Sends the same frame with the same `client_id` again: the widget after `limit` or 2 s, the dashboard after 1 "
        "s.",
    ),
    "changed": NamedError(
        "A part of the house or a setting is not as it was when the change was asked for: its version is another than "
        "`rests_on`. `by` has changed it; left out, it was the command line.",
        "Says who has, and shows what is there now; nothing is sent again.",
    ),
    "disconnected": NamedError(
        "The door: main does not answer. Whether it happened is not known.",
        "The dashboard keeps messages and sends them again with the same `client_id` (which are kept once) when main "
        "is back; else it says so.",
    ),
    "empty": NamedError(
        "A text, a name or an address that must not be blank is.",
        "Send is disabled on a blank text, so that only other clients see it.",
    ),
    "ended": NamedError(
        "The conversation is over.",
        "Shows its end; a message that came too late stays in sight, unsent.",
    ),
    "exists": NamedError(
        "There is something of this id, name, key or login already.",
        COMMAND_LINE,
    ),
    "forbidden": NamedError(
        "The door: the key is none of a process (closed with 4403), or who asks has not the right, or may not read the "
        "conversation. The widget: a department of others; a left message beside a chat that goes on; or an `identify` "
        "with a signature that is not this site's of these values, or without one where a signed user is (`detail` "
        "says which).",
        "Says so; the widget writes it to the console.",
    ),
    "in-chat": NamedError(
        "An invitation to a visitor who is in a chat with `by`, or waits for somebody (`detail` is `waiting`).",
        "Says with whom, or that the visitor can be taken from the queue.",
    ),
    "in-use": NamedError(
        "A part of the house is to be removed that something is still done with; `detail` says what.",
        "Says where; the command line ends with exit code 1.",
    ),
    "invited": NamedError("`by` has invited this visitor already.", "Says who has."),
    "no-room": NamedError(
        "The disk of the server has little room, and this is given up until there is more; `detail` says what it is: "
        "`page-views`, `left-messages` or `new-chats`. Chats that are there go on.",
        "Says so and keeps what was written; nothing is sent again by itself. A page is told nothing of its views.",
    ),
    "not-active": NamedError(
        "A message, or the end of a chat, while nobody serves the visitor: the conversation rings or is queued.",
        "The widget puts the text back into the box and says why; the dashboard leaves the message in sight, unsent.",
    ),
    "not-here": NamedError("The visitor is not on the site any more.", SAYS),
    "not-invited": NamedError(
        "The conversation of a `start`, a `refuse` or a `take-back` is no invitation that is still open.",
        "The widget forgets the frame: what is true is on the screen by its entries. The dashboard says so.",
    ),
    "not-offered": NamedError("The conversation does not ring at this operator, and is not queued.", LISTS_KNOW),
    "not-yours": NamedError(
        "Another's conversation: another operator serves it, it is another visitor's, or a left message of a "
        "department that is not theirs.",
        SAYS,
    ),
    "on-hold": NamedError("The operator suspended the chat: nobody writes.", TO_THE_BOX),
    "signed-out": NamedError(
        "The login session is unknown, over, or ended elsewhere; or the operator has no open tab.",
        "The dashboard leads to the sign-in page in every tab; drafts stay.",
    ),
    "taken": NamedError("`by` accepted first; or the visitor cancels what an operator has just accepted.", LISTS_KNOW),
    "too-fast": NamedError(
        "More than a [limit](#limits) of the visitor's or of the address's: messages, pages, requests for help, left "
        "messages, new visitors, bytes, sign-ins; `limit` is the wait in seconds. Over HTTP the status is 429, with "
        "`Retry-After`, for a websocket's opening too.",
        "Says how long to wait; the text stays in the box. A hello that was refused is said again by the next "
        "connection, ten seconds later.",
    ),
    "too-long": NamedError("More characters than `limit`.", TO_THE_BOX),
    "too-slow": NamedError(
        "The door: a search took longer than it may.",
        "A client asks for rarer words.",
    ),
    "unknown-conversation": NamedError("There is no such conversation.", "Says so; a message stays in sight, unsent."),
    "unknown-department": NamedError(
        "There is no such department, or it takes no part in communication.",
        "The widget asks to choose another.",
    ),
    "unknown-operator": NamedError("There is no such operator, or not any more.", COMMAND_LINE),
    "unknown-setting": NamedError("There is no setting of this name; `detail` lists them.", COMMAND_LINE),
    "unknown-site": NamedError(
        "No site has this key, or this origin is none of its own; a socket is closed with 4403 after it.",
        "The widget stops connecting by itself.",
    ),
}
