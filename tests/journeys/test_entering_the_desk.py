"""From an invitation to the desk, and in again: with a code, with a recovery code, after too many
attempts, after a session ended under somebody's hands."""

import re
from collections.abc import Iterator
from contextlib import suppress

import pytest
from playwright.sync_api import Browser, Error, Page, expect

from bot.conversation.conversations import hash_token
from bot.desk.entering.access import SESSION_COOKIE
from bot.desk.entering.invitations import Invitation, invite_adviser
from bot.storage.adviser_store import SqlAccountStore
from bot.wiring import Service, clock
from tests.journeys.office import PASSWORD, Office, Seat
from tests.journeys.people import PATIENCE, DeskAdviser, somebody

QUEBEC = "America/Toronto"


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    with somebody(browser, QUEBEC) as page:
        yield page


def test_an_invitation_leads_through_a_second_factor_to_the_desk_and_codes_lead_in_again(
    office: Office, page: Page
) -> None:
    link = an_invitation(office)
    anne = DeskAdviser(page, office.url)
    anne.accepts(link, name=None, email=None, password=PASSWORD)
    assert len(set(anne.recovery_codes)) == 10
    expect(page.get_by_role("heading", name="La file")).to_be_visible()
    page.goto(link)
    expect(page.get_by_role("heading", name="Ce lien n’est plus valable")).to_be_visible()

    signs_out(page, office)
    signs_in(page, office, "anne@exemple.org")
    gives(page, anne.first_code)
    expect(page.get_by_role("alert")).to_contain_text("il a déjà servi")
    gives(page, anne.phone_code(ahead=1))
    expect(page.get_by_role("heading", name="La file")).to_be_visible(timeout=PATIENCE)

    signs_out(page, office)
    signs_in(page, office, "anne@exemple.org")
    gives(page, anne.recovery_codes[0])
    expect(page.get_by_role("heading", name="La file")).to_be_visible(timeout=PATIENCE)
    page.goto(f"{office.url}/desk/me")
    expect(page.get_by_text("Il vous reste 9 codes de secours.")).to_be_visible()

    signs_out(page, office)
    signs_in(page, office, "anne@exemple.org")
    gives(page, anne.recovery_codes[0])
    expect(page.get_by_role("alert")).to_contain_text("Ce code n’est pas le bon")


def test_a_session_closed_from_another_browser_is_out_at_its_next_click(
    office: Office, browser: Browser
) -> None:
    claire = office.hires("Claire L.")
    office.somebody_waits()
    with office.at_a_desk(browser, claire) as here, office.at_a_desk(browser, claire) as there:
        there.opens()
        there.is_live()
        here.opens("me")
        here.page.get_by_role("button", name=re.compile("^Fermer la session")).click()
        here.reads("La session est fermée.")
        with suppress(Error):  # the page may have left by itself: its stream was closed too
            there.page.locator("a.me-name").click(timeout=5000, no_wait_after=True)
        there.page.wait_for_url(re.compile("/desk/sign-in"), timeout=PATIENCE)
        there.reads(re.compile("Votre session est terminée"))
        here.opens()
        expect(here.page.get_by_role("heading", name="La file")).to_be_visible()


def test_after_too_many_attempts_the_door_says_how_long_to_wait(office: Office, page: Page) -> None:
    bruno = office.hires("Bruno K.")
    for _ in range(6):
        signs_in(page, office, bruno.email, password="ce n’est pas le bon")
        expect(page.get_by_role("alert")).to_be_visible()
        if "Attendez" in page.get_by_role("alert").inner_text():
            break
        expect(page.get_by_role("alert")).to_have_text("Adresse ou mot de passe incorrect.")
    expect(page.get_by_role("alert")).to_have_text(
        re.compile(r"Trop d’essais de suite\. Attendez \d+\ssecondes, puis réessayez\.")
    )
    expect(page.get_by_label("Courriel")).to_have_value(bruno.email)


def test_a_session_that_ends_in_the_middle_of_an_answer_loses_nothing(
    office: Office, browser: Browser
) -> None:
    dora = office.hires("Dora V.")
    person = office.somebody_waits("Zoé")
    with office.at_a_desk(browser, dora) as seat:
        seat.takes(person.case_id)
        with seat.page.expect_response(re.compile("/draft$")):
            seat.box.press_sequentially("Bonjour Zoé,")
        its_session_ends(office, seat)
        seat.box.press_sequentially(" voici")
        seat.page.locator("#note-text").press_sequentially("à rappeler")
        seat.box.press("Control+Enter")

        seat.page.wait_for_url(re.compile("/desk/sign-in"), timeout=PATIENCE)
        seat.reads(re.compile("Votre session est terminée"))
        seat.page.get_by_label("Courriel").fill(dora.email)
        seat.page.get_by_label("Mot de passe").fill(PASSWORD)
        seat.presses("Se connecter")
        seat.page.wait_for_url(re.compile(rf"/cases/{person.case_id}$"), timeout=PATIENCE)
        expect(seat.box).to_have_value("Bonjour Zoé, voici")
        expect(seat.page.locator("#note-text")).to_have_value("à rappeler")
        assert "Bonjour Zoé, voici" not in person.was_told()


def test_what_was_being_written_does_not_stay_in_a_browser_its_adviser_leaves(
    office: Office, browser: Browser
) -> None:
    emile = office.hires("Émile P.")
    person = office.somebody_waits()
    with office.at_a_desk(browser, emile) as seat:
        seat.takes(person.case_id)
        seat.box.fill("Écrit juste avant de partir")
        seat.presses("Se déconnecter")
        seat.page.wait_for_url(re.compile("/desk/sign-in"), timeout=PATIENCE)
        assert "Écrit" not in seat.page.evaluate("JSON.stringify({...localStorage})")
    with office.at_a_desk(browser, emile) as again:
        again.opens_case(person.case_id)
        expect(again.box).to_have_value("Écrit juste avant de partir")


def an_invitation(office: Office) -> str:
    async def invite(service: Service) -> str:
        invited = await invite_adviser(
            service.accounts,
            email="anne@exemple.org",
            display_name="Anne G.",
            role="administrator",
            institution=None,
            now=clock(),
            public_url=office.url,
        )
        assert isinstance(invited, Invitation)
        return invited.url

    return office.does(invite)


def signs_in(page: Page, office: Office, email: str, password: str = PASSWORD) -> None:
    page.goto(f"{office.url}/desk/sign-in")
    page.get_by_label("Courriel").fill(email)
    page.get_by_label("Mot de passe").fill(password)
    page.get_by_role("button", name="Se connecter").click()


def signs_out(page: Page, office: Office) -> None:
    page.goto(f"{office.url}/desk/")
    page.get_by_role("button", name="Se déconnecter").click()
    page.wait_for_url(re.compile("/desk/sign-in"), timeout=PATIENCE)


def gives(page: Page, code: str) -> None:
    page.get_by_label("Code à six chiffres, ou code de secours").fill(code)
    page.get_by_role("button", name="Entrer").click()


def its_session_ends(office: Office, seat: Seat) -> None:
    [token] = [
        each["value"] for each in seat.page.context.cookies() if each["name"] == SESSION_COOKIE
    ]

    async def end(service: Service) -> None:
        await SqlAccountStore(service.database).close_session(hash_token(token))

    office.does(end)
