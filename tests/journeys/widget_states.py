"""Every state of the widget, one after the other, for what must hold in all of them."""

import re
from collections.abc import Iterator

from playwright.sync_api import Route, expect

from tests.journeys.people import PATIENCE, Student
from tests.journeys.serving import DeskHand, Serving

NO_POST = "smtp://127.0.0.1:9"
"""A mail server that is named, so that letters are offered, and never written to."""
SEND = "**/api/conversations/me/messages"


def every_state(student: Student, serving: Serving, url: str) -> Iterator[str]:
    """Brings the widget of a new visitor from its button to its last word; yields each name."""
    yield from _before_a_word(student, url)
    yield from _answers(student)
    yield from _troubles(student, serving)
    yield from _adviser(student, serving)
    yield from _last_words(student)


def _before_a_word(student: Student, url: str) -> Iterator[str]:
    page = student.page
    page.route("**/chat.js", lambda route: route.abort())
    page.goto(url)
    opener = page.get_by_role("button", name="Ouvrir la discussion")
    expect(opener).to_be_visible()
    yield "closed"
    opener.click()
    expect(page.get_by_text("La discussion n’a pas pu s’ouvrir")).to_be_visible()
    yield "not loaded"
    page.unroute("**/chat.js")
    held: list[Route] = []
    page.route("**/api/conversations", lambda route: held.append(route))
    opener.click()
    expect(page.get_by_text("Ouverture de la discussion")).to_be_visible(timeout=PATIENCE)
    yield "starting"
    held[0].continue_()
    page.unroute("**/api/conversations")
    expect(page.get_by_role("heading", name="Par où commencer?").last).to_be_visible()
    yield "opening questions"


def _answers(student: Student) -> Iterator[str]:
    page = student.page
    student.writes("combien")
    student.reads("Le CAQ coûte")
    student.unfolds_the_last_sources()
    yield "answer with its sources"
    student.chooses("Cette réponse est-elle utile? Non")
    student.reads("Qu’est-ce qui n’allait pas?")
    yield "why it was of no use"
    student.chooses("Ce n’est pas clair")
    student.reads("Merci de votre avis. Et maintenant?")
    yield "what next"
    student.writes("mon plan")
    student.reads("Demander le CAQ")
    page.get_by_role("checkbox").check()
    yield "cards"


def _troubles(student: Student, serving: Serving) -> Iterator[str]:
    page = student.page
    held: list[Route] = []
    page.route(SEND, lambda route: held.append(route))
    student.writes("attente")
    expect(page.get_by_text("L’assistant écrit…")).to_be_visible()
    yield "typing"
    held[0].fulfill(status=422, json={"detail": "Votre message est vide."})
    expect(student.thread.get_by_text("Non envoyé. Votre message est vide.")).to_be_visible()
    yield "refused"
    page.get_by_role("button", name="Retirer").click()
    page.unroute(SEND)
    page.context.set_offline(True)
    student.writes("hors ligne")
    expect(page.get_by_text("En attente d’envoi")).to_be_visible()
    yield "offline"
    page.context.set_offline(False)
    student.reads("écho : hors ligne")
    serving.stop()
    expect(page.get_by_text("Connexion interrompue")).to_be_visible(timeout=PATIENCE)
    student.box.fill("é" * 2005)
    yield "reconnecting, and a text too long"
    student.box.fill("")
    serving.start()
    expect(page.get_by_text("Connexion interrompue")).to_have_count(0, timeout=PATIENCE)


def _adviser(student: Student, serving: Serving) -> Iterator[str]:
    page = student.page
    student.writes("un conseiller")
    student.reads(re.compile("C’est transmis"))
    expect(page.get_by_text("Votre demande est transmise")).to_be_visible()
    yield "waiting for an adviser"
    marie = DeskHand(serving)
    marie.takes_the_newest_case()
    marie.writes("Bonjour, je regarde.\n\nVoyez https://quebec.example/a")
    student.reads("Bonjour, je regarde.")
    yield "an adviser speaks"


def _last_words(student: Student) -> Iterator[str]:
    page = student.page
    menu = page.get_by_role("button", name="Plus d’options")
    menu.click()
    yield "menu"
    page.get_by_role("button", name="Recevoir par courriel").click()
    yield "by e-mail"
    page.get_by_role("textbox", name="Votre adresse courriel").fill("lea@")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Cette adresse n’est pas complète")).to_be_visible()
    yield "an address with a mistake"
    page.keyboard.press("Escape")
    menu.click()
    page.get_by_role("button", name="Effacer la conversation").click()
    erase = page.get_by_role("alertdialog").get_by_role("button", name="Effacer")
    expect(erase).to_be_visible()
    yield "confirmation"
    erase.click()
    expect(page.get_by_text("La conversation est effacée")).to_be_visible(timeout=PATIENCE)
    yield "erased"
