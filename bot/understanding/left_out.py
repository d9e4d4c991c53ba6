"""Lets Rasa be imported without what nothing of ours uses.

Rasa imports TensorFlow for the sake of policies and classifiers we do not have (seconds, and
several hundred megabytes), and a client for each channel, store and broker that it knows. While
serving, empty modules stand in their place; training and Rasa's own commands import the real ones.
Written for Rasa 3.6.21, which is frozen; `tests/understanding/test_left_out.py` holds it.
"""

import sys
from collections.abc import Sequence
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any

LEFT_OUT = (
    *("tensorflow", "tensorflow_addons", "tensorflow_hub", "tensorflow_text", "keras"),
    # Rasa's own channels, and the server that they need.
    *("aiogram", "fbmessenger", "mattermostwrapper", "rocketchat_API", "slack_sdk", "socketio"),
    *("twilio", "webexteamssdk", "questionary", "sanic", "sanic_cors", "sanic_jwt"),
    # Its other tracker stores and its event brokers.
    *("aio_pika", "aiormq", "boto3", "botocore", "kafka", "pymongo"),
    # What it draws and names.
    *("matplotlib", "networkx", "randomname"),
)


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
        """Classes derived from it may be defined; nothing makes objects of them."""


class _Stand(ModuleType):
    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return Absent


class _Finder(MetaPathFinder, Loader):
    def __init__(self, names: frozenset[str]) -> None:
        self._names = names

    def find_spec(
        self, name: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        left_out = name.split(".")[0] in self._names
        return ModuleSpec(name, self, is_package=True) if left_out else None

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        return _Stand(spec.name)

    def exec_module(self, module: ModuleType) -> None:
        """There is nothing to run."""


def leave_out_what_is_not_used() -> None:
    """Must be called before anything of Rasa is imported; what is there already stays."""
    sys.meta_path.insert(0, _Finder(frozenset(LEFT_OUT) - sys.modules.keys()))
