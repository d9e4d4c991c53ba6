"""What a person writes arrives once, in order, whatever the network and the server do meanwhile.

The truth is what the server has: the thread on the screen must be exactly that in the end.
"""

import json
import random
import re
from collections.abc import Iterator

import httpx
import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.journeys.people import PATIENCE, Student, somebody
from tests.journeys.serving import DeskHand, Serving, TalkativeEngine
from tests.journeys.weather import Road, Weather

PARIS = "Europe/Paris"
SEND = "**/api/conversations/me/messages"
OFFLINE = re.compile("Vous êtes hors ligne. Vos messages partiront dès le retour du réseau")
RECONNECTING = re.compile("Connexion interrompue")


@pytest.fixture(scope="module")
def serving(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    serving = Serving(tmp_path_factory.mktemp("words"), TalkativeEngine())
    serving.start()
    yield serving
    serving.stop()


@pytest.fixture
def road(serving: Serving) -> Iterator[Road]:
    with Road(int(serving.url.rsplit(":", 1)[1])) as road:
        yield road


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    with somebody(browser, PARIS) as page:
        yield page
        page.unroute_all(behavior="ignoreErrors")


@pytest.fixture
def student(page: Page, road: Road) -> Student:
    student = Student(page, road.url)
    student.opens_the_page()
    return student


def shown(page: Page) -> list[str]:
    """The words of each message of the thread, top to bottom, without what is said of links."""
    texts = page.locator("qve-message .bubble").all_inner_texts()
    return [text.replace("\u00a0(nouvelle fenêtre)", "").strip() for text in texts]


def kept(page: Page, serving: Serving) -> list[str]:
    """The words of each message that the server has of this browser's conversation, as they are
    shown: what the service links to of its own has words."""
    session = json.loads(page.evaluate("localStorage.getItem('quebec-ville-etudes')"))
    answer = httpx.get(
        f"{serving.url}/api/conversations/me/messages",
        headers={"Authorization": f"Bearer {session['token']}"},
    )
    address, words = f"{serving.url}/vie-privee", "ce qui est gardé, et vos droits"
    return [message["text"].replace(address, words) for message in answer.json()["messages"]]


def of_the_person(messages: list[str]) -> list[str]:
    return [text for text in messages[1:] if not text.startswith("écho : ")]


def then_all_is_there(student: Student, serving: Serving, *written: str) -> None:
    """Each word once, in the order it was written, here and on the server, each answered."""
    for text in written:
        student.reads(f"écho : {text}")
    assert of_the_person(kept(student.page, serving)) == list(written)
    assert shown(student.page) == kept(student.page, serving)
    expect(student.page.get_by_text("Envoyé", exact=True)).to_have_count(1)


def test_what_is_written_offline_waits_in_sight_and_leaves_in_order(
    student: Student, serving: Serving
) -> None:
    page = student.page
    page.context.set_offline(True)
    expect(page.get_by_text(OFFLINE)).to_be_visible()
    for text in ("premier", "deuxième", "troisième"):
        student.writes(text)
    expect(page.get_by_text("En attente d’envoi")).to_have_count(3)

    page.context.set_offline(False)
    expect(page.get_by_text(OFFLINE)).to_have_count(0)
    then_all_is_there(student, serving, "premier", "deuxième", "troisième")


def test_a_slow_network_shows_the_message_at_once_and_does_not_send_it_again(
    student: Student, road: Road, serving: Serving
) -> None:
    page = student.page
    sent: list[str] = []
    page.on("request", lambda request: request.method == "POST" and sent.append(request.url))
    road.turns(Weather.slow)
    student.writes("patience")
    shown_at_once = page.locator("qve-message").last
    expect(shown_at_once).to_contain_text("patience")
    expect(shown_at_once).to_contain_text("Envoi…")  # « Envoyé » once the server has answered
    then_all_is_there(student, serving, "patience")
    assert len([url for url in sent if url.endswith("/messages")]) == 1


def test_a_message_whose_answer_was_lost_is_not_had_twice(
    student: Student, road: Road, serving: Serving
) -> None:
    road.turns(Weather.answers_lost)
    student.writes("une seule fois")
    student.page.wait_for_timeout(1500)
    road.turns(Weather.fair)
    then_all_is_there(student, serving, "une seule fois")


def test_a_message_that_the_network_delivers_twice_is_had_once(
    student: Student, serving: Serving
) -> None:
    def twice(route: Route) -> None:
        route.fetch()
        route.fulfill(response=route.fetch())

    student.page.route(SEND, twice)
    student.writes("en double")
    student.writes("puis un autre")
    then_all_is_there(student, serving, "en double", "puis un autre")


def test_a_server_that_fails_is_asked_again_and_the_person_can_hurry_it(
    student: Student, serving: Serving
) -> None:
    page = student.page
    page.route(SEND, lambda route: route.fulfill(status=503, json={}))
    student.writes("tenace")
    retry = page.get_by_role("button", name="Réessayer")
    expect(retry).to_be_visible(timeout=PATIENCE)
    expect(student.thread.get_by_text("Non envoyé")).to_be_visible()
    page.unroute(SEND)
    retry.click()
    then_all_is_there(student, serving, "tenace")


def test_a_message_that_is_refused_says_why_and_does_not_hold_up_the_next(
    student: Student, serving: Serving
) -> None:
    page = student.page
    reason = "Votre message est vide."

    def refuse(route: Route) -> None:
        refused = route.request.post_data_json["text"] == "refusé"
        route.fulfill(status=422, json={"detail": reason}) if refused else route.continue_()

    page.route(SEND, refuse)
    student.writes("refusé")
    student.writes("accepté")
    expect(student.thread.get_by_text(f"Non envoyé. {reason}")).to_be_visible()
    student.reads("écho : accepté")
    page.get_by_role("button", name="Retirer").click()
    then_all_is_there(student, serving, "accepté")


def test_who_writes_too_fast_is_told_to_wait_and_nothing_is_lost(
    student: Student, serving: Serving
) -> None:
    page = student.page
    busy = [True]

    def too_many(route: Route) -> None:
        if busy.pop() if busy else False:
            route.fulfill(status=429, headers={"Retry-After": "3"}, json={"detail": "Attendez."})
        else:
            route.continue_()

    page.route(SEND, too_many)
    student.writes("pressé")
    expect(page.get_by_text(re.compile("Le service est très demandé"))).to_be_visible()
    then_all_is_there(student, serving, "pressé")


def test_a_line_that_died_in_silence_is_found_out_after_sleep(
    browser: Browser, road: Road, serving: Serving
) -> None:
    with somebody(browser, PARIS) as page:
        page.clock.install()
        student = Student(page, road.url)
        student.opens_the_page()
        student.writes("un conseiller")
        student.reads(re.compile("C’est transmis"))
        marie = DeskHand(serving)
        road.turns(Weather.silent)
        marie.takes_the_newest_case()
        marie.writes("Bonjour, c’est Marie.")
        page.wait_for_timeout(300)
        student.never_reads("Bonjour, c’est Marie.")

        road.turns(Weather.fair)
        page.clock.fast_forward("02:00")
        student.reads("Bonjour, c’est Marie.")
        expect(page.get_by_text("Vous parlez avec Marie T.")).to_be_visible()
        assert shown(page) == kept(page, serving)


def test_the_server_restarts_and_the_thread_goes_on(student: Student, serving: Serving) -> None:
    page = student.page
    student.writes("avant")
    student.reads("écho : avant")
    serving.stop()
    expect(page.get_by_text(RECONNECTING)).to_be_visible(timeout=PATIENCE)
    student.writes("pendant")
    serving.start()
    then_all_is_there(student, serving, "avant", "pendant")
    expect(page.get_by_text(RECONNECTING)).to_have_count(0)


def test_a_reload_before_it_left_and_a_draft_lose_nothing(
    student: Student, serving: Serving
) -> None:
    page = student.page
    page.route("**/api/**", lambda route: route.abort())
    student.writes("écrit avant de recharger")
    student.box.fill("un brouillon")
    page.reload()
    page.get_by_role("button", name="Ouvrir la discussion").click()
    expect(page.get_by_text("écrit avant de recharger")).to_be_visible(timeout=PATIENCE)
    expect(student.box).to_have_value("un brouillon")
    page.unroute("**/api/**")
    then_all_is_there(student, serving, "écrit avant de recharger")


def test_two_tabs_show_one_thread_and_one_floor(
    student: Student, serving: Serving, road: Road
) -> None:
    here = student.page
    there = here.context.new_page()
    second = Student(there, road.url)
    second.opens_the_page()
    student.writes("d’ici")
    second.reads("écho : d’ici")
    second.writes("de là")
    student.reads("écho : de là")
    student.writes("un conseiller")
    marie = DeskHand(serving)
    second.reads(re.compile("C’est transmis"))
    marie.takes_the_newest_case()
    for page in (here, there):
        expect(page.get_by_text("Vous parlez avec Marie T.")).to_be_visible(timeout=PATIENCE)
        assert shown(page) == kept(page, serving)

    there.get_by_role("button", name="Plus d’options").click()
    there.get_by_role("button", name="Effacer la conversation").click()
    there.get_by_role("alertdialog").get_by_role("button", name="Effacer").click()
    expect(there.get_by_text("La conversation est effacée")).to_be_visible(timeout=PATIENCE)
    expect(here.get_by_text("Cette conversation a été effacée")).to_be_visible(timeout=PATIENCE)


def test_two_tabs_opened_at_once_begin_one_conversation(
    browser: Browser, road: Road, serving: Serving
) -> None:
    with somebody(browser, PARIS) as here:
        there = here.context.new_page()
        held: list[Route] = []
        here.context.route("**/api/conversations", lambda route: held.append(route))
        for page in (here, there):
            page.goto(road.url)
            page.get_by_role("button", name="Ouvrir la discussion").click()
        here.wait_for_timeout(300)
        students = Student(here, road.url), Student(there, road.url)
        students[0].writes("de la première")
        students[1].writes("de la seconde")
        for route in list(held):
            route.continue_()
        for page, student in zip((here, there), students, strict=True):
            student.reads("écho : de la première")
            student.reads("écho : de la seconde")
            assert shown(page) == kept(page, serving)
        assert sorted(of_the_person(kept(here, serving))) == ["de la première", "de la seconde"]


@pytest.mark.parametrize("seed", [1, 2])
def test_nothing_is_lost_doubled_or_out_of_order_in_changing_weather(
    student: Student, road: Road, serving: Serving, seed: int
) -> None:
    draw = random.Random(seed)
    written = [f"message {number}" for number in range(8)]
    for text in written:
        road.turns(draw.choice([Weather.fair, Weather.down, Weather.answers_lost]))
        if draw.random() < 0.3:
            road.cuts()
        student.writes(text)
        student.page.wait_for_timeout(draw.randrange(300))
    road.turns(Weather.fair)
    road.cuts()
    then_all_is_there(student, serving, *written)
