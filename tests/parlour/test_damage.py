"""A damaged page in the midst of the journal, in a real server: it starts, goes on, and says so everywhere."""

import asyncio
import io
from pathlib import Path

import pytest

from engine.accounts import Accounts
from engine.door.remote import RemoteDoor
from engine.views import HouseCondition
from parlour import journal_check
from parlour.cli import main
from parlour.doctor.examine import examine
from parlour.keys import door_key
from parlour.options import Options
from parlour.reach import connected
from tests.engine.analytics.days import write_journal
from tests.engine.door.doors import Seen
from tests.engine.journal.test_check import DAYS, PAGE, pages_with, put
from tests.parlour.test_full_disk import PATIENCE
from tests.parlour.test_snapshots import save
from tests.parlour.whole import free_port, started, until
from tests.running import PASSWORD, eventually, session_of

pytestmark = pytest.mark.slow

WITHIN = journal_check.FIRST + 20  # seconds after the start


def hurt(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A house with a person, a snapshot of all that happened, and a page that is not what it was."""
    folder.mkdir(mode=0o700)
    asyncio.run(Accounts.open(folder / "secrets.db").close())
    write_journal(folder / "journal.db", DAYS)
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{PASSWORD}\n"))
    main(["user", "add", "ann", "--name", "Ann", "--password-stdin", "--data-dir", str(folder)])
    save(folder, len(DAYS))
    pages = pages_with(folder / "journal.db", b'"visitor":')
    put(folder / "journal.db", pages[len(pages) // 3], bytes(PAGE))


async def _is_told(folder: Path, port: int) -> str:
    async with RemoteDoor(f"ws://127.0.0.1:{port}/door", door_key(folder)) as door:
        await connected(door, 10)
        told = Seen(door.watch(HouseCondition(), session=await session_of(door, "ann")))
        await eventually(lambda: told.bodies and told.bodies[-1]["value"]["damaged"], within=WITHIN)
        return str(told.bodies[-1]["value"]["damaged"])


def test_it_is_found_beside_the_start_and_said_in_log_doctor_and_dashboard(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, port = tmp_path / "data", free_port()
    hurt(folder, monkeypatch)
    with started(folder, "serve", port, starting=PATIENCE) as parent:
        before = parent.children["main"]
        fault = asyncio.run(_is_told(folder, port))
        assert fault.startswith("the events ")
        until(lambda: journal_check.read(folder) is not None)
        said = f"The journal is damaged: {fault}. {journal_check.WHAT_TO_DO}."
        assert said in examine(Options(data_dir=folder)).problems
        assert "CRITICAL parlour.journal_check: the journal is damaged: " in (folder / "logs" / "main.log").read_text()
        assert parent.children["main"] == before
        assert parent.end() == 0
    assert said in examine(Options(data_dir=folder)).problems  # of a house at rest too
