"""Reads one message as Rasa's pipeline does, knowing what was said before: as one question, or as
two that are answered one after the other."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from rasa.core.channels.channel import UserMessage
from rasa.core.processor import MessageProcessor
from rasa.engine.constants import PLACEHOLDER_MESSAGE, PLACEHOLDER_TRACKER
from rasa.shared.core.trackers import DialogueStateTracker

from bot.understanding.components.spelling import undrawn
from bot.understanding.components.topic_classifier import TOPIC_RANKING
from bot.understanding.context import Context, leans_on_context
from bot.understanding.replying import answered, as_answer, as_topic, goes_on_for_another
from bot.understanding.splitting import Cut, asks, splits, without_preamble
from knowledge import at_hand
from knowledge.search import content_words

_FILE = Path(__file__).with_suffix(".yml")
# What the ranking no longer shows is as unlikely as this.
_UNLIKELY = 1e-3
_LONG = 4
_TWO = 2
_ASK_ADVISER = "ask_adviser"
# « bonjour, c'est encore moi », « coucou, vous êtes là ? » are greetings to the end;
# « bonjour, la météo de Mars ? » is not.
_TALK = ("small_talk", _ASK_ADVISER)
_NOT_UNDERSTOOD = ("unclear", "out_of_scope", "nonsense")
# These are about all that the person wrote.
NEVER_CUT = (
    "personal_case",
    "distress",
    "low_mood",
    "english",
    "cancel",
    "out_of_scope",
    "nonsense",
)


Signs = Mapping[str, float]


@dataclass(frozen=True)
class Read:
    """A question and what the pipeline says of it: Rasa's parse data."""

    text: str
    parse_data: dict[str, Any]

    @property
    def intent(self) -> str:
        return str(self.parse_data["intent"]["name"])

    @property
    def topic(self) -> str | None:
        """The topic that will be answered, if the message is one of a topic."""
        best = self.parse_data[TOPIC_RANKING][0]["name"] if self._ranked else ""
        is_topic = best in at_hand.library().topics and best.split("/")[0] == self.intent
        return best if is_topic else None

    @property
    def wants_adviser(self) -> bool:
        return self.intent == _ASK_ADVISER

    @property
    def sure(self) -> float:
        return float(self.parse_data[TOPIC_RANKING][0]["confidence"]) if self._ranked else 0.0

    def chance(self, topic: str | None) -> float:
        """How likely the message is to be about a topic."""
        ranking = self.parse_data.get(TOPIC_RANKING) or ()
        return next((float(one["confidence"]) for one in ranking if one["name"] == topic), 0.0)

    @property
    def chance_of_another(self) -> float:
        """The highest chance of a topic that is not the message's."""
        ranking = self.parse_data.get(TOPIC_RANKING) or ()
        others = (float(one["confidence"]) for one in ranking if one["name"] != self.topic)
        return max(others, default=0.0)

    @property
    def _ranked(self) -> bool:
        return bool(self.parse_data.get(TOPIC_RANKING))


@dataclass(frozen=True)
class _Given:
    """A text for the pipeline, and what was answered before it."""

    text: str
    context: Context | None = None
    whole: bool = False

    @property
    def metadata(self) -> dict[str, Any]:
        """As `context_of` and `is_piece` read it."""
        context = {"context": asdict(self.context)} if self.context else {}
        return {**context, "piece": not self.whole}


@dataclass(frozen=True)
class Pair:
    """A message cut into two, each piece read by itself."""

    cut: Cut
    first: Read
    second: Read

    def may_be_two(self) -> bool:
        """Whether each piece is about something, and not about the same."""
        each = all(read.topic is not None or read.wants_adviser for read in self.reads)
        return each and self.first.topic != self.second.topic

    @property
    def reads(self) -> tuple[Read, Read]:
        return self.first, self.second

    def signs(self, whole: Read) -> Signs:
        """By the name of its weight, what speaks for two questions."""
        topics = [self.first.topic, self.second.topic]
        other = topics[1] if whole.topic == topics[0] else topics[0]
        return {
            **_signs_unread(self.cut, whole),
            "clear": math.log(max(min(self.first.sure, self.second.sure), _UNLIKELY)),
            "whole_agrees": float(whole.topic in topics),
            "other_in_whole": math.log(whole.chance(other) + _UNLIKELY),
        }


def _signs_unread(cut: Cut, whole: Read) -> Signs:
    """Those that are known before the pieces are read."""
    words = min(len(content_words(cut.first)), len(content_words(cut.second)))
    return {
        "always": 1.0,
        "whole_clear": math.log(max(whole.sure, _UNLIKELY)),
        "both_ask": float(cut.questions == _TWO),
        "marked": float(cut.marked),
        "long": min(words, _LONG) / _LONG,
    }


def may_be_worth_reading(cut: Cut, whole: Read) -> bool:
    """Whether two answers would be worth it, were both pieces as clear as can be: to read them
    costs twice what the message did."""
    best = {
        **_signs_unread(cut, whole),
        "clear": 0.0,
        "whole_agrees": 1.0,
        "other_in_whole": math.log(whole.chance_of_another + _UNLIKELY),
    }
    return _worth(best) > _learnt().enough


def two_answers(pairs: Sequence[Pair], whole: Read) -> Pair | None:
    """The pair that is worth two answers, the best if there are several."""
    judged = [(_worth(pair.signs(whole)), pair) for pair in pairs if pair.may_be_two()]
    worth, best = max(judged, key=lambda one: one[0], default=(-math.inf, None))
    return best if worth > _learnt().enough else None


def _worth(signs: Signs) -> float:
    return sum(_learnt().weights[name] * sign for name, sign in signs.items())


@dataclass(frozen=True)
class _Learnt:
    """The weights of the signs, and how much of them is enough."""

    weights: Mapping[str, float]
    enough: float


@cache
def _learnt() -> _Learnt:
    raw = yaml.safe_load(_FILE.read_text("utf-8"))
    return _Learnt(raw["weights"], raw["two_above"])


class Reader:
    def __init__(self, processor: MessageProcessor) -> None:
        self._processor = processor

    def read(
        self, text: str, tracker: DialogueStateTracker, context: Context | None
    ) -> tuple[Read, ...]:
        """One reading, or two when the message holds two questions about different topics; what
        goes before (« bonjour », « oui mais ») is left out if something is said after it.
        `tracker` is the conversation's; `context`, what was answered last."""
        text = undrawn(text)
        point = without_preamble(text)
        reads = self._questions(point, tracker, context)
        intent = reads[0].intent
        says_something = intent not in _TALK and (intent not in _NOT_UNDERSTOOD or asks(point))
        if point == text or says_something:
            return reads
        return self._questions(text, tracker, context)

    def _questions(
        self, text: str, tracker: DialogueStateTracker, context: Context | None
    ) -> tuple[Read, ...]:
        [whole] = self._parse([_Given(text, context, whole=True)], tracker)
        if told := answered(text, whole.intent, tracker):
            return (replace(whole, parse_data=as_answer(whole.parse_data, told)),)
        if context is not None and goes_on_for_another(text, whole.intent, context.topic):
            return (replace(whole, parse_data=as_topic(whole.parse_data, context.topic)),)
        if whole.intent in NEVER_CUT:
            return (whole,)
        cuts = [cut for cut in splits(text) if may_be_worth_reading(cut, whole)]
        best = two_answers(self._pairs(cuts, tracker), whole)
        if best is None:
            return (whole,)
        # Who asks for a person as well is answered first: the request then asks for a name.
        return tuple(sorted(best.reads, key=lambda read: read.wants_adviser))

    def pairs(self, text: str, tracker: DialogueStateTracker) -> tuple[Read, list[Pair]]:
        """The message as a whole, and each way it may be cut in two."""
        [whole] = self._parse([_Given(text, whole=True)], tracker)
        return whole, self._pairs(splits(text), tracker)

    def _pairs(self, cuts: Sequence[Cut], tracker: DialogueStateTracker) -> list[Pair]:
        if not cuts:
            return []
        parts = self._parse(
            [_Given(piece) for cut in cuts for piece in (cut.first, cut.second)], tracker
        )
        seconds = self._in_context(parts[::2], parts[1::2], tracker)
        return [Pair(*both) for both in zip(cuts, parts[::2], seconds, strict=True)]

    def _in_context(
        self, firsts: Sequence[Read], seconds: Sequence[Read], tracker: DialogueStateTracker
    ) -> list[Read]:
        """« combien coûte le permis et c'est long? »: the second leans on the first."""
        leaning = {
            place: _Given(second.text, Context(first.topic, first.text))
            for place, (first, second) in enumerate(zip(firsts, seconds, strict=True))
            if first.topic is not None and leans_on_context(second.text)
        }
        if not leaning:
            return [*seconds]
        again = dict(zip(leaning, self._parse([*leaning.values()], tracker), strict=True))
        return [again.get(place, second) for place, second in enumerate(seconds)]

    def _parse(self, given: Sequence[_Given], tracker: DialogueStateTracker) -> list[Read]:
        """All texts in one run of the pipeline: it costs little more than one."""
        results = self._processor.graph_runner.run(
            inputs={
                PLACEHOLDER_MESSAGE: [
                    UserMessage(one.text, metadata=one.metadata) for one in given
                ],
                PLACEHOLDER_TRACKER: tracker,
            },
            targets=[self._processor.model_metadata.nlu_target],
        )
        reads = []
        found = results[self._processor.model_metadata.nlu_target]
        for one, message in zip(given, found, strict=True):
            parse_data = {
                "text": "",
                "intent": {"name": None, "confidence": 0.0},
                "entities": [],
                **message.as_dict(only_output_properties=True),
            }
            self._processor._update_full_retrieval_intent(parse_data)
            reads.append(Read(one.text, parse_data))
        return reads
