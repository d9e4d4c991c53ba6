"""One-time links."""

from datetime import timedelta

import pytest
from desk_bench import PASSWORD, URL, Bench

from bot.desk.entering.invitations import (
    AlreadyExists,
    BadEmail,
    first_invitation,
    invite_adviser,
    readable_email,
)

pytestmark = pytest.mark.asyncio


async def test_an_invitation_shows_the_address_and_lets_its_adviser_in(bench: Bench) -> None:
    invitation = await bench.invitation("claire@cegep.example", "Claire L.")
    browser = bench.browser()
    page = await browser.get(invitation.url)
    assert "claire@cegep.example" in page.text
    accepted = await browser.post(invitation.url, password=PASSWORD, again=PASSWORD)
    assert accepted.headers["location"] == "/desk/"
    assert "Claire L." in (await browser.get("/desk/")).text


async def test_an_invitation_is_good_once(bench: Bench) -> None:
    invitation = await bench.invitation("claire@cegep.example", "Claire L.")
    browser, other = bench.browser(), bench.browser()
    await other.get(invitation.url)
    await browser.get(invitation.url)
    await browser.post(invitation.url, password=PASSWORD, again=PASSWORD)
    again = await other.post(invitation.url, password="un autre mot de passe", again="un autre")
    assert again.status_code == 404
    assert (await other.get(invitation.url)).status_code == 404


async def test_an_invitation_expires(bench: Bench) -> None:
    invitation = await bench.invitation("claire@cegep.example", "Claire L.")
    browser = bench.browser()
    await browser.get(invitation.url)
    bench.clock.advance(timedelta(days=7))
    late = await browser.post(invitation.url, password=PASSWORD, again=PASSWORD)
    assert late.status_code == 404
    assert not await bench.accounts.anyone()


@pytest.mark.parametrize(
    ("password", "again", "words"),
    [
        ("onze lettre", "onze lettre", "trop court"),
        ("aaaaaaaaaaaaaaaa", "aaaaaaaaaaaaaaaa", "facile à deviner"),
        ("claire@cegep.example", "claire@cegep.example", "facile à deviner"),
        ("phrase assez longue", "phrase assez longuE", "pas identiques"),
        ("é" * 5 + "xyzt" * 60, "", "trop long"),
    ],
)
async def test_a_poor_password_is_refused_and_the_invitation_stays_good(
    bench: Bench, password: str, again: str, words: str
) -> None:
    invitation = await bench.invitation("claire@cegep.example", "Claire L.")
    browser = bench.browser()
    await browser.get(invitation.url)
    refused = await browser.post(invitation.url, password=password, again=again)
    assert refused.status_code == 422
    assert words in refused.text
    assert password not in refused.text.replace("claire@cegep.example", "", 1) or "@" in password
    accepted = await browser.post(invitation.url, password=PASSWORD, again=PASSWORD)
    assert accepted.status_code == 303


async def test_the_first_account_chooses_its_own_address_and_name(bench: Bench) -> None:
    invitation = await bench.first_invitation()
    assert invitation.adviser.role == "administrator"
    browser = bench.browser()
    page = await browser.get(invitation.url)
    assert 'name="email"' in page.text
    fields = {"password": PASSWORD, "again": PASSWORD, "name": "Anne  Roy"}
    assert (await browser.post(invitation.url, email="anne", **fields)).status_code == 422
    assert (await browser.post(invitation.url, email="Anne@pole.example", **fields)).is_redirect
    credentials = await bench.accounts.credentials("anne@pole.example")
    assert credentials is not None
    assert credentials[0].display_name == "Anne Roy"


async def test_the_first_account_cannot_take_the_address_of_another(bench: Bench) -> None:
    invitation = await bench.first_invitation()
    await bench.invitation("anne@pole.example", "Anne R.")
    browser = bench.browser()
    await browser.get(invitation.url)
    refused = await browser.post(
        invitation.url, password=PASSWORD, again=PASSWORD, name="Anne", email="anne@pole.example"
    )
    assert refused.status_code == 422
    assert "autre compte" in refused.text


async def test_an_invited_adviser_cannot_change_their_address_by_forging_the_form(
    bench: Bench,
) -> None:
    invitation = await bench.invitation("claire@cegep.example", "Claire L.")
    browser = bench.browser()
    await browser.get(invitation.url)
    await browser.post(
        invitation.url, password=PASSWORD, again=PASSWORD, email="boss@x.example", name="Boss"
    )
    assert await bench.accounts.credentials("boss@x.example") is None
    assert await bench.accounts.credentials("claire@cegep.example") is not None


async def test_each_start_gives_a_new_first_link_until_somebody_can_sign_in(bench: Bench) -> None:
    first = await bench.first_invitation()
    second = await bench.first_invitation()
    assert second.adviser == first.adviser
    browser = bench.browser()
    assert (await browser.get(first.url)).status_code == 404
    assert (await browser.get(second.url)).status_code == 200
    await bench.adviser("Claire L.")
    assert await first_invitation(bench.accounts, now=bench.clock(), public_url=URL) is None


async def test_one_address_is_invited_once(bench: Bench) -> None:
    await bench.invitation("claire@cegep.example", "Claire L.")
    again = await invite_adviser(
        bench.accounts,
        email="CLAIRE@cegep.example",
        display_name="C.",
        now=bench.clock(),
        public_url=URL,
    )
    assert isinstance(again, AlreadyExists)


@pytest.mark.parametrize(
    "text",
    ["", "claire", "@cegep.example", "a@b", "a b@c.example", "a@b@c.example", "a\x00@b.example"],
)
async def test_what_cannot_be_an_address_is_refused(bench: Bench, text: str) -> None:
    assert readable_email(text) is None
    refused = await invite_adviser(
        bench.accounts, email=text, display_name="X", now=bench.clock(), public_url=URL
    )
    assert isinstance(refused, BadEmail)
