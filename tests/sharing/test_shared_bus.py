"""Two processes, one Redis: what one is told, the other's listeners hear."""

import asyncio
import socket
import uuid
from collections.abc import AsyncIterator

import pytest_asyncio

from bot.conversation.bus import Changed, Erased, Typing
from bot.sharing.bus import SharedBus


@pytest_asyncio.fixture
async def buses(redis_url: str) -> AsyncIterator[tuple[SharedBus, SharedBus]]:
    here, there = SharedBus(redis_url), SharedBus(redis_url)
    following = [asyncio.create_task(bus.follow()) for bus in (here, there)]
    await asyncio.sleep(0.2)
    yield here, there
    for task in following:
        task.cancel()
    await asyncio.gather(*following, return_exceptions=True)
    await here.close()
    await there.close()


async def test_what_one_process_is_told_the_other_hears_once(
    buses: tuple[SharedBus, SharedBus],
) -> None:
    here, there = buses
    conversation = str(uuid.uuid4())
    with here.listen(conversation) as ours, there.listen(conversation) as theirs:
        for news in (
            Changed(conversation),
            Typing(conversation, "Claire L."),
            Erased(conversation),
        ):
            here.tell(news)
            assert await asyncio.wait_for(theirs.get(), 2) == news
            assert await asyncio.wait_for(ours.get(), 2) == news
        await asyncio.sleep(0.2)
        assert ours.empty()
        assert theirs.empty()


async def test_who_listens_to_everything_hears_the_other_process_too(
    buses: tuple[SharedBus, SharedBus],
) -> None:
    here, there = buses
    with there.listen() as everything:
        here.tell(Changed("somebody"))
        assert await asyncio.wait_for(everything.get(), 2) == Changed("somebody")


async def test_without_redis_a_process_still_hears_itself() -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        alone = SharedBus(f"redis://127.0.0.1:{closed.getsockname()[1]}/0")
    with alone.listen("somebody") as news:
        alone.tell(Changed("somebody"))
        assert await asyncio.wait_for(news.get(), 2) == Changed("somebody")
    await alone.close()


async def test_when_redis_is_back_every_listener_looks_again(
    buses: tuple[SharedBus, SharedBus],
) -> None:
    here, _ = buses
    with here.listen("somebody") as news:
        here.tell_everyone_to_look()
        assert await asyncio.wait_for(news.get(), 2) == Changed("somebody")
