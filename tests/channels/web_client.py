"""The whole application, and a person who uses its HTTP door as the widget does."""

import json
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import httpx

from bot.wiring import Service, build_app

API = "/api/conversations"
ME = f"{API}/me"
PROBLEM = "application/problem+json"


@dataclass
class Writer:
    """Somebody with a conversation open: their browser knows the secret."""

    http: httpx.AsyncClient
    id: str
    token: str

    @property
    def bearer(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"}

    async def send(self, text: object, *, key: str | None = None, **more: Any) -> httpx.Response:
        headers = {
            **self.bearer,
            "Idempotency-Key": key or secrets.token_hex(8),
            "Content-Type": "application/json",
        }
        body = json.dumps({"text": text, **more})  # as ASCII: half a pair of surrogates passes
        return await self.http.post(f"{ME}/messages", content=body, headers=headers)

    async def get(self, path: str = "messages", **params: int) -> httpx.Response:
        return await self.http.get(f"{ME}/{path}", params=params, headers=self.bearer)

    async def asks(self, method: str, path: str, **body: object) -> httpx.Response:
        json_body = body or None
        return await self.http.request(method, f"{ME}/{path}", json=json_body, headers=self.bearer)

    async def thread(self) -> list[tuple[str, str]]:
        """Who said what, after the notice."""
        page = (await self.get(after=1)).json()
        return [(message["author"], message["text"]) for message in page["messages"]]


async def writer(http: httpx.AsyncClient, **asked: object) -> Writer:
    response = await http.post(API, json=asked)
    assert response.status_code == 201, response.text
    started = response.json()
    return Writer(http, started["id"], started["token"])


@asynccontextmanager
async def web(service: Service) -> AsyncIterator[httpx.AsyncClient]:
    """A failure inside the application comes out as its answer, as in front of a real server."""
    transport = httpx.ASGITransport(build_app(service), raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://qve.test") as http:
        yield http


def assert_problem(response: httpx.Response, status: int, *, says: str = "") -> None:
    """The one shape of every refusal, with a sentence for the person."""
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == PROBLEM
    problem = response.json()
    assert set(problem) == {"type", "title", "status", "detail"}
    assert (problem["type"], problem["status"]) == ("about:blank", status)
    assert problem["title"]
    assert says in problem["detail"]
    assert len(problem["detail"]) > 10
