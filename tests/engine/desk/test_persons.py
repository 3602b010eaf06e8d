"""Who the site says is there: the same one, an anonymous one who signed in, or somebody else."""

import pytest

from engine.commands import IdentifyVisitor, Refused
from engine.commands.visitor import NOT_KNOWN, Known
from engine.desk.persons import is_another, is_same
from engine.events import VisitorId, VisitorIdentified, VisitorIdentity
from tests.engine.desk.play import Play

VERA = VisitorIdentity(user="42", name="Vera", email="vera@example.org")


def who(user: str | None = None, name: str | None = None, email: str | None = None) -> VisitorIdentity:
    return VisitorIdentity(user=user, name=name, email=email)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (VERA, VERA, True),
        (VERA, who("42", "Vera Berger", "new@example.org"), True),  # the id decides
        (VERA, who("43", "Vera", "vera@example.org"), False),
        (who(None, "Vera", "v@example.org"), who(None, "V. B.", "v@example.org"), True),
        (who(None, "Vera", "v@example.org"), who(None, "Vera", "w@example.org"), False),
        (VERA, who(None, "Vera"), True),
        (who(None, "Vera"), who(None, "Victor"), False),
        (who("42"), who(None, None, "v@example.org"), False),  # nothing that both have
    ],
)
def test_the_first_that_both_have_decides(one: VisitorIdentity, other: VisitorIdentity, same: bool) -> None:
    assert is_same(one, other) is same
    assert is_same(other, one) is same


@pytest.mark.parametrize(
    ("said", "now", "before", "another"),
    [
        (VERA, None, None, False),  # anonymous until now
        (VERA, (who(name="V."), False), None, False),  # who gave a name signs in
        (VERA, (who("42"), False), None, False),
        (VERA, (who("41"), False), None, True),  # the site itself said that it was another user
        (VERA, (VERA, True), None, False),
        (VERA, (who("41"), True), None, True),
        (VERA, None, who("42"), False),  # signed for in an earlier visit
        (VERA, None, who("41"), True),
        (VERA, (who(name="V."), False), who("41"), True),
        (VERA, (VERA, True), who("41"), False),  # what is so now counts, not what was
    ],
)
def test_a_signed_user_is_another_than_who_was_signed_for_last(
    said: VisitorIdentity, now: tuple[VisitorIdentity, bool] | None, before: VisitorIdentity | None, another: bool
) -> None:
    assert is_another(said, now=now, before=before) is another


@pytest.fixture
def here(play: Play) -> Play:
    play.views("vera")
    return play


def says(
    play: Play, *, verified: bool, user: str | None = None, name: str | None = None, before: Known = NOT_KNOWN
) -> object:
    return play.do(IdentifyVisitor(visitor=VisitorId("vera"), verified=verified, before=before, user=user, name=name))


def test_another_signed_user_is_not_this_visitor_and_the_same_one_again_changes_nothing(here: Play) -> None:
    assert not isinstance(says(here, verified=True, user="42", name="Vera"), Refused)
    for verified in (True, False):  # the same unsigned takes nothing away
        says(here, verified=verified, user="42", name="Vera")
        assert len(here.said(VisitorIdentified)) == 1
    says(here, verified=True, user="42", name="Vera Berger")
    assert len(here.said(VisitorIdentified)) == 2
    assert says(here, verified=True, user="43", name="Victor") == Refused(reason="another-user")
    assert len(here.said(VisitorIdentified)) == 2


@pytest.mark.parametrize("said", [{"user": "43"}, {"name": "Somebody"}, {"user": "42", "name": "Not Vera"}])
def test_unsigned_nobody_takes_a_signed_users_place_and_is_told_why(here: Play, said: dict[str, str]) -> None:
    says(here, verified=True, user="42", name="Vera")
    refused = says(here, verified=False, user=said.get("user"), name=said.get("name"))
    assert isinstance(refused, Refused)
    assert refused.reason == "forbidden"
    assert "signed user is here" in (refused.detail or "")
    assert len(here.said(VisitorIdentified)) == 1


def test_unsigned_users_take_turns_as_before(here: Play) -> None:
    for user in ("41", "42"):
        assert not isinstance(says(here, verified=False, user=user), Refused)
    assert len(here.said(VisitorIdentified)) == 2


def test_who_was_signed_for_in_an_earlier_visit_is_not_somebody_else_today(here: Play) -> None:
    earlier = Known(signed=VERA)
    assert says(here, verified=True, before=earlier, user="43") == Refused(reason="another-user")
    assert not isinstance(says(here, verified=True, before=earlier, user="42"), Refused)
