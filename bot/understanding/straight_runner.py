"""Runs Rasa's graph as what ours is: one part after the other.

Rasa gives the graph to Dask, which plans each run anew, as if it were to be spread over machines.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from graphlib import TopologicalSorter
from typing import Any

from rasa.engine.runner.dask import DaskGraphRunner

# A node's name and the names of those it takes from.
_Steps = tuple[tuple[str, tuple[str, ...]], ...]


class StraightRunner:
    """The loaded nodes of a runner of Rasa's, run in an order that is found once a target."""

    def __init__(self, runner: DaskGraphRunner) -> None:
        self._schema = runner._graph_schema
        self._nodes = runner._instantiated_nodes
        self._steps = lru_cache(maxsize=None)(self._steps_to)

    def run(self, inputs: Mapping[str, Any], targets: Sequence[str]) -> dict[str, Any]:
        """What each target gives. Errors: those of Rasa's nodes."""
        done = {name: (name, value) for name, value in inputs.items()}
        for name, needs in self._steps(tuple(targets)):
            done[name] = self._nodes[name](*(done[need] for need in needs))
        return {target: done[target][1] for target in targets}

    def _steps_to(self, targets: tuple[str, ...]) -> _Steps:
        nodes = self._schema.minimal_graph_schema(list(targets)).nodes
        needs = {name: tuple(node.needs.values()) for name, node in nodes.items()}
        order = TopologicalSorter(needs).static_order()
        return tuple((name, needs[name]) for name in order if name in needs)
