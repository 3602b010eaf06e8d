"""The pages before the dashboard and who gets past them, over real HTTP."""

import json
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

import pytest

from engine.commands import Refused
from engine.door.requests import AskUnset, Who
from engine.look.catalogue import catalogue
from tests.dashboard.house import PASSWORD, House
from tests.dashboard.running import Running, cookie_of
from tests.running import at_most


def test_the_root_leads_to_the_dashboard_and_that_to_the_sign_in(running: Running) -> None:
    assert running.get("/")[0].headers["Location"] == "/app/"
    for path in ("/app", "/app/"):
        response, _ = running.get(path)
        assert (response.status, response.headers["Location"]) == (302, "/app/login")


def test_signing_in_sets_a_cookie_that_scripts_and_other_sites_do_not_get(running: Running) -> None:
    response, _ = running.form("/app/login", login="ann", password=PASSWORD)
    assert response.headers["Location"] == "/app/"
    (cookie,) = [line for line in response.headers.get_all("Set-Cookie") or [] if line.startswith("parlour_operator")]
    assert {"HttpOnly", "SameSite=Strict", "Path=/app"} <= set(cookie.split("; "))


def test_an_unknown_name_gets_the_answer_of_a_wrong_password(running: Running) -> None:
    wrong, wrong_page = running.form("/app/login", login="ann", password="guess")
    unknown, unknown_page = running.form("/app/login", login="eve", password="guess")
    assert wrong.status == unknown.status == 401
    assert "The login or the password is wrong." in wrong_page
    assert without_tokens(wrong_page).replace("ann", "eve") == without_tokens(unknown_page)


def test_whether_anybody_has_a_login_is_asked_only_where_a_sign_in_is_refused(running: Running) -> None:
    def asked_by(password: str) -> int:
        _, page = running.get("/app/login")
        token = page.split('name="_xsrf" value="')[1].split('"')[0]
        asked = running.house.door.asked
        asked.clear()
        running.post("/app/login", {"_xsrf": token, "login": "ann", "password": password}, Cookie=f"_xsrf={token}")
        return asked.count(AskUnset)

    assert [asked_by("guess"), asked_by(PASSWORD)] == [1, 0]


def test_who_comes_where_nobody_has_a_login_is_told_so_with_the_refusal() -> None:
    with Running(House(furnished=False)) as running:
        response, page = running.form("/app/login", login="root", password="guess")
        assert response.status == 401
        assert catalogue()["login.unset"] in page


def test_one_address_brings_only_so_many_requests_and_others_are_answered_all_the_same() -> None:
    flood, other = ({"X_Forwarded_For": address} for address in ("198.51.100.7", "198.51.100.8"))
    with Running(proxies=["127.0.0.1"], limits=at_most(tab_requests=20)) as running:
        said = [running.get("/app/static/tokens.css", **flood)[0] for _ in range(25)]
        assert [one.status for one in said] == [200] * 20 + [429] * 5
        assert int(said[-1].headers["Retry-After"]) >= 1
        assert running.get("/app/login", **flood)[0].status == 429
        assert running.get("/app/login", **other)[0].status == 200
        assert running.counted.refused == {"tab-requests": 6}


def test_too_many_attempts_say_how_long_to_wait(running: Running) -> None:
    running.house.door.answers = [Refused(reason="too-fast", limit=17)]
    response, page = running.form("/app/login", login="ann", password="guess")
    assert (response.status, response.headers["Retry-After"]) == (429, "17")
    assert "Try again in 17 s." in page


def test_who_comes_when_too_many_do_is_told_when_to_come_again(running: Running) -> None:
    running.house.door.answers = [Refused(reason="busy")]
    response, page = running.form("/app/login", login="ann", password="guess")
    assert (response.status, response.headers["Retry-After"]) == (503, "1")
    assert "Too many sign in at this moment. Try again in a few seconds." in page


def test_a_stranger_s_failures_keep_no_owner_out_whose_browser_was_here_before() -> None:
    stranger, elsewhere = ({"X_Forwarded_For": address} for address in ("198.51.100.7", "198.51.100.8"))

    def tries(
        running: Running, headers: dict[str, str], password: str, *, browser: str = "", login: str = "ann"
    ) -> int:
        response, page = running.get("/app/login")
        token, cookies = page.split('name="_xsrf" value="')[1].split('"')[0], cookie_of(response)
        fields = {"_xsrf": token, "login": login, "password": password}
        return running.post("/app/login", fields, Cookie=f"{cookies}; {browser}", **headers)[0].status

    with Running(proxies=["127.0.0.1"]) as running:
        signed_in, _ = running.form("/app/login", login="ann", password=PASSWORD, headers=stranger)
        (line,) = [one for one in signed_in.headers.get_all("Set-Cookie") or [] if one.startswith("parlour_browser")]
        browser, *attributes = line.split("; ")
        assert {"HttpOnly", "SameSite=Strict", "Path=/app"} <= set(attributes)
        (expires,) = [parsedate_to_datetime(one[8:]) for one in attributes if one.startswith("expires=")]
        assert timedelta(days=365) < expires - datetime.now(UTC) < timedelta(days=400)
        assert "ann" not in browser

        assert {tries(running, stranger, f"guess {n}") for n in range(10)} == {401}
        assert tries(running, stranger, PASSWORD) == 429
        assert tries(running, stranger, PASSWORD, browser=browser) == 303
        assert tries(running, elsewhere, PASSWORD) == 303
        assert tries(running, stranger, PASSWORD, browser=browser, login="bob") == 303  # nobody guessed at his


@pytest.mark.parametrize("password", ["", " ", " " * 12, "\u00a0" * 9, "\u2003\u3000\u200b\u2060 \u2028\u00ad\ufeff"])
def test_a_blank_password_is_none(password: str) -> None:
    with Running(House(furnished=False)) as running:
        code = running.at(lambda house: house.main.accounts.setup_code())
        assert code
        response, page = running.form("/app/setup", code=code, name="Ada", login="root", password=password)
        assert response.status == 400
        assert "Give a login and a password." in page
        assert running.form("/app/login", login="root", password=password)[0].status == 401
        assert (
            running.form("/app/setup", code=code, name="Ada", login="root", password=PASSWORD)[0].status == 303
        )  # not used up


def test_without_main_the_sign_in_says_so(running: Running) -> None:
    running.do(lambda house: setattr(house.door, "up", False))
    response, page = running.form("/app/login", login="ann", password=PASSWORD)
    assert response.status == 503
    assert "No server answers at the moment." in page


def test_a_form_without_its_token_is_refused(running: Running) -> None:
    for path in ("/app/login", "/app/logout", "/app/setup"):
        response, _ = running.post(path, {"login": "ann", "password": PASSWORD})
        assert response.status == 403


@pytest.mark.parametrize("name", ["login", "password"])
def test_an_endless_field_is_refused(running: Running, name: str) -> None:
    fields = {"login": "ann", "password": PASSWORD, name: "x" * 5000}
    assert running.form("/app/login", headers=None, **fields)[0].status == 400


def test_what_was_typed_comes_back_as_text(running: Running) -> None:
    _, page = running.form("/app/login", login='"><img src=x onerror=alert(1)>', password="guess")
    assert "<img src=x" not in page


def test_the_one_time_code_sets_the_first_password_and_signs_in() -> None:
    with Running(House(furnished=False)) as running:
        code = running.at(lambda house: house.main.accounts.setup_code())
        assert code
        response, _ = running.form("/app/setup", code=code, name="Ada", login="root", password=PASSWORD)
        assert (response.status, response.headers["Location"]) == (303, "/app/")
        response, page = running.form("/app/setup", code="guess", name="Eve", login="eve", password=PASSWORD)
    assert response.status == 403
    assert "used up or wrong" in page


def test_signing_out_forgets_the_session(running: Running) -> None:
    cookie = running.sign_in()
    _, page = running.get("/app/", Cookie=cookie)
    token = page.split('name="_xsrf" value="')[1].split('"')[0]
    response, _ = running.get("/app/login", Cookie=cookie)
    both = f"{cookie}; _xsrf={token}"
    response, _ = running.post("/app/logout", {"_xsrf": token}, Cookie=both)
    assert (response.status, response.headers["Location"]) == (303, "/app/login")
    (secret,) = running.house.door.secrets
    assert running.at(lambda house: house.main.door.ask(Who(session=secret))) is None
    assert running.get("/app/", Cookie=cookie)[0].status == 302


def secure(running: Running, **headers: str) -> bool:
    """Whether the cookie of a sign-in goes over TLS only."""
    response, _ = running.form("/app/login", headers=headers, login="ann", password=PASSWORD)
    (cookie,) = [line for line in response.headers.get_all("Set-Cookie") or [] if "parlour_operator" in line]
    name, *attributes = cookie.split("; ")
    own = name.startswith("__Host-") and "Path=/" in attributes
    assert own == ("Secure" in attributes)
    return own


def test_the_cookie_goes_over_tls_only_where_a_named_proxy_says_that_there_is_tls() -> None:
    tls = {"X_Forwarded_For": "198.51.100.7", "X_Forwarded_Proto": "https"}
    with Running(proxies=["127.0.0.1"]) as behind:
        assert secure(behind, **tls)
        assert secure(behind, Forwarded="for=198.51.100.7;proto=https")
        assert not secure(behind, **tls | {"X_Forwarded_Proto": "http"})
        assert not secure(behind)
        signed_in, _ = behind.form("/app/login", headers=tls, login="ann", password=PASSWORD)
        brought = cookie_of(signed_in)
        assert behind.get("/app/", Cookie=brought, **tls)[0].status == 200
        planted = brought.replace("__Host-", "")  # by a page of a neighbouring name, which can set no other
        assert behind.get("/app/", Cookie=planted, **tls)[0].status == 302
    with Running(proxies=["10.0.0.1"]) as alone:
        assert not secure(alone, **tls)


def test_attempts_are_counted_by_the_address_that_a_named_proxy_tells() -> None:
    def tries(running: Running, address: str) -> int:
        headers = {"X_Forwarded_For": f"10.6.6.6, {address}"}
        return running.form("/app/login", headers=headers, login="nobody", password="guess")[0].status

    with Running(proxies=["127.0.0.1"]) as behind:
        said = [tries(behind, "198.51.100.7") for _ in range(11)]
        assert (said[:10], said[10]) == ([401] * 10, 429)
        assert tries(behind, "198.51.100.8") == 401
        assert [tries(behind, f"2001:db8::{n}") for n in range(11)][10] == 429  # one house's addresses
    with Running() as alone:
        assert [tries(alone, f"198.51.100.{number}") for number in range(11)][10] == 429


def test_health_says_whether_main_answers(running: Running) -> None:
    assert json.loads(running.get("/app/health")[1]) == {"ready": True}
    running.do(lambda house: setattr(house.door, "up", False))
    assert json.loads(running.get("/app/health")[1]) == {"ready": False}


def test_every_page_comes_with_the_policy(running: Running) -> None:
    cookie = running.sign_in()
    for path, headers in (("/app/login", {}), ("/app/setup", {}), ("/app/", {"Cookie": cookie})):
        response, page = running.get(path, **headers)
        policy = response.headers["Content-Security-Policy"]
        nonce = policy.split("'nonce-")[1].split("'")[0]
        assert "default-src 'none'" in policy
        assert "unsafe-eval" not in policy
        assert page.count("<script") == page.count(f'nonce="{nonce}"')


def test_a_hostile_host_gets_no_place_in_the_policy(running: Running) -> None:
    response, _ = running.get("/app/login", Host="evil.example; script-src *")
    assert "evil" not in (response.headers["Content-Security-Policy"] or "")


def without_tokens(page: str) -> str:
    """The page without what is new in each answer."""
    return "\n".join(line for line in page.splitlines() if "_xsrf" not in line and "nonce" not in line)
