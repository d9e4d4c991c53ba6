"""What leaves and comes back by other roads: a letter's link, the thread by e-mail, documents."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta, timezone
from email.message import EmailMessage
from pathlib import Path

import pytest
from builders import handing_over
from mail_server import Mailbox, mail_server
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import update

from bot.desk.entering.invitations import first_invitation
from bot.handover.letters import GATHERED_FOR, GOOD_FOR
from bot.messages import Message, Outcome
from bot.storage.desk_tables import ReturnLinkRow
from bot.wiring import Service, clock, letters_of
from tests.journeys.accessibility import violations
from tests.journeys.people import PATIENCE, DeskAdviser, Student, somebody
from tests.journeys.serving import DeskHand, Serving, TalkativeEngine

PARIS = "Europe/Paris"
PASSWORD = "une longue phrase de passe"
PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\nstartxref\n9\n%%EOF\n"


class WithAddress(TalkativeEngine):
    """Whoever asks for an adviser leaves an address."""

    async def respond(self, message: Message, *, waiting: bool) -> Outcome:
        if message.text == "un conseiller, par courriel":
            return handing_over("Léa", "lea@exemple.fr")
        return await super().respond(message, waiting=waiting)


@pytest.fixture(scope="module")
def mail() -> Iterator[tuple[Mailbox, int]]:
    with mail_server() as running:
        yield running


@pytest.fixture(scope="module")
def serving(
    tmp_path_factory: pytest.TempPathFactory, mail: tuple[Mailbox, int]
) -> Iterator[Serving]:
    settings = {"smtp_url": f"smtp://127.0.0.1:{mail[1]}", "mail_from": "q@qve.example"}
    serving = Serving(tmp_path_factory.mktemp("letters"), WithAddress(), **settings)
    serving.start()
    yield serving
    serving.stop()


@pytest.fixture
def box(mail: tuple[Mailbox, int]) -> Mailbox:
    mail[0].letters.clear()
    mail[0].refuses = False
    return mail[0]


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    with somebody(browser, PARIS) as page:
        yield page


def post_letters(serving: Serving) -> None:
    """What the service does by itself, ten minutes later."""

    async def post(service: Service) -> None:
        later = datetime.now(timezone.utc) + GATHERED_FOR + timedelta(minutes=1)
        await letters_of(service, lambda: later).post_what_is_due()

    serving.do(post)


def return_link(letter: EmailMessage, serving: Serving) -> str:
    """The letter gives the public address of the service; the tests reach it at another."""
    [code] = re.findall(r"/chat#retour=([\w-]+)", letter.get_content())
    return f"{serving.url}/chat#retour={code}"


@contextmanager
def opened(browser: Browser, serving: Serving, path: str = "/chat") -> Iterator[Student]:
    with somebody(browser, PARIS) as page:
        page.goto(serving.url + path)
        student = Student(page, serving.url)
        expect(student.box).to_be_visible(timeout=PATIENCE)
        yield student


def test_who_left_an_address_and_went_comes_back_by_the_letter_in_another_browser(
    browser: Browser, serving: Serving, box: Mailbox
) -> None:
    # Given a student who asks for an adviser, leaves an address, and goes
    with opened(browser, serving) as student:
        student.writes("combien")
        student.reads("Le CAQ coûte")
        student.writes("un conseiller, par courriel")
        student.reads("C’est transmis")
    # When an adviser answers, and the letter leaves
    marie = DeskHand(serving)
    marie.takes_the_newest_case()
    marie.writes("Votre relevé suffit.")
    post_letters(serving)
    [letter] = box.letters
    assert letter["To"] == "lea@exemple.fr"
    link = return_link(letter, serving)
    # Then its link, in another browser, opens the same conversation, whole
    for _ in range(2):  # and as often as it is opened: another device, a second click
        with somebody(browser, PARIS) as page:
            page.goto(link)
            expect(page.get_by_text("Ne continuez que si c’est vous")).to_be_visible()
            page.get_by_role("button", name="Continuer ici").click()
            student = Student(page, serving.url)
            for words in ("Le CAQ coûte", "C’est transmis", "Votre relevé suffit."):
                student.reads(words)
            expect(page.get_by_text("Vous parlez avec Marie T.")).to_be_visible()
            student.writes("merci beaucoup")
            student.reads("merci beaucoup")
            expect(page.get_by_text("Envoyé", exact=True)).to_be_visible(timeout=PATIENCE)
    # And a link past its thirty days says so kindly
    expire_links(serving)
    with somebody(browser, PARIS) as page:
        page.goto(link)
        page.get_by_role("button", name="Continuer ici").click()
        spent = page.get_by_role("alert").filter(has_text="n’est plus valable")
        expect(spent).to_be_visible(timeout=PATIENCE)
        page.get_by_role("link", name="Aller à l’assistant").click()
        expect(Student(page, "").box).to_be_visible(timeout=PATIENCE)


def expire_links(serving: Serving) -> None:
    async def expire(service: Service) -> None:
        async with service.database.write() as session:
            past = datetime.now(timezone.utc) - GOOD_FOR
            await session.execute(update(ReturnLinkRow).values(expires_at=past))

    serving.do(expire)


def test_the_thread_is_received_by_e_mail(page: Page, serving: Serving, box: Mailbox) -> None:
    student = Student(page, serving.url)
    student.opens_the_page()
    student.writes("combien")
    student.reads("Le CAQ coûte")

    def asks() -> None:
        page.get_by_role("button", name="Plus d’options").click()
        page.get_by_role("button", name="Recevoir par courriel").click()

    asks()
    field = page.get_by_role("textbox", name="Votre adresse courriel")
    expect(field).to_be_focused()
    privacy = page.locator("qve-mailing").get_by_role("link")
    expect(privacy).to_have_attribute("href", f"{serving.url}/confidentialite")
    assert violations(page) == []
    page.keyboard.press("Escape")
    expect(field).to_have_count(0)
    expect(page.get_by_role("button", name="Plus d’options")).to_be_focused()

    asks()
    dialog = page.get_by_role("dialog", name="Recevoir la conversation")
    send = dialog.get_by_role("button", name="Envoyer")
    send.click()
    expect(dialog.get_by_role("alert")).to_have_text("Écrivez d’abord votre adresse.")
    field.fill("lea@")
    page.keyboard.press("Enter")
    expect(dialog.get_by_role("alert")).to_contain_text("Cette adresse n’est pas complète")
    expect(field).to_be_focused()
    assert violations(page) == []

    page.context.set_offline(True)
    field.fill("lea@exemple.fr")
    send.click()
    expect(dialog.get_by_role("alert")).to_contain_text("Vous êtes hors ligne")
    page.context.set_offline(False)
    box.refuses = True
    send.click()
    expect(dialog.get_by_role("alert")).to_contain_text("n’a pas pu partir", timeout=PATIENCE)
    expect(field).to_have_value("lea@exemple.fr")
    box.refuses = False
    send.click()
    sent = dialog.get_by_text("Le courriel est parti vers lea@exemple.fr")
    expect(sent).to_be_visible(timeout=PATIENCE)
    expect(dialog.get_by_role("button", name="Fermer")).to_be_focused()
    assert violations(page) == []
    page.keyboard.press("Enter")
    expect(sent).to_have_count(0)
    [letter] = box.letters
    body = letter.get_body(("plain",))
    assert body is not None
    assert "Le CAQ coûte 134 $" in body.get_content()


def test_a_document_that_waits_for_the_network_survives_a_reload(
    browser: Browser, serving: Serving, tmp_path: Path
) -> None:
    with opened(browser, serving) as student:
        page = student.page
        student.writes("un conseiller")
        student.reads("C’est transmis")
        DeskHand(serving).takes_the_newest_case()
        attach = page.get_by_role("button", name="Joindre un document")
        expect(attach).to_be_visible(timeout=PATIENCE)
        page.evaluate("navigator.serviceWorker.ready.then(() => true)")
        (tmp_path / "relevé.pdf").write_bytes(PDF)
        page.context.set_offline(True)
        with page.expect_file_chooser() as chooser:
            attach.click()
        chooser.value.set_files(tmp_path / "relevé.pdf")
        expect(page.get_by_text("En attente d’envoi")).to_be_visible()
        expect(page.get_by_text("Gardez cette page ouverte")).to_have_count(0)
        page.wait_for_function(
            "() => Object.keys(localStorage).some((key) => key.includes('outgoing'))"
        )
        page.reload()
        student.reads("relevé.pdf")
        gone = page.get_by_text("Les messages précédents ne sont pas gardés sur cet appareil")
        expect(gone).to_be_visible()
        assert violations(page) == []
        page.context.set_offline(False)
        sent = page.get_by_role("button", name="Télécharger relevé.pdf")
        expect(sent).to_be_visible(timeout=PATIENCE)
        student.reads("C’est transmis")
        expect(gone).to_have_count(0)
        with page.expect_download() as download:
            sent.click()
        assert download.value.path().read_bytes() == PDF
        assert page.evaluate(FILES_LEFT) == 0


FILES_LEFT = """() => new Promise((resolve) => {
  const asked = indexedDB.open('quebec-ville-etudes', 1);
  asked.onsuccess = () => {
    const count = asked.result.transaction('files').objectStore('files').count();
    count.onsuccess = () => resolve(count.result);
  };
})"""


def test_where_the_browser_keeps_nothing_the_page_is_said_to_be_needed(
    browser: Browser, serving: Serving, tmp_path: Path
) -> None:
    with somebody(browser, PARIS) as page:
        page.add_init_script("IDBFactory.prototype.open = () => { throw new Error('private'); }")
        student = Student(page, serving.url)
        student.opens_the_page()
        student.writes("un conseiller")
        student.reads("C’est transmis")
        DeskHand(serving).takes_the_newest_case()
        attach = page.get_by_role("button", name="Joindre un document")
        expect(attach).to_be_visible(timeout=PATIENCE)
        page.context.set_offline(True)
        (tmp_path / "relevé.pdf").write_bytes(PDF)
        with page.expect_file_chooser() as chooser:
            attach.click()
        chooser.value.set_files(tmp_path / "relevé.pdf")
        expect(page.get_by_text("Gardez cette page ouverte jusqu’à l’envoi")).to_be_visible()
        page.context.set_offline(False)
        sent = page.get_by_role("button", name="Télécharger relevé.pdf")
        expect(sent).to_be_visible(timeout=PATIENCE)


@pytest.fixture
def untouched(tmp_path: Path) -> Iterator[Serving]:
    """A service of its own, whose first account is not opened yet."""
    serving = Serving(tmp_path, TalkativeEngine(), undo_seconds=0, var=tmp_path)
    serving.start()
    yield serving
    serving.stop()


def test_a_document_from_the_desk_is_downloaded_by_the_student_and_the_reverse(
    browser: Browser, untouched: Serving, tmp_path: Path
) -> None:
    serving = untouched
    with (
        opened(browser, serving) as student,
        somebody(browser, "America/Toronto") as desk,
    ):
        page = student.page
        student.writes("un conseiller")
        student.reads("C’est transmis")
        # Given an adviser at the desk, who has the case
        claire = DeskAdviser(desk, serving.url)
        link = invitation(serving)
        claire.accepts(link, name="Claire L.", email="c@exemple.org", password=PASSWORD)
        claire.opens_the_first_case()
        claire.presses("Prendre")
        student.reads(re.compile("Claire L. a pris votre dossier"))
        # When the student sends a document
        (tmp_path / "bulletin.pdf").write_bytes(PDF)
        with page.expect_file_chooser() as chooser:
            page.get_by_role("button", name="Joindre un document").click()
        chooser.value.set_files(tmp_path / "bulletin.pdf")
        # Then the adviser downloads it, and it is never a page of ours
        sent = desk.get_by_role("link", name=re.compile("bulletin.pdf"))
        expect(sent.last).to_be_visible(timeout=PATIENCE)
        with desk.expect_download() as download:
            sent.last.click()
        assert download.value.path().read_bytes() == PDF
        # When the adviser joins one to an answer
        (tmp_path / "liste.pdf").write_bytes(PDF + b"%")
        desk.locator("#files").set_input_files(tmp_path / "liste.pdf")
        expect(desk.get_by_role("list", name="Fichiers joints")).to_contain_text("liste.pdf")
        claire.answers("Voici la liste.")
        # Then the student downloads it
        student.reads("Voici la liste.")
        given = page.get_by_role("button", name="Télécharger liste.pdf")
        expect(given).to_be_visible(timeout=PATIENCE)
        pages = len(page.context.pages)
        with page.expect_download() as download:
            given.click()
        assert download.value.suggested_filename == "liste.pdf"
        assert download.value.path().read_bytes() == PDF + b"%"
        assert len(page.context.pages) == pages, "downloaded, never displayed"


def invitation(serving: Serving) -> str:
    async def invited(service: Service) -> str:
        first = await first_invitation(service.accounts, now=clock(), public_url=f"{serving.url}/")
        assert first is not None
        return first.url

    return serving.do(invited)
