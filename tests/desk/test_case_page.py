"""One case: read, taken, answered, given back."""

import asyncio
import json
from dataclasses import replace
from urllib.parse import urlencode
from uuid import uuid4

import pytest
from builders import CAQ_STEP, showing
from desk_bench import Bench, Browser

from bot.desk.case import clean
from bot.handover.case import State
from bot.messages import (
    Author,
    Citation,
    Incoming,
    Link,
    Outcome,
    Reply,
    TopicMatch,
    Understanding,
    Why,
)

pytestmark = pytest.mark.asyncio


async def claimed(bench: Bench, browser: Browser) -> int:
    case_id = await bench.open_case()
    await browser.get("/desk/")
    await browser.post(f"/desk/cases/{case_id}/claim")
    await browser.get(f"/desk/cases/{case_id}")
    return case_id


async def answers(bench: Bench, case_id: int) -> list[str]:
    return [m.text for m in await bench.thread(case_id) if m.author is Author.adviser]


async def test_the_case_tells_the_story_and_what_the_assistant_understood(bench: Bench) -> None:
    case_id = await bench.open_case(timezone="Europe/Paris")
    _, browser = await bench.adviser()
    page = (await browser.get(f"/desk/cases/{case_id}")).text
    for words in (
        "combien d&#39;argent pour le caq ?",
        "Fonds à prouver pour le CAQ",
        "Preuve de fonds",
        "93\u00a0%",
        "Capacité financière",
        "juin 2026",
        "mon permis a été refusé",
        "Situation personnelle",
        "aujourd’hui à 14\u00a0h",
        "20\u00a0h à Paris",
        '<time data-clock="America/Toronto">10\u00a0h</time>',
        '<time data-clock="Europe/Paris">16\u00a0h</time>',
        "lea@exemple.fr",
        "Prendre ce dossier",
    ):
        assert words in page, words
    assert "answer-text" not in page


async def test_text_is_escaped_and_only_web_sources_are_links(bench: Bench) -> None:
    case_id = await bench.open_case(first_name="<b>x</b>", asks="<script>alert(1)</script>")
    conversation_id = await bench.conversation_of(case_id)
    adviser, browser = await bench.adviser()
    await bench.work.claim(case_id, adviser)
    await bench.work.give_back(case_id, adviser)
    match = TopicMatch("<i>topic</i>", "caq", 0.5)
    bench.engine.outcomes = [
        Outcome(
            (
                Reply(
                    "<svg onload=alert(1)>",
                    sources=(
                        Citation("<u>t</u>", "javascript:alert(1)", "<p>", False, "2026"),
                        Citation("bon", "https://quebec.example/?a=1&b=2", "Q", True, "2026"),
                    ),
                    topic="<i>topic</i>",
                ),
            ),
            Understanding("<em>theme</em>", candidates=(match,), language="<q>"),
        )
    ]
    await bench.say(conversation_id, "http://auto.example \x1b[31m")
    page = (await browser.get(f"/desk/cases/{case_id}")).text
    for markup in ("<b>x", "<script>alert", "<svg", "<u>t", "<i>topic", "<em>theme", "<q>"):
        assert markup not in page, markup
    assert 'href="javascript' not in page
    assert 'href="http://auto.example' not in page
    assert 'href="https://quebec.example/?a=1&amp;b=2"' in page


async def test_the_cards_a_person_was_shown_what_they_ticked_and_why_they_were_not_helped(
    bench: Bench,
) -> None:
    case_id = await bench.open_case()
    conversation_id = await bench.conversation_of(case_id)
    adviser, browser = await bench.adviser()
    await bench.work.claim(case_id, adviser)
    await bench.work.give_back(case_id, adviser)
    hostile = replace(CAQ_STEP, title="<u>t</u>", tick="plan/x", link=Link("l", "javascript:a()"))
    bench.engine.outcomes = [showing(CAQ_STEP, hostile)]
    await bench.say(conversation_id, "mon plan")
    seq = (await bench.store.messages(conversation_id))[-1].seq
    await bench.store.tick(conversation_id, "plan/caq", at=bench.clock())
    await bench.store.rate(conversation_id, seq, useful=False, why=Why.incomplete)
    page = (await browser.get(f"/desk/cases/{case_id}")).text
    for words in (
        "Demander le CAQ",
        "en retard",
        "du 1er mars 2027 au 30 avril 2027",
        "comptez une heure",
        "<dt>Frais</dt><dd>134 $</dd>",
        'href="https://quebec.example/caq?a=1&amp;b=2"',
        "juin 2026",
        "Jugé inutile&nbsp;: incomplet",
    ):
        assert words in page, words
    assert page.count("Coché par la personne") == 1
    assert "<u>t" not in page
    assert 'href="javascript' not in page


async def test_an_answer_reaches_the_person_and_the_assistant_stays_silent(bench: Bench) -> None:
    _, browser = await bench.adviser("Claire L.")
    case_id = await claimed(bench, browser)
    response = await browser.post(f"/desk/cases/{case_id}/answer", text="Bonjour Léa")
    assert response.headers["location"] == f"/desk/cases/{case_id}"
    last = (await bench.thread(case_id))[-1]
    assert (last.author, last.text, last.name) == (Author.adviser, "Bonjour Léa", "Claire L.")
    await bench.say(await bench.conversation_of(case_id), "merci !")
    assert (await bench.thread(case_id))[-1].text == "merci !"
    assert "merci !" in (await browser.get(f"/desk/cases/{case_id}")).text


async def test_after_giving_back_the_assistant_answers_again(bench: Bench) -> None:
    _, browser = await bench.adviser()
    case_id = await claimed(bench, browser)
    conversation_id = await bench.conversation_of(case_id)
    await browser.post(f"/desk/cases/{case_id}/give-back")
    await bench.say(conversation_id, "et le logement ?")
    last = (await bench.store.messages(conversation_id))[-1]
    assert (last.author, last.text) == (Author.bot, "Réponse à : et le logement ?")
    page = (await browser.get(f"/desk/cases/{case_id}")).text
    assert "Ce dossier est terminé" in page
    assert "answer-text" not in page


async def test_a_released_case_waits_for_another_adviser(bench: Bench) -> None:
    _, claire = await bench.adviser("Claire L.")
    _, marc = await bench.adviser("Marc T.")
    case_id = await claimed(bench, claire)
    await claire.post(f"/desk/cases/{case_id}/release")
    await marc.get("/desk/")
    assert (await marc.post(f"/desk/cases/{case_id}/claim")).status_code == 303


async def test_two_advisers_who_claim_at_once_have_one_winner(bench: Bench) -> None:
    _, claire = await bench.adviser("Claire L.")
    _, marc = await bench.adviser("Marc T.")
    for _ in range(10):
        case_id = await bench.open_case()
        await asyncio.gather(claire.get("/desk/"), marc.get("/desk/"))
        responses = await asyncio.gather(
            *(browser.post(f"/desk/cases/{case_id}/claim") for browser in (claire, marc))
        )
        assert sorted(response.status_code for response in responses) == [303, 409]
        file = await bench.cases.find(case_id)
        assert file is not None
        assert file.case.adviser is not None
        [lost] = [response for response in responses if response.status_code == 409]
        assert f"{file.case.adviser.display_name} a déjà pris ce dossier." in lost.text
        assert 'id="messages"' in lost.text


async def test_a_refused_claim_in_place_is_a_notice_and_the_page_is_told_to_look_again(
    bench: Bench,
) -> None:
    _, claire = await bench.adviser("Claire L.")
    _, marc = await bench.adviser("Marc T.")
    case_id = await claimed(bench, claire)
    await marc.get("/desk/")
    refused = await marc.post(f"/desk/cases/{case_id}/claim", htmx=True)
    assert refused.status_code == 409
    assert refused.text.strip() == '<p class="notice">Claire L. a déjà pris ce dossier.</p>'
    assert "changed" in json.loads(refused.headers["hx-trigger"])


@pytest.mark.parametrize("text", ["", "   \n\t ", "\x00\x07"])
async def test_an_empty_answer_is_refused(bench: Bench, text: str) -> None:
    _, browser = await bench.adviser()
    case_id = await claimed(bench, browser)
    refused = await browser.post(f"/desk/cases/{case_id}/answer", text=text, htmx=True)
    assert refused.status_code == 422
    assert await answers(bench, case_id) == []


async def test_an_answer_too_long_is_refused_and_given_back_to_be_shortened(bench: Bench) -> None:
    _, browser = await bench.adviser()
    case_id = await claimed(bench, browser)
    refused = await browser.post(f"/desk/cases/{case_id}/answer", text="é" * 4001)
    assert refused.status_code == 422
    assert "4001 caractères" in refused.text
    assert "é" * 4001 in refused.text
    assert await answers(bench, case_id) == []
    assert (await browser.post(f"/desk/cases/{case_id}/answer", text="é" * 4000)).is_redirect


async def test_an_answer_loses_its_control_characters_and_keeps_its_lines() -> None:
    assert clean(" a\r\nb\rc\x00\x1b[0m\td \ud800") == "a\nb\nc[0m\td"


async def test_a_double_click_sends_once(bench: Bench) -> None:
    _, browser = await bench.adviser()
    case_id = await claimed(bench, browser)
    path = f"/desk/cases/{case_id}/answer"
    responses = await asyncio.gather(*(browser.post(path, text="Bonjour") for _ in range(5)))
    assert {response.status_code for response in responses} == {303}
    assert await answers(bench, case_id) == ["Bonjour"]


async def test_a_form_sent_again_because_its_answer_got_lost_sends_once(bench: Bench) -> None:
    _, browser = await bench.adviser()
    case_id = await claimed(bench, browser)
    first = browser.hidden()
    await browser.post(f"/desk/cases/{case_id}/answer", text="Bonjour")
    await browser.get(f"/desk/cases/{case_id}")  # the news came, the answer to the form did not
    again = await browser.post(f"/desk/cases/{case_id}/answer", text="Bonjour", key=first["key"])
    assert again.status_code == 303
    assert await answers(bench, case_id) == ["Bonjour"]


async def test_the_same_words_in_another_form_are_another_answer(bench: Bench) -> None:
    _, browser = await bench.adviser()
    case_id = await claimed(bench, browser)
    await browser.post(f"/desk/cases/{case_id}/answer", text="Oui.")
    again = await browser.post(f"/desk/cases/{case_id}/answer", text="Oui.", key=str(uuid4()))
    assert again.status_code == 303
    assert await answers(bench, case_id) == ["Oui.", "Oui."]


async def test_the_same_words_are_sent_again_once_the_first_were_seen(bench: Bench) -> None:
    _, browser = await bench.adviser()
    case_id = await claimed(bench, browser)
    for _ in range(2):
        await browser.post(f"/desk/cases/{case_id}/answer", text="Merci !")
        await browser.get(f"/desk/cases/{case_id}")
    assert await answers(bench, case_id) == ["Merci !", "Merci !"]


async def test_who_does_not_have_the_case_cannot_answer(bench: Bench) -> None:
    _, claire = await bench.adviser("Claire L.")
    _, marc = await bench.adviser("Marc T.")
    case_id = await claimed(bench, claire)
    await marc.get(f"/desk/cases/{case_id}")
    refused = await marc.post(f"/desk/cases/{case_id}/answer", text="Bonjour", key=str(uuid4()))
    assert refused.status_code == 409
    assert "C’est Claire L. qui a ce dossier." in refused.text
    assert await answers(bench, case_id) == []


async def test_an_answer_written_before_a_colleague_s_is_refused(bench: Bench) -> None:
    claire, browser = await bench.adviser("Claire L.")
    marc, _ = await bench.adviser("Marc T.")
    case_id = await claimed(bench, browser)
    await bench.work.release(case_id, claire)
    await bench.work.claim(case_id, marc)
    await bench.work.answer(case_id, marc, "Je m'en occupe")
    await bench.work.release(case_id, marc)
    await bench.work.claim(case_id, claire)
    refused = await browser.post(f"/desk/cases/{case_id}/answer", text="Ma réponse")
    assert refused.status_code == 409
    assert "Marc T. a répondu depuis" in refused.text
    assert "Ma réponse" in refused.text
    assert await answers(bench, case_id) == ["Je m'en occupe"]


async def test_an_answer_written_before_the_case_changed_hands_is_refused(bench: Bench) -> None:
    claire, browser = await bench.adviser("Claire L.")
    case_id = await claimed(bench, browser)
    await bench.work.release(case_id, claire)
    await bench.work.claim(case_id, claire)
    refused = await browser.post(f"/desk/cases/{case_id}/answer", text="Ma réponse")
    assert refused.status_code == 409
    assert "changé de mains" in refused.text
    await browser.get(f"/desk/cases/{case_id}")
    assert (await browser.post(f"/desk/cases/{case_id}/answer", text="Ma réponse")).is_redirect


async def test_a_message_of_the_person_does_not_stop_an_answer(bench: Bench) -> None:
    _, browser = await bench.adviser()
    case_id = await claimed(bench, browser)
    await bench.say(await bench.conversation_of(case_id), "vous êtes là ?")
    assert (await browser.post(f"/desk/cases/{case_id}/answer", text="Oui")).status_code == 303


async def test_a_pause_is_news_though_nobody_said_anything(bench: Bench) -> None:
    _, browser = await bench.adviser()
    case_id = await claimed(bench, browser)
    known = browser.hidden()
    query = urlencode({name: known[name] for name in ("seen", "floor", "standing", "beside")})
    await browser.post(f"/desk/cases/{case_id}/snooze", until="tomorrow")
    news = await browser.get(f"/desk/cases/{case_id}/news?{query}", htmx=True)
    assert "en pause jusqu’à demain" in news.text


async def test_news_bring_what_the_page_lacks_once(bench: Bench) -> None:
    _, browser = await bench.adviser()
    case_id = await claimed(bench, browser)
    known = browser.hidden()
    path = f"/desk/cases/{case_id}/news"
    query = "?" + urlencode({name: known[name] for name in ("seen", "floor", "standing", "beside")})
    assert (await browser.get(path + query, htmx=True)).status_code == 204
    await bench.say(await bench.conversation_of(case_id), "encore une question")
    news = await browser.get(path + query, htmx=True)
    assert news.text.count('<li class="message') == 1
    assert "encore une question" in news.text
    assert f'name="seen" form="answer-form" value="{int(known["seen"]) + 1}"' in news.text
    assert "answer-text" not in news.text, "the box being written in is left alone"


async def test_what_the_assistant_understood_reaches_a_page_that_showed_the_message_before(
    bench: Bench,
) -> None:
    case_id = await bench.open_case()
    conversation_id = await bench.conversation_of(case_id)
    _, browser = await bench.adviser()
    await bench.conversations.receive(
        Incoming(conversation_id, "et le logement ?", "key", bench.clock())
    )
    await browser.get(f"/desk/cases/{case_id}")
    known = browser.hidden()
    assert "Logement" not in browser.shown
    bench.engine.understands = Understanding("housing")
    await bench.conversations.answer(conversation_id)
    query = f"?seen={known['seen']}&floor={known['floor']}&standing={known['standing']}"
    news = (await browser.get(f"/desk/cases/{case_id}/news{query}", htmx=True)).text
    assert f'<div id="note-{known["seen"]}" hx-swap-oob="innerHTML">' in news
    assert "Logement" in news


async def test_a_box_that_opens_live_has_a_key_of_its_own_each_time(bench: Bench) -> None:
    claire, browser = await bench.adviser()
    case_id = await claimed(bench, browser)
    path = f"/desk/cases/{case_id}"
    for words in ("Bonjour", "Me revoici"):
        browser.shown = (await browser.get(f"{path}/news?seen=3&standing=waiting", htmx=True)).text
        assert (await browser.post(f"{path}/answer", text=words)).status_code == 303
        await bench.work.release(case_id, claire)
        await bench.work.claim(case_id, claire)
    assert await answers(bench, case_id) == ["Bonjour", "Me revoici"]


async def test_an_erased_person_is_gone_from_the_desk(bench: Bench) -> None:
    _, browser = await bench.adviser()
    case_id = await claimed(bench, browser)
    await bench.conversations.erase(await bench.conversation_of(case_id))
    news = await browser.get(f"/desk/cases/{case_id}/news", htmx=True)
    assert (news.status_code, news.headers["hx-refresh"]) == (404, "true")
    gone = await browser.post(f"/desk/cases/{case_id}/answer", text="Bonjour")
    assert gone.status_code == 404
    assert await bench.cases.queue(state=State.claimed) == []
