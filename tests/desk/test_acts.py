"""What is done to a case beside answering it."""

from datetime import timedelta

import pytest
from desk_bench import Bench, Browser

from bot.handover.case import Case, Outcome, State
from bot.messages import Holder

pytestmark = pytest.mark.asyncio


async def taken(bench: Bench, browser: Browser) -> int:
    case_id = await bench.open_case()
    await browser.get("/desk/")
    await browser.post(f"/desk/cases/{case_id}/claim")
    await browser.get(f"/desk/cases/{case_id}")
    return case_id


async def case_of(bench: Bench, case_id: int) -> Case:
    file = await bench.cases.find(case_id)
    assert file is not None
    return file.case


async def test_a_case_is_given_to_a_colleague_who_has_it_from_then_on(bench: Bench) -> None:
    _, claire = await bench.adviser("Claire L.")
    marc, browser = await bench.adviser("Marc T.")
    case_id = await taken(bench, claire)
    assert "Marc T." in claire.shown
    assert (
        await claire.post(f"/desk/cases/{case_id}/transfer", to=f"adviser:{marc.id}")
    ).is_redirect
    assert (await case_of(bench, case_id)).adviser == marc
    assert "a confié votre dossier à Marc T." in (await bench.thread(case_id))[-1].text
    late = await claire.post(f"/desk/cases/{case_id}/answer", text="trop tard")
    assert late.status_code == 409
    await browser.get(f"/desk/cases/{case_id}")
    assert (await browser.post(f"/desk/cases/{case_id}/answer", text="Bonjour")).is_redirect


async def test_a_case_is_sent_to_an_institution_with_a_new_promise(bench: Bench) -> None:
    _, claire = await bench.adviser("Claire L.")
    case_id = await taken(bench, claire)
    bench.clock.advance(timedelta(hours=1))
    await claire.post(f"/desk/cases/{case_id}/transfer", to="institution:laval")
    case = await case_of(bench, case_id)
    assert (case.state, case.institution, case.adviser) == (State.waiting, "laval", None)
    said = (await bench.thread(case_id))[-1].text
    assert "Université Laval" in said
    assert "heure de Québec" in said
    assert (await claire.get(f"/desk/cases/{case_id}")).status_code == 404, "out of her reach now"


@pytest.mark.parametrize("to", ["", "adviser:999", "institution:nowhere", "adviser:1", "x"])
async def test_a_case_is_given_to_nobody_who_is_not_there(bench: Bench, to: str) -> None:
    _, claire = await bench.adviser("Claire L.")
    case_id = await taken(bench, claire)
    refused = await claire.post(f"/desk/cases/{case_id}/transfer", to=to, htmx=True)
    assert refused.status_code == 422
    assert "Choisissez à qui" in refused.text


async def test_a_case_set_aside_comes_back_when_the_person_writes_or_the_time_comes(
    bench: Bench,
) -> None:
    _, claire = await bench.adviser("Claire L.")
    case_id = await taken(bench, claire)
    line = f'id="case-{case_id}"'
    await claire.post(f"/desk/cases/{case_id}/snooze", until="tomorrow")
    assert line not in (await claire.get("/desk/?view=mine")).text
    assert line in (await claire.get("/desk/?view=snoozed")).text
    assert "en pause jusqu’à demain à 9\u00a0h" in (await claire.get(f"/desk/cases/{case_id}")).text
    await bench.say(await bench.conversation_of(case_id), "autre chose")
    assert line in (await claire.get("/desk/?view=mine")).text
    await claire.get(f"/desk/cases/{case_id}")
    await claire.post(f"/desk/cases/{case_id}/snooze", until="hour")
    bench.clock.advance(timedelta(hours=1, minutes=1))
    assert line in (await claire.get("/desk/?view=mine")).text


@pytest.mark.parametrize("at", ["", "hier", "2026-11-24T09:00", "2029-01-01T09:00"])
async def test_a_pause_must_end_and_soon_enough(bench: Bench, at: str) -> None:
    _, claire = await bench.adviser("Claire L.")
    case_id = await taken(bench, claire)
    refused = await claire.post(f"/desk/cases/{case_id}/snooze", at=at, htmx=True)
    assert refused.status_code == 422
    assert (await case_of(bench, case_id)).snoozed_until is None


async def test_an_ended_case_says_how_and_is_reopened_by_who_takes_it_up(bench: Bench) -> None:
    _, claire = await bench.adviser("Claire L.")
    case_id = await taken(bench, claire)
    conversation_id = await bench.conversation_of(case_id)
    await claire.post(f"/desk/cases/{case_id}/close", outcome="referred")
    assert (await case_of(bench, case_id)).outcome is Outcome.referred
    assert "dirigé ailleurs" in (await claire.get("/desk/?view=closed")).text
    await claire.get(f"/desk/cases/{case_id}")
    assert (await claire.post(f"/desk/cases/{case_id}/reopen")).is_redirect
    case = await case_of(bench, case_id)
    assert (case.state, case.outcome, case.ended_at) == (State.claimed, None, None)
    assert (await bench.store.floor(conversation_id)).holder is Holder.adviser


async def test_who_has_another_case_open_keeps_that_one(bench: Bench) -> None:
    claire, browser = await bench.adviser("Claire L.")
    case_id = await taken(bench, browser)
    conversation_id = await bench.conversation_of(case_id)
    await bench.work.close(case_id, claire)
    bench.engine.outcomes = [bench._escalated("Léa", None, None)]
    await bench.say(conversation_id, "encore un conseiller")
    await browser.get(f"/desk/cases/{case_id}")
    refused = await browser.post(f"/desk/cases/{case_id}/reopen", htmx=True)
    assert refused.status_code == 409
    assert "déjà un autre dossier ouvert" in refused.text
    assert (await bench.store.floor(conversation_id)).holder is Holder.waiting


async def test_a_case_waits_on_the_person_once_answered(bench: Bench) -> None:
    _, claire = await bench.adviser("Claire L.")
    case_id = await taken(bench, claire)
    line = f'id="case-{case_id}"'
    assert line not in (await claire.get("/desk/?view=person")).text
    await claire.get(f"/desk/cases/{case_id}")
    await claire.post(f"/desk/cases/{case_id}/answer", text="Quel est votre programme?")
    assert line in (await claire.get("/desk/?view=person")).text
    await bench.say(await bench.conversation_of(case_id), "informatique")
    assert line not in (await claire.get("/desk/?view=person")).text
