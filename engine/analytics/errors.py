"""What can go wrong with a query, as analysts are told: a status, a name, words, and the place in the SQL."""

import re

import msgspec


class Position(msgspec.Struct, frozen=True, kw_only=True):
    """A place in the SQL: `offset` counts characters from 0, `line` and `column` from 1."""

    offset: int
    line: int
    column: int


class Refusal(Exception):
    """Why there is no answer.

    Attributes:
        status: of HTTP.
        error: the reason's name; clients may rely on it.
        fatal: the database cannot go on; the process must begin anew.
        wait: seconds until it may be asked again, where it may.
        made: how many events are in the tables, of how many, while these are made.

    """

    def __init__(
        self,
        status: int,
        error: str,
        message: str,
        *,
        position: Position | None = None,
        fatal: bool = False,
        wait: int = 1,
    ) -> None:
        super().__init__(message)
        self.status, self.error, self.message, self.position, self.fatal = status, error, message, position, fatal
        self.wait = wait
        self.made: tuple[int, int] | None = None

    def body(self) -> bytes:
        """The refusal as JSON."""
        said: dict[str, object] = {"error": self.error, "message": self.message}
        if self.position is not None:
            said["position"] = self.position
        if self.made is not None:
            said["made"] = self.made
        return msgspec.json.encode(said)


class _Told(msgspec.Struct):
    """An error as DuckDB tells it (`errors_as_json`); the position counts bytes."""

    exception_type: str
    exception_message: str
    position: str | None = None


def retry(made: tuple[int, int] | None = None) -> Refusal:
    """The tables are being made or the process begins anew; `made`: so many events are in them, of how many."""
    so_far = f" ({made[0]:,} of {made[1]:,} events)" if made else ""
    refusal = Refusal(503, "retry", f"The tables are not ready yet{so_far}; ask again in a moment.")
    refusal.made = made
    return refusal


def busy() -> Refusal:
    """Too many ask at once."""
    return Refusal(429, "busy", "Other queries run and wait; ask again later.")


def suspected(wait: int) -> Refusal:
    """Who asks, or what is asked, has ended the process before."""
    message = (
        f"Questions like this have ended the tables' process before; ask again in {wait} seconds, or less at once."
    )
    return Refusal(429, "busy", message, wait=wait)


def timeout(seconds: float) -> Refusal:
    """The time of a query is over."""
    return Refusal(408, "timeout", f"The query took longer than {seconds:g} seconds.")


def too_large(what: str) -> Refusal:
    """The result is larger than a result may be."""
    return Refusal(413, "too-large", f"The result has more than {what}; ask for less, or in parts.")


def bad_request(message: str) -> Refusal:
    """What was asked is no query."""
    return Refusal(400, "bad-request", message)


def bad_params(message: str) -> Refusal:
    """The parameters do not fit the SQL."""
    return Refusal(400, "bad-params", message)


def not_one_select(found: int) -> Refusal:
    """The gate: exactly one statement, and it only reads."""
    what = "no statement" if not found else "a statement that is no SELECT" if found == 1 else f"{found} statements"
    return Refusal(400, "not-one-select", f"Exactly one SELECT can be asked; this is {what}.")


def unlisted_pivot() -> Refusal:
    """A PIVOT whose columns are to be found in the rows: DuckDB would make a type of them, which is no reading."""
    return Refusal(
        400,
        "not-one-select",
        "A PIVOT must name the values that become columns: PIVOT … ON outcome IN ('answered', 'abandoned') USING …; "
        'or ask for the rows, and pivot them in your own program: duckdb.sql("PIVOT rows ON outcome USING …").',
    )


def explained(error: BaseException, sql: str, *, seconds: float) -> Refusal:
    """The refusal for what DuckDB or Arrow raised while a query was run."""
    if isinstance(error, Refusal):
        return error
    told = _told(str(error))
    kind = told.exception_type.upper() if told else _kind(error)
    message = told.exception_message if told else str(error)
    if kind == "INTERRUPT":
        return timeout(seconds)
    if kind in {"OUT OF MEMORY", "MEMORY"}:
        return Refusal(413, "too-large", "The query needs more memory than a query may have.")
    if kind in {"FATAL", "INTERNAL"}:
        return Refusal(503, "retry", "The tables must be opened anew; ask again in a moment.", fatal=True)
    place = _position(sql, int(told.position)) if told and told.position is not None else None
    name = "not-allowed" if kind == "PERMISSION" or "read-only" in message.lower() else "bad-sql"
    return Refusal(400, name, message, position=place)


def _told(text: str) -> _Told | None:
    found = re.search(r"\{\"exception_type\".*\}", text, re.DOTALL)
    if found is None:
        return None
    try:
        return msgspec.json.decode(found.group(), type=_Told)
    except msgspec.DecodeError:
        return None


def _kind(error: BaseException) -> str:
    if isinstance(error, MemoryError):
        return "MEMORY"
    return str(error).partition(" Error")[0].upper()


def _position(sql: str, byte: int) -> Position:
    before = sql.encode()[:byte].decode(errors="ignore")
    line = before.count("\n") + 1
    return Position(offset=len(before), line=line, column=len(before) - (before.rfind("\n") + 1) + 1)
