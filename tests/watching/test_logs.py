"""Every line of a turn carries its one id, Rasa's lines included, and no word of anybody."""

import asyncio
import io
import json
import logging
from collections.abc import Iterator

import pytest
import structlog
from builders import BrokenEngine, EchoEngine, service_on

from bot.conversation.observing import Step
from bot.messages import Message, Outcome
from bot.quiet import send_noise_to
from bot.watching.metrics import Metrics
from bot.watching.watcher import Watcher, turn_id
from tests.channels.web_client import web, writer


class Talkative(EchoEngine):
    """Logs as Rasa does: by the standard library, and by structlog with whatever it has at hand."""

    async def respond(self, message: Message, *, waiting: bool) -> Outcome:
        logging.getLogger("rasa.core").warning("no rule applies")
        structlog.get_logger("rasa.engine").warning("rasa.parsed", text=message.text)
        return await super().respond(message, waiting=waiting)


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """What is logged, as it would go to a container's output; the logging of before is put back."""
    root = logging.getLogger()
    before, level = list(root.handlers), root.level
    stream = io.StringIO()
    send_noise_to(None, stream=stream)
    yield stream
    root.handlers[:] = before
    root.setLevel(level)
    structlog.reset_defaults()
    logging.captureWarnings(False)


def lines(stream: io.StringIO) -> list[dict[str, object]]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


async def test_the_lines_of_a_turn_carry_its_id_whoever_wrote_them(
    sqlite_url: str, log: io.StringIO
) -> None:
    async with web(service_on(sqlite_url, Talkative())) as http:
        lea = await writer(http)
        seq = (await lea.send("je m’appelle Zoé Quidam")).json()["message"]["seq"]
    written = [line for line in lines(log) if str(line["logger"]).startswith("rasa")]
    assert [line["event"] for line in written] == ["no rule applies", "rasa.parsed"]
    assert {line["turn"] for line in written} == {turn_id(lea.id, seq)}
    assert "Quidam" not in log.getvalue()
    assert lea.id not in log.getvalue(), "the id leads to the conversation: it is not logged"


async def test_a_turn_that_fails_says_where_with_its_id_and_no_word(
    sqlite_url: str, log: io.StringIO
) -> None:
    async with web(service_on(sqlite_url, BrokenEngine())) as http:
        lea = await writer(http)
        seq = (await lea.send("je m’appelle Zoé Quidam")).json()["message"]["seq"]
    [failed] = [line for line in lines(log) if line["event"] == "turn failed"]
    assert failed["turn"] == turn_id(lea.id, seq)
    assert failed["level"] == "error"
    assert "RuntimeError" in str(failed["exception"])
    assert "Quidam" not in log.getvalue()


async def test_two_turns_at_once_do_not_take_each_others_id(log: io.StringIO) -> None:
    watcher = Watcher(Metrics())

    async def turn(conversation_id: str) -> None:
        with watcher.within(Step.turn, conversation_id, 2):
            await asyncio.sleep(0)
            logging.getLogger("bot.x").info(conversation_id)

    await asyncio.gather(turn("lea"), turn("marc"))
    logging.getLogger("bot.x").info("nobody")
    assert {line["event"]: line.get("turn") for line in lines(log)} == {
        "lea": turn_id("lea", 2),
        "marc": turn_id("marc", 2),
        "nobody": None,
    }


def test_a_turns_id_is_short_the_same_each_time_and_nobody_elses() -> None:
    assert turn_id("a", 7) == turn_id("a", 7)
    assert len({turn_id("a", 7), turn_id("a", 8), turn_id("b", 7)}) == 3
    assert turn_id("a", 7).endswith("-7")
    assert len(turn_id("a" * 36, None)) == 10


def test_on_a_terminal_lines_are_to_be_read(log: io.StringIO) -> None:
    terminal = Terminal()
    send_noise_to(None, stream=terminal)
    logging.getLogger("bot.x").info("hello")
    assert "hello" in terminal.getvalue()
    with pytest.raises(json.JSONDecodeError):
        json.loads(terminal.getvalue())
