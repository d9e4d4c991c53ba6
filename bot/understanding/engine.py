"""Rasa, embedded: one message in, everything that follows from it out. Stores nothing itself."""

import time
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, Protocol

from rasa.core.agent import Agent
from rasa.core.channels.channel import OutputChannel, UserMessage
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.events import ActionExecuted
from rasa.shared.core.trackers import DialogueStateTracker

from bot.messages import (
    Button,
    Citation,
    HandoverRequest,
    Message,
    Outcome,
    Reason,
    Reply,
    TopicMatch,
    Understanding,
)
from bot.understanding.local_actions import LocalActions
from knowledge.library import theme_of

_CHANNEL = "qve"
_COMMAND = "/"
_NOT_A_COMMAND = "\u2215"  # a division slash: the same to the eye, nothing to Rasa
_OFFER = "/ask_adviser"
# What dialogue intents are about, for who reads the conversation; the others are their own theme.
_THEMES = {
    "ask_adviser": "adviser_contact",
    "cancel": "adviser_contact",
    "skip": "adviser_contact",
    "affirm": "small_talk",
    "deny": "small_talk",
    "inform_profile": "small_talk",
    "english": "out_of_scope",
    "unclear": "out_of_scope",
    "distress": "personal_case",
}
_ASKS = ("ask_topic", "ask_by_name")
_REQUEST_THEME = "adviser_contact"
_REQUEST_SLOTS = ("first_name", "email")
_NOT_TOPICS = frozenset({*_THEMES, "small_talk", "privacy"})


class TurnMemory(Protocol):
    events: list[Mapping[str, object]]
    tracker: DialogueStateTracker | None


class RasaEngine:
    """Answers when the assistant has the floor. `trackers` is our tracker store."""

    def __init__(self, agent: Agent, trackers: Any) -> None:
        assert agent.processor is not None, "the model could not be loaded"
        self._processor = agent.processor
        self._trackers = trackers

    @classmethod
    def load(cls, model: Path, trackers: Any) -> "RasaEngine":
        """Load a trained model. `trackers` must offer Rasa's tracker store and `turn()`."""
        agent = Agent.load(str(model), tracker_store=trackers, action_endpoint=LocalActions())
        return cls(agent, trackers)

    async def respond(self, message: Message, *, waiting: bool) -> Outcome:
        started = time.perf_counter()
        said = _Collector()
        user_message = UserMessage(
            message.button or _as_words(message.text),
            said,
            message.conversation_id,
            input_channel=_CHANNEL,
            metadata={"waiting": waiting},
        )
        with self._trackers.turn() as memory:
            await self._processor.handle_message(user_message)
            await self._listen_again(memory)
        elapsed = (time.perf_counter() - started) * 1000
        return Outcome(
            replies=_without_offers(said.replies) if waiting else said.replies,
            understanding=_understanding(memory, said.replies, elapsed),
            handover=said.handover,
            withdrawn=said.withdrawn,
            memory=memory.events,
        )

    async def _listen_again(self, memory: TurnMemory) -> None:
        """However the turn went, the next one starts from a tracker that listens: no rule applies
        to any other, and the conversation would be mute for ever."""
        tracker = memory.tracker
        if tracker is not None and tracker.latest_action_name != ACTION_LISTEN_NAME:
            tracker.update(ActionExecuted(ACTION_LISTEN_NAME))
            await self._trackers.save(tracker)


def _as_words(text: str) -> str:
    """Rasa reads a text that begins with a slash as a command; only our buttons may give those.
    (Rasa strips white space first, so a space in front would not do.)"""
    written = text.strip()
    return f"{_NOT_A_COMMAND}{written[1:]}" if written.startswith(_COMMAND) else text


def _without_offers(replies: list[Reply]) -> list[Reply]:
    """An adviser is not offered to who already waits for one."""
    return [
        replace(
            reply,
            buttons=tuple(b for b in reply.buttons if not b.payload.startswith(_OFFER)),
        )
        for reply in replies
    ]


class _Collector(OutputChannel):
    """Turns what Rasa would send into replies."""

    def __init__(self) -> None:
        self.replies: list[Reply] = []
        self.handover: HandoverRequest | None = None
        self.withdrawn = False

    @classmethod
    def name(cls) -> str:
        return _CHANNEL

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        custom = message.get("custom") or {}
        if request := custom.get("handover"):
            self.handover = HandoverRequest(
                Reason(request["reason"]), request["first_name"], request["email"]
            )
        self.withdrawn = self.withdrawn or bool(custom.get("withdrawn"))
        if text := message.get("text"):
            self.replies.append(
                Reply(
                    text,
                    buttons=tuple(
                        Button(button["title"], button["payload"])
                        for button in message.get("buttons") or ()
                    ),
                    sources=tuple(Citation(**source) for source in custom.get("sources", ())),
                    topic=custom.get("topic"),
                )
            )


def _fills_the_request(memory: TurnMemory) -> bool:
    """Whether the message was a first name or an e-mail for the adviser, whatever it looks like."""
    return any(
        event["event"] == "slot" and event["name"] in _REQUEST_SLOTS and event["value"] is not None
        for event in memory.events
    )


def _understanding(memory: TurnMemory, replies: list[Reply], elapsed: float) -> Understanding:
    assert memory.tracker is not None
    assert memory.tracker.latest_message is not None
    parsed: dict[str, Any] = memory.tracker.latest_message.parse_data or {}
    intent = str((parsed.get("intent") or {}).get("name"))
    candidates = tuple(
        TopicMatch(entry["name"], theme_of(entry["name"]), round(entry["confidence"], 3))
        for entry in parsed.get("topic_ranking") or ()
        if entry["name"].split("/")[0] not in _NOT_TOPICS
    )
    confidence = {candidate.id: candidate.confidence for candidate in candidates}
    topics = tuple(
        TopicMatch(reply.topic, theme_of(reply.topic), confidence.get(reply.topic, 1.0))
        for reply in replies
        if reply.topic is not None
    )
    theme = topics[0].theme if intent in _ASKS and topics else _THEMES.get(intent, intent)
    if _fills_the_request(memory):
        theme = _REQUEST_THEME
    return Understanding(
        theme=theme,
        topics=topics,
        candidates=candidates,
        personal_case=intent == "personal_case",
        handover_offered=any(
            button.payload.startswith(_OFFER) for reply in replies for button in reply.buttons
        ),
        language="en" if intent == "english" else "fr",
        milliseconds=round(elapsed, 2),
    )
