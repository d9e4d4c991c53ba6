"""Accounts, invitations and sessions as the database keeps them."""

import asyncio
from datetime import datetime, timedelta, timezone

import pytest
from builders import Bench
from sqlalchemy import select

from bot.handover.account import Kept
from bot.handover.case import Adviser
from bot.storage.adviser_store import SqlAccountStore
from bot.storage.colleagues import SqlColleagues
from bot.storage.database import Database
from bot.storage.tables import LogRow

pytestmark = pytest.mark.asyncio

NOW = datetime(2026, 11, 24, 15, tzinfo=timezone.utc)
LATER = NOW + timedelta(days=7)
TOKEN = b"t" * 32
OTHER_TOKEN = b"o" * 32


@pytest.fixture
def accounts(database: Database) -> SqlAccountStore:
    return SqlAccountStore(database)


async def an_adviser(accounts: SqlAccountStore, email: str = "claire@cegep.example") -> Adviser:
    adviser = await accounts.add(
        email=email, display_name="Claire L.", role="adviser", institution="limoilou"
    )
    assert adviser is not None
    return adviser


async def verbs(database: Database) -> list[tuple[str, str]]:
    async with database.read() as session:
        rows = await session.execute(select(LogRow.verb, LogRow.actor).order_by(LogRow.id))
        return [(verb, actor) for verb, actor in rows]


async def test_an_email_address_has_one_account(accounts: SqlAccountStore) -> None:
    first = await an_adviser(accounts)
    again = await accounts.add(
        email=first.email, display_name="Autre", role="adviser", institution=None
    )
    assert again is None
    assert await accounts.oldest() == first


async def test_renaming_to_an_address_already_taken_changes_nothing(
    accounts: SqlAccountStore,
) -> None:
    first = await an_adviser(accounts)
    second = await an_adviser(accounts, "marc@univ.example")
    assert await accounts.rename(second.id, email=first.email, display_name="M.") is None
    renamed = await accounts.rename(second.id, email="m@univ.example", display_name="M.")
    assert renamed is not None
    assert (renamed.email, renamed.display_name) == ("m@univ.example", "M.")


async def test_nobody_can_sign_in_before_a_password_is_chosen(accounts: SqlAccountStore) -> None:
    adviser = await an_adviser(accounts)
    assert not await accounts.anyone()
    assert await accounts.credentials(adviser.email) is None
    await accounts.invite(adviser.id, TOKEN, LATER)
    await accounts.accept(TOKEN, "hash", NOW)
    assert await accounts.anyone()
    assert await accounts.credentials(adviser.email) == (adviser, "hash")
    await accounts.set_password_hash(adviser.id, "newer hash")
    assert await accounts.credentials(adviser.email) == (adviser, "newer hash")


async def test_an_invitation_used_by_many_at_once_is_accepted_once(
    accounts: SqlAccountStore,
) -> None:
    adviser = await an_adviser(accounts)
    await accounts.invite(adviser.id, TOKEN, LATER)
    accepted = await asyncio.gather(*(accounts.accept(TOKEN, f"h{n}", NOW) for n in range(8)))
    assert [each for each in accepted if each] == [adviser]
    assert await accounts.invitation(TOKEN, NOW) is None


async def test_an_invitation_is_good_until_it_expires(accounts: SqlAccountStore) -> None:
    adviser = await an_adviser(accounts)
    await accounts.invite(adviser.id, TOKEN, LATER)
    assert await accounts.invitation(TOKEN, LATER - timedelta(seconds=1)) == adviser
    assert await accounts.invitation(TOKEN, LATER) is None
    assert await accounts.invitation(TOKEN, LATER + timedelta(hours=1)) is None
    assert await accounts.accept(TOKEN, "hash", LATER) is None
    assert await accounts.accept(TOKEN, "hash", LATER + timedelta(hours=1)) is None
    assert await accounts.credentials(adviser.email) is None


async def test_a_new_invitation_replaces_the_earlier_one(accounts: SqlAccountStore) -> None:
    adviser = await an_adviser(accounts)
    await accounts.invite(adviser.id, TOKEN, LATER)
    await accounts.invite(adviser.id, OTHER_TOKEN, LATER)
    assert await accounts.invitation(TOKEN, NOW) is None
    assert await accounts.invitation(OTHER_TOKEN, NOW) == adviser


async def test_a_session_lasts_until_it_expires_or_is_closed(accounts: SqlAccountStore) -> None:
    adviser = await an_adviser(accounts)
    await accounts.open_session(adviser.id, TOKEN, NOW, LATER)
    assert await accounts.session(TOKEN, NOW) == adviser
    assert await accounts.session(TOKEN, LATER) is None
    assert await accounts.session(TOKEN, LATER + timedelta(hours=1)) is None
    assert await accounts.session(OTHER_TOKEN, NOW) is None
    await accounts.close_session(TOKEN)
    assert await accounts.session(TOKEN, NOW) is None


async def test_choosing_a_new_password_signs_every_browser_out(accounts: SqlAccountStore) -> None:
    adviser = await an_adviser(accounts)
    await accounts.open_session(adviser.id, OTHER_TOKEN, NOW, LATER)
    await accounts.invite(adviser.id, TOKEN, LATER)
    await accounts.accept(TOKEN, "hash", NOW)
    assert await accounts.session(OTHER_TOKEN, NOW) is None


async def test_each_act_on_an_account_is_logged(
    accounts: SqlAccountStore, database: Database
) -> None:
    adviser = await an_adviser(accounts)
    await accounts.invite(adviser.id, TOKEN, LATER)
    await accounts.accept(TOKEN, "hash", NOW)
    await accounts.open_session(adviser.id, OTHER_TOKEN, NOW, LATER)
    await accounts.close_session(OTHER_TOKEN)
    await accounts.close_session(OTHER_TOKEN)
    by_her = f"adviser:{adviser.id}"
    assert await verbs(database) == [
        ("account.added", "command"),
        ("account.invited", "command"),
        ("account.password_set", by_her),
        ("session.opened", by_her),
        ("session.closed", by_her),
    ]


async def administrators(accounts: SqlAccountStore, *emails: str) -> list[Adviser]:
    made = []
    for number, email in enumerate(emails):
        adviser = await accounts.add(
            email=email, display_name=email, role="administrator", institution=None
        )
        assert adviser is not None
        token = bytes([number]) * 32
        await accounts.invite(adviser.id, token, LATER)
        await accounts.accept(token, "hash", NOW)
        made.append(adviser)
    return made


async def test_there_is_always_somebody_who_administers(accounts: SqlAccountStore) -> None:
    anne, marie = await administrators(accounts, "a@pole.example", "m@pole.example")
    assert await accounts.disable(marie.id, NOW, by="adviser:1")
    assert not await accounts.disable(anne.id, NOW, by="adviser:1")
    assert not await accounts.change(
        anne.id, display_name="Anne", role="adviser", institution=None, by="adviser:1"
    )
    assert (await accounts.account(anne.id, NOW)).adviser.role == "administrator"  # type: ignore[union-attr]


async def test_two_administrators_who_disable_each_other_do_not_both_succeed(
    bench: Bench,
) -> None:
    accounts = SqlAccountStore(bench.database)
    both = await administrators(accounts, "a@pole.example", "m@pole.example")
    done = await asyncio.gather(*(accounts.disable(each.id, NOW, by="x") for each in both))
    assert sorted(done) == [False, True]


async def test_a_disabled_account_is_nowhere_but_in_the_list(
    accounts: SqlAccountStore, database: Database
) -> None:
    colleagues = SqlColleagues(database)
    await administrators(accounts, "a@pole.example")
    adviser = await an_adviser(accounts)
    await accounts.invite(adviser.id, b"i" * 32, LATER)
    await accounts.accept(b"i" * 32, "hash", NOW)
    await accounts.open_session(adviser.id, TOKEN, NOW, LATER)
    await accounts.invite(adviser.id, OTHER_TOKEN, LATER)
    assert adviser in await colleagues.all()
    assert await accounts.disable(adviser.id, NOW, by="adviser:1")
    assert await accounts.session(TOKEN, NOW) is None
    assert await accounts.credentials(adviser.email) is None
    assert await accounts.invitation(OTHER_TOKEN, NOW) is None
    assert adviser not in await colleagues.all()
    assert [each.disabled_at for each in await accounts.everybody(NOW)] == [None, NOW]
    await accounts.enable(adviser.id, by="adviser:1")
    assert await accounts.credentials(adviser.email) is not None


async def test_half_a_session_opens_nothing(accounts: SqlAccountStore) -> None:
    adviser = await an_adviser(accounts)
    await accounts.open_halfway(adviser.id, TOKEN, NOW, LATER)
    assert await accounts.session(TOKEN, NOW) is None
    assert await accounts.halfway(TOKEN, NOW) == adviser
    assert await accounts.halfway(TOKEN, LATER) is None
    assert list(await accounts.sessions(adviser.id, NOW)) == []


async def test_a_code_and_a_recovery_code_are_spent_by_one_of_many_at_once(bench: Bench) -> None:
    accounts = SqlAccountStore(bench.database)
    adviser = await an_adviser(accounts)
    await accounts.set_second_factor(adviser.id, Kept(b"sealed", 7), [b"c" * 32], by="x")
    steps = await asyncio.gather(*(accounts.use_step(adviser.id, 8) for _ in range(6)))
    codes = await asyncio.gather(
        *(accounts.use_recovery_code(adviser.id, b"c" * 32, NOW) for _ in range(6))
    )
    assert (sum(steps), sum(codes)) == (1, 1)
    assert not await accounts.use_step(adviser.id, 8)
    assert not await accounts.use_step(adviser.id, 3)
    assert await accounts.recovery_codes_left(adviser.id) == 0


async def test_new_recovery_codes_make_the_old_ones_worthless(accounts: SqlAccountStore) -> None:
    adviser = await an_adviser(accounts)
    await accounts.set_second_factor(adviser.id, Kept(b"sealed", 0), [b"c" * 32], by="x")
    await accounts.renew_recovery_codes(adviser.id, [b"d" * 32, b"e" * 32], by="x")
    assert not await accounts.use_recovery_code(adviser.id, b"c" * 32, NOW)
    assert await accounts.recovery_codes_left(adviser.id) == 2


async def test_one_s_sessions_are_listed_and_closed_one_by_one_or_all_but_one(
    accounts: SqlAccountStore,
) -> None:
    adviser, other = await an_adviser(accounts), await an_adviser(accounts, "p@x.example")
    for number, token in enumerate((TOKEN, OTHER_TOKEN, b"3" * 32)):
        opened = NOW + timedelta(minutes=number)
        await accounts.open_session(adviser.id, token, opened, LATER, browser="Firefox, Linux")
    await accounts.open_session(other.id, b"4" * 32, NOW, LATER)
    listed = await accounts.sessions(adviser.id, NOW)
    assert [each.key for each in listed] == [b"3".hex() * 32, OTHER_TOKEN.hex(), TOKEN.hex()]
    assert not await accounts.revoke(other.id, TOKEN.hex(), by="x"), "somebody else's"
    assert not await accounts.revoke(adviser.id, "not a key", by="x")
    assert await accounts.revoke(adviser.id, OTHER_TOKEN.hex(), by="x")
    assert await accounts.session(OTHER_TOKEN, NOW) is None
    assert await accounts.revoke_all(adviser.id, by="x", but=TOKEN) == 1
    assert await accounts.session(TOKEN, NOW) == adviser
    assert await accounts.session(b"4" * 32, NOW) == other


async def test_a_new_role_signs_the_adviser_out(accounts: SqlAccountStore) -> None:
    adviser = await an_adviser(accounts)
    await accounts.open_session(adviser.id, TOKEN, NOW, LATER)
    change = {"display_name": "Claire", "institution": None, "by": "x"}
    await accounts.change(adviser.id, role="adviser", **change)
    assert await accounts.session(TOKEN, NOW) is not None
    await accounts.change(adviser.id, role="coordinator", **change)
    assert await accounts.session(TOKEN, NOW) is None
