"""Somebody who waits is told that an adviser answered: a notification, once they asked for it."""

import json
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from push_service import Delivery, PushService, Subscriber

from bot.handover.notifications import Notifications
from bot.storage.device_store import SqlDevices
from bot.wiring import Service, clock, web_push
from tests.journeys.accessibility import violations
from tests.journeys.people import PATIENCE, Student
from tests.journeys.serving import DeskHand, Serving, TalkativeEngine

# Chromium's own push service is not to be had here: the browser is given a subscription of the
# tests' service, and everything before and after it is real.
SUBSCRIBED = """(subscription) => {
  let held = null;
  const unsubscribe = async () => { held = null; return true; };
  const made = { toJSON: () => subscription, unsubscribe };
  PushManager.prototype.subscribe = async (options) => {
    window.subscribedWith = new Uint8Array(options.applicationServerKey).length;
    return (held = made);
  };
  PushManager.prototype.getSubscription = async () => held;
}"""
SHOWN = """async () => {
  const registration = await navigator.serviceWorker.getRegistration('/chat');
  return (await registration.getNotifications()).map(({ title, body, tag }) => [title, body, tag]);
}"""
SHOWN_NOW = """async (word) => {
  await show(word);
  return (await registration.getNotifications()).length;
}"""
# A press on a notification is not to be had without a desktop: its event is given to the worker.
PRESSED = """async () => {
  const opened = [];
  self.clients.openWindow = async (address) => opened.push(address);
  const [notification] = await registration.getNotifications();
  const pressed = new NotificationEvent('notificationclick', { notification });
  const done = [];
  pressed.waitUntil = (promise) => done.push(promise);
  self.dispatchEvent(pressed);
  await Promise.all(done);
  return opened;
}"""
WORD = ["Québec ville études", "Une personne conseillère vous a répondu.", "answer"]


@pytest.fixture(scope="module")
def push() -> Iterator[PushService]:
    with PushService() as push:
        yield push


@pytest.fixture(scope="module")
def serving(tmp_path_factory: pytest.TempPathFactory, push: PushService) -> Iterator[Serving]:
    folder: Path = tmp_path_factory.mktemp("told")
    settings = {"push_services": [push.url], "team_email": "equipe@qve.example", "var": folder}
    serving = Serving(folder, TalkativeEngine(), **settings)
    serving.start()
    yield serving
    serving.stop()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(timezone_id="Europe/Paris", locale="fr-FR")
    yield context
    context.close()


@pytest.fixture
def phone(push: PushService) -> Subscriber:
    push.deliveries.clear()
    return push.subscriber("phone")


def on_the_chat_page(context: BrowserContext, serving: Serving, phone: Subscriber) -> Student:
    context.grant_permissions(["notifications"], origin=serving.url)
    page = context.new_page()
    page.add_init_script(f"({SUBSCRIBED})({json.dumps(phone.subscription())})")
    page.goto(f"{serving.url}/chat")
    student = Student(page, serving.url)
    expect(student.box).to_be_visible(timeout=PATIENCE)
    return student


def tell(serving: Serving) -> None:
    """What the service does every two seconds, at once."""

    async def told(service: Service) -> None:
        push = web_push(service.settings)
        assert push is not None
        await Notifications(SqlDevices(service.database), push, clock).tell_who_is_due()

    serving.do(told)


def the_delivery(page: Page, push: PushService) -> Delivery:
    """The service may have been telling by itself at that very moment."""
    deadline = time.monotonic() + PATIENCE / 1000
    while not push.deliveries:
        assert time.monotonic() < deadline, "nothing was delivered"
        page.wait_for_timeout(50)
    [delivery] = push.deliveries
    return delivery


def deliver(page: Page, word: object) -> None:
    """As the browser's own push service would."""
    session = page.context.new_cdp_session(page)
    registrations: list[str] = []
    session.on(
        "ServiceWorker.workerRegistrationUpdated",
        lambda event: registrations.extend(
            one["registrationId"] for one in event["registrations"] if not one["isDeleted"]
        ),
    )
    session.send("ServiceWorker.enable")
    page.evaluate("navigator.serviceWorker.getRegistration('/chat').then(() => true)")
    assert registrations
    delivered = {
        "origin": page.evaluate("location.origin"),
        "registrationId": registrations[-1],
        "data": json.dumps(word),
    }
    session.send("ServiceWorker.deliverPushMessage", delivered)
    session.detach()


def expect_shown(page: Page, notifications: list[list[str]]) -> None:
    deadline = time.monotonic() + PATIENCE / 1000
    while (shown := page.evaluate(SHOWN)) != notifications:
        assert time.monotonic() < deadline, shown
        page.wait_for_timeout(50)


def test_nothing_is_asked_of_who_opens_the_page_or_waits(
    context: BrowserContext, serving: Serving, phone: Subscriber
) -> None:
    context.add_init_script(
        "window.asked = 0; Notification.requestPermission = async () => { window.asked += 1;"
        " return 'default'; }"
    )
    student = on_the_chat_page(context, serving, phone)
    student.writes("un conseiller")
    student.reads("C’est transmis")
    notify = student.page.get_by_role("button", name="M’avertir de la réponse")
    expect(notify).to_be_visible()
    assert student.page.evaluate("window.asked") == 0
    notify.click()
    assert student.page.evaluate("window.asked") == 1
    expect(notify).to_be_visible()  # neither yes nor no: it may be asked again


def test_who_asked_is_told_by_a_notification_that_says_nothing_of_what_was_said(
    context: BrowserContext, serving: Serving, phone: Subscriber, push: PushService
) -> None:
    student = on_the_chat_page(context, serving, phone)
    page = student.page
    student.writes("un conseiller")
    student.reads("C’est transmis")
    page.get_by_role("button", name="M’avertir de la réponse").click()
    expect(page.get_by_text("C’est noté")).to_be_visible(timeout=PATIENCE)
    expect(page.get_by_role("button", name="M’avertir de la réponse")).to_have_count(0)
    assert page.evaluate("window.subscribedWith") == 65
    assert violations(page) == []

    marie = DeskHand(serving)
    marie.takes_the_newest_case()
    marie.writes("Votre visa, c’est non.")
    tell(serving)
    delivery = the_delivery(page, push)
    word = phone.reads(delivery)
    assert "visa" not in json.dumps(word)

    [worker] = context.service_workers
    assert worker.evaluate(SHOWN_NOW, {**word, "tag": "seen"}) == 0, "the page is being looked at"
    page.goto(f"{serving.url}/accessibilite")
    for _ in range(2):
        deliver(page, word)
    expect_shown(page, [WORD])  # one, however many answers

    assert worker.evaluate(PRESSED) == ["/chat"]


def test_who_no_longer_wants_it_is_told_no_more_and_a_new_conversation_starts_without(
    context: BrowserContext, serving: Serving, phone: Subscriber, push: PushService
) -> None:
    student = on_the_chat_page(context, serving, phone)
    page = student.page

    def chooses(name: str) -> None:
        page.get_by_role("button", name="Plus d’options").click()
        page.get_by_role("button", name=name).click()

    chooses("M’avertir d’une réponse")
    expect(page.get_by_text("C’est noté")).to_be_visible(timeout=PATIENCE)
    page.reload()
    student.writes("un conseiller")
    student.reads("C’est transmis")
    chooses("Ne plus m’avertir")
    expect(page.get_by_text("Cet appareil ne vous avertira plus")).to_be_visible()
    marie = DeskHand(serving)
    marie.takes_the_newest_case()
    marie.writes("Bonjour")
    student.reads("Bonjour")
    tell(serving)
    assert push.deliveries == []

    chooses("M’avertir d’une réponse")
    expect(page.get_by_text("C’est noté")).to_be_visible(timeout=PATIENCE)
    chooses("Nouvelle conversation")
    page.get_by_role("button", name="Commencer").click()
    page.get_by_role("button", name="Plus d’options").click()
    expect(page.get_by_role("button", name="M’avertir d’une réponse")).to_be_visible()
    marie.writes("Toujours là?")
    tell(serving)
    assert push.deliveries == []


def test_who_blocked_notifications_is_told_how_to_have_them(
    browser: Browser, serving: Serving
) -> None:
    context = browser.new_context(locale="fr-FR")
    context.add_init_script("Notification.requestPermission = async () => 'denied'")
    page = context.new_page()
    page.goto(f"{serving.url}/chat")
    page.get_by_role("button", name="Plus d’options").click()
    page.get_by_role("button", name="M’avertir d’une réponse").click()
    expect(page.get_by_text("Votre navigateur bloque les notifications")).to_be_visible()
    context.close()


def test_it_is_not_proposed_on_another_page_where_it_could_not_be_shown(
    browser: Browser, serving: Serving
) -> None:
    page = browser.new_context(locale="fr-FR").new_page()
    Student(page, serving.url).opens_the_page()
    page.get_by_role("button", name="Plus d’options").click()
    expect(page.get_by_role("button", name="Mes données")).to_be_visible()
    expect(page.get_by_role("button", name="M’avertir d’une réponse")).to_have_count(0)
    page.context.close()
