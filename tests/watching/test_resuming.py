"""What waited during a pause is answered at its end, by the service that runs."""

from builders import now

from bot.storage.pause_store import SqlPauses
from bot.wiring import Service, answer_resumed
from tests.channels.web_client import Writer


async def test_the_end_of_a_pause_needs_no_restart(service: Service, lea: Writer) -> None:
    pauses = SqlPauses(service.database)
    await pauses.pause("web", words=None, actor="command", now=now())
    seen = await answer_resumed(service, frozenset())
    assert seen == {"web"}
    await lea.send("bonjour")
    assert await answer_resumed(service, seen) == {"web"}
    assert [who for who, _ in await lea.thread()] == ["person", "system"]
    await pauses.resume("web", actor="command")
    assert await answer_resumed(service, seen) == frozenset()
    assert [who for who, _ in await lea.thread()] == ["person", "system", "bot"]
