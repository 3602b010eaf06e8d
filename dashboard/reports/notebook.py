"""A report's question as the cell of a notebook, to go on from there. It must not know who asks."""

from collections.abc import Mapping

_CELL = '''\
# {title}
from parlour import history

house = history.connect()  # by PARLOUR_URL and PARLOUR_TOKEN, which "parlour notebooks" sets
rows = house.query(
    """
{question}
    """,
    {{
{values}
    }},
).pandas()
rows
'''
_SAID = {"start": "", "stop": "  # without it", "zone": "  # by whose clocks days are cut"}


def cell(title: str, question: str, values: Mapping[str, str | None]) -> str:
    """Python that asks the question anew, with the same parameters."""
    lines = (f'        "{name}": {value!r},{_SAID.get(name, "  # None: all")}' for name, value in values.items())
    told = "\n".join(f"    {line}" for line in question.splitlines())
    return _CELL.format(title=title, question=told, values="\n".join(lines))
