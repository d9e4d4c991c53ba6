"""Every door, tried in every role; what responses carry; forged forms."""

from datetime import timedelta

import httpx
import pytest
from desk_bench import PASSWORD, URL, Bench, Browser
from fastapi.routing import APIRoute

from bot.conversation.conversations import hash_token
from bot.desk.entering.access import case_in_reach
from bot.desk.routes import desk_router

pytestmark = pytest.mark.asyncio

SIGN_IN = "→ sign-in"
STREAM = "stream"  # an endless answer: only refusals are asked for here
STRANGER, ELSEWHERE, ADVISER, COORDINATOR, ADMINISTRATOR = range(5)
ROLES = {
    "a stranger": STRANGER,
    "an adviser of another institution": ELSEWHERE,
    "an adviser of the institution": ADVISER,
    "a coordinator": COORDINATOR,
    "an administrator": ADMINISTRATOR,
}


def all_advisers(stranger: object, adviser: object) -> tuple[object, ...]:
    return (stranger, adviser, adviser, adviser, adviser)


def of_a_case(stranger: object, adviser: object) -> tuple[object, ...]:
    """The case is of one institution: for another's advisers it does not exist."""
    return (stranger, 404, adviser, adviser, adviser)


def coordinators(stranger: object, coordinator: object) -> tuple[object, ...]:
    return (stranger, 404, 404, coordinator, coordinator)


def administrators(stranger: object, administrator: object) -> tuple[object, ...]:
    return (stranger, 404, 404, 404, administrator)


DOORS: dict[tuple[str, str], tuple[object, ...]] = {
    # door: what each of ROLES gets, in their order
    ("GET", ""): all_advisers(303, 303),
    ("GET", "/"): all_advisers(SIGN_IN, 200),
    ("GET", "/queue"): all_advisers(SIGN_IN, 200),
    ("GET", "/counts"): all_advisers(SIGN_IN, 200),
    ("GET", "/events"): all_advisers(SIGN_IN, STREAM),
    ("GET", "/cases/{case_id}"): of_a_case(SIGN_IN, 200),
    ("GET", "/cases/{case_id}/news"): of_a_case(SIGN_IN, 200),
    ("GET", "/cases/{case_id}/events"): of_a_case(SIGN_IN, STREAM),
    ("GET", "/knowledge"): all_advisers(SIGN_IN, 200),
    ("GET", "/knowledge/freshness"): all_advisers(SIGN_IN, 200),
    ("GET", "/knowledge/{theme}"): all_advisers(SIGN_IN, 200),
    ("GET", "/knowledge/{theme}/{topic}"): all_advisers(SIGN_IN, 200),
    ("GET", "/suggestions"): all_advisers(SIGN_IN, 200),
    ("GET", "/dashboard"): coordinators(SIGN_IN, 200),
    ("GET", "/dashboard/figures.csv"): coordinators(SIGN_IN, 200),
    ("GET", "/cases/{case_id}/person"): coordinators(SIGN_IN, 200),
    ("POST", "/cases/{case_id}/person/export"): coordinators(404, 422),
    ("POST", "/cases/{case_id}/person/erase"): coordinators(404, 422),
    ("GET", "/log"): coordinators(SIGN_IN, 200),
    ("GET", "/accounts"): administrators(SIGN_IN, 200),
    ("GET", "/accounts/{account_id}"): administrators(SIGN_IN, 200),
    ("POST", "/accounts"): administrators(404, 422),
    ("POST", "/accounts/{account_id}/change"): administrators(404, 422),
    ("POST", "/accounts/{account_id}/invite"): administrators(404, 200),
    ("POST", "/accounts/{account_id}/disable"): administrators(404, 303),
    ("POST", "/accounts/{account_id}/enable"): administrators(404, 303),
    ("POST", "/accounts/{account_id}/second-factor"): administrators(404, 303),
    ("POST", "/accounts/{account_id}/identity"): administrators(404, 303),
    ("POST", "/accounts/{account_id}/sessions"): administrators(404, 303),
    ("GET", "/rota"): all_advisers(SIGN_IN, 200),
    ("POST", "/rota/weekly"): coordinators(404, 422),
    ("POST", "/rota/weekly/remove"): coordinators(404, 422),
    ("POST", "/rota/exceptions"): coordinators(404, 422),
    ("POST", "/rota/exceptions/remove"): coordinators(404, 303),
    ("POST", "/rota/away"): coordinators(404, 422),
    ("POST", "/rota/back"): coordinators(404, 303),
    ("GET", "/settings"): coordinators(SIGN_IN, 200),
    ("POST", "/settings/hours"): coordinators(404, 422),
    ("POST", "/settings/hours/forget"): coordinators(404, 303),
    ("POST", "/settings/closures"): coordinators(404, 422),
    ("POST", "/settings/closures/remove"): coordinators(404, 303),
    ("POST", "/settings/values"): administrators(404, 422),
    ("POST", "/settings/values/forget"): administrators(404, 303),
    ("POST", "/settings/pauses"): administrators(404, 422),
    ("POST", "/settings/pauses/resume"): administrators(404, 422),
    ("POST", "/me/away"): all_advisers(404, 422),
    ("POST", "/me/back"): all_advisers(404, 303),
    ("GET", "/me"): all_advisers(SIGN_IN, 200),
    ("GET", "/me/second-factor"): all_advisers(SIGN_IN, 200),
    ("POST", "/me/password"): all_advisers(404, 422),
    ("POST", "/me/second-factor"): all_advisers(404, 422),
    ("POST", "/me/second-factor/remove"): (404, 422, 422, 409, 409),
    ("POST", "/me/recovery-codes"): all_advisers(404, 422),
    ("POST", "/me/sessions/revoke"): all_advisers(404, 303),
    ("POST", "/me/sessions/revoke-others"): all_advisers(404, 303),
    ("GET", "/second-factor"): all_advisers(SIGN_IN, 303),
    ("POST", "/second-factor"): all_advisers(404, SIGN_IN),
    ("POST", "/second-factor/set-up"): all_advisers(404, SIGN_IN),
    # no identity provider here: see test_identity_page
    ("GET", "/openid"): all_advisers(404, 404),
    ("GET", "/openid/back"): all_advisers(404, 404),
    ("GET", "/sign-in"): all_advisers(200, 303),
    ("GET", "/invitation/{token}"): all_advisers(404, 404),
    ("GET", "/static/{name}"): all_advisers(200, 200),
    ("POST", "/cases/{case_id}/claim"): of_a_case(404, 303),
    ("POST", "/cases/{case_id}/release"): of_a_case(404, 409),
    ("POST", "/cases/{case_id}/give-back"): of_a_case(404, 409),
    ("POST", "/cases/{case_id}/close"): of_a_case(404, 409),
    ("POST", "/cases/{case_id}/answer"): of_a_case(404, 409),
    ("GET", "/cases/{case_id}/notes"): of_a_case(SIGN_IN, 200),
    ("GET", "/cases/{case_id}/to-insert"): of_a_case(SIGN_IN, 200),
    ("POST", "/cases/{case_id}/draft"): of_a_case(404, 204),
    ("POST", "/cases/{case_id}/take-back"): of_a_case(404, 409),
    ("POST", "/cases/{case_id}/notes"): of_a_case(404, 303),
    ("GET", "/cases/{case_id}/messages/{seq}/teach"): of_a_case(SIGN_IN, 200),
    ("POST", "/cases/{case_id}/messages/{seq}/teach"): of_a_case(404, 422),
    ("POST", "/cases/{case_id}/messages/{seq}/untaught"): of_a_case(404, 409),
    ("POST", "/cases/{case_id}/tags"): of_a_case(404, 303),
    ("POST", "/cases/{case_id}/tags/remove"): of_a_case(404, 303),
    ("GET", "/replies"): all_advisers(SIGN_IN, 200),
    ("POST", "/replies"): all_advisers(404, 422),
    ("POST", "/replies/{reply_id}/forget"): all_advisers(404, 404),
    ("POST", "/cases/{case_id}/reopen"): of_a_case(404, 409),
    ("POST", "/cases/{case_id}/transfer"): of_a_case(404, 422),
    ("POST", "/cases/{case_id}/snooze"): of_a_case(404, 422),
    ("POST", "/cases/{case_id}/typing"): of_a_case(404, 204),
    ("GET", "/cases/{case_id}/files/{file_id}"): of_a_case(SIGN_IN, 404),
    ("POST", "/cases/{case_id}/files"): of_a_case(404, 400),
    ("POST", "/cases/{case_id}/files/{file_id}/discard"): of_a_case(404, 303),
    ("POST", "/suggestions/{suggestion_id}/accept"): all_advisers(404, 422),
    ("POST", "/suggestions/{suggestion_id}/missing"): all_advisers(404, 409),
    ("POST", "/suggestions/{suggestion_id}/dismiss"): all_advisers(404, 409),
    ("POST", "/suggestions/{suggestion_id}/undo"): all_advisers(404, 409),
    ("POST", "/sign-in"): all_advisers(403, 401),
    ("POST", "/sign-out"): all_advisers(404, 303),
    ("POST", "/invitation/{token}"): all_advisers(403, 404),
}
for method in ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"):
    DOORS[method, "/{path:path}"] = all_advisers(404, 404)
FOR_STRANGERS = ("/sign-in", "/invitation/{token}")
"""Forms that are bound to a stranger's cookie, not to a session."""


def address(path: str, case_id: int, account_id: int = 1) -> str:
    filled = path.replace("{path:path}", "{path}").format(
        case_id=case_id,
        theme="caq",
        topic="fee",
        seq=3,  # the assistant's answer to the first question
        account_id=account_id,
        suggestion_id=1,
        reply_id=1,
        file_id="x",
        token="x" * 43,
        name="desk.css",
        path="nothing/there",
    )
    return f"/desk{filled}"


def seen(response: httpx.Response) -> object:
    to_sign_in = response.headers.get("location", "").startswith("/desk/sign-in?")
    return SIGN_IN if to_sign_in else response.status_code


async def visitor(bench: Bench, role: int) -> Browser:
    match role:
        case 0:
            return bench.browser()
        case 1:
            _, browser = await bench.adviser("Paul R.", institution="laval")
        case 2:
            _, browser = await bench.adviser("Claire L.", institution="limoilou")
        case 3:
            _, browser = await bench.adviser("Nadia B.", role="coordinator")
        case _:
            _, browser = await bench.adviser("Anne G.", role="administrator")
    return browser


async def knocks(
    bench: Bench, browser: Browser, method: str, path: str, case_id: int, account_id: int
) -> httpx.Response:
    """Ask for a page, or send a form as its page would."""
    headers = {"accept": "text/html"}
    where = address(path, case_id, account_id)
    if method != "POST":
        return await browser.http.request(method, where, headers=headers)
    signed = "qve_desk" in browser.http.cookies
    if path in FOR_STRANGERS and signed:
        browser = bench.browser()
        await browser.get("/desk/sign-in")
        return await browser.post(where, password=PASSWORD)
    if signed:
        await browser.get("/desk/suggestions")
    token = browser.hidden().get("form_token", "")
    data = {"form_token": token, "text": "Bonjour", "key": "a key of its own"}
    return await browser.http.post(where, data=data, headers=headers)


async def test_every_door_is_in_the_table(bench: Bench) -> None:
    doors = {
        (method, route.path.removeprefix("/desk"))
        for route in desk_router(bench.desk).routes
        if isinstance(route, APIRoute)
        for method in route.methods
    }
    assert doors == set(DOORS)


@pytest.mark.parametrize("role", ROLES)
async def test_each_door_opens_for_whom_the_table_says(bench: Bench, role: str) -> None:
    """All doors in one test, a case of its own behind each: what differs is shown together."""
    column = ROLES[role]
    browser = await visitor(bench, column)
    expected, found = {}, {}
    for (method, path), row in DOORS.items():
        if row[column] is STREAM:
            continue
        case_id = await bench.open_case(institution="limoilou")
        invited = await bench.invitation(f"{case_id}@univ.example", f"Compte {case_id}")
        account_id = invited.adviser.id
        response = await knocks(bench, browser, method, path, case_id, account_id)
        expected[method, path], found[method, path] = row[column], seen(response)
        if row[column] in (404, SIGN_IN):
            assert "Léa" not in response.text, path
        if path == "/sign-out" and column != STRANGER:
            browser = await signed_in_anew(bench, browser, column)
    assert found == expected
    assert len(found) > 25


async def signed_in_anew(bench: Bench, browser: Browser, column: int) -> Browser:
    """The same account, in a session opened without the door."""
    adviser = await bench.accounts.by_email(bench.last_email)
    assert adviser is not None
    until = bench.clock() + timedelta(hours=1)
    await bench.accounts.open_session(adviser.id, hash_token("anew"), bench.clock(), until)
    browser.http.cookies.set("qve_desk", "anew", domain="desk.test", path="/desk")
    return browser


async def test_a_door_of_a_case_that_nobody_guards_would_be_seen(bench: Bench) -> None:
    """Every address with a case in it is guarded by the router itself, not by each function."""
    guarded = [
        route
        for route in desk_router(bench.desk).routes
        if isinstance(route, APIRoute) and "{case_id}" in route.path
    ]
    assert len(guarded) > 7
    for route in guarded:
        assert case_in_reach in [each.call for each in route.dependant.dependencies], route.path


async def test_the_queue_and_its_counts_show_only_what_is_within_reach(bench: Bench) -> None:
    await bench.open_case(first_name="Léa", institution="limoilou")
    await bench.open_case(first_name="Marc", institution="laval")
    await bench.open_case(first_name="Inès", institution=None)
    shown = {
        "Claire L.": ("adviser", "limoilou", {"Léa", "Inès"}),
        "Paul R.": ("adviser", "laval", {"Marc", "Inès"}),
        "Sam T.": ("adviser", None, {"Inès"}),
        "Nadia B.": ("coordinator", None, {"Léa", "Marc", "Inès"}),
    }
    for name, (role, institution, expected) in shown.items():
        adviser, browser = await bench.adviser(name, role=role, institution=institution)
        queue = (await browser.get("/desk/")).text
        assert {each for each in ("Léa", "Marc", "Inès") if f">{each}<" in queue} == expected
        assert (await bench.cases.counts(adviser))["waiting"] == len(expected)


async def test_who_was_given_a_case_keeps_it_though_it_is_another_institution_s(
    bench: Bench,
) -> None:
    case_id = await bench.open_case(institution=None)
    _, claire = await bench.adviser("Claire L.", institution="limoilou")
    await claire.get("/desk/")
    await claire.post(f"/desk/cases/{case_id}/claim")
    await bench.name_institution(case_id, "laval")
    assert (await claire.get(f"/desk/cases/{case_id}")).status_code == 200


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
    pages = ("", f"cases/{case_id}", "suggestions", "rota", "me", "nothing")
    for path in (f"/desk/{each}" for each in pages):
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
