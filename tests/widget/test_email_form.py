"""The form takes and refuses the same e-mail addresses as the server, by the pattern that comes with the document."""

import json
import random
import shutil
import subprocess
from pathlib import Path

import pytest

from engine.text import Limits, valid_email

NODE = shutil.which("node") or "node"
LIMITS = Path(__file__).parents[2] / "widget/client/chat/limits.js"
TAKEN = [
    "a@b.de",
    "o'brien@example.com",
    "vera+shop@mail.example.co.uk",
    "first_last@example.org",
    "ü@bücher.example",
    "用户@例え.jp",
    "a@xn--bcher-kva.example",
    "!#$%&'*+/=?^_`{|}~-@example.org",
    "a.@example.org",
    "😀@example.org",
]
REFUSED = [
    "",
    "a",
    "a@b",
    "@b.de",
    "a@",
    "a@@b.de",
    "a b@c.de",
    "a@b.d",
    "a@b..de",
    "a@.de",
    "a@b.de.",
    "A <a@b.de>",
    "a@b.de,c@d.de",
    "a@b.de;c@d.de",
    'a"b@c.de',
    "a\\b@c.de",
    "a@b/c.de",
    "a@[1.2.3.4]",
    "a\ufeff@b.de",
    "a\u202e@b.de",
    "a\u00a0@b.de",
    "a\x00@b.de",
    "a@b.de\nBcc: x@y.de",
    f"{'a' * 65}@b.de",
]


def in_the_form(addresses: list[str]) -> list[bool]:
    script = (
        f'import {{ isAll }} from "{LIMITS.as_uri()}";'
        'import { readFileSync } from "node:fs";'
        "const { pattern, addresses } = JSON.parse(readFileSync(0, 'utf8'));"
        "console.log(JSON.stringify(addresses.map((one) => isAll(pattern, one))));"
    )
    asked = json.dumps({"pattern": Limits().address, "addresses": addresses})
    done = subprocess.run(
        [NODE, "--input-type=module", "-e", script], input=asked, capture_output=True, text=True, check=True
    )
    answers: list[bool] = json.loads(done.stdout)
    return answers


@pytest.mark.parametrize(("addresses", "taken"), [(TAKEN, True), (REFUSED, False)])
def test_both_take_what_is_one_and_refuse_what_is_none(addresses: list[str], taken: bool) -> None:
    assert [valid_email(one) for one in addresses] == [taken] * len(addresses)
    assert in_the_form(addresses) == [taken] * len(addresses)


def test_both_say_the_same_of_any_text() -> None:
    draw = random.Random(5)
    letters = "ab1@@@...-_+' \t\"\\<>()[],;:/?#%ü日😀\u00a0\u2028\ufeff\u200e\x85\x1f\ud800"
    texts = ["".join(draw.choices(letters, k=draw.randrange(12))) for _ in range(3_000)]
    texts += [f"{text}@{draw.choice(['b.de', 'ü.example', 'x'])}" for text in texts]
    assert in_the_form(texts) == [valid_email(text) for text in texts]
    assert sum(map(valid_email, texts)) > 50
