"""Another's words, files, requests and links: nobody reads or changes them, whatever they guess."""

import itertools
import secrets

import httpx
import pytest
from builders import EchoEngine, service_on
from desk_bench import Browser
from web_client import API, ME, Writer
from world import World, world_of

from bot.channels.telegram.receiving import WEBHOOK

# What somebody who has no conversation tries as a secret.
WRONG = ["", "x", "null", "undefined", "' OR 1=1 --", "../../etc/passwd", "0" * 43, "é".encode()]
PRIVATE = [
    ("GET", f"{ME}/messages"),
    ("GET", f"{ME}/events"),
    ("GET", f"{ME}/export"),
    ("GET", f"{ME}/page"),
    ("GET", f"{ME}/messages/1/page"),
    ("GET", f"{ME}/messages/1/calendar"),
    ("GET", f"{ME}/files/x"),
    ("POST", f"{ME}/messages"),
    ("POST", f"{ME}/feedback"),
    ("POST", f"{ME}/telegram"),
    ("PUT", f"{ME}/ticks/x"),
    ("DELETE", f"{ME}/ticks/x"),
    ("DELETE", ME),
]


@pytest.mark.parametrize("secret", [*WRONG, "id", "hash"])
async def test_a_secret_that_is_none_opens_nothing(world: World, secret: object) -> None:
    lea = await world.person()
    given = {"id": lea.id, "hash": secrets.token_hex(32)}.get(str(secret), secret)
    bearer = b"Bearer " + (given if isinstance(given, bytes) else str(given).encode())
    for method, path in PRIVATE:
        body = {"text": "x", "seq": 1, "useful": True} if method == "POST" else None
        answer = await world.http.request(
            method, path, json=body, headers={b"Authorization": bearer, b"Idempotency-Key": b"k"}
        )
        assert answer.status_code == 401, (method, path)
        assert lea.token not in answer.text
    assert (await lea.get()).status_code == 200  # and hers is still hers


async def test_every_private_door_was_tried(world: World) -> None:
    listed = (await world.http.get("/openapi.json")).json()["paths"]
    about_me = {
        (method.upper(), path)
        for path, methods in listed.items()
        for method in methods
        if path.startswith(ME)
    }
    for method, path in about_me:
        answer = await world.http.request(method, path.replace("{", "").replace("}", ""))
        # Refused before anything is read, or for what is missing: never answered.
        assert answer.status_code in (401, 422), (method, path)
    assert len(about_me) >= len(PRIVATE)


async def test_one_persons_secret_opens_nothing_of_anothers(world: World) -> None:
    lea, case = await world.waiting_person()
    tom = await world.person()
    _, claire = await world.adviser()
    file_id = await _file_of(world, lea, case, claire)
    assert (await lea.get(f"files/{file_id}")).status_code == 200
    for path in (f"files/{file_id}", "messages/3/page", "messages/99/page"):
        assert (await tom.get(path)).status_code == 404, path
    assert (await tom.asks("POST", "feedback", seq=2, useful=True)).status_code == 404
    assert "quelqu’un" not in (await tom.get("export")).text
    plain = await world.client(cookies={"qve_conversation": tom.token})
    assert (await plain.get(f"/chat/formulaire/documents/{file_id}")).status_code == 404
    assert "quelqu’un" not in (await plain.get("/chat/formulaire")).text


async def test_a_secret_in_the_address_or_in_a_cookie_is_not_looked_at(world: World) -> None:
    lea = await world.person()
    stranger = await world.client(cookies={"qve_conversation": lea.token, "token": lea.token})
    for name in ("token", "access_token", "authorization", "conversation_id", "id"):
        answer = await stranger.get(f"{ME}/messages", params={name: lea.token})
        assert answer.status_code == 401


async def test_an_erased_conversations_secret_opens_nothing_more(world: World) -> None:
    lea = await world.person()
    assert (await world.http.delete(ME, headers=lea.bearer)).status_code == 204
    assert (await lea.get()).status_code == 401


@pytest.mark.parametrize("door", ["continue", "return"])
async def test_guessed_links_open_nothing(world: World, door: str) -> None:
    await world.person()
    for code in itertools.islice(_codes(), 50):
        answer = await world.http.post(f"{API}/{door}", json={"code": code})
        assert answer.status_code in (410, 422), code
        assert "token" not in answer.json()


async def test_for_an_adviser_of_another_institution_a_case_does_not_exist(world: World) -> None:
    _, case = await world.waiting_person()
    _, claire = await world.adviser()
    await claire.get(f"/desk/cases/{case}")
    await claire.post(f"/desk/cases/{case}/claim")
    for guessed in (0, -1, case + 1, 10**9, 2**31, "1 OR 1=1", "../1", "%00"):
        answer = await claire.get(f"/desk/cases/{guessed}")
        assert answer.status_code == 404, guessed


async def test_the_door_of_telegram_believes_nobody_without_its_secret(sqlite_url: str) -> None:
    service = service_on(
        sqlite_url, EchoEngine(), telegram_token="123456:planted-token-of-thirty-five-characters"
    )
    update = {"update_id": 1, "message": {"chat": {"id": 1, "type": "private"}, "text": "x"}}
    header = "X-Telegram-Bot-Api-Secret-Token"
    async with world_of(service) as world:
        for given in ("", "x", "0" * 64, "123456:planted-token-of-thirty-five-characters"):
            answer = await world.http.post(WEBHOOK, json=update, headers={header: given})
            assert answer.status_code == 401, given
        assert (await world.http.post(WEBHOOK, json=update)).status_code == 401
        assert (await world.http.get(WEBHOOK)).status_code in (404, 405)


async def test_the_desks_event_streams_are_not_for_strangers(world: World) -> None:
    _, case = await world.waiting_person()
    for path in ("/desk/events", f"/desk/cases/{case}/events"):
        answer = await world.http.get(path, headers={"Accept": "text/event-stream"})
        assert answer.status_code == 404


async def _file_of(world: World, lea: Writer, case: int, claire: Browser) -> str:
    await claire.get(f"/desk/cases/{case}")
    await claire.post(f"/desk/cases/{case}/claim")
    sent: httpx.Response = await world.http.post(
        f"{ME}/files",
        files={"file": ("relevé.pdf", PDF, "application/pdf")},
        headers={**lea.bearer, "Idempotency-Key": "a-file"},
    )
    assert sent.status_code == 201, sent.text
    return str(sent.json()["message"]["files"][0]["id"])


PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\nstartxref\n9\n%%EOF\n"


def _codes():  # type: ignore[no-untyped-def]
    while True:
        yield secrets.token_urlsafe(32)
        yield secrets.choice(["", "a" * 15, "a" * 65, "é" * 20, "../..", "\x00" * 20])
