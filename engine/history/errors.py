"""What can go wrong for an analyst, each in one sentence, and which of them an answer of the server is."""

import msgspec


class HistoryError(Exception):
    """Why there is no answer, in words for people."""

    def _render_traceback_(self) -> list[str]:
        """What a notebook shows: the words, without the way to them."""
        return [f"{type(self).__name__}: {self}"]


class NoServer(HistoryError):
    """Nothing answers at the address, or something that is not Parlour's analytics."""


class WrongToken(HistoryError):
    """The token is missing or wrong."""


class BadSQL(HistoryError):
    """What was asked is not one SELECT that can be answered.

    Attributes:
        line: where in the SQL, counted from 1, None if no place is to blame; `column` likewise.

    """

    def __init__(self, message: str, sql: str, *, line: int | None = None, column: int | None = None) -> None:
        self.line, self.column = line, column
        super().__init__(message if line is None or column is None else _pointed(message, sql, line, column))


class TooSlow(HistoryError):
    """The query took longer than a query may."""


class TooBig(HistoryError):
    """The result, or what the query needs in memory, is larger than it may be."""


class Busy(HistoryError):
    """The server cannot answer now; ask again later."""


class NotReady(Busy):
    """The tables are being made, or the analytics process begins anew. A query is asked once more by itself.

    Attributes:
        made: how many events are in the tables, of how many; None where nobody said.

    """

    def __init__(self, message: str, *, made: tuple[int, int] | None = None) -> None:
        self.made = made
        super().__init__(message)


class Forbidden(HistoryError):
    """Who asks may not ask this."""


class _Place(msgspec.Struct, frozen=True):
    line: int
    column: int


class _Said(msgspec.Struct, frozen=True):
    """A refusal as the server tells it."""

    error: str
    message: str
    position: _Place | None = None
    made: tuple[int, int] | None = None


_PLAIN: dict[int, type[HistoryError]] = {408: TooSlow, 413: TooBig, 429: Busy}


def no_server(url: str) -> NoServer:
    """Nobody listens."""
    return NoServer(
        f"No server answers at {url}: start one with “parlour demo” or “parlour serve”, "
        "or say in PARLOUR_URL where it is (its port plus 2)."
    )


def no_leave(reason: str) -> HistoryError:
    """Main, which is asked before, gave no leave: for this `engine.door.interface.DoorError`."""
    if reason == "forbidden":
        return Forbidden("You may not ask the history this.")
    return NotReady(f"The main process, which is asked before the history is, does not answer ({reason}).")


def not_ours(url: str, status: int) -> NoServer:
    """Something else listens."""
    return NoServer(
        f"What answers at {url} is not Parlour's analytics (HTTP {status}): its port is the server's plus 2."
    )


def broken(url: str) -> NotReady:
    """The connection ended in mid-answer."""
    return NotReady(f"The connection to {url} broke off; the server may be starting again, so ask again in a moment.")


def silent(url: str) -> TooSlow:
    """Nothing comes."""
    return TooSlow(f"The server at {url} is there, but sends nothing.")


def unknown_event(why: str) -> HistoryError:
    """The server's vocabulary is another."""
    return HistoryError(f"The server tells an event that this program does not know, so one of them is newer: {why}.")


def no_token() -> WrongToken:
    """None was given."""
    return WrongToken("A token is needed: set PARLOUR_TOKEN to what stands in the data folder's file analyst.key.")


def wrong_token(url: str) -> WrongToken:
    """Another one was given."""
    return WrongToken(f"The server at {url} does not take this token: see the data folder's file analyst.key.")


def told(url: str, status: int, body: bytes, sql: str = "") -> HistoryError:
    """The error that an answer other than 200 tells."""
    try:
        said = msgspec.json.decode(body, type=_Said)
    except msgspec.DecodeError:
        return not_ours(url, status)
    if status == 401:
        return wrong_token(url)
    if status == 400:
        place = said.position
        return BadSQL(said.message, sql, line=place.line if place else None, column=place.column if place else None)
    if status == 404:
        return not_ours(url, status)
    if status == 503:
        return NotReady(said.message, made=said.made)
    return _PLAIN.get(status, HistoryError)(said.message)


def _pointed(message: str, sql: str, line: int, column: int) -> str:
    """The message with its place, and the line of the SQL with a caret under it."""
    text = [*sql.split("\n"), *[""] * line][line - 1].rstrip("\r")
    before = "".join(sign if sign == "\t" else " " for sign in text[: column - 1])
    return f"Line {line}, column {column}: {message}\n\n{text}\n{before}^"
