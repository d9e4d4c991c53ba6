"""Accounts, as who administers the desk sees and changes them."""

import re

import pytest
from desk_bench import PASSWORD, Bench, Browser

from bot.handover.case import Adviser, State

pytestmark = pytest.mark.asyncio


async def given_anne(bench: Bench) -> tuple[Adviser, Browser]:
    return await bench.adviser("Anne G.", role="administrator")


async def test_somebody_is_invited_and_enters(bench: Bench) -> None:
    _, anne = await given_anne(bench)
    await anne.get("/desk/accounts")
    shown = await anne.post(
        "/desk/accounts", email="Luc@cegep.example", name="Luc  P.", institution="limoilou"
    )
    [link] = re.findall(r'value="(http://desk.test/desk/invitation/[\w-]+)"', shown.text)
    luc = bench.browser()
    await luc.get(link)
    assert (await luc.post(link, password=PASSWORD, again=PASSWORD)).is_redirect
    account = await bench.accounts.by_email("luc@cegep.example")
    assert account is not None
    assert (account.display_name, account.institution) == ("Luc P.", "limoilou")
    page = (await anne.get("/desk/accounts")).text
    assert "Luc P." in page
    assert "Cégep Limoilou" in page
    [added] = [
        line
        for line in await bench.journal.lines()
        if line.verb == "account.added" and line.account == "Luc P."
    ]
    assert added.actor == "Anne G."


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"email": "luc", "name": "Luc"}, "adresse courriel valide"),
        ({"email": "anne@cegep.example", "name": "Luc"}, "autre compte"),
        ({"email": "l@x.example", "name": " "}, "un nom"),
        ({"email": "l@x.example", "name": "L" * 81}, "un nom"),
        ({"email": "l@x.example", "name": "Luc", "role": "root"}, "un rôle"),
        ({"email": "l@x.example", "name": "Luc", "institution": "nowhere"}, "un établissement"),
    ],
)
async def test_a_bad_invitation_is_explained_and_nothing_typed_is_lost(
    bench: Bench, fields: dict[str, str], words: str
) -> None:
    _, anne = await given_anne(bench)
    await anne.get("/desk/accounts")
    refused = await anne.post("/desk/accounts", **fields)
    assert refused.status_code == 422
    assert words in refused.text
    assert f'value="{fields["email"]}"' in refused.text
    assert len(await bench.accounts.everybody(bench.clock())) == 1


async def test_an_account_is_changed(bench: Bench) -> None:
    _, anne = await given_anne(bench)
    claire, browser = await bench.adviser("Claire L.")
    await anne.get(f"/desk/accounts/{claire.id}")
    done = await anne.post(
        f"/desk/accounts/{claire.id}/change", name="Claire B.", role="coordinator"
    )
    assert "modifié" in (await anne.get(done.headers["location"])).text
    changed = await bench.accounts.by_email(claire.email)
    assert changed is not None
    assert (changed.display_name, changed.role) == ("Claire B.", "coordinator")
    assert (await browser.http.get("/desk/me")).status_code != 200, "signed out by the new role"


async def test_a_disabled_adviser_is_out_and_their_cases_wait_again(bench: Bench) -> None:
    _, anne = await given_anne(bench)
    claire, browser = await bench.adviser("Claire L.")
    case_id = await bench.open_case()
    await browser.get("/desk/")
    await browser.post(f"/desk/cases/{case_id}/claim")
    await anne.get(f"/desk/accounts/{claire.id}")
    done = await anne.post(f"/desk/accounts/{claire.id}/disable")
    assert "désactivé" in (await anne.get(done.headers["location"])).text
    assert (await browser.http.get("/desk/me")).status_code != 200
    [waiting] = await bench.cases.queue(state=State.waiting)
    assert waiting.case.id == case_id
    assert "Claire L." in (await bench.thread(case_id))[-1].text, "the person is told"
    released = (await bench.journal.lines(case_id=case_id))[0]
    assert (released.verb, released.actor) == ("case.released", "Anne G.")
    again = bench.browser()
    await again.get("/desk/sign-in")
    refused = await again.post("/desk/sign-in", email=claire.email, password=PASSWORD)
    assert refused.status_code == 401
    await anne.get(f"/desk/accounts/{claire.id}")
    await anne.post(f"/desk/accounts/{claire.id}/enable")
    assert (await again.post("/desk/sign-in", email=claire.email, password=PASSWORD)).is_redirect


async def test_nobody_disables_or_disarms_themselves(bench: Bench) -> None:
    me, anne = await given_anne(bench)
    await anne.get(f"/desk/accounts/{me.id}")
    for act in ("disable", "second-factor"):
        refused = await anne.post(f"/desk/accounts/{me.id}/{act}")
        assert (refused.status_code, "Un autre compte" in refused.text) == (409, True)
    assert (await anne.get("/desk/accounts")).status_code == 200


async def test_the_last_who_administers_cannot_step_down(bench: Bench) -> None:
    me, anne = await given_anne(bench)
    await anne.get(f"/desk/accounts/{me.id}")
    refused = await anne.post(f"/desk/accounts/{me.id}/change", name="Anne", role="adviser")
    assert refused.status_code == 409
    assert "au moins un compte" in refused.text


async def test_who_lost_phone_and_codes_is_helped(bench: Bench) -> None:
    _, anne = await given_anne(bench)
    nadia, browser = await bench.adviser("Nadia B.", role="coordinator")
    await anne.get(f"/desk/accounts/{nadia.id}")
    await anne.post(f"/desk/accounts/{nadia.id}/second-factor")
    assert (await browser.http.get("/desk/me")).status_code != 200
    await browser.get("/desk/sign-in")
    sent = await browser.post("/desk/sign-in", email=nadia.email, password=PASSWORD)
    assert "secret-key" in (await browser.get(sent.headers["location"])).text


async def test_a_new_link_makes_the_old_one_worthless(bench: Bench) -> None:
    _, anne = await given_anne(bench)
    invitation = await bench.invitation("luc@cegep.example", "Luc P.")
    where = f"/desk/accounts/{invitation.adviser.id}"
    assert "invité" in (await anne.get(where)).text
    shown = await anne.post(f"{where}/invite")
    assert invitation.url not in shown.text
    assert (await bench.browser().get(invitation.url)).status_code == 404


async def test_an_account_that_is_not_there_is_not_found(bench: Bench) -> None:
    _, anne = await given_anne(bench)
    await anne.get("/desk/accounts")
    assert (await anne.get("/desk/accounts/99")).status_code == 404
    for act in ("change", "invite", "disable", "enable", "second-factor", "sessions"):
        response = await anne.http.post(f"/desk/accounts/99/{act}", data=await hidden(anne))
        assert response.status_code == 404


async def hidden(browser: Browser) -> dict[str, str]:
    await browser.get("/desk/accounts")
    return browser.hidden()
