"""A person's files at the HTTP door."""

import secrets

import httpx
import pytest_asyncio
from builders import EchoEngine, handing_over, service_on
from web_client import ME, Writer, assert_problem, web, writer

from bot.wiring import Service

PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\nstartxref\n9\n%%EOF\n"


@pytest_asyncio.fixture
async def service(sqlite_url: str):  # type: ignore[no-untyped-def]
    service = service_on(sqlite_url, EchoEngine(handing_over()))
    yield service
    await service.database.close()


async def send(lea: Writer, content: bytes, name: str = "relevé.pdf") -> httpx.Response:
    headers = {**lea.bearer, "Idempotency-Key": secrets.token_hex(8)}
    return await lea.http.post(f"{ME}/files", files={"file": (name, content)}, headers=headers)


async def helped(service: Service, http: httpx.AsyncClient) -> Writer:
    lea = await writer(http)
    await lea.send("je veux parler à quelqu'un")
    adviser = await service.accounts.add(
        email="c@cegep.example", display_name="Claire L.", role="adviser", institution=None
    )
    assert adviser is not None
    await service.work.claim(1, adviser)
    return lea


async def test_a_file_goes_to_the_adviser_and_is_downloaded_never_shown(service: Service) -> None:
    async with web(service) as http:
        lea = await helped(service, http)
        sent = await send(lea, PDF)
        assert sent.status_code == 201, sent.text
        [file] = sent.json()["message"]["files"]
        assert (file["name"], file["media_type"], file["size"]) == (
            "relevé.pdf", "application/pdf", len(PDF),
        )  # fmt: skip
        page = (await lea.get()).json()
        assert page["messages"][-1]["files"] == [file]
        got = await lea.get(f"files/{file['id']}")
        assert got.content == PDF
        assert got.headers["content-disposition"].startswith("attachment; filename*=UTF-8''relev")
        assert got.headers["x-content-type-options"] == "nosniff"
        assert "sandbox" in got.headers["content-security-policy"]
        stranger = await writer(http)
        assert_problem(await stranger.get(f"files/{file['id']}"), 404)


async def test_each_refusal_says_why(service: Service) -> None:
    async with web(service) as http:
        alone = await writer(http)
        assert_problem(await send(alone, PDF), 409, says="personne conseillère")
        assert_problem(await send(alone, b"MZ"), 422, says="PDF")
        assert_problem(await send(alone, b"%PDF" + b"x" * 5_300_000), 413)
        no_key = await http.post(f"{ME}/files", files={"file": PDF}, headers=alone.bearer)
        assert_problem(no_key, 400)
        assert_problem(await http.post(f"{ME}/files", files={"file": PDF}), 401)


async def test_elsewhere_a_body_is_still_cut_at_64_kB(service: Service) -> None:
    async with web(service) as http:
        lea = await writer(http)
        assert_problem(await lea.send("x" * 70_000), 413)
