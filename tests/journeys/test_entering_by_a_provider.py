"""An adviser enters the desk by their institution's identity provider, in Chromium."""

import re
from collections.abc import Iterator
from datetime import datetime, timezone
from pathlib import Path

import pytest
from builders import EchoEngine, handing_over
from playwright.sync_api import Browser, Page, expect

from bot.desk.entering.invitations import Invitation, invite_adviser
from bot.messages import Incoming, Outcome, Reply
from bot.wiring import Service
from tests.identity_provider import CLIENT_ID, CLIENT_SECRET, NAME, free_port, identity_provider
from tests.journeys.accessibility import violations
from tests.journeys.people import PATIENCE, DeskAdviser, somebody
from tests.journeys.serving import Serving

QUEBEC = "America/Toronto"
PASSWORD = "une longue phrase de passe"
READ = ("/desk/knowledge", "/desk/knowledge/freshness", "/desk/knowledge/caq/fee")


@pytest.fixture
def serving(tmp_path: Path) -> Iterator[Serving]:
    port = free_port()
    home = f"http://127.0.0.1:{port}"
    with identity_provider(f"{home}/desk/openid/back") as issuer:
        known = {"oidc_client_id": CLIENT_ID, "oidc_client_secret": CLIENT_SECRET}
        serving = Serving(
            tmp_path,
            EchoEngine(Outcome((Reply("Le CAQ coûte 134 $.", topic="caq/fee"),)), handing_over()),
            port=port,
            public_url=home,
            oidc_issuer=issuer,
            oidc_name=NAME,
            **known,
        )
        serving.start()
        yield serving
        serving.stop()


def test_an_adviser_enters_by_their_institution_and_reads_what_the_assistant_knows(
    browser: Browser, serving: Serving
) -> None:
    with somebody(browser, QUEBEC) as page:
        given_claire_has_accepted_her_invitation(serving, page)
        when_she_signs_out(page)
        assert violations(page) == []

        page.get_by_role("link", name=f"Se connecter avec {NAME}").click()
        page.get_by_label("Qui êtes-vous?").fill("stranger")
        page.get_by_role("button", name="Annuler").click()
        expect(page.get_by_role("alert")).to_contain_text("Vous avez annulé la connexion")

        page.get_by_role("link", name=f"Se connecter avec {NAME}").click()
        page.get_by_label("Qui êtes-vous?").fill("claire")
        page.get_by_role("button", name="Entrer").click()
        page.wait_for_url(re.compile(r"/desk/?$"), timeout=PATIENCE)
        expect(page.get_by_role("link", name=re.compile("Claire L."))).to_be_visible()

        for path in READ:
            page.goto(f"{serving.url}{path}")
            expect(page.get_by_role("heading", level=1)).to_be_visible()
            assert violations(page) == [], path


def test_an_adviser_says_that_an_answer_misses_the_point_and_takes_it_back(
    browser: Browser, serving: Serving
) -> None:
    with somebody(browser, QUEBEC) as page:
        given_claire_has_accepted_her_invitation(serving, page)
        serving.do(somebody_asks_for_an_adviser)
        page.goto(f"{serving.url}/desk/cases/1")

        answer = page.locator("li.message", has_text="Le CAQ coûte 134 $.")
        answer.get_by_role("link", name="Signaler cette réponse de l’assistant").click()
        expect(page.get_by_role("heading", name="Apprendre à l’assistant")).to_be_visible()
        assert violations(page) == []
        page.get_by_label("Il fallait un autre sujet").check()
        page.get_by_label("Le sujet qu’il fallait").fill("les frais du caq svp")
        page.get_by_role("button", name="Signaler").click()
        expect(page.get_by_role("alert")).to_contain_text("Aucun sujet ne s’appelle")
        page.get_by_role("button", name="Frais de la demande de CAQ").click()

        expect(answer).to_contain_text("Il fallait un autre sujet")
        assert violations(page) == []
        answer.get_by_role("button", name="Annuler ce que j’ai signalé").click()
        expect(answer.get_by_role("link", name="Signaler cette réponse")).to_be_visible()


async def somebody_asks_for_an_adviser(service: Service) -> None:
    talk = service.conversations
    conversation_id, _ = await talk.start(channel="web", timezone="Europe/Paris")
    for text in ("combien coûte le caq?", "un conseiller"):
        await talk.receive(Incoming(conversation_id, text, text, datetime.now(timezone.utc)))
        await talk.answer(conversation_id)


def given_claire_has_accepted_her_invitation(serving: Serving, page: Page) -> None:
    async def invite(service: Service) -> Invitation:
        invited = await invite_adviser(
            service.accounts,
            email="claire@cegep.example",
            display_name="Claire L.",
            role="adviser",
            institution="limoilou",
            now=datetime.now(timezone.utc),
            public_url=serving.url,
        )
        assert isinstance(invited, Invitation)
        return invited

    link = serving.do(invite).url
    DeskAdviser(page, serving.url).accepts(link, name=None, email=None, password=PASSWORD)


def when_she_signs_out(page: Page) -> None:
    page.get_by_role("button", name="Se déconnecter").click()
    expect(page.get_by_role("heading", name="Connexion")).to_be_visible()
