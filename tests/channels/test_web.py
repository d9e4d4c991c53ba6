"""The HTTP door when everything goes well."""

import httpx
import pytest
from builders import EchoEngine, handing_over, rows_by_table, service_on
from web_client import API, ME, Writer, assert_problem, web, writer

from bot.handover.case import Adviser
from bot.messages import ASK_ADVISER, Button, Citation, Outcome, Reply, Why
from bot.texts import say
from bot.wiring import Service

CITED = Reply(
    "Il faut prouver 24 617 $.",
    buttons=(Button("Et les documents ?", "/ask_documents"),),
    sources=(Citation("CAQ", "https://quebec.example/caq", "Québec", True, "juin 2026"),),
    topic="proof_of_funds/amount",
)


async def test_the_notice_is_there_before_anything_is_written(
    service: Service, http: httpx.AsyncClient
) -> None:
    started = (await http.post(API, json={})).json()
    [notice] = started["messages"]
    assert (notice["seq"], notice["author"]) == (1, "system")
    assert notice["text"] == say("conversation.notice", page=f"{service.settings.url}vie-privee")
    assert started["floor"]["holder"] == "bot"
    assert started["last_seq"] == 1
    assert len(started["token"]) >= 40


async def test_a_message_is_answered_in_the_same_breath(lea: Writer) -> None:
    response = await lea.send("bonjour", key="k1")
    assert response.status_code == 201
    sent = response.json()
    assert sent["message"]["text"] == "bonjour"
    assert (sent["message"]["seq"], sent["message"]["external_id"]) == (2, "k1")
    assert [message["text"] for message in sent["messages"]] == ["écho : bonjour"]
    assert sent["last_seq"] == 3


async def test_an_answer_brings_its_sources_its_buttons_and_its_topic(sqlite_url: str) -> None:
    service = service_on(sqlite_url, EchoEngine(Outcome((CITED,))))
    async with web(service) as http:
        [said] = (await (await writer(http)).send("combien d'argent ?")).json()["messages"]
    await service.database.close()
    assert said["topic"] == "proof_of_funds/amount"
    assert said["buttons"] == [{"title": "Et les documents ?", "payload": "/ask_documents"}]
    assert said["sources"] == [
        {
            "title": "CAQ",
            "url": "https://quebec.example/caq",
            "publisher": "Québec",
            "official": True,
            "as_of": "juin 2026",
        }
    ]


async def test_messages_after_a_seq_are_given_once_each(lea: Writer) -> None:
    await lea.send("un")
    await lea.send("deux")
    page = (await lea.get(after=3)).json()
    assert [message["seq"] for message in page["messages"]] == [4, 5]
    assert page["last_seq"] == 5
    assert (await lea.get(after=5)).json()["messages"] == []
    assert (await lea.get(after=5)).json()["last_seq"] == 5


async def test_nobody_reads_the_conversation_of_another(http: httpx.AsyncClient) -> None:
    lea, marc = await writer(http), await writer(http)
    await lea.send("mon secret")
    assert "mon secret" not in (await marc.get()).text
    assert "mon secret" not in (await marc.get("export")).text


async def test_the_floor_says_who_answers_and_when(sqlite_url: str) -> None:
    service = service_on(sqlite_url, EchoEngine(handing_over()))
    async with web(service) as http:
        lea = await writer(http, timezone="Europe/Paris")
        floor = (await lea.send("je veux parler à quelqu'un")).json()["floor"]
        assert floor["holder"] == "waiting"
        assert "heure de Québec" in floor["promise"]
        assert "à Paris" in floor["promise"]
        await _claim_the_only_case(service)
        floor = (await lea.get()).json()["floor"]
        assert (floor["holder"], floor["adviser"]) == ("adviser", "Claire L.")
        assert (floor["promised_at"], floor["promise"]) == (None, None)
    await service.database.close()


async def _claim_the_only_case(service: Service) -> Adviser:
    claire = await service.accounts.add(
        email="claire@cegep.example", display_name="Claire L.", role="adviser", institution=None
    )
    assert claire is not None
    await service.work.claim(1, claire)
    return claire


async def test_a_payload_that_was_never_offered_is_read_as_words(
    http: httpx.AsyncClient, lea: Writer, service: Service
) -> None:
    await lea.send("Oui", button="/request_adviser")
    [message] = [m for m in await service.conversations.store.messages(lea.id) if m.seq == 2]
    assert (message.text, message.button) == ("Oui", None)


async def test_a_payload_that_was_offered_is_a_button(sqlite_url: str) -> None:
    service = service_on(sqlite_url, EchoEngine(Outcome((CITED,))))
    async with web(service) as http:
        lea, marc = await writer(http), await writer(http)
        await lea.send("combien d'argent ?")
        for person in (lea, marc):
            await person.send("Et les documents ?", button="/ask_documents")
        store = service.conversations.store
        assert [m.button for m in await store.messages(lea.id, after=3)] == ["/ask_documents", None]
        assert [m.button for m in await store.messages(marc.id)] == [None, None, None]
    await service.database.close()


async def test_an_answer_can_be_rated(lea: Writer, http: httpx.AsyncClient) -> None:
    await lea.send("bonjour")
    for useful in (True, False):
        given = {"seq": 3, "useful": useful}
        response = await http.post(f"{ME}/feedback", json=given, headers=lea.bearer)
        assert response.status_code == 204
        assert (await lea.get()).json()["messages"][2]["useful"] is useful


async def test_what_was_wrong_with_an_answer_is_kept(lea: Writer, service: Service) -> None:
    await lea.send("bonjour")
    response = await lea.asks("POST", "feedback", seq=3, useful=False, why="unclear")
    assert response.status_code == 204
    [*_, said] = await service.conversations.store.messages(lea.id)
    assert (said.useful, said.why) == (False, Why.unclear)
    refused = await lea.asks("POST", "feedback", seq=3, useful=False, why="boring")
    assert_problem(refused, 422, says=say("refusals.invalid"))


async def test_the_adviser_that_an_unhelpful_answer_offers_is_a_button(
    lea: Writer, service: Service
) -> None:
    await lea.send("bonjour")
    await lea.send("Parler à un conseiller", button=ASK_ADVISER)
    await lea.asks("POST", "feedback", seq=3, useful=False)
    await lea.send("Parler à un conseiller", button=ASK_ADVISER)
    pressed = [m.button for m in await service.conversations.store.messages(lea.id, after=3)]
    assert pressed == [None, None, ASK_ADVISER, None]


@pytest.mark.parametrize("seq", [1, 2, 99])
async def test_only_an_answer_can_be_rated(lea: Writer, http: httpx.AsyncClient, seq: int) -> None:
    await lea.send("bonjour")
    given = {"seq": seq, "useful": True}
    response = await http.post(f"{ME}/feedback", json=given, headers=lea.bearer)
    assert_problem(response, 404, says=say("refusals.no_such_message"))


async def test_the_export_is_a_file_with_all_that_is_kept(lea: Writer) -> None:
    await lea.send("mes mots à moi")
    response = await lea.get("export")
    assert response.headers["content-disposition"].startswith("attachment")
    assert response.headers["cache-control"] == "no-store"
    exported = response.json()
    assert [row["text"] for row in exported["messages"]][1:] == [
        "mes mots à moi",
        "écho : mes mots à moi",
    ]
    assert lea.token not in response.text


async def test_erasing_removes_everything_and_the_secret_opens_nothing_any_more(
    lea: Writer, http: httpx.AsyncClient, service: Service
) -> None:
    await lea.send("mes mots à moi")
    response = await http.request("DELETE", ME, headers=lea.bearer)
    assert (response.status_code, response.content) == (204, b"")
    assert set((await rows_by_table(service.database)).values()) == {0}
    assert_problem(await lea.get(), 401, says=say("refusals.unknown_person"))
    assert_problem(await lea.send("encore"), 401)


@pytest.mark.parametrize(
    ("asked", "kept"),
    [
        ({"timezone": "America/Toronto"}, "America/Toronto"),
        ({"timezone": "Mars/Olympus"}, "Europe/Paris"),
        ({"timezone": "../../etc/passwd"}, "Europe/Paris"),
        ({"timezone": "Europe"}, "Europe/Paris"),
        ({"timezone": "\x00"}, "Europe/Paris"),
        ({}, "Europe/Paris"),
    ],
)
async def test_an_unknown_time_zone_is_read_as_paris(
    http: httpx.AsyncClient, service: Service, asked: dict[str, str], kept: str
) -> None:
    lea = await writer(http, **asked)
    conversation = await service.conversations.store.find(lea.id)
    assert conversation is not None
    assert conversation.timezone == kept
