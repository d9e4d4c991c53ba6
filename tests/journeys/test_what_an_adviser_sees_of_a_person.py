"""Beside the conversation: the plan the person made, in words, and whether they can be reached."""

import re
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, expect

from bot.handover.case import State
from bot.storage.case_store import SqlCaseStore
from bot.wiring import Service
from tests.channels.on_telegram.bot_api import BLOCKED, TOKEN, BotApi, bot_api
from tests.journeys.office import Office
from tests.journeys.people import PATIENCE

CHAT = 1001


@pytest.fixture
def telegram() -> Iterator[BotApi]:
    with bot_api() as api:
        yield api


@pytest.fixture
def office(tmp_path: Path, telegram: BotApi) -> Iterator[Office]:
    office = Office(tmp_path, telegram_token=TOKEN, telegram_api_url=telegram.url)
    office.serving.start()
    yield office
    office.serving.stop()


def test_a_plan_is_read_in_words_and_what_is_ticked_shows_at_once(
    browser: Browser, office: Office
) -> None:
    person = office.somebody_waits("Léa", saying="mon plan")
    with office.at_a_desk(browser, office.hires("Claire L.")) as claire:
        claire.opens_case(person.case_id)
        plan = claire.page.get_by_role("region", name="Son plan")
        expect(plan).to_contain_text("Demander le CAQ")
        expect(plan).to_contain_text(re.compile(r"1er mars|mars 2027"))
        expect(plan.get_by_text("fait")).to_have_count(0)

        ticked = httpx.put(
            f"{office.url}/api/conversations/me/ticks/plan/caq",
            headers={"Authorization": f"Bearer {person.token}"},
            timeout=20,
        )
        assert ticked.status_code == 204, ticked.text
        expect(plan.get_by_text("fait")).to_be_visible(timeout=PATIENCE)


def test_who_blocked_the_bot_is_shown_as_out_of_reach_until_they_come_back(
    browser: Browser, office: Office, telegram: BotApi
) -> None:
    lost = re.compile("Telegram refuse les envois depuis .* la personne a bloqué le robot")
    with office.at_a_desk(browser, office.hires("Claire L.")) as claire:
        claire.opens().is_live()
        telegram.push(telegram.message(CHAT, "un conseiller pour Ugo"))
        line = claire.page.locator("#lists li", has_text="Ugo")
        expect(line).to_contain_text("Telegram", timeout=PATIENCE)
        claire.takes(the_waiting_case(office))
        claire.never_reads(lost)

        telegram.refuse = lambda call: BLOCKED if call.method == "sendMessage" else None
        claire.answers("Bonjour Ugo.")
        claire.reads(lost)

        telegram.refuse = lambda _: None
        telegram.push(telegram.message(CHAT, "me revoilà"))
        claire.reads("me revoilà")
        expect(claire.page.get_by_text(lost)).to_have_count(0, timeout=PATIENCE)


def the_waiting_case(office: Office) -> int:
    async def find(service: Service) -> int:
        [waiting] = await SqlCaseStore(service.database).queue(state=State.waiting)
        return waiting.case.id

    return office.does(find)
