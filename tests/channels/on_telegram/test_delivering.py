"""Telegram refuses, delays, cuts the line: nothing is lost, nothing is out of order."""

import asyncio
from collections.abc import Callable, Iterator

from bot_api import (
    BLOCKED,
    BROKEN,
    CHAT_GONE,
    SILENT,
    SILENT_BUT_DONE,
    UNREADABLE,
    BotApi,
    Call,
    Refusal,
    too_many,
)
from phone import NOTICE, Phone, TelegramBench, open_door

from bot.channels.telegram.chats import address_of
from bot.messages import Outcome, Reply
from bot.texts import say


def refuses(*refusals: Refusal | None, text: str = "") -> Callable[[Call], Refusal | None]:
    """Each message that holds the text is refused in turn, then none."""
    left: Iterator[Refusal | None] = iter(refusals)

    def refuse(call: Call) -> Refusal | None:
        return next(left, None) if call.method == "sendMessage" and text in call.text else None

    return refuse


async def test_what_telegram_cannot_read_as_html_is_sent_as_plain_text(
    bench: TelegramBench, lea: Phone
) -> None:
    bench.api.refuse = refuses(UNREADABLE, text="écho")
    lea.writes("a < b")
    call = await lea.reads("écho : a < b")
    assert "parse_mode" not in call.values


async def test_what_telegram_refuses_altogether_is_said_to_have_been_there(
    bench: TelegramBench, lea: Phone
) -> None:
    bench.api.refuse = refuses(UNREADABLE, UNREADABLE, text="écho : étrange")
    lea.writes("étrange")
    await lea.reads(say("telegram.unshowable"))
    lea.writes("la suite")
    await lea.reads("écho : la suite")


async def test_too_many_requests_are_made_again_after_the_time_telegram_says(
    bench: TelegramBench, lea: Phone
) -> None:
    bench.api.refuse = refuses(too_many(1), text="écho : un")
    lea.writes("un")
    lea.writes("deux")
    await lea.reads("écho : un")
    await lea.reads("écho : deux")
    tried = [call for call in bench.api.calls if "écho : un" in call.text]
    assert [call.refused for call in tried] == [429, None]
    assert tried[1].at - tried[0].at >= 1.0


async def test_it_is_asked_to_wait_again_and_again_and_waits(
    bench: TelegramBench, lea: Phone
) -> None:
    bench.api.refuse = refuses(*[too_many(0)] * 5, text="écho")
    lea.writes("un")
    await lea.reads("écho : un")
    assert len([text for text in bench.api.texts(lea.chat) if "écho" in text]) == 1


async def test_a_line_that_breaks_is_tried_again_until_it_holds(
    bench: TelegramBench, lea: Phone
) -> None:
    bench.api.refuse = refuses(BROKEN, SILENT, BROKEN, text="écho : un")
    lea.writes("un")
    lea.writes("deux")
    await lea.reads("écho : un")
    await lea.reads("écho : deux")
    echoes = [text for text in bench.api.texts(lea.chat) if "écho" in text]
    assert echoes == ["écho : un", "écho : deux"]


async def test_an_answer_that_never_came_sends_the_message_again_rather_than_never(
    bench: TelegramBench, lea: Phone
) -> None:
    bench.api.refuse = refuses(SILENT_BUT_DONE, text="écho : un")
    lea.writes("un")
    lea.writes("deux")
    await lea.reads("écho : deux")
    echoes = [text for text in bench.api.texts(lea.chat) if "écho" in text]
    assert echoes == ["écho : un", "écho : un", "écho : deux"]


async def test_who_blocked_the_bot_is_sent_nothing_more_until_they_come_back(
    bench: TelegramBench, lea: Phone
) -> None:
    lea.writes("bonjour")
    await lea.reads("écho : bonjour")
    bench.api.refuse = refuses(BLOCKED, text="écho : encore")
    lea.writes("encore")
    await until_unreachable(bench, lea)
    await bench.parts.outbox.say(await lea.conversation(), Reply("en silence"))
    await asyncio.sleep(0.4)
    assert "en silence" not in bench.api.texts(lea.chat)
    lea.writes("me revoilà")
    for text in ("écho : encore", "en silence", "écho : me revoilà"):
        await lea.reads(text)
    conversation = await bench.service.conversations.store.find(await lea.conversation())
    assert conversation is not None
    assert conversation.unreachable_since is None


async def test_a_chat_that_is_gone_ends_its_delivery_and_no_other(
    bench: TelegramBench, lea: Phone
) -> None:
    marc = Phone(bench, 2002)
    bench.api.refuse = lambda call: CHAT_GONE if call.chat == lea.chat else None
    lea.writes("bonjour")
    await until_unreachable(bench, lea)
    marc.writes("bonjour")
    await marc.reads("écho : bonjour")


async def test_telegram_itself_tells_that_it_was_blocked_and_let_in_again(
    bench: TelegramBench, lea: Phone
) -> None:
    lea.writes("bonjour")
    await lea.reads("écho : bonjour")
    lea.api.push(membership(lea, "member", "kicked"))
    await until_unreachable(bench, lea)
    lea.api.push(membership(lea, "kicked", "member"))
    await bench.parts.outbox.say(await lea.conversation(), Reply("vous revoilà"))
    await lea.reads("vous revoilà")


async def test_a_long_answer_comes_in_parts_in_order_and_goes_on_where_it_was_cut(
    bench: TelegramBench, lea: Phone
) -> None:
    lines = [f"{number:04d} " + "é" * 90 for number in range(100)]
    bench.answers_next(Outcome((Reply("\n".join(lines)),)))
    bench.api.refuse = refuses(None, BROKEN, None, BROKEN, text="é" * 90)
    lea.writes("tout")
    await lea.reads("0099")
    sent = [text for text in bench.api.texts(lea.chat) if "é" * 90 in text]
    assert len(sent) == 3
    assert "\n".join(sent).split("\n") == lines


async def test_what_was_said_while_the_service_was_down_is_sent_when_it_is_back(
    api: BotApi, sqlite_url: str
) -> None:
    async with open_door(api, sqlite_url) as bench:
        lea = Phone(bench, 1)
        lea.writes("bonjour")
        await lea.reads("écho : bonjour")
    lea.writes("es-tu là")
    async with open_door(api, sqlite_url) as again:
        lea.bench = again
        await lea.reads("écho : es-tu là")
        assert len([text for text in api.texts(1) if NOTICE in text]) == 1


async def test_a_wrong_token_is_one_sentence_and_the_door_stays_shut(
    api: BotApi, sqlite_url: str
) -> None:
    async with open_door(api, sqlite_url, token="42:wrong") as bench:
        await bench.until(lambda: bench.told)
        assert bench.told == [say("terminal.telegram_bad_token")]
        assert "42:wrong" not in bench.told[0]


def membership(phone: Phone, before: str, after: str) -> dict[str, object]:
    user = {"id": 42, "is_bot": True, "first_name": "Québec"}
    extra = {"until_date": 0}
    return phone.api.update(
        my_chat_member={
            "chat": {"id": phone.chat, "type": "private"},
            "from": {"id": phone.chat, "is_bot": False, "first_name": "Léa"},
            "date": 1_800_000_000,
            "old_chat_member": {"status": before, "user": user, **extra},
            "new_chat_member": {"status": after, "user": user, **extra},
        }
    )


async def until_unreachable(bench: TelegramBench, phone: Phone) -> None:
    for _ in range(1500):
        found = await bench.parts.outbox.conversation_at(address_of(phone.chat))
        conversation = found and await bench.service.conversations.store.find(found)
        if conversation and conversation.unreachable_since is not None:
            return
        await asyncio.sleep(0.01)
    raise AssertionError("still thought reachable")
