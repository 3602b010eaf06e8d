"""A notebook run from top to bottom beside a running server, and what each of its cells showed."""

import asyncio
import os
import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbformat import NotebookNode


def shown_by(path: Path, *, url: str, token: str) -> dict[str, str]:
    """What each cell of the notebook shows, as text and HTML, by the cell's name."""
    with ThreadPoolExecutor(1) as thread:  # the caller's may have a loop of its own, as Playwright's
        notebook = thread.submit(run, path, url=url, token=token).result()
    return {cell.id: output(cell) for cell in notebook.cells if cell.cell_type == "code"}


def run(path: Path, *, url: str, token: str) -> NotebookNode:
    """The notebook with its outputs; a cell that fails raises."""
    place = {"metadata": {"path": str(path.parent)}}
    env = {**os.environ, "PARLOUR_URL": url, "PARLOUR_TOKEN": token, "PYTHONWARNINGS": "default"}
    client = NotebookClient(read(path), timeout=60, kernel_name="python3", resources=place)
    return asyncio.run(client.async_execute(env=env))


def read(path: Path) -> NotebookNode:
    """The notebook as it is kept."""
    notebook: NotebookNode = nbformat.reads(path.read_text(encoding="utf-8"), as_version=4)  # type: ignore[no-untyped-call]
    return notebook


def output(cell: NotebookNode) -> str:
    """All that a cell shows, but for BokehJS itself."""
    parts: list[str] = []
    for one in cell.outputs:
        data = one.get("data", {"text/plain": one.get("text", "")})
        if "application/vnd.bokehjs_load.v0+json" not in data:
            parts += [str(text) for text in data.values()]
    return "\n".join(parts)


def rows_of(table: str) -> list[str]:
    """The rows of a shown table, each as HTML."""
    return re.findall(r"<tr>(.*?)</tr>", table.partition("<tbody>")[2], re.DOTALL)


def cells_of(row: str) -> list[str]:
    """The cells of a row."""
    return re.findall(r"<td[^>]*>(.*?)</td>", row, re.DOTALL)


def figures_of(table: str) -> list[dict[str, str]]:
    """The rows of a shown data frame by the names of their columns."""
    names = [name for name in re.findall(r"<th>(\w*)</th>", table.partition("<tbody>")[0]) if name]
    if len(names) > 1 and names[-1] == "day":  # the index has its name in a row of its own
        names.pop()
    return [dict(zip(names, cells_of(row), strict=True)) for row in rows_of(table)]
