"""Whether `secrets.db` is there beside a journal: who made it anew in silence would let nobody in, and not say why."""

from pathlib import Path

from parlour.data_dir import CannotStart


def check(path: Path) -> None:
    """Raise `CannotStart` where a house with a past has lost the file; an empty one says that it is known."""
    journal, secrets = path / "journal.db", path / "secrets.db"
    if secrets.exists() or not journal.exists() or not journal.stat().st_size:
        return
    raise CannotStart(
        f"{secrets} is missing: with it every login and password, who was signed in, the sites' secrets, and by what"
        " browsers open their chats again are lost, while the journal beside it is there. Restore it from a backup; or,"
        f" to go on without it, make an empty one (touch {secrets}) and start again: the start prints the address where"
        " an administrator's password is set, who then gives everybody else a login anew."
    )
