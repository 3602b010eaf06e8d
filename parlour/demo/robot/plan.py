"""The robot's planner: when it takes a request, and what it does next in a conversation. Pure; times are in seconds.

It must not know the door or the clock; `operator` carries out what is planned here. The same history always gives the
same next move, so that a robot that was restarted goes on as if nothing had been.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from parlour.demo.robot.words import FAREWELL, GENERAL, GREETINGS, REPLIES, STILL_HERE, WELCOMES
from parlour.demo.visitors.topics import STILL_THERE, TOPICS

PATIENCE = 15.0  # how long a request is left to people while one of them is available
SILENCE = 180.0  # without a word from the visitor until the robot ends the conversation
AFTER_THANKS = 45.0  # the same, once everything is said
THANKS = ("thank", "perfect", "brilliant", "great", "bye")


@dataclass(frozen=True, kw_only=True)
class Message:
    """A message of a conversation."""

    author: Literal["visitor", "operator"]
    text: str


@dataclass(frozen=True, kw_only=True)
class Write:
    """Write this: read and think for a while, then type; what the visitor writes in the meantime makes another plan."""

    text: str
    thinking: float
    typing: float

    @property
    def after(self) -> float:
        """How long all of it takes."""
        return self.thinking + self.typing


@dataclass(frozen=True, kw_only=True)
class Close:
    """Say farewell and end the conversation, unless the visitor writes within `after`."""

    after: float


Move = Write | Close


def wait(ring: str, *, rung: float, alone: float | None, patience: float = PATIENCE, pace: float = 1.0) -> float:
    """How long to wait before taking the request `ring`.

    `rung` is for how long it has been ringing; `alone` for how long no person has been available, None while one is.
    """
    if alone is None:
        return max(0.0, patience - rung)
    return max(0.0, _dice(ring).uniform(1, 3) * pace - min(alone, rung))


def next_move(conversation: str, messages: Sequence[Message]) -> Move:
    """What to do in a conversation after what was said in it."""
    dice = _dice(f"{conversation}/{len(messages)}")
    if not messages:
        return Write(text=dice.choice(GREETINGS), thinking=0.5, typing=dice.uniform(1, 3))
    if messages[-1].author == "operator":
        return Close(after=AFTER_THANKS if messages[-1].text in WELCOMES else SILENCE)
    text = _answer(dice, messages)
    reading = 4.0 if _replies(messages) == 0 else 1.0  # who begins often has a second line to add
    typing = min(6.0, len(text) / dice.uniform(12, 18))
    return Write(text=text, thinking=reading + dice.uniform(0.5, 2), typing=typing)


def topic_of(texts: Sequence[str]) -> str | None:
    """The subject of the topic that a visitor's words are about: one they quote, else the one whose words they use."""
    for topic in TOPICS:
        if any(text in topic.opening for text in texts):
            return topic.subject
    everything = " ".join(texts).casefold()
    weights = {s: sum(len(word) for word in words if word in everything) for s, (words, _) in REPLIES.items()}
    best = max(weights, key=lambda subject: weights[subject])
    return best if weights[best] else None


def _answer(dice: random.Random, messages: Sequence[Message]) -> str:
    texts = [one.text for one in messages if one.author == "visitor"]
    if texts[-1] in STILL_THERE:
        return dice.choice(STILL_HERE)
    subject, number = topic_of(texts), _replies(messages)
    if number > 0 and _says_thanks(texts[-1]):
        return dice.choice(WELCOMES)
    replies = REPLIES[subject][1] if subject else GENERAL
    if number < len(replies):
        return replies[number]
    return GENERAL[-1]


def _replies(messages: Sequence[Message]) -> int:
    """How many answers the robot gave, without greetings and excuses."""
    small_talk = {*GREETINGS, *STILL_HERE, *WELCOMES, FAREWELL}
    return sum(one.author == "operator" and one.text not in small_talk for one in messages)


def _says_thanks(text: str) -> bool:
    plain = text.casefold()
    return plain in {topic.thanks.casefold() for topic in TOPICS} or (
        "?" not in plain and any(word in plain for word in THANKS)
    )


def _dice(seed: str) -> random.Random:
    return random.Random(seed)  # noqa: S311 - a play, not a secret
