"""Whatever is sent, a clear answer comes back, nothing is stored twice and nothing is executed."""

import asyncio
import json

import httpx
import pytest
from builders import service_on
from web_client import API, ME, Writer, assert_problem, web, writer

from bot.messages import Message
from bot.storage.database import Database
from bot.texts import say
from bot.wiring import Service

SCRIPT = "<script>alert('x')</script><b onclick=\"go()\">gras</b>{{ 7*7 }} ${7*7}"


class FailingEngine:
    """A bug where nobody expects one."""

    async def respond(self, message: Message, *, waiting: bool) -> object:
        return None


async def stored(service: Service, lea: Writer) -> list[Message]:
    return await service.conversations.store.messages(lea.id, after=1)


@pytest.mark.parametrize("text", ["", "   ", "\n\t\r\n", "\x00\x01\x7f", "\u202e", "\ud800"])
async def test_an_empty_message_is_refused(lea: Writer, service: Service, text: str) -> None:
    assert_problem(await lea.send(text), 422, says=say("refusals.empty"))
    assert await stored(service, lea) == []


async def test_ten_thousand_characters_are_refused_with_the_limit(
    lea: Writer, service: Service
) -> None:
    sentence = say("refusals.too_long", length=10_000, limit=2000)
    assert_problem(await lea.send("a" * 10_000), 422, says=sentence)
    assert await stored(service, lea) == []


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("a" * 2000, id="letters"),
        pytest.param("🇨🇦" * 1000, id="flags of two"),
        pytest.param("é" * 2000, id="accents"),
        pytest.param("e\u0301" * 2000, id="accents apart"),
    ],
)
async def test_the_limit_itself_is_accepted(lea: Writer, text: str) -> None:
    assert (await lea.send(text)).status_code == 201


async def test_a_message_of_emoji_only_is_a_message(lea: Writer, service: Service) -> None:
    assert (await lea.send("🎓🇨🇦👩🏽‍🎓")).status_code == 201
    assert (await stored(service, lea))[0].text == "🎓🇨🇦👩🏽‍🎓"


async def test_html_and_script_are_kept_and_given_back_as_text(
    lea: Writer, service: Service
) -> None:
    response = await lea.send(SCRIPT)
    assert response.status_code == 201
    assert response.headers["content-type"] == "application/json"
    assert response.headers["x-content-type-options"] == "nosniff"
    assert response.json()["message"]["text"] == SCRIPT
    assert (await stored(service, lea))[0].text == SCRIPT


async def test_control_characters_are_left_out_and_lines_are_kept(
    lea: Writer, service: Service
) -> None:
    text = " bon\x00jour\x1b[31m\r\nma\x08 \u202equestion\u202c\x85 \ud83d\tfin "
    assert (await lea.send(text)).status_code == 201
    assert (await stored(service, lea))[0].text == "bonjour[31m\nma question \tfin"


@pytest.mark.parametrize(
    "body",
    [
        b"{",
        b'{"text": ',
        b"\xff\xfe",
        b"{'text': 'bonjour'}",
        pytest.param(b"[" * 30_000, id="deep"),
    ],
)
async def test_broken_json_is_said_to_be_unreadable(
    http: httpx.AsyncClient, lea: Writer, body: bytes
) -> None:
    headers = {**lea.bearer, "Idempotency-Key": "k", "Content-Type": "application/json"}
    response = await http.post(f"{ME}/messages", content=body, headers=headers)
    assert_problem(response, 400)


@pytest.mark.parametrize(
    "body",
    [b"", b"null", b"[]", b'"bonjour"', b'{"text": 12}', b'{"text": ["a"]}', b'{"text": null}'],
)
async def test_json_of_another_shape_is_refused(
    http: httpx.AsyncClient, lea: Writer, body: bytes
) -> None:
    headers = {**lea.bearer, "Idempotency-Key": "k", "Content-Type": "application/json"}
    response = await http.post(f"{ME}/messages", content=body, headers=headers)
    assert_problem(response, 422, says=say("refusals.invalid"))


@pytest.mark.parametrize(
    "asked",
    [
        {"campaign": "\x00"},
        {"campaign": "\ud800"},
        {"campaign": "c" * 65},
        {"language": "klingon"},
        {"timezone": "z" * 65},
        {"timezone": "\ud800"},
        {"topic": "\ud800"},
    ],
)
async def test_a_conversation_with_odd_wishes_opens_or_is_refused(
    database: Database, asked: dict[str, str]
) -> None:
    service = service_on(database.url)  # on both databases: they do not refuse the same
    async with web(service) as http:
        response = await http.post(
            API, content=json.dumps(asked), headers={"Content-Type": "application/json"}
        )
    await service.database.close()
    if response.status_code != 201:
        assert_problem(response, 422)


@pytest.mark.parametrize(
    "authorization",
    [None, "", "Bearer", "Bearer ", "Bearer wrong", "Basic bGVhOmxlYQ==", "Bearer \xe9\xe8"],
)
@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "messages"), ("POST", "messages"), ("GET", "events"), ("GET", "export"),
        ("POST", "feedback"), ("DELETE", ""),
    ],
)  # fmt: skip
async def test_a_wrong_secret_opens_nothing(
    http: httpx.AsyncClient, lea: Writer, authorization: str | None, method: str, path: str
) -> None:
    headers = [("Idempotency-Key", b"k")]
    if authorization is not None:
        headers.append(("Authorization", authorization.encode("latin-1")))
    body = {"text": "bonjour", "seq": 1, "useful": True} if method == "POST" else None
    response = await http.request(method, f"{ME}/{path}".rstrip("/"), json=body, headers=headers)
    assert_problem(response, 401, says=say("refusals.unknown_person"))
    assert response.headers["www-authenticate"] == "Bearer"
    assert await lea.thread() == []


async def test_a_message_without_a_key_is_refused(http: httpx.AsyncClient, lea: Writer) -> None:
    response = await http.post(f"{ME}/messages", json={"text": "bonjour"}, headers=lea.bearer)
    assert_problem(response, 400, says=say("refusals.missing_key"))


async def test_a_key_too_long_is_refused(lea: Writer) -> None:
    assert_problem(await lea.send("bonjour", key="k" * 101), 422)
    assert (await lea.send("bonjour", key="k" * 100)).status_code == 201


async def test_a_replayed_message_is_the_same_message(lea: Writer) -> None:
    first, again = await lea.send("bonjour", key="k"), await lea.send("bonjour", key="k")
    assert first.json() == again.json()
    assert await lea.thread() == [("person", "bonjour"), ("bot", "écho : bonjour")]


async def test_a_message_replayed_at_the_same_instant_is_the_same_message(lea: Writer) -> None:
    responses = await asyncio.gather(*(lea.send("bonjour", key="k") for _ in range(10)))
    assert {response.status_code for response in responses} == {201}
    assert await lea.thread() == [("person", "bonjour"), ("bot", "écho : bonjour")]


async def test_a_key_that_served_for_another_message_is_refused(lea: Writer) -> None:
    await lea.send("bonjour", key="k")
    assert_problem(await lea.send("au revoir", key="k"), 409, says=say("refusals.key_reused"))
    assert len(await lea.thread()) == 2


async def test_fifty_messages_at_once_are_each_stored_once_or_refused_politely(
    sqlite_url: str,
) -> None:
    service = service_on(sqlite_url, messages_per_minute=15)
    async with web(service) as http:
        lea = await writer(http)
        responses = await asyncio.gather(*(lea.send(f"message {n}") for n in range(50)))
        accepted = [r.json()["message"]["text"] for r in responses if r.status_code == 201]
        refused = [response for response in responses if response.status_code != 201]
        thread = await lea.thread()
    await service.database.close()
    assert len(accepted) == 15
    for response in refused:
        assert_problem(response, 429)
        assert 1 <= int(response.headers["retry-after"]) <= 60
    assert sorted(text for author, text in thread if author == "person") == sorted(accepted)
    assert len([text for author, text in thread if author == "bot"]) == 15


async def test_fifty_messages_at_once_within_the_limit_are_all_answered_in_order(
    lea: Writer,
) -> None:
    responses = await asyncio.gather(*(lea.send(f"message {n}") for n in range(50)))
    assert {response.status_code for response in responses} == {201}
    thread = await lea.thread()
    asked = [text for author, text in thread if author == "person"]
    assert len(asked) == 50
    assert [text for author, text in thread if author == "bot"] == [f"écho : {t}" for t in asked]


async def test_too_many_conversations_from_one_address_are_refused(sqlite_url: str) -> None:
    service = service_on(sqlite_url, conversations_per_hour=3)
    async with web(service) as http:
        for _ in range(3):
            await writer(http)
        response = await http.post(API, json={})
    await service.database.close()
    assert_problem(response, 429)
    assert 1 <= int(response.headers["retry-after"]) <= 3600


@pytest.mark.parametrize("path", ["/nothing", "/api/nothing", f"{ME}/nothing", "/desk.php"])
async def test_an_unknown_page_is_a_problem_with_a_sentence(
    http: httpx.AsyncClient, path: str
) -> None:
    assert_problem(await http.get(path), 404, says=say("refusals.not_found"))


@pytest.mark.parametrize(
    ("method", "path"), [("PUT", API), ("DELETE", API), ("PATCH", f"{ME}/messages"), ("POST", "/")]
)
async def test_a_wrong_method_is_a_problem_with_a_sentence(
    http: httpx.AsyncClient, method: str, path: str
) -> None:
    assert_problem(await http.request(method, path), 405, says=say("refusals.not_allowed"))


@pytest.mark.parametrize("path", ["/../pyproject.toml", "/%2e%2e/pyproject.toml", "/..%2fweb.py"])
async def test_no_file_outside_the_public_folder_is_served(
    http: httpx.AsyncClient, path: str
) -> None:
    assert_problem(await http.get(path), 404)


async def _in_pieces(size: int):  # type: ignore[no-untyped-def]
    for _ in range(size // 1000):
        yield b" " * 1000


async def test_a_body_of_100_kb_is_refused(http: httpx.AsyncClient, lea: Writer) -> None:
    headers = {**lea.bearer, "Idempotency-Key": "k", "Content-Type": "application/json"}
    for body in (b'{"text": "' + b"a" * 100_000 + b'"}', _in_pieces(100_000)):
        response = await http.post(f"{ME}/messages", content=body, headers=headers)
        assert_problem(response, 413, says=say("refusals.too_large"))


@pytest.mark.parametrize("after", ["-1", "abc", "1.5", "99999999999999999999"])
async def test_a_place_that_is_none_is_refused(
    http: httpx.AsyncClient, lea: Writer, after: str
) -> None:
    for path in ("messages", "events"):
        response = await http.get(f"{ME}/{path}", params={"after": after}, headers=lea.bearer)
        assert_problem(response, 422)


@pytest.mark.parametrize("seq", [0, -1, 2**31, 10**30, "x", None, 1.5])
async def test_feedback_on_a_place_that_is_none_is_refused(
    http: httpx.AsyncClient, lea: Writer, seq: object
) -> None:
    given = {"seq": seq, "useful": True}
    response = await http.post(f"{ME}/feedback", json=given, headers=lea.bearer)
    assert_problem(response, 422)


async def test_a_bug_is_a_problem_too_and_says_nothing_of_itself(sqlite_url: str) -> None:
    service = service_on(sqlite_url, FailingEngine())  # type: ignore[arg-type]
    async with web(service) as http:
        response = await (await writer(http)).send("bonjour")
    await service.database.close()
    assert_problem(response, 500, says=say("refusals.internal"))
    assert "Traceback" not in response.text
