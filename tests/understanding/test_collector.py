"""What Rasa would send, as replies. No model is needed for it."""

from typing import Any

import pytest
from builders import CAQ_STEP

from bot.cards import as_plain
from bot.messages import Card, CardKind, Reply
from bot.understanding.engine import _Collector

pytestmark = pytest.mark.asyncio


async def collected(**message: Any) -> list[Reply]:
    collector = _Collector()
    await collector.send_response("c", message)
    return collector.replies


async def test_the_cards_of_an_action_come_with_its_reply() -> None:
    custom = {"topic": "plan/steps", "cards": [as_plain(CAQ_STEP), {"kind": "event", "title": "x"}]}
    [reply] = await collected(text="Voici votre plan.", custom=custom)
    assert (reply.text, reply.topic) == ("Voici votre plan.", "plan/steps")
    assert reply.cards == (CAQ_STEP, Card(CardKind.event, "x"))


async def test_cards_need_no_text_and_nothing_is_no_reply() -> None:
    [reply] = await collected(custom={"cards": [{"kind": "event", "title": "x"}]})
    assert (reply.text, len(reply.cards)) == ("", 1)
    assert await collected(custom={"withdrawn": True}) == []
    assert (await collected(text="Bonjour"))[0].cards == ()
