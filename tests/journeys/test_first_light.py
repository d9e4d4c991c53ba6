"""From a question at night to an adviser's answer, with the server killed on the way."""

import re

from playwright.sync_api import Browser, Page, expect

from tests.journeys.people import DeskAdviser, Student, somebody
from tests.journeys.service import RunningService

PARIS = "Europe/Paris"
QUEBEC = "America/Toronto"
PASSWORD = "une longue phrase de passe"


def test_a_question_gets_the_figure_in_force_its_year_its_source_and_that_sources_date(
    browser: Browser, service: RunningService
) -> None:
    with somebody(browser, PARIS) as page:
        student = Student(page, service.url)

        given_she_is_told_what_she_talks_to(student)
        student.writes("combien d'argent faut-il prouver pour le CAQ ?")

        student.reads(re.compile(r"24\s617\s\$ par an \(2026\)"))
        sources = student.unfolds_the_last_sources()
        assert "CIC News" in sources
        assert re.search(r"\b2025\b", sources), sources


def test_off_topic_is_refused_modestly_and_a_misspelt_question_is_answered(
    browser: Browser, service: RunningService
) -> None:
    with somebody(browser, PARIS) as page:
        student = Student(page, service.url)
        student.opens_the_page()

        student.writes("quelle est la recette de la pâte à crêpes")
        student.reads("Ce n’est pas mon domaine")

        student.writes("cmbien de tps pr avoir le caqq")
        student.reads(re.compile("jours ouvrables"))


def test_a_refused_permit_is_not_advised_on_but_handed_to_an_adviser_and_back(
    browser: Browser, service: RunningService
) -> None:
    with (
        somebody(browser, PARIS) as student_page,
        somebody(browser, QUEBEC) as claire_page,
        somebody(browser, QUEBEC) as paul_page,
    ):
        student = Student(student_page, service.url)
        claire, paul = given_two_advisers(service, claire_page, paul_page)

        given_she_asked_for_an_adviser(student)
        then_she_knows_when_in_her_time_and_in_quebecs(student)

        when_both_try_to_take_the_case(claire, paul)
        then_exactly_one_has_it(claire, paul, student)

        claire.answers("Bonjour Léa, je regarde votre situation avec vous.")
        student.reads("Bonjour Léa, je regarde votre situation avec vous.")

        student.writes("merci, j’ai reçu la lettre lundi")
        claire.reads("merci, j’ai reçu la lettre lundi")
        then_the_assistant_stays_silent(student)

        claire.presses("Rendre la parole")
        student.reads(re.compile("l’assistant automatique vous répond de nouveau"))
        student.writes("combien coute le caq")
        student.reads(re.compile(r"134\s\$"))


def test_nothing_is_lost_doubled_or_out_of_order_when_the_server_is_killed(
    browser: Browser, service: RunningService
) -> None:
    with somebody(browser, PARIS) as page:
        student = Student(page, service.url)
        given_she_asked_for_an_adviser(student)
        before = messages_of(student.page)

        service.kill()
        student.writes("est-ce que je peux travailler pendant mes études")
        service.start()

        student.reads(re.compile(r"24\sheures par semaine"))
        after = messages_of(student.page)
        assert after[: len(before)] == before
        assert len(after) == len(set(after)), "a message is shown twice"

        page.reload()
        page.get_by_role("button", name="Ouvrir la discussion").click()
        student.reads(re.compile(r"24\sheures par semaine"))
        assert messages_of(student.page) == after


def given_she_is_told_what_she_talks_to(student: Student) -> None:
    student.opens_the_page()
    student.reads(re.compile("assistant automatique, pas une personne.*conservés"))
    link = student.page.get_by_role("link", name=re.compile("^ce qui est gardé, et vos droits"))
    expect(link).to_have_attribute("href", re.compile(r"^http://127.0.0.1:\d+/vie-privee$"))
    student.never_reads(re.compile("http"))


def given_two_advisers(
    service: RunningService, claire_page: Page, paul_page: Page
) -> tuple[DeskAdviser, DeskAdviser]:
    claire = DeskAdviser(claire_page, service.url)
    claire.accepts(
        service.invitation(), name="Claire L.", email="claire@exemple.org", password=PASSWORD
    )
    paul = DeskAdviser(paul_page, service.url)
    link = service.add_adviser("paul@exemple.org", "Paul R.")
    paul.accepts(link, name=None, email=None, password=PASSWORD)
    return claire, paul


def given_she_asked_for_an_adviser(student: Student) -> None:
    student.opens_the_page()
    student.writes("mon permis a été refusé, je fais quoi ?")
    student.reads(re.compile("seule une personne autorisée par la loi peut vous conseiller"))
    student.chooses("Oui, parler à un CRIÉE")
    student.reads("Comment peut-elle vous appeler?")
    student.writes("Léa")
    student.reads(re.compile("Voulez-vous laisser une adresse courriel"))
    student.chooses("Non, sans courriel")
    student.reads(re.compile("C’est transmis, Léa"))


def then_she_knows_when_in_her_time_and_in_quebecs(student: Student) -> None:
    student.reads(re.compile(r"d’ici \w+ \d.* à \d+\sh.*, heure de Québec \(\d+\sh.* à Paris\)"))


def when_both_try_to_take_the_case(claire: DeskAdviser, paul: DeskAdviser) -> None:
    claire.opens_the_first_case()
    paul.opens_the_first_case()
    claire.reads("mon permis a été refusé, je fais quoi ?")
    claire.reads("Situation personnelle")
    claire.presses("Prendre")
    paul.presses("Prendre")


def then_exactly_one_has_it(claire: DeskAdviser, paul: DeskAdviser, student: Student) -> None:
    paul.reads(re.compile("Claire L. a déjà pris ce dossier"))
    student.reads(re.compile("Claire L. a pris votre dossier"))
    expect(claire.page.get_by_role("textbox", name=re.compile("Votre réponse"))).to_be_enabled()


def then_the_assistant_stays_silent(student: Student) -> None:
    student.page.wait_for_timeout(1500)
    last = messages_of(student.page)[-1]
    assert "j’ai reçu la lettre lundi" in last, last


def messages_of(page: Page) -> list[str]:
    """The words of each message the thread shows, in order."""
    return [text.strip() for text in page.locator("qve-message .bubble").all_inner_texts()]
