"""Going on at another door, through the HTTP door."""

import httpx
from builders import now
from web_client import API, ME, Writer, assert_problem

from bot.conversation.moving import Moving
from bot.storage.move_store import SqlMoveStore
from bot.wiring import Service


async def test_without_telegram_no_link_is_offered(lea: Writer) -> None:
    response = await lea.asks("POST", "telegram")
    assert_problem(response, 404, says="Telegram n’est pas offert")


async def test_only_who_has_a_conversation_may_move_it(http: httpx.AsyncClient) -> None:
    assert_problem(await http.post(f"{ME}/telegram"), 401)


async def test_a_link_given_elsewhere_opens_the_conversation_here_once(
    service: Service, http: httpx.AsyncClient, lea: Writer
) -> None:
    await lea.send("bonjour")
    moving = Moving(SqlMoveStore(service.database), now)
    code = (await moving.offer(lea.id, "web")).code

    opened = await http.post(f"{API}/continue", json={"code": code})
    assert opened.status_code == 201
    here = Writer(http, **opened.json())
    assert here.id == lea.id
    assert ("person", "bonjour") in await here.thread()
    assert_problem(await lea.get(), 401)
    assert_problem(await http.post(f"{API}/continue", json={"code": code}), 410, says="déjà servi")


async def test_what_is_no_code_is_refused(http: httpx.AsyncClient) -> None:
    assert_problem(await http.post(f"{API}/continue", json={"code": "../x"}), 422)
    assert_problem(await http.post(f"{API}/continue", json={"code": "x" * 32}), 410)
