"""Accounts, invitations and sessions as the database keeps them."""

import asyncio
from collections.abc import AsyncIterator
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
import pytest_asyncio
from sqlalchemy import select

from bot.handover.case import Adviser
from bot.storage.adviser_store import SqlAccountStore
from bot.storage.database import Database
from bot.storage.tables import LogRow, Table

pytestmark = pytest.mark.asyncio

NOW = datetime(2026, 11, 24, 15, tzinfo=timezone.utc)
LATER = NOW + timedelta(days=7)
TOKEN = b"t" * 32
OTHER_TOKEN = b"o" * 32


@pytest_asyncio.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    database = Database(f"sqlite+aiosqlite:///{tmp_path / 'accounts.sqlite3'}")
    async with database.engine.begin() as connection:
        await connection.run_sync(Table.metadata.create_all)
    yield database
    await database.close()


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
    expected = ["account.invited", "account.password_set", "session.opened", "session.closed"]
    assert await verbs(database) == [(verb, f"adviser:{adviser.id}") for verb in expected]
