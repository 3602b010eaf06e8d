"""What pages are made of: a page of another make must not be given the document of this one."""

import hashlib
from importlib.metadata import version
from pathlib import Path

_KINDS = {".py", ".js", ".css", ".html"}


def made_of(folder: Path = Path(__file__).parent) -> str:
    """A mark that is another one as soon as anything in it is: our own files, and the libraries that draw."""
    mark = hashlib.sha256(f"{version('bokeh')} {version('panel')}".encode())
    for file in sorted(one for one in folder.rglob("*.*") if one.suffix in _KINDS):
        mark.update(file.read_bytes())
    return mark.hexdigest()[:16]


MADE_OF = made_of()
