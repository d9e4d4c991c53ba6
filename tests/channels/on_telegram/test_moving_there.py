"""A web conversation goes on in Telegram by a deep link, and back; its thread goes with it."""

from bot_api import BotApi
from builders import Person
from phone import NOTICE, Phone, TelegramBench

from bot.conversation.conversations import hash_token
from bot.texts import say


async def on_the_web(bench: TelegramBench, *questions: str) -> Person:
    person = await bench.parts.person()
    for question in questions:
        await person.ask(question)
    return person


async def link(bench: TelegramBench, person: Person) -> str:
    return f"/start suite_{(await bench.parts.moving.offer(person.id, 'telegram')).code}"


async def test_the_last_exchange_is_shown_then_the_conversation_goes_on(
    bench: TelegramBench, lea: Phone
) -> None:
    web = await on_the_web(bench, "combien coûte le CAQ", "et le permis")
    lea.writes(await link(bench, web))
    await lea.reads("Vous, sur le site\net le permis")
    await lea.reads("écho : et le permis")
    await lea.reads(say("telegram.moved"))
    assert not [text for text in lea.api.texts(lea.chat) if "CAQ" in text or NOTICE in text]
    lea.writes("et l’AVE")
    await lea.reads("écho : et l’AVE")
    assert [text for _, text in await web.thread()][-2:] == ["et l’AVE", "écho : et l’AVE"]


async def test_what_is_then_written_on_the_web_is_shown_here_as_well(
    bench: TelegramBench, lea: Phone
) -> None:
    web = await on_the_web(bench, "bonjour")
    lea.writes(await link(bench, web))
    await lea.reads(say("telegram.moved"))
    await web.ask("depuis le site")
    await lea.reads("Vous, sur le site\ndepuis le site")
    await lea.reads("écho : depuis le site")


async def test_a_link_followed_twice_moves_nothing_twice(bench: TelegramBench, lea: Phone) -> None:
    web = await on_the_web(bench, "bonjour")
    start = await link(bench, web)
    lea.writes(start)
    await lea.reads(say("telegram.moved"))
    marc = Phone(bench, 2002)
    marc.writes(start)
    await marc.reads(say("telegram.move_spent"))
    assert await lea.conversation() == web.id
    assert "écho : bonjour" not in bench.api.texts(marc.chat)


async def test_who_already_talks_here_is_asked_before_anything_is_replaced(
    bench: TelegramBench, lea: Phone
) -> None:
    lea.writes("une autre conversation")
    await lea.reads("écho : une autre conversation")
    before = await lea.conversation()
    web = await on_the_web(bench, "bonjour")
    lea.writes(await link(bench, web))
    await lea.reads(say("telegram.move_sure"))
    await lea.chooses(say("telegram.move_no"))
    await lea.reads(say("telegram.move_kept"))
    assert await lea.conversation() == before

    lea.writes(await link(bench, web))
    await lea.reads(say("telegram.move_sure"))
    await lea.chooses(say("telegram.move_yes"))
    await lea.reads(say("telegram.moved"))
    assert await lea.conversation() == web.id
    assert await bench.service.conversations.export(before) is None


async def test_who_only_opened_the_chat_is_asked_nothing(bench: TelegramBench, lea: Phone) -> None:
    lea.writes("/start")
    await lea.reads("ouvrez le menu")
    web = await on_the_web(bench, "bonjour")
    lea.writes(await link(bench, web))
    await lea.reads(say("telegram.moved"))
    assert await lea.conversation() == web.id


async def test_a_made_up_link_is_said_to_be_worth_nothing(lea: Phone) -> None:
    for parameter in ("suite_", "suite_" + "x" * 32, "suite_é"):
        lea.writes(f"/start {parameter}")
        await lea.reads(say("telegram.move_spent"))


async def test_another_parameter_is_where_the_person_comes_from(
    bench: TelegramBench, lea: Phone
) -> None:
    lea.writes("/start salon-lyon-2027")
    await lea.reads("ouvrez le menu")
    conversation = await bench.service.conversations.store.find(await lea.conversation())
    assert conversation is not None
    assert conversation.campaign == "salon-lyon-2027"


async def test_back_on_the_site_by_a_link_that_no_transcript_keeps(
    bench: TelegramBench, lea: Phone, api: BotApi
) -> None:
    lea.writes("bonjour")
    await lea.reads("écho : bonjour")
    lea.writes("/site")
    call = await lea.reads("continue la conversation sur le site")
    code = call.text.split("suite.html#")[1].strip()
    moved = await bench.parts.moving.to_web("web", code)
    assert moved is not None
    conversation_id, token = moved
    assert conversation_id == await lea.conversation()
    assert await bench.parts.store.find_by_token(hash_token(token)) == conversation_id
    assert code not in str(await bench.service.conversations.export(conversation_id))
    lea.writes("toujours là?")
    await lea.reads("écho : toujours là?")
