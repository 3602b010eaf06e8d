"""The words of the widget's frames in TypeScript are the engine's."""

from docs import make_words
from engine.talk import State


def test_the_committed_words_are_what_the_code_says() -> None:
    assert make_words.PAGE.read_text(encoding="utf-8") == make_words.page(), "run `make docs`"


def test_every_state_is_among_them() -> None:
    assert all(f'  | "{state}"' in make_words.page() for state in State)
