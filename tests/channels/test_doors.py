"""Every door of the application: what is listed, what is served, with which headers."""

import httpx
import pytest
from builders import service_on
from web_client import API, ME, Writer, web

SAFE = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "strict-origin-when-cross-origin",
    "cross-origin-opener-policy": "same-origin",
}
DOORS = {
    (API, "post"),
    (f"{ME}/messages", "post"),
    (f"{ME}/messages", "get"),
    (f"{ME}/events", "get"),
    (f"{ME}/feedback", "post"),
    (f"{ME}/files", "post"),
    (f"{ME}/files/{{file_id}}", "get"),
    (f"{ME}/messages/{{seq}}/calendar", "get"),
    (f"{ME}/messages/{{seq}}/page", "get"),
    (f"{ME}/page", "get"),
    (f"{ME}/ticks/{{item}}", "put"),
    (f"{ME}/ticks/{{item}}", "delete"),
    (f"{ME}/export", "get"),
    (f"{ME}/telegram", "post"),
    (f"{API}/continue", "post"),
    (f"{API}/return", "post"),
    (f"{ME}/copies", "post"),
    (f"{ME}/notifications", "get"),
    (f"{ME}/notifications/{{device_id}}", "put"),
    (f"{ME}/notifications/{{device_id}}", "delete"),
    (ME, "delete"),
}


async def test_the_doors_of_the_api_are_those_of_the_contract(http: httpx.AsyncClient) -> None:
    described = (await http.get("/openapi.json")).json()
    listed = {
        (path, method)
        for path, methods in described["paths"].items()
        for method in methods
        if path.startswith("/api/")
    }
    assert listed == DOORS


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/", "text/html"),
        ("/widget.js", "javascript"),
        ("/chat", "text/html"),
        ("/chat/formulaire", "text/html"),
        ("/vie-privee", "text/html"),
        ("/confidentialite", "text/html"),
        ("/chat.webmanifest", "application/manifest+json"),
        ("/chat-sw.js", "javascript"),
        ("/integrer", "text/html"),
        ("/accessibilite", "text/html"),
        ("/healthz", "application/json"),
        ("/readyz", "application/json"),
        ("/openapi.json", "application/json"),
    ],
)
async def test_what_is_public_is_served(http: httpx.AsyncClient, path: str, kind: str) -> None:
    response = await http.get(path)
    assert response.status_code == 200
    assert kind in response.headers["content-type"]


async def test_the_page_loads_the_widget(http: httpx.AsyncClient) -> None:
    page = (await http.get("/")).text
    assert "widget.js" in page
    assert '<html lang="fr' in page


async def test_the_desk_is_closed_to_who_has_not_signed_in(http: httpx.AsyncClient) -> None:
    http.headers["Accept"] = "text/html"
    shown = await http.get("/desk", follow_redirects=True)
    assert shown.url.path == "/desk/sign-in"
    assert 'type="password"' in shown.text


@pytest.mark.parametrize("path", ["/", "/widget.js", "/healthz", "/openapi.json", "/nothing", API])
async def test_every_answer_carries_the_safe_headers(http: httpx.AsyncClient, path: str) -> None:
    response = await http.get(path)
    assert {name: response.headers.get(name) for name in SAFE} == SAFE


async def test_even_a_refusal_of_the_armour_carries_the_safe_headers(lea: Writer) -> None:
    response = await lea.send("a" * 100_000)
    assert response.status_code == 413
    assert {name: response.headers.get(name) for name in SAFE} == SAFE


async def test_the_page_lets_no_foreign_script_in(http: httpx.AsyncClient) -> None:
    policy = (await http.get("/")).headers["content-security-policy"]
    assert "default-src 'self'" in policy
    assert "object-src 'none'" in policy
    assert "unsafe-inline" not in policy


async def test_the_service_is_not_ready_when_its_database_is_not(sqlite_url: str) -> None:
    service = service_on(f"{sqlite_url}.without-tables")
    async with web(service) as http:
        response = await http.get("/readyz")
        assert (response.status_code, response.json()["ready"]) == (503, False)
        assert (await http.get("/healthz")).status_code == 200
    await service.database.close()
