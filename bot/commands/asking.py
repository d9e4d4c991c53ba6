"""`qve ask`: the same conversation as everybody's, without a server, in a database thrown away.

With --jsonl, each line `{"id", "conversation", "text", "button"?}` is answered as it arrives, so
that whoever writes them may read an answer first. `button` is the payload of a button that was
offered in the conversation; a payload given as the text is pressed as well.
"""

import asyncio
import json
import sys
import uuid
from argparse import Namespace
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.cards import as_plain, card_from, lines
from bot.commands.preparing import load_library, ready_model
from bot.commands.terminal import Refused, command, show
from bot.conversation.conversations import Conversations
from bot.conversation.readable import readable
from bot.conversation.store import Received
from bot.lasting import lasting
from bot.messages import Author, Incoming, Message
from bot.settings import Settings
from bot.storage.database import Database
from bot.storage.migrate import migrate
from bot.texts import say
from bot.wiring import Service, build, clock, load_engine
from knowledge.library import Library

_TIMEZONE = "Europe/Paris"
_IN_MEMORY = "sqlite+aiosqlite://"
Show = Callable[[str], None]


@command
def ask(arguments: Namespace, settings: Settings) -> int:
    """Answer one question, or one a line with --jsonl, with a database thrown away afterwards."""
    library = load_library()
    if arguments.jsonl:
        asking = Asking(settings, library, ready_model(settings, quiet=True))
        return asyncio.run(asking.answer_lines(_lines(sys.stdin), show))
    if not arguments.question:
        raise Refused(say("refusals.empty"))
    asking = Asking(settings, library, ready_model(settings, quiet=True))
    return asyncio.run(asking.answer_one(arguments.question, show))


@dataclass(frozen=True)
class _Line:
    """One line of --jsonl; `conversation` is the caller's own name for it."""

    id: Any
    conversation: str
    text: str
    button: str | None = None


def _lines(stream: Iterable[str]) -> Iterator[_Line]:
    for number, line in enumerate(stream, start=1):
        if not line.strip():
            continue
        try:
            asked = json.loads(line)
            button = asked.get("button")
            yield _Line(
                asked["id"],
                str(asked["conversation"]),
                readable(str(asked["text"])),
                None if button is None else str(button),
            )
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise Refused(say("terminal.bad_line", line=number)) from error


class Asking:
    def __init__(self, settings: Settings, library: Library, model: Path) -> None:
        self._settings = settings
        self._library = library
        self._model = model
        self._conversations: dict[str, str] = {}

    async def answer_one(self, question: str, show: Show) -> int:
        """Print the answer as a person reads it: text, cards, sources, then choices."""
        service = await self._service()
        answer = await self._answer(service, _Line("1", "1", question))
        for reply in answer["replies"]:
            show(reply["text"])
            for card in reply["cards"]:
                show("\n    ".join(lines(card_from(card))))
            for source in reply["sources"]:
                show(f"  · {source['title']} ({source['as_of']}) {source['url']}")
            for button in reply["buttons"]:
                show(f"  [{button['title']}]")
        await service.database.close()
        return 0

    async def answer_lines(self, lines: Iterator[_Line], show: Show) -> int:
        """Print one JSON object a line, in order, each before the next line is read. The same
        `conversation` is one conversation."""
        service = await self._service()
        # Read in a thread: what goes on behind an answer (an erasure) does not wait for a line.
        while (line := await asyncio.to_thread(next, lines, None)) is not None:
            answer = await self._answer(service, line)
            show(json.dumps({"id": line.id, **answer}, ensure_ascii=False))
        await service.database.close()
        return 0

    async def _service(self) -> Service:
        database = Database(_IN_MEMORY, self._settings.keys)
        await migrate(database)
        with lasting():
            engine = load_engine(self._model, database)
        return build(self._settings, database, self._library, engine)

    async def _answer(self, service: Service, line: _Line) -> dict[str, Any]:
        conversations = service.conversations
        message = await self._received(conversations, line)
        await conversations.answer(message.conversation_id)
        heard, *replies = await conversations.store.messages(
            message.conversation_id, after=message.seq - 1
        )
        floor = await conversations.store.floor(message.conversation_id)
        return {
            "conversation": line.conversation,
            **_understood(heard),
            "replies": [_reply(reply) for reply in replies if reply.author is not Author.person],
            "floor": floor.holder.value,
        }

    async def _received(self, conversations: Conversations, line: _Line) -> Message:
        """The line as a message of its conversation: a new one at first, and once erased."""
        for started in (self._conversations.get(line.conversation), None):
            conversation_id = started or await _start(conversations)
            self._conversations[line.conversation] = conversation_id
            pressed = line.button or line.text
            offered = await conversations.store.was_offered(conversation_id, pressed)
            received = await conversations.receive(
                Incoming(
                    conversation_id,
                    line.text,
                    external_id=str(uuid.uuid4()),
                    at=clock(),
                    button=pressed if offered else None,
                )
            )
            if isinstance(received, Received):
                return received.message
        raise AssertionError("a conversation just started takes a message")


async def _start(conversations: Conversations) -> str:
    conversation_id, _ = await conversations.start(channel="web", timezone=_TIMEZONE)
    return conversation_id


def _understood(message: Message) -> dict[str, Any]:
    understanding = message.understanding
    if understanding is None:  # an adviser has the floor, or the turn failed
        return {"theme": None, "topics": [], "handover_offered": False, "personal_case": False,
                "language": "fr", "ms": 0.0}  # fmt: skip
    return {
        "theme": understanding.theme,
        "topics": [
            {"id": topic.id, "theme": topic.theme, "confidence": topic.confidence}
            for topic in understanding.topics
        ],
        "handover_offered": understanding.handover_offered,
        "personal_case": understanding.personal_case,
        "language": understanding.language,
        "ms": understanding.milliseconds,
    }


def _reply(message: Message) -> dict[str, Any]:
    return {
        "text": message.text,
        "sources": [
            {"title": source.title, "url": source.url, "as_of": source.as_of}
            for source in message.sources
        ],
        "buttons": [
            {"title": button.title, "payload": button.payload} for button in message.buttons
        ],
        "cards": [as_plain(card) for card in message.cards],
    }
