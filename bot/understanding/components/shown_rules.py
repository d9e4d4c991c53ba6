"""Rasa's rule policy, shown only what its rules look at.

Rasa replays the whole tracker with every slot, twice for each action, and holds every rule against
each state of it. Rules look at a few slots and a few states, and the last state tells which of them
are worth a look. What is predicted stays the same.
"""

import json
from collections import defaultdict, deque
from collections.abc import Mapping, Sequence
from typing import Any

from rasa.core.policies.rule_policy import RULES, RULES_FOR_LOOP_UNHAPPY_PATH, RulePolicy
from rasa.engine.graph import ExecutionContext
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.core.constants import PREVIOUS_ACTION, USER
from rasa.shared.core.domain import Domain, State
from rasa.shared.core.events import SlotSet
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.constants import ACTION_NAME, INTENT, TEXT

_LOOKUPS = (RULES, RULES_FOR_LOOP_UNHAPPY_PATH)
# Of a conversation's last state, what a rule may ask for: the action before it, and the intent.
_Asked = tuple[str | None, str | None]
# An action, the rule that says so, whether a loop comes back from something in its middle.
_Found = tuple[str | None, str | None, bool]


@DefaultV1Recipe.register(
    DefaultV1Recipe.ComponentType.POLICY_WITHOUT_END_TO_END_SUPPORT, is_trainable=True
)
class ShownRules(RulePolicy):
    """Learns, and predicts, what `RulePolicy` does; what it shows of a tracker is less."""

    _rules: "_Rules | None" = None  # while it learns, there are none yet

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **options: Any,
    ) -> "ShownRules":
        policy: ShownRules = super().load(
            config, model_storage, resource, execution_context, **options
        )
        policy._rules = _Rules([key for name in _LOOKUPS for key in policy.lookup[name]])
        return policy

    def _prediction_states(
        self, tracker: DialogueStateTracker, domain: Domain, *given: Any, **options: Any
    ) -> list[State]:
        if self._rules is None:
            learning: list[State] = super()._prediction_states(tracker, domain, *given, **options)
            return learning
        states: list[State] = super()._prediction_states(_shown(tracker), domain, *given, **options)
        return states[-self._rules.longest :]

    def _get_possible_keys(self, lookup: Mapping[str, str], states: list[State]) -> set[str]:
        if self._rules is not None:
            lookup = {key: lookup[key] for key in self._rules.near(states[-1]) if key in lookup}
        found: set[str] = super()._get_possible_keys(lookup, states)
        return found

    def _find_action_from_rules(
        self, tracker: DialogueStateTracker, domain: Domain, use_text_for_last_user_input: bool
    ) -> _Found:
        if use_text_for_last_user_input and self._rules is not None and not self._rules.by_text:
            return None, None, False
        found: _Found = super()._find_action_from_rules(
            tracker, domain, use_text_for_last_user_input
        )
        return found


class _Rules:
    """Rules by what they ask of the last state; `by_text`: whether one asks for a text."""

    def __init__(self, keys: Sequence[str]) -> None:
        states = {key: json.loads(key) for key in keys}
        self.longest = max(map(len, states.values()))
        self.by_text = any(
            TEXT in state.get(USER, {}) for rule in states.values() for state in rule
        )
        self._by_asked: dict[_Asked, list[str]] = defaultdict(list)
        for key, rule in states.items():
            self._by_asked[_asked(rule[-1])].append(key)

    def near(self, state: State) -> list[str]:
        """The rules whose last state may be this one. What a rule does not ask for may be
        anything."""
        action, intent = _asked(state)
        asked = {(a, i) for a in (action, None) for i in (intent, None)}
        return [key for one in asked for key in self._by_asked.get(one, ())]


def _asked(state: State) -> _Asked:
    return state.get(PREVIOUS_ACTION, {}).get(ACTION_NAME), state.get(USER, {}).get(INTENT)


def _shown(tracker: DialogueStateTracker) -> DialogueStateTracker:
    """The tracker without the slots that say nothing to rules."""
    slots = {name: slot for name, slot in tracker.slots.items() if slot.influence_conversation}
    shown = DialogueStateTracker(tracker.sender_id, slots.values())
    shown.events = deque(
        event for event in tracker.events if not isinstance(event, SlotSet) or event.key in slots
    )
    return shown
