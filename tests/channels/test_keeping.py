"""What a person keeps of an answer: a calendar, a page, ticks; through the HTTP door."""

import asyncio
import base64
import re
from collections.abc import AsyncIterator, Callable, Coroutine
from dataclasses import replace
from datetime import date, timedelta
from hashlib import sha256
from html.parser import HTMLParser

import icalendar
import pytest
import pytest_asyncio
from builders import CAQ_STEP, EchoEngine, service_on, showing
from web_client import Writer, assert_problem, web, writer

from bot.conversation.bus import Changed
from bot.messages import Card, CardKind, Link, Outcome
from bot.texts import say
from bot.wiring import Service

Shown = Callable[..., Coroutine[None, None, Writer]]
SALON = Card(CardKind.event, "Salon, à Lyon; entrée libre", starts=date(2027, 1, 15))
UNDATED = Card(CardKind.programme, "Technique de l’informatique")
LONG = "Une très longue explication, avec des accents é et des virgules; " * 8


@pytest_asyncio.fixture
async def shown(sqlite_url: str) -> AsyncIterator[Shown]:
    """Somebody who asked for a plan, message 2, and was answered with these cards, message 3."""
    service = service_on(sqlite_url, EchoEngine())
    engine = service.conversations._engine
    assert isinstance(engine, EchoEngine)
    async with web(service) as http:

        async def show(*cards: Card, text: str = "Voici votre plan.") -> Writer:
            engine.outcomes = [showing(*cards, text=text)]
            person = await writer(http)
            await person.send("mon plan")
            return person

        yield show
    await service.database.close()


def events_of(file: bytes) -> list[icalendar.Event]:
    return list(icalendar.Calendar.from_ical(file).walk("VEVENT"))


async def test_cards_come_with_the_message_their_days_as_iso_dates(shown: Shown) -> None:
    lea = await shown(CAQ_STEP, UNDATED)
    full, bare = (await lea.get()).json()["messages"][2]["cards"]
    assert full == {
        "kind": "step",
        "title": "Demander le CAQ",
        "text": "En ligne; comptez une heure.",
        "facts": [{"label": "Frais", "value": "134 $"}],
        "link": {"label": "Faire la demande", "url": "https://quebec.example/caq?a=1&b=2"},
        "mark": "en retard",
        "starts": "2027-03-01",
        "ends": "2027-04-30",
        "tick": "plan/caq",
        "sources": [
            {
                "title": "CAQ",
                "url": "https://quebec.example/frais",
                "publisher": "Québec",
                "official": True,
                "as_of": "juin 2026",
            }
        ],
    }
    nothing = {key: bare[key] for key in ("link", "mark", "starts", "ends", "tick")}
    assert set(nothing.values()) == {None}


async def test_a_calendar_has_one_all_day_event_for_each_dated_card(shown: Shown) -> None:
    lea = await shown(CAQ_STEP, UNDATED, SALON)
    response = await lea.get("messages/3/calendar")
    assert response.headers["content-type"] == "text/calendar; charset=utf-8"
    assert response.headers["content-disposition"].startswith("attachment")
    assert response.headers["cache-control"] == "no-store"
    calendar = icalendar.Calendar.from_ical(response.content)
    assert calendar["PRODID"] == say("calendar.product")
    assert calendar["VERSION"] == "2.0"
    step, salon = calendar.walk("VEVENT")
    assert (step["SUMMARY"], salon["SUMMARY"]) == ("Demander le CAQ", SALON.title)
    assert (step["DTSTART"].dt, step["DTEND"].dt) == (date(2027, 3, 1), date(2027, 5, 1))
    assert (salon["DTSTART"].dt, salon["DTEND"].dt) == (date(2027, 1, 15), date(2027, 1, 16))
    assert step["URL"] == "https://quebec.example/caq?a=1&b=2"
    for words in ("comptez une heure", "Frais\u00a0: 134 $", "https://quebec.example/frais"):
        assert words in step["DESCRIPTION"]


async def test_what_is_dated_is_recalled_a_week_and_a_day_before(shown: Shown) -> None:
    lea = await shown(CAQ_STEP, SALON)
    step, salon = events_of((await lea.get("messages/3/calendar")).content)
    week, day = timedelta(days=-7), timedelta(days=-1)
    assert triggers(salon) == [(week, "START"), (day, "START")]
    two_more = [(timedelta(days=-8), "END"), (timedelta(days=-2), "END")]
    assert triggers(step) == [(week, "START"), (day, "START"), *two_more], "it is due at its end"


def triggers(event: icalendar.Event) -> list[tuple[timedelta, str]]:
    alarms = event.walk("VALARM")
    assert {alarm["ACTION"] for alarm in alarms} == {"DISPLAY"}
    return [(alarm["TRIGGER"].dt, alarm["TRIGGER"].params["RELATED"]) for alarm in alarms]


async def test_a_calendar_is_escaped_and_folded_as_the_standard_asks(shown: Shown) -> None:
    lea = await shown(replace(SALON, text=f"{LONG}\nEND:VEVENT\nseconde ligne"))
    file = (await lea.get("messages/3/calendar")).content
    assert b"SUMMARY:Salon\\, \xc3\xa0 Lyon\\; entr" in file
    assert max(len(line) for line in file.split(b"\r\n")) <= 75
    assert b"\n" not in file.replace(b"\r\n", b"")
    [event] = events_of(file)
    assert event["DESCRIPTION"] == f"{LONG}\nEND:VEVENT\nseconde ligne"


async def test_the_same_card_keeps_its_uid_and_two_alike_have_two(shown: Shown) -> None:
    lea = await shown(CAQ_STEP, SALON, replace(SALON, starts=date(2027, 2, 1)))
    first = [e["UID"] for e in events_of((await lea.get("messages/3/calendar")).content)]
    again = [e["UID"] for e in events_of((await lea.get("messages/3/calendar")).content)]
    marc = await shown(CAQ_STEP)
    [other] = [e["UID"] for e in events_of((await marc.get("messages/3/calendar")).content)]
    assert first == again
    assert len({*first, other}) == 4, "nobody else’s calendar has it"


async def test_a_card_shown_again_with_another_day_is_the_same_event(sqlite_url: str) -> None:
    later = replace(CAQ_STEP, starts=None, ends=date(2027, 6, 1))
    service = service_on(sqlite_url, EchoEngine(showing(CAQ_STEP), showing(later)))
    async with web(service) as http:
        lea = await writer(http)
        for _ in range(2):
            await lea.send("mon plan")
        [before] = events_of((await lea.get("messages/3/calendar")).content)
        [after] = events_of((await lea.get("messages/5/calendar")).content)
    await service.database.close()
    assert before["UID"] == after["UID"]
    assert after["DTSTART"].dt == date(2027, 6, 1), "a deadline alone is its day"


async def test_a_message_without_a_day_has_no_calendar(shown: Shown) -> None:
    lea = await shown(UNDATED)
    assert_problem(await lea.get("messages/3/calendar"), 404, says=say("refusals.no_dates"))


@pytest.mark.parametrize("what", ["calendar", "page"])
async def test_what_does_not_exist_or_is_another_s_is_not_shown(shown: Shown, what: str) -> None:
    lea, marc = await shown(CAQ_STEP), await shown(UNDATED)
    assert_problem(await lea.get(f"messages/99/{what}"), 404, says=say("refusals.no_such_message"))
    for seq in ("0", "x", "9" * 30):
        assert_problem(await lea.get(f"messages/{seq}/{what}"), 422, says=say("refusals.invalid"))
    nobody = replace(marc, token="x")
    refused = await nobody.get(f"messages/3/{what}")
    assert_problem(refused, 401, says=say("refusals.unknown_person"))


class Tags(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.names: list[str] = []
        self.links: list[str | None] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.append(tag)
        self.links += [value for name, value in attrs if name in ("href", "src", "style")]


async def test_the_page_has_the_message_its_cards_their_days_and_sources(shown: Shown) -> None:
    lea = await shown(CAQ_STEP, SALON)
    response = await lea.get("messages/3/page")
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    page = response.text
    for words in (
        '<html lang="fr-CA">',
        "Voici votre plan.",
        "Demander le CAQ",
        "en retard",
        "Du 1er mars 2027 au 30 avril 2027",
        "Le 15 janvier 2027",
        "À faire",
        "134 $",
        "Faire la demande",
        "source officielle",
        "juin 2026",
    ):
        assert words in page, words


async def test_the_whole_conversation_is_one_page_in_order_without_a_script(shown: Shown) -> None:
    lea = await shown(CAQ_STEP, text="Voici <b>votre</b> plan.")
    response = await lea.get("page")
    page = response.text
    order = ["assistant automatique", "mon plan", "Voici &lt;b&gt;votre", "Demander le CAQ"]
    places = [page.index(words) for words in order]
    assert places == sorted(places)
    assert "Vous" in page
    assert "<script" not in page
    assert response.headers["cache-control"] == "no-store"
    assert "default-src 'none'" in response.headers["content-security-policy"]


async def test_the_page_loads_nothing_and_its_style_is_the_one_its_policy_names(
    shown: Shown,
) -> None:
    lea = await shown(CAQ_STEP)
    response = await lea.get("messages/3/page")
    policy = response.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; ")
    [style] = re.findall(r"<style>(.*?)</style>", response.text, re.DOTALL)
    digest = base64.b64encode(sha256(style.encode()).digest()).decode()
    assert f"style-src 'sha256-{digest}'" in policy
    tags = Tags(response.text)
    assert not {"script", "link", "img", "iframe", "form"} & set(tags.names)
    assert set(tags.links) == {CAQ_STEP.link.url, CAQ_STEP.sources[0].url} if CAQ_STEP.link else ()


async def test_words_are_escaped_and_only_web_addresses_are_links(shown: Shown) -> None:
    hostile = replace(
        CAQ_STEP, title="<b>x</b>", link=Link("<i>y</i>", "javascript:alert(1)"), sources=()
    )
    lea = await shown(hostile, text="<script>alert(1)</script>")
    page = (await lea.get("messages/3/page")).text
    assert Tags(page).links == []
    assert "&lt;script&gt;" in page
    assert "<b>" not in page
    [event] = events_of((await lea.get("messages/3/calendar")).content)
    assert "URL" not in event


async def test_a_ticked_item_is_told_kept_on_the_page_and_unticked(shown: Shown) -> None:
    lea = await shown(CAQ_STEP)
    assert (await lea.get()).json()["ticked"] == []
    for _ in range(2):
        assert (await lea.asks("PUT", "ticks/plan%2Fcaq")).status_code == 204
    assert (await lea.get(after=3)).json()["ticked"] == ["plan/caq"]
    assert "C’est fait" in (await lea.get("messages/3/page")).text
    for _ in range(2):
        assert (await lea.asks("DELETE", "ticks/plan/caq")).status_code == 204
    assert (await lea.get()).json()["ticked"] == []


@pytest.mark.parametrize("item", ["plan/other", "..%2F..", "%F0%9F%8E%93"])
async def test_only_an_item_that_was_offered_can_be_ticked(shown: Shown, item: str) -> None:
    lea = await shown(CAQ_STEP)
    refused = await lea.asks("PUT", f"ticks/{item}")
    assert_problem(refused, 404, says=say("refusals.no_such_item"))
    assert (await lea.get()).json()["ticked"] == []


@pytest.mark.parametrize("item", ["a" * 121, "%00", "plan%00caq"])
async def test_what_cannot_be_an_item_is_refused(shown: Shown, item: str) -> None:
    lea = await shown(CAQ_STEP)
    for method in ("PUT", "DELETE"):
        refused = await lea.asks(method, f"ticks/{item}")
        assert_problem(refused, 422, says=say("refusals.invalid"))


async def test_nobody_ticks_for_another(shown: Shown) -> None:
    lea, marc = await shown(CAQ_STEP), await shown(CAQ_STEP)
    await marc.asks("PUT", "ticks/plan/caq")
    assert (await lea.get()).json()["ticked"] == []
    nobody = replace(lea, token="x")
    assert_problem(await nobody.asks("PUT", "ticks/plan/caq"), 401)


async def test_other_windows_hear_of_a_tick(sqlite_url: str) -> None:
    service: Service = service_on(sqlite_url, EchoEngine(showing(CAQ_STEP)))
    async with web(service) as http:
        lea = await writer(http)
        await lea.send("mon plan")
        with service.conversations.bus.listen(lea.id) as news:
            await lea.asks("PUT", "ticks/plan/caq")
            assert await asyncio.wait_for(news.get(), 1) == Changed(lea.id)
    await service.database.close()


async def test_another_site_may_tick_if_it_is_allowed(sqlite_url: str) -> None:
    service = service_on(
        sqlite_url, EchoEngine(Outcome()), allowed_origins=["https://site.example"]
    )
    async with web(service) as http:
        asked = {"Origin": "https://site.example", "Access-Control-Request-Method": "PUT"}
        response = await http.options("/api/conversations/me/ticks/a", headers=asked)
    await service.database.close()
    assert response.status_code == 200
    assert "PUT" in response.headers["access-control-allow-methods"]
