"""A report's question as the cell of a notebook, to go on from there. It must not know who asks."""

from collections.abc import Sequence

from dashboard.history.question import Param

_CELL = '''\
# {title}
from parlour import history

house = history.connect()  # by PARLOUR_URL and PARLOUR_TOKEN, which "parlour notebooks" sets
rows = house.query(
    """
{question}
    """,
    [
{params}
    ],
).pandas()
rows
'''
_NAMES = ("from", "until, without it", "department; None: all")


def cell(title: str, question: str, params: Sequence[Param]) -> str:
    """Python that asks the question anew, of the same period and department."""
    lines = (f"        {value!r},  # {name}" for value, name in zip(params, _NAMES, strict=True))
    told = "\n".join(f"    {line}" for line in question.splitlines())
    return _CELL.format(title=title, question=told, params="\n".join(lines))
