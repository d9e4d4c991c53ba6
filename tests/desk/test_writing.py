"""What an adviser writes: drafts, answers that may be taken back, notes, shared replies."""

from datetime import timedelta

import pytest
from desk_bench import Bench, Browser

from bot.handover.case import State
from bot.handover.holding import Holding
from bot.messages import Author
from bot.storage.writing_store import SqlWriting

pytestmark = pytest.mark.asyncio


async def taken(bench: Bench, browser: Browser, **person: str) -> int:
    case_id = await bench.open_case(**person)
    await browser.get("/desk/")
    await browser.post(f"/desk/cases/{case_id}/claim")
    await browser.get(f"/desk/cases/{case_id}")
    return case_id


def slow(bench: Bench) -> Holding:
    """Answers are held five seconds."""
    bench.undo_for = timedelta(seconds=5)
    bench.desk = bench._desk(secure_cookies=False)
    return Holding(SqlWriting(bench.database), bench.files, bench.work, bench.clock)


async def said(bench: Bench, case_id: int) -> list[str]:
    return [m.text for m in await bench.thread(case_id) if m.author is Author.adviser]


async def test_a_draft_is_found_on_another_device_and_leaves_when_sent(bench: Bench) -> None:
    _, browser = await bench.adviser()
    case_id = await taken(bench, browser)
    await browser.post(f"/desk/cases/{case_id}/draft", text="Bonjour Léa, je")
    assert "Bonjour Léa, je" in (await browser.get(f"/desk/cases/{case_id}")).text
    await browser.post(f"/desk/cases/{case_id}/answer", text="Bonjour Léa")
    assert "Bonjour Léa, je" not in (await browser.get(f"/desk/cases/{case_id}")).text


async def test_a_colleague_does_not_see_a_draft(bench: Bench) -> None:
    _, claire = await bench.adviser("Claire L.")
    _, marc = await bench.adviser("Marc T.")
    case_id = await taken(bench, claire)
    await claire.post(f"/desk/cases/{case_id}/draft", text="entre nous")
    assert "entre nous" not in (await marc.get(f"/desk/cases/{case_id}")).text


async def test_an_answer_is_said_after_five_seconds_not_before_and_once(bench: Bench) -> None:
    holding = slow(bench)
    _, browser = await bench.adviser()
    case_id = await taken(bench, browser)
    for _ in range(2):
        await browser.post(f"/desk/cases/{case_id}/answer", text="Bonjour")
    assert "Annuler l’envoi" in (await browser.get(f"/desk/cases/{case_id}")).text
    assert await holding.say_what_is_due() == 0
    assert await said(bench, case_id) == []
    bench.clock.advance(timedelta(seconds=5))
    assert await holding.say_what_is_due() == 1
    assert await holding.say_what_is_due() == 0
    assert await said(bench, case_id) == ["Bonjour"]


async def test_an_answer_taken_back_is_a_draft_again(bench: Bench) -> None:
    holding = slow(bench)
    _, browser = await bench.adviser()
    case_id = await taken(bench, browser)
    await browser.post(f"/desk/cases/{case_id}/answer", text="Trop vite")
    back = await browser.post(f"/desk/cases/{case_id}/take-back")
    assert back.is_redirect
    bench.clock.advance(timedelta(seconds=9))
    assert await holding.say_what_is_due() == 0
    assert "Trop vite" in (await browser.get(f"/desk/cases/{case_id}")).text
    late = await browser.post(f"/desk/cases/{case_id}/take-back", htmx=True)
    assert late.status_code == 409
    assert "déjà partie" in late.text


async def test_a_held_answer_of_a_case_that_changed_hands_is_not_said_and_not_lost(
    bench: Bench,
) -> None:
    holding = slow(bench)
    claire, browser = await bench.adviser()
    case_id = await taken(bench, browser)
    await browser.post(f"/desk/cases/{case_id}/answer", text="Bonjour")
    await bench.work.release(case_id, claire)
    bench.clock.advance(timedelta(seconds=6))
    await holding.say_what_is_due()
    assert await said(bench, case_id) == []
    assert await SqlWriting(bench.database).draft(case_id, claire) == "Bonjour"


async def test_send_and_take_the_next(bench: Bench) -> None:
    claire, browser = await bench.adviser()
    case_id = await taken(bench, browser)
    following = await bench.open_case(first_name="Marc")
    sent = await browser.post(f"/desk/cases/{case_id}/answer", text="Voilà", following="yes")
    assert sent.headers["location"] == f"/desk/cases/{following}?sent={case_id}"
    file = await bench.cases.find(following)
    assert file is not None
    assert (file.case.state, file.case.adviser) == (State.claimed, claire)
    await browser.get(f"/desk/cases/{following}")
    last = await browser.post(f"/desk/cases/{following}/answer", text="Voilà", following="yes")
    assert last.headers["location"] == "/desk/"


async def test_a_note_is_for_colleagues_and_tells_whom_it_names(bench: Bench) -> None:
    _, claire = await bench.adviser("Claire L.")
    marc, browser = await bench.adviser("Marc T.")
    case_id = await taken(bench, claire)
    await claire.post(f"/desk/cases/{case_id}/notes", text="@marc peux-tu <b>relire</b>?")
    assert [m.case_id for m in await SqlWriting(bench.database).mentions(marc)] == [case_id]
    assert f"Claire L. vous nomme dans le dossier {case_id}" in (await browser.get("/desk/")).text
    page = (await browser.get(f"/desk/cases/{case_id}")).text
    assert "&lt;b&gt;relire" in page
    assert "Avertis&nbsp;: Marc T." in page
    assert await SqlWriting(bench.database).mentions(marc) == [], "read by opening the case"
    assert all("relire" not in message.text for message in await bench.thread(case_id))
    assert f'id="case-{case_id}"' in (await claire.get("/desk/?view=open&q=relire")).text


@pytest.mark.parametrize("text", ["", "  ", "x" * 4001])
async def test_a_note_has_words_and_a_length(bench: Bench, text: str) -> None:
    _, claire = await bench.adviser("Claire L.")
    case_id = await taken(bench, claire)
    refused = await claire.post(f"/desk/cases/{case_id}/notes", text=text, htmx=True)
    assert refused.status_code == 422


async def test_tags_are_put_once_and_taken_away(bench: Bench) -> None:
    _, claire = await bench.adviser("Claire L.")
    case_id = await taken(bench, claire)
    for _ in range(2):
        await claire.post(f"/desk/cases/{case_id}/tags", tag=" à  suivre ")
    assert (await claire.get(f"/desk/cases/{case_id}/notes", htmx=True)).text.count(
        '<span dir="auto">à suivre'
    ) == 1
    await claire.post(f"/desk/cases/{case_id}/tags/remove", tag="à suivre")
    assert "à suivre" not in (await claire.get(f"/desk/cases/{case_id}/notes", htmx=True)).text


async def test_a_shared_reply_is_filled_in_where_it_is_inserted(bench: Bench) -> None:
    _, claire = await bench.adviser("Claire L.", role="coordinator")
    await claire.get("/desk/replies")
    await claire.post(
        "/desk/replies", title="Accueil", text="Bonjour {prenom}, ici {conseiller}.", shared="yes"
    )
    _, marc = await bench.adviser("Marc T.")
    case_id = await taken(bench, marc)
    fragment = (await marc.get(f"/desk/cases/{case_id}/to-insert", htmx=True)).text
    assert 'data-insert="Bonjour Léa, ici Marc T.."' in fragment


async def test_everybody_s_replies_are_the_coordinators_and_one_s_own_are_one_s_own(
    bench: Bench,
) -> None:
    _, claire = await bench.adviser("Claire L.", role="coordinator")
    _, marc = await bench.adviser("Marc T.")
    await claire.get("/desk/replies")
    await claire.post("/desk/replies", title="Commune", text="a", shared="yes", reply_id="0")
    await marc.get("/desk/replies")
    await marc.post("/desk/replies", title="Mienne", text="b", shared="yes", reply_id="0")
    assert "Mienne" not in (await claire.get("/desk/replies")).text
    assert (await marc.post("/desk/replies/1/forget")).status_code == 404
    assert (await marc.post("/desk/replies/2/forget")).is_redirect
    assert "Mienne" not in (await marc.get("/desk/replies")).text
    assert "Commune" in (await marc.get("/desk/replies")).text


async def test_the_knowledge_is_inserted_with_its_sources(bench: Bench) -> None:
    _, claire = await bench.adviser("Claire L.")
    case_id = await taken(bench, claire)
    found = (await claire.get(f"/desk/cases/{case_id}/to-insert?look=délai caq", htmx=True)).text
    assert "Connaissances" in found
    assert "Source\u00a0: " in found
    assert "https://" in found
