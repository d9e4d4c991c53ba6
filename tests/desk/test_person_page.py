"""Exporting and erasing the person of a case, with the reason."""

import json

import pytest
from desk_bench import Bench, Browser

pytestmark = pytest.mark.asyncio


async def given_a_case(bench: Bench) -> tuple[int, Browser]:
    case_id = await bench.open_case()
    _, browser = await bench.adviser("Nadia B.", role="coordinator")
    await browser.get(f"/desk/cases/{case_id}/person")
    return case_id, browser


async def verbs(bench: Bench, case_id: int) -> list[tuple[str, str, str | None]]:
    lines = await bench.journal.lines(case_id=case_id)
    return [(line.verb, line.actor, line.reason) for line in lines]


async def test_everything_is_exported_and_the_reason_kept(bench: Bench) -> None:
    case_id, browser = await given_a_case(bench)
    response = await browser.post(f"/desk/cases/{case_id}/person/export", reason="asked_by_person")
    assert "lea@exemple.fr" in json.dumps(json.loads(response.text))
    assert "attachment" in response.headers["content-disposition"]
    assert (await verbs(bench, case_id))[0] == ("case.exported", "Nadia B.", "asked_by_person")


async def test_everything_is_erased_and_the_reason_kept(bench: Bench) -> None:
    case_id, browser = await given_a_case(bench)
    conversation_id = await bench.conversation_of(case_id)
    erased = await browser.post(
        f"/desk/cases/{case_id}/person/erase", reason="asked_by_parent", understood="yes"
    )
    assert (await verbs(bench, case_id))[0] == ("case.erased", "Nadia B.", "asked_by_parent")
    assert await bench.conversations.export(conversation_id) is None
    assert "d’un parent" in (await browser.get(erased.headers["location"])).text
    assert (await browser.get(f"/desk/cases/{case_id}")).status_code == 404


@pytest.mark.parametrize("act", ["export", "erase"])
@pytest.mark.parametrize("reason", ["", "parce que Léa Martin l’a dit"])
async def test_a_reason_of_the_list_is_asked_for(bench: Bench, act: str, reason: str) -> None:
    case_id, browser = await given_a_case(bench)
    refused = await browser.post(
        f"/desk/cases/{case_id}/person/{act}", reason=reason, understood="yes"
    )
    assert refused.status_code in (400, 422)
    assert "case.erased" not in str(await verbs(bench, case_id))


async def test_nothing_is_erased_before_it_is_understood(bench: Bench) -> None:
    case_id, browser = await given_a_case(bench)
    refused = await browser.post(f"/desk/cases/{case_id}/person/erase", reason="asked_by_person")
    assert refused.status_code == 422
    assert await bench.cases.find(case_id) is not None
