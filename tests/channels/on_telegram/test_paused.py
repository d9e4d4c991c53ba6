"""The assistant is made silent on Telegram: people are told there, and answered at the end."""

from builders import handing_over, now
from phone import Phone, TelegramBench

from bot.storage.pause_store import SqlPauses


async def test_what_is_written_during_a_pause_is_answered_at_its_end(
    bench: TelegramBench, lea: Phone
) -> None:
    pauses = SqlPauses(bench.service.database)
    await pauses.pause("telegram", words=None, actor="command", now=now())
    lea.writes("combien coûte le CAQ")
    await lea.reads("est en pause")
    await pauses.resume("telegram", actor="command")
    await bench.service.conversations.recover()
    await lea.reads("écho : combien coûte le CAQ")


async def test_what_advisers_say_still_arrives(bench: TelegramBench, lea: Phone) -> None:
    bench.answers_next(handing_over())
    lea.writes("je veux parler à quelqu’un")
    await lea.reads("C’est transmis")
    pauses = SqlPauses(bench.service.database)
    await pauses.pause("telegram", words=None, actor="command", now=now())
    adviser = await bench.adviser()
    await bench.service.work.claim(1, adviser)
    await bench.service.work.answer(1, adviser, "Bonjour Léa.")
    await lea.reads("Bonjour Léa.")
