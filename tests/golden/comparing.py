"""Golden lines and today's, compared: every difference that `renames.py` does not name is told, field by field.

It must not know any code of the house.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from tests.golden.files import Line, canonical
from tests.golden.renames import ADDED, FIELDS, GONE, NAMES, NEW, NEW_ROWS, VALUES, Differs

TOLD = 20  # differences, before it is only said how many more there are
# By what two lines are the same thing, whatever else they say.
KEYS = ("view", "table", "to", "for", "id", "conversation", "number", "step")


class Allowed(NamedTuple):
    """The differences that may be."""

    names: dict[str, str] = NAMES
    fields: dict[tuple[str, str], str] = FIELDS
    added: dict[str, frozenset[str]] = ADDED
    new: frozenset[str] = NEW
    new_rows: frozenset[tuple[str, str]] = NEW_ROWS
    gone: frozenset[tuple[str, str]] = GONE
    values: tuple[Differs, ...] = VALUES


def differences(
    journal: str, part: str, *, golden: Iterable[Line], today: Iterable[Line], allowed: Allowed | None = None
) -> list[str]:
    """What of today's lines is otherwise than the golden ones, in words; none where all is as it was or is allowed."""
    allowed = allowed or Allowed()
    wanted, problems = [line for line in golden if not _is_gone(line, allowed)], list[str]()
    for value in allowed.values:
        if (value.journal, value.part) == (journal, part):
            problems += _put_right(wanted, value)
    told = [_in_golden_terms(line, allowed) for line in today if not _is_new(line, allowed)]
    missing = Counter(map(canonical, wanted)) - Counter(map(canonical, told))
    more = Counter(map(canonical, told)) - Counter(map(canonical, wanted))
    lost = [line for line in wanted if _taken(missing, line)]
    found = [line for line in told if _taken(more, line)]
    problems += _in_words(lost, found)
    return problems if len(problems) <= TOLD else [*problems[:TOLD], f"… and {len(problems) - TOLD} more"]


def _taken(counts: Counter[str], line: Line) -> bool:
    """Whether the line is one of those counted; it is counted off."""
    key = canonical(line)
    counts[key] -= 1
    return counts[key] >= 0


def _name(line: Line) -> str:
    """The name of which a line is."""
    return str(line.get("view") or line.get("table") or line.get("to") or "story")


def _is_new(line: Line, allowed: Allowed) -> bool:
    return _name(line) in allowed.new or (_name(line), line.get("for")) in allowed.new_rows


def _is_gone(line: Line, allowed: Allowed) -> bool:
    return any((kind, line.get(kind)) in allowed.gone for kind in ("view", "table"))


# --- what is allowed -------------------------------------------------------------------------------------------------


def _put_right(lines: list[Line], value: Differs) -> Iterator[str]:
    """Let the golden lines say what is allowed to be said today; a difference that there is not is a problem."""
    at = [place for place, line in enumerate(lines) if value.where.items() <= line.items()]
    if len(at) != 1:
        yield f"renames.py: {len(at)} golden lines where {value.where}"
    elif value.field is None:
        del lines[at[0]]
    elif canonical({"it": lines[at[0]].get(value.field)}) != canonical({"it": value.was}):
        yield f"renames.py: {value.field} was not {value.was!r} where {value.where}"
    else:
        lines[at[0]] = lines[at[0]] | {value.field: value.now}


def _in_golden_terms(line: Line, allowed: Allowed) -> Line:
    """Today's line with the names that things had, and without what was added since."""
    old_names = {now: old for old, now in allowed.names.items()}
    name = old_names.get(_name(line), _name(line))
    said = {key: name if key in {"view", "table"} else value for key, value in line.items()}
    added = allowed.added.get(name, frozenset())
    fields = {_at(path, now): path for (whose, path), now in allowed.fields.items() if whose == name}
    renamed = _renamed(said, fields, added, "")
    assert isinstance(renamed, dict)
    return renamed


def _at(path: str, name: str) -> str:
    """The path of a field of this name beside that of `path`."""
    above, dot, _ = path.rpartition(".")
    return f"{above}{dot}{name}"


def _last(path: str) -> str:
    return path.rpartition(".")[2]


def _renamed(value: Any, fields: dict[str, str], added: frozenset[str], path: str) -> Any:
    match value:
        case list():
            return [_renamed(one, fields, added, path) for one in value]
        case dict():
            inside = ((f"{path}.{key}" if path else key, one) for key, one in value.items())
            return {
                _last(fields.get(place, place)): _renamed(one, fields, added, place)
                for place, one in inside
                if place not in added
            }
    return value


# --- in words --------------------------------------------------------------------------------------------------------


def _in_words(lost: list[Line], found: list[Line]) -> Iterator[str]:
    """A line that became another is told by what differs; others as they are."""
    others: dict[str, list[Line]] = defaultdict(list)
    for line in found:
        others[_thing(line)].append(line)
    for line in lost:
        if same := others[_thing(line)]:
            other = min(same, key=lambda one: len(_differing(line, one)))
            same.remove(other)
            yield f"{_thing(line)}\n" + "\n".join(_differing(line, other))
        else:
            yield f"- {canonical(line)}"
    for rest in others.values():
        yield from (f"+ {canonical(line)}" for line in rest)


def _thing(line: Line) -> str:
    if "table" in line:  # rows have no key in common: the first column is whose they are
        return f"{line['table']} {list(line.values())[1]}"
    return " ".join(f"{key}={line[key]}" for key in KEYS if key in line)


def _differing(golden: Line, today: Line) -> list[str]:
    absent = "nothing"
    return [
        f"    {key}: {golden.get(key, absent)!r} is now {today.get(key, absent)!r}"
        for key in sorted({*golden, *today})
        if canonical({"it": golden.get(key, absent)}) != canonical({"it": today.get(key, absent)})
    ]
