"""The second factor: sealed, spent once, asked for at the door, replaced by a recovery code."""

from datetime import datetime, timedelta, timezone

import pyotp
import pytest
from desk_bench import PASSWORD, Bench, Browser, secret_in

from bot.desk.entering.access import SESSION_COOKIE
from bot.desk.entering.second_factor import SecondFactor, new_recovery_codes, recovery_hash, step_of
from bot.handover.account import Kept
from bot.handover.case import Adviser
from bot.seal import Seal

NOW = datetime(2026, 11, 24, 15, tzinfo=timezone.utc)
SECRET = "JBSWY3DPEHPK3PXP" * 2
CLAIRE = Adviser(1, "claire@x.example", "Claire L.")
PAUL = Adviser(2, "paul@x.example", "Paul R.")


def sealing(*keys: str) -> SecondFactor:
    return SecondFactor(Seal(lambda: keys, purpose="test"))


async def given_a_coordinator(bench: Bench) -> tuple[str, list[str]]:
    """Nadia, who has put her second factor in place; its secret and her recovery codes."""
    invitation = await bench.invitation("nadia@pole.example", "Nadia B.", role="coordinator")
    browser = bench.browser()
    await browser.get(invitation.url)
    sent = await browser.post(invitation.url, password=PASSWORD, again=PASSWORD)
    bench.nadia = browser  # type: ignore[attr-defined]
    return await bench.sets_up(browser, sent.headers["location"])


async def at_the_second_door(bench: Bench) -> Browser:
    browser = bench.browser()
    await browser.get("/desk/sign-in?next=/desk/log")
    sent = await browser.post("/desk/sign-in", email="nadia@pole.example", password=PASSWORD)
    assert sent.headers["location"].startswith("/desk/second-factor")
    await browser.get(sent.headers["location"])
    return browser


async def is_in(browser: Browser) -> bool:
    return (await browser.http.get("/desk/me")).status_code == 200


def test_a_code_is_good_for_its_half_minute_and_those_beside_it() -> None:
    code = pyotp.TOTP(SECRET).at(NOW)
    steps = [step_of(SECRET, code, NOW + timedelta(seconds=s)) for s in (-60, -30, 0, 30, 60)]
    assert [step is not None for step in steps] == [False, True, True, True, False]


def test_a_code_that_was_used_or_an_older_one_is_spent() -> None:
    code = pyotp.TOTP(SECRET).at(NOW)
    step = step_of(SECRET, code, NOW)
    assert step is not None
    assert step_of(SECRET, code, NOW, after=step) is None


@pytest.mark.parametrize("typed", ["", "12345", "1234567", "abcdef", "١٢٣٤٥٦", "é" * 6])
def test_what_is_no_code_is_refused(typed: str) -> None:
    assert step_of(SECRET, typed, NOW) is None


def test_what_is_kept_is_sealed_and_opens_with_an_older_key_too() -> None:
    older, newer = "o" * 40, "n" * 40
    kept = Kept(sealing(older).keep(SECRET), 0)
    assert SECRET.encode() not in kept.sealed
    code = pyotp.TOTP(SECRET).at(NOW)
    assert sealing(newer, older).step(kept, code, NOW) is not None
    assert sealing(newer).step(kept, code, NOW) is None


def test_a_proposal_is_for_one_adviser() -> None:
    factor = sealing("k" * 40)
    proposal = factor.propose(CLAIRE)
    assert factor.proposed(CLAIRE, proposal.sealed) == proposal.secret
    assert factor.proposed(PAUL, proposal.sealed) is None
    assert factor.proposed(CLAIRE, "forged") is None
    assert factor.propose(CLAIRE, proposal.sealed).secret == proposal.secret


def test_recovery_codes_are_unlike_and_read_however_they_are_typed() -> None:
    codes = new_recovery_codes()
    assert len({recovery_hash(code) for code in codes}) == 10
    typed = codes[0].upper().replace("-", " ")
    assert recovery_hash(typed) == recovery_hash(codes[0])


async def test_a_coordinator_enters_only_after_putting_it_in_place(bench: Bench) -> None:
    invitation = await bench.invitation("nadia@pole.example", "Nadia B.", role="coordinator")
    browser = bench.browser()
    await browser.get(invitation.url)
    sent = await browser.post(invitation.url, password=PASSWORD, again=PASSWORD)
    assert not await is_in(browser)
    page = await browser.get(sent.headers["location"])
    secret = secret_in(page.text)
    wrong = await browser.post("/desk/second-factor/set-up", code="000000")
    assert wrong.status_code == 422
    assert secret_in(wrong.text) == secret, "the phone has already read it"
    assert not await is_in(browser)
    await browser.post("/desk/second-factor/set-up", code=bench.code(secret))
    assert await is_in(browser)


async def test_who_leaves_before_it_is_in_place_is_brought_back_not_told_of_an_end(
    bench: Bench,
) -> None:
    invitation = await bench.invitation("nadia@pole.example", "Nadia B.", role="coordinator")
    browser = bench.browser()
    await browser.get(invitation.url)
    await browser.post(invitation.url, password=PASSWORD, again=PASSWORD)
    left = await browser.get("/desk/")
    assert left.headers["location"] == "/desk/second-factor?next=/desk/"
    assert "Protégez votre compte" in (await browser.get(left.headers["location"])).text
    assert "terminée" not in (await browser.get("/desk/sign-in")).text


async def test_an_adviser_may_do_without(bench: Bench) -> None:
    _, browser = await bench.adviser()
    assert await is_in(browser)


async def test_the_password_alone_opens_no_door(bench: Bench) -> None:
    await given_a_coordinator(bench)
    browser = await at_the_second_door(bench)
    for path in ("/desk/", "/desk/me", "/desk/log", "/desk/events"):
        assert (await browser.http.get(path)).status_code in (303, 404)
    assert not await is_in(browser)
    await browser.post("/desk/sign-out")
    assert (await browser.http.get("/desk/log", headers={"accept": "*/*"})).status_code == 404


async def test_who_leaves_the_second_door_is_brought_back_to_it_not_told_of_an_end(
    bench: Bench,
) -> None:
    secret, _ = await given_a_coordinator(bench)
    browser = await at_the_second_door(bench)
    left = await browser.get("/desk/dashboard")
    assert left.headers["location"] == "/desk/second-factor?next=/desk/dashboard"
    assert "<h1>Second facteur</h1>" in (await browser.get(left.headers["location"])).text
    bench.clock.advance(timedelta(seconds=30))
    entered = await browser.post("/desk/second-factor", code=bench.code(secret))
    assert entered.headers["location"] == "/desk/dashboard"


async def test_a_code_lets_in_and_to_the_page_that_was_wanted(bench: Bench) -> None:
    secret, _ = await given_a_coordinator(bench)
    browser = await at_the_second_door(bench)
    halfway = browser.http.cookies[SESSION_COOKIE]
    bench.clock.advance(timedelta(seconds=30))
    entered = await browser.post("/desk/second-factor", code=bench.code(secret))
    assert entered.headers["location"] == "/desk/log"
    assert await is_in(browser)
    assert browser.http.cookies[SESSION_COOKIE] != halfway, "a session of its own"


async def test_a_code_is_used_once(bench: Bench) -> None:
    secret, _ = await given_a_coordinator(bench)
    bench.clock.advance(timedelta(seconds=30))
    first, second = await at_the_second_door(bench), await at_the_second_door(bench)
    code = bench.code(secret)
    assert (await first.post("/desk/second-factor", code=code)).status_code == 303
    assert (await second.post("/desk/second-factor", code=code)).status_code == 422


async def test_a_recovery_code_lets_in_once(bench: Bench) -> None:
    _, codes = await given_a_coordinator(bench)
    assert len(codes) == 10
    first, second = await at_the_second_door(bench), await at_the_second_door(bench)
    assert (await first.post("/desk/second-factor", code=codes[0])).status_code == 303
    assert (await second.post("/desk/second-factor", code=codes[0])).status_code == 422
    assert "9 codes de secours" in (await first.get("/desk/me")).text


async def test_wrong_codes_wait_longer_and_longer_and_are_logged(bench: Bench) -> None:
    secret, _ = await given_a_coordinator(bench)
    browser = await at_the_second_door(bench)
    statuses = [
        (await browser.post("/desk/second-factor", code="000000")).status_code for _ in range(7)
    ]
    assert statuses == [422] * 5 + [429] * 2
    right = await browser.post("/desk/second-factor", code=bench.code(secret))
    assert right.status_code == 429, "the right one has to wait as well"
    lines = await bench.journal.lines(account_id=1)
    refused = [line for line in lines if line.verb == "session.refused"]
    assert [(line.actor, line.origin) for line in refused] == [("stranger", "203.0.113.7")] * 5


async def test_half_a_session_ends_after_a_quarter_of_an_hour(bench: Bench) -> None:
    secret, _ = await given_a_coordinator(bench)
    browser = await at_the_second_door(bench)
    bench.clock.advance(timedelta(minutes=15))
    late = await browser.post("/desk/second-factor", code=bench.code(secret))
    assert late.status_code == 404


async def test_a_new_password_by_invitation_does_not_spare_the_second_factor(bench: Bench) -> None:
    secret, _ = await given_a_coordinator(bench)
    nadia = await bench.accounts.by_email("nadia@pole.example")
    assert nadia is not None
    from bot.desk.entering.invitations import invite_again

    again = await invite_again(
        bench.accounts, nadia, now=bench.clock(), public_url="http://desk.test"
    )
    browser = bench.browser()
    await browser.get(again.url)
    sent = await browser.post(again.url, password="une autre phrase", again="une autre phrase")
    page = await browser.get(sent.headers["location"])
    assert "secret-key" not in page.text, "no new one is proposed"
    assert not await is_in(browser)
    forced = await browser.post("/desk/second-factor/set-up", proposal="x", code=bench.code(secret))
    assert forced.is_redirect
    assert not await is_in(browser)
