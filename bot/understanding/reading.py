"""Reads one message as Rasa's pipeline does, knowing what was said before: as one question, or as
two that are answered one after the other."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from rasa.core.channels.channel import UserMessage
from rasa.core.processor import MessageProcessor
from rasa.engine.constants import PLACEHOLDER_MESSAGE, PLACEHOLDER_TRACKER
from rasa.shared.core.trackers import DialogueStateTracker

from bot.understanding.components.topic_classifier import TOPIC_RANKING
from bot.understanding.context import Context, leans_on_context
from bot.understanding.splitting import splits
from knowledge import at_hand

# Both pieces must be as clear as this, or the message is one question (`benchmarks/context.py`).
_CLEAR = 0.3
_ASK_ADVISER = "ask_adviser"
# These are about all that the person wrote.
_NEVER_CUT = (
    "personal_case",
    "distress",
    "english",
    "cancel",
    "out_of_scope",
    "nonsense",
)


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

    @property
    def _ranked(self) -> bool:
        return bool(self.parse_data.get(TOPIC_RANKING))


class Reader:
    def __init__(self, processor: MessageProcessor) -> None:
        self._processor = processor

    def read(
        self, text: str, tracker: DialogueStateTracker, context: Context | None
    ) -> tuple[Read, ...]:
        """One reading, or two when the message holds two questions about different topics.
        `tracker` is the conversation's; `context`, what was answered last."""
        pieces = [piece for cut in splits(text) for piece in cut]
        whole, *parts = self._parse([text, *pieces], tracker, context, whole=text)
        if not pieces or whole.intent in _NEVER_CUT:
            return (whole,)
        found = [
            (first, self._in_context(second, first, tracker))
            for first, second in zip(parts[::2], parts[1::2], strict=True)
        ]
        two = [pair for pair in found if _are_two_questions(*pair)]
        best = max(two, key=lambda pair: min(pair[0].sure, pair[1].sure), default=(whole,))
        # Who asks for a person as well is answered first: the request then asks for a name.
        return tuple(sorted(best, key=lambda read: read.wants_adviser))

    def _in_context(self, second: Read, first: Read, tracker: DialogueStateTracker) -> Read:
        """« combien coûte le permis et c'est long? »: the second leans on the first."""
        if first.topic is None or not leans_on_context(second.text):
            return second
        [read] = self._parse([second.text], tracker, Context(first.topic, first.text))
        return read

    def _parse(
        self,
        texts: Sequence[str],
        tracker: DialogueStateTracker,
        context: Context | None,
        *,
        whole: str | None = None,
    ) -> list[Read]:
        """All texts in one run of the pipeline: it costs little more than one."""
        given = {"context": asdict(context)} if context else {}
        results = self._processor.graph_runner.run(
            inputs={
                PLACEHOLDER_MESSAGE: [
                    UserMessage(text, metadata={**given, "piece": text != whole}) for text in texts
                ],
                PLACEHOLDER_TRACKER: tracker,
            },
            targets=[self._processor.model_metadata.nlu_target],
        )
        reads = []
        found = results[self._processor.model_metadata.nlu_target]
        for text, message in zip(texts, found, strict=True):
            parse_data = {
                "text": "",
                "intent": {"name": None, "confidence": 0.0},
                "entities": [],
                **message.as_dict(only_output_properties=True),
            }
            self._processor._update_full_retrieval_intent(parse_data)
            reads.append(Read(text, parse_data))
        return reads


def _are_two_questions(first: Read, second: Read) -> bool:
    if min(first.sure, second.sure) < _CLEAR or first.topic == second.topic:
        return False
    return all(read.topic is not None or read.wants_adviser for read in (first, second))
