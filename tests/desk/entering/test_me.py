"""One's own account: sessions, password, phone, recovery codes."""

import re
from datetime import timedelta

import pytest
from desk_bench import PASSWORD, Bench, Browser, secret_in

from bot.desk.entering.cookies import browser_of

pytestmark = pytest.mark.asyncio

EMAIL = "claire@cegep.example"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
NEW = "une tout autre phrase"


async def a_second_browser(bench: Bench) -> Browser:
    browser = bench.browser(address="198.51.100.9")
    browser.http.headers["user-agent"] = FIREFOX
    await browser.get("/desk/sign-in")
    await browser.post("/desk/sign-in", email=EMAIL, password=PASSWORD)
    return browser


async def is_in(browser: Browser) -> bool:
    return (await browser.http.get("/desk/me")).status_code == 200


async def test_sessions_are_listed_and_one_is_closed(bench: Bench) -> None:
    _, here = await bench.adviser()
    there = await a_second_browser(bench)
    page = (await here.get("/desk/me")).text
    assert "Firefox, Linux" in page
    assert "198.51.100.9" in page
    assert page.count("cette session") == 1
    [key] = re.findall(r'name="key" value="(\w+)"', page)
    assert (await here.post("/desk/me/sessions/revoke", key=key)).status_code == 303
    assert not await is_in(there)
    assert await is_in(here)


async def test_all_other_sessions_are_closed_at_once(bench: Bench) -> None:
    _, here = await bench.adviser()
    others = [await a_second_browser(bench) for _ in range(2)]
    await here.get("/desk/me")
    await here.post("/desk/me/sessions/revoke-others")
    assert [await is_in(each) for each in (here, *others)] == [True, False, False]


async def test_somebody_else_s_session_cannot_be_closed(bench: Bench) -> None:
    await bench.adviser()
    there = await a_second_browser(bench)
    key = re.findall(r'name="key" value="(\w+)"', (await there.get("/desk/me")).text)[0]
    _, paul = await bench.adviser("Paul R.")
    await paul.get("/desk/me")
    await paul.post("/desk/me/sessions/revoke", key=key)
    assert await is_in(there)


async def test_a_new_password_closes_the_other_sessions(bench: Bench) -> None:
    _, here = await bench.adviser()
    there = await a_second_browser(bench)
    await here.get("/desk/me")
    wrong = await here.post("/desk/me/password", current="pas le bon", password=NEW, again=NEW)
    assert (wrong.status_code, "mot de passe actuel" in wrong.text) == (422, True)
    short = await here.post("/desk/me/password", current=PASSWORD, password="court", again="court")
    assert "trop court" in short.text
    done = await here.post("/desk/me/password", current=PASSWORD, password=NEW, again=NEW)
    assert done.headers["location"] == "/desk/me?done=password_changed"
    assert "est changé" in (await here.get(done.headers["location"])).text
    assert not await is_in(there)
    known = await bench.accounts.credentials(EMAIL)
    assert known is not None
    assert await bench.desk.passwords.matches(known[1], NEW)


async def test_guessing_the_password_of_an_open_session_waits_as_well(bench: Bench) -> None:
    _, here = await bench.adviser()
    await here.get("/desk/me")
    for _ in range(5):
        await here.post("/desk/me/recovery-codes", current="pas le bon")
    refused = await here.post("/desk/me/recovery-codes", current=PASSWORD)
    assert "Trop d’essais" in refused.text


async def test_an_adviser_puts_a_second_factor_in_place_and_removes_it(bench: Bench) -> None:
    adviser, here = await bench.adviser()
    there = await a_second_browser(bench)
    secret = secret_in((await here.get("/desk/me/second-factor")).text)
    without = await here.post("/desk/me/second-factor", code=bench.code(secret), current="non")
    assert without.status_code == 422
    assert secret_in(without.text) == secret
    shown = await here.post("/desk/me/second-factor", code=bench.code(secret), current=PASSWORD)
    assert len(re.findall(r"<code>", shown.text)) == 10
    assert await is_in(here)
    assert not await is_in(there)
    await here.get("/desk/me")
    done = await here.post("/desk/me/second-factor/remove", current=PASSWORD)
    assert done.status_code == 303
    assert await is_in(here)
    assert await bench.accounts.second_factor(adviser.id) is None


async def test_another_phone_replaces_the_first(bench: Bench) -> None:
    _, here = await bench.adviser("Nadia B.", role="coordinator")
    bench.clock.advance(timedelta(minutes=2))
    secret = secret_in((await here.get("/desk/me/second-factor")).text)
    await here.post("/desk/me/second-factor", code=bench.code(secret), current=PASSWORD)
    there = bench.browser()
    await there.get("/desk/sign-in")
    await there.post("/desk/sign-in", email="nadia@cegep.example", password=PASSWORD)
    await there.get("/desk/second-factor")
    bench.clock.advance(timedelta(seconds=30))
    entered = await there.post("/desk/second-factor", code=bench.code(secret))
    assert entered.status_code == 303


async def test_who_must_have_one_cannot_remove_it(bench: Bench) -> None:
    nadia, here = await bench.adviser("Nadia B.", role="coordinator")
    await here.get("/desk/me")
    refused = await here.post("/desk/me/second-factor/remove", current=PASSWORD)
    assert refused.status_code == 409
    assert await bench.accounts.second_factor(nadia.id) is not None


async def test_using_the_desk_is_noted_every_few_minutes(bench: Bench) -> None:
    adviser, here = await bench.adviser()
    opened = bench.clock()
    bench.clock.advance(timedelta(minutes=4))
    await here.get("/desk/")
    [session] = await bench.accounts.sessions(adviser.id, bench.clock())
    assert session.seen_at == opened
    bench.clock.advance(timedelta(minutes=2))
    await here.get("/desk/counts", htmx=True)
    [session] = await bench.accounts.sessions(adviser.id, bench.clock())
    assert session.seen_at == opened, "a page that asks by itself is nobody"
    await here.get("/desk/")
    [session] = await bench.accounts.sessions(adviser.id, bench.clock())
    assert session.seen_at == bench.clock()


async def test_browsers_are_called_by_their_names() -> None:
    safari = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1"
    assert browser_of(FIREFOX) == "Firefox, Linux"
    assert browser_of(safari) == "Safari, iPhone"
    assert browser_of("curl/8") is None
