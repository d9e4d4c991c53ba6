"""Learning from use: what an adviser sees of it, and decides. Through the desk's own doors."""

import asyncio
import re
from datetime import timedelta

import httpx
import pytest
from desk_bench import Bench, Browser

from bot.learning.suggestion import State
from bot.messages import Why

pytestmark = pytest.mark.asyncio
PAGE = "/desk/suggestions"


async def given_questions_nobody_understood(bench: Bench, *texts: str) -> None:
    for text in texts:
        await bench.not_understood(text, "caq/fee", "housing/pets_gone", "caq/processing_time")
    await bench.gathering.gather()


async def shown(browser: Browser) -> str:
    return (await browser.get(PAGE)).text


def number_of(page: str, text: str) -> int:
    """The suggestion that says this."""
    found = re.search(rf'id="said-(\d+)"[^>]*>«&nbsp;{re.escape(text)}', page)
    assert found, text
    return int(found[1])


async def decide(browser: Browser, text: str, how: str, **fields: str) -> httpx.Response:
    number = number_of(await shown(browser), text)
    return await browser.post(f"{PAGE}/{number}/{how}", **fields)


async def test_an_empty_list_says_what_will_come(bench: Bench) -> None:
    _, browser = await bench.adviser()
    page = await shown(browser)
    assert "Rien à décider." in page
    assert "à décider</span>" not in page


async def test_what_was_wrong_with_an_answer_is_shown(bench: Bench) -> None:
    _, browser = await bench.adviser()
    conversation_id, _ = await bench.conversations.start(channel="web", timezone="Europe/Paris")
    await bench.say(conversation_id, "le caq pour mon chat")
    await bench.store.rate(conversation_id, 3, useful=False, why=Why.not_my_question)
    await bench.gathering.gather()
    assert "Réponse jugée inutile&nbsp;: à côté de la question" in await shown(browser)


async def test_the_journey_of_a_question_from_a_person_to_a_topic(bench: Bench) -> None:
    _, browser = await bench.adviser()
    await given_questions_nobody_understood(
        bench, "le prix pour mon bébé, écrivez à a@b.fr", "et mon chien"
    )

    page = await shown(browser)
    for words in (
        "le prix pour mon bébé, écrivez à [courriel]",
        "Pas compris",
        "aujourd’hui à 10\u00a0h",
        "Frais de la demande de CAQ",
        "30\u00a0%",
        "2 à décider</span>",
    ):
        assert words in page, words
    assert "a@b.fr" not in page
    assert "pets_gone" not in page, "a topic that is no more is not offered"

    response = await decide(browser, "le prix pour mon bébé", "accept", topic="caq/fee")
    assert response.status_code == 303
    page = await shown(browser)
    assert "Classé sous «\u00a0Frais de la demande de CAQ\u00a0»" in page
    assert "1 à décider</span>" in page
    [accepted] = await bench.suggestions.accepted()
    assert (accepted.topic, accepted.state) == ("caq/fee", State.accepted)


async def test_any_topic_can_be_typed_as_its_title_reads(bench: Bench) -> None:
    _, browser = await bench.adviser()
    await given_questions_nobody_understood(bench, "le prix pour mon bébé")
    assert '<option value="Frais de la demande de CAQ">' in await shown(browser)
    await decide(browser, "le prix pour mon bébé", "accept", topic=" frais de la demande de caq ")
    [accepted] = await bench.suggestions.accepted()
    assert accepted.topic == "caq/fee"


async def test_a_topic_that_does_not_exist_is_said_and_nothing_is_decided(bench: Bench) -> None:
    _, browser = await bench.adviser()
    await given_questions_nobody_understood(bench, "le prix pour mon bébé")
    response = await decide(browser, "le prix pour mon bébé", "accept", topic="<b>bitcoin</b>")
    assert response.status_code == 422
    assert "Aucun sujet ne s’appelle «\u00a0&lt;b&gt;bitcoin" in response.text
    assert await bench.suggestions.count_open() == 1


@pytest.mark.parametrize(
    ("how", "words"), [("missing", "Noté comme sujet manquant"), ("dismiss", "Écarté")]
)
async def test_a_topic_can_be_missing_and_a_question_dismissed(
    bench: Bench, how: str, words: str
) -> None:
    _, browser = await bench.adviser()
    await given_questions_nobody_understood(bench, "et mon chien")
    await decide(browser, "et mon chien", how)
    page = await shown(browser)
    assert words in page
    assert "Rien à décider." in page


async def test_the_last_decision_is_undone_with_one_button(bench: Bench) -> None:
    _, browser = await bench.adviser()
    await given_questions_nobody_understood(bench, "et mon chien")
    number = number_of(await shown(browser), "et mon chien")
    await browser.post(f"{PAGE}/{number}/dismiss")
    await shown(browser)
    response = await browser.post(f"{PAGE}/{number}/undo")
    assert response.headers["location"].endswith(f"#suggestion-{number}")
    page = await shown(browser)
    assert number_of(page, "et mon chien") == number
    assert ">Annuler<" not in page


async def test_an_hour_later_it_can_no_longer_be_undone(bench: Bench) -> None:
    _, browser = await bench.adviser()
    await given_questions_nobody_understood(bench, "et mon chien")
    number = number_of(await shown(browser), "et mon chien")
    await browser.post(f"{PAGE}/{number}/missing")
    bench.clock.advance(timedelta(minutes=61))
    assert ">Annuler<" not in await shown(browser)
    response = await browser.post(f"{PAGE}/{number}/undo")
    assert response.status_code == 409
    assert "ne peut plus être annulée" in response.text


async def test_of_two_advisers_at_once_the_second_is_told_who_was_quicker(bench: Bench) -> None:
    _, claire = await bench.adviser("Claire L.")
    _, marc = await bench.adviser("Marc T.")
    await given_questions_nobody_understood(bench, "et mon chien")
    number = number_of(await shown(claire), "et mon chien")
    await shown(marc)
    responses = await asyncio.gather(
        claire.post(f"{PAGE}/{number}/missing"), marc.post(f"{PAGE}/{number}/dismiss")
    )
    [lost] = [each for each in responses if each.status_code == 409]
    assert sorted(each.status_code for each in responses) == [303, 409]
    quicker = "Marc T." if lost is responses[0] else "Claire L."
    assert f"{quicker} a déjà décidé de cette suggestion." in lost.text


async def test_what_the_person_erased_meanwhile_is_said_to_be_gone(bench: Bench) -> None:
    _, browser = await bench.adviser()
    conversation_id = await bench.not_understood("et mon chien")
    await bench.gathering.gather()
    number = number_of(await shown(browser), "et mon chien")
    await bench.conversations.erase(conversation_id)
    response = await browser.post(f"{PAGE}/{number}/missing")
    assert response.status_code == 409
    assert "n’existe plus" in response.text


async def test_after_a_decision_the_page_comes_back_at_the_next_question(bench: Bench) -> None:
    _, browser = await bench.adviser()
    await given_questions_nobody_understood(bench, "et mon chien", "et mon chat")
    page = await shown(browser)
    first, second = re.findall(r'id="suggestion-(\d+)"', page)
    for one, other in ((first, second), (second, first)):
        form = page.split(f"{PAGE}/{one}/missing", 1)[1].split("</form>", 1)[0]
        assert f'name="then" value="{other}"' in form


async def test_pages_of_twenty_and_the_last_one_when_there_are_fewer(bench: Bench) -> None:
    _, browser = await bench.adviser()
    await given_questions_nobody_understood(bench, *(f"et mon chien {n} fois" for n in range(21)))
    first = await shown(browser)
    assert first.count('class="suggestion"') == 20
    assert "Page 1 sur 2" in first
    last = (await browser.get(f"{PAGE}?at=9")).text
    assert last.count('class="suggestion"') == 1
    assert "Page 2 sur 2" in last
    assert (await browser.get(f"{PAGE}?at=0")).status_code == 404


async def test_a_person_s_words_are_never_markup(bench: Bench) -> None:
    _, browser = await bench.adviser()
    await given_questions_nobody_understood(bench, "<script>x</script> mon chien")
    page = await shown(browser)
    assert "<script>x" not in page
    assert "&lt;script&gt;x" in page


async def test_the_same_question_of_several_people_says_how_often(bench: Bench) -> None:
    _, browser = await bench.adviser()
    await given_questions_nobody_understood(bench, "et mon chien", "Et mon chien ?")
    page = await shown(browser)
    assert "demandé 2&nbsp;fois" in page
    assert page.count('class="suggestion"') == 1


async def test_every_field_and_button_has_a_name_of_its_own(bench: Bench) -> None:
    _, browser = await bench.adviser()
    await given_questions_nobody_understood(bench, "et mon chien", "et mon chat")
    page = await shown(browser)
    fields = re.findall(r'<input id="(topic-\d+)"', page)
    assert len(fields) == 2
    for field in fields:
        assert f'<label for="{field}">' in page
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert len(ids) == len(set(ids))


async def test_a_form_without_its_token_decides_nothing(bench: Bench) -> None:
    _, browser = await bench.adviser()
    await given_questions_nobody_understood(bench, "et mon chien")
    number = number_of(await shown(browser), "et mon chien")
    response = await browser.http.post(f"{PAGE}/{number}/missing", data={})
    assert response.status_code == 403
    assert await bench.suggestions.count_open() == 1
