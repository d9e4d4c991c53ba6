"""Who asks for somebody of an institution reaches its advisers, and nobody else's."""

import re

from playwright.sync_api import Browser, expect

from tests.journeys.people import PATIENCE, DeskAdviser, Student, somebody
from tests.journeys.service import RunningService

PARIS, QUEBEC = "Europe/Paris", "America/Toronto"
PASSWORD = "une longue phrase de passe"


def test_a_request_for_somebody_of_garneau_lands_at_garneau_s_advisers_alone(
    browser: Browser, service: RunningService
) -> None:
    with (
        somebody(browser, PARIS) as student_page,
        somebody(browser, QUEBEC) as garneau_page,
        somebody(browser, QUEBEC) as laval_page,
    ):
        student = Student(student_page, service.url)
        claire = given_an_adviser(service, DeskAdviser(garneau_page, service.url), "garneau")
        paul = given_an_adviser(service, DeskAdviser(laval_page, service.url), "laval")

        when_she_asks_for_somebody_of_garneau(student)

        then_the_case_arrives_in_her_queue(claire)
        then_it_is_nowhere_in_his(paul, service)


def given_an_adviser(
    service: RunningService, adviser: DeskAdviser, institution: str
) -> DeskAdviser:
    email = f"conseil@{institution}.example"
    invitation = service.add_adviser(email, institution.title(), "--institution", institution)
    adviser.accepts(invitation, name=None, email=None, password=PASSWORD)
    expect(adviser.page.get_by_text("Aucun dossier n’attend.")).to_be_visible(timeout=PATIENCE)
    return adviser


def when_she_asks_for_somebody_of_garneau(student: Student) -> None:
    student.opens_the_page()
    student.writes("je veux parler à quelqu'un du Cégep Garneau")
    student.reads("Comment peut-elle vous appeler?")
    student.writes("Léa")
    student.reads(re.compile("Voulez-vous laisser une adresse courriel"))
    student.chooses("Non, sans courriel")
    student.reads(re.compile("C’est transmis, Léa"))


def then_the_case_arrives_in_her_queue(claire: DeskAdviser) -> None:
    line = claire.page.get_by_role("listitem").filter(has_text="Léa")
    expect(line).to_contain_text("Cégep Garneau", timeout=PATIENCE)


def then_it_is_nowhere_in_his(paul: DeskAdviser, service: RunningService) -> None:
    for view in ("waiting", "open"):
        paul.page.goto(f"{service.url}/desk/?view={view}")
        expect(paul.page.get_by_role("heading", name="La file")).to_be_visible()
        expect(paul.page.get_by_text("Léa")).to_have_count(0)
