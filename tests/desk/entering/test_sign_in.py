"""Signing in and out."""

from datetime import timedelta

import pytest
from argon2 import PasswordHasher
from desk_bench import FAST, PASSWORD, URL, Bench, Browser

from bot.conversation.conversations import hash_token
from bot.desk.entering.access import SESSION_COOKIE, safe_next

pytestmark = pytest.mark.asyncio

EMAIL = "claire@cegep.example"


async def signs_in(browser: Browser, password: str = PASSWORD, email: str = EMAIL) -> int:
    await browser.get("/desk/sign-in")
    return (await browser.post("/desk/sign-in", email=email, password=password)).status_code


async def test_an_adviser_signs_in_with_their_address_however_it_is_written(bench: Bench) -> None:
    await bench.adviser("Claire L.")
    browser = bench.browser()
    assert await signs_in(browser, email=" Claire@CEGEP.example ") == 303
    assert "La file" in (await browser.get("/desk/")).text


async def test_a_wrong_password_and_an_unknown_address_are_refused_in_the_same_words(
    bench: Bench,
) -> None:
    await bench.adviser("Claire L.")
    browser = bench.browser()
    await browser.get("/desk/sign-in")
    wrong = await browser.post("/desk/sign-in", email=EMAIL, password="pas le bon mot")
    unknown = await browser.post("/desk/sign-in", email="x@y.example", password=PASSWORD)
    assert (wrong.status_code, unknown.status_code) == (401, 401)
    assert wrong.text.replace(EMAIL, "") == unknown.text.replace("x@y.example", "")
    assert SESSION_COOKIE not in browser.http.cookies


async def test_the_cookie_is_for_the_desk_alone_and_secure_behind_https(bench: Bench) -> None:
    await bench.adviser("Claire L.")
    browser = bench.browser(secure_cookies=True)
    await browser.get("/desk/sign-in")
    key = browser.hidden()
    cookie = browser.http.cookies["qve_desk_form"]
    response = await browser.http.post(
        "/desk/sign-in",
        data={**key, "email": EMAIL, "password": PASSWORD},
        headers={"cookie": f"qve_desk_form={cookie}"},  # httpx keeps Secure cookies from http
    )
    [session] = [c for c in response.headers.get_list("set-cookie") if c.startswith("qve_desk=")]
    attributes = {part.strip().lower() for part in session.split(";")[1:]}
    assert {"httponly", "samesite=lax", "path=/desk", "secure"} <= attributes
    assert "max-age=648000" in attributes, "it outlives the session, to tell that it has ended"


async def test_whose_session_has_ended_is_sent_to_sign_in_and_back(bench: Bench) -> None:
    _, browser = await bench.adviser("Claire L.")
    case_id = await bench.open_case()
    await browser.get(f"/desk/cases/{case_id}")
    bench.clock.advance(timedelta(hours=12))
    came_from = {"accept": "text/html", "referer": f"{URL}/desk/cases/{case_id}"}
    token = browser.hidden()["form_token"]
    pressed = await browser.http.post(
        f"/desk/cases/{case_id}/claim", data={"form_token": token}, headers=came_from
    )
    onward = f"/desk/sign-in?next=/desk/cases/{case_id}&ended=yes"
    assert (pressed.status_code, pressed.headers["location"]) == (303, onward)
    assert "Votre session est terminée" in (await browser.get(onward)).text


async def test_only_a_hash_of_the_session_is_kept(bench: Bench) -> None:
    adviser, browser = await bench.adviser()
    token = browser.http.cookies[SESSION_COOKIE]
    assert await bench.accounts.session(hash_token(token), bench.clock()) == adviser
    assert await bench.accounts.session(token.encode()[:32], bench.clock()) is None


async def test_signing_in_again_opens_a_new_session_and_closes_the_old_one(bench: Bench) -> None:
    await bench.adviser("Claire L.")
    browser = bench.browser()
    browser.http.cookies.set(SESSION_COOKIE, "planted", domain="desk.test", path="/desk")
    await signs_in(browser)
    first = browser.http.cookies[SESSION_COOKIE]
    assert first != "planted"
    stale = bench.browser()
    await stale.get("/desk/sign-in")
    stale.http.cookies.set(SESSION_COOKIE, first, domain="desk.test", path="/desk")
    await stale.post("/desk/sign-in", email=EMAIL, password=PASSWORD)
    assert await bench.accounts.session(hash_token(first), bench.clock()) is None


async def test_a_session_ends_after_its_hours(bench: Bench) -> None:
    _, browser = await bench.adviser()
    bench.clock.advance(timedelta(hours=12))
    assert (await browser.get("/desk/")).headers["location"].startswith("/desk/sign-in")


async def test_signing_out_ends_the_session_on_the_server(bench: Bench) -> None:
    _, browser = await bench.adviser()
    token = browser.http.cookies[SESSION_COOKIE]
    await browser.get("/desk/")
    assert (await browser.post("/desk/sign-out")).status_code == 303
    assert SESSION_COOKIE not in browser.http.cookies
    assert await bench.accounts.session(hash_token(token), bench.clock()) is None


async def test_after_five_wrong_passwords_even_the_right_one_must_wait(bench: Bench) -> None:
    await bench.adviser("Claire L.")
    browser = bench.browser()
    for _ in range(5):
        assert await signs_in(browser, "pas le bon mot") == 401
    await browser.get("/desk/sign-in")
    response = await browser.post("/desk/sign-in", email=EMAIL, password=PASSWORD)
    assert (response.status_code, response.headers["retry-after"]) == (429, "15")
    bench.clock.advance(timedelta(seconds=15))
    assert await signs_in(browser) == 303


async def test_a_password_kept_with_older_parameters_is_hashed_anew(bench: Bench) -> None:
    adviser, _ = await bench.adviser("Claire L.")
    older = PasswordHasher(time_cost=2, memory_cost=16, parallelism=1).hash(PASSWORD)
    await bench.accounts.set_password_hash(adviser.id, older)
    assert await signs_in(bench.browser()) == 303
    credentials = await bench.accounts.credentials(EMAIL)
    assert credentials is not None
    assert credentials[1] != older
    assert not FAST.check_needs_rehash(credentials[1])


async def test_who_was_sent_to_sign_in_comes_back_to_the_page_they_wanted(bench: Bench) -> None:
    await bench.adviser("Claire L.")
    browser = bench.browser()
    sent = await browser.get("/desk/cases/7")
    await browser.get(sent.headers["location"])
    response = await browser.post("/desk/sign-in", email=EMAIL, password=PASSWORD)
    assert response.headers["location"] == "/desk/cases/7"


@pytest.mark.parametrize(
    "path",
    ["https://evil.example", "//evil.example", "/desk//evil.example", "/desk/\\evil", "/", ""],
)
async def test_signing_in_never_leads_to_another_site(path: str) -> None:
    assert safe_next(path) == "/desk/"
