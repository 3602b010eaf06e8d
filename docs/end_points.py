"""The HTTP end points, read from docs/openapi.yaml: as a table for the protocol document, and one by one for its test.

It must not know the programs that answer them.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from openapi_spec_validator.readers import read_from_filename

FILE = Path(__file__).parent / "openapi.yaml"
METHODS = ("get", "post", "put", "patch", "delete", "options")


@dataclass(frozen=True, kw_only=True)
class EndPoint:
    """A path with a method; `example` is an address that it matches, `processes` answer it."""

    path: str
    method: str
    summary: str
    processes: tuple[str, ...]
    example: str
    statuses: tuple[str, ...]


def document() -> dict[str, Any]:
    """The whole document."""
    read, _ = read_from_filename(str(FILE))
    return dict(read)


def end_points() -> Iterator[EndPoint]:
    """Each of them, in the document's order."""
    for path, item in document()["paths"].items():
        for method in METHODS:
            if method in item:
                yield EndPoint(
                    path=path,
                    method=method,
                    summary=item[method]["summary"],
                    processes=tuple(server["description"] for server in item["servers"]),
                    example=_example(path, item[method].get("parameters", ())),
                    statuses=tuple(item[method]["responses"]),
                )


def _example(path: str, parameters: Any) -> str:
    for parameter in parameters:
        if parameter["in"] == "path":
            path = path.replace(f"{{{parameter['name']}}}", parameter["schema"]["example"])
    return path


def table() -> str:
    """A row for each, in Markdown."""
    rows = (
        f"| {', '.join(one.processes)} | `{one.method.upper()} {one.path}` | {one.summary} "
        f"| {', '.join(one.statuses)} |"
        for one in end_points()
    )
    return "\n".join(("| process | address | what | answers |", "|---|---|---|---|", *rows))
