"""One part after the other gives what Rasa's own runner, which plans each run anew, gives."""

from collections.abc import Mapping, Sequence
from copy import deepcopy
from typing import Any

import pytest
from rasa.core.policies.policy import PolicyPrediction
from rasa.engine.graph import ExecutionContext
from rasa.engine.runner.dask import DaskGraphRunner
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.training_data.message import Message
from talk import Talk

from bot.understanding.straight_runner import StraightRunner
from bot.wiring import Service

# A topic, a typo, two questions, nothing known, an adviser asked for and no longer, a plan, thanks.
_SAID = (
    "c'est quoi le CAQ?",
    "combien coute le permi d'etude",
    "et pour la maîtrise? et puis-je travailler?",
    "azertyuiop",
    "je veux parler à un conseiller",
    "annule",
    "fais-moi un plan",
    "merci beaucoup",
)


async def test_at_every_run_of_a_conversation_the_same_comes_out(
    assistant: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = StraightRunner.run
    read, predicted = [], []

    def both(
        runner: StraightRunner, inputs: Mapping[str, Any], targets: Sequence[str]
    ) -> dict[str, Any]:
        rasas = _rasas(runner).run(_copied(inputs), list(targets))
        straight = run(runner, inputs, targets)
        assert straight.keys() == rasas.keys() == {*targets}
        [(ours, theirs)] = [(straight[name], rasas[name]) for name in targets]
        if isinstance(ours, list):
            read.append((_as_read(ours), _as_read(theirs)))
        else:
            predicted.append((_as_predicted(ours), _as_predicted(theirs)))
        return straight

    monkeypatch.setattr(StraightRunner, "run", both)
    talk = await Talk.begin(assistant)
    for text in _SAID:
        await talk.say(text)

    assert len(read) >= len(_SAID)
    assert len(predicted) > len(_SAID)
    assert len({str(ours[0]["intent"]) for ours, _ in read}) > 4
    assert [ours for ours, _ in read] == [theirs for _, theirs in read]
    assert [ours for ours, _ in predicted] == [theirs for _, theirs in predicted]


def _rasas(runner: StraightRunner) -> DaskGraphRunner:
    """Rasa's, over the same loaded nodes."""
    rasas = object.__new__(DaskGraphRunner)
    rasas._graph_schema, rasas._instantiated_nodes = runner._schema, runner._nodes
    rasas._execution_context = ExecutionContext(runner._schema)
    return rasas


def _copied(inputs: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: value.copy() if isinstance(value, DialogueStateTracker) else value
        for name, value in inputs.items()
    }


def _as_predicted(prediction: PolicyPrediction) -> dict[str, Any]:
    return {**vars(prediction), "probabilities": list(prediction.probabilities)}


def _as_read(messages: Sequence[Message]) -> list[dict[str, Any]]:
    """As it is now: the turn goes on writing in it."""
    return [deepcopy(message.as_dict(only_output_properties=True)) for message in messages]
