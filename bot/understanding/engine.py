"""Rasa, embedded: one message in, everything that follows from it out. Stores nothing itself."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Protocol

from rasa.core.agent import Agent
from rasa.core.channels.channel import OutputChannel, UserMessage
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.events import ActionExecuted
from rasa.shared.core.trackers import DialogueStateTracker

from bot.cards import card_from
from bot.messages import (
    ASK_ADVISER,
    Button,
    Citation,
    HandoverRequest,
    Incoming,
    Message,
    Outcome,
    Reason,
    Reply,
    TopicMatch,
    Understanding,
)
from bot.privacy.contacts import beside_contact, is_masked, is_minor_alone
from bot.understanding.context import Context
from bot.understanding.gestures import in_words
from bot.understanding.local_actions import LocalActions
from bot.understanding.quicker_rasa import make_rasa_quicker
from bot.understanding.reading import Read, Reader
from bot.understanding.splitting import asks
from bot.understanding.straight_runner import StraightRunner
from knowledge import at_hand
from knowledge.library import theme_of

_CHANNEL = "qve"
_COMMAND = "/"
_NOT_A_COMMAND = "\u2215"  # a division slash: the same to the eye, nothing to Rasa
# What dialogue intents are about, for who reads the conversation; the others are their own theme.
_THEMES = {
    "ask_adviser": "adviser_contact",
    "cancel": "adviser_contact",
    "ask_erase": "privacy",
    "previous": "small_talk",
    "clear_profile": "privacy",
    "compare_programmes": "programmes",
    "erase_everything": "privacy",
    "find_programmes": "programmes",
    "keep_everything": "privacy",
    "leave_contact": "privacy",
    "my_budget": "cost_of_living",
    "my_journey": "transport_arrival",
    "my_plan": "admission",
    "not_my_question": "small_talk",
    "pause": "small_talk",
    "why": "small_talk",
    "skip": "adviser_contact",
    "affirm": "small_talk",
    "deny": "small_talk",
    "inform_profile": "small_talk",
    "english": "out_of_scope",
    "unclear": "out_of_scope",
    "distress": "personal_case",
    "low_mood": "personal_case",
}
_ASKS = ("ask_topic", "ask_by_name")
_REQUEST_THEME = "adviser_contact"
_REQUEST_SLOTS = ("first_name", "email")
_REQUEST_FORM, _EMAIL = "handover_form", "email"
_LEAVE_CONTACT = "leave_contact"
_NEVER_PASSED_OVER = (
    "distress",
    "low_mood",
    "personal_case",
    "ask_adviser",
    "cancel",
    "english",
)
# The slots that say that something was just offered.
_OFFERS = ("handover_offered", "plan_open")
_ASKED_PART = "asked_part"
_REPLY_THEME = "small_talk"
_NOT_TOPICS = frozenset({*_THEMES, "small_talk", "privacy"})


class TurnMemory(Protocol):
    events: list[Mapping[str, Any]]
    tracker: DialogueStateTracker | None

    @property
    def kept(self) -> list[Mapping[str, Any]]: ...


class RasaEngine:
    """Answers when the assistant has the floor. `trackers` is our tracker store."""

    def __init__(self, agent: Agent, trackers: Any) -> None:
        self._processor = agent.processor
        self._reader = Reader(agent.processor)
        self._trackers = trackers

    @classmethod
    def load(cls, model: Path, trackers: Any) -> "RasaEngine":
        """Load a trained model. `trackers` must offer Rasa's tracker store and `turn()`."""
        make_rasa_quicker()
        agent = Agent.load(str(model), tracker_store=trackers, action_endpoint=LocalActions())
        assert agent.processor is not None, "the model could not be loaded"
        agent.processor.graph_runner = StraightRunner(agent.processor.graph_runner)
        return cls(agent, trackers)

    async def respond(self, message: Message, *, waiting: bool) -> Outcome:
        started = time.perf_counter()
        said = _Collector()
        parsed: list[dict[str, Any]] = []
        with self._trackers.turn() as memory:
            for asked in await self._questions(message):
                asked.output_channel = said
                asked.metadata = {"waiting": waiting, "contact": is_masked(message.text)}
                await self._processor.handle_message(asked)
                await self._listen_again(memory)
                parsed.append(memory.tracker.latest_message.parse_data)
        elapsed = (time.perf_counter() - started) * 1000
        replies = _answers_first(said.replies) if len(parsed) > 1 else said.replies
        return Outcome(
            replies=_without_offers(replies) if waiting else replies,
            understanding=_understanding(memory, parsed, said.replies, elapsed),
            handover=said.handover,
            withdrawn=said.withdrawn,
            erased=said.erased,
            memory=memory.kept,
        )

    async def _questions(self, message: Message) -> list[UserMessage]:
        """What Rasa is to handle: the message, or each of the questions in it. A button and what
        fills a form are taken as they are."""
        tracker = await self._trackers.retrieve(message.conversation_id)
        tracker = tracker or _new(message.conversation_id)
        form = tracker.active_loop_name
        if message.button:
            return [_given(message, message.button)]
        text = _as_words(_spoken(message.text, tracker))
        if form == _REQUEST_FORM and not is_masked(text):  # what it asks for may be a contact
            return [_given(message, text)]
        said = beside_contact(text)
        left = said != text
        answers = said and tracker.get_slot("requested_slot") != _EMAIL
        if (form is not None and answers) or not text.strip():
            return [_given(message, said)]
        reads = self._reader.read(said or text, tracker, None if left else _context(tracker))
        if left and not _says_more(reads[0]):
            return [_given(message, said or text, _as_contact(reads[0]))]
        return [_given(message, read.text, read.parse_data) for read in reads]

    async def may_keep_contact(self, incoming: Incoming, *, has_adviser: bool) -> bool:
        tracker = await self._trackers.retrieve(incoming.conversation_id)
        tracker = tracker or _new(incoming.conversation_id)
        if not has_adviser and tracker.active_loop_name != _REQUEST_FORM:
            return False
        said = beside_contact(incoming.text)
        found = self._reader.read(said, tracker, None)[0].parse_data["entities"] if said else ()
        told = {entity["entity"]: entity["value"] for entity in found}
        known = {slot: told.get(slot, tracker.get_slot(slot)) for slot in ("age", "writer")}
        return not is_minor_alone(**known)

    async def _listen_again(self, memory: TurnMemory) -> None:
        """However the turn went, the next one starts from a tracker that listens: no rule applies
        to any other, and the conversation would be mute for ever."""
        tracker = memory.tracker
        if tracker is not None and tracker.latest_action_name != ACTION_LISTEN_NAME:
            tracker.update(ActionExecuted(ACTION_LISTEN_NAME))
            await self._trackers.save(tracker)


def _new(conversation_id: str) -> DialogueStateTracker:
    return DialogueStateTracker.from_events(conversation_id, [])


def _given(message: Message, text: str, parse_data: Any = None) -> UserMessage:
    return UserMessage(text, None, message.conversation_id, parse_data, _CHANNEL)


def _spoken(text: str, tracker: DialogueStateTracker) -> str:
    offered = any(tracker.get_slot(slot) for slot in _OFFERS)
    return in_words(text, asked=offered or tracker.active_loop_name is not None)


def _says_more(read: Read) -> bool:
    """Whether a message that leaves a contact also says something that is to be answered."""
    return read.intent in _NEVER_PASSED_OVER or (read.topic is not None and asks(read.text))


def _as_contact(read: Read) -> dict[str, Any]:
    """A message that only leaves a contact: what else it says of the person still counts."""
    return {**read.parse_data, "intent": {"name": _LEAVE_CONTACT, "confidence": 1.0}}


def _context(tracker: DialogueStateTracker) -> Context | None:
    """What was answered last, and to which words; a button has none but its topic's title."""
    if tracker.latest_message is None:
        return None
    topic, topics = str(tracker.get_slot("last_topic")), at_hand.library().topics
    if topic not in topics:
        return None
    asked = tracker.latest_message.text or ""
    is_button = asked.startswith(_COMMAND) or not asked
    return Context(topic, topics[topic].title if is_button else asked)


def _answers_first(replies: list[Reply]) -> list[Reply]:
    """Both answers, then what is asked or offered: its buttons must come last to be seen."""
    return sorted(replies, key=lambda reply: reply.topic is None)


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
            buttons=tuple(b for b in reply.buttons if not b.payload.startswith(ASK_ADVISER)),
        )
        for reply in replies
    ]


class _Collector(OutputChannel):
    """Turns what Rasa would send into replies."""

    def __init__(self) -> None:
        self.replies: list[Reply] = []
        self.handover: HandoverRequest | None = None
        self.withdrawn = False
        self.erased = False

    @classmethod
    def name(cls) -> str:
        return _CHANNEL

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        custom = message.get("custom") or {}
        if request := custom.get("handover"):
            self.handover = HandoverRequest(
                Reason(request["reason"]),
                request["first_name"],
                request["email"],
                request.get("institution"),
            )
        self.withdrawn = self.withdrawn or bool(custom.get("withdrawn"))
        self.erased = self.erased or bool(custom.get("erase"))
        text, cards = message.get("text") or "", custom.get("cards") or ()
        if text or cards:
            self.replies.append(
                Reply(
                    text,
                    buttons=tuple(
                        Button(button["title"], button["payload"])
                        for button in message.get("buttons") or ()
                    ),
                    sources=tuple(Citation(**source) for source in custom.get("sources", ())),
                    topic=custom.get("topic"),
                    cards=tuple(card_from(card) for card in cards),
                )
            )


def _fills_the_request(memory: TurnMemory) -> bool:
    """Whether the message was a first name or an e-mail for the adviser, whatever it looks like."""
    return any(
        event["event"] == "slot" and event["name"] in _REQUEST_SLOTS and event["value"] is not None
        for event in memory.events
    )


def _answers_a_form(memory: TurnMemory) -> bool:
    """Whether the message answered a question of a form, whatever it looks like."""
    kinds = {event["event"] for event in memory.events}
    asked = any(e["event"] == "slot" and e["name"] == _ASKED_PART for e in memory.events)
    return asked and "action_execution_rejected" not in kinds


def _understanding(
    memory: TurnMemory, parsed: Sequence[dict[str, Any]], replies: list[Reply], elapsed: float
) -> Understanding:
    intent = str((parsed[0].get("intent") or {}).get("name"))
    ranked = [entry for one in parsed for entry in one.get("topic_ranking") or ()]
    candidates = tuple(
        TopicMatch(entry["name"], theme_of(entry["name"]), round(entry["confidence"], 3))
        for entry in ranked
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
    elif not topics and intent not in _THEMES and _answers_a_form(memory):
        theme = _REPLY_THEME
    return Understanding(
        theme=theme,
        topics=topics,
        candidates=candidates,
        personal_case=intent == "personal_case",
        handover_offered=any(
            button.payload.startswith(ASK_ADVISER) for reply in replies for button in reply.buttons
        ),
        language="en" if intent == "english" else "fr",
        milliseconds=round(elapsed, 2),
    )
