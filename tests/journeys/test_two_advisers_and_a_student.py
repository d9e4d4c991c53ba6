"""The real service, a student and two advisers, each in a browser of their own, at once."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.journeys.people import PATIENCE, DeskAdviser, Student, somebody
from tests.journeys.service import RunningService

PARIS = "Europe/Paris"
QUEBEC = "America/Toronto"
PASSWORD = "une longue phrase de passe"
REFUSED = "mon permis a été refusé, je fais quoi ?"


@dataclass
class Together:
    """Claire administers; Paul advises. Each keeps one tab for the whole module."""

    service: RunningService
    claire: DeskAdviser
    paul: DeskAdviser


@pytest.fixture(scope="module")
def together(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Together]:
    service = RunningService(tmp_path_factory.mktemp("desk"), QVE_MESSAGES_PER_MINUTE="500")
    try:
        service.start()
        with somebody(browser, QUEBEC) as one, somebody(browser, QUEBEC) as other:
            claire, paul = DeskAdviser(one, service.url), DeskAdviser(other, service.url)
            claire.accepts(
                service.invitation(),
                name="Claire L.",
                email="claire@exemple.org",
                password=PASSWORD,
            )
            link = service.add_adviser("paul@exemple.org", "Paul R.")
            paul.accepts(link, name=None, email=None, password=PASSWORD)
            yield Together(service, claire, paul)
    finally:
        service.stop()


@pytest.fixture
def student(browser: Browser, together: Together) -> Iterator[Student]:
    with somebody(browser, PARIS) as page:
        yield Student(page, together.service.url)


def test_a_case_arrives_live_at_both_desks_and_one_of_the_two_has_it(
    together: Together, student: Student
) -> None:
    claire, paul = together.claire, together.paul
    given_both_look_at_an_empty_queue(claire, paul)

    asks_for_an_adviser(student, "Léa")
    for desk in (claire, paul):
        expect(line_of(desk.page, "Léa")).to_be_visible(timeout=PATIENCE)
        expect(desk.page).to_have_title(re.compile(r"^\(1\) File"))
        expect(desk.page.get_by_text("Une personne attend une réponse.")).to_be_visible()

    line_of(claire.page, "Léa").get_by_role("link").click()
    line_of(paul.page, "Léa").get_by_role("link").click()
    claire.reads("Paul R. regarde aussi ce dossier.")
    paul.reads("Claire L. regarde aussi ce dossier.")

    winner, loser = when_both_take_it_at_once(claire, paul)
    expect(answer_box(winner.page)).to_be_focused(timeout=PATIENCE)
    loser.reads(re.compile(f"{name_of(winner, together)} a (déjà pris )?ce dossier"))
    student.reads(re.compile(f"{name_of(winner, together)} a pris votre dossier"))
    expect(answer_box(loser.page)).to_have_count(0)

    answer_box(winner.page).press_sequentially("Bonjour", delay=20)
    loser.reads(f"{name_of(winner, together)} écrit…")
    student.page.get_by_text(re.compile("écrit")).first.wait_for(timeout=PATIENCE)


def test_an_answer_taken_back_is_never_read_and_one_left_alone_is(
    together: Together, student: Student
) -> None:
    claire = together.claire
    asks_for_an_adviser(student, "Noé")
    takes(claire, "Noé")

    claire.answers("Votre dossier est perdu d’avance.")
    claire.reads("Votre réponse part dans un instant.")
    claire.presses("Annuler l’envoi")
    expect(answer_box(claire.page)).to_have_value("Votre dossier est perdu d’avance.")
    expect(answer_box(claire.page)).to_be_focused()

    claire.answers("Bonjour Noé, je lis votre lettre avec vous.")
    student.reads("Bonjour Noé, je lis votre lettre avec vous.")
    student.never_reads("Votre dossier est perdu d’avance.")
    claire.reads("Bonjour Noé, je lis votre lettre avec vous.")
    expect(claire.page.get_by_text("Votre dossier est perdu d’avance.")).to_have_count(0)


def test_a_closed_case_asks_whether_it_helped_and_may_be_opened_again(
    together: Together, student: Student
) -> None:
    claire = together.claire
    asks_for_an_adviser(student, "Inès")
    takes(claire, "Inès")

    claire.page.locator("summary", has_text="Terminer").click()
    claire.page.get_by_label("Comment cela finit-il?").select_option("dirigé ailleurs")
    claire.presses("Terminer le dossier")
    expect(standing(claire.page)).to_have_text("Terminé", timeout=PATIENCE)
    expect(claire.page.locator("#case-name")).to_be_focused()
    student.chooses("Oui, tout à fait")
    claire.reads(re.compile("Terminé par la personne conseillère.*dirigé ailleurs"))

    student.writes("combien coute le caq")
    student.reads(re.compile(r"134\s\$"))

    claire.presses("Rouvrir")
    expect(standing(claire.page)).to_have_text("À vous", timeout=PATIENCE)
    student.reads(re.compile("Claire L. a rouvert|Claire L. reprend|Claire L. rouvre"))
    student.writes("j’ai une autre question")
    claire.reads("j’ai une autre question")


def test_the_assistant_speaks_again_once_the_floor_is_given_back(
    together: Together, student: Student
) -> None:
    claire = together.claire
    asks_for_an_adviser(student, "Sami")
    takes(claire, "Sami")

    claire.presses("Remettre dans la file")
    expect(standing(claire.page)).to_contain_text("À prendre", timeout=PATIENCE)
    student.reads(re.compile("Claire L. .*d’ici"))
    student.writes("combien coute le caq")
    student.reads(re.compile(r"134\s\$"))

    claire.presses("Prendre ce dossier")
    expect(standing(claire.page)).to_have_text("À vous", timeout=PATIENCE)
    claire.presses("Rendre la parole à l’assistant")
    student.reads(re.compile("l’assistant automatique vous répond de nouveau"))
    student.writes("cmbien de tps pr avoir le caqq")
    student.reads(re.compile("jours ouvrables"))


def given_both_look_at_an_empty_queue(*advisers: DeskAdviser) -> None:
    for adviser in advisers:
        adviser.page.goto(f"{adviser.page.url.split('/desk')[0]}/desk/")
        is_live(adviser)
        expect(adviser.page.get_by_text("Personne n’attend.")).to_be_visible()


def asks_for_an_adviser(student: Student, name: str) -> None:
    student.opens_the_page()
    student.writes(REFUSED)
    student.chooses("Oui, parler à un CRIÉE")
    student.reads("Comment peut-elle vous appeler?")
    student.writes(name)
    student.chooses("Non, sans courriel")
    student.reads(re.compile(f"C’est transmis, {name}"))


def when_both_take_it_at_once(
    claire: DeskAdviser, paul: DeskAdviser
) -> tuple[DeskAdviser, DeskAdviser]:
    """Neither waits for what the other's press does."""
    pressed = "document.getElementById('act-claim').click()"
    for desk in (claire, paul):
        expect(desk.page.get_by_role("button", name="Prendre ce dossier")).to_be_enabled()
    for desk in (claire, paul):
        desk.page.evaluate(pressed)
    has_it = expect(standing(claire.page)).to_have_text
    has_it(re.compile("À vous|Paul R. a ce dossier"), timeout=PATIENCE)
    won = "À vous" in standing(claire.page).inner_text()
    return (claire, paul) if won else (paul, claire)


def takes(adviser: DeskAdviser, name: str) -> None:
    adviser.page.goto(f"{adviser.page.url.split('/desk')[0]}/desk/")
    line_of(adviser.page, name).get_by_role("button", name="Prendre").click()
    adviser.page.wait_for_url(re.compile(r"/desk/cases/\d+$"), timeout=PATIENCE)
    is_live(adviser)


def name_of(adviser: DeskAdviser, together: Together) -> str:
    return "Claire L." if adviser is together.claire else "Paul R."


def line_of(page: Page, name: str) -> Locator:
    return page.locator("#lists li.line", has_text=name)


def answer_box(page: Page) -> Locator:
    return page.get_by_role("textbox", name=re.compile("^Votre réponse à"))


def standing(page: Page) -> Locator:
    return page.locator("p.standing")


def is_live(adviser: DeskAdviser) -> None:
    """The page's stream is open: what happens from now on is heard."""
    expect(adviser.page.locator("html")).to_have_attribute("data-live", "yes", timeout=PATIENCE)
