"""What colleagues see of each other's work in a case, and what a person sends and gets."""

import re
import secrets
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, expect
from sqlalchemy import update

from bot.handover.case import Adviser
from bot.storage.tables import CaseRow
from bot.wiring import Service
from tests.journeys.office import PDF, Office, Seat
from tests.journeys.people import PATIENCE


@pytest.fixture(scope="module")
def advisers(office: Office) -> tuple[Adviser, Adviser]:
    return office.hires("Claire L."), office.hires("Paul R.", institution="laval")


@pytest.fixture
def claire(browser: Browser, office: Office, advisers: tuple[Adviser, Adviser]) -> Iterator[Seat]:
    with office.at_a_desk(browser, advisers[0]) as seat:
        yield seat


@pytest.fixture
def paul(browser: Browser, office: Office, advisers: tuple[Adviser, Adviser]) -> Iterator[Seat]:
    with office.at_a_desk(browser, advisers[1]) as seat:
        yield seat


def test_a_draft_survives_a_reload_and_is_found_on_another_device(
    browser: Browser, office: Office, claire: Seat
) -> None:
    person = office.somebody_waits()
    claire.takes(person.case_id)
    with claire.page.expect_response(re.compile("/draft$")):
        claire.box.press_sequentially("Bonjour Léa, je")
    claire.page.reload()
    expect(claire.box).to_have_value("Bonjour Léa, je")
    with office.at_a_desk(browser, claire.adviser) as telephone:
        telephone.opens_case(person.case_id)
        expect(telephone.box).to_have_value("Bonjour Léa, je")


def test_a_draft_sent_from_another_device_does_not_come_back(
    browser: Browser, office: Office, claire: Seat
) -> None:
    person = office.somebody_waits()
    claire.takes(person.case_id)
    with claire.page.expect_response(re.compile("/draft$")):
        claire.box.press_sequentially("Bonjour")
    with office.at_a_desk(browser, claire.adviser) as telephone:
        telephone.opens_case(person.case_id)
        telephone.box.press("End")
        telephone.box.press_sequentially(" Léa.")
        telephone.box.press("Control+Enter")
        expect(telephone.box).to_have_value("", timeout=PATIENCE)
    claire.page.reload()
    claire.reads("Bonjour Léa.")
    expect(claire.box).to_have_value("")


def test_what_the_server_did_not_hear_is_kept_by_the_browser(office: Office, claire: Seat) -> None:
    person = office.somebody_waits()
    claire.takes(person.case_id)
    claire.page.route("**/draft", lambda route: route.abort())
    with claire.page.expect_response(re.compile("/typing$")):
        claire.box.press_sequentially("Écrit pendant une panne")
    claire.page.locator("#note-text").fill("et une note")
    claire.page.unroute("**/draft")
    with claire.page.expect_response(re.compile("/draft$")):
        claire.page.reload()
    expect(claire.box).to_have_value("Écrit pendant une panne")
    expect(claire.page.locator("#note-text")).to_have_value("et une note")


def test_who_did_not_see_a_colleagues_answer_is_stopped_before_sending(
    browser: Browser, office: Office, claire: Seat, paul: Seat
) -> None:
    person = office.somebody_waits()
    claire.takes(person.case_id)
    claire.box.fill("Ma réponse")
    given_her_page_hears_nothing_more(claire)
    with office.at_a_desk(browser, claire.adviser) as telephone:
        passes(telephone.opens_case(person.case_id), to="Paul R. (Université Laval)")
    paul.opens_case(person.case_id).answers("Paul a répondu.")
    paul.reads("Paul a répondu.")
    passes(paul, to="Claire L.")

    claire.box.press("Control+Enter")
    claire.is_told("Paul R. a répondu depuis que vous avez ouvert ce dossier.")
    expect(claire.box).to_have_value("Ma réponse")
    assert "Ma réponse" not in person.was_told()


def test_a_note_reaches_the_colleague_it_names_and_whoever_has_the_case_open(
    office: Office, claire: Seat, paul: Seat
) -> None:
    person = office.somebody_waits()
    paul.opens().is_live()
    claire.takes(person.case_id)
    claire.page.get_by_label("Ajouter une note").fill("@Paul, tu connais ce programme?")
    claire.presses("Noter")
    claire.reads("Avertis : Paul R.")

    named = paul.page.get_by_role(
        "link", name=f"Claire L. vous nomme dans le dossier {person.case_id}"
    )
    named.click(timeout=PATIENCE)
    paul.reads("@Paul, tu connais ce programme?")
    assert not any("@Paul" in said for said in person.was_told())

    paul.is_live()
    claire.page.get_by_label("Ajouter une note").fill("Vu avec lui.")
    claire.presses("Noter")
    paul.reads("Vu avec lui.")
    claire.page.get_by_label("Étiquette").fill("bourse")
    claire.presses("Ajouter")
    expect(paul.page.get_by_role("list", name="Étiquettes")).to_contain_text(
        "bourse", timeout=PATIENCE
    )
    paul.opens()
    expect(paul.page.get_by_role("link", name="Claire L. vous nomme")).to_have_count(0)


def test_a_case_is_passed_to_a_colleague_then_to_an_institution(
    office: Office, claire: Seat, paul: Seat
) -> None:
    person = office.somebody_waits()
    paul.opens().is_live()
    claire.takes(person.case_id)
    passes(claire, to="Paul R. (Université Laval)")
    claire.reads("Paul R. répond à cette personne.")
    assert any("Paul R." in said for said in person.was_told())

    paul.line_of(person.case_id).get_by_role("link", name="Ouvrir").click(timeout=PATIENCE)
    paul.is_live()
    passes(paul, to="Cégep Limoilou")
    expect(paul.page.get_by_role("heading", name="Introuvable")).to_be_visible(timeout=PATIENCE)
    assert any("Cégep Limoilou" in said for said in person.was_told())


def test_a_case_set_aside_comes_back_at_its_moment_or_when_the_person_writes(
    office: Office, claire: Seat
) -> None:
    sleeper, writer = office.somebody_waits("Maé"), office.somebody_waits("Ugo")
    for person in (sleeper, writer):
        claire.takes(person.case_id)
        claire.unfolds("Mettre en pause")
        claire.presses("Demain 9 h")
        claire.reads(re.compile(r"en pause jusqu’à demain à 9\sh"))
    for person in (sleeper, writer):
        expect(claire.opens("?view=snoozed").line_of(person.case_id)).to_be_visible()

    writer.writes("encore une chose")
    when_its_moment_has_come(office, sleeper.case_id)
    claire.opens("?view=mine")
    for person in (sleeper, writer):
        expect(claire.line_of(person.case_id)).to_be_visible()
    claire.opens("?view=snoozed")
    claire.reads("Aucun dossier n’est en pause.")


def test_sending_and_taking_the_next_leads_to_the_next_and_may_be_undone_from_there(
    browser: Browser, tmp_path: Path
) -> None:
    office = Office(tmp_path, undo_seconds=30)
    office.serving.start()
    try:
        first, second = office.somebody_waits("Lou"), office.somebody_waits("Max")
        with office.at_a_desk(browser, office.hires("Claire L.")) as claire:
            claire.takes(first.case_id)
            claire.box.fill("Voici, Lou.")
            claire.box.press("Control+Shift+Enter")
            claire.page.wait_for_url(re.compile(f"/cases/{second.case_id}"), timeout=PATIENCE)
            claire.reads(f"Votre réponse au dossier {first.case_id} part dans un instant.")
            expect(claire.page.locator("p.standing")).to_have_text("À vous")
            claire.presses("Annuler l’envoi")
            claire.page.wait_for_url(re.compile(f"/cases/{first.case_id}$"), timeout=PATIENCE)
            expect(claire.box).to_have_value("Voici, Lou.")
            assert "Voici, Lou." not in first.was_told()
    finally:
        office.serving.stop()


def test_files_go_both_ways_and_what_cannot_is_said(
    office: Office, claire: Seat, tmp_path: Path
) -> None:
    person = office.somebody_waits()
    claire.takes(person.case_id)
    person_sends_a_file(office, person.token, "relevé.pdf", PDF)
    with claire.page.expect_download() as download:
        claire.page.get_by_role("link", name="Télécharger relevé.pdf").click(timeout=PATIENCE)
    assert download.value.path().read_bytes() == PDF

    heavy, wrong, good = (tmp_path / name for name in ("lourd.pdf", "film.pdf", "lettre.pdf"))
    heavy.write_bytes(PDF + b" " * 5 * 1024 * 1024)
    wrong.write_bytes(b"MZ" * 100)
    good.write_bytes(PDF)
    claire.box.fill("Ce que j’écrivais")
    claire.page.get_by_label("Joindre").set_input_files(heavy)
    claire.is_told("Ce fichier est trop lourd : la limite est de 5 Mo.")
    expect(claire.box).to_have_value("Ce que j’écrivais")
    claire.page.get_by_label("Joindre").set_input_files(wrong)
    claire.is_told("Ce genre de fichier n’est pas accepté.")
    claire.page.get_by_label("Joindre").set_input_files([good, heavy])
    remove = claire.page.get_by_role("button", name="Retirer lettre.pdf")
    remove.click(timeout=PATIENCE)
    expect(remove).to_have_count(0, timeout=PATIENCE)
    claire.page.get_by_label("Joindre").set_input_files(good)
    expect(remove).to_be_visible(timeout=PATIENCE)
    claire.answers("Voici votre lettre.")
    sent = claire.thread.get_by_role("link", name="Télécharger lettre.pdf")
    expect(sent).to_be_visible(timeout=PATIENCE)
    expect(remove).to_have_count(0)


def test_what_arrives_while_an_act_is_chosen_does_not_close_it(
    office: Office, claire: Seat
) -> None:
    person = office.somebody_waits()
    claire.takes(person.case_id)
    claire.unfolds("Terminer")
    outcome = claire.page.get_by_label("Comment cela finit-il?")
    outcome.select_option("hors de notre ressort")
    outcome.focus()
    person.writes("attendez, encore une chose")
    claire.reads("attendez, encore une chose")
    expect(outcome).to_be_focused()
    expect(outcome).to_have_value("not_ours")


def given_her_page_hears_nothing_more(seat: Seat) -> None:
    seat.page.route(re.compile("/(news|events|counts|notes)$|/news"), lambda route: route.abort())


def passes(seat: Seat, *, to: str) -> None:
    seat.unfolds("Confier")
    seat.page.get_by_label("À qui confier ce dossier?").select_option(to)
    seat.presses("Confier")
    mine = seat.page.locator("p.standing", has_text="À vous")
    expect(mine).to_have_count(0, timeout=PATIENCE)


def when_its_moment_has_come(office: Office, case_id: int) -> None:
    """The pause ended a second ago."""

    async def wake(service: Service) -> None:
        past = datetime.now(timezone.utc) - timedelta(seconds=1)
        async with service.database.write() as session:
            woken = update(CaseRow).where(CaseRow.id == case_id).values(snoozed_until=past)
            await session.execute(woken)

    office.does(wake)


def person_sends_a_file(office: Office, token: str, name: str, content: bytes) -> None:
    sent = httpx.post(
        f"{office.url}/api/conversations/me/files",
        files={"file": (name, content)},
        headers={"Authorization": f"Bearer {token}", "Idempotency-Key": secrets.token_hex(8)},
        timeout=20,
    )
    assert sent.status_code in (200, 201), sent.text
