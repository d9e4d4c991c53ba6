"""Every door, tried by a stranger and an adviser; what responses carry; forged forms."""

import pytest
from desk_bench import PASSWORD, URL, Bench
from fastapi.routing import APIRoute

from bot.desk.routes import desk_router

pytestmark = pytest.mark.asyncio

SIGN_IN = "→ sign-in"
STREAM = "stream"  # an endless answer: only refusals are asked for here
DOORS: dict[tuple[str, str], tuple[object, object]] = {
    # door: (stranger asking for a page, adviser)
    ("GET", ""): (303, 303),
    ("GET", "/"): (SIGN_IN, 200),
    ("GET", "/queue"): (SIGN_IN, 200),
    ("GET", "/counts"): (SIGN_IN, 200),
    ("GET", "/events"): (SIGN_IN, STREAM),
    ("GET", "/cases/{case_id}"): (SIGN_IN, 200),
    ("GET", "/cases/{case_id}/news"): (SIGN_IN, 200),
    ("GET", "/cases/{case_id}/events"): (SIGN_IN, STREAM),
    ("GET", "/knowledge"): (SIGN_IN, 200),
    ("GET", "/suggestions"): (SIGN_IN, 200),
    ("GET", "/sign-in"): (200, 303),
    ("GET", "/invitation/{token}"): (404, 404),
    ("GET", "/static/{name}"): (200, 200),
    ("POST", "/cases/{case_id}/claim"): (404, 303),
    ("POST", "/cases/{case_id}/release"): (404, 409),
    ("POST", "/cases/{case_id}/give-back"): (404, 409),
    ("POST", "/cases/{case_id}/close"): (404, 409),
    ("POST", "/cases/{case_id}/answer"): (404, 409),
    ("POST", "/suggestions/{suggestion_id}/accept"): (404, 422),
    ("POST", "/suggestions/{suggestion_id}/missing"): (404, 409),
    ("POST", "/suggestions/{suggestion_id}/dismiss"): (404, 409),
    ("POST", "/suggestions/{suggestion_id}/undo"): (404, 409),
    ("POST", "/sign-in"): (403, 401),
    ("POST", "/sign-out"): (404, 303),
    ("POST", "/invitation/{token}"): (403, 404),
}
for method in ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"):
    DOORS[method, "/{path:path}"] = (404, 404)


def address(path: str, case_id: int) -> str:
    filled = path.format(
        case_id=case_id, suggestion_id=1, token="x" * 43, name="desk.css", path="nothing/there"
    )
    return f"/desk{filled}"


def seen(response_status: int, location: str | None) -> object:
    return SIGN_IN if location and location.startswith("/desk/sign-in?") else response_status


async def test_every_door_is_in_the_table(bench: Bench) -> None:
    doors = {
        (method, route.path.removeprefix("/desk"))
        for route in desk_router(bench.desk).routes
        if isinstance(route, APIRoute)
        for method in route.methods
    }
    assert doors == set(DOORS)


@pytest.mark.parametrize(("method", "path"), sorted(DOORS))
async def test_a_stranger_is_sent_to_sign_in_or_finds_nothing(
    bench: Bench, method: str, path: str
) -> None:
    case_id = await bench.open_case()
    where = address(path.replace("{path:path}", "{path}"), case_id)
    response = await bench.browser().http.request(method, where, headers={"accept": "text/html"})
    expected, _ = DOORS[method, path]
    assert seen(response.status_code, response.headers.get("location")) == expected
    assert "Léa" not in response.text


@pytest.mark.parametrize(("method", "path"), sorted(DOORS))
async def test_an_adviser_enters(bench: Bench, method: str, path: str) -> None:
    _, expected = DOORS[method, path]
    if expected is STREAM:
        return
    case_id = await bench.open_case()
    _, browser = await bench.adviser()
    await browser.get("/desk/sign-in" if path == "/sign-in" else "/desk/")
    where = address(path.replace("{path:path}", "{path}"), case_id)
    token = browser.hidden().get("form_token", "")
    data = (
        {"form_token": token, "text": "Bonjour", "key": "a key of its own"}
        if method == "POST"
        else None
    )
    if path in ("/sign-in", "/invitation/{token}") and method == "POST":
        await (stranger := bench.browser()).get("/desk/sign-in")
        response = await stranger.post(where, password=PASSWORD)
    else:
        response = await browser.http.request(method, where, data=data)
    assert response.status_code == expected


@pytest.mark.parametrize("path", ["/cases/1/news", "/cases/1", "/queue", "/events"])
async def test_a_stranger_s_fragment_or_stream_does_not_exist(bench: Bench, path: str) -> None:
    browser = bench.browser()
    fragment = await browser.get(f"/desk{path}", htmx=True)
    assert (fragment.status_code, fragment.headers["hx-refresh"]) == (404, "true")
    stream = await browser.http.get(f"/desk{path}", headers={"accept": "text/event-stream"})
    assert stream.status_code == 404


@pytest.mark.parametrize("case_id", ["99", "0", "-1", "abc", str(2**63), "1.5"])
@pytest.mark.parametrize("suffix", ["", "/news", "/events"])
async def test_an_unknown_case_is_not_found(bench: Bench, case_id: str, suffix: str) -> None:
    _, browser = await bench.adviser()
    assert (await browser.get(f"/desk/cases/{case_id}{suffix}")).status_code == 404


@pytest.mark.parametrize("path", ["/", "/cases/1", "/sign-in", "/nothing", "/static/desk.css"])
async def test_every_response_carries_the_strict_headers(bench: Bench, path: str) -> None:
    await bench.open_case()
    _, browser = await bench.adviser()
    response = await browser.get(f"/desk{path}")
    policy = response.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert response.headers["x-content-type-options"] == "nosniff"
    assert response.headers["referrer-policy"] == "same-origin"
    personal = not path.startswith("/static")
    assert (response.headers["cache-control"] == "no-store") == personal


async def test_no_page_has_inline_script_or_style(bench: Bench) -> None:
    case_id = await bench.open_case()
    _, browser = await bench.adviser()
    for path in ("/desk/", f"/desk/cases/{case_id}", "/desk/suggestions", "/desk/nothing"):
        page = (await browser.get(path)).text
        assert "<style" not in page
        assert " style=" not in page
        assert " onclick=" not in page
        assert page.count("<script") == page.count("<script src=")


@pytest.mark.parametrize("token", [None, "", "0" * 64, "é"])
async def test_a_form_without_its_token_is_refused(bench: Bench, token: str | None) -> None:
    case_id = await bench.open_case()
    _, browser = await bench.adviser()
    data = {} if token is None else {"form_token": token}
    response = await browser.http.post(f"/desk/cases/{case_id}/claim", data=data)
    assert response.status_code == 403
    assert (await bench.cases.find(case_id)).case.adviser is None  # type: ignore[union-attr]


async def test_another_adviser_s_token_is_refused(bench: Bench) -> None:
    case_id = await bench.open_case()
    _, claire = await bench.adviser("Claire L.")
    _, marc = await bench.adviser("Marc T.")
    await marc.get("/desk/")
    response = await claire.http.post(f"/desk/cases/{case_id}/claim", data=marc.hidden())
    assert response.status_code == 403


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ({"sec-fetch-site": "cross-site"}, 403),
        ({"sec-fetch-site": "same-site"}, 403),
        ({"sec-fetch-site": "none"}, 403),
        ({"sec-fetch-site": "same-origin"}, 303),
        ({"origin": "https://evil.example"}, 403),
        ({"origin": "null"}, 403),
        ({"origin": URL}, 303),
        ({}, 303),
    ],
)
async def test_a_form_sent_from_another_site_is_refused_though_its_token_is_right(
    bench: Bench, headers: dict[str, str], expected: int
) -> None:
    case_id = await bench.open_case()
    _, browser = await bench.adviser()
    await browser.get("/desk/")
    response = await browser.post(f"/desk/cases/{case_id}/claim", headers=headers)
    assert response.status_code == expected


async def test_a_huge_form_is_not_read(bench: Bench) -> None:
    browser = bench.browser()
    response = await browser.http.post("/desk/sign-in", data={"email": "x" * 300_000})
    assert response.status_code == 413


async def test_static_files_are_those_of_the_list_only(bench: Bench) -> None:
    browser = bench.browser()
    for name in ("README.md", "..%2fpages.py", "desk.css%00"):
        assert (await browser.get(f"/desk/static/{name}")).status_code == 404
    page = await browser.get("/desk/sign-in")
    link = page.text.split('rel="stylesheet" href="')[1].split('"')[0]
    assert "immutable" in (await browser.get(link)).headers["cache-control"]
