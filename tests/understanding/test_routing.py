"""An institution named in the request for a person: its advisers are asked, and nobody else's."""

import pytest
from talk import Talk

from bot.handover.case import Adviser
from bot.handover.queue import Wanted
from bot.storage.case_store import SqlCaseStore
from bot.storage.queue_store import SqlQueue
from bot.wiring import Service, clock

pytestmark = pytest.mark.asyncio(loop_scope="package")
INSTITUTIONS = ("garneau", "laval", "limoilou")


async def asks(assistant: Service, request: str) -> str:
    """Asks for an adviser in these words, leaves a first name; the conversation."""
    talk = await Talk.begin(assistant)
    await talk.say(request)
    await talk.say("Léa")
    await talk.say("non merci")
    return talk.conversation_id


async def who_sees(assistant: Service, conversation_id: str) -> set[str]:
    """Of which institutions' advisers the case is in the queue."""
    queue = SqlQueue(assistant.database)
    seen = set()
    for number, name in enumerate(INSTITUTIONS, start=1000):
        adviser = Adviser(number, f"{name}@x.example", name, institution=name)
        page = await queue.page(Wanted(), adviser, now=clock())
        if any(line.case.conversation_id == conversation_id for line in page.lines):
            seen.add(name)
    return seen


@pytest.mark.parametrize(
    ("request_", "institution"),
    [
        ("je veux parler à quelqu'un du Cégep Garneau", "garneau"),
        ("jveu parler a qqn de garnau", "garneau"),
        ("Pouvez-vous me mettre en contact avec un conseiller de l'Université Laval ?", "laval"),
    ],
)
async def test_who_names_an_institution_is_answered_by_its_advisers(
    assistant: Service, request_: str, institution: str
) -> None:
    conversation_id = await asks(assistant, request_)
    assert await who_sees(assistant, conversation_id) == {institution}


async def test_who_names_none_is_answered_by_whoever_is_on_duty(assistant: Service) -> None:
    conversation_id = await asks(assistant, "je veux parler à un conseiller")
    assert await who_sees(assistant, conversation_id) == {*INSTITUTIONS}


async def test_the_institution_somebody_aims_at_is_asked_unless_the_request_names_another(
    assistant: Service,
) -> None:
    talk = await Talk.begin(assistant)
    await talk.say("je veux étudier au cégep Limoilou")
    await talk.say("je voudrais parler à quelqu'un de l'Université Laval")
    await talk.say("Léa")
    await talk.say("non merci")
    waiting = await SqlCaseStore(assistant.database).waiting()
    [case] = [w.case for w in waiting if w.case.conversation_id == talk.conversation_id]
    assert case.institution == "laval"
