"""Each page of the desk, found by walking its doors, for who needs it larger, darker or read aloud.

A new page is looked at as soon as it has a door; a door that needs something behind it is told here
what to be filled with.
"""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any, cast

import pytest
from fastapi.routing import APIRoute
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import insert

from bot.desk.entering.invitations import Invitation, invite_again
from bot.desk.needs import Desk
from bot.desk.routes import desk_router
from bot.handover.case import Adviser
from bot.handover.writing import SharedReply
from bot.storage.adviser_store import SqlAccountStore
from bot.storage.pause_store import SqlPauses
from bot.storage.tables import SuggestionRow
from bot.storage.writing_store import SqlWriting
from bot.wiring import Service, clock
from tests.journeys.accessibility import violations
from tests.journeys.office import Office, Seat, Waiting

NO_PAGES = ("/events", "/news", "/counts", "/queue", "/notes", "/to-insert", ".csv", "/static/")
"""Doors that give a piece of a page, a stream or a file."""
ZOOMED = {"width": 320, "height": 256}  # 1280 × 1024 at 400 %
DRAWN: dict[str, dict[str, Any]] = {
    "light": {"color_scheme": "light"},
    "dark": {"color_scheme": "dark"},
}
# What is wider than the window, but for what scrolls in a box of its own, as a table may.
SIDEWAYS = """() => {
  const wide = [];
  if (document.documentElement.scrollWidth > innerWidth) wide.push('page');
  for (const element of document.querySelectorAll('body *')) {
    if (!element.checkVisibility()) continue;
    if (element.closest('.unseen, .skip, .wide-table, .wide, .chart')) continue;
    const { right, left, width } = element.getBoundingClientRect();
    const name = `${element.localName}.${element.className}#${element.id}`;
    if (width && (right > innerWidth + 1 || left < -1)) wide.push(name);
  }
  return wide;
}"""
WITHOUT_AN_EDGE = """() => [...document.querySelectorAll(
  '.main-act, .second-act, select, textarea, .count, .standing, .mark,'
  + 'input:not([type=hidden], [type=checkbox], [type=radio])')]
  .filter((each) => each.checkVisibility() && getComputedStyle(each).borderTopWidth === '0px')
  .map((each) => `${each.localName}.${each.className}#${each.id}`)"""
SMALL = """() => [...document.querySelectorAll('button, summary, select, input:not([type=hidden])')]
  .filter((each) => each.checkVisibility())
  .map((each) => [each, each.getBoundingClientRect()])
  .filter(([, { width, height }]) => width < 24 || height < 24)
  .map(([each, { width, height }]) => `${each.localName}#${each.id} ${width} × ${height}`)"""


@pytest.fixture(scope="module")
def anne(office: Office) -> Adviser:
    return office.hires("Anne G.", role="administrator")


@pytest.fixture(scope="module")
def addresses(office: Office, anne: Adviser) -> dict[str, str]:
    return every_page(office, anne)


@pytest.fixture(params=DRAWN, scope="module")
def seat(
    request: pytest.FixtureRequest, browser: Browser, office: Office, anne: Adviser
) -> Iterator[Seat]:
    with office.at_a_desk(browser, anne, **DRAWN[request.param]) as seat:
        seat.rules = () if request.param == "light" else ("color-contrast", "link-in-text-block")
        yield seat


@pytest.fixture(scope="module")
def zoomed(browser: Browser, office: Office, anne: Adviser) -> Iterator[Seat]:
    with office.at_a_desk(browser, anne, viewport=ZOOMED) as seat:
        yield seat


def test_every_page_is_sound_in_each_way_it_is_drawn(seat: Seat, addresses: dict[str, str]) -> None:
    found = {}
    for name, address in addresses.items():
        seat.opens(address)
        expect(seat.page.locator("main")).to_be_visible()
        found[name] = violations(seat.page, rules=seat.rules)
    assert len(found) > 18
    assert {name: all_ for name, all_ in found.items() if all_} == {}


def test_under_forced_colours_what_is_pressed_or_filled_in_keeps_an_edge(
    browser: Browser, office: Office, anne: Adviser, addresses: dict[str, str]
) -> None:
    """There are no backgrounds then, and the colours, hence their contrast, are the reader's."""
    found = {}
    with office.at_a_desk(browser, anne, forced_colors="active") as seat:
        for name, address in addresses.items():
            seat.opens(address)
            found[name] = seat.page.evaluate(WITHOUT_AN_EDGE)
    assert {name: all_ for name, all_ in found.items() if all_} == {}


def test_every_page_is_read_at_400_percent_without_scrolling_sideways(
    zoomed: Seat, addresses: dict[str, str]
) -> None:
    found = {}
    for name, address in addresses.items():
        zoomed.opens(address)
        unfold_everything(zoomed.page)
        found[name] = zoomed.page.evaluate(SIDEWAYS) + zoomed.page.evaluate(SMALL)
    assert {name: all_ for name, all_ in found.items() if all_} == {}


def test_the_doors_of_who_is_not_in_are_sound_too(browser: Browser, office: Office) -> None:
    invited = office.hires("Bruno K.")

    async def invite(service: Service) -> str:
        accounts = SqlAccountStore(service.database)
        invitation = await invite_again(accounts, invited, now=clock(), public_url=office.url)
        assert isinstance(invitation, Invitation)
        return invitation.url

    link = office.does(invite)
    for drawn in DRAWN.values():
        context = browser.new_context(**drawn)
        page = context.new_page()
        spent = f"{office.url}/desk/invitation/{'x' * 43}"
        ended = f"{office.url}/desk/sign-in?next=/desk/&ended=yes"
        for address in (f"{office.url}/desk/sign-in", ended, link, spent):
            page.goto(address)
            assert violations(page) == [], address
        page.set_viewport_size(ZOOMED)  # type: ignore[arg-type]
        page.goto(link)
        assert page.evaluate(SIDEWAYS) == []
        context.close()


def every_page(office: Office, anne: Adviser, case_id: int | None = None) -> dict[str, str]:
    """An address under /desk/ for each page, some of them in several states; those of a case are
    of this one, or of a new one."""
    cases = cases_in_each_state(office, anne)
    office.does(something_to_decide)
    case_id = case_id or office.somebody_waits().case_id
    filled = {"case_id": str(case_id), "account_id": str(anne.id), "seq": "3"}
    filled |= {"theme": "caq", "topic": "processing_time"}
    pages = {}
    for route in desk_router(cast("Desk", None)).routes:
        if not isinstance(route, APIRoute) or "GET" not in route.methods:
            continue
        path = route.path.removeprefix("/desk/")
        if path.startswith("/desk") or any(piece in f"/{path}" for piece in NO_PAGES):
            continue
        if "{file_id}" in path or "{token}" in path or "{path" in path:
            continue
        pages[f"/{path}"] = path.format_map(filled)
    for view in ("mine", "open", "person", "snoozed", "closed"):
        pages[f"queue, {view}"] = f"?view={view}"
    pages["queue, nothing found"] = "?q=xyzzy"
    pages["knowledge, found"] = "knowledge?q=caq"
    pages["refused"] = "nothing/there"
    pages |= {f"case, {state}": f"cases/{case.case_id}" for state, case in cases.items()}
    return pages


def cases_in_each_state(office: Office, anne: Adviser) -> dict[str, Waiting]:
    cases = {state: office.somebody_waits() for state in ("mine", "another's", "paused", "ended")}
    cases["mine"].writes("mon plan")
    paul = office.hires("Paul R.")

    async def work(service: Service) -> None:
        for state, case in cases.items():
            await service.work.claim(case.case_id, paul if state == "another's" else anne)
        await service.work.answer(cases["mine"].case_id, anne, "Bonjour.")
        tomorrow = clock() + timedelta(days=1)
        await service.work.snooze(cases["paused"].case_id, anne, tomorrow)
        await service.work.close(cases["ended"].case_id, anne, ask=True)
        writing = SqlWriting(service.database)
        other = cases["another's"].case_id
        await writing.add_note(other, paul, "@Anne, à voir", (anne,), at=clock())
        await writing.tag(cases["mine"].case_id, "bourse")
        reply = SharedReply(0, "Accueil", "Bonjour {prenom}.", None, "accueil")
        await writing.keep_reply(reply, now=clock())

    office.does(work)
    return cases


async def something_to_decide(service: Service) -> None:
    asked = insert(SuggestionRow).values(
        kind="not_understood",
        text="je peux venir avec mon chat?",
        sameness="je peux venir avec mon chat",
        at=clock(),
        candidates=[{"id": "caq/fee", "theme": "caq", "confidence": 0.41}],
    )
    async with service.database.write() as session:
        await session.execute(asked)
    pauses = SqlPauses(service.database)
    await pauses.pause("telegram", words="Fermé jusqu’à lundi.", actor="command", now=clock())


def unfold_everything(page: Page) -> None:
    page.evaluate("for (const each of document.querySelectorAll('main details')) each.open = true")
