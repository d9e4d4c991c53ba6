"""The sentences of a YAML file, asked for by name. A name that is not there is a bug."""

from collections.abc import Mapping
from functools import cached_property
from pathlib import Path

import yaml


class Texts:
    """`texts("section.name", value=…)` is the sentence, filled in; read at first use."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def __call__(self, name: str, /, **values: object) -> str:
        """Raises KeyError if there is no such sentence, or a value is missing."""
        return self.sentences[name].format(**values)

    @cached_property
    def sentences(self) -> Mapping[str, str]:
        sections = yaml.safe_load(self._file.read_text("utf-8"))
        return {
            f"{section}.{name}": sentence
            for section, sentences in sections.items()
            for name, sentence in sentences.items()
        }


say = Texts(Path(__file__).with_name("texts.yml"))


def say_to(first_name: str, name: str, /, **values: object) -> str:
    """A sentence that names the person; `…_unnamed` is its like for who left no first name."""
    if first_name == say("contact.unnamed"):
        return say(f"{name}_unnamed", **values)
    return say(name, first_name=first_name, **values)
