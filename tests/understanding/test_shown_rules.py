"""The rule policy that is shown less predicts what Rasa's own does."""

from typing import Any

import pytest
from rasa.core.policies.rule_policy import RulePolicy
from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.shared.core.trackers import DialogueStateTracker
from talk import Talk

from bot.understanding.components.shown_rules import ShownRules
from bot.wiring import Service

# An adviser offered and refused: only a slot tells the rules what is refused. A topic, an adviser
# asked for, a question in the middle of the request, its end; a plan that is begun and left;
# thanks.
_SAID = (
    "mon permis a été refusé, je fais quoi ?",
    "non",
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


async def test_at_every_step_of_a_conversation_the_same_is_predicted(
    assistant: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    predict = ShownRules._predict
    steps = []

    def both(policy: ShownRules, tracker: DialogueStateTracker, domain: Any) -> Any:
        nowhere = ExecutionContext(GraphSchema({}))
        own = RulePolicy(policy.config, None, None, nowhere, policy.featurizer, policy.lookup)
        shown, rasas = predict(policy, tracker, domain)[0], own._predict(tracker, domain)[0]
        steps.append((shown, rasas))
        return shown, None

    monkeypatch.setattr(ShownRules, "_predict", both)
    talk = await Talk.begin(assistant)
    for text in _SAID:
        await talk.say(text)

    assert len(steps) > 2 * len(_SAID)
    assert len({shown.max_confidence_index for shown, _ in steps}) > 6
    for shown, rasas in steps:
        assert shown.probabilities == rasas.probabilities
        assert (shown.events, shown.hide_rule_turn) == (rasas.events, rasas.hide_rule_turn)
