"""A browser for which names of the field's own stand for this machine."""

from collections.abc import Mapping

from tests.browser import FLAGS


def flags_of(names: Mapping[str, str]) -> list[str]:
    """Chromium's flags; `names` (`*.example.org` too) and the addresses they stand for.

    What is not asked of a name server counts as public, and a public page may not load what is this machine's own.
    """
    rules = ", ".join(f"MAP {name} {address}" for name, address in names.items())
    off = "--disable-features="  # of which Chromium heeds the last alone
    flags = [f"{flag},LocalNetworkAccessChecks" if flag.startswith(off) else flag for flag in FLAGS]
    return [*flags, f"--host-resolver-rules={rules}"]
