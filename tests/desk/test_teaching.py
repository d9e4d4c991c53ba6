"""Teaching the assistant from a case: saying it, deciding on it, taking it back."""

import httpx
import pytest
from desk_bench import Bench, Browser

from bot.learning.suggestion import Kind

pytestmark = pytest.mark.asyncio
ANSWER = 3  # the assistant's answer to the first question of a case
TITLE = "Frais de la demande de CAQ"


async def says(browser: Browser, case_id: int, **fields: str) -> httpx.Response:
    page = f"/desk/cases/{case_id}/messages/{ANSWER}/teach"
    await browser.get(page)
    return await browser.post(page, **fields)


async def suggestions(browser: Browser) -> str:
    return (await browser.get("/desk/suggestions")).text


async def test_the_journey_of_a_wrong_topic_from_a_case_to_a_decision(bench: Bench) -> None:
    case_id = await bench.open_case(institution="limoilou", first_name="Léa")
    _, claire = await bench.adviser("Claire L.", institution="limoilou")
    case = f"/desk/cases/{case_id}"
    assert f'href="{case}/messages/{ANSWER}/teach"' in (await claire.get(case)).text

    said = await says(
        claire,
        case_id,
        verdict="other_topic",
        topic="frais de la demande de caq",
        comment="Léa voulait le prix, écrire à lea@exemple.fr",
    )
    assert said.headers["location"] == f"{case}#message-{ANSWER}"
    shown = (await claire.get(case)).text
    assert "<b>Il fallait un autre sujet</b>&nbsp;: caq/fee" in shown

    assert await bench.gathering.gather() > 0
    page = await suggestions(claire)
    for words in (
        "Signalé depuis un dossier",
        "combien d&#39;argent pour le caq ?",
        f"<span>{TITLE}</span>",
        "[nom] voulait le prix, écrire à [courriel]",
        f'<a href="{case}">dossier {case_id}</a>',
    ):
        assert words in page, words
    number = page.split('id="suggestion-', 1)[1].split('"')[0]
    accepted = await claire.post(f"/desk/suggestions/{number}/accept", topic="caq/fee")
    assert accepted.status_code == 303
    [learnt] = await bench.suggestions.accepted()
    assert (learnt.topic, learnt.text) == ("caq/fee", "combien d'argent pour le caq ?")


async def test_who_may_not_read_the_case_sees_nothing_of_it_and_decides_nothing(
    bench: Bench,
) -> None:
    case_id = await bench.open_case(institution="limoilou")
    claire, at_limoilou = await bench.adviser("Claire L.", institution="limoilou")
    _, at_laval = await bench.adviser("Paul R.", institution="laval")
    _, nadia = await bench.adviser("Nadia B.", role="coordinator")
    await says(at_limoilou, case_id, verdict="missing", comment="les bourses du CROUS")
    await bench.gathering.gather()

    theirs = await bench.suggestions.open(claire, after=0, limit=9)
    [taught] = [each for each in theirs if each.kind is Kind.taught]
    assert "les bourses du CROUS" in await suggestions(nadia)
    page = await suggestions(at_laval)
    assert "CROUS" not in page
    assert f"{len(theirs) - 1} à décider</span>" in page or "Rien à décider" in page
    decided = await at_laval.post(f"/desk/suggestions/{taught.id}/missing")
    assert decided.status_code == 409
    assert "n’existe plus" in decided.text
    assert (await at_limoilou.get("/desk/suggestions")).status_code == 200
    assert (await at_limoilou.post(f"/desk/suggestions/{taught.id}/missing")).status_code == 303


@pytest.mark.parametrize("gathered", [False, True])
async def test_it_is_taken_back_before_and_after_it_is_a_suggestion(
    bench: Bench, gathered: bool
) -> None:
    case_id = await bench.open_case()
    claire, browser = await bench.adviser("Claire L.")
    await says(browser, case_id, verdict="wrong")
    if gathered:
        await bench.gathering.gather()
    page = (await browser.get(f"/desk/cases/{case_id}")).text
    assert "Cette réponse était fausse" in page
    back = await browser.post(f"/desk/cases/{case_id}/messages/{ANSWER}/untaught")
    assert back.status_code == 303
    await bench.gathering.gather()
    left = await bench.suggestions.open(claire, after=0, limit=9)
    assert [each for each in left if each.kind is Kind.taught] == []
    assert "fausse" not in (await browser.get(f"/desk/cases/{case_id}")).text
    verbs = [line.verb for line in await bench.journal.lines(case_id=case_id)]
    assert verbs.count("case.taught") == verbs.count("case.untaught") == 1


async def test_what_was_decided_is_not_taken_back(bench: Bench) -> None:
    case_id = await bench.open_case()
    claire, browser = await bench.adviser("Claire L.")
    await says(browser, case_id, verdict="missing")
    await bench.gathering.gather()
    [taught] = [
        each
        for each in await bench.suggestions.open(claire, after=0, limit=9)
        if each.kind is Kind.taught
    ]
    await suggestions(browser)
    await browser.post(f"/desk/suggestions/{taught.id}/missing")
    back = await browser.post(f"/desk/cases/{case_id}/messages/{ANSWER}/untaught")
    assert back.status_code == 409
    assert "déjà été décidé" in back.text


async def test_a_colleague_s_remark_stands_and_one_s_own_is_replaced(bench: Bench) -> None:
    case_id = await bench.open_case()
    claire, hers = await bench.adviser("Claire L.")
    _, his = await bench.adviser("Marc T.")
    await says(hers, case_id, verdict="wrong", comment="une faute")
    refused = await says(his, case_id, verdict="missing")
    assert refused.status_code == 409
    assert "Claire L. a déjà signalé" in refused.text
    assert (await his.post(f"/desk/cases/{case_id}/messages/{ANSWER}/untaught")).status_code == 409

    await bench.gathering.gather()
    assert "une faute" in (await hers.get(f"/desk/cases/{case_id}/messages/{ANSWER}/teach")).text
    assert (await says(hers, case_id, verdict="wrong", comment="le montant")).status_code == 303
    await bench.gathering.gather()
    comments = [
        each.taught.comment
        for each in await bench.suggestions.open(claire, after=0, limit=9)
        if each.taught
    ]
    assert comments == ["le montant"]


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, "Dites d’abord"),
        ({"verdict": "autre"}, "Dites d’abord"),
        ({"verdict": "other_topic"}, "Dites quel sujet"),
        ({"verdict": "other_topic", "topic": "frais du caq svp"}, "Aucun sujet ne s’appelle"),
        ({"verdict": "wrong", "comment": "x" * 501}, "trop long"),
    ],
)
async def test_what_cannot_be_read_is_said_and_nothing_typed_is_lost(
    bench: Bench, fields: dict[str, str], words: str
) -> None:
    case_id = await bench.open_case()
    _, browser = await bench.adviser()
    refused = await says(browser, case_id, **fields)
    assert refused.status_code == 422
    assert words in refused.text
    assert fields.get("comment", "") in refused.text
    if "topic" in fields:
        assert 'name="topic" value="caq/' in refused.text, "topics near what was typed are offered"


async def test_only_an_answer_of_the_assistant_can_be_taught(bench: Bench) -> None:
    case_id = await bench.open_case()
    _, browser = await bench.adviser()
    for seq in (2, 99):
        page = f"/desk/cases/{case_id}/messages/{seq}/teach"
        assert (await browser.get(page)).status_code == 404


async def test_erasing_the_person_erases_it(bench: Bench) -> None:
    case_id = await bench.open_case()
    claire, browser = await bench.adviser()
    await says(browser, case_id, verdict="missing", comment="rien sur ce sujet")
    await bench.gathering.gather()
    await bench.conversations.erase(await bench.conversation_of(case_id), actor="person")
    assert [e for e in await bench.suggestions.open(claire, after=0, limit=9) if e.taught] == []


async def test_what_the_person_thinks_later_does_not_undo_it(bench: Bench) -> None:
    case_id = await bench.open_case()
    claire, browser = await bench.adviser()
    await says(browser, case_id, verdict="wrong")
    await bench.store.rate(await bench.conversation_of(case_id), ANSWER, useful=True)
    await bench.gathering.gather()
    assert [e for e in await bench.suggestions.open(claire, after=0, limit=9) if e.taught]
