"""Updates of Telegram are kept once, given in order, and stopped at a gap; on both databases."""

from datetime import timedelta

from builders import now

from bot.conversation.inbox import Update
from bot.storage.database import Database
from bot.storage.telegram_inbox import SqlTelegramInbox

A_MINUTE = timedelta(minutes=1)


def update(number: int, chat_id: int | None = 1) -> Update:
    return Update(number, chat_id, {"update_id": number})


async def numbers(inbox: SqlTelegramInbox, **asked: object) -> list[int]:
    return [each.update_id for each in await inbox.waiting(**asked)]  # type: ignore[arg-type]


async def test_an_update_is_kept_once_and_given_until_it_is_dealt_with(database: Database) -> None:
    inbox = SqlTelegramInbox(database)
    assert await inbox.last() is None
    await inbox.keep([update(3), update(2)], now())
    await inbox.keep([update(2), update(4)], now())
    assert await numbers(inbox) == [2, 3, 4]
    await inbox.done(3)
    await inbox.keep([update(3)], now())
    assert await numbers(inbox) == [2, 4]
    assert await inbox.last() == 4


async def test_the_chats_that_are_busy_are_left_out(database: Database) -> None:
    inbox = SqlTelegramInbox(database)
    await inbox.keep([update(1, 7), update(2, 8), update(3, None)], now())
    assert await numbers(inbox, besides=(7,)) == [2, 3]


async def test_nothing_is_given_past_a_gap_that_is_young_though_its_chat_is_busy(
    database: Database,
) -> None:
    inbox = SqlTelegramInbox(database)
    await inbox.keep([update(1, 7), update(3, 7), update(4, 8)], now())
    await inbox.done(1)
    young = now() - A_MINUTE
    assert await numbers(inbox, loose_since=young) == []
    assert await numbers(inbox, loose_since=young, besides=(7,)) == []
    assert await numbers(inbox, loose_since=now() + A_MINUTE) == [3, 4]
    await inbox.keep([update(2, 8)], now())
    assert await numbers(inbox, loose_since=young) == [2, 3, 4]


async def test_old_numbers_are_forgotten_but_the_last_and_what_still_waits(
    database: Database,
) -> None:
    inbox = SqlTelegramInbox(database)
    await inbox.keep([update(number) for number in (1, 2, 3)], now() - 2 * A_MINUTE)
    await inbox.done(1)
    await inbox.done(3)
    await inbox.forget(now() - A_MINUTE)
    assert await inbox.last() == 3
    await inbox.keep([update(1)], now())
    assert await numbers(inbox) == [1, 2]
