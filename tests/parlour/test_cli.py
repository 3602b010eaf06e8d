"""The command line by its exit codes and sentences; what it does in a house is in `test_house_commands`."""

import argparse
import subprocess
import sys
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

import pytest

import bench
from parlour import cli
from parlour.cli import main

UNKNOWN = "0190a0b0-0000-7000-8000-000000000090"


def complaint(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str]:
    with pytest.raises(SystemExit) as end:
        main(arguments)
    out, err = capsys.readouterr()
    assert out == ""
    assert isinstance(end.value.code, int)
    return end.value.code, err


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ([], "the following arguments are required: COMMAND"),
        (["fly"], "invalid choice: 'fly'"),
        (["serve", "--port", "many"], "argument --port: invalid int value: 'many'"),
        (["serve", "--port", "70000"], "port: Expected `int` <= 65532"),
        (["serve", "--por", "1"], "unrecognized arguments: --por 1"),
        (["demo", "--visitors", "-1"], "visitors: Expected `int` >= 0"),
        (["user", "add", "anna"], "the following arguments are required: --name"),
        (["user", "add", "anna", "--name", "A", "--role", "king"], "argument --role: invalid choice: 'king'"),
        (["site", "add", "Shop"], "the following arguments are required: --origin"),
        (["set", "max_chats"], "a value is missing"),
        (["set", "max_chats", "many"], "argument VALUE: invalid int value"),
        (["department", "change", "Sales", "--hours", "Mon 9-17"], "“Mon 9-17” says no hours"),
        (
            ["department", "change", "Sales", "--hours", "Mon 09:00-17:00", "--zone", "No/Where"],
            "There is no time zone",
        ),
        (["user", "change", "ann", "--max-chats", "-1"], "argument --max-chats: invalid maximum value: '-1'"),
        (["user", "disable"], "the following arguments are required: login"),
        (["department", "change"], "the following arguments are required: name"),
        (["site", "secret"], "the following arguments are required: name"),
        (["site", "secret", "Shop"], "There is no data folder"),
        (["story"], "the following arguments are required: ID"),
        (["story", "c1"], "There is no data folder"),
        (["user", "list"], "There is no data folder"),
        (["forget"], "name a visitor, or an entry"),
        (["forget", UNKNOWN, "--entry", UNKNOWN, "1"], "name a visitor, or an entry"),
        (["forget", "vera"], "no id: vera"),
        (["forget", "--entry", "c1", "1"], "no id: c1"),
        (["forget", "--entry", UNKNOWN], "argument --entry: expected 2 arguments"),
        (["forget", "--entry", UNKNOWN, "first"], "no number: first"),
        (["forget", "--entry", UNKNOWN, "-1"], "no number: -1"),
        (["forget", UNKNOWN], "There is no data folder"),
        (["forget", "--entry", UNKNOWN, "1"], "There is no data folder"),
        (["bench", "anything"], "argument NAME: invalid choice: 'anything'"),
    ],
)
def test_bad_use_is_one_sentence_and_exit_code_2(
    arguments: list[str],
    says: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    code, err = complaint(capsys, *arguments)
    assert code == 2
    assert says in err
    assert err.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


def test_a_locked_folder_is_said_and_ends_with_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("parlour.data_dir.PATIENCE", 0.1)
    hold = "import sys; from pathlib import Path; from parlour.data_dir import claim\n"
    hold += "with claim(Path(sys.argv[1])): print(flush=True); sys.stdin.read()"
    arguments = [sys.executable, "-c", hold, str(tmp_path / "d")]
    with subprocess.Popen(arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout is not None
        other.stdout.readline()
        code, err = complaint(capsys, "serve", "--data-dir", str(tmp_path / "d"), "--port", "1")
        other.kill()
    assert (code, err) == (2, f"The data folder {tmp_path / 'd'} is in use by another Parlour.\n")


def test_the_benches_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    main(["bench"])
    assert "\ndelivery " in "\n" + capsys.readouterr().out


def test_the_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        main(["--help"])
    assert end.value.code == 0
    listed = [
        line.split()[0] for line in capsys.readouterr().out.splitlines() if line.startswith("    ") and line[4] != " "
    ]
    everything = "serve demo notebooks doctor bench user site department set story forget backup restore"
    assert [name for name in listed if name != "COMMAND"] == everything.split()


def test_the_version_is_the_packages(capsys: pytest.CaptureFixture[str]) -> None:
    assert helped(capsys, "--version") == f"parlour {version('parlour')}\n"


def helped(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    with pytest.raises(SystemExit) as end:
        main(arguments)
    assert end.value.code == 0
    out, err = capsys.readouterr()
    assert err == ""
    return out


def commands(parser: argparse.ArgumentParser) -> Iterator[argparse.ArgumentParser]:
    """Every parser of the command line."""
    yield parser
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for below in action.choices.values():
                yield from commands(below)


def test_every_command_deed_argument_and_option_says_what_it_is() -> None:
    parsers = list(commands(cli._parser()))
    assert len(parsers) > 30
    for parser in parsers:
        assert parser.description, parser.prog
        for action in parser._actions:
            if isinstance(action, argparse._SubParsersAction):
                described = {one.dest for one in action._choices_actions if one.help}
                assert described == set(action.choices), parser.prog
            else:
                assert action.help, (parser.prog, action.dest)


@pytest.mark.parametrize(
    ("command", "default"),
    [
        (["serve"], "./parlour-data"),
        (["demo"], "./.parlour-demo"),
        (["user", "add"], "./parlour-data"),
        (["backup"], "./parlour-data"),
        (["notebooks"], "./parlour-data, or ./.parlour-demo"),
        (["doctor"], "./parlour-data, or ./.parlour-demo"),
    ],
)
def test_the_help_says_which_folder_is_meant_where_none_is_named(
    command: list[str], default: str, capsys: pytest.CaptureFixture[str]
) -> None:
    said = " ".join(helped(capsys, *command, "--help").split())
    assert f"(PARLOUR_DATA_DIR; without it {default})" in said


def test_the_help_of_bench_lists_benches_and_of_one_its_options(capsys: pytest.CaptureFixture[str]) -> None:
    said = helped(capsys, "bench", "--help")
    assert "rest" not in said.split()
    assert all(name in said for name in bench.BENCHES)
    one = helped(capsys, "bench", "delivery", "--help")
    assert "--quick" in one
    assert "--json" in one


def test_a_house_that_does_not_run_is_changed_and_asked_all_the_same(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def said(*arguments: str) -> list[str]:
        main([*arguments, "--data-dir", str(tmp_path)])
        return capsys.readouterr().out.splitlines()

    said("department", "add", "Sales")
    changed = said("department", "change", "Sales", "--hours", "Mon-Fri 09:00-17:00", "--zone", "Europe/Berlin")
    assert changed == said("department", "change", "Sales")
    assert "Fri 09:00-17:00 (Europe/Berlin)" in changed[0]
    said("site", "add", "Shop", "--origin", "https://shop.example")
    said("site", "change", "Shop", "--origin", "https://a.example", "--origin", "https://b.example")
    assert said("site", "list")[1].endswith("Shop  https://a.example https://b.example")
    assert said("set", "wrap_up", "20") == ["wrap_up is 20."]
    secret = said("site", "secret", "Shop")
    assert len(bytes.fromhex(secret[0])) == 32
    assert said("site", "secret", "Shop") == secret
    assert said("department", "remove", "Sales") == ["Removed the department “Sales”."]
    refused = complaint(capsys, "set", "max_chats", "1000", "--data-dir", str(tmp_path))
    assert refused == (1, "That value is out of bounds: 1 to 100.\n")
    refused = complaint(capsys, "user", "disable", "ann", "--data-dir", str(tmp_path))
    assert refused == (1, "There is no user “ann” (there are: none yet).\n")
    code, err = complaint(capsys, "story", UNKNOWN, "--data-dir", str(tmp_path))
    assert (code, err) == (1, f"There is no conversation {UNKNOWN}.\n")
