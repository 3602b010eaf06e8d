"""What the client's own tests take for what the server sends is what it sends."""

from pathlib import Path

import msgspec

from engine.talk import MAY

TABLE = Path(__file__).parent / "client" / "may.json"


def test_the_table_of_who_may_do_what_is_the_engines() -> None:
    kept = msgspec.json.decode(TABLE.read_bytes(), type=dict[str, set[str]])
    assert kept == {state: set(deeds) for state, deeds in MAY["visitor"].items()}
