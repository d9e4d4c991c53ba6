"""Lets Rasa be imported without TensorFlow, which nothing in our pipeline uses.

Rasa imports TensorFlow for the sake of policies and classifiers we do not have: half of the
start-up time and several hundred megabytes. While serving, empty modules stand in its place;
training and Rasa's own commands import the real one. Written for Rasa 3.6.21, which is frozen;
`tests/understanding/test_without_tensorflow.py` holds it.
"""

import sys
from collections.abc import Sequence
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any

_LEFT_OUT = ("tensorflow", "tensorflow_addons", "tensorflow_hub", "tensorflow_text", "keras")


class _AnyAttribute(type):
    def __getattr__(cls, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return Absent

    def __call__(cls, *arguments: Any, **options: Any) -> Any:
        """Used as a decorator it changes nothing; made into an object it stays what it is."""
        return arguments[0] if arguments and callable(arguments[0]) else Absent


class Absent(metaclass=_AnyAttribute):
    """Whatever Rasa's modules inherit from, decorate with or name in a type."""

    def __init_subclass__(cls, **_: Any) -> None:
        """Classes derived from TensorFlow's may be defined; nothing makes objects of them."""


class _Stand(ModuleType):
    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return Absent


class _Finder(MetaPathFinder, Loader):
    def find_spec(
        self, name: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        left_out = name.split(".")[0] in _LEFT_OUT
        return ModuleSpec(name, self, is_package=True) if left_out else None

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        return _Stand(spec.name)

    def exec_module(self, module: ModuleType) -> None:
        """There is nothing to run."""


def leave_tensorflow_out() -> None:
    """Must be called before anything of Rasa is imported; does nothing if TensorFlow is there."""
    if "tensorflow" not in sys.modules:
        sys.meta_path.insert(0, _Finder())
