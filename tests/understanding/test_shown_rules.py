"""The rule policy that is shown less predicts what Rasa's own does."""

from typing import Any

from rasa.core.policies.rule_policy import RulePolicy
from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.shared.core.events import Event
from rasa.shared.core.trackers import DialogueStateTracker
from sqlalchemy import select
from talk import Talk

from bot.storage.tables import TrackerEventRow
from bot.understanding.components.shown_rules import ShownRules
from bot.wiring import Service

# A topic, an adviser asked for, a question in the middle of the request, its end; a plan that is
# begun and left; thanks.
_SAID = (
    "c'est quoi le CAQ?",
    "je veux parler à un conseiller",
    "combien coûte le permis d'études?",
    "Camille",
    "non merci",
    "fais-moi un plan",
    "master",
    "annule",
    "merci beaucoup",
)


def _policy(service: Service) -> tuple[ShownRules, Any]:
    """The policy of the trained model, and its domain."""
    processor = service.conversations._engine._processor  # type: ignore[attr-defined]
    [policy] = [
        node._component
        for node in processor.graph_runner._nodes.values()
        if isinstance(node._component, ShownRules)
    ]
    return policy, processor.domain


async def _events(service: Service, conversation_id: str) -> list[Event]:
    query = (
        select(TrackerEventRow.event)
        .where(TrackerEventRow.conversation_id == conversation_id)
        .order_by(TrackerEventRow.position)
    )
    async with service.database.read() as session:
        stored = list(await session.scalars(query))
    return [Event.resolve_by_type(one["event"])._from_parameters(one) for one in stored]


async def test_at_every_step_of_a_conversation_the_same_is_predicted(assistant: Service) -> None:
    talk = await Talk.begin(assistant)
    for text in _SAID:
        await talk.say(text)
    policy, domain = _policy(assistant)
    nowhere = ExecutionContext(GraphSchema({}))
    own = RulePolicy(policy.config, None, None, nowhere, policy.featurizer, policy.lookup)

    events = await _events(assistant, talk.conversation_id)
    predicted = []
    for end in range(1, len(events) + 1):
        tracker = DialogueStateTracker.from_events("", events[:end], domain.slots)
        shown = policy.predict_action_probabilities(tracker, domain)
        rasas = own.predict_action_probabilities(tracker, domain)
        assert shown.probabilities == rasas.probabilities, events[end - 1]
        assert (shown.events, shown.hide_rule_turn) == (rasas.events, rasas.hide_rule_turn)
        predicted.append(shown.max_confidence_index)
    assert len(set(predicted)) > 6
