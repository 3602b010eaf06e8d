"""Debian's nginx with the block of the docs: only names, ports and certificates are a test's own."""

import re
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.parlour.whole import is_free, until

NGINX = "/usr/sbin/nginx"
PAGE = Path(__file__).parents[2] / "docs" / "administer.md"
WIDGET, DESK = "help.example.org", "desk.example.org"
OURS = """daemon off; master_process off; pid {folder}/pid; error_log {folder}/error.log;
events {{}} http {{ {paths} {block} }}"""
KEPT = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")


def block_of_the_docs() -> str:
    """The one nginx block of the page."""
    (found,) = re.findall(r"^```nginx\n(.*?)^```", PAGE.read_text(), re.DOTALL | re.MULTILINE)
    return str(found)


@contextmanager
def nginx(folder: Path, *, port: int, gateway: int) -> Iterator[None]:
    """Run it on `port` before the house at `gateway`."""
    _certify(folder)
    block = block_of_the_docs()
    for ours, its in (("443", str(port)), (":8700;", f":{gateway};"), (":8701;", f":{gateway + 1};")):
        assert ours in block
        block = block.replace(ours, its)
    block = re.sub(r"/etc/ssl/\w+/\S+\.(pem|key);", rf"{folder}/\1;", block)
    paths = "access_log off; " + " ".join(f"{name}_temp_path {folder}/{name};" for name in KEPT)
    (folder / "nginx.conf").write_text(OURS.format(folder=folder, paths=paths, block=block))
    command = [NGINX, "-e", str(folder / "error.log"), "-p", str(folder), "-c", str(folder / "nginx.conf")]
    with subprocess.Popen(command) as process:
        try:
            until(lambda: process.poll() is not None or not is_free(port), what="nginx")
            assert process.poll() is None, (folder / "error.log").read_text()
            yield
        finally:
            process.terminate()
            process.wait(5)


def _certify(folder: Path) -> None:
    names = f"subjectAltName=DNS:{WIDGET},DNS:{DESK}"
    made = ("-keyout", str(folder / "key"), "-out", str(folder / "pem"), "-subj", "/CN=test", "-addext", names)
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", *made]
    subprocess.run(command, check=True, capture_output=True)
