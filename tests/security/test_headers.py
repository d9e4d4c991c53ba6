"""Every door answers with strict headers, whatever it answers; what is personal is kept nowhere."""

from collections.abc import Iterator

import httpx
import pytest
from builders import EchoEngine, service_on
from fastapi.routing import APIRoute
from starlette.routing import BaseRoute
from world import World, world_of

from bot.channels.pages import STATIC

STRICT = {
    "x-content-type-options": {"nosniff"},
    "referrer-policy": {"same-origin", "strict-origin-when-cross-origin", "no-referrer"},
    "cross-origin-opener-policy": {"same-origin"},
    "cross-origin-resource-policy": {"same-origin"},
}
UNSAFE = ("unsafe-inline", "unsafe-eval", "*", "http:")
STREAM = "/events"
OUTSIDE = [
    "/..%2f..%2fsettings.py",
    "/%2e%2e/settings.py",
    "/....//x",
    "/desk/static/..%2faccess.py",
    "/desk/static/%2e%2e%2faccess.py",
    "/static/../../settings.py",
    "/\\..\\settings.py",
    "/%00",
]


def doors(world: World) -> Iterator[tuple[str, str]]:
    def within(routes: list[BaseRoute]) -> Iterator[tuple[str, str]]:
        for route in routes:
            if (included := getattr(route, "original_router", None)) is not None:
                yield from within(included.routes)
            if isinstance(route, APIRoute):
                for method in route.methods:
                    yield method, route.path

    yield from within(world.app.routes)
    yield "GET", "/openapi.json"
    yield "GET", "/nothing/of/the/kind"
    yield "BREW", "/api/conversations"


def files() -> Iterator[str]:
    for file in STATIC.rglob("*"):
        if file.is_file():
            yield f"/{file.relative_to(STATIC)}"


def weaknesses(response: httpx.Response, *, of_the_widget: bool = False) -> list[str]:
    expected = dict(STRICT)
    if of_the_widget:  # it stands on the pages of others
        expected["cross-origin-resource-policy"] = {"cross-origin"}
    weak = [
        f"{name}: {response.headers.get(name)}"
        for name, allowed in expected.items()
        if response.headers.get(name) not in allowed
    ]
    policy = response.headers.get("content-security-policy", "")
    directives = {part.split()[0]: part.split()[1:] for part in policy.split(";") if part.split()}
    for name in ("default-src", "base-uri", "form-action", "frame-ancestors"):
        if name not in directives and "sandbox" not in directives:
            weak.append(f"no {name} in « {policy} »")
    weak += [f"{name} {value}" for name, given in directives.items() for value in given
             if value.strip("'") in UNSAFE]  # fmt: skip
    if "server" in response.headers or "x-powered-by" in response.headers:
        weak.append("says what it is made of")
    return weak


async def test_every_door_and_every_file_answers_with_strict_headers(world: World) -> None:
    walked = 0
    weak: dict[tuple[str, str], list[str]] = {}
    for method, path in doors(world):
        if path.endswith(STREAM):
            continue  # refused here, since nobody is signed in; see below
        response = await world.http.request(method, _filled(path))
        walked += 1
        if found := weaknesses(response):
            weak[method, path] = found
    for path in files():
        response = await world.http.get(path)
        assert response.status_code == 200, path
        walked += 1
        if found := weaknesses(response, of_the_widget=True):
            weak["GET", path] = found
    assert weak == {}
    assert walked > 110  # the walk saw them


async def test_what_a_person_or_an_adviser_reads_is_not_kept_by_a_browser(world: World) -> None:
    person, case = await world.waiting_person()
    _, browser = await world.adviser()
    pages = [await person.get(path) for path in ("messages", "export", "page")]
    pages += [await browser.get(path) for path in ("/desk/", f"/desk/cases/{case}", "/desk/me")]
    pages.append(await world.http.get("/chat/formulaire"))
    for page in pages:
        assert page.status_code == 200, page.url
        assert "no-store" in page.headers["cache-control"], page.url
        assert weaknesses(page) == [], page.url


async def test_over_https_the_browser_is_told_to_stay_there_and_cookies_with_it(
    sqlite_url: str,
) -> None:
    service = service_on(sqlite_url, EchoEngine(), public_url="https://qve.test")
    async with world_of(service) as world:
        for path in ("/", "/desk/sign-in", "/api/conversations", "/healthz"):
            answer = await world.http.get(path)
            assert answer.headers["strict-transport-security"] == "max-age=31536000", path
        cookie = (await world.http.get("/desk/sign-in")).headers["set-cookie"]
        assert {"Secure", "HttpOnly"} <= {part.strip() for part in cookie.split(";")}
        assert "samesite=lax" in cookie.lower()


async def test_without_https_nothing_promises_it(world: World) -> None:
    assert "strict-transport-security" not in (await world.http.get("/")).headers


def test_a_weak_answer_would_be_seen() -> None:
    weak = weaknesses(
        httpx.Response(200, headers={"content-security-policy": "default-src 'unsafe-inline'"})
    )
    assert any("unsafe-inline" in each for each in weak)
    assert any("nosniff" not in each and "x-content-type" in each for each in weak)


@pytest.mark.parametrize("path", OUTSIDE)
async def test_no_path_leads_out_of_the_public_folder(world: World, path: str) -> None:
    answer = await world.http.get(path)
    assert answer.status_code == 404
    assert "class Settings" not in answer.text


def _filled(path: str) -> str:
    for name, value in (
        *(("case_id", "1"), ("account_id", "1"), ("suggestion_id", "1"), ("reply_id", "1")),
        *(("seq", "1"), ("file_id", "x"), ("token", "x"), ("name", "desk.css"), ("item", "x")),
        ("path", "x"),
    ):
        path = path.replace(f"{{{name}}}", value).replace(f"{{{name}:path}}", value)
    return path.replace("{", "").replace("}", "")
