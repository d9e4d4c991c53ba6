"""What people send that is no plain message: edits, photos, groups, floods; and the same twice."""

import asyncio

import pytest
from bot_api import (
    ANIMATION,
    CONTACT,
    DICE,
    DOCUMENT,
    LOCATION,
    NOTE,
    PHOTO,
    POLL,
    STICKER,
    TOKEN,
    VENUE,
    VIDEO,
    VOICE,
    BotApi,
)
from builders import service_on
from phone import NOTICE, Phone, TelegramBench, opened
from sqlalchemy import select

from bot.channels.limits import Allowance
from bot.storage.tables import TelegramUpdateRow
from bot.texts import say


async def test_the_same_update_twice_is_one_message(bench: TelegramBench, lea: Phone) -> None:
    update = lea.writes("bonjour")
    await lea.reads("écho : bonjour")
    lea.api.push(update)
    lea.writes("encore")
    await lea.reads("écho : encore")
    assert [text for who, text in await lea.thread() if who == "person"] == ["bonjour", "encore"]
    assert len(lea.api.texts(lea.chat)) == 3


async def test_an_edited_message_is_answered_once_as_a_correction(
    bench: TelegramBench, lea: Phone
) -> None:
    first = lea.writes("combien coute le cak")
    await lea.reads("écho : combien coute le cak")
    edited = lea.edits(first, "combien coûte le CAQ")
    await lea.reads(say("telegram.corrected"))
    await lea.reads("écho : combien coûte le CAQ")
    lea.api.push(edited)
    lea.edits(first, "combien coûte le CAQ")  # Telegram tells of edits that change no word
    lea.writes("merci")
    await lea.reads("écho : merci")
    assert len([text for text in lea.api.texts(lea.chat) if "corrigé" in text]) == 1


async def test_an_edit_of_what_was_said_before_this_conversation_is_a_message(lea: Phone) -> None:
    lea.edits(lea.api.message(lea.chat, "avant"), "après")
    await lea.reads("écho : après")
    assert not [text for text in lea.api.texts(lea.chat) if "corrigé" in text]


@pytest.mark.parametrize(
    ("what", "sentence"),
    [
        ({"photo": PHOTO}, "telegram.photo"),
        ({"voice": VOICE}, "telegram.voice"),
        ({"sticker": STICKER}, "telegram.sticker"),
        ({"location": LOCATION}, "telegram.location"),
        ({"contact": CONTACT}, "telegram.contact"),
        ({"document": DOCUMENT}, "telegram.document"),
        ({"animation": ANIMATION, "document": DOCUMENT}, "telegram.photo"),
        ({"audio": VOICE}, "telegram.voice"),
        ({"video": VIDEO}, "telegram.voice"),
        ({"video_note": NOTE}, "telegram.voice"),
        ({"venue": VENUE, "location": LOCATION}, "telegram.location"),
        ({"poll": POLL}, "telegram.other"),
        ({"dice": DICE}, "telegram.other"),
        ({"text": "\u202e \x07"}, "telegram.other"),
    ],
)
async def test_what_cannot_be_read_gets_a_fitting_sentence(
    lea: Phone, what: dict[str, object], sentence: str
) -> None:
    lea.sends(**what)
    await lea.reads(NOTICE)
    await lea.reads(say(sentence))
    assert [who for who, _ in await lea.thread()] == ["system", "system"]


async def test_what_cannot_even_be_parsed_is_said_not_to_have_been_dealt_with(lea: Phone) -> None:
    """Telegram of another year sends what this library does not know."""
    lea.sends(poll={"question": "?"})
    await lea.reads(NOTICE)
    await lea.reads(say("telegram.failed"))
    lea.writes("bonjour")
    await lea.reads("écho : bonjour")


async def test_what_is_written_under_a_photo_is_answered(lea: Phone) -> None:
    lea.sends(photo=PHOTO, caption="c’est quoi ce papier?")
    await lea.reads(say("telegram.photo"))
    await lea.reads("écho : c’est quoi ce papier?")


async def test_a_contact_card_is_kept_nowhere(bench: TelegramBench, lea: Phone) -> None:
    lea.sends(contact=CONTACT)
    await lea.reads(say("telegram.contact"))
    exported = await bench.service.conversations.export(await lea.conversation())
    assert "0612345678" not in str(exported)


async def test_a_message_that_is_too_long_is_said_to_be(bench: TelegramBench, lea: Phone) -> None:
    lea.writes("é" * 2001)
    await lea.reads("2001 caractères; la limite est de 2000")


async def test_a_group_is_declined_politely_and_left(bench: TelegramBench) -> None:
    group = Phone(bench, -500)
    group.writes("bonjour le robot")
    await group.reads("Je ne réponds qu’en privé")
    await bench.until(lambda: group.api.sent(group.chat, "leaveChat"))
    assert await bench.parts.outbox.waiting("telegram") == []


async def test_who_writes_too_fast_is_answered_later_and_told_so_once(
    api: BotApi, sqlite_url: str
) -> None:
    service = service_on(sqlite_url, telegram_token=TOKEN, telegram_api_url=api.url)
    async with opened(api, service, writing=Allowance(1, 1500)) as bench:
        lea = Phone(bench, 1)
        for number in range(3):
            lea.writes(f"message {number}")
        await lea.reads("écho : message 2")
        said = [text for text in api.texts(1) if text.startswith("écho")]
        assert said == [f"écho : message {number}" for number in range(3)]
        assert api.texts(1).count(say("telegram.slow_down")) == 1
    await service.database.close()


async def test_an_update_that_cannot_be_read_stops_nobody(bench: TelegramBench, lea: Phone) -> None:
    lea.api.push(lea.api.update(message={"message_id": "no", "chat": {"id": lea.chat}}))
    lea.api.push(lea.api.update(callback_query=None))
    lea.api.push(lea.api.update(something_new={"chat": {"id": lea.chat}}))
    lea.writes("bonjour")
    await lea.reads("écho : bonjour")


async def test_no_word_is_kept_in_an_update_that_was_dealt_with(
    bench: TelegramBench, lea: Phone
) -> None:
    lea.writes("un secret")
    await lea.reads("écho : un secret")

    async def left() -> list[tuple[object, object]]:
        async with bench.service.database.read() as session:
            rows = await session.scalars(select(TelegramUpdateRow))
            return [(row.body, row.chat_id) for row in rows]

    for _ in range(500):
        if await left() == [(None, None)]:
            return
        await asyncio.sleep(0.02)
    raise AssertionError(await left())
