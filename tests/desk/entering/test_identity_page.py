"""Signing in by an identity provider, with npm's oidc-provider behind it."""

from collections.abc import Iterator
from dataclasses import replace

import httpx
import pytest
from desk_bench import PASSWORD, URL, Bench, Browser

from bot.desk.entering.access import SESSION_COOKIE
from bot.desk.entering.identity import Errand, IdentityProvider
from bot.seal import Seal
from tests.identity_provider import NAME, identity_provider, registration, signs_in_there

pytestmark = pytest.mark.asyncio
BACK = f"{URL}/desk/openid/back"
SEAL = Seal(lambda: ["k" * 40], purpose="desk identity")


@pytest.fixture(scope="module")
def issuer() -> Iterator[str]:
    with identity_provider(BACK) as issuer:
        yield issuer


@pytest.fixture
def bench(bench: Bench, issuer: str) -> Bench:
    provider = IdentityProvider(registration(issuer), SEAL)
    bench.desk = replace(bench.desk, identity=provider)
    return bench


async def goes(browser: Browser, who: str, *, next: str = "", act: str = "enter") -> httpx.Response:
    """From the desk's sign-in page to the provider and back, to what the desk then answers."""
    left = await browser.http.get("/desk/openid", params={"next": next})
    assert left.status_code == 303, left.text
    back = await signs_in_there(left.headers["location"], who, act=act, home=BACK)
    return await browser.http.get(back)


async def verbs(bench: Bench, account_id: int) -> list[str]:
    return [line.verb for line in await bench.journal.lines(account_id=account_id)]


async def test_an_adviser_enters_by_the_verified_address_then_by_the_identity_itself(
    bench: Bench,
) -> None:
    claire, _ = await bench.adviser("Claire L.")
    browser = bench.browser()
    page = (await browser.get("/desk/sign-in?next=/desk/cases/7")).text
    assert f'href="/desk/openid?next=/desk/cases/7">Se connecter avec {NAME}' in page

    entered = await goes(browser, "claire", next="/desk/cases/7")
    assert (entered.status_code, entered.headers["location"]) == (303, "/desk/cases/7")
    assert "La file" in (await browser.get("/desk/")).text
    newest = (await verbs(bench, claire.id))[:3]
    assert newest == ["session.opened", "session.identified", "account.identity_linked"]

    await bench.accounts.rename(claire.id, email="c.l@cegep.example", display_name="Claire L.")
    assert (await goes(bench.browser(), "claire")).status_code == 303


async def test_two_identities_of_one_address_are_not_one_person(bench: Bench) -> None:
    await bench.adviser("Claire L.")
    assert (await goes(bench.browser(), "claire")).status_code == 303
    assert (await goes(bench.browser(), "claire-again")).status_code == 403


@pytest.mark.parametrize("who", ["stranger", "unverified"])
async def test_no_account_is_made_and_an_unverified_address_proves_nothing(
    bench: Bench, who: str
) -> None:
    await bench.adviser("Claire L.")
    before = len(await bench.accounts.everybody(bench.clock()))
    browser = bench.browser()
    refused = await goes(browser, who)
    assert refused.status_code == 403
    assert f"l’adresse confirmée par {NAME}" in refused.text
    assert 'name="password"' in refused.text
    assert SESSION_COOKIE not in browser.http.cookies
    assert len(await bench.accounts.everybody(bench.clock())) == before


async def test_a_disabled_account_and_an_invitation_not_accepted_are_refused_alike(
    bench: Bench,
) -> None:
    nadia = (await bench.invitation("nadia@cegep.example", "Nadia B.")).adviser
    invited = await goes(bench.browser(), "nadia")
    assert await bench.accounts.identity_of(nadia.id) is None
    claire, _ = await bench.adviser("Claire L.")
    await goes(bench.browser(), "claire")
    await bench.accounts.disable(claire.id, bench.clock(), by="x")
    disabled = await goes(bench.browser(), "claire")
    assert (invited.status_code, disabled.status_code) == (403, 403)


async def test_a_coordinator_is_still_asked_for_the_second_factor(bench: Bench) -> None:
    await bench.adviser("Nadia B.", role="coordinator")
    browser = bench.browser()
    entered = await goes(browser, "nadia", next="/desk/log")
    assert entered.headers["location"] == "/desk/second-factor?next=/desk/log"
    assert (await browser.get("/desk/")).status_code == 303


@pytest.mark.parametrize("who", ["nadia-two-factors", "nadia-acr"])
async def test_unless_the_provider_says_that_it_was_given_there(bench: Bench, who: str) -> None:
    await bench.adviser("Nadia B.", role="coordinator")
    browser = bench.browser()
    assert (await goes(browser, who)).headers["location"] == "/desk/"
    assert "La file" in (await browser.get("/desk/")).text


async def test_who_cancels_there_is_back_at_the_sign_in_page(bench: Bench) -> None:
    await bench.adviser("Claire L.")
    declined = await goes(bench.browser(), "claire", act="cancel", next="/desk/cases/7")
    assert declined.status_code == 401
    assert "Vous avez annulé" in declined.text
    assert 'value="/desk/cases/7"' in declined.text


async def test_what_came_back_for_another_browser_or_twice_opens_nothing(bench: Bench) -> None:
    await bench.adviser("Claire L.")
    browser = bench.browser()
    left = await browser.http.get("/desk/openid")
    back = await signs_in_there(left.headers["location"], "claire", home=BACK)

    other = bench.browser()
    assert (await other.http.get(back)).status_code == 400
    await other.http.get("/desk/openid")
    assert "un autre navigateur" in (await other.http.get(back)).text
    errand = browser.http.cookies["qve_desk_errand"]
    assert (await browser.http.get(back)).status_code == 303
    again = await bench.browser().http.get(back, headers={"cookie": f"qve_desk_errand={errand}"})
    assert again.status_code == 400
    assert f"{NAME} n’a pas confirmé" in again.text


async def test_an_errand_is_ours_and_of_now() -> None:
    provider = IdentityProvider(registration("http://127.0.0.1:9"), SEAL)
    errand = Errand.to("/desk/")
    assert provider.unpack(provider.pack(errand)) == errand
    for forged in ("", "x" * 200, Seal(lambda: ["z" * 40], purpose="desk identity").close("{}")):
        assert provider.unpack(forged if isinstance(forged, str) else forged.decode()) is None


async def test_when_the_provider_is_down_the_password_still_opens(bench: Bench) -> None:
    await bench.adviser("Claire L.")
    down = IdentityProvider(registration("http://127.0.0.1:9"), SEAL)
    bench.desk = replace(bench.desk, identity=down)
    browser = bench.browser()
    away = await browser.http.get("/desk/openid?next=/desk/log")
    assert away.status_code == 503
    assert f"{NAME} ne répond pas" in away.text
    browser.shown = away.text
    entered = await browser.post("/desk/sign-in", email="claire@cegep.example", password=PASSWORD)
    assert (entered.status_code, entered.headers["location"]) == (303, "/desk/log")


async def test_an_administrator_makes_an_account_forget_its_identity(bench: Bench) -> None:
    claire, signed = await bench.adviser("Claire L.")
    await goes(bench.browser(), "claire")
    assert "fournisseur d’identité http://127.0.0.1" in (await signed.get("/desk/me")).text
    _, anne = await bench.adviser("Anne G.", role="administrator")
    page = f"/desk/accounts/{claire.id}"
    assert "Oublier son identité" in (await anne.get(page)).text
    done = await anne.post(f"{page}/identity")
    assert done.headers["location"] == f"{page}?done=identity_removed"
    assert (await signed.get("/desk/")).status_code == 303
    assert (await goes(bench.browser(), "claire-again")).status_code == 303


async def test_without_a_provider_there_is_no_such_door(bench: Bench) -> None:
    bench.desk = replace(bench.desk, identity=None)
    browser = bench.browser()
    assert "/desk/openid" not in (await browser.get("/desk/sign-in")).text
    for path in ("/desk/openid", "/desk/openid/back?state=x&code=y"):
        assert (await browser.get(path)).status_code == 404


async def test_who_comes_back_too_often_must_wait(bench: Bench) -> None:
    await bench.adviser("Claire L.")
    browser = bench.browser()
    await browser.http.get("/desk/openid")
    assert bench.desk.identity is not None
    errand = bench.desk.identity.unpack(browser.http.cookies["qve_desk_errand"])
    assert errand is not None
    cookie = {"cookie": f"qve_desk_errand={browser.http.cookies['qve_desk_errand']}"}
    seen = []
    for _ in range(21):
        back = await bench.browser().http.get(
            "/desk/openid/back", params={"state": errand.state, "code": "x"}, headers=cookie
        )
        seen.append(back.status_code)
    assert seen == [400] * 20 + [429]
